"""Which range did a person type: "entre 50 et 99", "au moins 400 k€", "after 2025"?

The ends are read by whoever knows whether they are numbers or dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from matcher.facts.values import INFINITY, Span
from matcher.language.tree import Number

Reader = Callable[[str], "Span | None"]
"""Reads one end; a month or a year is a span already."""

_BETWEEN = (
    re.compile(r"(?:entre|between)\s+(?P<a>.+?)\s+(?:et|and)\s+(?P<b>.+)\Z"),
    re.compile(r"(?:de\s+|du\s+|from\s+)?(?P<a>.+?)\s+(?:à|a|au|to|jusqu'à|-)\s+(?P<b>.+)\Z"),
    re.compile(r"(?P<a>.*?[\w€%])\s*(?:\.\.+|…)\s*(?P<b>.+)\Z"),
    re.compile(r"(?P<a>[\d\s.,]*\d[^\d\-/]*)-\s*(?P<b>\d[^\-/]*)\Z"),
)
_AT_LEAST = (
    re.compile(
        r"(?:>=|=>|≥|au moins|à partir d[eu]|au minimum|minimum|min|depuis(?: le)?"
        r"|at least|since|from)\s*(.+)\Z"
    ),
    re.compile(r"(.+?)\s*(?:\+|(?:ou|et|or|and) (?:plus|more|above)|au moins|minimum|at least)\Z"),
)
_MORE = (
    re.compile(
        r"(?:>|(?:plus|\+) ?d[e']|supérieure? à|au-dessus de|après(?: le)?"
        r"|more than|over|above|after)\s*(.+)\Z"
    ),
)
_AT_MOST = (
    re.compile(
        r"(?:<=|=<|≤|au plus(?: tard(?: le)?)?|au maximum|maximum|max|jusqu'(?:à|au|en)"
        r"|at most|up to|until)\s*(.+)\Z"
    ),
    re.compile(r"(.+?)\s*(?:(?:ou|or) (?:moins|less|below)|au plus|au maximum|maximum|at most)\Z"),
)
_LESS = (
    re.compile(
        r"(?:<|(?:moins|-) ?d[e']|inférieure? à|au-dessous de|avant(?: le)?"
        r"|less than|under|below|before)\s*(.+)\Z"
    ),
)


def ends_typed(text: str) -> tuple[str, str] | None:
    """The two ends of a closed range, as they were typed."""
    for pattern in _BETWEEN:
        found = pattern.match(text)
        if found:
            return found["a"].strip(), found["b"].strip()
    return None


def span_typed(text: str, read: Reader, step: Number) -> Span | None:
    """The range that a text says; None where it says none. "More than" excludes by one `step`."""
    ends = ends_typed(text)
    if ends is not None:
        low, high = read(ends[0]), read(ends[1])
        if low is not None and high is not None:
            return Span(low.low, high.high)
    return read(text) or _open_ended(text, read, step)


def _open_ended(text: str, read: Reader, step: Number) -> Span | None:
    if (found := _inside(text, _AT_LEAST, read)) is not None:
        return Span(found.low, INFINITY)
    if (found := _inside(text, _AT_MOST, read)) is not None:
        return Span(-INFINITY, found.high)
    if (found := _inside(text, _MORE, read)) is not None:
        return Span(found.high + step, INFINITY)
    if (found := _inside(text, _LESS, read)) is not None:
        return Span(-INFINITY, found.low - step)
    return None


def _inside(text: str, patterns: tuple[re.Pattern[str], ...], read: Reader) -> Span | None:
    for pattern in patterns:
        found = pattern.match(text)
        span = read(found[1].strip()) if found else None
        if span is not None:
            return span
    return None
