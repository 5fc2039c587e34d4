"""Which typed columns say what they mean, so that no cell has to be read?

A Parquet file may hold booleans, dates, whole numbers and the very words of a choice. Such a column
is taken as it stands where all of it is within bounds; otherwise its cells are read like any text,
and told one by one. Both give the same values, and a test draws columns to hold that.
"""

from __future__ import annotations

from fractions import Fraction

import polars as pl

from matcher.engines.columnar.frame import scale_of
from matcher.facts.vocabulary import LARGEST, FactDeclaration
from matcher.language.types import NUMERIC, Kind
from matcher.portfolio.clean_cells import factor_of, units
from matcher.portfolio.columns import Column

WIDEST = 2**62


def taken(
    raw: pl.Series, fact: FactDeclaration, column: Column, listed: frozenset[str]
) -> pl.Series | None:
    """The values of a column in the units of its fact, or None where its cells must be read.

    `listed` are words that mean something else than the choice of that name.
    """
    if column.values or column.bracket:
        return None
    match fact.kind:
        case Kind.BOOLEAN if raw.dtype == pl.Boolean:
            return raw
        case Kind.DATE if raw.dtype == pl.Date:
            return _dates(raw, fact)
        case kind if kind in NUMERIC and raw.dtype.is_integer():
            return _numbers(raw, fact, column)
        case Kind.CHOICE if isinstance(raw.dtype, pl.String | pl.Enum | pl.Categorical):
            return _choices(raw, fact, listed)
        case _:
            return None


def _numbers(raw: pl.Series, fact: FactDeclaration, column: Column) -> pl.Series | None:
    times = Fraction(factor_of(fact, column)) * scale_of(fact)
    if times.denominator != 1 or times == 0:
        return None
    if not _fits(raw, fact, int(times), min(LARGEST * scale_of(fact), WIDEST)):
        return None
    whole = raw.cast(pl.Int64)
    return whole if times == 1 else whole * int(times)


def _dates(raw: pl.Series, fact: FactDeclaration) -> pl.Series | None:
    days = raw.cast(pl.Int32).cast(pl.Int64)
    return days if _fits(days, fact, 1, WIDEST) else None


def _fits(cells: pl.Series, fact: FactDeclaration, times: int, most: int) -> bool:
    """Whether all the numbers, so many times themselves, are within the bounds of a fact."""
    least, greatest = cells.min(), cells.max()
    if not isinstance(least, int) or not isinstance(greatest, int):
        return True
    low, high = (None if end is None else units(end, fact) for end in (fact.low, fact.high))
    lowest, highest = -most if low is None else max(low, -most), most if high is None else high
    return lowest <= least * times and greatest * times <= min(highest, most)


def _choices(raw: pl.Series, fact: FactDeclaration, listed: frozenset[str]) -> pl.Series | None:
    words = [choice for choice, _ in fact.choices if choice.casefold() not in listed]
    found = raw.cast(pl.String) if isinstance(raw.dtype, pl.Categorical) else raw
    known = found.cast(pl.Enum(words), strict=False)
    return known if known.null_count() == raw.null_count() else None
