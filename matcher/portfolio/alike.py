"""Which values of a fact do some rules not tell apart?

A rule that asks whether a cost reaches 400,000 € has the same answer for 12,000 and for 13,000. Two
values are alike when they lie on the same side of every number that the rules compare the fact
with, and belong to the same lists. Where a rule computes with a fact, only equal values are alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from matcher.facts.values import Bound, Known, Options, Span
from matcher.language.tree import (
    Compare,
    Constant,
    Fact,
    IsNone,
    Lookup,
    Member,
    Node,
    Number,
    Scalar,
)
from matcher.language.walk import children


@dataclass
class _Uses:
    """How some trees use one fact."""

    numbers: set[Number] = field(default_factory=set)
    lists: set[frozenset[Scalar]] = field(default_factory=set)
    computed: bool = False


@dataclass(frozen=True)
class Sides:
    """What distinguishes the values of one fact; without `numbers` and `lists`, everything."""

    numbers: tuple[Number, ...]
    lists: tuple[frozenset[Scalar], ...]

    def of(self, known: Known | None) -> Hashable:
        """The same for two values that are alike."""
        match known:
            case Span(low, high) if low == high or not self.lists:
                return self._side(low), self._side(high), low == high
            case Options(members):
                within = [(members <= some, not members.isdisjoint(some)) for some in self.lists]
                return len(members) == 1, *within
            case _:
                return known

    def _side(self, bound: Bound) -> int:
        place = bisect_left(self.numbers, bound)
        equal = place < len(self.numbers) and self.numbers[place] == bound
        return 2 * place + equal


def sides(trees: Iterable[Node]) -> Mapping[str, Sides]:
    """What distinguishes the values of the facts that trees only compare or look for in lists."""
    uses: dict[str, _Uses] = {}
    for tree in trees:
        _look(tree, uses)
    return {
        key: Sides(tuple(sorted(use.numbers)), tuple(use.lists))
        for key, use in uses.items()
        if not use.computed
    }


def _look(node: Node, uses: dict[str, _Uses]) -> None:
    match node:
        case Compare(Fact(key), _, Constant(number)) | Compare(Constant(number), _, Fact(key)):
            uses.setdefault(key, _Uses()).numbers.update(_numbers([number]))
        case Member(Fact(key), values):
            use = uses.setdefault(key, _Uses())
            use.lists.add(values)
            use.numbers.update(_numbers(values))
        case IsNone(Fact(key)) | Lookup(key=key):
            # The cell that a lookup finds is noted by itself.
            uses.setdefault(key, _Uses())
        case Fact(key):
            uses.setdefault(key, _Uses()).computed = True
        case _:
            for child in children(node):
                _look(child, uses)


def _numbers(values: Iterable[Scalar]) -> Iterator[Number]:
    return (v for v in values if isinstance(v, int | Fraction) and not isinstance(v, bool))
