"""Do both ways of the engine give the same reports for everything that is shipped?

Every scheme, every example profile, and the profile of every case of the rules on its own date.
"""

import json
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
    """Profile and date of every case of the rules; each of them is asked of every scheme."""
    catalogue = Catalogue(content)
    found = [
        (catalogue.profile(given_in(case, id_)), iso(case.as_of))
        for id_, cases in content.cases.items()
        for case in cases
    ]
    assert len(found) > 1_400
    return found


class Reference:
    """An engine that never compiles."""

    def judged(self, plans, facts):
        return tuple(judged(plan, facts) for plan in plans)


class Compiled(DirectEngine):
    """An engine that compiles at the first question."""

    def judged(self, plans, facts):
        for _ in range(PAYS_AFTER):
            self._worth_compiling(tuple([id(plan) for plan in plans]), plans)
        return super().judged(plans, facts)


def with_engine(content, engine):
    catalogue = Catalogue(content)
    catalogue._engine = engine
    return catalogue


@pytest.mark.parametrize("date", DATES)
def test_examples_have_the_same_report_before_and_after_compilation(root, content, date):
    one = with_engine(content, Reference())
    other = with_engine(content, Compiled(content.never_none))
    paths = sorted((root / "profiles" / "examples").glob("*.yaml"))
    assert paths
    for path in paths:
        profile = one.profile(path)
        assert one.match(profile, date).to_json() == other.match(profile, date).to_json(), path.name


def test_each_case_has_the_same_report_before_and_after_compilation(content):
    one = with_engine(content, Reference())
    other = with_engine(content, Compiled(content.never_none))
    count = 0
    for id_, cases in content.cases.items():
        for case in cases:
            profile, on = one.profile(given_in(case, id_)), iso(case.as_of)
            reports = [catalogue.match(profile, on, [id_]) for catalogue in (one, other)]
            first, second = (report.to_json("fr") for report in reports)
            assert first == second, (id_, case.name)
            count += 1
    assert count > 1_400


def test_each_case_is_judged_alike_by_every_scheme(content, situations):
    """Not only by its own: other schemes read other facts, and leave other holes."""
    day_of = {on: Catalogue(content)._day(on) for _, on in situations}
    catalogue = Catalogue(content)
    ready = {}
    for profile, on in situations[::3]:
        facts = KnownFacts(profile.values, content.computation, day_of[on], profile.answers)
        plans = []
        for scheme in content.schemes.values():
            edition = window_on(day_of[on], scheme.editions, facts).edition
            plans.append(catalogue.plan(scheme.id, edition.id if edition else None))
        key = tuple(map(id, plans))
        if key not in ready:
            ready[key] = compiled(plans, content.never_none)
        assert ready[key].judged(facts) == tuple(judged(plan, facts) for plan in plans)


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
        for second in range(first + 1, first + 4):
            asked = [ids[first], ids[second % len(ids)]]
            for _ in range(PAYS_AFTER + 1):
                catalogue.match({}, DATES[0], asked)
    assert len(catalogue._engine._kept) <= 40
    assert len(catalogue._engine._uses) <= 40


def test_threads_that_share_a_catalogue_get_the_answers_of_one(content, situations):
    """Eight threads start together on a fresh catalogue, each with other profiles and dates."""
    alone = Catalogue(content)
    few = situations[:: len(situations) // (THREADS * 6)][: THREADS * 6]
    wanted = [alone.match(profile, on).to_json("fr") for profile, on in few]
    shared, start = Catalogue(content), Barrier(THREADS)

    def answers(index):
        start.wait()
        mine = few[index::THREADS]
        return [shared.match(profile, on).to_json("fr") for profile, on in mine]

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(answers, range(THREADS)))
    for index, texts in enumerate(found):
        assert texts == wanted[index::THREADS], index
    assert all(json.loads(text)["decisions"] for text in wanted)
