"""Does the compiled form give the answers of the reference, criterion by criterion?"""

import datetime
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import Catalogue
from matcher.engines.compiled import compiled
from matcher.engines.judge import group_truth, judged
from matcher.facts.values import NO, YES, Span, option, point
from matcher.language.tree import Choose, Compare, Constant, Fact, Member, Not
from matcher.language.types import Kind
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import truth
from matcher.testing import (
    all_groups,
    assert_same_in_batch,
    assert_same_meaning,
    batches,
    situations,
)

KNOWN = {True: YES, False: NO}
TRUTHS = (True, None, False)
LIGHTLY = {"deadline": None, "suppress_health_check": list(HealthCheck)}


def flag(index):
    return Member(Fact(f"f{index}"), frozenset({True}))


def number(value):
    return Constant(value, Kind.NUMBER)


# -------------------------------------------------------------------------------- tests, one by one


def test_a_compiled_test_means_what_the_reference_says(plan_over):
    def engine(test, facts):
        (judgement,) = compiled([plan_over(test)]).judged(facts)
        return judgement.statuses[0]

    assert_same_meaning(engine, examples=150, derived=True)


def test_many_tests_compiled_together_keep_their_own_meaning(plan_over):
    def engine(batch):
        ready = compiled([plan_over(*batch.tests)])
        return [ready.judged(facts)[0].statuses for facts in batch.facts]

    assert_same_in_batch(engine, examples=60, derived=True)


# ---------------------------------------------------------------------------------- groups, schemes


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_every_small_group_is_judged_as_the_reference_judges_it(size, plan_with):
    groups = list(all_groups(size, depth=2))
    assert groups
    tests = tuple(map(flag, range(size)))
    ready = compiled([plan_with(group, tests) for group in groups])
    for statuses in product(TRUTHS, repeat=size):
        known = {f"f{i}": KNOWN[held] for i, held in enumerate(statuses) if held is not None}
        judgements = ready.judged(KnownFacts(known, Computation(), 1))
        for group, judgement in zip(groups, judgements, strict=True):
            assert judgement.statuses == statuses
            assert judgement.outcome is group_truth(group, statuses), (group, statuses)


@settings(max_examples=80, **LIGHTLY)
@given(situations(derived=True))
def test_drawn_schemes_are_judged_as_the_reference_judges_them(situation):
    plans = situation.plans
    ready = compiled(plans, situation.content.never_none)
    for facts in (situation.facts, situation.more_facts):
        assert ready.judged(facts) == tuple(judged(plan, facts) for plan in plans)


@settings(max_examples=60, **LIGHTLY)
@given(batch=batches(derived=True), random=st.randoms(use_true_random=False))
def test_criteria_that_schemes_share_are_decided_for_each_of_them(batch, random, plan_over):
    """The same tests in three schemes, in other orders and groups."""
    count = len(batch.tests)
    some, others = (random.sample(range(count), count) for _ in range(2))
    plans = [
        plan_over(*batch.tests),
        plan_over(*(batch.tests[i] for i in some), connective="any"),
        plan_over(*(batch.tests[i] for i in (*others, 0)), connective="at_least", count=2),
    ]
    ready = compiled(plans)
    for facts in batch.facts:
        criteria, _ = ready.function(facts.get, facts)
        assert len(criteria) == len(set(batch.tests)), "each distinct test is decided once"
        assert ready.judged(facts) == tuple(judged(plan, facts) for plan in plans)


@settings(max_examples=40, **LIGHTLY)
@given(situations(derived=True))
def test_the_report_does_not_change_when_the_engine_compiles(situation):
    catalogue = Catalogue(situation.content)
    on = datetime.date.fromordinal(situation.setting.day)
    reports = [catalogue.match(situation.profile, on).to_json() for _ in range(6)]
    assert catalogue._engine._kept, "six questions on the same schemes are worth compiling"
    assert set(reports) == {reports[0]}


# -------------------------------------------------------------------------------------- small traps


@pytest.mark.parametrize("first", [frozenset(), frozenset({3})])
def test_a_whole_number_in_an_empty_list(first, plan_over):
    """`headcount in []` beside `headcount in [3]`: the first holds in no world."""
    tests = (Member(Fact("n"), first), Member(Fact("n"), frozenset({3}) - first))
    ready = compiled([plan_over(*tests)])
    for value in (point(3), point(4), Span(1, 9), None):
        facts = KnownFacts({"n": value} if value else {}, Computation(), 1)
        assert ready.judged(facts)[0].statuses == tuple(truth(test, facts) for test in tests)


def test_both_ways_look_at_the_same_facts(plan_over):
    """A given value that cannot be is set aside when it is read: who reads more would tell more."""
    trees = {"a": (number(1),)}
    chosen = Choose(((flag(0), number(1)),), Fact("a"))
    plan = plan_over(Compare(chosen, ">=", number(0)))
    one, other = (KnownFacts({"f0": YES, "a": point(2)}, Computation(trees), 1) for _ in range(2))
    assert compiled([plan]).judged(one) == (judged(plan, other),)
    assert one.conflicts == other.conflicts


def test_thousands_of_criteria_still_compile(plan_over):
    tests = tuple(Compare(Fact("n"), ">=", number(i)) for i in range(3_000))
    plans = [plan_over(*tests), plan_over(*tests, connective="any")]
    facts = KnownFacts({"n": Span(10, 20)}, Computation(), 1)
    assert compiled(plans).judged(facts) == tuple(judged(plan, facts) for plan in plans)


# ------------------------------------------------------------------------------------- plain values

PLAIN = [
    ({"n": 50, "f0": True, "k": "a"}, {"n": point(50), "f0": YES, "k": option("a")}),
    ({"n": 49, "f0": False, "k": "z"}, {"n": point(49), "f0": NO, "k": option("z")}),
    ({"n": None, "f0": None, "k": None}, {}),
    ({"n": Fraction(99, 2), "k": "b"}, {"n": point(Fraction(99, 2)), "k": option("b")}),
    ({"n": Span(49, 51), "f0": YES}, {"n": Span(49, 51), "f0": YES}),
]


@pytest.mark.parametrize(("plain", "known"), PLAIN)
def test_plain_values_are_decided_like_those_of_a_profile(plain, known, plan_over):
    """`codes`, for whoever holds columns of values and not profiles: 0 met, 1 unknown, 2 unmet."""
    tests = (
        Compare(Fact("n"), ">=", number(50)),
        Member(Fact("k"), frozenset({"a", "b"})),
        Not(flag(0)),
    )
    plan = plan_over(*tests, connective="at_least", count=2)
    criteria, outcomes = compiled([plan]).codes(plain)
    wanted = judged(plan, KnownFacts(known, Computation(), 1))
    assert tuple(TRUTHS[code] for code in criteria) == wanted.statuses
    assert tuple(TRUTHS[code] for code in outcomes) == (wanted.outcome,)
