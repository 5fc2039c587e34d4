"""Are the rows of a reference table what its description says?"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from matcher.facts.shapes import TableShape
from matcher.facts.tables import SEVERAL
from matcher.language.diagnostics import Diagnostics, Place
from matcher.language.text import Text

MOST_TOLD = 20
MAX_TABLE_BYTES = 20_000_000
NOT_UTF8 = Text("le fichier n'est pas en UTF-8", "the file is not UTF-8")
TOO_LARGE = Text("le fichier dépasse 20 Mo", "the file is larger than 20 MB")
OPEN_QUOTE = Text("un guillemet n'est pas fermé sur sa ligne", "a quote is left open")
HEADER = Text("l'en-tête doit être « {wanted} »", "the header must be “{wanted}”")
CELLS = Text(
    "la ligne a {got} cellules au lieu de {wanted}", "the row has {got} cells, not {wanted}"
)
ORDER = Text(
    "la clé « {key} » est en double ou n'est pas dans l'ordre",
    "the key “{key}” is doubled or out of order",
)
CELL = Text("« {cell} » ne convient pas à la colonne {column}", "“{cell}” does not suit {column}")


def check_rows(shape: TableShape, path: Path, shown: str, found: Diagnostics) -> None:
    """Record the rows that do not follow the description of the table (code T02)."""
    for index, (line, problem) in enumerate(_problems(shape, path)):
        if index == MOST_TOLD:
            return
        found.add("T02", Place(shown, line), table=shape.table, problem=problem)


def _problems(shape: TableShape, path: Path) -> Iterator[tuple[int, Text]]:
    if path.stat().st_size > MAX_TABLE_BYTES:
        yield 1, TOO_LARGE
        return
    try:
        rows = list(csv.reader(path.read_bytes().decode("utf-8").splitlines(keepends=True)))
    except UnicodeDecodeError:
        yield 1, NOT_UTF8
        return
    except csv.Error:
        yield 1, OPEN_QUOTE
        return
    wanted = [shape.key, *shape.columns]
    if not rows or rows[0] != wanted:
        yield 1, _filled(HEADER, wanted=",".join(wanted))
        return
    yield from _row_problems(shape, rows[1:])


def _row_problems(shape: TableShape, rows: list[list[str]]) -> Iterator[tuple[int, Text]]:
    before = ""
    kinds = list(shape.columns.items())
    for line, row in enumerate(rows, start=2):
        if len(row) != len(kinds) + 1:
            yield line, _filled(CELLS, got=str(len(row)), wanted=str(len(kinds) + 1))
            continue
        if row[0] <= before:
            yield line, _filled(ORDER, key=row[0])
        before = row[0]
        if any("\n" in cell for cell in row):
            yield line, OPEN_QUOTE
            return
        for (column, kind), cell in zip(kinds, row[1:], strict=True):
            if kind in ("integer", "boolean") and not _suits(cell, kind):
                yield line, _filled(CELL, cell=cell, column=column)


def _suits(cell: str, kind: str) -> bool:
    parts = cell.split(SEVERAL) if cell else []
    if kind == "integer":
        return all(part.removeprefix("-").isdecimal() for part in parts)
    return all(part in ("true", "false") for part in parts)


def _filled(text: Text, **values: str) -> Text:
    return text.filled({name: Text(value, value) for name, value in values.items()})
