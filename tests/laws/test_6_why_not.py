"""Law 6: why-not lists every way to repair, and only what each needs.

Every group of up to four criteria is enumerated, with every combination of truths, and its repairs
are compared with all the sets of unmet criteria, tried one by one.
"""

from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings

from matcher.engines.judge import group_truth, judged, repairs
from matcher.testing import all_groups, situations

FEWER = settings(max_examples=settings.default.max_examples // 2)
TRUTHS = (True, False, None)
SIZES = [(0, 2), (1, 3), (2, 3), (3, 3), (4, 2)]


def subsets(items):
    items = list(items)
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))


def repaired(statuses, repair):
    """The truths once some criteria are met."""
    return [True if index in repair else status for index, status in enumerate(statuses)]


def smallest_repairs(group, statuses):
    """Every set of unmet criteria that leaves the group no longer false, none within another."""
    unmet = [index for index, status in enumerate(statuses) if status is False]
    found = []
    for chosen in map(frozenset, subsets(unmet)):
        if any(smaller <= chosen for smaller in found):
            continue
        if group_truth(group, repaired(statuses, chosen)) is not False:
            found.append(chosen)
    return found


@pytest.mark.parametrize(("criteria", "depth"), SIZES)
def test_repairs_are_all_the_smallest_ways_out(criteria, depth):
    for group in all_groups(criteria, depth):
        for statuses in product(TRUTHS, repeat=criteria):
            if group_truth(group, statuses) is False:
                found = repairs(group, statuses)
                assert len(set(found)) == len(found)
                assert set(found) == set(smallest_repairs(group, statuses)), (group, statuses)


@pytest.mark.parametrize(("criteria", "depth"), [(2, 2), (3, 2)])
def test_the_fewest_criteria_come_first(criteria, depth):
    for group in all_groups(criteria, depth):
        for statuses in product(TRUTHS, repeat=criteria):
            found = repairs(group, statuses)
            sizes = [len(repair) for repair in found]
            assert sizes == sorted(sizes)


def test_nothing_repairs_a_group_that_can_never_hold():
    never = [group for group in all_groups(0) if group.connective == "any"]
    for group in never:
        assert group_truth(group, []) is False
        assert repairs(group, []) == ()


@FEWER
@given(situations())
def test_a_drawn_scheme_is_repaired(situation):
    for plan in situation.plans:
        judgement = judged(plan, situation.facts)
        if judgement.outcome is not False:
            continue
        for repair in repairs(plan.criteria, judgement.statuses):
            assert all(judgement.statuses[index] is False for index in repair)
            after = repaired(judgement.statuses, repair)
            assert group_truth(plan.criteria, after) is not False
            for index in repair:
                fewer = repaired(judgement.statuses, repair - {index})
                assert group_truth(plan.criteria, fewer) is False
