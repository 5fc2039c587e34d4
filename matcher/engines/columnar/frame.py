"""How do the columns of a frame say what is known of the facts, one profile a row?

For a fact `k`, by its kind (null is always absent):

    boolean          `k` Boolean
    integer          `k` Int64
    number, euros    `k` Int64, in units of the last decimal: cents for euros
    date             `k` Date
    choice, code     `k` String or Enum; "a|b" is one of several
    set              `k` String or Enum; "a,b" are the members that hold at once, "" that none does

A range is the two columns `k@min` and `k@max` instead of `k`, of the same type, null where that end
is open; an exact value has both ends equal. `k@none` is a Boolean column, true where a fact that
may be none is none. A boolean of which nothing is known is absent. Other columns are the caller's
own and are left alone. Numbers lie within the bounds that their fact declares, or within `LARGEST`
of the vocabulary: whoever makes the frame refuses the others. No code holds a `|`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from fractions import Fraction

import polars as pl

from matcher.facts.values import INFINITY, NOTHING, Known, Members, Nothing, Options, Span
from matcher.facts.vocabulary import FactDeclaration, Vocabulary
from matcher.language.types import ORDERED, Kind

DTYPES: Mapping[Kind, pl.DataType] = {
    Kind.BOOLEAN: pl.Boolean(),
    Kind.INTEGER: pl.Int64(),
    Kind.NUMBER: pl.Int64(),
    Kind.EUROS: pl.Int64(),
    Kind.DATE: pl.Date(),
    Kind.CODE: pl.String(),
    Kind.CHOICE: pl.String(),
    Kind.SET: pl.String(),
}
MIN, MAX, NONE = "@min", "@max", "@none"
SEVERAL = "|"
MEMBERS = ","


def scale_of(fact: FactDeclaration) -> int:
    """How many units of its column make 1."""
    return 10**fact.decimals if fact.kind in (Kind.NUMBER, Kind.EUROS) else 1


def listed(text: str, kind: Kind) -> Known:
    """What a cell of a choice, a code or a set says."""
    if kind is Kind.SET:
        return Members(frozenset(text.split(MEMBERS) if text else ()))
    return Options(frozenset(text.split(SEVERAL)))


def listed_text(known: Known) -> str:
    """The cell that says what is known of a choice, a code or a set."""
    match known:
        case Options(members):
            return SEVERAL.join(sorted(map(str, members)))
        case Members(items):
            return MEMBERS.join(sorted(items))
        case _:
            raise TypeError(f"not a listed value: {type(known).__name__}")


def span(low: object, high: object, scale: int) -> Known | None:
    """What two cells of an ordered fact say, null being an open end."""
    if low is None and high is None:
        return None
    return Span(_number(low, scale, -INFINITY), _number(high, scale, INFINITY))


def _number(cell: object, scale: int, otherwise: float) -> int | Fraction | float:
    match cell:
        case None:
            return otherwise
        case datetime.date():
            return cell.toordinal()
        case int() if scale == 1:
            return cell
        case int():
            number = Fraction(cell, scale)
            return int(number) if number.denominator == 1 else number
        case _:
            raise TypeError(f"not a number: {type(cell).__name__}")


def values_of(row: Mapping[str, object], vocabulary: Vocabulary) -> dict[str, Known]:
    """What one row says of the facts, as a profile holds it."""
    found: dict[str, Known] = {}
    for key, fact in vocabulary.items():
        known = _value_of(row, fact)
        if known is not None:
            found[key] = known
    return dict(sorted(found.items()))


def _value_of(row: Mapping[str, object], fact: FactDeclaration) -> Known | None:
    key = fact.key
    if row.get(key + NONE):
        return NOTHING
    if fact.kind in ORDERED:
        low, high = row.get(key + MIN, row.get(key)), row.get(key + MAX, row.get(key))
        return span(low, high, scale_of(fact))
    cell = row.get(key)
    match cell:
        case None:
            return None
        case bool():
            return Options(frozenset({cell}))
        case _:
            return listed(str(cell), fact.kind)


def cells_of(
    values: Sequence[Known | None], fact: FactDeclaration
) -> dict[str, list[int | str | bool | datetime.date | None]]:
    """The columns that say what is known of a fact, a profile a row; the inverse of `values_of`."""
    key, several = fact.key, fact.kind in ORDERED and any(_is_range(v) for v in values)
    names = (key + MIN, key + MAX) if several else (key,)
    columns: dict[str, list[int | str | bool | datetime.date | None]] = {n: [] for n in names}
    for known in values:
        ends = _cells(known, fact)
        for name, cell in zip(names, ends, strict=False):
            columns[name].append(cell)
    if any(isinstance(known, Nothing) for known in values):
        columns[key + NONE] = [isinstance(known, Nothing) for known in values]
    return columns


def _is_range(known: Known | None) -> bool:
    return isinstance(known, Span) and known.low != known.high


def _cells(
    known: Known | None, fact: FactDeclaration
) -> tuple[int | str | bool | datetime.date | None, ...]:
    match known:
        case None | Nothing():
            return None, None
        case Span(low, high):
            return _cell(low, fact), _cell(high, fact)
        case Options(members) if fact.kind is Kind.BOOLEAN:
            return (bool(next(iter(members))) if len(members) == 1 else None,)
        case _:
            return (listed_text(known),)


def _cell(bound: float | Fraction, fact: FactDeclaration) -> int | datetime.date | None:
    if isinstance(bound, float):
        return None
    if fact.kind is Kind.DATE:
        return datetime.date.fromordinal(int(bound))
    scaled = bound * scale_of(fact)
    if scaled != int(scaled):
        raise ValueError(f"{fact.key} has more decimals than it declares")
    return int(scaled)


def frame_of(rows: Sequence[Mapping[str, Known]], vocabulary: Vocabulary) -> pl.DataFrame:
    """The frame that says what some profiles know: a column for each fact that one of them has."""
    columns: list[pl.Series] = [pl.repeat(0, len(rows), eager=True).alias("@row")]
    for key in sorted({key for row in rows for key in row} & set(vocabulary)):
        fact = vocabulary[key]
        cells = cells_of([row.get(key) for row in rows], fact)
        columns += [
            pl.Series(name, values, dtype=pl.Boolean if name.endswith(NONE) else DTYPES[fact.kind])
            for name, values in cells.items()
        ]
    return pl.DataFrame(columns)
