"""What are the rows of a JSON lines file, one object a line?

Nested objects are columns with dots (`applicant.headcount`), as in a profile; values keep their
JSON form where they are ranges or lists. The keys of the first thousand lines are the columns.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import polars as pl

from matcher.language.text import Text
from matcher.portfolio import problems
from matcher.portfolio.errors import SourceError
from matcher.portfolio.header_rows import MOST_COLUMNS
from matcher.portfolio.inputs import (
    EMPTY,
    EMPTY_FIX,
    PART_ROWS,
    SAMPLE_ROWS,
    TOO_WIDE,
    Detected,
)
from matcher.portfolio.locations import Location
from matcher.portfolio.parts import LINE, MOST_LINES, Part, Raw, Reject, Warned
from matcher.portfolio.records import MOST_BYTES

PART_BYTES = 32_000_000
SMALL = 64_000_000
MOST_DEPTH = 8
FORMS = frozenset({"min", "max", "one_of"})
NEW_KEY = Text(
    "clé absente des 1 000 premières lignes, laissée de côté",
    "key missing from the first 1,000 lines, left out",
)
NO_OBJECT = Text("ce n'est pas un fichier JSON lines", "this is not a JSON lines file")
NO_OBJECT_FIX = Text(
    'Écrivez un objet par ligne : {"site.siret": "…", "applicant.headcount": 85}.',
    'Write one object a line: {"site.siret": "…", "applicant.headcount": 85}.',
)


@dataclass(frozen=True)
class JsonLines:
    """A JSON lines file."""

    path: Location
    names: tuple[str, ...]
    detected: Detected
    canonical: bool = True

    def total(self) -> int | None:
        """How many lines hold something, for a file that is quickly counted."""
        if self.path.stat().st_size > SMALL:
            return None
        with self.path.open("rb") as stream:
            return sum(1 for line in stream if line.strip())

    def parts(self) -> Iterator[Part]:
        """Ranges of lines."""
        start = end = index = count = 0
        first = number = 1
        with self.path.open("rb") as stream:
            while line := stream.readline(MOST_BYTES):
                end, count, number = end + len(line), count + 1, number + 1
                if count == PART_ROWS or end - start >= PART_BYTES:
                    yield Part(f"{index:05d}", self.path.name, start, end, first)
                    start, first, count, index = end, number, 0, index + 1
        if end > start or index == 0:
            yield Part(f"{index:05d}", self.path.name, start, end, first)

    def sample(self) -> pl.DataFrame:
        """The first rows."""
        with self.path.open("rb") as stream:
            whole = b"".join(islice(stream, SAMPLE_ROWS))
        return self._read(whole, 1, range(len(self.names))).frame

    def raw(self, part: Part, wanted: Sequence[int]) -> Raw:
        """The cells of a part."""
        with self.path.open("rb") as stream:
            stream.seek(part.start)
            whole = stream.read(part.end - part.start)
        return self._read(whole, part.line, wanted)

    def _read(self, whole: bytes, first: int, wanted: Sequence[int]) -> Raw:
        lines: list[int] = []
        rows: list[Mapping[str, str]] = []
        rejects: list[Reject] = []
        blank, known, strange = 0, set(self.names), list[int]()
        for number, line in enumerate(whole.split(b"\n")[: whole.count(b"\n") + 1], first):
            if not line.strip():
                blank += 1
                continue
            row = _object(line)
            if row is None:
                kind = problems.line_of(len(line), problems.BYTES)
                rejects.append(Reject(number, problems.NOT_AN_OBJECT, kind))
                continue
            strange += [number] if row.keys() - known else []
            lines.append(number)
            rows.append(row)
        data = {
            str(i): pl.Series(str(i), [row.get(self.names[i]) for row in rows], dtype=pl.String)
            for i in wanted
        }
        frame = pl.DataFrame({LINE: pl.Series(LINE, lines, dtype=pl.Int64), **data})
        told = (Warned("", NEW_KEY, len(strange), tuple(strange[:MOST_LINES])),) if strange else ()
        return Raw(frame, tuple(rejects), blank - whole.endswith(b"\n"), told)


def open_json_lines(path: Location) -> JsonLines:
    """A JSON lines file; raises `SourceError`."""
    names: dict[str, None] = {}
    lines = 0
    with path.open("rb") as stream:
        for line in islice(iter(lambda: stream.readline(MOST_BYTES), b""), SAMPLE_ROWS):
            lines += bool(line.strip())
            names.update(dict.fromkeys(_object(line) or {}))
    if not lines:
        raise SourceError(EMPTY, EMPTY_FIX, file=path.name)
    if not names:
        raise SourceError(NO_OBJECT, NO_OBJECT_FIX, file=path.name)
    if len(names) > MOST_COLUMNS:
        raise SourceError(TOO_WIDE, EMPTY_FIX, file=path.name)
    return JsonLines(path, tuple(names), Detected("json lines", "utf-8"))


def _object(line: bytes) -> dict[str, str] | None:
    """The cells of one line as texts, by dotted key; None for what is no object."""
    try:
        data = json.loads(line, parse_float=str, parse_int=str, parse_constant=_refused)
    except (ValueError, RecursionError):
        return None
    return dict(_cells(data, "", 0)) if isinstance(data, dict) else None


def _refused(_: str) -> None:
    """NaN and infinities are no numbers of JSON: nothing is known."""


def _cells(data: Mapping[str, object], prefix: str, depth: int) -> Iterator[tuple[str, str]]:
    for name, value in data.items():
        key = f"{prefix}{name}"
        match value:
            case None:
                continue
            case bool():
                yield key, "true" if value else "false"
            case str():
                yield key, value
            case dict() if not value.keys() <= FORMS and depth < MOST_DEPTH:
                yield from _cells(value, f"{key}.", depth + 1)
            case _:
                yield key, json.dumps(value, ensure_ascii=False)
