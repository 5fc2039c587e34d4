"""Does reading a whole column at once give what reading its cells one by one gives?"""

import datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.facts.profile import Profile
from matcher.facts.read_profile import Vocabularies, read_profile
from matcher.facts.values import Options, Span
from matcher.language.diagnostics import ProfileError
from matcher.language.types import Kind
from matcher.portfolio.cells import CellReader
from matcher.portfolio.clean_cells import TEXT, clean
from matcher.portfolio.column_values import ColumnValues
from matcher.portfolio.columns import Column

FACTS = {
    "applicant.headcount": (None, "salariés"),
    "applicant.turnover_eur": (None, "k€", "M€", "Md€"),
    "project.eligible_cost_eur": (None, "k€"),
    "project.duration_months": (None, "ans"),
    "contract.fte": (None, "%"),
    "site.altitude_m": (None,),
    "applicant.created_on": (None,),
    "site.siret": (None,),
    "applicant.siren": (None,),
    "site.insee": (None,),
    "site.postcode": (None,),
    "applicant.naf": (None,),
}
CODES = st.sampled_from(
    ["41194", "1001", "01001", "75101", "2a004", "Paris", "41200", "22.22Z", "2222Z"]
)
SPACES = st.sampled_from(["", " ", "\u00a0", "\u202f"])
DIGITS = st.text("0123456789", min_size=0, max_size=16)
SIRETS = st.sampled_from(["73282932000074", "35600000000048", "35600000049837", "732829320"])
DAYS = st.dates(datetime.date(1, 1, 1), datetime.date(2500, 1, 1))
MONTHS = st.builds("{:02d}/{:02d}/{}".format, *[st.integers(0, 32)] * 2, st.integers(999, 2101))


@st.composite
def numbers(draw):
    """A number as people and programs write it, or nearly."""
    sign = draw(st.sampled_from(["", "-", "+", "−"]))
    groups = draw(st.lists(DIGITS, min_size=1, max_size=3))
    whole = draw(SPACES).join(groups)
    tail = draw(st.sampled_from(["", ".", ","])) + draw(st.text("0123456789", max_size=4))
    return sign + whole + tail + draw(st.sampled_from(["", "", "", " €", "k€", " %", "e3"]))


@st.composite
def grouped(draw):
    """A whole number in groups of three."""
    number = f"{draw(st.integers(-(10**13), 10**13)):,}".replace(",", draw(SPACES))
    return number + draw(st.sampled_from(["", ",5", ".25", ",00"]))


CELLS = st.one_of(
    numbers(),
    grouped(),
    DIGITS,
    SIRETS,
    CODES,
    DAYS.map(str),
    DAYS.map(lambda day: f"{day} 00:00:00"),
    DAYS.map(lambda day: day.strftime("%d/%m/%Y")),
    MONTHS,
    st.text(max_size=6),
)
COLUMNS = st.sampled_from([(key, unit) for key, units in FACTS.items() for unit in units])


@settings(max_examples=250)
@given(column=COLUMNS, order=st.sampled_from(["dmy", "mdy"]), texts=st.lists(CELLS, max_size=12))
def test_clean_cells_say_what_cells_say(catalogue, lexicon, column, order, texts):
    key, unit = column
    fact = lexicon.facts[key]
    taken = Column(0, "x", fact=key, unit=unit, dates=order)
    reader = CellReader(fact, taken, lexicon, catalogue.content.tables)
    values = ColumnValues(reader)
    fast = clean(fact, taken, values._keys)
    assert fast is not None
    stripped = [text.strip() for text in texts]
    frame = pl.DataFrame({TEXT: stripped}, schema={TEXT: pl.String}).with_columns(fast=fast)
    for text, found in frame.iter_rows():
        if found is None:
            continue
        ends = values._values(reader.read(text).known)
        assert ends is not None
        assert ends[0] == found, text
        assert fact.kind is Kind.CODE or ends[1] == found, text


def profile_value(catalogue, key, raw):
    try:
        profile: Profile = read_profile({key: raw}, Vocabularies(**speaks(catalogue)))
    except ProfileError:
        return "refused"
    return profile.values.get(key)


def speaks(catalogue):
    return {"facts": catalogue.content.vocabulary, "tables": catalogue.content.tables}


@settings(max_examples=200)
@given(key=st.sampled_from(sorted(FACTS)), text=CELLS)
def test_a_cell_says_what_a_profile_says(catalogue, lexicon, key, text):
    """Where a profile and a cell both read a text, they read the same."""
    fact = lexicon.facts[key]
    column = Column(0, "x", fact=key, numbers="fr")
    cell = CellReader(fact, column, lexicon, catalogue.content.tables).read(text.strip())
    given_value = profile_value(catalogue, key, text.strip())
    french = "." not in text
    if cell.known is None or given_value in (None, "refused"):
        return
    assert not french or cell.known == given_value


@pytest.mark.parametrize("fact", ["applicant.headcount", "applicant.turnover_eur", "site.insee"])
@settings(max_examples=100)
@given(texts=st.lists(st.one_of(CELLS, st.sampled_from(["41194", "NSP", "50 à 99"])), max_size=8))
def test_a_column_is_its_cells(catalogue, lexicon, fact, texts):
    reader = CellReader(
        lexicon.facts[fact], Column(0, "x", fact=fact), lexicon, catalogue.content.tables
    )
    frame = ColumnValues(reader).read(pl.Series("0", texts, dtype=pl.String))
    for text, row in zip(texts, frame.iter_rows(named=True), strict=True):
        known = reader.read(row[TEXT]).known if row[TEXT] else None
        match known:
            case None:
                assert row.get("low") is None
                assert row.get("value") is None
            case Span(low, high):
                scale = 100 if fact.endswith("eur") else 1
                assert row["low"] == (None if isinstance(low, float) else low * scale), text
                assert row["high"] == (None if isinstance(high, float) else high * scale), text
            case Options(members):
                assert row["value"] in members
