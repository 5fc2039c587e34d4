"""Which facts can be known, and what is each one's type, bounds, label and question?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from matcher.language.text import Text
from matcher.language.tree import Number
from matcher.language.types import Kind, Type

DEFAULT_DECIMALS = 2
LARGEST = 10**15
RESERVED = frozenset({"none", "unknown", "declined"})


@dataclass(frozen=True, slots=True)
class Near:
    """Codes that share the cell of a column are near each other.

    `codes` names the table in which such a cell is a key, and has its name; `states` says what
    they share: "of the same département".
    """

    column: str
    codes: str
    states: Text


@dataclass(frozen=True, slots=True)
class Siting:
    """Where else a place could be, if somebody asks: near ones first.

    `unless` are the values of a fact with which the place is not looked for elsewhere. `forgets`
    are the facts of the place that no table knows, and that another place would not share.
    """

    near: tuple[Near, ...]
    unless: tuple[str, frozenset[str]] | None = None
    forgets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """One fact of the vocabulary. Bounds are included; dates are day numbers.

    `codes` names the reference table that lists the codes, `or_codes` a second one that may list
    them instead; `check` is the rule of an identifier.
    `nomenclature` names the reference table of the classification that its codes belong to, and
    `brackets` that of the ranges (`low`, `high`) in which a register publishes it.
    `asked`: a person may be asked; `settable`: a profile may give it; `overridable`: a given value
    replaces the computed one. `elsewhere`: it is a place, and others may be looked for.
    """

    key: str
    kind: Kind
    unit: str | None
    low: Number | None
    high: Number | None
    label: Text
    question: Text
    decimals: int = DEFAULT_DECIMALS
    help: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    codes: str | None = None
    or_codes: str | None = None
    check: str | None = None
    none: Text | None = None
    asked: bool = True
    settable: bool = True
    sensitive: bool = False
    changeable: bool = False
    overridable: bool = False
    nomenclature: str | None = None
    brackets: str | None = None
    elsewhere: Siting | None = None

    def type(self, members: frozenset[str] | None = None) -> Type:
        """The type of the fact in expressions; `members` are the codes of its table."""
        if self.choices:
            members = frozenset(choice for choice, _ in self.choices)
        unit = "euros" if self.kind is Kind.EUROS else self.unit
        return Type(self.kind, unit, members, self.none is not None)

    def choice_label(self, choice: str) -> Text:
        """What a choice is called; the choice itself when it has no label."""
        return dict(self.choices).get(choice, Text(choice, choice))


Vocabulary = Mapping[str, FactDeclaration]


@dataclass(frozen=True, slots=True)
class Roles:
    """The facts that the program itself must know, by what they serve for.

    `audience` is the kind of applicant, whose choices a scheme may list as its audience; `public`
    says that a kind is a public body. An interview begins with `asked_first`, for a territory with
    `asked_first_of_territories`, where they are worth asking.
    """

    audience: str | None = None
    public: str | None = None
    asked_first: tuple[str, ...] = ()
    asked_first_of_territories: tuple[str, ...] = ()


def exact(number: Fraction) -> Number:
    """The number as an integer where it is one."""
    return int(number) if number.denominator == 1 else number
