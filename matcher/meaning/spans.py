"""How are numbers and dates computed and compared when only bounds are known?"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence

from matcher.facts.values import INFINITY, Bound, Span
from matcher.language.tree import Order
from matcher.meaning.logic import Truth

FIRST_DAY = 1
LAST_DAY = datetime.date.max.toordinal()


def compared(left: Span, op: Order, right: Span) -> Truth:
    """Whether the comparison holds in all, in none or in some of the worlds of two spans."""
    match op:
        case "<":
            return _surely(left.high < right.low, left.low >= right.high)
        case "<=":
            return _surely(left.high <= right.low, left.low > right.high)
        case ">":
            return compared(right, "<", left)
        case ">=":
            return compared(right, "<=", left)
        case "==":
            apart = left.high < right.low or right.high < left.low
            return _surely(left.low == left.high == right.low == right.high, apart)
        case "!=":
            same = compared(left, "==", right)
            return None if same is None else not same


def _surely(yes: bool, no: bool) -> Truth:
    return True if yes else False if no else None


def total(spans: Sequence[Span]) -> Span:
    """The sum of independent spans."""
    return Span(sum(s.low for s in spans), sum(s.high for s in spans))


def product(spans: Sequence[Span]) -> Span:
    """The product of independent spans; zero times anything is zero."""
    result = Span(1, 1)
    for span in spans:
        if result.low == result.high and span.low == span.high:
            exact = _times(result.low, span.low)
            result = Span(exact, exact)
            continue
        corners = [_times(a, b) for a in (result.low, result.high) for b in (span.low, span.high)]
        result = Span(min(corners), max(corners))
    return result


def _times(a: Bound, b: Bound) -> Bound:
    if a == 0 or b == 0:
        return 0
    if isinstance(a, float) or isinstance(b, float):  # the only floats are the infinities
        return INFINITY if (a > 0) == (b > 0) else -INFINITY
    return a * b


def extreme(which: str, spans: Sequence[Span]) -> Span:
    """The least or the greatest of independent spans."""
    choose = min if which == "min" else max
    return Span(choose(s.low for s in spans), choose(s.high for s in spans))


def shifted(date: Span, months: Span) -> Span:
    """A date some months later."""
    return Span(_added(date.low, months.low), _added(date.high, months.high))


def _added(day: Bound, months: Bound) -> Bound:
    if isinstance(day, int) and isinstance(months, int):
        return add_months(day, months)
    return -INFINITY if -INFINITY in (day, months) else INFINITY


def add_months(day: int, months: int) -> int:
    """The day number `months` later; the last day of a shorter month clamps (31/01 + 1 = 28/02)."""
    date = datetime.date.fromordinal(max(FIRST_DAY, min(day, LAST_DAY)))
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        return FIRST_DAY if year < 1 else LAST_DAY
    last = calendar.monthrange(year, month + 1)[1]
    return datetime.date(year, month + 1, min(date.day, last)).toordinal()


def elapsed(since: Span, until: Span) -> Span:
    """Complete years between two dates."""
    return Span(_years(since.high, until.low), _years(since.low, until.high))


def _years(since: Bound, until: Bound) -> Bound:
    if not isinstance(since, int) or not isinstance(until, int):
        return -INFINITY if since == INFINITY or until == -INFINITY else INFINITY
    days = until - since
    years = days // (365 if days >= 0 else 366) + 1  # never too few to begin with
    while add_months(since, 12 * years) > until:
        years -= 1
    return years
