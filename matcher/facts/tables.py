"""What does a reference table say of a key, without reading the whole table?

A table is CSV sorted on its first column; a row is found by searching the bytes of the file, which
is read the first time a profile needs it.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path

from matcher.facts.values import Known, Options, Span, hull, option, point
from matcher.language.text import Text
from matcher.language.tree import Lookup, Scalar

SEVERAL = "|"
MOST_KEPT = 10_000


@dataclass(frozen=True)
class Table:
    """One reference table: what is known about it, and where its rows are."""

    name: str
    title: Text
    source: str
    vintage: str
    complete: bool
    columns: Mapping[str, str]
    aliases: str | None
    path: Path

    @cached_property
    def _bytes(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def _header(self) -> list[str]:
        return next(csv.reader([self._bytes.split(b"\n", 1)[0].decode()]))

    def row(self, key: str) -> dict[str, str] | None:
        """The cells of the row of a key, or None when the table has no such row."""
        if key not in self._rows:
            if len(self._rows) >= MOST_KEPT:
                self._rows.clear()
            self._rows[key] = self._found_row(key)
        return self._rows[key]

    @cached_property
    def _rows(self) -> dict[str, dict[str, str] | None]:
        return {}

    def _found_row(self, key: str) -> dict[str, str] | None:
        if not key or not key.isprintable() or "," in key:
            return None
        line = self._line(key.encode())
        if line is None:
            return None
        return dict(zip(self._header, next(csv.reader([line.decode()])), strict=True))

    def _line(self, key: bytes) -> bytes | None:
        """The line of a key, by halves: a table is checked to be in order when it is read."""
        whole = self._bytes
        low, high = whole.find(b"\n") + 1, len(whole)
        while 0 < low < high:
            start = whole.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = whole.find(b"\n", start)
            line = whole[start : end if end >= 0 else None]
            found = line.split(b",", 1)[0]
            if found == key:
                return line
            if found < key:
                low = start + len(line) + 1
            else:
                high = start
        return None

    def keys(self) -> list[str]:
        """Every key, in order."""
        lines = self._bytes.decode().split("\n")[1:]
        return [line.split(",", 1)[0] for line in lines if line]

    def cell(self, key: str, column: str, absent: Scalar | None) -> Known | None:
        """What the cell of a key says; `absent` where a complete table lacks the key."""
        row = self.row(key)
        if row is None:
            return None if absent is None or not self.complete else _value(absent)
        return _cell(row[column], self.columns.get(column, "code"))

    def named(self, name: str) -> list[str]:
        """The keys of the rows with a name, whatever its case and accents."""
        return self._names.get(folded(name), [])

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        if "name" not in self.columns:
            return found
        for row in self.every_row():
            found.setdefault(folded(row["name"]), []).append(row[self.key])
        return found

    def sharing(self, column: str, cells: Iterable[str]) -> list[str]:
        """The keys of the rows that have one of some cells in a column, in order."""
        found = [key for cell in cells for key in self._by_cell(column).get(cell, ())]
        return sorted(set(found))

    def _by_cell(self, column: str) -> dict[str, list[str]]:
        """The keys by each value of a column; read once."""
        if column not in self._columns_read:
            at = self._header.index(column)
            by: dict[str, list[str]] = {}
            for cells in islice(csv.reader(self._bytes.decode().splitlines()), 1, None):
                for value in cells[at].split(SEVERAL):
                    by.setdefault(value, []).append(cells[0])
            self._columns_read[column] = by
        return self._columns_read[column]

    @cached_property
    def _columns_read(self) -> dict[str, dict[str, list[str]]]:
        return {}

    @property
    def key(self) -> str:
        """The name of the column of the keys."""
        return self._header[0]

    def every_row(self) -> Iterator[dict[str, str]]:
        """Every row, in order: slow, for a search only."""
        return csv.DictReader(self._bytes.decode().splitlines())


Tables = Mapping[str, Table]


def folded(name: str) -> str:
    """A name without case, accents, hyphens and apostrophes, for comparison."""
    bare = unicodedata.normalize("NFD", name.casefold())
    kept = (c if c.isalnum() else " " for c in bare if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def _cell(text: str, kind: str) -> Known | None:
    if not text:
        return None
    return hull([_value(_scalar(part, kind)) for part in text.split(SEVERAL)])


def _scalar(text: str, kind: str) -> Scalar:
    match kind:
        case "integer":
            return int(text)
        case "boolean":
            return text == "true"
        case _:
            return text


def _value(scalar: Scalar) -> Known:
    if isinstance(scalar, bool | str):
        return option(scalar)
    return point(scalar)


def found_cell(tables: Tables, lookup: Lookup, key: Known | None) -> Known | None:
    """What a lookup gives for what is known of its key: one of the cells of the possible keys."""
    match key:
        case Options(members):
            table = tables[lookup.table]
            cells = (
                table.cell(str(m), lookup.column, lookup.absent) for m in sorted(members, key=str)
            )
            return hull(cells)
        case Span(low, high) if low == high:
            return tables[lookup.table].cell(str(low), lookup.column, lookup.absent)
        case _:
            return None
