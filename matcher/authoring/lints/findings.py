"""In which editions of a scheme was the same thing found?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from matcher.authoring.lints.budget import TooLargeError
from matcher.authoring.lints.meaning import Meaning
from matcher.authoring.lints.subject import Subject
from matcher.catalogue.model import Scheme
from matcher.language.text import Text

Finding = TypeVar("Finding")
EVERYWHERE = Text("", "")


def by_edition(
    subject: Subject, find: Callable[[Meaning], Iterable[Finding]]
) -> Iterator[tuple[Scheme, Finding, Text]]:
    """What is found in the editions of each scheme, once, with the editions it was found in."""
    for scheme, meanings in subject.meanings:
        found: dict[Finding, list[str]] = {}
        for meaning in meanings:
            edition = meaning.plan.edition
            for one in _found(meaning, find):
                found.setdefault(one, []).append(edition.id if edition else "")
        for one, editions in found.items():
            yield scheme, one, _told(editions, max(1, len(scheme.editions)))


def _found(meaning: Meaning, find: Callable[[Meaning], Iterable[Finding]]) -> list[Finding]:
    found: dict[Finding, None] = {}
    with suppress(TooLargeError):
        for one in find(meaning):
            found[one] = None
    return list(found)


def _told(editions: list[str], all_of_them: int) -> Text:
    if len(editions) == all_of_them:
        return EVERYWHERE
    listed = ", ".join(editions)
    if len(editions) == 1:
        return Text(f" (édition {listed})", f" (edition {listed})")
    return Text(f" (éditions {listed})", f" (editions {listed})")


def quoted(names: Iterable[str]) -> Text:
    """Names between quotation marks, one after the other."""
    listed = list(names)
    fr, en = ", ".join(f"« {n} »" for n in listed), ", ".join(f"“{n}”" for n in listed)
    return Text(fr, en)
