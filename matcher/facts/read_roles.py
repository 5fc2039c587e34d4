"""Which facts of a vocabulary does the program itself need to know?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.facts.shapes import RolesShape, VocabularyShape
from matcher.facts.vocabulary import Roles, Vocabulary
from matcher.language.diagnostics import Diagnostics, nearest
from matcher.language.types import Kind
from matcher.language.yaml_text import Document, Path_

ROLES = "roles"


def read_roles(documents: Iterable[Document], facts: Vocabulary, found: Diagnostics) -> Roles:
    """The roles of some vocabulary files, which have their shape; mistakes go to `found`."""
    roles = Roles()
    declared = [document for document in documents if document.data.get(ROLES) is not None]
    for document in declared:
        shape = VocabularyShape.model_validate(document.data).roles or RolesShape()
        if document is not declared[0]:
            found.add("V08", document.place((ROLES,)), name=ROLES)
            continue
        roles = _sound(shape, set(_wrong(shape, document, facts, found)))
    return roles


def _sound(shape: RolesShape, wrong: set[str]) -> Roles:
    """The roles that can serve: a wrong one is told once, not again by each scheme."""
    return Roles(
        audience=None if shape.audience in wrong else shape.audience,
        public=None if shape.public in wrong else shape.public,
        asked_first=tuple(shape.asked_first),
        asked_first_of_territories=tuple(shape.asked_first_of_territories),
    )


def _wrong(
    shape: RolesShape, document: Document, facts: Vocabulary, found: Diagnostics
) -> Iterator[str]:
    """The facts that no role can have: unknown ones, and those of another type than it needs."""
    for path, key, wanted in _named(shape):
        fact, place = facts.get(key), document.value_place((ROLES, *path))
        if fact is None:
            found.add("E04", place, suggestion=nearest(key, facts), name=key)
            yield key
        elif fact.kind is not (wanted or fact.kind):
            found.add("V08", place, name=key)
            yield key


def _named(shape: RolesShape) -> Iterator[tuple[Path_, str, Kind | None]]:
    if shape.audience is not None:
        yield ("audience",), shape.audience, Kind.CHOICE
    if shape.public is not None:
        yield ("public",), shape.public, Kind.BOOLEAN
    for name in ("asked_first", "asked_first_of_territories"):
        for index, key in enumerate(getattr(shape, name)):
            yield (name, index), key, None
