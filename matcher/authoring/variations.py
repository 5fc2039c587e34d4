"""How could the profile of a case be varied to show what a mutant changes?

Each variation gives one fact another value: just below, at and just above each number it is
compared with, each member of each list it is tested against and one outside, or no value at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, islice

from matcher.answers.formats import iso
from matcher.authoring.new_case import Word, value_written
from matcher.catalogue.content import Content
from matcher.catalogue.model import Case
from matcher.facts.numbers import date_written
from matcher.facts.values import point
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.tree import (
    AS_OF,
    Compare,
    Constant,
    Extreme,
    Fact,
    IsNone,
    Member,
    Node,
    Number,
    Relation,
    Scalar,
)
from matcher.language.types import ORDERED, Kind
from matcher.language.walk import facts_of, nodes

MOST_MEMBERS = 40
MOST_RANGES = 100


@dataclass(frozen=True)
class Near:
    """Some days from the date of another fact of the case, or from the date of the question."""

    fact: str
    days: int


@dataclass(frozen=True)
class Variation:
    """One fact with another value; None takes it away."""

    fact: str
    value: object | None


def variations_of(trees: Iterable[Node], content: Content) -> list[Variation]:
    """The variations that may matter to some trees, those of the facts they read first."""
    found: dict[str, list[object | None]] = {}
    for tree in _with_derivations(list(trees), content):
        for part in nodes(tree):
            for key, values in _values(part, content):
                known = found.setdefault(key, [])
                known += [value for value in values if value not in known]
    exact = [Variation(key, value) for key, values in found.items() for value in [*values, None]]
    return [*exact, *(range_ for key, values in found.items() for range_ in _ranges(key, values))]


def _ranges(key: str, values: list[object | None]) -> Iterator[Variation]:
    """The ranges between two values, for what is only known between bounds."""
    numbers = sorted(v for v in values if isinstance(v, int | Decimal) and not isinstance(v, bool))
    for low, high in islice(combinations(numbers, 2), MOST_RANGES):
        yield Variation(key, {"min": low, "max": high})


def _with_derivations(trees: list[Node], content: Content) -> Iterator[Node]:
    """Trees, and those from which the facts they read are computed."""
    seen: set[str] = set()
    while trees:
        tree = trees.pop(0)
        yield tree
        for key in facts_of(tree):
            if key not in seen:
                seen.add(key)
                trees += content.computation.trees.get(key, ())


def _values(part: Node, content: Content) -> Iterator[tuple[str, list[object | None]]]:
    match part:
        case Compare() | Extreme():
            numbers = list(_constants(part))
            for key in facts_of(part):
                fact = _settable(key, content)
                if fact is not None and fact.kind in ORDERED:
                    yield key, [v for n in numbers for v in _around(n, fact)]
                if fact is not None and fact.kind is Kind.DATE:
                    others = dict.fromkeys((AS_OF, *(k for k in facts_of(part) if k != key)))
                    yield key, [Near(other, days) for other in others for days in (-1, 0, 1)]
        case Member(Fact(key), values) | Relation(_, Fact(key), values):
            fact = _settable(key, content)
            if fact is not None:
                yield key, _listed(fact, sorted(values, key=str))
        case IsNone(Fact(key)) if (fact := _settable(key, content)) and fact.none:
            yield key, [Word("none")]
        case _:
            pass


def _settable(key: str, content: Content) -> FactDeclaration | None:
    fact = content.vocabulary.get(key)
    return fact if fact is not None and fact.settable else None


def _constants(node: Node) -> Iterator[Number]:
    for part in nodes(node):
        match part:
            case Constant(value) if not isinstance(value, str | bool):
                yield value
            case _:
                pass


def _around(number: Number, fact: FactDeclaration) -> Iterator[object]:
    step: Number = 1
    if fact.kind is Kind.NUMBER:
        step = Fraction(1, 10**fact.decimals)
    for value in (number - step, number, number + step):
        inside = (fact.low is None or value >= fact.low) and (
            fact.high is None or value <= fact.high
        )
        fits = (Fraction(value) * 10**fact.decimals).denominator == 1
        if inside and fits and (fact.kind is not Kind.DATE or value > 365):
            yield value_written(point(value), fact.kind)


def _listed(fact: FactDeclaration, values: list[Scalar]) -> list[object | None]:
    few = values[:MOST_MEMBERS]
    choices = [choice for choice, _ in fact.choices]
    others = [choice for choice in choices if choice not in values][:1]
    match fact.kind:
        case Kind.BOOLEAN:
            return [True, False]
        case Kind.SET:
            return [*([value] for value in (*few, *others)), few, []]
        case _:
            return [*few, *others]


def varied(
    case: Case, variations: Iterable[Variation], content: Content
) -> Iterator[dict[str, object]]:
    """The facts of a case, some of them varied; then without what a varied fact is computed from.

    Most often what a fact is computed from contradicts the variation, but it may serve elsewhere.
    """
    new = dict(case.given)
    behind: set[str] = set()
    for variation in variations:
        value = _dated(variation.value, case) if isinstance(variation.value, Near) else None
        if isinstance(variation.value, Near) and value is None:
            return
        new.pop(variation.fact, None)
        if variation.value is not None:
            new[variation.fact] = variation.value if value is None else value
        behind |= {*_behind(variation.fact, content)} - {variation.fact}
    yield new
    if behind & new.keys():
        kept = {variation.fact for variation in variations}
        yield {key: v for key, v in new.items() if key in kept or key not in behind}


def _dated(near: Near, case: Case) -> str | None:
    day = case.as_of if near.fact == AS_OF else date_written(case.given.get(near.fact))
    return None if day is None else iso(day + near.days)


def _behind(key: str, content: Content) -> Iterator[str]:
    waiting, seen = [key], {key}
    while waiting:
        for tree in content.computation.trees.get(waiting.pop(), ()):
            for below in facts_of(tree):
                if below not in seen:
                    seen.add(below)
                    waiting.append(below)
                    yield below
