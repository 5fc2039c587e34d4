"""Do both ways of the engine give the same answers for everything that is shipped?

Every scheme, every example profile, and the profile of every case of the rules on its own date.
"""

import datetime
import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from matcher import Catalogue
from matcher.answers.formats import iso
from matcher.catalogue.windows import window_on
from matcher.engines.compiled import compiled
from matcher.engines.direct import PAYS_AFTER, DirectEngine
from matcher.engines.judge import judged
from matcher.meaning.derive import KnownFacts

DATES = ("2026-05-04", "2026-11-22", "2023-06-30")
THREADS = 8


def given_in(case, scheme):
    """The profile of a case, with the answers of authorities under their full names."""
    answers = [
        {**a, "unknown": u if "/" in (u := a["unknown"]) else f"{scheme}/{u}"}
        for a in case.authority
    ]
    return {**case.given, **({"authority": answers} if answers else {})}


@pytest.fixture(scope="module")
def situations(content):
    """The scheme, the profile and the date of every case of the rules."""
    catalogue = Catalogue(content)
    found = [
        (id_, catalogue.profile(given_in(case, id_)), case.as_of)
        for id_, cases in content.cases.items()
        for case in cases
    ]
    assert len(found) > 1_400
    return found


@pytest.fixture(scope="module")
def examples(root, content):
    """The profiles of profiles/examples/."""
    paths = sorted((root / "profiles" / "examples").glob("*.yaml"))
    assert len(paths) > 5
    return [Catalogue(content).profile(path) for path in paths]


class Judges:
    """Judges by both ways the plans that a profile meets on a day, each compiled once."""

    def __init__(self, content):
        self.content = content
        self.catalogue = Catalogue(content)
        self.ready = {}

    def agree(self, profile, day, schemes):
        facts = KnownFacts(profile.values, self.content.computation, day, profile.answers)
        windows = [window_on(day, self.content.schemes[id_].editions, facts) for id_ in schemes]
        plans = tuple(
            self.catalogue.plan(id_, window.edition.id if window.edition else None)
            for id_, window in zip(schemes, windows, strict=True)
        )
        key = tuple(map(id, plans))
        if key not in self.ready:
            self.ready[key] = compiled(plans, self.content.never_none)
        wanted = tuple(judged(plan, facts) for plan in plans)
        assert self.ready[key].judged(facts) == wanted, (profile.values, iso(day))


def test_each_case_is_judged_alike_by_its_scheme(content, situations):
    judges = Judges(content)
    for id_, profile, day in situations:
        judges.agree(profile, day, [id_])


def test_a_case_is_judged_alike_by_every_scheme(content, situations):
    """Not only by its own: other schemes read other facts, and leave other holes."""
    judges = Judges(content)
    for _, profile, day in situations[::8]:
        judges.agree(profile, day, list(content.schemes))


@pytest.mark.parametrize("date", DATES)
def test_examples_are_judged_alike_by_every_scheme(content, examples, date):
    judges = Judges(content)
    for profile in examples:
        day = datetime.date.fromisoformat(date).toordinal()
        judges.agree(profile, day, list(content.schemes))


# ------------------------------------------------------------------------------------ whole reports


class Reference:
    """An engine that never compiles."""

    def judged(self, plans, facts):
        return tuple(judged(plan, facts) for plan in plans)


class Eager(DirectEngine):
    """An engine that compiles at the first question."""

    def judged(self, plans, facts):
        for _ in range(PAYS_AFTER):
            self._worth_compiling(tuple([id(plan) for plan in plans]), plans)
        return super().judged(plans, facts)


def with_engine(content, engine):
    catalogue = Catalogue(content)
    catalogue._engine = engine
    return catalogue


def test_reports_are_the_same_before_and_after_compilation(content, examples, situations):
    one = with_engine(content, Reference())
    other = with_engine(content, Eager(content.never_none))
    asked = [(profile, DATES[0], None) for profile in examples]
    asked += [(profile, iso(day), [id_]) for id_, profile, day in situations[::20]]
    for profile, on, schemes in asked:
        reports = [catalogue.match(profile, on, schemes) for catalogue in (one, other)]
        first, second = (report.to_json("fr") for report in reports)
        assert first == second, (profile.values, on)


def test_the_engine_compiles_only_once_that_pays(catalogue):
    for _ in range(PAYS_AFTER):
        catalogue.match({}, DATES[0])
        assert not catalogue._engine._kept
    catalogue.match({}, DATES[0])
    (kept,) = catalogue._engine._kept.values()
    catalogue.match({"applicant.kind": "epci"}, DATES[0])
    assert list(catalogue._engine._kept.values()) == [kept]


def test_many_choices_of_schemes_do_not_fill_the_memory(catalogue):
    ids = catalogue.schemes
    for first in range(len(ids)):
        for second in (first + 1, first + 2):
            asked = [ids[first], ids[second % len(ids)]]
            for _ in range(PAYS_AFTER + 1):
                catalogue.match({}, DATES[0], asked)
    assert len(catalogue._engine._kept) <= 40
    assert len(catalogue._engine._uses) <= 40


@pytest.fixture
def hurried():
    """Threads that give way to each other all the time."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hurried")
def test_threads_that_share_a_catalogue_get_the_answers_of_one(content, situations):
    """Eight threads start together on a fresh catalogue, each with other profiles and dates."""
    alone = Catalogue(content)
    few = [(profile, iso(day)) for _, profile, day in situations[::90]][: THREADS * 2]
    wanted = [alone.match(profile, on).to_json("fr") for profile, on in few]
    assert len(set(wanted)) == len(few) == THREADS * 2
    shared, start = Catalogue(content), Barrier(THREADS)

    def answers(index):
        start.wait()
        return [shared.match(profile, on).to_json("fr") for profile, on in few[index::THREADS]]

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(answers, range(THREADS)))
    for index, texts in enumerate(found):
        assert texts == wanted[index::THREADS], index
