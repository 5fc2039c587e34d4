"""Law 7: the order of facts, of questions and of independent criteria does not matter."""

import datetime
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Catalogue
from matcher.catalogue.model import Group
from matcher.catalogue.plan import plan_of
from matcher.engines.judge import judged
from matcher.language.tree import All, Any, AtLeast, Extreme, Not, Product, Sum
from matcher.language.walk import rebuilt
from matcher.meaning.evaluate import truth
from matcher.testing import cases, profiles, situations, worlds
from matcher.testing.setting import settings as drawn_settings

FEWER = settings(max_examples=settings.default.max_examples // 2)


def mixed(data, mapping):
    """The same mapping in another order."""
    return {key: mapping[key] for key in data.draw(st.permutations(sorted(mapping)))}


@FEWER
@given(situations(), st.data())
def test_the_order_of_facts_in_a_profile_and_in_the_vocabulary(situation, data):
    on = datetime.date.fromordinal(situation.setting.day)
    content, profile = situation.content, situation.profile
    other = replace(content, vocabulary=mixed(data, content.vocabulary))
    told = Catalogue(content).match(profile, on).to_dict()
    shuffled_profile = replace(profile, values=mixed(data, profile.values))
    assert told == Catalogue(other).match(shuffled_profile, on).to_dict()


@given(st.data())
def test_the_order_of_questions(data):
    setting = data.draw(drawn_settings(derived=True))
    profile = data.draw(profiles(setting, data.draw(worlds(setting))))
    keys = sorted(setting.vocabulary)
    answers = []
    for order in (keys, data.draw(st.permutations(keys))):
        facts = setting.facts(profile)
        answers.append({key: facts.get(key) for key in order})
    assert answers[0] == answers[1]


@FEWER
@given(situations(), st.data())
def test_the_order_of_criteria(situation, data):
    scheme = situation.scheme
    other = replace(scheme, criteria=shuffled(data, scheme.criteria))
    for edition in scheme.editions or (None,):
        plan, again = plan_of(scheme, edition), plan_of(other, edition)
        one, two = judged(plan, situation.facts), judged(again, situation.facts)
        assert one.outcome is two.outcome
        assert statuses(plan, one) == statuses(again, two)


def shuffled(data, group):
    """A group with its items in another order, down to its leaves."""
    items = [shuffled(data, i) if isinstance(i, Group) else i for i in group.items]
    return replace(group, items=tuple(data.draw(st.permutations(items))))


def statuses(plan, judgement):
    return {leaf.criterion.id: judgement.statuses[leaf.index] for leaf in plan.leaves}


@given(cases(derived=True), st.data())
def test_the_order_of_operands_terms_and_factors(case, data):
    def turned(node):
        match node:
            case All(items) | Any(items) | Sum(items) | Product(items):
                mixed_items = data.draw(st.permutations(items))
                return type(node)(tuple(map(turned, mixed_items)))
            case AtLeast(count, items):
                return AtLeast(count, tuple(map(turned, data.draw(st.permutations(items)))))
            case Extreme(which, items):
                return Extreme(which, tuple(map(turned, data.draw(st.permutations(items)))))
            case _:
                return rebuilt(node, turned)

    assert truth(turned(case.test), case.facts) is truth(case.test, case.facts)


@given(cases(derived=True))
def test_not_turns_true_into_false_and_back(case):
    opposite = {True: False, False: True, None: None}
    held = truth(case.test, case.facts)
    assert truth(Not(case.test), case.facts) is opposite[held]
    assert truth(Not(Not(case.test)), case.facts) is held
