"""Law 1: knowing more never contradicts.

Narrowing what is known, on the same date, never turns a decided test, criterion or scheme into its
opposite. The two profiles of each example are true in one world, so neither contradicts itself.
"""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Catalogue, Outcome, WindowState
from matcher.engines.judge import judged
from matcher.facts.values import NO, NOTHING, is_exact, narrower, point
from matcher.language.diagnostics import Diagnostics, Place
from matcher.language.expressions import read_test
from matcher.language.scope import base_scope
from matcher.language.tree import Between
from matcher.language.walk import nodes
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import truth, value
from matcher.testing import amounts, cases, narrowed, profiles, situations, worlds
from matcher.testing.setting import settings as drawn_settings

CATALOGUE = Path(__file__).parents[1] / "conformance" / "catalogue" / "rules"
FEWER = settings(max_examples=settings.default.max_examples // 2)


def keeps(less, more):
    """Whether what was decided still is, the same way."""
    return less is None or more is less


@given(cases(derived=True))
def test_a_decided_test_stays_decided(case):
    assert keeps(truth(case.test, case.facts), truth(case.test, case.more_facts))


@given(st.data())
def test_a_computed_amount_only_narrows(data):
    setting = data.draw(drawn_settings(derived=True))
    tree = data.draw(amounts(setting.vocabulary, data.draw(st.sampled_from(["euros", "date"]))))
    setting = setting.reading([tree])
    world = data.draw(worlds(setting))
    profile = data.draw(profiles(setting, world))
    more = data.draw(narrowed(profile, setting, world))
    before, after = (value(tree, setting.facts(known)) for known in (profile, more))
    assert narrower(after, before), f"{before} became {after}"


@pytest.mark.parametrize(
    "expression",
    [
        '(d.order is none and t.a) or min(d.order, d.start) <= "2027-01-01"',
        "(m.grant is none and t.a) or m.grant * 0 >= 0",
        "(m.grant is none and t.a) or max(m.grant, m.cost) >= 100",
    ],
)
def test_a_guard_elsewhere_in_a_test_does_not_hide_none(expression):
    """Either the checker refuses such a test, or what it says still holds once none is known."""
    types = {key: f.type() for key, f in Catalogue.load(CATALOGUE).content.vocabulary.items()}
    tree = read_test(expression, base_scope(types), Place(), Diagnostics())
    if tree is None:
        return
    start = datetime.date(2026, 6, 1).toordinal()
    known = {"t.a": NO, "d.start": point(start), "m.cost": point(100)}
    before = truth(tree, KnownFacts(known, Computation()))
    for none in ("d.order", "m.grant"):
        assert keeps(before, truth(tree, KnownFacts({**known, none: NOTHING}, Computation())))


@given(st.data())
def test_a_range_derives_a_range_and_a_narrower_range_a_narrower_one(data):
    setting = data.draw(drawn_settings(derived=True))
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
    before, after = (
        catalogue.match(profile, on).decisions[0] for profile in (situation.profile, situation.more)
    )
    assert before.outcome is Outcome.UNDETERMINED or after.outcome is before.outcome
    windows = {before.window.state, after.window.state}
    assert len(windows - {WindowState.UNKNOWN}) <= 1, "an open window turns out closed"


PLACES = ["a", "b", "c", "d"]


@pytest.mark.parametrize("staff", [5, 50, 500, {"min": 5, "max": 50}])
@pytest.mark.parametrize("kinds", [PLACES, ["a", "b"], ["b", "c"], ["a", "d"], ["b", "d"], None])
def test_an_edition_that_may_not_exist_decides_nothing(staff, kinds):
    """The catalogue's scheme asks for 10 persons in one place and 100 in others."""
    catalogue = Catalogue.load(CATALOGUE)
    known = {"n.staff": staff, "m.cost": 500_000, "s.tags": ["a"]}
    vague = {"s.kind": {"one_of": kinds}} if kinds else {}
    before = catalogue.match({**known, **vague}, on="2026-05-05").decisions[0]
    for kind in kinds or PLACES:
        after = catalogue.match({**known, "s.kind": kind}, on="2026-05-05").decisions[0]
        assert keeps(before.judgement.outcome, after.judgement.outcome), kind
    if before.outcome is not Outcome.INELIGIBLE and before.window.state is WindowState.UNKNOWN:
        missing = {missing.fact for missing in before.missing}
        assert missing & {"s.kind", "n.staff"} or before.ask_authority


@FEWER
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
    return any(isinstance(node, Between) for node in nodes(test))
