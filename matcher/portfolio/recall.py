"""Has this been worked out already, for facts that look the same?

The rows of a portfolio differ, but most of what is worked out for one reads a few facts only. What
was read, and what was found, is kept: a row whose facts have the same values along the way has the
same result, because the work reads nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from matcher.catalogue.content import Content
from matcher.facts.values import Known
from matcher.language.tree import Lookup, Node
from matcher.meaning.derive import KnownFacts
from matcher.portfolio.alike import sides

MOST_VALUES = 64
"""A fact with more values than this (an amount, a commune) is not worth remembering."""
TRIED = 200
"""After so many times without profit, work is done without looking for what is remembered."""
Result = TypeVar("Result")
Read = str | Lookup


class Given:
    """Which facts the rows of one list may give: the others are the same for each of them."""

    def __init__(self, keys: Iterable[str], content: Content, day: int) -> None:
        self.keys = frozenset(keys)
        self.computation = content.computation
        self.day = day
        derived = (content.dependents.get(key, frozenset()) for key in self.keys)
        self.varies = self.keys.union(*derived)
        nothing = KnownFacts({}, self.computation, day)
        every = {*content.vocabulary, *content.derivations, *content.unknowns}
        self.same = {key: nothing.get(key) for key in every - self.varies}
        self.derived: dict[str, Recall[Known | None]] = {}


class RowFacts(KnownFacts):
    """The facts of one row; what is derived from others is remembered from row to row."""

    def __init__(self, values: Mapping[str, Known], given: Given) -> None:
        super().__init__(values, given.computation, given.day)
        self._list = given
        self._found.update(given.same)

    def derived(self, key: str) -> Known | None:
        """What the derivations alone say of a fact."""
        recalls = self._list.derived
        if key not in recalls:
            trees = self.computation.trees.get(key, ())
            varies = self._list.varies
            recalls[key] = Recall(lambda facts: KnownFacts.derived(facts, key), trees, varies)
        return recalls[key].of(self)


class _NotedFacts(KnownFacts):
    """The facts of a row, and a note of all that is read of them and differs between rows."""

    def __init__(self, facts: KnownFacts, varies: frozenset[str]) -> None:
        super().__init__(facts.given, facts.computation)
        self.noted: dict[Read, None] = {}
        self._facts = facts
        self._varies = varies

    def get(self, key: str) -> Known | None:
        """What is known of a fact; None when it is absent."""
        if key in self._varies:
            self.noted[key] = None
        return self._facts.get(key)

    def cell(self, lookup: Lookup) -> Known | None:
        """What a reference table says, given what is known of the key."""
        if lookup.key in self._varies:
            self.noted[lookup] = None
        return self._facts.cell(lookup)


@dataclass(slots=True)
class _Step(Generic[Result]):
    """What is read next, and where each value leads; at the end, the result."""

    read: Read | None = None
    after: dict[Hashable, _Step[Result]] = field(default_factory=dict)
    found: tuple[Result] | None = None


class Recall(Generic[Result]):
    """The results of one piece of work, by what it read of the facts.

    `trees` are all the trees that the work evaluates: what they do not tell apart is alike.
    `varies` are the facts that may differ between rows.
    """

    def __init__(
        self, work: Callable[[KnownFacts], Result], trees: Iterable[Node], varies: frozenset[str]
    ) -> None:
        self._work = work
        self._sides = sides(trees)
        self._varies = varies
        self._first: _Step[Result] = _Step()
        self._profit = TRIED

    def of(self, facts: KnownFacts) -> Result:
        """The result for a profile: remembered, or worked out."""
        if self._profit <= 0:
            return self._work(facts)
        step: _Step[Result] | None = self._first
        while step is not None:
            if step.found is not None:
                self._profit += 1
                return step.found[0]
            if step.read is None:
                break
            step = step.after.get(self._seen(step.read, facts))
        self._profit -= 2
        return self._worked_out(facts)

    def _seen(self, read: Read, facts: KnownFacts) -> Hashable:
        """What the work can see of something that it reads."""
        if not isinstance(read, str):
            return facts.cell(read)
        known = facts.get(read)
        some = self._sides.get(read)
        return known if some is None else some.of(known)

    def _worked_out(self, facts: KnownFacts) -> Result:
        noted = _NotedFacts(facts, self._varies)
        result = self._work(noted)
        step = self._first
        for read in noted.noted:
            step.read = read
            seen = self._seen(read, facts)
            if seen not in step.after:
                if len(step.after) >= MOST_VALUES:
                    return result
                step.after[seen] = _Step()
            step = step.after[seen]
        step.found = (result,)
        return result
