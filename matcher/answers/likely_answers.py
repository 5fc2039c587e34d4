"""Which answers may a question get, told by a few that stand for all the others?

Only used to choose questions, never to answer one. No statistics: what the vocabulary, the tables
and the rules themselves say of a fact, each possibility counting the same. An amount lies between
any two of the numbers that rules compare it with; a code is one of a few taken evenly from its
table. Yes is rarer than no: a fact that rules ask about is something particular.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, TypeVar

from matcher.facts.values import (
    INFINITY,
    NO,
    NOTHING,
    YES,
    Bound,
    Known,
    Members,
    Options,
    Span,
    is_exact,
    option,
    point,
)
from matcher.facts.vocabulary import FactDeclaration, exact
from matcher.language.tree import Number
from matcher.language.types import Kind

Item = TypeVar("Item")
Answers: TypeAlias = tuple[tuple[Known, float], ...]
"""Exact answers, and the share of each; the shares add up to one."""

SHARE_OF_YES = 0.25
ASSUMED = 4
"""How many answers the share of yes counts for, beside those that were given."""
SHARE_OF_NONE = 0.5
"""How often a fact that declares what *none* means is none."""
MOST_CODES = 16
YEAR = 365
DAYS = (-20 * YEAR, -10 * YEAR, -5 * YEAR, -2 * YEAR, -YEAR // 2, YEAR)
"""Dates are mostly of the last years; counted from the date of the question."""


@dataclass(frozen=True)
class Hints:
    """What rules, tables and the answers so far say of the possible ones.

    Numbers that matter by fact, a few codes by table, and how often the answer is yes.
    """

    bounds: Mapping[str, Collection[Number]]
    codes: Callable[[str, int], Sequence[str]]
    day: int
    yes: float = SHARE_OF_YES


def share_of_yes(given: Collection[Known]) -> float:
    """How often an answer is yes: one time in four, then more and more as somebody answered."""
    yes, no = sum(known == YES for known in given), sum(known == NO for known in given)
    return (SHARE_OF_YES * ASSUMED + yes) / (ASSUMED + yes + no)


def likely_answers(fact: FactDeclaration, known: Known | None, hints: Hints) -> Answers:
    """A few exact answers within what is known of a fact; none if nothing says which."""
    if known is not None and is_exact(known):
        return ((known, 1.0),)
    some = tuple(dict.fromkeys(_answers(fact, known, hints)))
    if fact.kind is Kind.BOOLEAN and len(some) == 2:
        return (YES, hints.yes), (NO, 1 - hints.yes)
    none = SHARE_OF_NONE if fact.none is not None and known is None else 0.0
    shared = tuple((answer, (1 - none) / len(some)) for answer in some)
    return (*shared, (NOTHING, none if some else 1.0)) if none else shared


def _answers(fact: FactDeclaration, known: Known | None, hints: Hints) -> Iterator[Known]:
    match fact.kind, known:
        case _, Options(members):
            yield from map(option, _few(sorted(members, key=str)))
        case Kind.BOOLEAN, _:
            yield from (YES, NO)
        case Kind.CHOICE, _:
            yield from (option(choice) for choice, _ in fact.choices)
        case Kind.CODE, _:
            yield from map(option, hints.codes(fact.codes, MOST_CODES) if fact.codes else ())
        case Kind.SET, _:
            yield Members(frozenset())
            yield from (Members(frozenset({choice})) for choice, _ in fact.choices)
        case Kind.DATE, _:
            low, high = _ends(fact, known)
            yield from (point(d) for d in _dates(hints.day) if low <= d <= high)
        case _:
            whole = fact.kind is Kind.INTEGER
            numbers = _numbers(hints.bounds.get(fact.key, ()), *_ends(fact, known), whole=whole)
            yield from map(point, numbers)


def _few(members: Sequence[Item]) -> Sequence[Item]:
    """A few of many, from everywhere in their order."""
    return members[:: max(1, -(-len(members) // MOST_CODES))]


def _ends(fact: FactDeclaration, known: Known | None) -> tuple[Bound, Bound]:
    low = -INFINITY if fact.low is None else fact.low
    high = INFINITY if fact.high is None else fact.high
    if isinstance(known, Span):
        return max(low, known.low), min(high, known.high)
    return low, high


def _dates(day: int) -> tuple[int, ...]:
    return tuple(day + days for days in DAYS)


def _numbers(
    bounds: Collection[Number], low: Bound, high: Bound, *, whole: bool
) -> Iterator[Number]:
    """One number in each of the intervals that the bounds make; both ends if there is no bound."""
    inside = sorted(bound for bound in bounds if low < bound < high)
    if not inside:
        yield from (end for end in (low, high) if not isinstance(end, float))
        return
    yield inside[0] - 1 if low <= inside[0] - 1 else _number(low)
    for one, other in pairwise(inside):
        middle = Fraction(one + other, 2)
        yield int(middle) if whole else exact(middle)
    yield inside[-1] + 1 if inside[-1] + 1 <= high else _number(high)


def _number(end: Bound) -> Number:
    assert not isinstance(end, float)
    return end
