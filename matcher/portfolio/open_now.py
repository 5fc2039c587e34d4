"""For which schemes that are open today can each row apply, or could it still?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import add

import polars as pl

from matcher.catalogue.windows import WindowState
from matcher.engines.columnar.engine import JudgedFrame

CAN_APPLY, MAY_APPLY = "can_apply", "may_apply"


def counts(judged: JudgedFrame) -> pl.DataFrame:
    """How many open schemes each row is eligible for, and how many it is not decided for."""
    return judged.outcomes.select(
        _number(_eligible(judged)).alias(CAN_APPLY), _number(_undecided(judged)).alias(MAY_APPLY)
    )


def _eligible(judged: JudgedFrame) -> list[pl.Expr]:
    return [pl.col(id_).fill_null(value=False) & now for id_, now in _open(judged)]


def _undecided(judged: JudgedFrame) -> list[pl.Expr]:
    return [pl.col(id_).is_null() & now for id_, now in _open(judged)]


def _open(judged: JudgedFrame) -> Iterator[tuple[str, pl.Expr]]:
    """The schemes open for some row, with where they are; those closed to all cost nothing."""
    for id_, uses in judged.uses.items():
        if uses.window is None:
            yield id_, pl.lit(uses.windows == str(WindowState.OPEN))
        elif uses.window is WindowState.OPEN:
            yield id_, pl.lit(value=True)


def _number(flags: Sequence[pl.Expr]) -> pl.Expr:
    """How many hold; sums of bytes cost a third of a horizontal sum."""
    none = pl.repeat(0, pl.len(), dtype=pl.UInt32)
    bytes_ = [flag.cast(pl.UInt8) for flag in flags]
    groups = [reduce(add, bytes_[start : start + 255]) for start in range(0, len(bytes_), 255)]
    return reduce(add, [group.cast(pl.UInt32) for group in groups], none)
