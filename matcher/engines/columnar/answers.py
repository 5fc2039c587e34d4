"""How do the answers of the reference become the columns of a fact?"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from fractions import Fraction
from math import lcm

import polars as pl

from matcher.engines.columnar.ends import dtype_of
from matcher.engines.columnar.frame import MAX, MIN, NONE, listed_text
from matcher.engines.columnar.places import Column, Place, Same
from matcher.facts.values import Known, Nothing, Options, Span
from matcher.language.types import ORDERED, Kind

EPOCH = datetime.date(1970, 1, 1).toordinal()


def columns_of(
    name: str, kind: Kind, found: Sequence[Known | None], positions: pl.Series | None
) -> tuple[Place, list[pl.Series]]:
    """Where a fact is once the reference has answered, and the columns to add for it."""
    if positions is None:
        return Same(found[0], kind), []
    place, distinct = _distinct(name, kind, found)
    return place, [series.gather(positions) for series in distinct]


def _distinct(
    name: str, kind: Kind, found: Sequence[Known | None]
) -> tuple[Column, list[pl.Series]]:
    nones = [isinstance(known, Nothing) for known in found]
    none = [pl.Series(name + NONE, nones, dtype=pl.Boolean)] if any(nones) else []
    none_name = name + NONE if none else None
    if kind in ORDERED:
        return _ends(name, kind, found, none_name, none)
    if kind is Kind.BOOLEAN:
        cells = [_boolean(known) for known in found]
        series = pl.Series(name, cells, dtype=pl.Boolean)
        return Column(kind, name, name, none_name), [series, *none]
    texts = [
        None if known is None or isinstance(known, Nothing) else listed_text(known)
        for known in found
    ]
    categories = sorted({text for text in texts if text is not None})
    series = pl.Series(name, texts, dtype=pl.Enum(categories))
    return Column(kind, name, name, none_name, categories=tuple(categories)), [series, *none]


def _boolean(known: Known | None) -> bool | None:
    match known:
        case Options(members) if len(members) == 1:
            return bool(next(iter(members)))
        case _:
            return None


def _ends(
    name: str,
    kind: Kind,
    found: Sequence[Known | None],
    none_name: str | None,
    none: list[pl.Series],
) -> tuple[Column, list[pl.Series]]:
    spans = [known if isinstance(known, Span) else None for known in found]
    scale = lcm(
        *(e.denominator for s in spans if s for e in (s.low, s.high) if isinstance(e, Fraction))
    )
    lows = [_units(s.low, scale) if s else None for s in spans]
    highs = [_units(s.high, scale) if s else None for s in spans]
    size = (
        0
        if kind is Kind.DATE
        else max((abs(n) for n in (*lows, *highs) if n is not None), default=0)
    )
    names = (name, name) if lows == highs else (name + MIN, name + MAX)
    ends = dict(zip(names, (lows, highs), strict=True))
    series = [_series(column, kind, cells, size) for column, cells in ends.items()]
    return Column(kind, *names, none_name, scale, size), [*series, *none]


def _units(end: float | Fraction, scale: int) -> int | None:
    return None if isinstance(end, float) else int(end * scale)


def _series(name: str, kind: Kind, cells: Sequence[int | None], size: int) -> pl.Series:
    if kind is not Kind.DATE:
        return pl.Series(name, cells, dtype=dtype_of(size))
    days = [None if cell is None else cell - EPOCH for cell in cells]
    return pl.Series(name, days, dtype=pl.Int32).cast(pl.Date)
