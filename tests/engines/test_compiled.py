"""Does the compiled form give the answers of the reference, criterion by criterion?"""

from dataclasses import replace
from functools import cache
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import Catalogue
from matcher.catalogue.plan import Plan, PlannedCriterion, plan_of
from matcher.engines.compiled import compiled
from matcher.engines.judge import group_truth, judged
from matcher.facts.values import NO, YES
from matcher.language.tree import Fact, Member
from matcher.meaning.derive import Computation, KnownFacts
from matcher.testing.agreement import assert_same_in_batch, assert_same_meaning, batches
from matcher.testing.groups import all_groups, group_of
from matcher.testing.situations import situations

KNOWN = {True: YES, False: NO}


def put_in(group, tests):
    """A group whose criteria have other tests."""
    if isinstance(group, PlannedCriterion):
        return replace(group, test=tests[group.index], plain=tests[group.index])
    return replace(group, items=tuple(put_in(item, tests) for item in group.items))


def leaves_of(group):
    for item in group.items:
        yield from [item] if isinstance(item, PlannedCriterion) else leaves_of(item)


def plan_with(group, tests):
    """A plan whose criteria are some tests, grouped like a group."""
    whole = put_in(group, tests)
    return Plan(None, None, whole, tuple(leaves_of(whole)), (), (), (), (), {})


def plan_over(*tests, connective="all", count=0):
    """A plan that asks some tests, in one group."""
    return plan_with(group_of((connective, count, (None,) * len(tests))), tests)


@cache
def flags(count):
    return tuple(Member(Fact(f"f{i}"), frozenset({True})) for i in range(count))


# --------------------------------------------------------------------------------- tests, one by one


def test_a_compiled_test_means_what_the_reference_says():
    def engine(test, facts):
        (judgement,) = compiled([plan_over(test)]).judged(facts)
        return judgement.statuses[0]

    assert_same_meaning(engine, examples=150, derived=True)


def test_many_tests_compiled_together_keep_their_own_meaning():
    def engine(batch):
        ready = compiled([plan_over(*batch.tests)])
        return [ready.judged(facts)[0].statuses for facts in batch.facts]

    assert_same_in_batch(engine, examples=60, derived=True)


# ------------------------------------------------------------------------------------ groups, schemes


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_every_small_group_is_judged_as_the_reference_judges_it(size):
    groups = list(all_groups(size, depth=2))
    assert groups
    ready = compiled([plan_with(group, flags(size)) for group in groups])
    for statuses in product((True, None, False), repeat=size):
        given_ = {f"f{i}": KNOWN[status] for i, status in enumerate(statuses) if status is not None}
        judgements = ready.judged(KnownFacts(given_, Computation(), 1))
        for group, judgement in zip(groups, judgements, strict=True):
            assert judgement.statuses == statuses
            assert judgement.outcome is group_truth(group, statuses), (group, statuses)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(situations(derived=True))
def test_drawn_schemes_are_judged_as_the_reference_judges_them(situation):
    plans = situation.plans
    ready = compiled(plans)
    for facts in (situation.facts, situation.more_facts):
        assert ready.judged(facts) == tuple(judged(plan, facts) for plan in plans)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(batches(derived=True), st.randoms(use_true_random=False))
def test_criteria_that_schemes_share_are_decided_for_each_of_them(batch, random):
    """The same tests, in three schemes that order and group them differently."""
    count = len(batch.tests)
    orders = [random.sample(range(count), count) for _ in range(2)]
    plans = [
        plan_over(*batch.tests),
        plan_over(*(batch.tests[i] for i in orders[0]), connective="any"),
        plan_over(*(batch.tests[i] for i in (*orders[1], 0)), connective="at_least", count=2),
    ]
    ready = compiled(plans)
    for facts in batch.facts:
        criteria, _ = ready.function(facts.get, facts)
        assert len(criteria) == len(set(batch.tests)), "each distinct test is decided once"
        assert ready.judged(facts) == tuple(judged(plan, facts) for plan in plans)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(situations(derived=True))
def test_the_report_does_not_change_when_the_engine_compiles(situation):
    catalogue = Catalogue(situation.content)
    first, *later = (
        catalogue.match(situation.profile, iso(situation.setting.day)).to_json() for _ in range(6)
    )
    assert catalogue._engine._kept, "six questions on the same schemes are worth compiling"
    assert set(later) == {first}


def iso(day):
    import datetime

    return datetime.date.fromordinal(day)


# -------------------------------------------------------------------------------- values without form


def test_plain_values_are_decided_like_those_of_a_profile(catalogue):
    plan = plan_of(catalogue.scheme("pret-vert"), catalogue.scheme("pret-vert").editions[-1])
    del plan
