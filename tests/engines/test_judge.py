"""Do groups, why-not and what is still open follow from the truths of the criteria?"""

import time
from itertools import chain, combinations, product

import pytest

from matcher.engines.judge import group_truth, relevant, repairs, undecided
from matcher.testing import all_groups, group_of

TRUTHS = (True, None, False)


def subsets(items):
    return map(
        frozenset, chain.from_iterable(combinations(items, n) for n in range(len(items) + 1))
    )


def repaired(statuses, repair):
    """The truths when the criteria of a repair are no longer unmet: at best met."""
    return tuple(True if i in repair else status for i, status in enumerate(statuses))


def every_group_and_truths(most):
    for size in range(most + 1):
        for group in all_groups(size, depth=2):
            for statuses in product(TRUTHS, repeat=size):
                yield group, statuses


def test_repairs_are_exactly_the_smallest_sets_that_lift_the_refusal():
    for group, statuses in every_group_and_truths(4):
        if group_truth(group, statuses) is not False:
            continue
        unmet = [i for i, status in enumerate(statuses) if status is False]
        lifting = [
            s for s in subsets(unmet) if group_truth(group, repaired(statuses, s)) is not False
        ]
        smallest = {s for s in lifting if not any(other < s for other in lifting)}
        found = repairs(group, statuses)
        assert set(found) == smallest, (group, statuses)
        assert len(found) == len(set(found))


def test_a_group_that_holds_or_is_open_needs_no_repair():
    for group, statuses in every_group_and_truths(3):
        if group_truth(group, statuses) is not False:
            assert repairs(group, statuses) == (frozenset(),)


def test_what_is_still_open_could_change_something():
    """Each criterion listed as undecided is unknown, and lies in groups that are unknown."""
    for group, statuses in every_group_and_truths(4):
        open_ = [leaf.index for leaf in undecided(group, statuses)]
        assert all(statuses[index] is None for index in open_)
        assert bool(open_) is (group_truth(group, statuses) is None)


def test_nothing_is_relevant_below_a_group_that_holds():
    for group, statuses in every_group_and_truths(4):
        listed = [leaf.index for leaf in relevant(group, statuses)]
        assert all(statuses[index] is not True for index in listed)
        assert not listed or group_truth(group, statuses) is not True
        if statuses and group_truth(group, statuses) is False:
            assert any(statuses[index] is False for index in listed)


@pytest.mark.parametrize(("count", "of"), [(3, 8), (8, 16)])
def test_why_not_of_a_large_choice_takes_no_time(count, of):
    """`at_least: 8` of 16 has 12 870 smallest repairs: only the first are told."""
    group = group_of(("at_least", count, (None,) * of))
    begun = time.perf_counter()
    found = repairs(group, (False,) * of)
    assert time.perf_counter() - begun < 1
    assert found
    assert all(len(repair) == count for repair in found)
