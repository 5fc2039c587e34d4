"""Whatever is answered, changed or taken back: does a session say what a fresh question says?

Random rules, random profiles, random sequences of answers, changes, withdrawals and returns. After
every step, each criterion and each outcome is compared with the reference evaluator, and the whole
report with that of a question asked afresh.
"""

import datetime
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from random import Random
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import Catalogue, ProfileError, Session
from matcher.catalogue.model import Relations, ThroughTerritory
from matcher.engines.judge import common_judgement, judged
from matcher.engines.session.engine import DirectRules
from matcher.facts.write_profile import plain_value
from matcher.language.text import Text
from matcher.meaning.derive import KnownFacts
from matcher.testing import content_of, rule_tests, schemes
from matcher.testing import settings as drawn_settings
from matcher.testing.drawing import pick, some
from matcher.testing.vocabulary import blurred, exact_value

NAMES = ("one", "two", "three")
ON = "2026-05-04"


# ----------------------------------------------------------------------------------- what is drawn
@dataclass(frozen=True)
class Story:
    """A catalogue, a day, and what somebody does."""

    catalogue: Catalogue
    on: str
    steps: tuple[tuple[str, ...], ...]


@st.composite
def stories(draw):
    """Three related schemes, and up to twelve things to do."""
    setting = draw(drawn_settings(derived=True))
    found = [related(draw, setting, name) for name in NAMES]
    content = replace(content_of(setting, found[0]), schemes={s.id: s for s in found})
    facts = {key: fact for key, fact in setting.vocabulary.items() if fact.settable}
    count = pick(draw, (3, 6, 12))
    steps = tuple(one_step(draw, facts, content.unknowns) for _ in range(count))
    day = datetime.date.fromordinal(setting.day).isoformat()
    return Story(Catalogue(content), day, steps)


def related(draw, setting, name):
    scheme = draw(schemes(setting.vocabulary))
    others = [other for other in NAMES if other != name]
    way = ThroughTerritory(draw(rule_tests(setting.vocabulary, 1)), Text("fr", "en"), ())
    relations = Relations(
        opens_way_to=tuple(sorted(some(draw, others))),
        excludes=tuple(sorted(some(draw, others))),
        replaces=tuple(sorted(some(draw, others))),
        through_territory=pick(draw, (None, way)),
    )
    return replace(scheme, id=name, relations=relations)


def one_step(draw, facts, unknowns):
    what = pick(draw, ("answer", "answer", "answer", "withdraw", "decline", "undo", "record"))
    key = pick(draw, sorted(facts))
    if what == "answer":
        known = blurred(draw, facts[key], exact_value(draw, facts[key]))
        return what, key, None if known is None else plain_value(known, facts[key].kind)
    if what == "record":
        key = pick(draw, sorted(unknowns))
        value = exact_value(draw, unknowns[key].declaration())
        place = pick(draw, ("a", "b"))
        return what, key, value, place
    return what, key


# ------------------------------------------------------------------------------- what is expected
class Model:
    """What was given, told as plainly as possible: a mapping, and what it was before."""

    def __init__(self):
        self.facts = {}
        self.authority = {}
        self.past = []

    def after(self, session, what, key, value=None, place=None):
        """Do a step to the session; if it was accepted, note it here."""
        facts, authority = dict(self.facts), dict(self.authority)
        match what:
            case "answer":
                session.answer(key, value)
                facts[key] = value
            case "decline":
                session.decline(key)
                facts[key] = "declined"
            case "withdraw":
                session.withdraw(key)
                facts.pop(key, None)
            case "record":
                by = session.catalogue.content.unknowns[key].by
                session.record(key, value, holds_for=place if by else None, on=ON)
                authority[key, place if by else None] = value
            case "undo":
                session.undo()
                if self.past:
                    self.facts, self.authority = self.past.pop()
                return
        said = {k: v for k, v in facts.items() if v is not None and v != {}}
        if (said, authority) != (self.facts, self.authority):
            self.past.append((self.facts, self.authority))
            self.facts, self.authority = said, authority

    def source(self):
        """The mapping that asks the same question afresh."""
        answers = [
            {"unknown": key, "value": value, "on": ON, **({"for": place} if place else {})}
            for (key, place), value in self.authority.items()
        ]
        return {**self.facts, "authority": answers}


def assert_same_as_fresh(session, source, on):
    """The session says what the reference, a fresh question and a fresh session say."""
    catalogue = session.catalogue
    profile = catalogue.profile(source)
    asked = catalogue.match(profile, on)
    facts = KnownFacts(profile.values, catalogue.content.computation, asked.on, profile.answers)
    for decision in session.decisions:
        reference = judged(decision.plan, facts)
        if decision.window_found.rivals:
            editions = [r.id if r else None for r in decision.window_found.rivals]
            plans = [catalogue.plan(decision.scheme, edition) for edition in editions]
            rivals = [(plan, judged(plan, facts)) for plan in plans]
            reference = common_judgement(decision.plan, reference, rivals)
        assert decision.judgement == reference
    assert session.report.to_json() == replace(asked, profile=session.profile).to_json()
    assert dict(session.profile.values) == dict(profile.values)
    assert session.profile.declined == profile.declined
    fresh = Session(catalogue, on, profile)
    assert set(session.notifications) == set(fresh.notifications)
    for scheme in catalogue.schemes:
        assert session.why(scheme) == fresh.why(scheme)


# ------------------------------------------------------------------------------------------- laws
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(stories())
def test_after_every_step_a_session_says_what_a_fresh_question_says(durable, story):
    session, model = Session(story.catalogue, story.on), Model()
    for step in story.steps:
        before = session.report.to_json()
        try:
            model.after(session, *step)
        except ProfileError:
            assert session.report.to_json() == before, "what is refused changes nothing"
        assert_same_as_fresh(session, model.source(), story.on)
    assert session.engine == durable.name, "durable-rules never had to be replaced"


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(stories())
def test_durable_rules_and_direct_evaluation_conclude_the_same(durable, story):
    one, two = (Session(story.catalogue, story.on) for _ in range(2))
    two._follower.engine = DirectRules()
    for step in story.steps:
        for session in (one, two):
            with suppress(ProfileError):
                Model().after(session, *step)
        assert one.changed == two.changed
        assert one.trace == two.trace
        assert one.notifications == two.notifications
    assert (one.engine, two.engine) == (durable.name, "direct")


@pytest.mark.usefixtures("durable")
@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(stories())
def test_taking_everything_back_is_where_one_began(story):
    session, began = Session(story.catalogue, story.on), Session(story.catalogue, story.on)
    for step in story.steps:
        with suppress(ProfileError):
            Model().after(session, *step)
    for _ in range(len(story.steps) + 1):
        session.undo()
    assert session.report.to_json() == began.report.to_json()
    assert session.changed == (), "nothing is left to undo"


# ----------------------------------------------------------------------------------------- threads
ANSWERS = MappingProxyType(
    {
        "a.kind": ("firm", "town", "declined"),
        "a.staff": (10, 49, 50, {"min": 20, "max": 60}),
        "a.size": ("small", "large"),
        "a.created": ("2025-01-01", "2001-01-01"),
        "p.cost": (500, 1000, 20000, {"min": 500, "max": 5000}),
        "p.ordered": ("none", "2026-01-01"),
        "p.themes": (["heat"], [], ["water"]),
        "p.green": (True, False),
        "p.digital": (True, False),
        "p.local": (True, False),
        "s.place": ("north", "south", {"one_of": ["north", "south"]}),
        "loan/lower_minimum": (0, 400),
    }
)


def wander(catalogue, seed, steps):
    """Answer, change and take back at random; compare with a fresh question all along."""
    random = Random(seed)  # noqa: S311
    session, model = Session(catalogue, ON), {}
    for _ in range(steps):
        key = random.choice(sorted(ANSWERS))
        value = random.choice(ANSWERS[key])
        if "/" in key and "s.place" not in model:
            continue
        with suppress(ProfileError):
            if random.random() < 0.25:
                session.withdraw(key)
                model.pop(key, None)
            else:
                session.answer(key, value)
                model[key] = value
        fresh = catalogue.match(catalogue.profile(session.save().encode()), ON)
        assert session.report.to_json() == fresh.to_json()
    return session.engine, seed, sorted(session.profile.values)


def test_sessions_in_several_threads_do_not_disturb_each_other(durable, small, caplog):
    with caplog.at_level(logging.ERROR), ThreadPoolExecutor(8) as threads:
        done = [threads.submit(wander, small, seed, 20) for seed in range(12)]
        answers = [each.result() for each in done]
    assert {engine for engine, _, _ in answers} == {durable.name}
    assert not caplog.records
    assert answers == [wander(small, seed, 20) for seed in range(12)], "alone, they go the same way"


def test_one_session_may_be_used_by_several_threads(durable, small):
    session = Session(small, ON)

    def answer(index):
        session.answer("a.staff", index)
        session.answer("p.cost", index * 100)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(answer, range(60)))
    fresh = small.match(small.profile(session.save().encode()), ON)
    assert session.report.to_json() == fresh.to_json()
    assert session.engine == durable.name


@pytest.mark.parametrize("seed", [101, 102])
def test_a_long_session_stays_right(durable, small, seed):
    assert wander(small, seed, 80)[0] == durable.name
