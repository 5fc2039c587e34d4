"""How are many rows of a reference table found fast?

A single profile finds its few rows in the bytes of a file; a whole country asks for all of them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import fields
from functools import cached_property

from matcher.facts.tables import Table, Tables
from matcher.facts.values import Known
from matcher.language.tree import Scalar

Cell = tuple[str, str, Scalar | None]


class IndexedTable(Table):
    """A table all of whose rows are read at the first question; each answer is kept."""

    @cached_property
    def _index(self) -> Mapping[str, dict[str, str]]:
        lines = self.path.read_text(encoding="utf-8").splitlines()
        return {next(iter(row.values())): row for row in csv.DictReader(lines)}

    @cached_property
    def _cells(self) -> dict[Cell, Known | None]:
        return {}

    def row(self, key: str) -> dict[str, str] | None:
        """The cells of the row of a key, or None when the table has no such row."""
        return self._index.get(key)

    def cell(self, key: str, column: str, absent: Scalar | None) -> Known | None:
        """What the cell of a key says; `absent` where a complete table lacks the key."""
        asked = (key, column, absent)
        if asked not in self._cells:
            self._cells[asked] = super().cell(key, column, absent)
        return self._cells[asked]


def indexed(tables: Tables) -> Tables:
    """The same tables, for many questions."""
    return {
        name: _indexed(table) if type(table) is Table else table for name, table in tables.items()
    }


def _indexed(table: Table) -> Table:
    return IndexedTable(**{field.name: getattr(table, field.name) for field in fields(table)})
