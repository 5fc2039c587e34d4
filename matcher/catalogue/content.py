"""What does a catalogue hold: vocabulary, tables, derivations, authorities and schemes?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from matcher.catalogue.model import Authority, Case, Derivation, Scheme, Unknown
from matcher.facts.tables import Tables
from matcher.facts.values import Known, Span
from matcher.facts.vocabulary import Roles, Vocabulary
from matcher.language.tree import Number
from matcher.language.types import ORDERED
from matcher.language.walk import compared, facts_of
from matcher.meaning.derive import Computation, Silence

NO_ROLES = Roles()


@dataclass(frozen=True)
class Content:
    """Everything that was read and checked; nothing in it changes afterwards.

    `digest` identifies the texts it was read from.
    """

    vocabulary: Vocabulary
    tables: Tables
    authorities: Mapping[str, Authority]
    derivations: Mapping[str, Derivation]
    derived_unknowns: Mapping[str, Unknown]
    schemes: Mapping[str, Scheme]
    read_cases: Callable[[], Mapping[str, tuple[Case, ...]]]
    digest: str
    roles: Roles = NO_ROLES

    @cached_property
    def cases(self) -> Mapping[str, tuple[Case, ...]]:
        """The authors' cases of each scheme, read only when they are asked for."""
        return self.read_cases()

    @cached_property
    def unknowns(self) -> Mapping[str, Unknown]:
        """Every unknown, by the key it is stored under."""
        found = dict(self.derived_unknowns)
        for scheme in self.schemes.values():
            found.update({unknown.key: unknown for unknown in scheme.unknowns.values()})
        return found

    @cached_property
    def never_none(self) -> frozenset[str]:
        """The facts whose value is never none: given ones that do not declare it."""
        declared = {key for key, fact in self.vocabulary.items() if fact.none is None}
        return frozenset(declared - set(self.derivations))

    @cached_property
    def dependents(self) -> Mapping[str, frozenset[str]]:
        """The facts and unknowns whose value may follow from that of a fact, directly or not."""
        above: dict[str, set[str]] = {}
        for key, derivation in self.derivations.items():
            for below in (k for tree in derivation.trees for k in facts_of(tree)):
                above.setdefault(below, set()).add(key)
        for key, unknown in self.unknowns.items():
            if unknown.by is not None:
                above.setdefault(unknown.by, set()).add(key)
        return {key: _closure(key, above) for key in above}

    @cached_property
    def bounds(self) -> Mapping[str, frozenset[Number]]:
        """The numbers with which the derivations compare each fact."""
        return compared(tree for d in self.derivations.values() for tree in d.trees)

    def few_keys(self, table: str, most: int) -> tuple[str, ...]:
        """A few keys of a reference table, from everywhere in their order; read once."""
        if (table, most) not in self._few_keys:
            keys = self.tables[table].keys()
            self._few_keys[table, most] = tuple(keys[:: max(1, -(-len(keys) // most))])
        return self._few_keys[table, most]

    @cached_property
    def _few_keys(self) -> dict[tuple[str, int], tuple[str, ...]]:
        return {}

    @cached_property
    def computation(self) -> Computation:
        """How the facts of a profile are computed."""
        overridable = frozenset(key for key, fact in self.vocabulary.items() if fact.overridable)
        return Computation(
            trees={key: derivation.trees for key, derivation in self.derivations.items()},
            overridable=overridable,
            silences={key: _silence(unknown) for key, unknown in self.unknowns.items()},
            tables=self.tables,
        )


def _closure(key: str, above: Mapping[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = [key]
    while waiting:
        new = above.get(waiting.pop(), set()) - found
        found |= new
        waiting.extend(new)
    return frozenset(found)


def _silence(unknown: Unknown) -> Silence:
    bounds: Known | None = None
    if unknown.type.kind in ORDERED and (unknown.low or unknown.high):
        low = unknown.low.value if unknown.low else float("-inf")
        high = unknown.high.value if unknown.high else float("inf")
        assert not isinstance(low, str)
        assert not isinstance(high, str)
        bounds = Span(low, high)
    return Silence(unknown.by, bounds)
