"""What are the rows of the sheet of a workbook that looks like a list of clients?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

import polars as pl

from matcher.language.text import Text
from matcher.portfolio.errors import SourceError
from matcher.portfolio.header_rows import MOST_ROWS, Known, find_header, unique
from matcher.portfolio.inputs import (
    COLUMN,
    EMPTY,
    EMPTY_FIX,
    SAMPLE_ROWS,
    Detected,
    header_of,
    no_header,
)
from matcher.portfolio.locations import Location
from matcher.portfolio.parts import LINE, MOST_LINES, Part, Raw, Warned
from matcher.portfolio.workbooks import Row, WorkbookError, rows, sheet_names

PART_ROWS = 50_000
UNCOMPUTED = Text(
    "formule dont le résultat n'est pas enregistré : ouvrez et enregistrez le classeur",
    "formula whose result was not saved: open and save the workbook",
)
BEYOND = Text(
    "cellules à droite du tableau, laissées de côté", "cells to the right of the table, left out"
)


@dataclass
class _Place:
    """Where the last part ended, so that the next one need not begin at the top again.

    `whole` are all the rows of a sheet that is one part: it is read once.
    """

    next_row: int = 0
    rows: Iterator[Row] | None = None
    ahead: Row | None = None
    whole: list[Row] | None = None


@dataclass(frozen=True)
class ExcelSheet:
    """One sheet of a workbook."""

    path: Location
    names: tuple[str, ...]
    first: int
    detected: Detected
    canonical: bool = True
    _place: _Place = field(default_factory=_Place, repr=False, compare=False)

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_place": _Place()}

    def total(self) -> int | None:
        """Not known before the sheet is read."""
        return None

    def parts(self) -> Iterator[Part]:
        """Ranges of rows, found as the sheet is read."""
        start, index, last = self.first, 0, self.first
        some: list[Row] = []
        for row in self._place.whole or self._rows(self.first):
            if len(some) == PART_ROWS:
                yield self._part(index, start, row.number)
                start, index = row.number, index + 1
                some.clear()
            some.append(row)
            last = row.number + 1
        if index == 0:
            self._place.whole = some
        yield self._part(index, start, last)

    def _part(self, index: int, start: int, end: int) -> Part:
        return Part(f"{index:05d}", self.path.name, start, end, start)

    def sample(self) -> pl.DataFrame:
        """The first rows."""
        found = list(islice(self._rows(self.first), SAMPLE_ROWS))
        return self._raw(found, range(len(self.names))).frame

    def raw(self, part: Part, wanted: Sequence[int]) -> Raw:
        """The cells of a part; parts asked for in order are read in one pass."""
        place = self._place
        if place.whole is not None:
            return self._raw(place.whole, wanted)
        if place.rows is None or place.next_row != part.start:
            place.rows, place.ahead = self._rows(part.start), None
        taken = [place.ahead] if place.ahead is not None else []
        place.ahead = None
        for row in place.rows:
            if row.number >= part.end:
                place.ahead = row
                break
            taken.append(row)
        place.next_row = part.end
        return self._raw(taken, wanted)

    def _rows(self, start: int) -> Iterator[Row]:
        found = rows(self.path, self.detected.sheet)
        return (row for row in found if row.number >= start)

    def _raw(self, taken: Sequence[Row], wanted: Sequence[int]) -> Raw:
        kept = [row for row in taken if any(cell and cell.strip() for cell in row.cells)]
        data = {
            str(i): pl.Series(str(i), [_cell(row, i) for row in kept], dtype=pl.String)
            for i in wanted
        }
        lines = pl.Series(LINE, [row.number for row in kept], dtype=pl.Int64)
        frame = pl.DataFrame({LINE: lines, **data})
        told = (*self._uncomputed(kept), *self._beyond(kept))
        return Raw(frame, blank=len(taken) - len(kept), warnings=told)

    def _beyond(self, kept: Sequence[Row]) -> tuple[Warned, ...]:
        """The rows with cells to the right of the table, which are left out."""
        width = len(self.names)
        lines = [
            row.number
            for row in kept
            if row.left_out or any(cell and cell.strip() for cell in row.cells[width:])
        ]
        first = tuple(lines[:MOST_LINES])
        return (Warned("", BEYOND, len(lines), first),) if lines else ()

    def _uncomputed(self, kept: Sequence[Row]) -> tuple[Warned, ...]:
        """The formulas whose result was never saved, by column."""
        found: dict[int, list[int]] = {}
        for row in kept:
            for index in row.uncomputed:
                found.setdefault(index, []).append(row.number)
        return tuple(
            Warned(self.names[index], UNCOMPUTED, len(lines), tuple(lines[:MOST_LINES]))
            for index, lines in sorted(found.items())
            if index < len(self.names)
        )


def _cell(row: Row, index: int) -> str | None:
    return row.cells[index] if index < len(row.cells) else None


def open_excel(path: Location, known: Known, sheet: str | None = None) -> ExcelSheet:
    """The sheet of that name, or the one with most recognised headers; raises `MatcherError`."""
    names = sheet_names(path)
    asked = (sheet,) if sheet is not None else names
    found: list[tuple[int, str, list[Row]]] = []
    for name in asked:
        try:
            first = list(islice(rows(path, name), MOST_ROWS))
        except WorkbookError:
            if len(asked) == 1:
                raise
            continue
        header = find_header([row.cells for row in first], known)
        found.append((header.recognised if header else 0, name, first))
    if not any(first for _, _, first in found):
        raise SourceError(EMPTY, EMPTY_FIX, file=path.name)
    best = max(found, key=lambda one: one[0])
    if best[0] == 0:
        raise no_header(path.name)
    return _opened(path, best[1], best[2], known, tuple(n for n in names if n != best[1]))


def _opened(
    path: Location, sheet: str, first: list[Row], known: Known, others: tuple[str, ...]
) -> ExcelSheet:
    header, _ = header_of([row.cells for row in first], known, path.name)
    widest = max(len(row.cells) for row in first[header.last + 1 :] or first)
    names = unique((*header.names, *[""] * (widest - len(header.names))), COLUMN)
    line = first[header.first].number
    detected = Detected("excel", sheet=sheet, other_sheets=others, header_line=line)
    return ExcelSheet(path, names, first[header.last].number + 1, detected)
