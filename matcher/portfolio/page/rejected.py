"""For which reasons were rows rejected, and how often for each?"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from matcher.portfolio.parts import MOST_LINES
from matcher.portfolio.run import REJECT_HEADERS, REJECTS, Run


@dataclass(frozen=True, slots=True)
class Rejected:
    """The rows rejected for one reason."""

    column: str
    kind: str
    reason: str
    count: int
    lines: tuple[int, ...]


def rejected(run: Run) -> tuple[Rejected, ...]:
    """The reasons, the most frequent first, as the file of rejected rows says them."""
    path = run.job.out / REJECTS
    names = REJECT_HEADERS[run.job.lang]
    separator = ";" if run.job.lang == "fr" else ","
    table = pl.scan_csv(path, separator=separator, infer_schema=False).fill_null("")
    line = pl.col(names["line"]).cast(pl.Int64)
    groups = [names["column"], names["kind"], names["reason"]]
    counted = table.group_by(groups).agg(pl.len(), line.sort().head(MOST_LINES).alias("@lines"))
    found = [
        Rejected(column, kind, reason, count, tuple(first))
        for column, kind, reason, count, first in counted.collect().iter_rows()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.lines)))
