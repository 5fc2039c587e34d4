"""What does a picture of the page say, before it is drawn?

Groups of bars, each with a name and its counts; the same numbers make the table behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Look(StrEnum):
    """How a piece of a bar is filled: full, hatched or dotted."""

    YES = "yes"
    OPEN = "open"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Series:
    """What the pieces of one look count, one and many."""

    look: Look
    one: str
    many: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a name, a remark after it, its counts in the order of the series.

    `more` are numbers that are written but not drawn. `at_most` says that the counts are bounds. A
    bar that stands for several, and would dwarf the others, is not `drawn`.
    """

    name: str
    counts: tuple[int, ...]
    note: str = ""
    more: tuple[int, ...] = ()
    at_most: bool = False
    drawn: bool = True

    @property
    def total(self) -> int:
        """All that the bar counts."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under a title; the only group of a chart needs none."""

    bars: tuple[Bar, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture and its table.

    `whole` is what a bar as wide as the page counts. `of` names what the bars are about, `total`
    their sum, `more` the numbers that are not drawn, one and many. `beyond` are bars of the table
    alone.
    """

    id: str
    title: str
    of: str
    series: tuple[Series, ...]
    groups: tuple[Group, ...]
    whole: int
    total: str
    more: tuple[tuple[str, str], ...] = ()
    beyond: Group | None = None
