"""The next question: it may still decide something, it says what, and there is an end to them."""

import datetime
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Catalogue, Outcome
from matcher.answers.likely_answers import Hints, likely_answers
from matcher.answers.next_question import next_question, ranked_questions
from matcher.engines.judge import undecided
from matcher.facts.values import is_exact, narrower
from matcher.language.walk import compared
from matcher.testing import known_of, situations
from matcher.testing.drawing import some

FEWER = settings(max_examples=settings.default.max_examples // 2)


@st.composite
def interviews(draw):
    """A situation in which some facts are sensitive and some were declined."""
    situation = draw(situations())
    vocabulary = situation.content.vocabulary
    private = frozenset(some(draw, sorted(vocabulary)))
    facts = {k: replace(f, sensitive=k in private) for k, f in vocabulary.items()}
    absent = sorted(key for key in vocabulary if key not in situation.profile.values)
    declined = frozenset(sorted(some(draw, absent))[:2])
    profile = replace(situation.profile, declined=declined)
    return replace(situation, content=replace(situation.content, vocabulary=facts), profile=profile)


def report_of(situation, profile):
    on = datetime.date.fromordinal(situation.setting.day)
    return Catalogue(situation.content).match(profile, on)


def tried(report, key):
    """The answers that are tried for a question, as the question is chosen."""
    content = report.content
    leaves = [leaf.test for decision in report.decisions for leaf in decision.plan.leaves]
    trees = [tree for d in content.derivations.values() for tree in d.trees]
    hints = Hints(compared([*leaves, *trees]), content.few_keys, report.on)
    known = report.decisions[0].facts.get(key)
    return [answer for answer, _ in likely_answers(content.vocabulary[key], known, hints)]


@given(interviews())
def test_a_question_is_about_an_open_group_and_was_not_declined(situation):
    report = report_of(situation, situation.profile)
    (decision,) = report.decisions
    wanted = {entry.fact for entry in decision.missing}
    for question in ranked_questions(report):
        assert question.fact in wanted
        assert question.fact not in situation.profile.declined
        assert not is_exact(decision.facts.get(question.fact))
        assert decision.outcome is not Outcome.INELIGIBLE
        assert question.decides == (decision.scheme,)
        assert set(question.settles) <= set(question.decides)


@given(interviews())
def test_what_an_answer_is_said_to_decide_it_decides(situation):
    """Tried afresh, one of the likely answers alone decides the scheme."""
    report = report_of(situation, situation.profile)
    for question in ranked_questions(report):
        if question.settles:
            values = situation.profile.values
            fresh = [
                report_of(
                    situation, replace(situation.profile, values={**values, question.fact: a})
                )
                for a in tried(report, question.fact)
            ]
            outcomes = {r.decisions[0].outcome for r in fresh if not r.conflicts}
            assert outcomes - {Outcome.UNDETERMINED}, question.fact


@given(interviews())
def test_sensitive_questions_come_last(situation):
    ranked = ranked_questions(report_of(situation, situation.profile))
    private = [question.sensitive for question in ranked]
    assert private == sorted(private)


@given(interviews())
def test_the_next_question_is_the_first_of_all(situation):
    report = report_of(situation, situation.profile)
    assert next_question(report) == next(iter(ranked_questions(report)), None)


@FEWER
@given(interviews())
def test_the_questions_end_and_then_no_answer_can_decide(situation):
    """Answered as in the world, nothing is asked twice; in the end all the rest is in vain."""
    profile, asked = situation.profile, []
    while (question := next_question(report_of(situation, profile))) is not None:
        assert question.fact not in asked
        asked.append(question.fact)
        known = known_of(situation.world.values[question.fact])
        profile = replace(profile, values={**profile.values, question.fact: known})
    (decision,) = report_of(situation, profile).decisions
    rest = {
        key: known_of(situation.world.values[key])
        for key, fact in situation.setting.vocabulary.items()
        if fact.asked and key not in profile.declined
    }
    (told,) = report_of(situation, replace(profile, values={**profile.values, **rest})).decisions
    assert told.outcome is decision.outcome
    assert told.window_found.state is decision.window_found.state or not decision.window_missing


@given(interviews())
def test_nothing_is_asked_without_an_open_criterion_or_a_window(situation):
    report = report_of(situation, situation.profile)
    (decision,) = report.decisions
    if next_question(report) is not None:
        open_ = list(undecided(decision.plan.criteria, decision.judgement.statuses))
        assert open_ or decision.window_missing


@given(situations())
def test_likely_answers_are_exact_and_within_what_is_known(situation):
    report = report_of(situation, situation.profile)
    for key, fact in situation.content.vocabulary.items():
        known = situation.facts.get(key)
        shares = likely_answers(fact, known, Hints({}, report.content.few_keys, report.on))
        assert not shares or abs(sum(share for _, share in shares) - 1) < 1e-9
        for answer in tried(report, key):
            assert is_exact(answer)
            assert known is None or narrower(answer, known), key
