"""What do all the lints find, and what did the authors of the rules look into and accept?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matcher.authoring.lints.brackets import inside_brackets
from matcher.authoring.lints.dates import expired, old_sources
from matcher.authoring.lints.nomenclature import changing
from matcher.authoring.lints.possible import always_met, contradictory, never_met
from matcher.authoring.lints.repeated import implied, same_test
from matcher.authoring.lints.subject import Lint, Subject
from matcher.authoring.lints.untranslated import untranslated
from matcher.authoring.lints.unused import unused_facts, unused_names, unused_sources
from matcher.catalogue.content import Content
from matcher.catalogue.layout import Layout
from matcher.language.diagnostics import Diagnostic, Diagnostics, diagnostic
from matcher.language.yaml_text import Document

LINTS: tuple[Lint, ...] = (
    never_met,
    always_met,
    contradictory,
    implied,
    same_test,
    inside_brackets,
    unused_facts,
    unused_names,
    unused_sources,
    expired,
    old_sources,
    changing,
    untranslated,
)


@dataclass(frozen=True, slots=True)
class Findings:
    """The warnings, in the order of the files, and how many were accepted by an `accepts:` line."""

    warnings: tuple[Diagnostic, ...]
    accepted: int
    unfinished: tuple[str, ...] = ()
    """The schemes that are too long to be looked at to the end."""


def lint(content: Content, documents: Mapping[str, Document], layout: Layout, day: int) -> Findings:
    """What deserves a second look in the rules of a layout on a date (a day number)."""
    files = frozenset(_own(documents, layout))
    subject = Subject(content, documents, day, files)
    accepted = _accepted(subject)
    found = [d for look in LINTS for d in look(subject) if d.place.file in files]
    kept = [d for d in found if _key(d) not in accepted]
    told = Diagnostics()
    told.extend(kept)
    told.extend(_stale(subject, accepted, {_key(d) for d in found}))
    unfinished = tuple(scheme.id for scheme in subject.unfinished)
    return Findings(tuple(told), len(found) - len(kept), unfinished)


def _own(documents: Mapping[str, Document], layout: Layout) -> Iterator[str]:
    """The files to report on: those that were asked for, not those that come with the library."""
    if layout.schemes is not None:
        yield from map(layout.shown, layout.scheme_files())
        return
    beside = layout.facts.parent.parent == layout.rules.parent
    for file, document in documents.items():
        if beside or "facts" not in document.data:
            yield file


# -------------------------------------------------------------------------------- what was accepted
Key = tuple[str, str, str]
"""A file, the code of a warning, and the name of what it is about."""


def _accepted(subject: Subject) -> dict[Key, int]:
    """The accepted warnings, with their index in the list of their file."""
    return {
        (file, one["warning"], one["at"]): index
        for file in sorted(subject.files)
        for index, one in enumerate(subject.documents[file].data.get("accepts", ()))
    }


def _key(found: Diagnostic) -> Key:
    name = dict(found.parts).get("name", "")
    return found.place.file, found.code, str(name)


def _stale(subject: Subject, accepted: Mapping[Key, int], given: set[Key]) -> Iterator[Diagnostic]:
    """W14: an accepted warning that is no longer given."""
    unsure = {scheme.file for scheme in subject.unfinished}
    for (file, code, name), index in accepted.items():
        if (file, code, name) not in given and file not in unsure:
            place = subject.documents[file].place(("accepts", index))
            yield diagnostic("W14", place, name=name, warning=code)
