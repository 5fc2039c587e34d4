"""Which slight mistakes in a scheme would none of its cases notice?

The cases are run once. A mutant is then judged on what it changes only: the criteria that differ
are evaluated against the facts already known of each case, and the answer compared with what the
case expects. A mutant whose answers satisfy every case survives: the cases are not enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from matcher.answers.decisions import Decision
from matcher.answers.texts import PlanTexts
from matcher.api import Catalogue
from matcher.authoring.calendars import same_windows
from matcher.authoring.cases import CaseResult, differences
from matcher.authoring.mutants import Mutant, mutants_of
from matcher.catalogue.model import Case, Scheme
from matcher.catalogue.plan import Plan, PlannedCriterion, PlannedGroup, plan_of
from matcher.catalogue.windows import Window, window_on
from matcher.engines.judge import Judgement, group_truth
from matcher.meaning.evaluate import truth
from matcher.meaning.logic import Truth

WAITED_FOR = frozenset({"missing", "ask"})
Shape: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class SchemeMutation:
    """What came of the mutants of one scheme.

    `survivors` are those that no case noticed; `equivalent` those of them that the file says change
    no answer, `stale` what it says of mutants that a case notices or that do not exist. `untested`:
    the cases do not all pass, so that they can judge nothing.
    """

    scheme: Scheme
    court: Court = field(repr=False)
    mutants: int = 0
    survivors: tuple[Mutant, ...] = ()
    equivalent: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    untested: bool = False

    @property
    def killed(self) -> int:
        """How many mutants some case noticed."""
        return self.mutants - len(self.survivors) - len(self.equivalent)


def mutation_result(
    catalogue: Catalogue, results: Sequence[CaseResult], declared: Sequence[str] = ()
) -> SchemeMutation:
    """The mutants of one scheme that its cases let through, but for those declared equivalent."""
    scheme = catalogue.content.schemes[results[0].scheme]
    trials = [Trial(r.case, r.decision) for r in results if r.decision is not None]
    court = Court(scheme, trials)
    if not all(result.passed for result in results):
        return SchemeMutation(scheme, court, untested=True)
    every = distinctly_named(mutants_of(scheme, catalogue.content))
    mutants = [mutant for mutant in every if court.differs(mutant.part)]
    survivors = [mutant for mutant in mutants if not court.notices(mutant.part)]
    names = {mutant.name for mutant in survivors}
    return SchemeMutation(
        scheme,
        court,
        mutants=len(mutants),
        survivors=tuple(mutant for mutant in survivors if mutant.name not in declared),
        equivalent=tuple(name for name in declared if name in names),
        stale=tuple(name for name in declared if name not in names),
    )


def distinctly_named(mutants: Iterable[Mutant]) -> Iterator[Mutant]:
    """The mutants, those of the same name numbered from the second on."""
    seen: dict[str, int] = {}
    for mutant in mutants:
        count = seen[mutant.name] = seen.get(mutant.name, 0) + 1
        yield mutant if count == 1 else replace(mutant, after=f"{mutant.after} (no. {count})")


@dataclass(frozen=True)
class Trial:
    """One case that was run on the scheme as it is: what is expected, and the answer."""

    case: Case
    decision: Decision


@dataclass(frozen=True)
class Altered:
    """What a mutant asks in one edition, and where each criterion that is the same stood before."""

    plan: Plan
    kept: tuple[int | None, ...]
    same_groups: bool
    same_aid: bool

    @property
    def same(self) -> bool:
        """Whether nothing that decides is different."""
        return self.same_groups and self.same_aid and None not in self.kept


Known: TypeAlias = dict[str | None, Altered]


class Court:
    """Judges the mutants of one scheme on its cases."""

    def __init__(self, scheme: Scheme, trials: Sequence[Trial]) -> None:
        self.scheme = scheme
        self.trials = list(trials)
        self._plans: dict[str | None, Plan] = {}

    def differs(self, mutant: Scheme) -> bool:
        """Whether a mutant asks anything else some day; a value that nobody reads does not."""
        if mutant.editions != self.scheme.editions:
            return not same_windows(mutant.editions, self.scheme.editions)
        editions: list[str | None] = [edition.id for edition in mutant.editions] or [None]
        return not all(self.altered(mutant, edition).same for edition in editions)

    def notices(self, mutant: Scheme) -> bool:
        """Whether some case fails on a mutant; that case is tried first the next time."""
        altered: Known = {}
        for index, trial in enumerate(self.trials):
            if self.fails(trial, mutant, altered):
                self.trials.insert(0, self.trials.pop(index))
                return True
        return False

    def fails(self, trial: Trial, mutant: Scheme, altered: Known) -> bool:
        """Whether one case fails on a mutant; `altered` keeps what the mutant asks by edition."""
        answer = self._answer(trial, mutant, altered)
        return answer is not None and any(differences(trial.case.expect, answer))

    def _answer(self, trial: Trial, mutant: Scheme, altered: Known) -> Decision | None:
        """What a mutant answers; None where the case cannot see a difference."""
        before = trial.decision
        window = self._window(trial, mutant)
        edition = window.edition.id if window.edition else None
        if edition not in altered:
            altered[edition] = self.altered(mutant, edition)
        new = altered[edition]
        same_edition = edition == before.window.edition
        same_window = same_edition and _seen(window) == _seen(before.window_found)
        if same_window and new.same:
            return None
        statuses = _statuses(before, new, same_edition=same_edition)
        if same_window and _looks_alike(trial, new, statuses):
            return None
        return _decision(before, new, window, statuses)

    def _window(self, trial: Trial, mutant: Scheme) -> Window:
        if mutant.editions == self.scheme.editions:
            return trial.decision.window_found
        return window_on(trial.case.as_of, mutant.editions, trial.decision.facts)

    def altered(self, mutant: Scheme, edition: str | None) -> Altered:
        """What a mutant asks in one edition."""
        old, new = self.plan(edition), plan_of(mutant, mutant.edition(edition))
        places = {leaf.criterion.id: leaf for leaf in old.leaves}
        return Altered(
            plan=new,
            kept=tuple(_kept(leaf, places.get(leaf.criterion.id)) for leaf in new.leaves),
            same_groups=_shape(old.criteria) == _shape(new.criteria),
            same_aid=[(p.when, p.amounts) for p in old.aid]
            == [(p.when, p.amounts) for p in new.aid],
        )

    def plan(self, edition: str | None) -> Plan:
        """What the scheme as it is asks in one edition."""
        if edition not in self._plans:
            self._plans[edition] = plan_of(self.scheme, self.scheme.edition(edition))
        return self._plans[edition]


def _kept(new: PlannedCriterion, old: PlannedCriterion | None) -> int | None:
    return old.index if old is not None and old.test == new.test else None


def _shape(group: PlannedGroup | PlannedCriterion) -> Shape:
    if isinstance(group, PlannedCriterion):
        return (group.criterion.id,)
    return group.connective, group.count, *map(_shape, group.items)


def _seen(window: Window) -> tuple[object, ...]:
    """What a case can notice of a window."""
    return window.state, window.waits_for


def _statuses(before: Decision, new: Altered, *, same_edition: bool) -> tuple[Truth, ...]:
    known = before.judgement.statuses
    return tuple(
        known[kept] if same_edition and kept is not None else truth(leaf.test, before.facts)
        for leaf, kept in zip(new.plan.leaves, new.kept, strict=True)
    )


def _looks_alike(trial: Trial, new: Altered, statuses: tuple[Truth, ...]) -> bool:
    """Whether nothing that the case expects can be different."""
    expect = trial.case.expect
    same_aid = new.same_aid or "aid" not in expect
    same_outcome = new.same_groups and statuses == trial.decision.judgement.statuses
    return same_aid and same_outcome and not WAITED_FOR & expect.keys()


def _decision(
    before: Decision, new: Altered, window: Window, statuses: tuple[Truth, ...]
) -> Decision:
    return replace(
        before,
        plan=new.plan,
        judgement=Judgement(statuses, group_truth(new.plan.criteria, statuses)),
        window_found=window,
        texts=PlanTexts(new.plan, before.texts.speaker),
    )
