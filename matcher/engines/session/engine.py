"""Who fires the rules of a session?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from matcher.engines.session.rulebook import KIND, RULES, Fact, Rule

DIRECT = "direct"


class RuleEngine(Protocol):
    """Says which rules fire for some facts. An engine keeps nothing between two questions."""

    @property
    def name(self) -> str:
        """What the engine is called."""

    def fired(self, facts: Sequence[Fact]) -> Sequence[frozenset[str]]:
        """The names of the rules that fire for each fact."""


class DirectRules:
    """Reads the rules as they are written, without any package."""

    name = DIRECT

    def fired(self, facts: Sequence[Fact]) -> Sequence[frozenset[str]]:
        """The names of the rules that fire for each fact."""
        return [
            frozenset(rule.name for rule in _RULES_OF[fact[KIND]] if rule.holds(fact))
            for fact in facts
        ]


def _rules_of(kind: str) -> tuple[Rule, ...]:
    """The rules that may fire for a fact of a kind: those that do not ask for another."""
    return tuple(
        rule
        for rule in RULES
        if not any(clause[0][0] == KIND and clause[0][1] != kind for clause in rule.clauses)
    )


_KINDS = {
    token for rule in RULES for clause in rule.clauses for slot, token in clause if slot == KIND
}
_RULES_OF = {kind: _rules_of(kind) for kind in _KINDS}
