"""Which reference tables does a folder hold, and are they what their descriptions say?"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from matcher.facts.check_table import check_rows
from matcher.facts.shapes import TableShape
from matcher.facts.tables import Table, Tables
from matcher.language.diagnostics import Diagnostics, nearest
from matcher.language.shape import shaped
from matcher.language.yaml_text import Document


def read_tables(documents: Iterable[Document], folder: Path, found: Diagnostics) -> Tables:
    """The tables of some descriptions; mistakes are recorded in `found`."""
    tables: dict[str, Table] = {}
    described: dict[str, Document] = {}
    for document in documents:
        shape = shaped(document, TableShape, found)
        if shape is None:
            continue
        path = folder / f"{shape.table}.csv"
        if shape.table in tables:
            found.add("T03", document.place(("table",)), table=shape.table)
        if not path.is_file():
            found.add("T01", document.place(("table",)), table=shape.table)
            continue
        shown = Path(document.file).with_name(path.name).as_posix()
        check_rows(shape, path, shown, found)
        tables[shape.table] = table_of(shape, path)
        described[shape.table] = document
    _check_aliases(tables, described, found)
    return tables


def _check_aliases(tables: Tables, described: dict[str, Document], found: Diagnostics) -> None:
    for name, table in tables.items():
        if table.aliases is not None and table.aliases not in tables:
            place = described[name].value_place(("aliases",))
            near = nearest(table.aliases, tables)
            found.add("C06", place, suggestion=near, name=table.aliases)


def table_of(shape: TableShape, path: Path) -> Table:
    """The table described by a shape, whose rows are in a file."""
    return Table(
        name=shape.table,
        title=shape.title.text(),
        source=shape.source.title,
        vintage=shape.vintage,
        complete=shape.complete,
        columns=shape.columns,
        aliases=shape.aliases,
        path=path,
    )
