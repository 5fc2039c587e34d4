"""What does a rule mean? The reference: every other engine must give the same answers.

A test is true if it holds in all the worlds that the known values allow, false if in none, else
unknown. Connectives are Kleene's. An absent fact allows every world; a comparison with none is
false.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from matcher.facts.values import (
    ANYTHING,
    NOTHING,
    Known,
    Members,
    Nothing,
    Options,
    Span,
    hull,
    option,
    point,
)
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
    Parameter,
    Product,
    Relation,
    Shift,
    Sum,
    Test,
)
from matcher.language.types import ORDERED, Kind
from matcher.meaning import spans
from matcher.meaning.logic import Truth, all_of, any_of, at_least, negation


class Facts(Protocol):
    """What an evaluation may ask: what is known of a fact, and a cell of a reference table."""

    def get(self, key: str) -> Known | None:
        """What is known of a fact; None when it is absent."""

    def cell(self, lookup: Lookup) -> Known | None:
        """What a reference table says, given what is known of the key."""


# ------------------------------------------------------------------------------------------ tests
def truth(test: Test, facts: Facts) -> Truth:
    """Whether a test holds: true, false, or None for unknown."""
    match test:
        case All(items):
            return all_of(truth(item, facts) for item in items)
        case Any(items):
            return any_of(truth(item, facts) for item in items)
        case AtLeast(count, items):
            return at_least(count, [truth(item, facts) for item in items])
        case Not(item):
            return negation(truth(item, facts))
        case Compare(left, op, right):
            return _compared(value(left, facts), op, value(right, facts))
        case Member(operand, values):
            return _is_member(value(operand, facts), values)
        case Relation(relation, operand, values):
            return _related(value(operand, facts), relation, values)
        case IsNone(operand):
            known = value(operand, facts)
            return None if known is None else known == NOTHING


def _compared(left: Known | None, op: str, right: Known | None) -> Truth:
    match left or ANYTHING, op, right or ANYTHING:
        case Span() as a, ("<" | "<=" | ">" | ">=" | "==" | "!=") as order, Span() as b:
            return spans.compared(a, order, b)
        case _:
            return False


def _is_member(known: Known | None, values: frozenset[object]) -> Truth:
    if not values:
        return False
    match known:
        case Options(members):
            return True if members <= values else None if members & values else False
        case Span(low, high):
            inside = sum(1 for v in values if isinstance(v, int) and low <= v <= high)
            return False if inside == 0 else True if inside == high - low + 1 else None
        case Nothing():
            return False
        case _:
            return None


def _related(known: Known | None, relation: str, values: frozenset[str]) -> Truth:
    if not values and relation != "within":
        return relation == "includes"
    match known, relation:
        case Members(items), "overlaps":
            return bool(items & values)
        case Members(items), "within":
            return items <= values
        case Members(items), "includes":
            return values <= items
        case Nothing(), _:
            return False
        case _:
            return None


# ----------------------------------------------------------------------------------------- values
def value(node: Node, facts: Facts) -> Known | None:
    """What is known of the value of a node; None when nothing is."""
    match node:
        case Fact(key):
            return facts.get(key)
        case Constant(written, kind):
            return _constant(written, kind)
        case Sum(terms):
            return _computed([value(t, facts) for t in terms], spans.total)
        case Product(factors):
            return _computed([value(f, facts) for f in factors], spans.product)
        case Extreme(which, items):
            parts = [value(item, facts) for item in items]
            return _computed(parts, lambda known: spans.extreme(which, known))
        case Shift(date, months):
            parts = [value(date, facts), value(months, facts)]
            return _computed(parts, lambda known: spans.shifted(known[0], known[1]))
        case Elapsed(since):
            parts = [value(since, facts), facts.get(AS_OF)]
            return _computed(parts, lambda known: spans.elapsed(known[0], known[1]))
        case Between(low, high):
            return hull([value(low, facts), value(high, facts)])
        case Choose(branches, otherwise):
            return hull(_possible(branches, otherwise, facts))
        case Lookup():
            return facts.cell(node)
        case Parameter(name):
            raise KeyError(f"parameter {name} has no value: the tree was not resolved")
        case _:
            held = truth(node, facts)
            return None if held is None else option(held)


def _constant(written: object, kind: Kind) -> Known:
    if (kind in ORDERED and isinstance(written, int)) or kind in ORDERED:
        return point(written)  # type: ignore[arg-type]
    return option(written)  # type: ignore[arg-type]


def _computed(parts: list[Known | None], how: object) -> Known | None:
    known = [part or ANYTHING for part in parts]
    if any(isinstance(part, Nothing) for part in known):
        return NOTHING
    result = how([part for part in known if isinstance(part, Span)])  # type: ignore[operator]
    return None if result == ANYTHING else result


def _possible(
    branches: tuple[tuple[Test, Node | None], ...], otherwise: Node | None, facts: Facts
) -> Iterable[Known | None]:
    """The values of the branches that may be the first whose test holds."""
    for test, result in branches:
        held = truth(test, facts)
        if held is not False:
            yield None if result is None else value(result, facts)
        if held is True:
            return
    yield None if otherwise is None else value(otherwise, facts)
