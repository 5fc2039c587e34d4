"""What do and, or, not and "at least" mean for whole columns of truths?

Kleene's logic, as in `matcher.meaning.logic`; Polars' `&`, `|` and `~` are the same on nullable
booleans. A truth that is the same for all rows is a plain True, False or None, so that it costs
nothing. A conditional sends unknown to its *else* branch: no truth is ever compiled into one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

import polars as pl

from matcher.meaning.logic import Truth, all_of, any_of, at_least, negation

Truths: TypeAlias = pl.Expr | bool | None
UNKNOWN = pl.lit(None, dtype=pl.Boolean)
MOST_CHAINED = 32


def as_expr(truths: Truths) -> pl.Expr:
    """The truths as an expression."""
    return truths if isinstance(truths, pl.Expr) else pl.lit(truths, dtype=pl.Boolean)


def every(items: Sequence[Truths]) -> Truths:
    """Whether all hold."""
    columns, rest = _apart(items)
    fixed = all_of(rest)
    if fixed is False or not columns:
        return fixed
    whole = reduce(and_, columns) if len(columns) <= MOST_CHAINED else pl.all_horizontal(columns)
    return whole if fixed else whole & UNKNOWN


def some(items: Sequence[Truths]) -> Truths:
    """Whether one holds."""
    columns, rest = _apart(items)
    fixed = any_of(rest)
    if fixed is True or not columns:
        return fixed
    whole = reduce(or_, columns) if len(columns) <= MOST_CHAINED else pl.any_horizontal(columns)
    return whole | UNKNOWN if fixed is None else whole


def opposite(item: Truths) -> Truths:
    """Whether it does not hold."""
    return ~item if isinstance(item, pl.Expr) else negation(item)


def counted(count: int, items: Sequence[Truths]) -> Truths:
    """Whether `count` of them hold."""
    columns, rest = _apart(items)
    if not columns:
        return at_least(count, rest)
    sure = _number(columns, pl.lit(False)) + rest.count(True)
    possible = _number(columns, pl.lit(True)) + rest.count(True) + rest.count(None)
    return surely(sure >= count, possible < count)


def surely(yes: pl.Expr | bool, no: pl.Expr | bool) -> Truths:
    """True where `yes` is, false where `no` is, else unknown; null is false in both."""
    if yes is True:
        return True
    if no is True:
        return False
    maybe = UNKNOWN if no is False else ~no.fill_null(value=False) & UNKNOWN
    return maybe if yes is False else yes.fill_null(value=False) | maybe


def _number(columns: Sequence[pl.Expr], unknown: pl.Expr) -> pl.Expr:
    counts = [column.fill_null(unknown).cast(pl.Int32) for column in columns]
    return reduce(lambda a, b: a + b, counts)


def _apart(items: Sequence[Truths]) -> tuple[list[pl.Expr], list[Truth]]:
    columns = [item for item in items if isinstance(item, pl.Expr)]
    return columns, [item for item in items if not isinstance(item, pl.Expr)]
