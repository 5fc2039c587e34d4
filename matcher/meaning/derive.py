"""What is known of every fact of a profile, given and computed, on a date?

Facts are computed when they are first asked for, so that a profile pays only for what the rules
read. The result never depends on the order of the questions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from matcher.facts.profile import Answer
from matcher.facts.tables import Tables, found_cell
from matcher.facts.values import Known, Options, Span, is_exact, overlap, point
from matcher.language.tree import AS_OF, Lookup, Node, Scalar
from matcher.meaning.evaluate import value


@dataclass(frozen=True, slots=True)
class Silence:
    """An unknown as the evaluation sees it: the fact it depends on, and the bounds of an answer."""

    by: str | None
    bounds: Known | None


@dataclass(frozen=True, slots=True)
class Computation:
    """How facts are computed: trees by fact, facts whose given value wins, silences, tables."""

    trees: Mapping[str, tuple[Node, ...]] = field(default_factory=dict)
    overridable: frozenset[str] = frozenset()
    silences: Mapping[str, Silence] = field(default_factory=dict)
    tables: Tables = field(default_factory=dict)


class KnownFacts:
    """What is known of each fact. `conflicts` names the facts whose given value cannot be."""

    def __init__(
        self,
        given: Mapping[str, Known],
        computation: Computation,
        day: int | None = None,
        answers: Mapping[str, tuple[Answer, ...]] | None = None,
    ) -> None:
        self.given = given
        self.computation = computation
        self.conflicts: dict[str, Known] = {}
        self.answers = answers or {}
        self._found: dict[str, Known | None] = {AS_OF: None if day is None else point(day)}

    def get(self, key: str) -> Known | None:
        """What is known of a fact; None when it is absent."""
        if key in self._found:
            return self._found[key]
        known = self._compute(key)
        self._found[key] = known
        return known

    def cell(self, lookup: Lookup) -> Known | None:
        """What a reference table says, given what is known of the key."""
        key = self.given.get(lookup.key) if lookup.given else self.get(lookup.key)
        return found_cell(self.computation.tables, lookup, key)

    def set_aside(self) -> tuple[str, ...]:
        """The facts whose given value cannot be, whatever was read before."""
        for key in self.given:
            self.get(key)
        return tuple(sorted(self.conflicts))

    def derived(self, key: str) -> Known | None:
        """What the derivations alone say of a fact."""
        known: Known | None = None
        for tree in self.computation.trees.get(key, ()):
            known = overlap(known, value(tree, self))
        return known

    def _compute(self, key: str) -> Known | None:
        given = self.given.get(key)
        if key in self.computation.silences:
            return self._answered(key)
        if key not in self.computation.trees or (given and key in self.computation.overridable):
            return given
        try:
            derived = self.derived(key)
            return overlap(given, derived)
        except ValueError:
            if given is not None:
                self.conflicts[key] = given
            return None

    def _answered(self, key: str) -> Known | None:
        silence = self.computation.silences[key]
        for answer in self.answers.get(key, ()):
            if silence.by is None or self._holds(silence.by, answer.holds_for):
                return answer.value
        return silence.bounds

    def _holds(self, by: str, holds_for: str | None) -> bool:
        place = self.get(by)
        return holds_for is not None and is_exact(place) and _exactly(place) == holds_for


class SupposedFacts(KnownFacts):
    """What would be known if some facts had other values; None supposes that nothing is known.

    `touched` names every fact that may change with them, themselves included: the others are read
    from the facts as they are. `forgotten` facts are as if nobody had given them: what is computed
    of them holds.
    """

    def __init__(
        self,
        facts: KnownFacts,
        values: Mapping[str, Known | None],
        touched: frozenset[str],
        forgotten: frozenset[str] = frozenset(),
    ) -> None:
        gone = forgotten.union(values)
        kept = {key: known for key, known in facts.given.items() if key not in gone}
        new = {key: known for key, known in values.items() if known is not None}
        super().__init__({**kept, **new}, facts.computation, None, facts.answers)
        self._facts = facts
        self._touched = touched
        self._found = dict(values)

    def get(self, key: str) -> Known | None:
        """What would be known of a fact; None when it would be absent."""
        return super().get(key) if key in self._touched else self._facts.get(key)


def _exactly(known: Known | None) -> Scalar | None:
    match known:
        case Span(low, _):
            return str(low)
        case Options(members):
            return next(iter(members), None)
        case _:
            return None
