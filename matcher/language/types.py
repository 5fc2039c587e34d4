"""What type and unit does a fact or an expression have?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of facts."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    NUMBER = "number"
    EUROS = "euros"
    DATE = "date"
    CODE = "code"
    CHOICE = "choice"
    SET = "set"


NUMERIC = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.EUROS})
ORDERED = NUMERIC | {Kind.DATE}
LISTED = frozenset({Kind.CHOICE, Kind.CODE})


@dataclass(frozen=True, slots=True)
class Type:
    """A kind, its unit (`euros`, `persons`…; None adapts to what it meets) and its known members.

    `members` are the choices of a choice or set, or the codes of a code fact whose table is known;
    None means any text. `can_be_none` marks facts that declare what *none* means.
    """

    kind: Kind
    unit: str | None = None
    members: frozenset[str] | None = None
    can_be_none: bool = False

    def __str__(self) -> str:
        if self.unit and self.kind is not Kind.EUROS:
            return f"{self.kind} ({self.unit})"
        return str(self.kind)


BOOLEAN = Type(Kind.BOOLEAN)
DATE = Type(Kind.DATE)
EUROS = Type(Kind.EUROS, "euros")
NUMBER = Type(Kind.NUMBER)
INTEGER = Type(Kind.INTEGER)


def type_named(kind: str, unit: str | None = None) -> Type:
    """The type of a parameter, unknown or definition declared as `type: kind`, `unit: unit`."""
    return EUROS if kind == Kind.EUROS else Type(Kind(kind), unit)
