"""Which editions and sources have grown old on a date?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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

    A scheme that is over for good is no mistake: reading its source again, after it closed, and
    dating that reading (`read_on`) says that somebody looked for a successor and found none.
    """
    replaced = {id_ for s in subject.content.schemes.values() for id_ in s.relations.replaces}
    for scheme in subject.schemes:
        last = _last_closed(scheme, subject.day)
        if last is None or scheme.id in replaced:
            continue
        closed = int(last.closes.high)
        if max(_readings(scheme), default=0) <= closed:
            place = subject.part(scheme, last.id, "closes")
            parts = {"edition": last.id, "date": date_text(closed)}
            yield diagnostic("W10", place, name=scheme.id, **parts)


def _last_closed(scheme: Scheme, day: int) -> Edition | None:
    """The edition that closed last, if all of them have surely closed."""
    if not scheme.editions or any(edition.closes.high >= day for edition in scheme.editions):
        return None
    return max(scheme.editions, key=lambda edition: edition.closes.high)


def _readings(scheme: Scheme) -> Iterator[int]:
    for source in scheme.sources.values():
        day = day_of(source.read_on)
        if day is not None:
            yield day


def old_sources(subject: Subject) -> Iterator[Diagnostic]:
    """W11: a source that was read more than a year before."""
    for document in subject.documents.values():
        for path, read_on in _read_on(document.data, ()):
            day = day_of(read_on)
            if day is not None and add_months(day, MONTHS_A_READING_LASTS) < subject.day:
                place = document.place((*path, "read_on"))
                parts = {"name": _name(document, path), "date": date_text(day)}
                yield diagnostic("W11", place, **parts)


def _read_on(data: Any, path: Path_) -> Iterator[tuple[Path_, str]]:
    """The sources of a file: under `sources`, or the `source` of a table."""
    if not isinstance(data, dict):
        return
    for id_, source in (data.get("sources") or {}).items():
        yield (*path, "sources", id_), source["read_on"]
    if isinstance(data.get("source"), dict):
        yield (*path, "source"), data["source"]["read_on"]


def _name(document: Document, path: Path_) -> str:
    return str(document.data["table"] if path[-1] == "source" else path[-1])
