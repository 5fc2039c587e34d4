"""Which slight mistakes in a scheme would none of its cases notice?

The cases are run once. A mutant is then judged on what it changes only: the criteria that differ
are evaluated against the facts already known of each case, and the answer compared with what the
case expects. A mutant whose answers satisfy every case survives: the cases are not enough.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matcher.answers.decisions import Decision
from matcher.answers.texts import PlanTexts
from matcher.api import Catalogue
from matcher.authoring.cases import CaseResult, case_results, differences
from matcher.authoring.mutants import Mutant, mutants_of
from matcher.catalogue.model import Case, Scheme
from matcher.catalogue.plan import Plan, PlannedCriterion, PlannedGroup, plan_of
from matcher.catalogue.windows import Window, window_on
from matcher.engines.judge import Judgement, group_truth
from matcher.meaning.evaluate import truth
from matcher.meaning.logic import Truth

NEVER_ASKED = frozenset[str]()


@dataclass(frozen=True)
class SchemeMutation:
    """What came of the mutants of one scheme; `untested` says that its cases do not all pass."""

    scheme: str
    mutants: int
    survivors: tuple[Mutant, ...]
    untested: bool = False

    @property
    def killed(self) -> int:
        """How many mutants some case noticed."""
        return self.mutants - len(self.survivors)


def mutation_results(
    catalogue: Catalogue, schemes: Sequence[str] | None = None
) -> Iterator[SchemeMutation]:
    """The result for each scheme (all of them by default), one after the other."""
    for id_ in catalogue.schemes if schemes is None else schemes:
        yield mutation_result(catalogue, id_, list(case_results(catalogue, [id_])))


def mutation_result(
    catalogue: Catalogue, id_: str, results: Sequence[CaseResult]
) -> SchemeMutation:
    """The mutants of one scheme that its cases let through."""
    if not all(result.passed for result in results):
        return SchemeMutation(id_, 0, (), untested=True)
    trials = [Trial(r.case, r.decision) for r in results if r.decision is not None]
    court = Court(catalogue.content.schemes[id_], trials)
    mutants = [m for m in mutants_of(court.scheme, catalogue.content) if court.differs(m.part)]
    survivors = tuple(mutant for mutant in mutants if not court.kills(mutant.part))
    return SchemeMutation(id_, len(mutants), survivors)


@dataclass(frozen=True)
class Trial:
    """One case that was run on the scheme as it is: what is expected, and the answer."""

    case: Case
    decision: Decision


@dataclass(frozen=True)
class _Altered:
    """The plan of a mutant in one edition: where each criterion stood before if it is the same."""

    plan: Plan
    texts: PlanTexts
    kept: tuple[int | None, ...]
    same_groups: bool
    same_aid: bool


class Court:
    """Judges the mutants of one scheme on its cases."""

    def __init__(self, scheme: Scheme, trials: Sequence[Trial]) -> None:
        self.scheme = scheme
        self._trials = list(trials)
        self._plans: dict[str | None, Plan] = {}

    def plan(self, edition: str | None) -> Plan:
        """What the scheme as it is asks in one edition."""
        if edition not in self._plans:
            self._plans[edition] = plan_of(self.scheme, self.scheme.edition(edition))
        return self._plans[edition]

    def differs(self, mutant: Scheme) -> bool:
        """Whether a mutant asks anything else in some edition; a value nobody reads does not."""
        if mutant.editions != self.scheme.editions:
            return True
        editions: list[str | None] = [edition.id for edition in mutant.editions] or [None]
        return any(self._altered(mutant, edition) is not None for edition in editions)

    def kills(self, mutant: Scheme) -> bool:
        """Whether a case notices; the case that does is tried first the next time."""
        altered: dict[str | None, _Altered | None] = {}
        for index, trial in enumerate(self._trials):
            if self._notices(trial, mutant, altered):
                self._trials.insert(0, self._trials.pop(index))
                return True
        return False

    def _notices(
        self, trial: Trial, mutant: Scheme, altered: dict[str | None, _Altered | None]
    ) -> bool:
        decision = trial.decision
        window = decision.window_found
        if mutant.editions != self.scheme.editions:
            window = window_on(trial.case.as_of, mutant.editions, decision.facts)
        edition = window.edition.id if window.edition else None
        if edition not in altered:
            altered[edition] = self._altered(mutant, edition)
        answer = self._answer(trial, window, edition, altered[edition])
        return answer is not None and any(differences(trial.case.expect, answer))

    def _answer(
        self, trial: Trial, window: Window, edition: str | None, new: _Altered | None
    ) -> Decision | None:
        """What the mutant answers; None where that cannot be noticed."""
        decision = trial.decision
        if new is None:
            if window == decision.window_found:
                return None
            plan = self.plan(edition)
            new = _Altered(plan, PlanTexts(plan, decision.texts.speaker), (), True, True)
        same_edition = decision.plan.edition == new.plan.edition or (
            decision.window.edition == edition
        )
        statuses = self._statuses(decision, new, same_edition=same_edition)
        if window == decision.window_found and _looks_alike(trial, new, statuses):
            return None
        outcome = group_truth(new.plan.criteria, statuses)
        return replace(
            decision,
            plan=new.plan,
            judgement=Judgement(statuses, outcome),
            window_found=window,
            texts=new.texts,
        )

    def _statuses(
        self, decision: Decision, new: _Altered, *, same_edition: bool
    ) -> tuple[Truth, ...]:
        known = decision.judgement.statuses if same_edition and new.kept else ()
        return tuple(
            known[kept] if known and kept is not None else truth(leaf.test, decision.facts)
            for leaf, kept in zip(new.plan.leaves, new.kept or (None,) * 9999, strict=False)
        )
