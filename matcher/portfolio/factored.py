"""Which parts of an amount are the same for many rows?

`cost * rate` is worth working out for each row, but the rate follows from a size and a place that
many rows share. Such parts are taken out of the tree, and remembered from row to row.
"""

from __future__ import annotations

from functools import partial

from matcher.facts.values import Known
from matcher.language.tree import Constant, Fact, Lookup, Member, Node, Parameter, Test
from matcher.language.walk import facts_of, rebuilt
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import value
from matcher.portfolio.alike import sides
from matcher.portfolio.recall import Recall

PART = "@part-"
YES = frozenset({True})


class FactoredTree:
    """The value of a tree, some parts of which are remembered."""

    def __init__(self, node: Node, varies: frozenset[str]) -> None:
        self._varies = varies
        self._parts: dict[str, Recall[Known | None]] = {}
        self._node = self._split(node)

    def value(self, facts: KnownFacts) -> Known | None:
        """What `value` would say."""
        return value(self._node, _WithParts(facts, self._parts))

    def _split(self, node: Node) -> Node:
        if isinstance(node, Fact | Constant | Parameter | Lookup):
            return node
        if not self._varies.intersection(facts_of(node)) <= sides([node]).keys():
            return rebuilt(node, self._split)
        key = f"{PART}{len(self._parts)}"
        self._parts[key] = Recall(partial(value, node), [node], self._varies)
        return Member(Fact(key), YES) if isinstance(node, Test) else Fact(key)


class _WithParts:
    """The facts of a row, and the parts as if they were facts."""

    def __init__(self, facts: KnownFacts, parts: dict[str, Recall[Known | None]]) -> None:
        self._facts = facts
        self._parts = parts

    def get(self, key: str) -> Known | None:
        part = self._parts.get(key)
        return self._facts.get(key) if part is None else part.of(self._facts)

    def cell(self, lookup: Lookup) -> Known | None:
        return self._facts.cell(lookup)
