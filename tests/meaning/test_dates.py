"""Which day is it some months later, and how many complete years have passed?"""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.facts.values import ANYTHING, INFINITY, Span, point
from matcher.language.tree import AS_OF, Constant, Elapsed, Fact, Product, Shift
from matcher.language.types import Kind
from matcher.meaning import spans
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import value
from matcher.testing.world import complete_years, later


def day(text):
    """The day number of an ISO date."""
    return datetime.date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        ("2025-01-31", 1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-01-28", 1, "2025-02-28"),
        ("2025-02-28", 1, "2025-03-28"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2096-02-29", 48, "2100-02-28"),
        ("2025-08-31", 1, "2025-09-30"),
        ("2025-12-31", 1, "2026-01-31"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-01-15", -1, "2024-12-15"),
        ("2025-06-15", 0, "2025-06-15"),
        ("2025-06-15", 1200, "2125-06-15"),
        ("2025-06-15", -13, "2024-05-15"),
    ],
)
def test_months_later(start, months, end):
    assert spans.add_months(day(start), months) == day(end)
    assert later(day(start), months) == day(end)


def test_months_stop_at_the_ends_of_the_calendar():
    assert spans.add_months(day("9999-12-15"), 1) == day("9999-12-31")
    assert spans.add_months(day("0001-01-15"), -1) == day("0001-01-01")
    assert spans.add_months(day("2025-01-15"), 10**15) == day("9999-12-31")
    assert spans.add_months(day("2025-01-15"), -(10**15)) == day("0001-01-01")


DAYS = st.integers(day("1890-01-01"), day("2110-12-31"))
MONTHS = st.integers(-1300, 1300)


@given(DAYS, MONTHS)
def test_months_later_as_counted_plainly(start, months):
    assert spans.add_months(start, months) == later(start, months)


@given(DAYS, DAYS, MONTHS)
def test_a_later_start_never_ends_earlier(one, other, months):
    low, high = sorted((one, other))
    assert spans.add_months(low, months) <= spans.add_months(high, months)


@given(DAYS, MONTHS, MONTHS)
def test_more_months_never_end_earlier(start, one, other):
    low, high = sorted((one, other))
    assert spans.add_months(start, low) <= spans.add_months(start, high)


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        ("2023-06-15", "2026-06-14", 2),
        ("2023-06-15", "2026-06-15", 3),
        ("2023-06-15", "2026-06-16", 3),
        ("2020-02-29", "2021-02-27", 0),
        ("2020-02-29", "2021-02-28", 1),
        ("2020-02-29", "2024-02-28", 3),
        ("2020-02-29", "2024-02-29", 4),
        ("2025-02-28", "2026-02-28", 1),
        ("2025-12-31", "2026-01-01", 0),
        ("2025-12-31", "2026-12-31", 1),
        ("2000-01-01", "2026-01-01", 26),
        ("1900-01-01", "2026-12-31", 126),
        ("2026-06-15", "2026-06-15", 0),
        ("2026-06-16", "2026-06-15", -1),
        ("2027-06-15", "2026-06-15", -1),
        ("2027-06-16", "2026-06-15", -2),
        ("2024-12-31", "2023-12-31", -1),
        ("2126-01-01", "2026-01-01", -100),
    ],
)
def test_complete_years(since, until, years):
    assert spans.elapsed(point(day(since)), point(day(until))) == point(years)
    assert complete_years(day(since), day(until)) == years


@given(DAYS, DAYS)
def test_complete_years_are_the_most_that_fit(since, until):
    (years,) = {spans.elapsed(point(since), point(until)).low}
    assert later(since, 12 * years) <= until < later(since, 12 * years + 12)


@given(st.lists(DAYS, min_size=2, max_size=2), st.data())
def test_years_of_a_range_hold_those_of_its_days(ends, data):
    low, high = sorted(ends)
    until = data.draw(DAYS)
    inside = data.draw(st.integers(low, high))
    span = spans.elapsed(Span(low, high), point(until))
    assert span.low <= complete_years(inside, until) <= span.high
    assert complete_years(low, until) == span.high
    assert complete_years(high, until) == span.low


def test_open_ends():
    today = point(day("2026-06-15"))
    assert spans.elapsed(ANYTHING, today) == ANYTHING
    assert spans.elapsed(Span(-INFINITY, day("2020-01-01")), today) == Span(6, INFINITY)
    assert spans.elapsed(Span(day("2020-01-01"), INFINITY), today) == Span(-INFINITY, 6)
    assert spans.shifted(ANYTHING, point(3)) == ANYTHING
    start = day("2025-01-31")
    assert spans.shifted(Span(start, INFINITY), point(1)) == Span(day("2025-02-28"), INFINITY)
    assert spans.shifted(point(start), Span(-INFINITY, 1)) == Span(-INFINITY, day("2025-02-28"))
    assert spans.shifted(point(start), Span(1, INFINITY)) == Span(day("2025-02-28"), INFINITY)


def test_the_day_of_the_question_is_a_fact():
    facts = KnownFacts({"d.f": point(day("2020-02-29"))}, Computation(), day("2026-02-28"))
    assert value(Elapsed(Fact("d.f")), facts) == point(6)
    assert value(Fact(AS_OF), facts) == point(day("2026-02-28"))
    without = KnownFacts({"d.f": point(day("2020-02-29"))}, Computation())
    assert value(Elapsed(Fact("d.f")), without) is None


@pytest.mark.parametrize(
    "months",
    [
        Product((Constant(2, Kind.NUMBER), Fact("n.m"))),
        Product((Constant(3, Kind.NUMBER), Fact("n.m"))),
    ],
)
def test_months_may_be_computed(months):
    facts = KnownFacts({"d.f": point(day("2025-01-31")), "n.m": point(2)}, Computation())
    factor = months.factors[0].value
    assert value(Shift(Fact("d.f"), months), facts) == point(later(day("2025-01-31"), 2 * factor))


@pytest.mark.parametrize("year", [1, 1900, 2026, 4220, 9999])
def test_complete_years_are_right_however_far(year):
    """The count begins above the truth, before the question and after it."""
    until, since = datetime.date(2026, 6, 15), datetime.date(year, 12, 31)
    ends = [Span(day.toordinal(), day.toordinal()) for day in (since, until)]
    years = until.year - since.year - 1
    assert spans.elapsed(*ends) == Span(years, years)
