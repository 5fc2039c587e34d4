"""Law 5: what is listed as missing is not known yet, still matters, and is enough."""

import datetime

from hypothesis import given, settings

from matcher import Catalogue, Outcome
from matcher.engines.judge import judged, undecided
from matcher.facts.values import is_exact
from matcher.language.tree import AS_OF, Between, Choose
from matcher.language.walk import nodes
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import truth
from matcher.meaning.waits import waits
from matcher.testing import cases, known_of, situations

FEWER = settings(max_examples=settings.default.max_examples // 2)


def silent(setting, test):
    """Whether the rules leave a test open themselves: a published range, a line without value."""
    trees = [test, *(tree for trees in setting.computation.trees.values() for tree in trees)]
    for node in (node for tree in trees for node in nodes(tree)):
        match node:
            case Between():
                return True
            case Choose(branches, otherwise):
                if otherwise is None or any(result is None for _, result in branches):
                    return True
            case _:
                pass
    return False


@given(cases(derived=True))
def test_an_unknown_test_waits_for_facts_that_are_not_known_exactly(case):
    waited = waits(case.test, case.facts)
    assert len(set(waited)) == len(waited)
    for key in waited:
        assert not is_exact(case.facts.get(key)), key
        assert key != AS_OF
    if truth(case.test, case.facts) is not None:
        assert waited == ()
    elif not silent(case.setting, case.test):
        assert waited


@given(cases(derived=True))
def test_what_a_test_waits_for_is_enough_to_decide_it(case):
    waited = waits(case.test, case.facts)
    learnt = {key: known_of(case.world.values[key]) for key in waited}
    values = {**case.profile.values, **learnt}
    facts = KnownFacts(values, case.setting.computation, case.setting.day)
    if not silent(case.setting, case.test):
        assert truth(case.test, facts) is not None


@given(cases())
def test_what_a_test_does_not_wait_for_does_not_matter_yet(case):
    """Learning every other fact leaves an unknown test unknown."""
    waited = waits(case.test, case.facts)
    if truth(case.test, case.facts) is None:
        learnt = {key: known_of(exact) for key, exact in case.world.values.items()}
        values = {key: known for key, known in learnt.items() if key not in waited}
        values |= {key: known for key, known in case.profile.values.items() if key in waited}
        facts = KnownFacts(values, case.setting.computation, case.setting.day)
        assert truth(case.test, facts) is None


@FEWER
@given(situations())
def test_only_groups_still_open_are_asked_about(situation):
    for plan in situation.plans:
        judgement = judged(plan, situation.facts)
        still_open = list(undecided(plan.criteria, judgement.statuses))
        if judgement.outcome is not None:
            assert not still_open
        else:
            assert still_open
        for leaf in still_open:
            assert judgement.statuses[leaf.index] is None
            for key in waits(leaf.test, situation.facts):
                assert not is_exact(situation.facts.get(key))


@given(situations())
def test_the_missing_facts_of_an_answer_can_be_asked_and_are_not_known(situation):
    on = datetime.date.fromordinal(situation.setting.day)
    decision = Catalogue(situation.content).match(situation.profile, on).decisions[0]
    tests = [leaf.test for leaf in decision.plan.leaves]
    if decision.outcome is Outcome.UNDETERMINED and not any(
        silent(situation.setting, test) for test in tests
    ):
        assert decision.missing or decision.ask_authority
    if decision.outcome is Outcome.INELIGIBLE:
        assert not decision.missing
    for missing in decision.missing:
        assert situation.content.vocabulary[missing.fact].asked
        assert not is_exact(situation.facts.get(missing.fact)), missing.fact
    facts = [missing.fact for missing in decision.missing]
    assert len(set(facts)) == len(facts)
