"""What is each column of a client file taken for, and why?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.language.text import Text


class Use(StrEnum):
    """What becomes of a column."""

    FACT = "fact"
    CLIENT = "client"
    KEPT = "kept"
    IGNORED = "ignored"


class Confidence(StrEnum):
    """How sure the reading of a column is."""

    GIVEN = "given"
    SURE = "sure"
    LIKELY = "likely"
    NONE = "none"


NOT_RECOGNISED = Text("en-tête non reconnu, gardé tel quel", "header not recognised, kept as it is")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the input, and how it is read.

    `unit` is that of numbers written without one; `bracket` says that cells are codes of the
    ranges in which a register publishes the fact; `numbers` (`fr` or `en`) settles "1,250", `dates`
    (`dmy` or `mdy`) settles "03/04/2026"; `values` are words for its choices. `mixed`: some cells
    give a unit of thousands or millions, so that a small number without one cannot be trusted.
    `personal` columns are not reproduced for persons who object.
    """

    index: int
    header: str
    use: Use = Use.KEPT
    fact: str | None = None
    unit: str | None = None
    bracket: bool = False
    numbers: str | None = None
    dates: str = "dmy"
    values: Mapping[str, str] = field(default_factory=dict)
    confidence: Confidence = Confidence.NONE
    why: Text = NOT_RECOGNISED
    personal: bool = False
    mixed: bool = False
    samples: tuple[str, ...] = field(default=(), repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Hidden:
    """The columns and values that forbid to reproduce a name and an address."""

    columns: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """The cells of a column that say that the row is of something closed, in lower case."""

    column: int
    values: tuple[str, ...]
    reason: Text


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Every column of an input, in order."""

    columns: tuple[Column, ...]
    register: str | None = None
    hidden: Hidden = Hidden()
    closed: tuple[Closed, ...] = ()

    @property
    def facts(self) -> tuple[Column, ...]:
        """The columns read as facts."""
        return tuple(column for column in self.columns if column.use is Use.FACT)

    @property
    def kept(self) -> tuple[Column, ...]:
        """The columns kept as the caller wrote them, that which names the client included."""
        return tuple(c for c in self.columns if c.use in (Use.KEPT, Use.CLIENT))

    @property
    def client(self) -> str | None:
        """The header of the column that names the client."""
        return next((c.header for c in self.columns if c.use is Use.CLIENT), None)

    def of(self, fact: str) -> Column | None:
        """The column in which a fact is read."""
        return next((column for column in self.facts if column.fact == fact), None)
