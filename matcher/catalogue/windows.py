"""Can one apply on a date: is the window open, upcoming, closed, or not known?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from matcher.catalogue.model import ONLY, Edition, Intakes
from matcher.facts.values import Options, Span, is_exact
from matcher.language.tree import All, Test
from matcher.meaning.evaluate import Facts, truth
from matcher.meaning.logic import Truth, all_of


class WindowState(StrEnum):
    """Whether one can apply on the date of the question."""

    OPEN = "open"
    UPCOMING = "upcoming"
    CLOSED = "closed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Window:
    """The window of a scheme on a date, the edition it comes from, and what it waits for.

    `next_intake` is the first known intake on or after the date (a day number). `waits_for` is the
    fact on which the intakes depend, `depends_on` the test that says whether the edition exists for
    the profile; `asks` names the authority that alone can tell. `rivals` are the editions that
    would be used if it did not exist.
    """

    state: WindowState
    edition: Edition | None = None
    next_intake: int | None = None
    waits_for: str | None = None
    asks: str | None = None
    depends_on: Test | None = None
    rivals: tuple[Edition | None, ...] = ()


_RANK = {
    WindowState.OPEN: 0,
    WindowState.UNKNOWN: 1,
    WindowState.UPCOMING: 3,
    WindowState.CLOSED: 4,
}


def window_on(day: int, editions: Sequence[Edition], facts: Facts) -> Window:
    """The window of the open edition, else of the likeliest, else of the next, else of the last.

    An edition that may not exist for this profile is preferred only to those that are surely less
    open; the editions that could be used instead are its rivals.
    """
    existing = [(e, truth(e.when, facts) if e.when else True) for e in reversed(editions)]
    possible = [(edition, exists) for edition, exists in existing if exists is not False]
    if not possible:
        return Window(WindowState.UNKNOWN)
    edition, exists = min(possible, key=lambda pair: _preference(pair[0], day, sure=pair[1]))
    window = _window(edition, exists, day, facts)
    rivals = tuple(e for e in _usable(possible, day) if e is not edition)
    if not rivals:
        return window
    states = {window.state, *(_alone(rival, day, facts) for rival in rivals)}
    state = window.state if len(states) == 1 else WindowState.UNKNOWN
    doubts = tuple(e.when for e, sure in possible if sure is None and e.when is not None)
    return replace(window, state=state, rivals=rivals, depends_on=All(doubts))


def _alone(edition: Edition | None, day: int, facts: Facts) -> WindowState:
    return WindowState.UNKNOWN if edition is None else _window(edition, True, day, facts).state


def _usable(possible: Sequence[tuple[Edition, Truth]], day: int) -> Iterator[Edition | None]:
    """The editions that some completion of the profile would use; None for none at all."""
    ordered = sorted(possible, key=lambda pair: _preference(pair[0], day, sure=True))
    for edition, exists in ordered:
        yield edition
        if exists is True:
            return
    yield None


def _preference(edition: Edition, day: int, *, sure: Truth) -> tuple[float, float]:
    calendar = _calendar(edition, day)
    rank: float = _RANK[calendar]
    if calendar is WindowState.OPEN and sure is None:
        rank = _RANK[WindowState.UNKNOWN]
    if calendar is WindowState.UNKNOWN and edition.opens.high > day:
        rank = 2
    distance = {WindowState.UPCOMING: edition.opens.low, WindowState.CLOSED: -edition.closes.high}
    return rank, float(distance.get(calendar, 0))


def _window(edition: Edition, exists: Truth, day: int, facts: Facts) -> Window:
    state = _calendar(edition, day)
    window = Window(state, edition, asks=edition.ask if state is WindowState.UNKNOWN else None)
    if edition.intakes and state in (WindowState.OPEN, WindowState.UNKNOWN):
        window = _with_intakes(window, edition, edition.intakes, day, facts)
    if exists is None:
        state = window.state if window.state is WindowState.CLOSED else WindowState.UNKNOWN
        return Window(state, edition, waits_for=window.waits_for, depends_on=edition.when)
    return window


def _calendar(edition: Edition, day: int) -> WindowState:
    """The state from the dates of the edition alone."""
    begun = _reached(edition.opens, day)
    going_on = _not_passed(edition.closes, day)
    if begun is False:
        return WindowState.UPCOMING
    if going_on is False:
        return WindowState.CLOSED
    return WindowState.OPEN if all_of((begun, going_on)) else WindowState.UNKNOWN


def _reached(opens: Span, day: int) -> Truth:
    return True if day >= opens.high else False if day < opens.low else None


def _not_passed(closes: Span, day: int) -> Truth:
    return True if day <= closes.low else False if day > closes.high else None


def _with_intakes(
    window: Window, edition: Edition, intakes: Intakes, day: int, facts: Facts
) -> Window:
    places = _places(intakes, facts)
    if places is None:
        return Window(WindowState.UNKNOWN, edition, waits_for=intakes.by)
    states = {_state_at(place, intakes, day, window.state) for place in places}
    if len(states) > 1:
        return Window(WindowState.UNKNOWN, edition, waits_for=intakes.by)
    state = states.pop()
    known = intakes.known.get(places[0], ()) if len(places) == 1 else ()
    coming = next((date for date in known if date >= day), None)
    return Window(
        state, edition, coming, asks=intakes.ask if state is WindowState.UNKNOWN else None
    )


def _places(intakes: Intakes, facts: Facts) -> list[str] | None:
    """The values on which the intakes may depend; None when nothing is known of them."""
    if intakes.by is None:
        return [ONLY]
    match facts.get(intakes.by):
        case Options(members) as known:
            return [str(m) for m in members] if members or is_exact(known) else None
        case _:
            return None


def _state_at(place: str, intakes: Intakes, day: int, state: WindowState) -> WindowState:
    if place not in intakes.known:
        return WindowState.UNKNOWN if intakes.elsewhere == "unknown" else state
    if day <= intakes.known[place][-1]:
        return state
    after = {"closed": WindowState.CLOSED, "unknown": WindowState.UNKNOWN, "open": state}
    return after[intakes.afterwards]
