"""Where does a scheme stand on a day: open, to come, closed, or to be confirmed, and until when?"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.answers.formats import iso
from matcher.authoring.pages_dates import is_never, is_unpublished, span_text
from matcher.authoring.pages_writer import Writer
from matcher.catalogue.model import ONLY, Edition, Scheme
from matcher.catalogue.windows import Window, WindowState
from matcher.facts.values import Span
from matcher.language.text import Text

STATES = {
    WindowState.OPEN: Text("Ouvert", "Open"),
    WindowState.UNKNOWN: Text("À confirmer", "To be confirmed"),
    WindowState.UPCOMING: Text("À venir", "Upcoming"),
    WindowState.CLOSED: Text("Clos", "Closed"),
}
CONFIDENCE = {
    "high": Text("élevée", "high"),
    "medium": Text("moyenne", "medium"),
    "low": Text("faible", "low"),
}
NO_EDITION = Text("aucune date n'est publiée", "no date is published")
PERMANENT = Text("sans date de fin", "no end date")
NEXT_INTAKE = Text("prochaine relève le {date}", "next intake on {date}")
UNTIL = Text("jusqu'au {date} compris", "until {date} included")
AT_LEAST_UNTIL = Text("au moins jusqu'au {date}", "at least until {date}")
OPENING = Text("ouverture : {date}", "opening: {date}")
CLOSING = Text("clôture : {date}", "closing: {date}")
LAST_INTAKE = Text("dernière relève le {date}", "last intake on {date}")
LAST_DAY = Text("dernier jour : {date}", "last day: {date}")
DEPENDS = Text("selon : {fact}", "depending on: {fact}")
NATIONAL = Text("clôture générale le {date}", "overall closing on {date}")
RESTRICTED = Text("selon une condition", "depending on a condition")


@dataclass(frozen=True)
class Status:
    """The window of a scheme for somebody of whom nothing is known, on the day of the writer."""

    scheme: Scheme
    window: Window

    @property
    def edition(self) -> Edition | None:
        """The edition that answers."""
        return self.window.edition

    @property
    def last_day(self) -> float:
        """The last day one can surely or possibly apply; to sort by."""
        if self.edition is None:
            return float("inf")
        return float(self.window.next_intake or self.edition.closes.high)


def status_of(scheme: Scheme, writer: Writer) -> Status:
    """Where a scheme stands."""
    report = writer.catalogue.match({}, iso(writer.day), [scheme.id])
    return Status(scheme, report.decisions[0].window_found)


def status_text(status: Status, writer: Writer) -> str:
    """The state in bold, and what is known of the dates."""
    state = f"**{writer.put(STATES[status.window.state])}**"
    details = _details(status, writer)
    return f"{state}, {details}" if details else state


def _details(status: Status, writer: Writer) -> str:
    edition, window = status.edition, status.window
    if edition is None:
        return writer.put(NO_EDITION)
    match window.state:
        case WindowState.OPEN:
            return _open(window, edition, writer)
        case WindowState.UPCOMING:
            return writer.put(OPENING, date=writer.say(span_text(edition.opens)))
        case WindowState.CLOSED:
            return _closed(edition, writer)
        case WindowState.UNKNOWN:
            return _unknown(window, edition, writer)


def _open(window: Window, edition: Edition, writer: Writer) -> str:
    if window.next_intake is not None:
        return writer.put(NEXT_INTAKE, date=writer.date(window.next_intake))
    if is_never(edition.closes):
        return writer.put(PERMANENT)
    low, high = edition.closes.low, edition.closes.high
    assert isinstance(low, int)
    return writer.put(UNTIL if low == high else AT_LEAST_UNTIL, date=writer.date(low))


def _closed(edition: Edition, writer: Writer) -> str:
    last = edition.intakes.known.get(ONLY, ()) if edition.intakes else ()
    if last and edition.closes.high >= writer.day:
        return writer.put(LAST_INTAKE, date=writer.date(last[-1]))
    known = edition.closes.low == edition.closes.high
    words = LAST_DAY if known else CLOSING
    return writer.put(words, date=writer.say(span_text(edition.closes)))


def _unknown(window: Window, edition: Edition, writer: Writer) -> str:
    parts = []
    if window.waits_for is not None:
        label = writer.name(writer.speaker.label(window.waits_for))
        parts.append(writer.put(DEPENDS, fact=label))
    elif edition.when is not None:
        parts.append(writer.put(RESTRICTED))
    if window.waits_for is not None and _is_day(edition.closes):
        parts.append(writer.put(NATIONAL, date=writer.say(span_text(edition.closes))))
    else:
        parts += _open_questions(edition, writer)
    return " ; ".join(parts) if writer.lang == "fr" else "; ".join(parts)


def _open_questions(edition: Edition, writer: Writer) -> list[str]:
    """The dates on which the answer hangs: those the day of the page lies within."""
    said = []
    if edition.opens.low <= writer.day < edition.opens.high or is_unpublished(edition.opens):
        said.append(writer.put(OPENING, date=writer.say(span_text(edition.opens))))
    if edition.closes.low < writer.day:
        said.append(writer.put(CLOSING, date=writer.say(span_text(edition.closes))))
    return said


def _is_day(span: Span) -> bool:
    return span.low == span.high and not is_never(span)
