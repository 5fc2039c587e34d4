"""Which published dates are still to come, and how many rows does each concern?

A date concerns the rows that are eligible or to be clarified. Nothing is guessed: a date of which
neither the day nor a period is published is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from matcher.answers.decisions import speaker_of
from matcher.answers.phrases import joined
from matcher.answers.views import Outcome
from matcher.catalogue.model import ONLY, Edition, Intakes, Scheme
from matcher.catalogue.windows import WindowState
from matcher.facts.values import Span, option
from matcher.language.text import Text
from matcher.portfolio.page.subject import Subject

OPENING = Text("ouverture", "opening")
CLOSING = Text("clôture", "closing")
INTAKE = Text("relève", "intake")
CLOSING_INTAKE = Text("relève et clôture", "intake and closing")
POSSIBLE = (WindowState.OPEN, WindowState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date to come of a scheme, and the rows that it concerns; or the most that it may concern.

    `span` is one day, or the period in which an unpublished day lies.
    """

    span: Span
    what: Text
    scheme: Scheme
    eligible: int
    to_clarify: int
    at_most: bool = False

    @property
    def order(self) -> tuple[float, float, int, int, str, str]:
        """The soonest first, certain days before others, then those that concern most rows."""
        last, first = float(self.span.high), float(self.span.low)
        return last, last - first, -self.eligible, -self.to_clarify, self.scheme.id, self.what.fr


def deadlines(subject: Subject) -> tuple[Deadline, ...]:
    """The dates to come that concern somebody, the soonest first."""
    found = [one for scheme in subject.schemes for one in _of_scheme(subject, scheme)]
    concerned = (one for one in found if one.eligible or one.to_clarify)
    return tuple(sorted(concerned, key=lambda one: one.order))


def _of_scheme(subject: Subject, scheme: Scheme) -> Iterator[Deadline]:
    for edition in scheme.editions:
        if edition.opens.low > subject.day:
            if _is_to_come(edition.opens, subject.day):
                yield _concerning(subject, scheme, edition.opens, OPENING, (WindowState.UPCOMING,))
        else:
            yield from _of_edition(subject, scheme, edition)


def _of_edition(subject: Subject, scheme: Scheme, edition: Edition) -> Iterator[Deadline]:
    """The intakes and the closing of an edition that has begun, or may have."""
    intakes = edition.intakes
    if intakes is not None:
        yield from _intakes(subject, scheme, edition, intakes)
    last = intakes.known.get(ONLY, ())[-1:] if intakes else ()
    if _is_to_come(edition.closes, subject.day) and edition.closes.low not in last:
        yield _concerning(subject, scheme, edition.closes, CLOSING, POSSIBLE)


def _intakes(
    subject: Subject, scheme: Scheme, edition: Edition, intakes: Intakes
) -> Iterator[Deadline]:
    """The intakes to come, place by place."""
    coming = {place: [d for d in days if d >= subject.day] for place, days in intakes.known.items()}
    first = [days[0] for days in coming.values() if days]
    for place, days in coming.items():
        said = _placed(subject, intakes.by, place)
        for day in days:
            span = Span(day, day)
            what = said[edition.closes == span]
            if place == ONLY:
                yield _concerning(subject, scheme, span, what, (WindowState.OPEN,))
            else:
                at_most = subject.partial or first.count(days[0]) > 1
                counts = _counts_at(subject, scheme, days[0])
                yield Deadline(span, what, scheme, *counts, at_most=at_most)


def _counts_at(subject: Subject, scheme: Scheme, day: int) -> tuple[int, int]:
    """The rows of a place: those whose next intake is its first one.

    Where only some rows were looked at one by one, no more than those of all the places is known.
    """
    if subject.partial:
        eligible = subject.rows(scheme, Outcome.ELIGIBLE, WindowState.OPEN)
        return eligible, subject.rows(scheme, Outcome.UNDETERMINED, WindowState.OPEN)
    return subject.rows_until(scheme, day)


def _placed(subject: Subject, by: str | None, place: str) -> tuple[Text, Text]:
    """What an intake is called, and what it is called on the very day of the closing."""
    if by is None or place == ONLY:
        return INTAKE, CLOSING_INTAKE
    said = speaker_of(subject.catalogue.content).known(by, option(place))
    with_place = [joined("{w}, {p}", "{w}, {p}", w=w, p=said) for w in (INTAKE, CLOSING_INTAKE)]
    return with_place[0], with_place[1]


def _is_to_come(span: Span, day: int) -> bool:
    """Whether a date, of which something is published, is on a day or after it."""
    known = isinstance(span.low, int) and isinstance(span.high, int)
    return known and span.high >= day


def _concerning(
    subject: Subject,
    scheme: Scheme,
    span: Span,
    what: Text,
    windows: tuple[WindowState, ...],
) -> Deadline:
    eligible = subject.rows(scheme, Outcome.ELIGIBLE, *windows)
    to_clarify = subject.rows(scheme, Outcome.UNDETERMINED, *windows)
    return Deadline(span, what, scheme, eligible, to_clarify)
