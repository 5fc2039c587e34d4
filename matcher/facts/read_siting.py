"""Does a place of the vocabulary say correctly where else it could be?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.facts.shapes import ElsewhereShape
from matcher.facts.tables import Tables
from matcher.facts.vocabulary import FactDeclaration, Near, Siting, Vocabulary
from matcher.language.diagnostics import Diagnostics, nearest
from matcher.language.yaml_text import Document, Path_

Named = tuple[str, Path_, str, tuple[str, ...]]


def siting_of(shape: ElsewhereShape) -> Siting:
    """What `elsewhere:` says."""
    unless = shape.unless
    return Siting(
        near=tuple(Near(near.column, near.codes, near.states.text()) for near in shape.near),
        unless=None if unless is None else (unless.fact, frozenset(unless.values)),
        forgets=tuple(shape.forgets),
    )


def check_sitings(
    sited: Mapping[str, Document], facts: Vocabulary, tables: Tables, found: Diagnostics
) -> None:
    """Record what is wrong with each `elsewhere:`: more than one, no codes, unknown names."""
    for index, (key, document) in enumerate(sited.items()):
        fact, path = facts[key], ("facts", key, "elsewhere")
        if fact.codes not in tables or index:
            found.add("V07", document.place(path), key=key)
            continue
        for code, more, name, known in _named(fact, facts, tables):
            if name not in known:
                place = document.value_place((*path, *more))
                near = nearest(name, known)
                found.add(code, place, suggestion=near, key=key, name=name, value=name)


def _named(fact: FactDeclaration, facts: Vocabulary, tables: Tables) -> Iterator[Named]:
    """Each name that an `elsewhere:` holds: code of the mistake, where it is, and what exists."""
    siting = fact.elsewhere
    assert siting is not None
    for index, near in enumerate(siting.near):
        columns = tuple(tables[fact.codes or ""].columns)
        yield "C07", ("near", index, "column"), near.column, columns
        yield "C06", ("near", index, "codes"), near.codes, tuple(tables)
    for index, key in enumerate(siting.forgets):
        yield "E04", ("forgets", index), key, tuple(facts)
    if siting.unless is not None:
        key, values = siting.unless
        yield "E04", ("unless", "fact"), key, tuple(facts)
        choices = tuple(choice for choice, _ in facts[key].choices) if key in facts else ()
        for value in sorted(values) if key in facts else ():
            yield "E07", ("unless", "values"), value, choices
