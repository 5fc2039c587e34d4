"""For which reasons were rows rejected, and how often for each?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from matcher.portfolio.jobs import WORK
from matcher.portfolio.locations import listed
from matcher.portfolio.parts import MOST_LINES
from matcher.portfolio.run import Run


@dataclass(frozen=True, slots=True)
class Rejected:
    """The rows rejected for one reason."""

    column: str
    kind: str
    reason: str
    count: int
    lines: tuple[int, ...]


def rejected(run: Run) -> tuple[Rejected, ...]:
    """The reasons, the most frequent first; part by part, as a register may have millions."""
    found: dict[tuple[str, str, str], Rejected] = {}
    for place in listed(run.job.out / WORK, "*.rejects.parquet"):
        grouped = pl.read_parquet(str(place), glob=False).group_by("column", "kind", "reason")
        counted = grouped.agg(pl.len(), pl.col("line").sort().head(MOST_LINES))
        for *key, count, first in counted.iter_rows():
            column, kind, reason = (text or "" for text in key)
            before = found.get((column, kind, reason), Rejected(column, kind, reason, 0, ()))
            lines = (*before.lines, *first)[:MOST_LINES]
            one = Rejected(column, kind, reason, before.count + count, lines)
            found[column, kind, reason] = one
    return tuple(sorted(found.values(), key=lambda one: (-one.count, one.lines)))
