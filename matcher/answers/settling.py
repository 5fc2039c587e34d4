"""What would an answer settle, of the decisions that still wait for something?

A few likely answers are tried on the criteria that read the fact, directly or through others, by
the evaluator itself: what is said to be settled is so for one of these answers at least.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

from matcher.answers.decisions import Decision
from matcher.answers.likely_answers import Hints, likely_answers, share_of_yes
from matcher.answers.report import Report
from matcher.answers.views import MissingFact, Outcome, Reason
from matcher.engines.judge import group_truth
from matcher.language.tree import Number
from matcher.meaning.derive import KnownFacts, SupposedFacts
from matcher.meaning.evaluate import truth

World: TypeAlias = tuple[KnownFacts, float]
"""The facts as they would be after an answer, and its share."""

STEP = 0.1
"""What an answer counts that settles some criteria, and not yet the decision."""


@dataclass(frozen=True)
class Pending:
    """A decision that answers may still settle, and the facts to ask for it.

    `criteria` are the indexes of those of its open criteria that facts may settle; none where only
    the window waits, or where it is not known which edition would be used.
    """

    decision: Decision
    facts: Mapping[str, MissingFact]
    criteria: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Prospect:
    """What the answers to one question may do for one decision.

    `waits`: the decision waits for that very fact; `settles`: some answer decides it by itself;
    `gain`: how likely that is, the last fact it waits for being as good.
    """

    waits: bool
    settles: bool
    gain: float


def pending(decision: Decision) -> Pending | None:
    """What may still be asked for a decision; None when no answer can decide anything more."""
    criteria: dict[int, tuple[MissingFact, ...]] = {}
    if decision.outcome is Outcome.UNDETERMINED:
        criteria = {
            leaf.index: asked
            for leaf, missing in decision.open_criteria
            if (asked := _askable(missing))
        }
        if not _may_settle(decision, criteria):
            criteria = {}
    rivals = decision.window_found.rivals
    entries = [entry for asked in criteria.values() for entry in asked]
    if not criteria or rivals:
        entries += _askable(decision.window_missing)
    facts: dict[str, MissingFact] = {}
    for entry in entries:
        facts.setdefault(entry.fact, entry)
    tried = () if rivals else tuple(criteria)
    return Pending(decision, facts, tried) if facts else None


def _askable(missing: Iterable[MissingFact]) -> tuple[MissingFact, ...]:
    return tuple(entry for entry in missing if entry.reason is not Reason.DECLINED)


def _may_settle(decision: Decision, criteria: Iterable[int]) -> bool:
    """Whether the criteria could decide it, whatever an authority says of the others."""
    plan, statuses = decision.plan, decision.judgement.statuses
    for held in (True, False):
        supposed = [held if i in criteria else status for i, status in enumerate(statuses)]
        if group_truth(plan.criteria, supposed) is not None:
            return True
    return False


@dataclass
class Prospects:
    """What the answers to each question may do, for some pending decisions of one report."""

    report: Report
    decisions: tuple[Pending, ...]

    def of(self, key: str) -> dict[str, Prospect]:
        """By scheme, what the answers to one question may do."""
        concerned = self.concerned(key)
        worlds = tuple(self._worlds(key, self._touched(key)))
        return {
            one.decision.scheme: _prospect(one, key, concerned[one.decision.scheme], worlds)
            for one in self.decisions
            if one.decision.scheme in concerned
        }

    def concerned(self, key: str) -> dict[str, tuple[int, ...]]:
        """By scheme that a fact may move, the open criteria that read it, directly or not."""
        touched = self._touched(key)
        found = {}
        for one in self.decisions:
            reads = one.decision.plan.reads
            criteria = tuple([i for i in one.criteria if not touched.isdisjoint(reads[i])])
            if criteria or key in one.facts:
                found[one.decision.scheme] = criteria
        return found

    def _touched(self, key: str) -> frozenset[str]:
        return self.report.content.dependents.get(key, frozenset()) | {key}

    def _worlds(self, key: str, touched: frozenset[str]) -> Iterator[World]:
        """The facts as they would be, for each likely answer that contradicts no other."""
        fact = self.report.content.vocabulary[key]
        for answer, share in likely_answers(fact, self._facts.get(key), self._hints):
            supposed = SupposedFacts(self._facts, {key: answer}, touched)
            for given in self._given_and_derived & touched:
                supposed.get(given)
            if not supposed.conflicts.keys() - self._conflicts:
                yield supposed, share

    @cached_property
    def _facts(self) -> KnownFacts:
        return self.decisions[0].decision.facts

    @cached_property
    def _given_and_derived(self) -> frozenset[str]:
        return frozenset(self._facts.given.keys() & self._facts.computation.trees.keys())

    @cached_property
    def _conflicts(self) -> frozenset[str]:
        return frozenset(self._facts.set_aside())

    @cached_property
    def _hints(self) -> Hints:
        content = self.report.content
        bounds: dict[str, set[Number]] = defaultdict(set)
        for said in (content.bounds, *(one.plan.bounds for one in self.report.decisions)):
            for key, numbers in said.items():
                bounds[key] |= numbers
        yes = share_of_yes(self.report.profile.values.values())
        return Hints(bounds, content.few_keys, self.report.on, yes)


def _prospect(
    one: Pending, key: str, criteria: tuple[int, ...], worlds: Iterable[World]
) -> Prospect:
    settled, gain, total = False, 0.0, 0.0
    for supposed, share in worlds:
        decided, moved = _tried(one, criteria, supposed)
        settled = settled or decided
        gain += share * (1.0 if decided else STEP * moved)
        total += share
    last = one.facts.keys() == {key}
    likely = min(1.0, gain / total) if total else STEP
    return Prospect(key in one.facts, settled, 1.0 if last else likely)


def _tried(one: Pending, criteria: Iterable[int], supposed: KnownFacts) -> tuple[bool, float]:
    """Whether the decision would be taken, and the share of its open criteria that would be."""
    plan = one.decision.plan
    statuses = list(one.decision.judgement.statuses)
    moved = 0
    for index in criteria:
        statuses[index] = truth(plan.leaves[index].test, supposed)
        moved += statuses[index] is not None
    decided = moved > 0 and group_truth(plan.criteria, statuses) is not None
    return decided, moved / max(1, len(one.criteria))
