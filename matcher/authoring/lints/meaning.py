"""What can hold together in one edition of a scheme?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from matcher.authoring.lints.budget import Budget, TooLargeError
from matcher.authoring.lints.cases import Cases, Condition, Several, contrary, terms_of
from matcher.authoring.lints.formula import Formula
from matcher.authoring.lints.reading import Reader
from matcher.authoring.lints.search import possible
from matcher.catalogue.plan import Plan, PlannedCriterion, PlannedGroup
from matcher.language.tree import Test

Given = Mapping[int, bool | None]
"""What is put in place of some criteria, by their index: a truth, or None to leave them out."""
Item = PlannedGroup | PlannedCriterion


@dataclass(frozen=True, slots=True)
class Sides:
    """A test as a condition, and the contrary of it."""

    holds: Condition
    fails: Condition


@dataclass(frozen=True, slots=True)
class Leaf:
    """A criterion: all of it, its test alone, and the condition under which it applies."""

    planned: PlannedCriterion
    whole: Sides
    plain: Condition
    when: Condition

    @property
    def id(self) -> str:
        """The id of the criterion."""
        return self.planned.criterion.id

    @property
    def index(self) -> int:
        """Its place among the criteria of the edition."""
        return self.planned.index


@dataclass(frozen=True, slots=True)
class Part:
    """A test that is no criterion: the id of its part, and the key that holds it.

    `paid` marks what only eligible applicants ever see.
    """

    id: str
    key: str
    test: Sides
    paid: bool = False


class Meaning:
    """The criteria and the other tests of a scheme in one edition, as conditions to search.

    Anything asked raises `TooLargeError` when a test is too large or the budget is spent.
    """

    def __init__(self, plan: Plan, reader: Reader, budget: Budget) -> None:
        self.plan = plan
        self.budget = budget
        self._reader = reader

    @property
    def leaves(self) -> Sequence[Leaf]:
        """The criteria, in the order of the text."""
        return self._read[0]

    @property
    def parts(self) -> Sequence[Part]:
        """The other tests: signals, and the conditions of criteria, remarks and aid."""
        return self._read[1]

    def can_hold(self, *conditions: Condition) -> bool:
        """Whether some conditions can hold together."""
        return possible(conditions, self._full, self.budget) is not False

    @cached_property
    def eligible(self) -> Condition:
        """The condition of being eligible."""
        return self._whole({}, holds=True)

    @cached_property
    def can_be_eligible(self) -> bool:
        """Whether all the criteria can hold together."""
        return self.can_hold(self.eligible)

    def can_be_eligible_without(self, left_out: Given) -> bool:
        """Whether the criteria that are not left out can hold together."""
        return self.can_hold(self._whole(left_out, holds=True))

    def decides(self, leaf: Leaf, left_out: Given) -> bool:
        """Whether a criterion ever changes the outcome, some others being left out.

        A required one does if it can be unmet while the others hold. An alternative does if the
        outcome differs when it is unmet, or when it is met. Only asked where one can be eligible.
        """
        near = self._near.get(leaf.index)
        if near is not None:
            groups = [self._group(item, left_out, holds=True) for item in near]
            return self.can_hold(leaf.whole.fails, *(g for g in groups if g is not None))
        met, unmet = {**left_out, leaf.index: True}, {**left_out, leaf.index: False}
        bars = self._whole(met, holds=True), self._whole(left_out, holds=False)
        opens = self._whole(left_out, holds=True), self._whole(unmet, holds=False)
        return self.can_hold(*bars) and self.can_hold(*opens)

    # ---------------------------------------------------------------------------------- the reading
    @cached_property
    def _read(self) -> tuple[tuple[Leaf, ...], tuple[Part, ...], list[int]]:
        leaves = [(leaf, self._formulas(leaf)) for leaf in self.plan.leaves]
        parts = [(part, self._formula(part[2])) for part in _parts(self.plan)]
        cases = Cases([*(f for _, fs in leaves for f in fs), *(f for _, f in parts)], self.budget)

        def sides(formula: Formula) -> Sides:
            condition = cases.condition(formula)
            return Sides(condition, contrary(condition, cases.full))

        return (
            tuple(
                Leaf(leaf, sides(whole), cases.condition(plain), cases.condition(when))
                for leaf, (whole, plain, when) in leaves
            ),
            tuple(Part(id_, key, sides(f), paid) for (id_, key, _, paid), f in parts),
            cases.full,
        )

    def _formulas(self, leaf: PlannedCriterion) -> tuple[Formula, Formula, Formula]:
        plain = self._formula(leaf.plain)
        whole = plain if leaf.test is leaf.plain else self._formula(leaf.test)
        when = leaf.only_when
        return whole, plain, True if when is None else self._formula(when)

    def _formula(self, test: Test) -> Formula:
        try:
            formula = self._reader.formula(test)
        except TooLargeError:
            self.budget.end()
            raise
        self.budget.spend(self._reader.size)
        return formula

    @property
    def _full(self) -> list[int]:
        return self._read[2]

    # ----------------------------------------------------------------------------------- the groups
    def _whole(self, given: Given, *, holds: bool) -> Condition:
        whole = self._group(self.plan.criteria, given, holds=holds)
        return holds if whole is None else whole

    def _group(self, item: Item, given: Given, *, holds: bool) -> Condition | None:
        """The condition of a group; None when all that it holds is left out."""
        self.budget.spend(1)
        if isinstance(item, PlannedCriterion):
            if item.index in given:
                put = given[item.index]
                return None if put is None else put is holds
            sides = self.leaves[item.index].whole
            return sides.holds if holds else sides.fails
        parts = [self._group(part, given, holds=holds) for part in item.items]
        kept = [part for part in parts if part is not None]
        if parts and not kept:
            return None
        least = {"all": len(kept), "any": 1, "at_least": min(item.count, len(kept))}
        wanted = least[item.connective]
        return Several(wanted if holds else len(kept) - wanted + 1, tuple(kept))

    @cached_property
    def _near(self) -> Mapping[int, tuple[Item, ...]]:
        """For each required criterion, the other required groups that bear on the same terms.

        The rest can hold whatever these do, as everything can hold together.
        """
        required = list(_required(self.plan.criteria))
        terms = [set(self._terms(item)) for item in required]
        near: dict[int, tuple[Item, ...]] = {}
        for places in _connected(terms):
            for place in places:
                item = required[place]
                if isinstance(item, PlannedCriterion):
                    self.budget.spend(len(places))
                    near[item.index] = tuple(required[p] for p in places if p != place)
        return near

    def _terms(self, item: Item) -> Iterator[int]:
        if isinstance(item, PlannedCriterion):
            yield from terms_of(self.leaves[item.index].whole.holds)
        else:
            for part in item.items:
                yield from self._terms(part)


def _required(group: PlannedGroup) -> Iterator[Item]:
    """What must hold, group by group: the criteria and alternatives under `all`."""
    for item in group.items if group.connective == "all" else (group,):
        if isinstance(item, PlannedGroup) and item.connective == "all":
            yield from _required(item)
        else:
            yield item


def _connected(terms: Sequence[set[int]]) -> Iterator[list[int]]:
    """The places linked by shared terms, directly or not."""
    holders: dict[int, list[int]] = {}
    for place, here in enumerate(terms):
        for term in here:
            holders.setdefault(term, []).append(place)
    reached: set[int] = set()
    for start in range(len(terms)):
        if start not in reached:
            linked, waiting = {start}, [start]
            while waiting:
                for term in terms[waiting.pop()]:
                    new = set(holders.pop(term, ())) - linked
                    linked |= new
                    waiting.extend(new)
            reached |= linked
            yield sorted(linked)


def _parts(plan: Plan) -> Iterator[tuple[str, str, Test, bool]]:
    for leaf in plan.leaves:
        if leaf.only_when is not None:
            yield leaf.criterion.id, "only_when", leaf.only_when, False
    for signal, test in plan.signals:
        yield signal.id, "test", test, False
    for remark, test in (*plan.assessed, *plan.uncoded):
        if remark.when is not None:
            yield remark.id, "when", test, False
    for aid in plan.aid:
        if aid.component.when is not None:
            yield aid.component.id, "when", aid.when, True
