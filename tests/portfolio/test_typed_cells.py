"""Does a typed column say the same whether it is taken as it stands or read cell by cell?"""

from datetime import date

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.language.types import ORDERED, Kind
from matcher.portfolio.cells import CellReader
from matcher.portfolio.column_values import ColumnValues
from matcher.portfolio.columns import Column, Use

KINDS = {
    Kind.BOOLEAN: (st.booleans(), pl.Boolean),
    Kind.INTEGER: (st.integers(-(10**6), 10**13), pl.Int64),
    Kind.EUROS: (st.integers(-(10**9), 10**13), pl.Int64),
    Kind.NUMBER: (st.integers(-5, 10**6), pl.Int64),
    Kind.DATE: (st.dates(date(1800, 1, 1), date(2100, 1, 1)), pl.Date),
}


@pytest.fixture(scope="module")
def reader_of(lexicon, catalogue):
    def reader(fact, unit):
        column = Column(0, "x", Use.FACT, fact.key, unit=unit)
        cells = CellReader(fact, column, lexicon, catalogue.content.tables, canonical=True)
        return ColumnValues(cells)

    return reader


@given(data=st.data())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_taken_is_read(data, lexicon, reader_of):
    kinds = {*KINDS, Kind.CHOICE}
    fact = data.draw(st.sampled_from([f for f in lexicon.facts.values() if f.kind in kinds]))
    cells, dtype = KINDS.get(fact.kind, (None, pl.Categorical))
    if cells is None:
        cells = st.sampled_from([choice for choice, _ in fact.choices])
    values = data.draw(st.lists(st.none() | cells, max_size=5))
    unit = data.draw(st.sampled_from([None, "k€"])) if fact.kind is Kind.EUROS else None
    reader = reader_of(fact, unit)
    raw = pl.Series("raw", values, dtype=dtype)
    found, wanted = reader.read(raw), reader._read(raw)
    if found.columns == ["value"]:
        assert wanted["problem"].null_count() == wanted.height
        found = found.select("value", low="value", high="value")
    for name in ("low", "high") if fact.kind in ORDERED else ("value",):
        assert found[name].to_list() == wanted[name].to_list()


def test_a_clean_column_is_taken(lexicon, reader_of):
    fact = next(f for f in lexicon.facts.values() if f.kind is Kind.EUROS and f.low == 0)
    raw = pl.Series("raw", [1, None, 400_000])
    assert reader_of(fact, None).read(raw)["value"].to_list() == [100, None, 40_000_000]
    assert reader_of(fact, "k€").read(raw)["value"].to_list() == [100_000, None, 40_000_000_000]
