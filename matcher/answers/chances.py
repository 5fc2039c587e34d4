"""How likely is it that an open test holds, when nothing more is known of the applicant?

Only used to choose questions, never to answer one: each possible choice counts the same, a number
lies anywhere in its range, and what says nothing holds more often than not, as people apply for
schemes that are meant for them.
"""

from __future__ import annotations

from math import prod

from matcher.facts.values import INFINITY, Options, Span
from matcher.facts.vocabulary import Vocabulary
from matcher.language.tree import (
    All,
    Any,
    AtLeast,
    Compare,
    Constant,
    Fact,
    IsNone,
    Member,
    Not,
    Relation,
    Test,
)
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import truth

LIKELY = 0.7


def chance(test: Test, facts: KnownFacts, vocabulary: Vocabulary) -> float:
    """The share of the worlds, between 0 and 1, in which a test is thought to hold."""
    held = truth(test, facts)
    if held is not None:
        return float(held)
    match test:
        case All(items):
            return prod(chance(item, facts, vocabulary) for item in items)
        case Any(items):
            return 1 - prod(1 - chance(item, facts, vocabulary) for item in items)
        case AtLeast():
            return LIKELY
        case Not(item):
            return 1 - chance(item, facts, vocabulary)
        case Member(Fact(key), values):
            return _member(key, values, facts, vocabulary)
        case Compare(Fact(key), op, Constant(bound)) if not isinstance(bound, str):
            return _below(key, bound, facts) if op in ("<", "<=") else 1 - _below(key, bound, facts)
        case Compare() | Member() | Relation() | IsNone():
            return LIKELY


def _member(
    key: str, values: frozenset[object], facts: KnownFacts, vocabulary: Vocabulary
) -> float:
    if values == frozenset({True}):
        return LIKELY
    match facts.get(key):
        case Options(members):
            return len(members & values) / len(members)
        case _:
            choices = [choice for choice, _ in vocabulary[key].choices] if key in vocabulary else []
            return len(values & set(choices)) / len(choices) if choices else LIKELY


def _below(key: str, bound: object, facts: KnownFacts) -> float:
    match facts.get(key), bound:
        case Span(low, high), int() if low > -INFINITY and high < INFINITY and low < high:
            return min(1.0, max(0.0, float((bound - low) / (high - low))))
        case _:
            return LIKELY
