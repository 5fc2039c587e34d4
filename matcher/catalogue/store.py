"""How is a checked catalogue kept, so that it need not be read again from its texts?

The wheel ships the compiled form beside the texts; elsewhere it is kept in the user's cache folder.
Both are keyed by the digest of the texts and by the version of the program, and are only ever a
copy: when anything differs, the texts are read again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from matcher.catalogue.codec import decoded, encoded
from matcher.catalogue.content import Content
from matcher.catalogue.layout import Layout, digest_of
from matcher.catalogue.locate import COMPILED, RULES
from matcher.facts.tables import Table
from matcher.language.text import Text

MOST_COPIES = 8
_PARTS = ("vocabulary", "roles", "authorities", "derivations", "derived_unknowns", "schemes")
_TABLE = ("name", "title", "source", "vintage", "complete", "columns", "aliases")


def loaded(layout: Layout) -> Content:
    """The catalogue of a layout, from its compiled form when that is up to date.

    Raises `RuleError` with every mistake found in the texts.
    """
    digest = digest_of(layout)
    for path in _kept(layout, digest):
        content = _read(path, layout, digest)
        if content is not None:
            return content
    content = _from_texts(layout)
    _keep(content, _cache_path(digest))
    return content


def _from_texts(layout: Layout) -> Content:
    """The catalogue read from its texts; what reads them is slow to import."""
    from matcher.catalogue.load import load_content

    return load_content(layout)[0]


def write_compiled(rules: Path, profiles: Path, out: Path) -> None:
    """Write the compiled form of a catalogue; raises `RuleError` if it has mistakes."""
    content = _from_texts(Layout(rules, profiles / "facts", shown_from=rules.parent))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(compiled_text(content), encoding="utf-8")


def compiled_text(content: Content) -> str:
    """The compiled form of a catalogue, as JSON text."""
    data = {part: encoded(getattr(content, part)) for part in _PARTS}
    data["tables"] = [
        {name: encoded(getattr(table, name)) for name in _TABLE}
        for table in content.tables.values()
    ]
    cases = json.dumps(encoded(dict(content.cases)), ensure_ascii=False)
    whole = {"program": program(), "digest": content.digest, "content": data, "cases": cases}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def program() -> str:
    """Identifies the code that reads catalogues: another program compiles again."""
    folder = Path(__file__).resolve().parent.parent
    whole = hashlib.sha256()
    for name in ("language", "facts", "catalogue"):
        for path in sorted((folder / name).glob("*.py")):
            whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


# ---------------------------------------------------------------------------------- the kept copy
def _kept(layout: Layout, digest: str) -> list[Path]:
    shipped = [COMPILED] if layout.rules == RULES and layout.schemes is None else []
    cached = _cache_path(digest)
    return [*shipped, *([cached] if cached else [])]


def _cache_path(digest: str) -> Path | None:
    """Where the copy is kept; None for somebody who has no home."""
    try:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    except RuntimeError:
        return None
    return Path(base) / "aides-matcher" / f"{digest}-{program()}.json"


def _read(path: Path, layout: Layout, digest: str) -> Content | None:
    try:
        whole = json.loads(path.read_bytes())
        if whole["digest"] != digest or whole["program"] != program():
            return None
        return _content(whole, layout)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _content(whole: dict[str, Any], layout: Layout) -> Content:
    parts = {part: decoded(whole["content"][part]) for part in _PARTS}
    folder = layout.rules / "reference"
    tables = [_table(data, folder) for data in whole["content"]["tables"]]
    return Content(
        tables={table.name: table for table in tables},
        read_cases=lambda: decoded(json.loads(whole["cases"])),
        digest=whole["digest"],
        **parts,
    )


def _table(data: dict[str, Any], folder: Path) -> Table:
    values = {name: decoded(data[name]) for name in _TABLE}
    assert isinstance(values["title"], Text)
    return Table(path=folder / f"{values['name']}.csv", **values)


def _keep(content: Content, path: Path | None) -> None:
    """Keep a copy for the next time; where that is not possible the texts will be read again."""
    if path is None:
        return
    with contextlib.suppress(OSError, ValueError):
        path.parent.mkdir(parents=True, exist_ok=True)
        _written_whole(path, compiled_text(content))
        _without_old_copies(path.parent)


def _written_whole(path: Path, text: str) -> None:
    """Write a file that is there whole or not at all."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=".", delete=False
    ) as file:
        made = Path(file.name)
    try:
        made.write_text(text, encoding="utf-8")
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def _without_old_copies(folder: Path) -> None:
    copies = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in copies[MOST_COPIES:]:
        path.unlink(missing_ok=True)
