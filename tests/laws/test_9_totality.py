"""Law 9: a valid profile gives a decision, never an exception."""

import datetime

from hypothesis import given

from matcher import Catalogue
from matcher.engines.judge import judged, relevant, repairs, undecided
from matcher.language.tree import Test
from matcher.language.walk import facts_of, nodes
from matcher.meaning.evaluate import truth, value
from matcher.meaning.waits import value_waits, waits
from matcher.testing import cases, situations


@given(cases(derived=True))
def test_a_drawn_rule_meets_a_drawn_profile(case):
    assert truth(case.test, case.facts) in (True, False, None)
    for node in nodes(case.test):
        value(node, case.facts)
        value_waits(node, case.facts)
        if isinstance(node, Test):
            waits(node, case.facts)
    assert set(facts_of(case.test)) <= set(case.setting.vocabulary) | {"as_of"}


@given(situations())
def test_a_drawn_scheme_meets_a_drawn_profile_and_is_told_in_both_languages(situation):
    for plan in situation.plans:
        judgement = judged(plan, situation.facts)
        assert len(judgement.statuses) == len(plan.leaves)
        repairs(plan.criteria, judgement.statuses)
        list(relevant(plan.criteria, judgement.statuses))
        list(undecided(plan.criteria, judgement.statuses))
    on = datetime.date.fromordinal(situation.setting.day)
    report = Catalogue(situation.content).match(situation.profile, on)
    (decision,) = report.ranked
    for lang in ("fr", "en"):
        assert decision.summary.in_(lang)
        assert "Fraction" not in report.to_json(lang)
