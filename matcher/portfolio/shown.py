"""Which rows are worth showing to a person, when there are too many?

Those who can apply to most schemes now, then those of whom most is still open.
"""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from matcher.portfolio.open_now import CAN_APPLY, MAY_APPLY
from matcher.portfolio.parts import LINE

MOST_SHOWN = 10_000
MOST_LINES = 2**40
PROMISE, ROW = "@promise", "@row"
ABOVE = 1_000


def most_promising(promise: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """The facts of the rows to show, in the order of the file, with how promising they are.

    `promise` is what `open_now.counts` says of the same rows.
    """
    rank = (ABOVE * promise[CAN_APPLY] + promise[MAY_APPLY]).alias(PROMISE)
    best = _best_of_part(pl.DataFrame([facts[LINE], rank]).with_row_index(ROW)).sort(LINE)
    return facts[best[ROW]].with_columns(best[PROMISE])


def _best_of_part(frame: pl.DataFrame) -> pl.DataFrame:
    """The best rows of a part, in two lots: ranks are few, counting them spares a sort.

    Among equals the first: the lines of a part ascend.
    """
    counts = frame[PROMISE].value_counts().sort(PROMISE, descending=True)
    enough = counts.filter(pl.col("count").cum_sum() >= MOST_SHOWN)
    if enough.is_empty():
        return frame
    least = enough[PROMISE][0]
    above = frame.filter(pl.col(PROMISE) > least)
    ties = frame.filter(pl.col(PROMISE) == least).head(MOST_SHOWN - above.height)
    return pl.concat([above, ties])


def all_shown(paths: Iterable[str]) -> pl.DataFrame:
    """The rows to show of all the parts, which are given in the order of their lines."""
    best: pl.DataFrame | None = None
    for path in paths:
        part = pl.scan_parquet(path, glob=False)
        if best is not None and best.height == MOST_SHOWN:
            part = part.filter(pl.col(PROMISE) > best[PROMISE].min())
        more = part.collect()
        best = _best(more if best is None else pl.concat([best, more], how="diagonal_relaxed"))
    return pl.DataFrame() if best is None else best


def _best(frame: pl.DataFrame) -> pl.DataFrame:
    if frame.height <= MOST_SHOWN:
        return frame
    first_lines_first = pl.col(PROMISE).cast(pl.Int64) * MOST_LINES - pl.col(LINE)
    return frame.top_k(MOST_SHOWN, by=first_lines_first).sort(LINE)
