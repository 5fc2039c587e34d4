"""Which facts does an unknown test wait for?

The residual of a test: what is left of it once the known facts have been used. Questions, missing
facts and next steps are all read off it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.facts.values import is_exact
from matcher.language.tree import (
    AS_OF,
    All,
    Any,
    AtLeast,
    Choose,
    Compare,
    Fact,
    IsNone,
    Lookup,
    Member,
    Node,
    Not,
    Relation,
    Test,
)
from matcher.language.walk import children
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import truth, value


def waits(test: Test, facts: KnownFacts) -> tuple[str, ...]:
    """The facts that an unknown test waits for, in reading order; none for a decided test."""
    return tuple(dict.fromkeys(_test_waits(test, facts)))


def value_waits(node: Node, facts: KnownFacts) -> tuple[str, ...]:
    """The facts that a value which is not exact waits for, in reading order."""
    return tuple(dict.fromkeys(_value_waits(node, facts)))


def _test_waits(test: Test, facts: KnownFacts) -> Iterator[str]:
    if truth(test, facts) is not None:
        return
    match test:
        case All(items) | Any(items) | AtLeast(_, items):
            for item in items:
                yield from _test_waits(item, facts)
        case Not(item):
            yield from _test_waits(item, facts)
        case _:
            yield from _inexact(children(test), facts)


def _inexact(parts: Iterable[Node], facts: KnownFacts) -> Iterator[str]:
    for part in parts:
        yield from _value_waits(part, facts)


def _value_waits(node: Node, facts: KnownFacts) -> Iterator[str]:
    if is_exact(value(node, facts)):
        return
    match node:
        case Fact(key):
            yield key
        case Lookup(key=key) if not is_exact(facts.get(key)):
            yield key
        case Choose(branches, otherwise):
            yield from _branch_waits(branches, otherwise, facts)
        case Compare() | Member() | Relation() | IsNone() | Not() | All() | Any() | AtLeast():
            yield from _test_waits(node, facts)
        case _:
            yield from _inexact(children(node), facts)


def _branch_waits(
    branches: tuple[tuple[Test, Node | None], ...], otherwise: Node | None, facts: KnownFacts
) -> Iterator[str]:
    for test, result in branches:
        held = truth(test, facts)
        yield from _test_waits(test, facts)
        if held is not False and result is not None:
            yield from _value_waits(result, facts)
        if held is True:
            return
    if otherwise is not None:
        yield from _value_waits(otherwise, facts)


def behind(key: str, facts: KnownFacts) -> tuple[str, ...]:
    """The facts that the derivations of a fact wait for; one step only, itself excepted."""
    trees = facts.computation.trees.get(key, ())
    found = (below for tree in trees for below in value_waits(tree, facts))
    return tuple(dict.fromkeys(below for below in found if below not in (key, AS_OF)))
