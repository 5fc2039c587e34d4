"""Law 1, the ground of it: a test means what it says in every world that the known values allow.

True means true in all of them, false in none. For one comparison the converse holds too: unknown
means that some world says yes and another no. The worlds are judged by a reading of the rules of
its own (`matcher.testing.holds`).
"""

import datetime
from itertools import product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matcher.engines.judge import group_truth, judged
from matcher.facts.values import INFINITY, Members, Nothing, Options, Span
from matcher.language.tree import Compare, Constant, Fact, Member, Relation
from matcher.language.types import Kind
from matcher.language.walk import facts_of, nodes
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import truth
from matcher.testing import (
    World,
    cases,
    comparisons,
    holds,
    possible,
    profiles,
    situations,
    worlds,
)
from matcher.testing.setting import settings as drawn_settings

FEWER = settings(max_examples=settings.default.max_examples // 2)
HUGE = 10**18
FIRST, LAST = datetime.date.min.toordinal(), datetime.date.max.toordinal()


@given(cases(derived=True), st.data())
def test_what_is_decided_holds_in_every_world(case, data):
    answer = truth(case.test, case.facts)
    assume(answer is not None)
    assert holds(case.test, case.world) is answer
    for _ in range(2):
        world = data.draw(worlds(case.setting, case.profile))
        if possible(world, case.profile):
            assert holds(case.test, world) is answer


@FEWER
@given(situations())
def test_what_is_decided_for_a_scheme_holds_in_the_world(situation):
    for plan in situation.plans:
        judgement = judged(plan, situation.facts)
        real = [holds(leaf.test, situation.world) for leaf in plan.leaves]
        for leaf in plan.leaves:
            status = judgement.statuses[leaf.index]
            assert status is None or status is real[leaf.index], leaf.criterion.id
        outcome = group_truth(plan.criteria, real)
        assert judgement.outcome is None or judgement.outcome is outcome


@given(st.data())
def test_an_unknown_comparison_may_still_go_either_way(data):
    setting = data.draw(drawn_settings())
    test = data.draw(comparisons(setting.vocabulary))
    assume(not isinstance(test, Compare) or test.op not in ("==", "!="))
    assume(isinstance(test, Compare | Member | Relation))
    setting = setting.reading([test])
    profile = data.draw(profiles(setting))
    facts = setting.facts(profile)
    answers = {holds(test, world) for world in corners(test, profile.values, setting)}
    wanted = answers.pop() if len(answers) == 1 else None
    assert truth(test, facts) is wanted


def corners(test, values, setting):
    """Worlds at the ends of what is known: those where a single comparison may change sides."""
    keys = [key for key in facts_of(test) if key in setting.vocabulary]
    ends = [ends_of(setting.vocabulary[key], values.get(key), test) for key in keys]
    for world in product(*ends):
        for share in (0, 1):
            yield World(dict(zip(keys, world, strict=True)), setting.day, share)


def ends_of(fact, known, test):
    """The ends of a value; of an absent one, far ones, and one that no rule names."""
    named = {v for node in nodes(test) if isinstance(node, Member | Relation) for v in node.values}
    match known:
        case Span(low, high):
            first, last = (FIRST, LAST) if fact.kind is Kind.DATE else (-HUGE, HUGE)
            ends = {first if low == -INFINITY else low, last if high == INFINITY else high}
            inside = range(int(max(low, -100)), int(min(high, 300)) + 1) if named else ()
            return sorted(ends | set(inside))
        case Options(members):
            return sorted(members, key=str)
        case Members(items):
            return [items]
        case Nothing():
            return [None]
        case None:
            return far_ends(fact, named)


def far_ends(fact, named):
    match fact.kind:
        case Kind.BOOLEAN:
            return [True, False]
        case Kind.SET:
            few = [frozenset(), frozenset(named)]
            return [*few, *(items | {"elsewhere"} for items in few)]
        case Kind.CHOICE | Kind.CODE:
            return [*sorted(named), "elsewhere"]
        case Kind.DATE:
            return [FIRST, LAST]
        case _:
            return [-HUGE, HUGE, *sorted(named)]


@pytest.mark.parametrize("order", ["==", "!="])
@pytest.mark.parametrize("threshold", range(-1, 6))
@pytest.mark.parametrize("known", [Span(a, b) for a in range(5) for b in range(a, 5)], ids=str)
def test_an_unknown_equality_of_whole_numbers_may_go_either_way(order, threshold, known):
    test = Compare(Fact("n.f"), order, Constant(threshold, Kind.NUMBER))
    inside = range(known.low, known.high + 1)
    answers = {holds(test, World({"n.f": number}, 1)) for number in inside}
    wanted = answers.pop() if len(answers) == 1 else None
    assert truth(test, KnownFacts({"n.f": known}, Computation())) is wanted
