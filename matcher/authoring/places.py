"""Where in a rule file does a part of a scheme stand?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matcher.authoring.changes import Spot
from matcher.language.diagnostics import Place
from matcher.language.yaml_text import Document, Path_


def place_of(document: Document | None, file: str, spot: Spot) -> Place:
    """The place of a part of a scheme file; its cases, for what another file declares."""
    if document is None:
        return Place(file)
    path = path_of(document.data, spot)
    found_here = len(path) > 1 or spot[:1] == ("criteria",)
    return document.place(path if found_here else ("cases",))


def path_of(data: Any, spot: Spot) -> Path_:
    """The path into a document of the part that a spot names, or of the nearest around it."""
    path: Path_ = ()
    for part in spot:
        found = _below(data, part)
        if found is None:
            break
        path = (*path, *found)
        data = _at(data, found)
    return path


def _below(data: Any, part: str) -> Path_ | None:
    """The way from a part of a document to a key of it, or to the item of an id within it."""
    if isinstance(data, dict) and part in data:
        return (part,)
    return next(_ways_to_id(data, part, ()), None)


def _ways_to_id(data: Any, id_: str, path: Path_) -> Iterator[Path_]:
    items: list[tuple[str | int, Any]] = []
    if isinstance(data, dict):
        if data.get("id") == id_:
            yield path
        items = list(data.items())
    elif isinstance(data, list):
        items = list(enumerate(data))
    for key, item in items:
        yield from _ways_to_id(item, id_, (*path, key))


def _at(data: Any, path: Path_) -> Any:
    for key in path:
        data = data[key]
    return data
