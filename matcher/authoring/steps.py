"""By how much is a threshold moved at least: one euro, one day, one unit, one hundredth?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from matcher.authoring.tree_mutants import parameters_of
from matcher.catalogue.content import Content
from matcher.catalogue.model import Scheme
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.tree import (
    AS_OF,
    Between,
    Choose,
    Compare,
    Elapsed,
    Extreme,
    Fact,
    Node,
    Number,
    Parameter,
    Product,
    Shift,
    Sum,
)
from matcher.language.types import Kind
from matcher.language.walk import nodes, rebuilt

ONE = frozenset({Kind.DATE, Kind.EUROS, Kind.INTEGER})


class Steps:
    """The least steps of the comparisons and parameters of one scheme."""

    def __init__(self, scheme: Scheme, content: Content, trees: Iterator[Node]) -> None:
        self._scheme = scheme
        self._facts: Mapping[str, FactDeclaration] = content.vocabulary
        self._unknowns = content.unknowns
        self._parameters: dict[str, Number] = {}
        for tree in trees:
            for part in nodes(self._expanded(tree)):
                if isinstance(part, Compare):
                    self._note(part)

    def of(self, compare: Compare) -> Number:
        """The least step of what a comparison compares."""
        found = [step for side in (compare.left, compare.right) for step in self._steps(side)]
        return min(found, default=1)

    def parameter(self, name: str) -> Number | None:
        """The least step of a parameter; None when no comparison tells."""
        if self._scheme.parameters[name].default.kind in ONE:
            return 1
        return self._parameters.get(name)

    def _note(self, compare: Compare) -> None:
        step = self.of(compare)
        for side in (compare.left, compare.right):
            for name, factor in parameters_of(side):
                if not factor:
                    self._parameters[name] = min(step, self._parameters.get(name, step))

    def _expanded(self, node: Node) -> Node:
        """The tree with local definitions put in."""
        match node:
            case Fact(key) if key in self._scheme.definitions:
                return self._expanded(self._scheme.definitions[key])
            case _:
                return rebuilt(node, self._expanded)

    def _steps(self, node: Node) -> Iterator[Number]:
        match node:
            case Fact(key) if key in self._scheme.definitions:
                yield from self._steps(self._scheme.definitions[key])
            case Fact(key):
                yield self._fact_step(key)
            case Parameter(name):
                if self._scheme.parameters[name].default.kind in ONE:
                    yield 1
            case Shift() | Elapsed():
                yield 1
            case Sum(items) | Product(items) | Extreme(_, items):
                for item in items:
                    yield from self._steps(item)
            case Between(low, high):
                yield from self._steps(low)
                yield from self._steps(high)
            case Choose(branches, otherwise):
                for result in (*(result for _, result in branches), otherwise):
                    if result is not None:
                        yield from self._steps(result)
            case _:
                pass

    def _fact_step(self, key: str) -> Number:
        if key == AS_OF:
            return 1
        unknown = self._unknowns.get(key)
        declared = self._facts[key] if unknown is None else unknown.declaration()
        return 1 if declared.kind in ONE else Fraction(1, 10**declared.decimals)
