"""Which engine judges one profile: the reference, or its compiled form once that pays?"""

from __future__ import annotations

from matcher.catalogue.plan import Plan
from matcher.engines.compiled import CompiledPlans, compiled
from matcher.engines.judge import Judgement, judged
from matcher.meaning.evaluate import Facts

PAYS_AFTER = 3
"""Compiling costs about as much as judging a few hundred profiles: a single question never pays."""
MOST_KEPT = 32


class DirectEngine:
    """Judges plans one profile at a time; both of its ways give the same answers."""

    def __init__(self, never_none: frozenset[str] = frozenset()) -> None:
        self._never_none = never_none
        self._uses: dict[tuple[int, ...], int] = {}
        self._kept: dict[tuple[int, ...], CompiledPlans] = {}

    def judged(self, plans: tuple[Plan, ...], facts: Facts) -> tuple[Judgement, ...]:
        """The judgement of each plan."""
        key = tuple([id(plan) for plan in plans])
        ready = self._kept.get(key) or self._worth_compiling(key, plans)
        if ready is None:
            return tuple(judged(plan, facts) for plan in plans)
        return ready.judged(facts)

    def _worth_compiling(
        self, key: tuple[int, ...], plans: tuple[Plan, ...]
    ) -> CompiledPlans | None:
        uses = self._uses.get(key, 0) + 1
        if len(self._uses) > MOST_KEPT:
            self._uses.clear()
        self._uses[key] = uses
        if uses <= PAYS_AFTER:
            return None
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        ready = compiled(plans, self._never_none)
        self._kept[key] = ready
        return ready
