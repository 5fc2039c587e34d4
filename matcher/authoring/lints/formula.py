"""What is a test made of, once every fact has its finite list of cases?

An *atom* says that the value of a term (a fact, or a sum of facts) bears a mark: it is among some
choices, on one side of a threshold, or none. Formulas count the atoms that hold: all of them, one
of them, or at least some number.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from matcher.facts.values import Bound
from matcher.language.tree import Order, Scalar


# -------------------------------------------------------------------------------------------- terms
@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers between two bounds, included; all of them, or the multiples of `step`."""

    low: Bound
    high: Bound
    step: Fraction | None


@dataclass(frozen=True, slots=True)
class Choices:
    """Some choices; None stands for texts that nobody lists."""

    members: frozenset[Scalar] | None


@dataclass(frozen=True, slots=True)
class Term:
    """Something with a value, known by its key; `none` says that there may be none."""

    key: Hashable
    values: Numbers | Choices
    none: bool = False


# -------------------------------------------------------------------------------------------- marks
@dataclass(frozen=True, slots=True)
class Among:
    """The value is one of these."""

    values: frozenset[Scalar]


@dataclass(frozen=True, slots=True)
class Against:
    """The value stands on one side of a threshold."""

    op: Order
    bound: Fraction


@dataclass(frozen=True, slots=True)
class Absent:
    """There is none."""


Mark: TypeAlias = Among | Against | Absent


# ----------------------------------------------------------------------------------------- formulas
@dataclass(frozen=True, slots=True)
class Atom:
    """The value of a term bears a mark, or does not."""

    term: Term
    mark: Mark
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Count:
    """At least `least` of the items hold."""

    least: int
    items: tuple[Formula, ...]


Formula: TypeAlias = bool | Atom | Count


def count(least: int, items: Iterable[Formula]) -> Formula:
    """At least `least` of the items hold, without the items that are already decided."""
    kept = []
    for item in items:
        if item is True:
            least -= 1
        elif item is not False:
            kept.append(item)
    if least <= 0:
        return True
    if least > len(kept):
        return False
    return kept[0] if len(kept) == 1 else Count(least, tuple(kept))


def every(items: Iterable[Formula]) -> Formula:
    """All the items hold."""
    listed = tuple(items)
    return count(len(listed), listed)


def some(items: Iterable[Formula]) -> Formula:
    """One of the items holds."""
    return count(1, items)


def negated(formula: Formula) -> Formula:
    """The formula does not hold."""
    match formula:
        case bool():
            return not formula
        case Atom(term, mark, holds):
            return Atom(term, mark, not holds)
        case Count(least, items):
            return count(len(items) - least + 1, map(negated, items))


def atoms(formula: Formula) -> Iterator[Atom]:
    """The atoms of a formula."""
    match formula:
        case Atom():
            yield formula
        case Count(items=items):
            for item in items:
                yield from atoms(item)
        case _:
            pass
