"""What is a rule made of, once read and checked?

One tree of frozen nodes. Tests are true, false or unknown; the other nodes have a value. Every
reader of the tree is one function written as one `match`; adding a kind of node touches each once.
A test may stand where a value is wanted: its value is then true, false or unknown. `All(())` is the
test that always holds, `Any(())` the one that never does.

Numbers are exact (`int` or `Fraction`, in euros for money); dates are days (`date.toordinal`).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias

from matcher.language.types import Kind

Number: TypeAlias = int | Fraction
Scalar: TypeAlias = Number | str | bool
Order: TypeAlias = Literal["<", "<=", ">", ">=", "==", "!="]


# ----------------------------------------------------------------------------- nodes with a value
@dataclass(frozen=True, slots=True)
class Fact:
    """The value of a fact, of an unknown, of a local definition or of `as_of`."""

    key: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the scheme; each edition replaces it by its value."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A value written in the rule; `kind` says how to read and to show it."""

    value: Scalar
    kind: Kind


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of its terms."""

    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """The product of its factors."""

    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The least (`min`) or the greatest (`max`) of its items."""

    which: Literal["min", "max"]
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """A date some months later; the end of a shorter month clamps."""

    date: Node
    months: Node


@dataclass(frozen=True, slots=True)
class Elapsed:
    """The number of complete years from a date to the date of the question."""

    since: Node


@dataclass(frozen=True, slots=True)
class Between:
    """A value known only to lie between two others: a published range."""

    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class Choose:
    """The value of the first branch whose test holds, else `otherwise`; None is unknown."""

    branches: tuple[tuple[Test, Node | None], ...]
    otherwise: Node | None


@dataclass(frozen=True, slots=True)
class Lookup:
    """The cell of a reference table; `absent` is the value of a key that a complete table lacks.

    `given` reads only what the profile says of the key, not what is derived from it.
    """

    table: str
    key: str
    column: str
    absent: Scalar | None = None
    given: bool = False


# ------------------------------------------------------------------------------------------ tests
@dataclass(frozen=True, slots=True)
class Compare:
    """Two numbers or two dates compared."""

    left: Node
    op: Order
    right: Node


@dataclass(frozen=True, slots=True)
class Member:
    """A choice, a code, a boolean or an integer is one of `values`; `named` is the set's name."""

    operand: Node
    values: frozenset[Scalar]
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A set of choices overlaps `values`, lies within them, or includes them all."""

    relation: Literal["overlaps", "within", "includes"]
    operand: Node
    values: frozenset[str]
    named: str | None = None


@dataclass(frozen=True, slots=True)
class IsNone:
    """A fact that may be none is none."""

    operand: Node


@dataclass(frozen=True, slots=True)
class Not:
    """The test does not hold."""

    item: Test


@dataclass(frozen=True, slots=True)
class All:
    """All the items hold."""

    items: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of the items holds."""

    items: tuple[Test, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """At least `count` of the items hold."""

    count: int
    items: tuple[Test, ...]


Test: TypeAlias = Compare | Member | Relation | IsNone | Not | All | Any | AtLeast
Value: TypeAlias = (
    Fact
    | Parameter
    | Constant
    | Sum
    | Product
    | Extreme
    | Shift
    | Elapsed
    | Between
    | Choose
    | Lookup
)
Node: TypeAlias = Test | Value

AS_OF = "as_of"
