"""Which editions and sources have grown old on a date?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.formats import date_text
from matcher.authoring.lints.subject import Subject
from matcher.catalogue.model import Edition, Scheme
from matcher.language.diagnostics import Diagnostic, diagnostic
from matcher.language.reading import day_of
from matcher.language.yaml_text import Document, Path_
from matcher.meaning.spans import add_months

MONTHS_A_READING_LASTS = 12


def expired(subject: Subject) -> Iterator[Diagnostic]:
    """W10: the last edition has closed, no scheme replaces this one, and nobody looked since.

    A scheme that is over for good is no mistake: reading its source again after it closed, and
    dating that reading (`read_on`), says that somebody looked for a successor and found none.
    """
    replaced = {id_ for s in subject.content.schemes.values() for id_ in s.relations.replaces}
    for scheme in subject.schemes:
        last = _last_closed(scheme, subject.day)
        if last is not None and scheme.id not in replaced and not _read_since(scheme, last):
            place = subject.part(scheme, last.id, "closes")
            date = date_text(int(last.closes.high))
            yield diagnostic("W10", place, name=scheme.id, edition=last.id, date=date)


def _last_closed(scheme: Scheme, day: int) -> Edition | None:
    """The edition that closed last, if all of them have surely closed."""
    if not scheme.editions or any(edition.closes.high >= day for edition in scheme.editions):
        return None
    return max(scheme.editions, key=lambda edition: edition.closes.high)


def _read_since(scheme: Scheme, edition: Edition) -> bool:
    """Whether a source was read after an edition closed."""
    days = [day_of(source.read_on) for source in scheme.sources.values()]
    return any(day is not None and day > edition.closes.high for day in days)


def old_sources(subject: Subject) -> Iterator[Diagnostic]:
    """W11: sources read more than a year before, unless the scheme is known to be over."""
    over = {scheme.file for scheme in subject.schemes if _over(scheme, subject.day)}
    for file, document in subject.documents.items():
        for read_on, paths in _readings(document).items() if file not in over else ():
            day = day_of(read_on)
            if day is not None and add_months(day, MONTHS_A_READING_LASTS) < subject.day:
                place = document.place((*paths[0], "read_on"))
                names = ", ".join(_name(document, path) for path in paths)
                yield diagnostic("W11", place, name=names, date=date_text(day))


def _over(scheme: Scheme, day: int) -> bool:
    last = _last_closed(scheme, day)
    return last is not None and _read_since(scheme, last)


def _readings(document: Document) -> dict[str, list[Path_]]:
    """The sources of a file (under `sources`, or the `source` of a table) by their `read_on`."""
    found: dict[str, list[Path_]] = {}
    for id_, source in document.data.get("sources", {}).items():
        found.setdefault(source["read_on"], []).append(("sources", id_))
    if isinstance(document.data.get("source"), dict):
        found.setdefault(document.data["source"]["read_on"], []).append(("source",))
    return found


def _name(document: Document, path: Path_) -> str:
    return str(document.data["table"] if path == ("source",) else path[-1])
