"""What would a decision be if some facts had other values?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from matcher.answers.texts import PlanTexts
from matcher.catalogue.content import Content
from matcher.catalogue.model import Edition
from matcher.catalogue.plan import Plan, plan_of
from matcher.catalogue.windows import Window, window_on
from matcher.engines.judge import Judgement, group_truth, judged
from matcher.facts.values import Known, Span
from matcher.language.tree import AS_OF, Compare, Fact, Node, Number
from matcher.language.walk import facts_of, nodes
from matcher.meaning.derive import KnownFacts, SupposedFacts
from matcher.meaning.evaluate import truth, value
from matcher.meaning.logic import Truth

MOST_TRIALS = 1_000
Values = Mapping[str, Known | None]
"""Other values of some facts; None supposes that nothing is known."""


@dataclass
class Trial:
    """Judges one plan again with other values, a limited number of times.

    `reads` are the facts that each criterion reads, itself and not through others. `editions_open`
    says that it is not known which edition would be used.
    """

    content: Content
    plan: Plan
    statuses: tuple[Truth, ...]
    facts: KnownFacts
    reads: tuple[frozenset[str], ...]
    editions_open: bool = False
    left: int = MOST_TRIALS
    _plans: dict[str | None, Plan] = field(default_factory=dict, repr=False)

    def outcome(self, values: Values) -> Truth:
        """Whether the criteria would hold; false for what contradicts the rest of the profile.

        False also once the trials are used up: nothing unchecked is ever offered.
        """
        if self.left <= 0:
            return False
        self.left -= 1
        return self.verdict(values)

    def verdict(self, values: Values) -> Truth:
        """The same, without counting."""
        touched = self.touched(values)
        supposed = SupposedFacts(self.facts, values, touched)
        if self.contradicted(supposed, touched):
            return False
        return self.supposing(supposed, touched)

    def supposing(self, supposed: KnownFacts, touched: frozenset[str]) -> Truth:
        """The outcome with other facts, of which `touched` may differ from those of today."""
        if self.edition_moves(touched):
            return self._in_its_edition(supposed)
        return group_truth(self.plan.criteria, self.judged(supposed, touched))

    def truths(self, values: Values) -> tuple[Truth, ...]:
        """The truth of each criterion of the plan."""
        touched = self.touched(values)
        return self.judged(SupposedFacts(self.facts, values, touched), touched)

    def truth(self, criterion: int, values: Values) -> Truth:
        """The truth of one criterion."""
        supposed = SupposedFacts(self.facts, values, self.touched(values))
        return truth(self.plan.leaves[criterion].test, supposed)

    def touched(self, values: Values) -> frozenset[str]:
        """The facts that may change with some facts, themselves included."""
        dependents = self.content.dependents
        return frozenset(values).union(*(dependents.get(key, frozenset()) for key in values))

    def readers(self, key: str) -> frozenset[int]:
        """The criteria that read a fact, directly or not."""
        touched = self.touched({key: None})
        return frozenset(i for i, reads in enumerate(self.reads) if reads & touched)

    def moves_edition(self, key: str) -> bool:
        """Whether another edition may be used, be it only when a fact changes."""
        return self.edition_moves(self.touched({key: None}))

    def edition_moves(self, touched: frozenset[str]) -> bool:
        """Whether another edition may be used once some facts differ."""
        return self.editions_open or bool(self._edition_facts & touched)

    def judged(self, supposed: KnownFacts, touched: frozenset[str]) -> tuple[Truth, ...]:
        """The truth of each criterion with other facts."""
        return tuple(
            [
                truth(leaf.test, supposed) if reads & touched else status
                for leaf, reads, status in zip(
                    self.plan.leaves, self.reads, self.statuses, strict=True
                )
            ]
        )

    # ---------------------------------------------------------------------------- contradictions
    def contradicted(self, supposed: KnownFacts, touched: frozenset[str]) -> bool:
        """Whether a given value would no longer be possible."""
        for key in self._given_and_derived & touched:
            self.facts.get(key)
            supposed.get(key)
        return bool(supposed.conflicts.keys() - self.facts.conflicts.keys())

    @cached_property
    def _given_and_derived(self) -> frozenset[str]:
        return frozenset(self.facts.given.keys() & self.facts.computation.trees.keys())

    # ---------------------------------------------------------------------------------- editions
    @cached_property
    def _edition_facts(self) -> frozenset[str]:
        """The facts on which the edition depends."""
        tests = [edition.when for edition in self.plan.scheme.editions if edition.when]
        return frozenset(key for test in tests for key in facts_of(test))

    def _in_its_edition(self, supposed: KnownFacts) -> Truth:
        """The answer in the edition that would then be used, if those that may be used agree."""
        window = window_on(self.day, self.plan.scheme.editions, supposed)
        plans = [self._plan_in(edition) for edition in (window.edition, *window.rivals)]
        outcomes = {judged(plan, supposed).outcome for plan in plans}
        return outcomes.pop() if len(outcomes) == 1 else None

    def _plan_in(self, edition: Edition | None) -> Plan:
        id_ = edition.id if edition else None
        if id_ not in self._plans:
            self._plans[id_] = plan_of(self.plan.scheme, edition)
        return self._plans[id_]

    @property
    def day(self) -> int:
        """The day of the question."""
        match self.facts.get(AS_OF):
            case Span(int() as low, _):
                return low
            case _:
                raise ValueError("a decision is made on a date")

    # ---------------------------------------------------------------------------------- thresholds
    def thresholds(self, key: str, values: Values) -> frozenset[Number]:
        """What a fact is compared with, where it stands alone on one side of a comparison."""
        touched = self.touched({key: None})
        supposed = SupposedFacts(self.facts, values, self.touched(values))
        found: set[Number] = set()
        for tree in self._trees(touched):
            for node in nodes(tree):
                match node:
                    case Compare(Fact(k), _, other) if k == key:
                        found |= _ends(value(other, supposed))
                    case Compare(other, _, Fact(k)) if k == key:
                        found |= _ends(value(other, supposed))
                    case _:
                        pass
        return frozenset(found)

    def _trees(self, touched: frozenset[str]) -> Iterator[Node]:
        for leaf, reads in zip(self.plan.leaves, self.reads, strict=True):
            if reads & touched:
                yield leaf.test
        for key in touched:
            yield from self.facts.computation.trees.get(key, ())


def trial_of(
    content: Content, window: Window, judgement: Judgement, facts: KnownFacts, texts: PlanTexts
) -> Trial:
    """The trial of a decision."""
    return Trial(
        content=content,
        plan=texts.plan,
        statuses=judgement.statuses,
        facts=facts,
        reads=tuple([frozenset(criterion.facts) for criterion in texts.criteria]),
        editions_open=bool(window.rivals),
    )


def _ends(known: Known | None) -> set[Number]:
    match known:
        case Span(low, high):
            return {end for end in (low, high) if not isinstance(end, float)}
        case _:
            return set()
