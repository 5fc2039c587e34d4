"""Do two calendars of editions ever give a different window?

Windows only change around the dates that are written, so trying those days is trying them all. A
date that another one makes useless (a window closed by its last intake anyway) changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.catalogue.model import Edition
from matcher.catalogue.windows import Window, window_on
from matcher.facts.values import Known, option
from matcher.language.tree import Lookup

ELSEWHERE = "\0"


@dataclass(frozen=True)
class _Place:
    """Facts of which one alone is known: the place on which intakes depend."""

    key: str | None = None
    value: str = ELSEWHERE

    def get(self, key: str) -> Known | None:
        return option(self.value) if key == self.key else None

    def cell(self, lookup: Lookup) -> Known | None:
        del lookup
        return None


def same_windows(some: Sequence[Edition], others: Sequence[Edition]) -> bool:
    """Whether two calendars give the same window and edition on every day, wherever one is.

    Editions that exist only under a condition are taken to differ.
    """
    if any(edition.when is not None for edition in (*some, *others)):
        return list(some) == list(others)
    days = sorted({near for day in _days((*some, *others)) for near in (day - 1, day, day + 1)})
    return all(
        _seen(window_on(day, some, place)) == _seen(window_on(day, others, place))
        for place in _places((*some, *others))
        for day in days
    )


def _seen(window: Window) -> tuple[object, ...]:
    return window.state, window.edition and window.edition.id, window.waits_for


def _days(editions: Sequence[Edition]) -> Iterator[int]:
    for edition in editions:
        ends = (edition.opens.low, edition.opens.high, edition.closes.low, edition.closes.high)
        yield from (end for end in ends if isinstance(end, int))
        if edition.intakes is not None:
            for dates in edition.intakes.known.values():
                yield from dates


def _places(editions: Sequence[Edition]) -> Iterator[_Place]:
    yield _Place()
    for edition in editions:
        if edition.intakes is not None and edition.intakes.by is not None:
            for value in (*edition.intakes.known, ELSEWHERE):
                yield _Place(edition.intakes.by, value)
