"""How is a date said that may not be known to the day, and on which side of a day does it lie?"""

from __future__ import annotations

import calendar
import datetime
import re
from enum import IntEnum

from matcher.answers.formats import date_text
from matcher.answers.phrases import joined
from matcher.facts.values import INFINITY, Span
from matcher.language.text import Text

NEVER = Text("sans date de fin", "no end date")
UNPUBLISHED = Text("non publiée", "not published")
_ISO_PARTS = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Side(IntEnum):
    """Where a date lies: before a day, on one side or the other, or on the day or later."""

    PAST = 0
    EITHER = 1
    NEXT = 2


def is_never(span: Span) -> bool:
    """Whether the date never comes: the edition is permanent."""
    return span.low == INFINITY


def is_unpublished(span: Span) -> bool:
    """Whether nothing at all is known of the date."""
    return span.low == -INFINITY and span.high == INFINITY


def is_certain(span: Span) -> bool:
    """Whether the day is known."""
    return span.low == span.high and not is_never(span)


def side_of(span: Span, day: int) -> Side:
    """Whether a date is past, still to come, or nobody knows."""
    if span.high < day:
        return Side.PAST
    return Side.NEXT if span.low >= day else Side.EITHER


def span_text(span: Span) -> Text:
    """A date, with what is not known of it: `octobre 2026 (jour non publié)`."""
    low, high = _day(span.low), _day(span.high)
    match low, high:
        case None, None:
            return NEVER if is_never(span) else UNPUBLISHED
        case None, last if last is not None:
            return joined("au plus tard le {d}", "on or before {d}", d=date_text(last))
        case first, None if first is not None:
            return joined("le {d} ou plus tard", "on or after {d}", d=date_text(first))
        case first, last:
            assert first is not None
            assert last is not None
            return date_text(first) if first == last else _between(first, last)


def _day(bound: object) -> int | None:
    return bound if isinstance(bound, int) else None


def _between(first: int, last: int) -> Text:
    period = _period(first, last)
    if period is not None:
        return joined("{p} (jour non publié)", "{p} (day not published)", p=period)
    return joined(
        "entre le {a} et le {b} (jour non publié)",
        "between {a} and {b} (day not published)",
        a=date_text(first),
        b=date_text(last),
    )


def _period(first: int, last: int) -> Text | None:
    """A whole month or a whole year."""
    low, high = datetime.date.fromordinal(first), datetime.date.fromordinal(last)
    if low.year != high.year or low.day != 1:
        return None
    if (low.month, high.month, high.day) == (1, 12, 31):
        return Text(str(low.year), str(low.year))
    whole = calendar.monthrange(low.year, low.month)[1]
    return _month(low) if (low.month, whole) == (high.month, high.day) else None


def _month(date: datetime.date) -> Text:
    """A month and its year: the day of a date left out."""
    text = date_text(date.replace(day=2).toordinal())
    return Text(text.fr.split(" ", 1)[1], text.en.split(" ", 1)[1])


def written_date(text: str) -> Text:
    """A date as a source carries it: a day, a month, a year; anything else as it stands."""
    found = _ISO_PARTS.fullmatch(text)
    try:
        match found.groups() if found else None:
            case (year, None, None):
                return Text(year, year)
            case (year, month, None):
                return _month(datetime.date(int(year), int(month), 1))
            case (year, month, day):
                return date_text(datetime.date(int(year), int(month), int(day)).toordinal())
            case _:
                return Text(text, text)
    except ValueError:
        return Text(text, text)
