"""Which facts, names and sources are declared and never used?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from matcher.authoring.lints.spots import scheme_spots
from matcher.authoring.lints.subject import Subject
from matcher.catalogue.content import Content
from matcher.language.diagnostics import Diagnostic, diagnostic
from matcher.language.text import Text
from matcher.language.walk import facts_of
from matcher.language.yaml_text import Document

KINDS = {
    "sets": Text("ensemble", "set"),
    "parameters": Text("paramètre", "parameter"),
    "unknowns": Text("inconnue", "unknown"),
    "define": Text("définition", "definition"),
}
EXPRESSIONS = frozenset(
    {"test", "when", "only_when", "grants", "value", "then", "amount", "ceiling", "floor", "rate"}
)
NEVER_READ = frozenset({"cases", "notes", "accepts", "equivalent_mutants", "sources", "apply"})
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.]*")
_INSERTED = re.compile(r"\{(\w+)\}")


# -------------------------------------------------------------------------------------------- facts
def unused_facts(subject: Subject) -> Iterator[Diagnostic]:
    """W07: a fact that no scheme and no computation reads, and that identifies nothing."""
    read = set(_facts_read(subject.content))
    for document in subject.documents.values():
        for key in _mapping(document, "facts"):
            if key not in read and not subject.content.vocabulary[key].check:
                yield diagnostic("W07", document.place(("facts", key)), name=key)


def _facts_read(content: Content) -> Iterator[str]:
    for scheme in content.schemes.values():
        for spot in scheme_spots(scheme):
            yield from facts_of(spot.tree)
        for edition in scheme.editions:
            if edition.intakes and edition.intakes.by:
                yield edition.intakes.by
    for unknown in content.unknowns.values():
        if unknown.by:
            yield unknown.by
    for derivation in content.derivations.values():
        for tree in derivation.trees:
            yield from facts_of(tree)


# -------------------------------------------------------------------------------------------- names
def unused_names(subject: Subject) -> Iterator[Diagnostic]:
    """W08: a set, parameter, unknown or definition that no expression and no statement names."""
    used = {name: _names_used(document) for name, document in subject.documents.items()}
    for file, document in subject.documents.items():
        shared = _is_sets_file(document)
        near = set().union(*used.values()) if shared else used[file]
        for key, kind in KINDS.items():
            for name in _mapping(document, key):
                if name not in near:
                    place = document.place((key, name))
                    yield diagnostic("W08", place, name=name, kind=kind)


def _is_sets_file(document: Document) -> bool:
    """Whether the names of a file serve all the others."""
    return not {"criteria", "derived", "facts", "table"} & set(document.data)


def _names_used(document: Document) -> set[str]:
    """The names that a file uses; a definition counts for what it names only if it is used."""
    data = dict(document.data) if isinstance(document.data, dict) else {}
    definitions = data.pop("define", {})
    names = set(_names(data, ()))
    waiting = list(names & set(definitions))
    seen = set(waiting)
    while waiting:
        more = set(_names(definitions[waiting.pop()], ()))
        names |= more
        waiting.extend((more & set(definitions)) - seen)
        seen |= more & set(definitions)
    return names


def _names(data: Any, path: tuple[str, ...]) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if path or key not in NEVER_READ:
                yield from _names(value, (*path, key))
    elif isinstance(data, list):
        for value in data:
            yield from _names(value, path)
    elif isinstance(data, str):
        if path[-1] in EXPRESSIONS or path[-2:] == ("first", "otherwise"):
            yield from _NAME.findall(_QUOTED.sub("", data))
        elif path[-1] in ("fr", "en"):
            yield from _INSERTED.findall(data)


# ------------------------------------------------------------------------------------------ sources
def unused_sources(subject: Subject) -> Iterator[Diagnostic]:
    """W09: a source that nothing in its file rests on."""
    for document in subject.documents.values():
        declared = _mapping(document, "sources")
        cited = set(_cited(document.data)) if declared else set()
        for id_ in declared:
            if id_ not in cited:
                yield diagnostic("W09", document.place(("sources", id_)), name=id_)


def _cited(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in ("source", "basis"):
                yield from [value] if isinstance(value, str) else map(str, value)
            else:
                yield from _cited(value)
    elif isinstance(data, list):
        for value in data:
            yield from _cited(value)


def _mapping(document: Document, key: str) -> dict[str, Any]:
    found = document.data.get(key, {}) if isinstance(document.data, dict) else {}
    return found if isinstance(found, dict) else {}
