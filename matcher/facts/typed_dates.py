"""Which day or period did a person type: "12/03/2026", "1er mars 2026", "mars 2026", "T2 2026"?"""

from __future__ import annotations

import calendar
import datetime
import re

from matcher.facts.numbers import date_written
from matcher.facts.tables import folded
from matcher.facts.typed_spans import span_typed
from matcher.facts.values import Span, point

_MONTHS = (
    ("janvier", "january"),
    ("fevrier", "february"),
    ("mars", "march"),
    ("avril", "april"),
    ("mai", "may"),
    ("juin", "june"),
    ("juillet", "july"),
    ("aout", "august"),
    ("septembre", "september"),
    ("octobre", "october"),
    ("novembre", "november"),
    ("decembre", "december"),
)
_FIGURES = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})\Z")
_MONTH = re.compile(r"(\d{1,2})[./-](\d{4})\Z|(\d{4})-(\d{2})\Z")
_YEAR = re.compile(r"(?:en |in |courant |during )?(\d{4})\Z")
_PERIOD = re.compile(
    r"(?:(?P<sign>[tqsh]) ?(?P<one>[1-4])"
    r"|(?P<two>[1-4]) ?(?:er|re|e|[eè]me|nde?|st|rd|th)? (?P<word>trimestre|semestre|quarter|half))"
    r"[ /-]*(?:de |of )?(?P<year>\d{4})\Z"
)
_LONG = {"t": 3, "q": 3, "s": 6, "h": 6}
_WORDS = re.compile(r"(?:le |the |en |in )?(?:(\d{1,2})(?:er|st|nd|rd|th)? )?([a-z]+) (\d{4})\Z")
_MONTH_FIRST = re.compile(r"([a-z]+) (\d{1,2})(?:st|nd|rd|th)? (\d{4})\Z")
_NEAR = {"aujourd hui": 0, "today": 0, "hier": -1, "yesterday": -1, "demain": 1, "tomorrow": 1}
SHORTEST_MONTH = 3


def date_typed(text: str, today: int | None = None) -> Span | None:
    """The day or the range of days that a text says, as day numbers; None where it says none."""
    words = text.casefold().replace("’", "'").strip()
    try:
        span = span_typed(words, lambda one: _days(one, today), 1)
    except (ValueError, OverflowError):
        return None
    return span if span is not None and _is_in_calendar(span) else None


def _is_in_calendar(span: Span) -> bool:
    """Whether both ends are days that can be written, or no end at all."""
    last = datetime.date.max.toordinal()
    return all(isinstance(end, float) or 1 <= end <= last for end in (span.low, span.high))


def _days(text: str, today: int | None) -> Span | None:
    """The days of one date, month or year."""
    day = date_written(text)
    if day is not None:
        return point(day)
    if today is not None and folded(text) in _NEAR:
        return point(today + _NEAR[folded(text)])
    if found := _FIGURES.match(text):
        number, month, year = map(int, found.groups())
        return point(datetime.date(year, month, number).toordinal())
    if found := _MONTH.match(text):
        one, of, of_too, two = found.groups()
        return _month(int(of or of_too), int(one or two))
    if found := _PERIOD.match(text):
        return _period(found)
    if found := _YEAR.match(text):
        year = int(found[1])
        return Span(datetime.date(year, 1, 1).toordinal(), datetime.date(year, 12, 31).toordinal())
    return _in_words(folded(text))


def _period(found: re.Match[str]) -> Span | None:
    """The days of a quarter or of half a year."""
    sign, number = found["sign"] or found["word"][0], int(found["one"] or found["two"])
    last = number * _LONG[sign]
    if last > 12:
        return None
    year = int(found["year"])
    return Span(_month(year, last - _LONG[sign] + 1).low, _month(year, last).high)


def _in_words(text: str) -> Span | None:
    if found := _WORDS.match(text):
        number, name, year = found.groups()
    elif found := _MONTH_FIRST.match(text):
        name, number, year = found.groups()
    else:
        return None
    month = _named(name)
    if month is None:
        return None
    if number is None:
        return _month(int(year), month)
    return point(datetime.date(int(year), month, int(number)).toordinal())


def _named(name: str) -> int | None:
    """The number of a month from its name or first letters, where they name one only."""
    found = {
        number
        for number, names in enumerate(_MONTHS, 1)
        if len(name) >= SHORTEST_MONTH and any(known.startswith(name) for known in names)
    }
    return found.pop() if len(found) == 1 else None


def _month(year: int, month: int) -> Span:
    first = datetime.date(year, month, 1)
    last = calendar.monthrange(year, month)[1]
    return Span(first.toordinal(), first.replace(day=last).toordinal())
