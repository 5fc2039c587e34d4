"""What does a YAML text say, and where in the file does each part stand?

A hardened reader on PyYAML's pure Python event stream: no anchors, aliases, tags or merge keys, no
duplicate keys, sizes and depths capped before anything is built, and no silent retyping.
"""

from __future__ import annotations

import errno
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from matcher.language.diagnostics import Diagnostics, Place, RuleError
from matcher.language.text import Text

MAX_BYTES = 1_000_000
MAX_DEPTH = 32
MAX_NODES = 50_000
MAX_SCALAR = 20_000
MAX_DIGITS = 30

Path_ = tuple[str | int, ...]

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+\Z")
_LOOKS_TYPED = re.compile(
    r"(?:[+-]?[0-9][0-9_]*(?:[.:eExXoObB-][0-9a-fA-F_.:T+-]*)?|[+-]?\.[0-9]+|[+-]?\.(?:inf|nan))\Z",
    re.IGNORECASE,
)
_WORDS = frozenset({"yes", "no", "on", "off", "y", "n", "true", "false", "null", "~"})
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data (dict, list, str, bool, int, Decimal, None) and the place of each part.

    `places` has the place of each key and list item under its path; the place of the value itself
    stands under the path followed by `"="`.
    """

    file: str
    data: Any
    places: dict[Path_, Place] = field(repr=False)

    def place(self, path: Path_) -> Place:
        """Where a part stands; the nearest enclosing part if it is not in the file."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Place(self.file, 1, 1))

    def text_place(self, path: Path_) -> Place:
        """Where the text of a value begins; without a column where it runs over several lines."""
        return self.places.get((*path, "text"), self.value_place(path))

    def value_place(self, path: Path_) -> Place:
        """Where the value of a key begins."""
        return self.places.get((*path, "="), self.place(path))


def read_yaml_file(path: Path, *, shown_as: str | None = None, strict: bool = True) -> Document:
    """The document in a file; raises `RuleError` when the file cannot be read as safe YAML."""
    name = shown_as or str(path)
    try:
        raw = _bytes_of(path)
    except OSError as error:
        reason = _WHY_UNREADABLE.get(error.errno or 0, _NOT_A_FILE)
        raise _refusal("Y01", Place(name), reason=reason) from None
    return read_yaml(raw, name, strict=strict)


_NOT_A_FILE = Text("ce n'est pas un fichier que l'on peut lire", "it is not a readable file")
_WHY_UNREADABLE = {
    errno.EACCES: Text("l'accès en est refusé", "access to it is refused"),
    errno.ENAMETOOLONG: Text("son nom est trop long", "its name is too long"),
}


def _bytes_of(path: Path) -> bytes:
    if "\0" in str(path) or not path.is_file():
        raise OSError(errno.ENOENT, "")
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def read_yaml(raw: bytes | str, file: str = "", *, strict: bool = True) -> Document:
    """The document in a text.

    With `strict` (rule files) plain scalars are typed and ambiguous ones refused. Without it
    (profiles) every scalar stays the text that was written, for the fact to read.
    """
    text = _decoded(raw, file)
    reader = _Reader(file, strict)
    try:
        data = reader.document(text)
    except yaml.YAMLError as error:
        raise _syntax_refusal(error, file) from None
    reader.found.raise_errors()
    return Document(file, data, reader.places)


def _decoded(raw: bytes | str, file: str) -> str:
    if len(raw) > MAX_BYTES:
        raise _refusal("Y02", Place(file), limit=f"{MAX_BYTES // 1000} ko")
    if isinstance(raw, str):
        return raw
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refusal("Y03", Place(file, line, 1), byte=f"0x{raw[error.start]:02x}") from None


def _refusal(code: str, place: Place, **parts: object) -> RuleError:
    found = Diagnostics()
    found.add(code, place, suggestion=None, **parts)
    return RuleError(tuple(found))


def _syntax_refusal(error: yaml.YAMLError, file: str) -> RuleError:
    mark = getattr(error, "problem_mark", None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "?"
    return _refusal("Y04", place, problem=problem)


class _Reader:
    """Builds plain data from the event stream of one document, noting places on the way."""

    def __init__(self, file: str, strict: bool) -> None:
        self.file = file
        self.strict = strict
        self.places: dict[Path_, Place] = {}
        self.found = Diagnostics()
        self._nodes = 0

    def document(self, text: str) -> Any:
        events = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        data: Any = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._stop("Y09", event)
                data = self._node(next(events), events, (), 1)
        if documents == 0 or data is None:
            raise _refusal("Y10", Place(self.file))
        return data

    def _node(
        self, event: yaml.Event, events: Iterator[yaml.Event], path: Path_, depth: int
    ) -> Any:
        self._guard(event, depth)
        self.places[(*path, "=")] = self._place(event)
        match event:
            case yaml.ScalarEvent():
                self.places[(*path, "text")] = self._text_place(event)
                return self._scalar(event)
            case yaml.SequenceStartEvent():
                return self._list(events, path, depth)
            case _:
                return self._mapping(events, path, depth)

    def _guard(self, event: yaml.Event, depth: int) -> None:
        self._nodes += 1
        if depth > MAX_DEPTH:
            raise self._stop("Y05", event, limit=MAX_DEPTH)
        if self._nodes > MAX_NODES:
            raise self._stop("Y06", event, limit=MAX_NODES)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise self._stop("Y07", event)
        tag = getattr(event, "tag", None)
        if tag is not None and tag != "!":
            raise self._stop("Y08", event, tag=tag)

    def _list(self, events: Iterator[yaml.Event], path: Path_, depth: int) -> list[Any]:
        items: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            here = (*path, len(items))
            self.places[here] = self._place(event)
            items.append(self._node(event, events, here, depth + 1))
        return items

    def _mapping(self, events: Iterator[yaml.Event], path: Path_, depth: int) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._key(event, depth)
            here = (*path, key)
            if key in data:
                first = self.places[here]
                self.found.add("Y11", self._place(event), key=key, line=first.line)
            self.places.setdefault(here, self._place(event))
            data[key] = self._node(next(events), events, here, depth + 1)
        return data

    def _key(self, event: yaml.Event, depth: int) -> str:
        self._guard(event, depth)
        if not isinstance(event, yaml.ScalarEvent):
            raise self._stop("Y12", event)
        if event.value == "<<" and event.style is None:
            raise self._stop("Y07", event)
        return unicodedata.normalize("NFC", event.value)

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        text = unicodedata.normalize("NFC", event.value)
        if len(text) > MAX_SCALAR:
            raise self._stop("Y13", event, limit=MAX_SCALAR)
        if event.style is not None:
            return text
        if text in _NULLS:
            return self._null(event)
        return self._typed(text, event) if self.strict else text

    def _null(self, event: yaml.ScalarEvent) -> None:
        if self.strict:
            self.found.add("Y14", self._place(event))

    def _typed(self, text: str, event: yaml.ScalarEvent) -> Any:
        if text in ("true", "false"):
            return text == "true"
        if len(text) > MAX_DIGITS and _LOOKS_TYPED.match(text):
            raise self._stop("Y13", event, limit=MAX_DIGITS)
        if _INTEGER.match(text):
            return int(text)
        if _DECIMAL.match(text):
            return Decimal(text)
        if _LOOKS_TYPED.match(text) or text.lower() in _WORDS:
            self.found.add("Y15", self._place(event), text=text)
        return text

    def _text_place(self, event: yaml.ScalarEvent) -> Place:
        place = self._place(event)
        if event.style in ("|", ">"):
            return Place(self.file, place.line + 1)
        if event.start_mark and event.end_mark and event.end_mark.line > event.start_mark.line:
            return Place(self.file, place.line)
        return place.shifted(1) if event.style else place

    def _place(self, event: yaml.Event) -> Place:
        mark = event.start_mark
        if mark is None:
            return Place(self.file)
        return Place(self.file, mark.line + 1, mark.column + 1)

    def _stop(self, code: str, event: yaml.Event, **parts: object) -> RuleError:
        return _refusal(code, self._place(event), **parts)
