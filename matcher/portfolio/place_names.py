"""Which place does a cell mean that says a name and a code: "Roanne (42)", "42300 Roanne"?

The code only chooses between the places of that name: with none that agrees, nothing is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from matcher.facts.tables import SEVERAL, Table, Tables
from matcher.portfolio.shapes import NarrowShape

_AFTER = re.compile(r"(?P<name>\D*[^\W\d])[\s(,/-]+(?P<code>\d{5}|\d{2,3}|2[abAB])\s*\)?\Z")
_BEFORE = re.compile(r"(?P<code>\d{5})[\s,/-]+(?P<name>[^\W\d]\D*)\Z")
_QUARTER = re.compile(
    r"(?P<name>\D*[^\W\d])\s+0?(?P<number>\d{1,2})(?:er?|[eè]me)?\Z", re.IGNORECASE
)


def name_and_code(text: str) -> tuple[str, str] | None:
    """The two halves of a cell, or None."""
    found = _AFTER.match(text) or _BEFORE.match(text)
    return (found["name"].strip(), found["code"].upper()) if found else None


def quarter_of(text: str) -> str | None:
    """The name in the tables of "Lyon 3e" or "Paris 12"."""
    found = _QUARTER.match(text)
    if found is None:
        return None
    number = int(found["number"])
    return f"{found['name']} {number}{'er' if number == 1 else 'e'} arrondissement"


def named_by(
    keys: Iterable[str], code: str, helpers: Sequence[NarrowShape], table: Table, tables: Tables
) -> tuple[str, ...]:
    """The places whose code, or that of something that holds them, is this one."""
    return tuple(
        key
        for key in keys
        if key == code or any(_holds(code, key, helper, table, tables) for helper in helpers)
    )


def _holds(code: str, key: str, helper: NarrowShape, table: Table, tables: Tables) -> bool:
    """Whether a code is that of a place which holds the place of a key, for sure."""
    other = tables.get(helper.table) if helper.table is not None else None
    if helper.table is not None:
        row = other.row(code) if other is not None else None
        return row is not None and key in row[helper.column].split(SEVERAL)
    row = table.row(key)
    return row is not None and code in row[helper.column].split(SEVERAL)
