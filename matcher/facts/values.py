"""What may be known of a fact?

An *exact* value is a span of one point, options with one member, the members of a set, or nothing.
A fact that is not in a profile is absent: no value, every world allowed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from matcher.language.tree import Number, Scalar

INFINITY = math.inf
Bound: TypeAlias = Number | float
"""An exact number, or plus or minus infinity; never any other float."""


@dataclass(frozen=True, slots=True)
class Span:
    """A number or a date (as a day number) between two bounds, both included."""

    low: Bound
    high: Bound


@dataclass(frozen=True, slots=True)
class Options:
    """One of several choices, codes or booleans; which one is known when there is only one."""

    members: frozenset[Scalar]


@dataclass(frozen=True, slots=True)
class Members:
    """The choices that hold at once, all of them known."""

    items: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is none, and the fact says what that means ("nothing ordered yet")."""


Known: TypeAlias = Span | Options | Members | Nothing

NOTHING = Nothing()
ANYTHING = Span(-INFINITY, INFINITY)
YES = Options(frozenset({True}))
NO = Options(frozenset({False}))


def point(value: Number) -> Span:
    """An exact number or date."""
    return Span(value, value)


def option(value: Scalar) -> Options:
    """An exact choice, code or boolean."""
    return Options(frozenset({value}))


def is_exact(known: Known | None) -> bool:
    """Whether nothing more can be learnt of a value."""
    match known:
        case None:
            return False
        case Span(low, high):
            return low == high
        case Options(members):
            return len(members) == 1
        case Members() | Nothing():
            return True


def overlap(left: Known | None, right: Known | None) -> Known | None:
    """What both values allow; raises `ValueError` when they allow nothing in common."""
    match left, right:
        case None, other:
            return other
        case other, None:
            return other
        case Span(a, b), Span(c, d) if max(a, c) <= min(b, d):
            return Span(max(a, c), min(b, d))
        case Options(some), Options(more) if some & more:
            return Options(some & more)
        case _ if left == right:
            return left
    raise ValueError("contradiction")


def hull(values: Iterable[Known | None]) -> Known | None:
    """The least value that allows all that the given ones allow; None when that is everything."""
    joined: Known | None = None
    for index, value in enumerate(values):
        joined = value if index == 0 else _joined(joined, value)
        if joined is None:
            return None
    return joined


def _joined(left: Known | None, right: Known | None) -> Known | None:
    match left, right:
        case Span(a, b), Span(c, d):
            return Span(min(a, c), max(b, d))
        case Options(some), Options(more):
            return Options(some | more)
        case _ if left == right:
            return left
        case _:
            return None


def narrower(new: Known | None, old: Known | None) -> bool:
    """Whether `new` allows nothing that `old` does not."""
    try:
        return overlap(new, old) == new
    except ValueError:
        return False
