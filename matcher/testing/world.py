"""Does a test hold in one world, where every fact has one value?

A second reading of the tree, written for that case only and as plainly as possible: nothing here is
shared with the evaluator it serves to check.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from matcher.facts.values import NOTHING, Known, Members, Nothing, Options, Span, option, point
from matcher.language.tree import (
    AS_OF,
    All,
    Any,
    AtLeast,
    Between,
    Choose,
    Compare,
    Constant,
    Elapsed,
    Extreme,
    Fact,
    IsNone,
    Lookup,
    Member,
    Node,
    Not,
    Number,
    Parameter,
    Product,
    Relation,
    Shift,
    Sum,
    Test,
)

Exact: TypeAlias = Number | str | bool | frozenset[str] | None
"""The value of a fact in one world; None is the value *none*. Dates are day numbers."""

FIRST_DAY = datetime.date.min
LAST_DAY = datetime.date.max


class UnsettledError(Exception):
    """The rules leave a value open even in one world (unknown by silence)."""


@dataclass(frozen=True)
class World:
    """One value for each fact, and the day of the question.

    `share` says where each published range lies between its ends (0 to 1), `cells` what each table
    cell holds.
    """

    values: Mapping[str, Exact]
    day: int
    share: Fraction = Fraction(0)
    cells: Mapping[Lookup, Exact] = field(default_factory=dict)


# -------------------------------------------------------------------------------------------- tests
def holds(test: Test, world: World) -> bool:
    """Whether a test holds in a world."""
    match test:
        case All(items):
            return all(holds(item, world) for item in items)
        case Any(items):
            return any(holds(item, world) for item in items)
        case AtLeast(count, items):
            return sum(holds(item, world) for item in items) >= count
        case Not(item):
            return not holds(item, world)
        case Compare(left, op, right):
            return _ordered(measured(left, world), op, measured(right, world))
        case Member(operand, values):
            found = measured(operand, world)
            return found is not None and found in values
        case Relation(relation, operand, values):
            return _related(measured(operand, world), relation, values)
        case IsNone(operand):
            return measured(operand, world) is None


def _ordered(left: Exact, op: str, right: Exact) -> bool:
    if left is None or right is None:
        return False
    a, b = Fraction(_number(left)), Fraction(_number(right))
    answers = {"<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a == b, "!=": a != b}
    return answers[op]


def _related(found: Exact, relation: str, values: frozenset[str]) -> bool:
    if not isinstance(found, frozenset):
        return False
    answers = {
        "overlaps": any(item in values for item in found),
        "within": all(item in values for item in found),
        "includes": all(value in found for value in values),
    }
    return answers[relation]


# ------------------------------------------------------------------------------------------- values
def measured(node: Node, world: World) -> Exact:
    """The value of a node in a world; raises `UnsettledError` where the rules are silent."""
    match node:
        case Fact(key):
            return world.day if key == AS_OF else world.values[key]
        case Constant(value):
            return value
        case Lookup():
            return world.cells[node]
        case Between(low, high):
            return _between(measured(low, world), measured(high, world), world.share)
        case Choose(branches, otherwise):
            chosen = next((value for test, value in branches if holds(test, world)), otherwise)
            if chosen is None:
                raise UnsettledError
            return measured(chosen, world)
        case Sum(parts) | Product(parts) | Extreme(_, parts):
            return _computed(node, [measured(part, world) for part in parts])
        case Shift(date, months):
            start, count = measured(date, world), measured(months, world)
            return None if start is None or count is None else later(_day(start), _day(count))
        case Elapsed(since):
            start = measured(since, world)
            return None if start is None else complete_years(_day(start), world.day)
        case Parameter(name):
            raise KeyError(f"parameter {name} has no value: the tree was not resolved")
        case _:
            return holds(node, world)


def _computed(node: Sum | Product | Extreme, parts: list[Exact]) -> Exact:
    if None in parts:
        return None
    numbers = [Fraction(_number(part)) for part in parts]
    match node:
        case Sum():
            return sum(numbers, Fraction(0))
        case Extreme(which):
            return sorted(numbers)[0 if which == "min" else -1]
        case Product():
            result = Fraction(1)
            for number in numbers:
                result *= number
            return result


def _between(low: Exact, high: Exact, share: Fraction) -> Exact:
    if low is None or high is None:
        return None
    start = Fraction(_number(low))
    return start + share * (Fraction(_number(high)) - start)


def _number(exact: Exact) -> Number:
    assert isinstance(exact, int | Fraction), f"a number is wanted, not {exact!r}"
    return exact


def _day(exact: Exact) -> int:
    number = _number(exact)
    assert number == int(number), f"a whole number is wanted, not {number}"
    return int(number)


# -------------------------------------------------------------------------------------------- dates
def later(day: int, months: int) -> int:
    """The day number some months later, counted one month at a time from the first of the month."""
    start = datetime.date.fromordinal(day)
    index = start.year * 12 + start.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not FIRST_DAY.year <= year <= LAST_DAY.year:
        return FIRST_DAY.toordinal() if year < FIRST_DAY.year else LAST_DAY.toordinal()
    for wanted in range(start.day, 27, -1):
        try:
            return datetime.date(year, month, wanted).toordinal()
        except ValueError:
            continue
    return datetime.date(year, month, start.day).toordinal()


def complete_years(since: int, until: int) -> int:
    """The complete years between two days; the anniversary of a 29 February is the 28 elsewhere."""
    start, end = datetime.date.fromordinal(since), datetime.date.fromordinal(until)
    years = end.year - start.year
    return years - 1 if later(since, 12 * years) > until else years


# ------------------------------------------------------------------------------ worlds and profiles
def known_of(exact: Exact) -> Known:
    """A value of a world as what a profile knows."""
    match exact:
        case None:
            return NOTHING
        case bool() | str():
            return option(exact)
        case frozenset():
            return Members(exact)
        case _:
            return point(exact)


def allows(known: Known | None, exact: Exact) -> bool:
    """Whether what is known of a fact allows a value; an absent fact allows every value."""
    match known:
        case None:
            return True
        case Nothing():
            return exact is None
        case Members(items):
            return exact == items
        case Options(members):
            return exact in members
        case Span(low, high):
            return isinstance(exact, int | Fraction) and low <= exact <= high
