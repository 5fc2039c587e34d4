"""Can one apply on a date: is the window open, upcoming, closed, or not known?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.catalogue.model import ONLY, Edition, Intakes
from matcher.facts.values import Options, Span, is_exact
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
    fact on which the intakes depend; `asks` says that only the authority of the edition can tell.
    """

    state: WindowState
    edition: Edition | None = None
    next_intake: int | None = None
    waits_for: str | None = None
    asks: str | None = None


_RANK = {
    WindowState.OPEN: 0,
    WindowState.UNKNOWN: 1,
    WindowState.UPCOMING: 3,
    WindowState.CLOSED: 4,
}


def window_on(day: int, editions: Sequence[Edition], facts: Facts) -> Window:
    """The window of the open edition, else of the likeliest, else of the next, else of the last."""
    windows = [
        (edition, window)
        for edition in editions
        if (window := _window(edition, day, facts)) is not None
    ]
    if not windows:
        return Window(WindowState.UNKNOWN)
    return min(reversed(windows), key=lambda pair: _preference(pair[0], day))[1]


def _preference(edition: Edition, day: int) -> tuple[float, float]:
    calendar = _calendar(edition, day)
    rank: float = _RANK[calendar]
    if calendar is WindowState.UNKNOWN and edition.opens.high > day:
        rank = 2
    distance = {WindowState.UPCOMING: edition.opens.low, WindowState.CLOSED: -edition.closes.high}
    return rank, float(distance.get(calendar, 0))


def _window(edition: Edition, day: int, facts: Facts) -> Window | None:
    exists = True if edition.when is None else truth(edition.when, facts)
    if exists is False:
        return None
    state = _calendar(edition, day)
    window = Window(state, edition, asks=edition.ask if state is WindowState.UNKNOWN else None)
    if edition.intakes and state in (WindowState.OPEN, WindowState.UNKNOWN):
        window = _with_intakes(window, edition, edition.intakes, day, facts)
    if exists is None and window.state in (WindowState.OPEN, WindowState.UPCOMING):
        return Window(WindowState.UNKNOWN, edition)
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
