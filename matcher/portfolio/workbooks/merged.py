"""Which cells of a sheet are merged, and how is their value given to all of them?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from matcher.portfolio.workbooks.errors import WorkbookError
from matcher.portfolio.workbooks.limits import Limits
from matcher.portfolio.workbooks.places import cell_place
from matcher.portfolio.workbooks.sheet import Row
from matcher.portfolio.workbooks.xml_text import MAIN, fed, guarded

_WIDE = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


@dataclass(frozen=True, slots=True, order=True)
class Merged:
    """A rectangle of merged cells: rows from 1, columns from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


def merged_in(chunks: Iterable[bytes], part: str, limits: Limits) -> tuple[Merged, ...]:
    """The merged ranges of a sheet, from the top.

    They are written after the rows, so that the whole sheet has to be gone through. Expat does it
    without calling us until the word `mergeCell` comes up, ten times as fast as reading the rows.
    """
    found: list[Merged] = []
    parser = guarded(part)

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        if local == "mergeCell" and namespace in MAIN:
            found.append(_range(attributes.get("ref", ""), part))
            if len(found) > limits.merged:
                raise WorkbookError("too_many_merged", parts={"limit": str(limits.merged)})

    def watched() -> Iterator[bytes]:
        before = b""
        for chunk in chunks:
            # In UTF-16 the word looks different: then listen from the start.
            if b"mergeCell" in before + chunk or (not before and chunk.startswith(_WIDE)):
                parser.StartElementHandler = start
            before = chunk[-16:]
            yield chunk

    for _ in fed(parser, watched(), part):
        pass
    return tuple(sorted(found))


def _range(reference: str, part: str) -> Merged:
    first, _, last = reference.partition(":")
    begin, end = cell_place(first), cell_place(last or first)
    if begin is None or end is None:
        raise WorkbookError("damaged", parts={"part": f"{part}, {reference[:30]}"})
    return Merged(
        min(begin[0], end[0]), min(begin[1], end[1]), max(begin[0], end[0]), max(begin[1], end[1])
    )


def filled(rows: Iterable[Row], ranges: Iterable[Merged], limits: Limits) -> Iterator[Row]:
    """The rows, with the value of merged cells in each of them; no row is added."""
    waiting = sorted(ranges, reverse=True)
    active: list[tuple[Merged, str]] = []
    budget = limits.filled_cells
    for row in rows:
        active = [(area, text) for area, text in active if area.last_row >= row.number]
        cells = list(row.cells)
        while waiting and waiting[-1].first_row <= row.number:
            area = waiting.pop()
            text = _text(row, area)
            if text is not None:
                active.append((area, text))
        for area, text in active:
            budget -= _fill(cells, area, text, limits.columns)
        if budget < 0:
            limit = str(limits.filled_cells)
            raise WorkbookError("too_many_merged", place=str(row.number), parts={"limit": limit})
        yield row if len(active) == 0 else replace(row, cells=tuple(cells))


def _text(row: Row, area: Merged) -> str | None:
    """The value of a range, that its first cell holds; None if that row or cell is empty."""
    if row.number != area.first_row or area.first_column >= len(row.cells):
        return None
    return row.cells[area.first_column]


def _fill(cells: list[str | None], area: Merged, text: str, columns: int) -> int:
    """Write the value in the cells of this row that are empty; how many were looked at."""
    end = min(area.last_column + 1, columns)
    if end > len(cells):
        cells.extend([None] * (end - len(cells)))
    for column in range(area.first_column, end):
        if cells[column] is None:
            cells[column] = text
    return end - area.first_column
