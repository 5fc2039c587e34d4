"""Law 1: knowing more never contradicts.

Narrowing what is known, on the same date, never turns a decided test, criterion or scheme into its
opposite. The two profiles of each example are true in one world, so neither contradicts itself.
"""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from matcher import Catalogue, Outcome, WindowState
from matcher.engines.judge import judged
from matcher.facts.values import is_exact, narrower
from matcher.meaning.evaluate import truth, value
from matcher.testing import amounts, cases, narrowed, profiles, settings, situations, worlds


def keeps(less, more):
    """Whether what was decided still is, the same way."""
    return less is None or more is less


@given(cases(derived=True))
def test_a_decided_test_stays_decided(case):
    assert keeps(truth(case.test, case.facts), truth(case.test, case.more_facts))


@given(st.data())
def test_a_computed_amount_only_narrows(data):
    setting = data.draw(settings(derived=True))
    tree = data.draw(amounts(setting.vocabulary, data.draw(st.sampled_from(["euros", "date"]))))
    setting = setting.reading([tree])
    world = data.draw(worlds(setting))
    profile = data.draw(profiles(setting, world))
    more = data.draw(narrowed(profile, setting, world))
    before, after = (value(tree, setting.facts(known)) for known in (profile, more))
    assert narrower(after, before), f"{before} became {after}"


@given(st.data())
def test_a_range_derives_a_range_and_a_narrower_range_a_narrower_one(data):
    setting = data.draw(settings(derived=True))
    world = data.draw(worlds(setting))
    profile = data.draw(profiles(setting, world))
    more = data.draw(narrowed(profile, setting, world))
    facts, more_facts = setting.facts(profile), setting.facts(more)
    for key in setting.computation.trees:
        given_now = more.values.get(key)
        if key in setting.computation.overridable and given_now is not None:
            continue
        before, after = facts.get(key), more_facts.get(key)
        assert narrower(after, before), f"{key}: {before} became {after}"
    assert not facts.conflicts
    assert not more_facts.conflicts


@given(situations())
def test_a_met_criterion_stays_met_and_an_outcome_stays(situation):
    for plan in situation.plans:
        before = judged(plan, situation.facts)
        after = judged(plan, situation.more_facts)
        for leaf in plan.leaves:
            was, is_ = before.statuses[leaf.index], after.statuses[leaf.index]
            assert keeps(was, is_), leaf.criterion.id
        assert keeps(before.outcome, after.outcome)


@given(situations())
def test_the_answer_for_a_scheme_stays_its_editions_included(situation):
    catalogue = Catalogue(situation.content)
    on = datetime.date.fromordinal(situation.setting.day)
    before = catalogue.match(situation.profile, on).decisions[0].outcome
    after = catalogue.match(situation.more, on).decisions[0].outcome
    assert before is Outcome.UNDETERMINED or after is before


@given(situations())
def test_an_open_window_never_turns_out_closed(situation):
    catalogue = Catalogue(situation.content)
    on = datetime.date.fromordinal(situation.setting.day)
    before = catalogue.match(situation.profile, on).decisions[0].window.state
    after = catalogue.match(situation.more, on).decisions[0].window.state
    assert WindowState.UNKNOWN in (before, after) or before is after


@given(situations(derived=False))
def test_who_knows_everything_decides_everything(situation):
    """With every fact and every answer exact, only what the rules leave open is unknown."""
    exact = situation.exact
    facts = situation.setting.facts(exact)
    for key in (*situation.setting.vocabulary, *situation.setting.unknowns):
        assert is_exact(facts.get(key)), key
    for plan in situation.plans:
        for leaf in plan.leaves:
            if not leaves_open(leaf.test):
                assert truth(leaf.test, facts) is not None


def leaves_open(test):
    """Whether a test reads a published range, of which nobody knows more."""
    from matcher.language.tree import Between
    from matcher.language.walk import nodes

    return any(isinstance(node, Between) for node in nodes(test))
