"""Does an engine give each conformance row its expected truth?

Another engine joins with one line in ENGINES. What a row looks like is said in README.md.
"""

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from matcher import Catalogue
from matcher.engines.columnar.frame import cells_of, frame_of, values_of
from matcher.facts.read_profile import Vocabularies, read_profile
from matcher.facts.values import Options
from matcher.language.diagnostics import Diagnostics, Place, ProfileError
from matcher.language.expressions import read_test
from matcher.language.scope import SetName, base_scope
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import truth
from matcher.testing import Setting
from tests.engines.columnar.as_columns import by_columns
from tests.engines.columnar.duckdb_judge import by_duckdb

HERE = Path(__file__).parent
ON = "2026-06-15"
TRUTHS = {"true": True, "false": False, "unknown": None}
SETS = {
    "two_kinds": SetName(frozenset({"a", "b"})),
    "odd_levels": SetName(frozenset({1, 3, 5, 7})),
}


@dataclass(frozen=True)
class Row:
    """One line of a file: an expression, facts as a profile gives them, what is expected."""

    place: str
    expression: str
    facts: str
    expected: str
    on: str


def rows_of(path):
    """The rows of one file; lines that are empty or begin with # are comments."""
    lines = path.read_text(encoding="utf-8").split("\n")
    header, *rest = [(n, line) for n, line in enumerate(lines, 1) if line and line[0] != "#"]
    assert header[1] == "expression;facts;truth;on", path
    for number, line in rest:
        cells = next(csv.reader([line], delimiter=";", quoting=csv.QUOTE_NONE))
        assert len(cells) in (3, 4), f"{path.name}:{number}: three or four cells"
        expression, facts, expected, *on = (cell.strip() for cell in cells)
        place = f"{path.stem}:{number}"
        yield Row(place, expression, facts or "{}", expected, "".join(on) or ON)


FILES = sorted(HERE.glob("*.csv"))
ROWS = [row for path in FILES for row in rows_of(path)]
DECIDED = [row for row in ROWS if row.expected in TRUTHS]
REFUSED = [row for row in ROWS if row.expected not in TRUTHS]


CONTENT = Catalogue.load(HERE / "catalogue" / "rules").content
SCOPE = base_scope({key: f.type() for key, f in CONTENT.vocabulary.items()}).with_names(SETS)


@cache
def parsed(expression):
    """The tree of an expression, or the codes of what is wrong with it."""
    found = Diagnostics()
    tree = read_test(expression, SCOPE, Place(), found)
    return tree, [diagnostic.code for diagnostic in found]


@cache
def known(facts, on):
    """What a row makes known; raises `ProfileError`."""
    speaks_of = Vocabularies(facts=CONTENT.vocabulary, tables=CONTENT.tables)
    profile = read_profile(facts.encode(), speaks_of)
    day = datetime.date.fromisoformat(on).toordinal()
    return KnownFacts(profile.values, CONTENT.computation, day, profile.answers)


# ------------------------------------------------------------------------------------ engines
def in_a_frame(test, facts):
    """By columns, in a frame of this profile alone: each fact is as exact as the row says."""
    frame = frame_of([facts.given], CONTENT.vocabulary)
    ((found,),) = by_columns(frame, [test], setting_on(facts))
    return found


def in_one_frame(test, facts):
    """By columns, in the frame of all the rows of a day: a fact is a range if one of them is."""
    return all_on(day_of(facts))[test, id(facts)]


def in_sql(test, facts):
    """By DuckDB."""
    kinds = {key: fact.kind for key, fact in CONTENT.vocabulary.items()}
    ((found,),) = by_duckdb([facts], [test], kinds, day_of(facts))
    return found


def day_of(facts):
    return facts.get("as_of").low


def setting_on(facts):
    return Setting(CONTENT.vocabulary, day_of(facts), CONTENT.computation)


@cache
def all_on(day):
    """The truth of each expression for each profile of a day."""
    on = datetime.date.fromordinal(day).isoformat()
    rows = [row for row in DECIDED if row.on == on]
    tests = list(dict.fromkeys(parsed(row.expression)[0] for row in rows))
    profiles = [known(facts, on) for facts in dict.fromkeys(row.facts for row in rows)]
    frame = frame_of([facts.given for facts in profiles], CONTENT.vocabulary)
    found = by_columns(frame, tests, setting_on(profiles[0]))
    pairs = zip(profiles, found, strict=True)
    return {
        (test, id(facts)): one
        for facts, truths in pairs
        for test, one in zip(tests, truths, strict=True)
    }


# Name of the engine: a function of a test and known facts that says True, False or None.
ENGINES = {
    "reference": truth,
    "columnar": in_a_frame,
    "columnar, all rows at once": in_one_frame,
    "duckdb": in_sql,
}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", DECIDED, ids=lambda row: row.place)
def test_a_row_has_its_truth(engine, row):
    tree, codes = parsed(row.expression)
    assert tree is not None, f"{row.expression}: {codes}"
    found = ENGINES[engine](tree, known(row.facts, row.on))
    assert found is TRUTHS[row.expected], f"{row.expression}   {row.facts}   on {row.on}"


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.place)
def test_a_row_is_refused(row):
    tree, codes = parsed(row.expression)
    if row.expected.startswith("P"):
        assert tree is not None, codes
        with pytest.raises(ProfileError) as refusal:
            known(row.facts, row.on)
        codes = [diagnostic.code for diagnostic in refusal.value.diagnostics]
    assert codes == [row.expected]


def test_there_are_enough_rows():
    expressions = {(row.expression, row.facts, row.on) for row in ROWS}
    assert len(expressions) == len(ROWS), "a row stands twice"
    assert len(ROWS) >= 700
    assert all(row.expected in TRUTHS or row.expected[0] in "EP" for row in ROWS)


# Rows that a frame cannot say word for word, and why that is no loss.
SAID_OTHERWISE = {
    ("t.a", "{t.a: {one_of: [true, false]}}"): "a boolean that may be either: nothing is known",
}


def test_a_frame_says_every_row_but_a_few():
    vocabulary = CONTENT.vocabulary
    given = {(row.expression, row.facts): known(row.facts, row.on).given for row in DECIDED}
    changed = {
        place
        for place, values in given.items()
        for said in frame_of([values], vocabulary).iter_rows(named=True)
        if values_of(said, vocabulary) != values
    }
    assert changed == set(SAID_OTHERWISE)


def test_a_boolean_that_may_be_either_is_absent_from_a_frame():
    """As the reader of portfolios has it; nothing but `one_of` in a profile says it so."""
    either = Options(frozenset({True, False}))
    assert cells_of([either], CONTENT.vocabulary["t.a"]) == {"t.a": [None]}
