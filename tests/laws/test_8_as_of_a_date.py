"""Law 8: an answer depends on the date that is given, and on no clock."""

import datetime
import os
import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Catalogue, WindowState
from matcher.catalogue.model import Edition
from matcher.catalogue.windows import window_on
from matcher.facts.values import INFINITY, Span, point
from matcher.meaning.derive import Computation, KnownFacts
from matcher.testing import situations

FEWER = settings(max_examples=settings.default.max_examples // 2)
NOBODY = KnownFacts({}, Computation())
FAR = 60


def edition(opens, closes, id_="e"):
    """An edition with its dates alone."""
    return Edition(id_, opens, closes, None, None, None, (), "authority")


def counted(opens, closes, day):
    """The state in all the worlds: every opening and every closing day not before it."""

    def days(span):
        low = -FAR if span.low == -INFINITY else span.low
        high = 2 * FAR if span.high == INFINITY else span.high
        return [2 * FAR] if span.low == INFINITY else range(low, high + 1)

    states = set()
    for first, last in product(days(opens), days(closes)):
        if first <= last:
            upcoming, closed = day < first, day > last
            states.add(
                WindowState.UPCOMING
                if upcoming
                else WindowState.CLOSED
                if closed
                else WindowState.OPEN
            )
    return states.pop() if len(states) == 1 else WindowState.UNKNOWN


OPENS = [point(10), Span(8, 12), Span(10, INFINITY), Span(-INFINITY, 10), Span(-INFINITY, INFINITY)]
CLOSES = [
    point(20),
    Span(18, 22),
    Span(20, INFINITY),
    Span(-INFINITY, 20),
    Span(-INFINITY, INFINITY),
    Span(INFINITY, INFINITY),
]


@pytest.mark.parametrize("opens", OPENS, ids=str)
@pytest.mark.parametrize("closes", CLOSES, ids=str)
def test_the_state_of_an_edition_is_that_of_all_its_possible_dates(opens, closes):
    for day in range(25):
        found = window_on(day, [edition(opens, closes)], NOBODY).state
        # on the first and last possible days, that a window opens before it closes may say more
        at_an_end = day in (opens.low, closes.high) and found is WindowState.UNKNOWN
        assert found is counted(opens, closes, day) or at_an_end, day


def test_the_closing_day_is_included():
    only = [edition(point(10), point(20))]
    states = [window_on(day, only, NOBODY).state for day in (9, 10, 20, 21)]
    assert states == ["upcoming", "open", "open", "closed"]


def test_a_certain_calendar_goes_from_upcoming_to_open_to_closed():
    only = [edition(point(10), point(20))]
    states = [window_on(day, only, NOBODY).state for day in range(30)]
    assert states == ["upcoming"] * 10 + ["open"] * 11 + ["closed"] * 9


@pytest.mark.parametrize(
    ("day", "used", "state"),
    [
        (5, "a", "upcoming"),
        (10, "a", "open"),
        (20, "a", "open"),
        (21, "b", "upcoming"),
        (30, "b", "open"),
        (41, "b", "closed"),
    ],
)
def test_the_edition_used_is_the_open_one_else_the_next_else_the_last(day, used, state):
    both = [edition(point(10), point(20), "a"), edition(point(30), point(40), "b")]
    for editions in (both, both[::-1]):
        found = window_on(day, editions, NOBODY)
        assert (found.edition.id, found.state) == (used, state)


def test_an_open_edition_comes_before_one_that_may_be_open():
    surely = edition(point(10), point(20), "surely")
    perhaps = edition(Span(-INFINITY, INFINITY), Span(-INFINITY, INFINITY), "perhaps")
    for editions in ([surely, perhaps], [perhaps, surely]):
        assert window_on(15, editions, NOBODY).edition.id == "surely"
        assert window_on(25, editions, NOBODY).edition.id == "perhaps"


def test_among_equals_the_last_of_the_list():
    twins = [edition(point(10), point(20), "first"), edition(point(10), point(20), "last")]
    assert window_on(15, twins, NOBODY).edition.id == "last"
    assert window_on(5, twins, NOBODY).edition.id == "last"
    assert window_on(25, twins, NOBODY).edition.id == "last"


def test_no_edition_no_window():
    assert window_on(15, [], NOBODY).state is WindowState.UNKNOWN


@FEWER
@given(situations(), st.lists(st.integers(-400, 400), max_size=3))
def test_other_dates_asked_before_change_nothing(situation, others):
    """A catalogue keeps what it worked out; none of it may depend on the date."""
    on = datetime.date.fromordinal(situation.setting.day)
    alone = Catalogue(situation.content).match(situation.profile, on).to_json()
    busy = Catalogue(situation.content)
    for days in others:
        busy.match(situation.more, on + datetime.timedelta(days=days)).to_json()
    assert busy.match(situation.profile, on.isoformat()).to_json() == alone


PROGRAM = """
import sys
from matcher import Catalogue
profile = {"n.staff": {"min": 5, "max": 99}, "s.tags": ["a", "b", "c"], "s.place": "P3"}
print(Catalogue.load(sys.argv[1]).match(profile, on="2026-05-04").to_json())
"""


def test_the_bytes_do_not_depend_on_the_process(root):
    answers = set()
    for seed, zone in (("0", "UTC"), ("1", "Pacific/Kiritimati")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONUTF8": "1"}
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, "tests/conformance/catalogue/rules"],
            cwd=root,
            env=environment,
            capture_output=True,
            check=True,
        )
        answers.add(done.stdout)
    assert len(answers) == 1
