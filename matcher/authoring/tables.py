"""How is a reference table rebuilt from the public file it comes from?

`rebuilt_tables` computes the new texts and touches nothing; `write_tables` puts them in place.
docs/reference-tables.md says where each public file is found and what to check afterwards.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from matcher.authoring.tables_activities import activity_tables
from matcher.authoring.tables_files import TableSourceError
from matcher.authoring.tables_geography import geography_tables
from matcher.authoring.tables_programmes import frr_tables, territory_tables

__all__ = ["KINDS", "TableSourceError", "rebuilt_tables", "write_tables"]

KINDS: Mapping[str, Callable[[Path, Path], dict[str, str]]] = {
    "geography": geography_tables,
    "ti-2018": partial(territory_tables, "2018"),
    "ti-2023": partial(territory_tables, "2023"),
    "naf": partial(activity_tables, "naf"),
    "naf-2025": partial(activity_tables, "naf_2025"),
    "frr-2025": frr_tables,
}
"""What can be rebuilt; the AFR zones have no public file and are kept by hand."""


def rebuilt_tables(kind: str, source: Path, reference: Path) -> dict[str, str]:
    """The text of each table of a kind, by file name, rebuilt from a public file.

    `source` is the package, folder or file as it was downloaded; `reference` is the folder of our
    tables, read for what the public file takes for granted (old codes, members of the EPCIs).
    Raises `TableSourceError`.
    """
    if kind not in KINDS:
        known = ", ".join(KINDS)
        raise TableSourceError(
            kind, 0, f"table inconnue ; connues : {known}", f"unknown table; known: {known}"
        )
    return KINDS[kind](source, reference)


def write_tables(tables: Mapping[str, str], reference: Path) -> list[Path]:
    """Write the tables that changed, each in one step, and tell which ones did."""
    changed = []
    for name, text in sorted(tables.items()):
        path, data = reference / name, text.encode("utf-8")
        if not path.is_file() or path.read_bytes() != data:
            _replace(path, data)
            changed.append(path)
    return changed


def _replace(path: Path, data: bytes) -> None:
    """Put a file in place whole, so that an interruption never leaves half of one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
