"""Which openings, intakes and closings lie before a date, around it and after it?"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from matcher.authoring.page import table
from matcher.authoring.pages_dates import (
    Side,
    is_certain,
    is_never,
    is_unpublished,
    side_of,
    span_text,
)
from matcher.authoring.pages_index import DECIDES, by_date
from matcher.authoring.pages_status import Status, status_of, status_text
from matcher.authoring.pages_text import section
from matcher.authoring.pages_windows import place_name
from matcher.authoring.pages_writer import Writer
from matcher.catalogue.model import ONLY, Edition, Scheme
from matcher.catalogue.windows import WindowState
from matcher.facts.values import Span
from matcher.language.text import Text

TITLE = Text("Calendrier", "Calendar")
INTRO = Text(
    "Ouvertures, relèves et clôtures au **{date}**. Une date incertaine est dite telle quelle, "
    "avec qui peut la préciser ; rien n'est deviné.",
    "Openings, intakes and closings as of **{date}**. An uncertain date is said as it is, with who "
    "can tell more; nothing is guessed.",
)
NOW = Text("Ouverts au {date}", "Open on {date}")
TO_CONFIRM = Text("À confirmer au {date}", "To be confirmed on {date}")
NEXT = Text("Dates à venir", "Dates to come")
UNCERTAIN = Text("Dates incertaines", "Uncertain dates")
UNCERTAIN_NOTE = Text(
    "Ces dates sont peut-être passées, peut-être à venir.",
    "These dates may be past or still to come.",
)
PAST = Text("Dates passées", "Past dates")
SILENT = Text("Dates non publiées", "Unpublished dates")
DATE, EVENT = Text("Date", "Date"), Text("Événement", "Event")
SCHEME, EDITION = Text("Dispositif", "Scheme"), Text("Édition", "Edition")
STATUS, WHO = Text("Situation", "Status"), Text("Qui peut préciser", "Who can tell")
OPENING, CLOSING = Text("Ouverture", "Opening"), Text("Clôture", "Closing")
INTAKE, INTAKE_AT = Text("Relève", "Intake"), Text("Relève, {place}", "Intake, {place}")
RESTRICTED = Text("{event} (sous condition)", "{event} (on a condition)")


@dataclass(frozen=True)
class Event:
    """Something that happens to an edition on a day that may not be known."""

    scheme: Scheme
    edition: Edition
    span: Span
    what: str
    opens: bool

    @property
    def order(self) -> tuple[float, float, str, str]:
        """The first day it may be on, else the last."""
        low, high = float(self.span.low), float(self.span.high)
        return (high if low == float("-inf") else low, high, self.scheme.id, self.what)

    def side(self, day: int) -> Side:
        """Past, to come or nobody knows; on its very day an opening is past, a closing is not."""
        return side_of(self.span, day + 1 if self.opens else day)

    @property
    def year(self) -> int:
        """The year of that day."""
        return datetime.date.fromordinal(int(self.order[0])).year


def agenda_page(writer: Writer) -> str:
    """The page of the calendar."""
    return "\n".join(_lines(writer)) + "\n"


def _lines(writer: Writer) -> Iterator[str]:
    date = writer.date(writer.day)
    found = [status_of(scheme, writer) for scheme in writer.content.schemes.values()]
    dated = sorted(events(writer), key=lambda event: event.order)
    sides = {side: [e for e in dated if e.side(writer.day) is side] for side in Side}
    silent = [e for e in dated if is_unpublished(e.span)]
    uncertain = [e for e in sides[Side.EITHER] if not is_unpublished(e.span)]
    yield f"# {writer.put(TITLE)}"
    yield from ("", writer.put(INTRO, date=date), "", f"> {writer.put(DECIDES)}")
    yield from section(writer.put(NOW, date=date), _standing(found, WindowState.OPEN, writer))
    yield from section(writer.put(NEXT), _events(sides[Side.NEXT], writer))
    unknown = _standing(found, WindowState.UNKNOWN, writer)
    yield from section(writer.put(TO_CONFIRM, date=date), unknown)
    yield from section(writer.put(UNCERTAIN), _uncertain(uncertain, writer))
    yield from section(writer.put(SILENT), _events(silent, writer, who=True))
    yield from section(writer.put(PAST), _by_year(sides[Side.PAST][::-1], writer))


def events(writer: Writer) -> Iterator[Event]:
    """Every opening, intake and closing of the catalogue, permanent ends left out."""
    for scheme in writer.content.schemes.values():
        for edition in scheme.editions:
            opening = writer.put(OPENING)
            for span, what in _of_edition(edition, writer):
                said = what if edition.when is None else writer.put(RESTRICTED, event=what)
                yield Event(scheme, edition, span, said, what == opening)


def _of_edition(edition: Edition, writer: Writer) -> Iterator[tuple[Span, str]]:
    yield edition.opens, writer.put(OPENING)
    if not is_never(edition.closes):
        yield edition.closes, writer.put(CLOSING)
    if edition.intakes is None:
        return
    for place, days in edition.intakes.known.items():
        by = edition.intakes.by
        where = None if by is None or place == ONLY else place_name(by, place, writer)
        what = writer.put(INTAKE) if where is None else writer.put(INTAKE_AT, place=where)
        yield from ((Span(day, day), what) for day in days)


def _standing(found: Sequence[Status], state: WindowState, writer: Writer) -> Iterator[str]:
    group = [status for status in found if status.window.state is state]
    if group:
        head = [writer.put(SCHEME), writer.put(STATUS)]
        if state is WindowState.UNKNOWN:
            head.append(writer.put(WHO))
        yield from table(head, [_standing_row(s, len(head), writer) for s in by_date(group)])


def _standing_row(status: Status, cells: int, writer: Writer) -> list[str]:
    row = [writer.scheme(status.scheme.id), status_text(status, writer), _who(status, writer)]
    return row[:cells]


def _who(status: Status, writer: Writer) -> str:
    edition = status.edition
    if edition is None:
        return writer.authority(status.scheme.operators[0])
    waits = status.window.waits_for is not None and edition.intakes is not None
    asked = edition.intakes.ask if waits and edition.intakes else status.window.asks
    return writer.authority(asked or edition.ask)


def _uncertain(found: Sequence[Event], writer: Writer) -> Iterator[str]:
    if found:
        yield from (writer.put(UNCERTAIN_NOTE), "")
        yield from _events(found, writer, who=True)


def _events(found: Sequence[Event], writer: Writer, *, who: bool = False) -> Iterator[str]:
    if not found:
        return
    head = [DATE, EVENT, SCHEME, EDITION, *([WHO] if who else [])]
    rows = [_row(event, writer)[: len(head)] for event in found]
    yield from table([writer.put(cell) for cell in head], rows)


def _by_year(found: Sequence[Event], writer: Writer) -> Iterator[str]:
    """Dates with the latest year first; a date that is not known goes with its first day."""
    years = dict.fromkeys(event.year for event in found)
    for year in years:
        of_year = [event for event in found if event.year == year]
        yield from section(str(year), _events(of_year, writer), level=3)


def _row(event: Event, writer: Writer) -> list[str]:
    date = writer.say(span_text(event.span))
    return [
        f"**{date}**" if is_certain(event.span) else date,
        event.what,
        writer.scheme(event.scheme.id),
        writer.edition(event.edition.id),
        writer.authority(event.edition.ask),
    ]
