"""What is a part of an input, and what comes of reading one?

Blank lines are not rows: they are counted apart. Every other row of a part is a line of `frame` or
of `rejects`, once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from matcher.language.text import Text

LINE = "@line"
HIDDEN = "@hidden"
MOST_LINES = 5
REJECTS = {"line": pl.Int64, "column": pl.String, "kind": pl.String, "reason": pl.String}


@dataclass(frozen=True, slots=True)
class Part:
    """A range of rows that can be read alone.

    `id` is stable from one run to the next. `start` and `end` are bytes of a text file, or rows of
    a table; `line` is the number of the first line.
    """

    id: str
    file: str
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class Warned:
    """A problem met in the cells of a column: how often, and the first lines.

    With `read`, the cell was read after a correction; without, the fact is left unknown.
    """

    column: str
    reason: Text
    count: int
    lines: tuple[int, ...]
    read: bool = False


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that cannot be used: where, in which column, the kind of value and why."""

    line: int
    reason: Text
    kind: Text
    column: str = ""


@dataclass(frozen=True)
class Raw:
    """The cells of a part as texts: columns named by their index in the input, and `@line`."""

    frame: pl.DataFrame
    rejects: tuple[Reject, ...] = ()
    blank: int = 0
    warnings: tuple[Warned, ...] = ()


@dataclass(frozen=True)
class PartRows:
    """A part that was read.

    `frame` has the facts as typed columns, `@line`, and the kept columns under their headers;
    `@hidden` where a register forbids to reproduce names. `rejects` has one row a rejected row.
    """

    part: Part
    frame: pl.DataFrame = field(repr=False)
    rejects: pl.DataFrame = field(repr=False)
    warnings: tuple[Warned, ...]
    blank: int

    @property
    def rows(self) -> int:
        """How many rows the part had; each is in `frame` or in `rejects`."""
        return self.frame.height + self.rejects.height


def rejects_frame(rejects: list[Reject], lang: str) -> pl.DataFrame:
    """Rejected rows as a table, in the order of the lines."""
    rows = [(r.line, r.column, r.kind.in_(lang), r.reason.in_(lang)) for r in rejects]
    return pl.DataFrame(rows, schema=REJECTS, orient="row").sort("line", maintain_order=True)


def merged(warnings: list[Warned]) -> tuple[Warned, ...]:
    """Warnings of several parts, those of one column and one reason together."""
    found: dict[tuple[str, Text, bool], Warned] = {}
    for one in warnings:
        key = (one.column, one.reason, one.read)
        before = found.get(key)
        lines = (*before.lines, *one.lines)[:MOST_LINES] if before else one.lines
        count = one.count + (before.count if before else 0)
        found[key] = Warned(one.column, one.reason, count, lines, one.read)
    return tuple(found.values())
