"""What can hold together in one edition of a scheme?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from matcher.authoring.lints.cases import Cases, Condition, Literal, Several
from matcher.authoring.lints.formula import negated
from matcher.authoring.lints.reading import Reader
from matcher.authoring.lints.search import possible
from matcher.catalogue.plan import ALWAYS, Plan, PlannedCriterion, PlannedGroup
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.tree import All, Node, Test

Given = Mapping[int, bool | None]
"""What is put in place of some criteria, by their index: a truth, or None to leave them out."""


@dataclass(frozen=True, slots=True)
class Part:
    """A test of the scheme that is no criterion: the id of its part, and the key that holds it.

    `paid` marks what only eligible applicants ever see.
    """

    id: str
    key: str
    test: Test
    paid: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """A test as a condition, and the contrary of it."""

    holds: Condition
    fails: Condition


class Meaning:
    """The criteria and the other tests of a scheme in one edition, as conditions to search.

    Its properties raise `TooLargeError` for a scheme that has too many tests.
    """

    def __init__(
        self, plan: Plan, facts: Mapping[str, FactDeclaration], computed: Mapping[str, Node]
    ) -> None:
        self.plan = plan
        self._facts = facts
        self._computed = computed

    @cached_property
    def others(self) -> tuple[Part, ...]:
        """The tests that are no criterion: signals, and conditions on criteria, remarks and aid."""
        return tuple(_others(self.plan))

    def can_hold(self, test: Test, *, eligible: bool = False) -> bool:
        """Whether a test can be met, by anyone or by an eligible applicant."""
        conditions = [self._sides[test].holds]
        if eligible:
            conditions.append(self._whole({}, holds=True))
        return possible(conditions, self._full) is not False

    def can_fail(self, test: Test) -> bool:
        """Whether a test can be unmet."""
        return possible([self._sides[test].fails], self._full) is not False

    def can_apply_and_hold(self, leaf: PlannedCriterion) -> bool:
        """Whether a criterion can be met where it applies."""
        return self.can_hold(_applied(leaf))

    def can_be_eligible(self, left_out: Given | None = None) -> bool:
        """Whether all the criteria can hold together, some being left out."""
        return possible([self._whole(left_out or {}, holds=True)], self._full) is not False

    def same(self, one: PlannedCriterion, other: PlannedCriterion) -> bool:
        """Whether two criteria have the same test, under the same condition."""
        return all(
            self._sides[a].holds == self._sides[b].holds
            for a, b in (
                (one.plain, other.plain),
                (one.only_when or ALWAYS, other.only_when or ALWAYS),
            )
        )

    def decides(self, index: int, left_out: Given) -> bool:
        """Whether a criterion ever changes the outcome, some others being left out.

        It does if the outcome differs when it is unmet (or, among alternatives, when it is met).
        """
        if index in self._alone:
            return True
        met, unmet = {**left_out, index: True}, {**left_out, index: False}
        bars = [self._whole(met, holds=True), self._whole(left_out, holds=False)]
        if possible(bars, self._full) is False:
            return False
        if index in self._required:
            return True
        opens = [self._whole(left_out, holds=True), self._whole(unmet, holds=False)]
        return possible(opens, self._full) is not False

    # ------------------------------------------------------------------------------------ the parts
    @cached_property
    def _tests(self) -> tuple[Test, ...]:
        found: dict[Test, None] = {}
        for leaf in self.plan.leaves:
            found |= dict.fromkeys((leaf.test, leaf.plain, leaf.only_when or ALWAYS))
            found[_applied(leaf)] = None
        return (*found, *(part.test for part in self.others))

    @cached_property
    def _read(self) -> tuple[Mapping[Test, Sides], list[int]]:
        reader = Reader(self._facts, self._computed)
        formulas = {test: reader.formula(test) for test in self._tests}
        cases = Cases(formulas.values())
        sides = {
            test: Sides(cases.condition(formula), cases.condition(negated(formula)))
            for test, formula in formulas.items()
        }
        return sides, cases.full

    @property
    def _sides(self) -> Mapping[Test, Sides]:
        return self._read[0]

    @property
    def _full(self) -> list[int]:
        return self._read[1]

    # ----------------------------------------------------------------------------------- the groups
    def _whole(self, given: Given, *, holds: bool) -> Condition:
        whole = self._group(self.plan.criteria, given, holds)
        return holds if whole is None else whole

    def _group(
        self, item: PlannedGroup | PlannedCriterion, given: Given, holds: bool
    ) -> Condition | None:
        """The condition of a group; None when all that it holds is left out."""
        if isinstance(item, PlannedCriterion):
            if item.index in given:
                put = given[item.index]
                return None if put is None else put is holds
            sides = self._sides[item.test]
            return sides.holds if holds else sides.fails
        parts = [self._group(part, given, holds) for part in item.items]
        kept = [part for part in parts if part is not None]
        if parts and not kept:
            return None
        least = {"all": len(kept), "any": 1, "at_least": min(item.count, len(kept))}
        wanted = least[item.connective]
        return Several(wanted if holds else len(kept) - wanted + 1, tuple(kept))

    @cached_property
    def _alone(self) -> frozenset[int]:
        """The required criteria whose terms no other criterion has."""
        terms = [set(_terms(self._sides[leaf.test].holds)) for leaf in self.plan.leaves]
        shared = [term for one in terms for term in one]
        met_once = {term for term in shared if shared.count(term) == 1}
        return frozenset(i for i in self._required if terms[i] and terms[i] <= met_once)

    @cached_property
    def _required(self) -> frozenset[int]:
        """The criteria that stand under no alternative."""
        return frozenset(_required(self.plan.criteria))


def _applied(leaf: PlannedCriterion) -> Test:
    return leaf.test if leaf.only_when is None else All((leaf.only_when, leaf.test))


def _terms(condition: Condition) -> Iterator[int]:
    match condition:
        case Literal(term):
            yield term
        case Several(items=items):
            for item in items:
                yield from _terms(item)
        case _:
            pass


def _required(group: PlannedGroup) -> Iterator[int]:
    if group.connective == "all":
        for item in group.items:
            if isinstance(item, PlannedCriterion):
                yield item.index
            else:
                yield from _required(item)


def _others(plan: Plan) -> Iterator[Part]:
    for leaf in plan.leaves:
        if leaf.only_when is not None:
            yield Part(leaf.criterion.id, "only_when", leaf.only_when)
    for signal, test in plan.signals:
        yield Part(signal.id, "test", test)
    for remark, test in (*plan.assessed, *plan.uncoded):
        if remark.when is not None:
            yield Part(remark.id, "when", test)
    for aid in plan.aid:
        if aid.component.when is not None:
            yield Part(aid.component.id, "when", aid.when, paid=True)
