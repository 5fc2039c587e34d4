"""Which rows are worth showing to a person, when there are too many?

Those who can apply to most schemes now, then those of whom most is still open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.portfolio.parts import LINE
from matcher.portfolio.results import WINDOW

MOST_SHOWN = 10_000
MOST_LINES = 2**40
PROMISE, ROW = "@promise", "@row"
ABOVE = 1_000


def most_promising(
    results: pl.DataFrame, facts: pl.DataFrame, schemes: Sequence[str]
) -> pl.DataFrame:
    """The facts of the rows to show, in the order of the file, with how promising they are."""
    ranked = results.select(LINE, promise_of(schemes).alias(PROMISE)).with_row_index(ROW)
    best = _best(ranked)
    return facts[best[ROW]].with_columns(best[PROMISE])


def promise_of(schemes: Sequence[str]) -> pl.Expr:
    """How promising a row is, to rank it."""
    now = [_is(id_, Outcome.ELIGIBLE, WindowState.OPEN) for id_ in schemes]
    near = [_is(id_, Outcome.UNDETERMINED, WindowState.OPEN) for id_ in schemes]
    return ABOVE * pl.sum_horizontal(now) + pl.sum_horizontal(near)


def _is(scheme: str, outcome: Outcome, window: WindowState) -> pl.Expr:
    held = (pl.col(scheme) == str(outcome)) & (pl.col(scheme + WINDOW) == str(window))
    return held.cast(pl.Int64)


def all_shown(paths: Iterable[Path]) -> pl.DataFrame:
    """The rows to show of all the parts."""
    best: pl.DataFrame | None = None
    for path in paths:
        more = pl.read_parquet(path, glob=False)
        best = more if best is None else pl.concat([best, more], how="diagonal_relaxed")
        best = _best(best)
    return pl.DataFrame() if best is None else best


def _best(frame: pl.DataFrame) -> pl.DataFrame:
    if frame.height <= MOST_SHOWN:
        return frame
    first_lines_first = pl.col(PROMISE).cast(pl.Int64) * MOST_LINES - pl.col(LINE)
    return frame.top_k(MOST_SHOWN, by=first_lines_first).sort(LINE)
