"""Do two calendars of editions ever give a different window?

Windows only change around the dates that are written, so trying those days is trying them all. A
date that another one makes useless (a window closed by its last intake anyway) changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from matcher.catalogue.model import Edition
from matcher.catalogue.windows import Window, window_on
from matcher.facts.values import Known, option
from matcher.language.tree import Fact, Lookup, Member, Test

ELSEWHERE = "\0"


@dataclass(frozen=True)
class _World:
    """Facts of which only those that a calendar may read are known."""

    values: Mapping[str, Known | None]

    def get(self, key: str) -> Known | None:
        return self.values.get(key)

    def cell(self, lookup: Lookup) -> Known | None:
        raise KeyError(lookup.table)


def same_windows(some: Sequence[Edition], others: Sequence[Edition]) -> bool:
    """Whether two calendars give the same window and edition on every day in every world."""
    conditions = {e.when: f"\0{i}" for i, e in enumerate((*some, *others)) if e.when is not None}
    one, other = ([_with_flag(e, conditions) for e in editions] for editions in (some, others))
    days = sorted({near for day in _days((*one, *other)) for near in (day - 1, day, day + 1)})
    return all(
        _seen(window_on(day, one, world)) == _seen(window_on(day, other, world))
        for world in _worlds((*one, *other), list(conditions.values()))
        for day in days
    )


def _with_flag(edition: Edition, conditions: Mapping[Test, str]) -> Edition:
    """The edition with its condition replaced by a fact that stands for it."""
    if edition.when is None:
        return edition
    return replace(edition, when=Member(Fact(conditions[edition.when]), frozenset({True})))


def _seen(window: Window) -> tuple[object, ...]:
    return window.state, window.edition and window.edition.id, window.waits_for


def _days(editions: Sequence[Edition]) -> Iterator[int]:
    for edition in editions:
        ends = (edition.opens.low, edition.opens.high, edition.closes.low, edition.closes.high)
        yield from (end for end in ends if isinstance(end, int))
        if edition.intakes is not None:
            for dates in edition.intakes.known.values():
                yield from dates


def _worlds(editions: Sequence[Edition], flags: Sequence[str]) -> Iterator[_World]:
    """Every combination of places for the intakes and of conditions held, not held or unknown."""
    places: dict[str, dict[str, None]] = {}
    for edition in editions:
        intakes = edition.intakes
        if intakes is not None and intakes.by is not None:
            places.setdefault(intakes.by, {}).update(dict.fromkeys((*intakes.known, ELSEWHERE)))
    choices: dict[str, list[Known | None]] = {
        **{key: [None, *map(option, values)] for key, values in places.items()},
        **{flag: [None, option(True), option(False)] for flag in flags},
    }
    for values in product(*choices.values()):
        yield _World(dict(zip(choices, values, strict=True)))
