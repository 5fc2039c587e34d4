"""Which criteria of a plan are met, and what follows for the scheme? The reference engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from matcher.catalogue.plan import Plan, PlannedCriterion, PlannedGroup
from matcher.meaning.evaluate import Facts, truth
from matcher.meaning.logic import Truth, all_of, any_of, at_least

MAX_ALTERNATIVES = 24
Repair = frozenset[int]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The truth of each criterion of a plan, in order, and of the whole."""

    statuses: tuple[Truth, ...]
    outcome: Truth


def judged(plan: Plan, facts: Facts) -> Judgement:
    """The reference answer for one plan."""
    statuses = tuple(truth(leaf.test, facts) for leaf in plan.leaves)
    return Judgement(statuses, group_truth(plan.criteria, statuses))


def common_judgement(
    plan: Plan, judgement: Judgement, rivals: Sequence[tuple[Plan, Judgement]]
) -> Judgement:
    """A judgement that is unknown wherever the plans of other editions say otherwise."""
    outcomes = {judgement.outcome, *(rival.outcome for _, rival in rivals)}
    said: dict[str, set[Truth]] = {}
    for other, rival in ((plan, judgement), *rivals):
        for leaf in other.leaves:
            said.setdefault(leaf.criterion.id, set()).add(rival.statuses[leaf.index])
    statuses = tuple(
        next(iter(said[leaf.criterion.id])) if len(said[leaf.criterion.id]) == 1 else None
        for leaf in plan.leaves
    )
    return Judgement(statuses, outcomes.pop() if len(outcomes) == 1 else None)


def group_truth(group: PlannedGroup | PlannedCriterion, statuses: Sequence[Truth]) -> Truth:
    """Whether a group holds, given the truth of its criteria."""
    if isinstance(group, PlannedCriterion):
        return statuses[group.index]
    truths = [group_truth(item, statuses) for item in group.items]
    match group.connective:
        case "all":
            return all_of(truths)
        case "any":
            return any_of(truths)
        case "at_least":
            return at_least(group.count, truths)


def relevant(
    group: PlannedGroup | PlannedCriterion, statuses: Sequence[Truth]
) -> Iterator[PlannedCriterion]:
    """The criteria of groups that are not true already."""
    yield from _under(group, statuses, frozenset({False, None}))


def undecided(
    group: PlannedGroup | PlannedCriterion, statuses: Sequence[Truth]
) -> Iterator[PlannedCriterion]:
    """The unknown criteria of groups that are still open."""
    yield from _under(group, statuses, frozenset({None}))


def _under(
    group: PlannedGroup | PlannedCriterion, statuses: Sequence[Truth], wanted: frozenset[Truth]
) -> Iterator[PlannedCriterion]:
    if isinstance(group, PlannedCriterion):
        if statuses[group.index] in wanted:
            yield group
    elif group_truth(group, statuses) in wanted:
        for item in group.items:
            yield from _under(item, statuses, wanted)


def repairs(group: PlannedGroup, statuses: Sequence[Truth]) -> tuple[Repair, ...]:
    """The smallest sets of unmet criteria whose repair would leave the group no longer false."""
    found = _minimal(_repairs(group, statuses))
    return tuple(sorted(found, key=lambda repair: (len(repair), sorted(repair))))


def _repairs(
    group: PlannedGroup | PlannedCriterion, statuses: Sequence[Truth]
) -> tuple[Repair, ...]:
    if group_truth(group, statuses) is not False:
        return (frozenset(),)
    if isinstance(group, PlannedCriterion):
        return (frozenset({group.index}),)
    parts = [_repairs(item, statuses) for item in group.items]
    match group.connective:
        case "all":
            return _together(parts)
        case "any":
            return _minimal(tuple(repair for part in parts for repair in part))
        case "at_least":
            easiest = sorted(filter(None, parts), key=lambda repairs_: len(repairs_[0]))
            chosen = islice(combinations(easiest, group.count), MAX_ALTERNATIVES)
            return _minimal(tuple(r for some in chosen for r in _together(list(some))))


def _together(parts: list[tuple[Repair, ...]]) -> tuple[Repair, ...]:
    whole: tuple[Repair, ...] = (frozenset(),)
    for part in parts:
        whole = _minimal(tuple(a | b for a, b in product(whole, part)))
    return whole


def _minimal(repairs_: tuple[Repair, ...]) -> tuple[Repair, ...]:
    unique = sorted(set(repairs_), key=lambda repair: (len(repair), sorted(repair)))
    kept: list[Repair] = []
    for repair in unique:
        if not any(smaller <= repair for smaller in kept):
            kept.append(repair)
    return tuple(kept[:MAX_ALTERNATIVES])
