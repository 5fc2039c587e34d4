"""Which files make a catalogue, and what is their digest?"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

MAX_FILES = 10_000
MOST_READ = 20_000_001


@dataclass(frozen=True)
class Layout:
    """Where the files of a catalogue are.

    `schemes` lists the scheme files; `others` are ids of schemes that exist elsewhere and that
    relations may name. Messages show paths from `shown_from`, or as they were given.
    """

    def shown(self, path: Path) -> str:
        """A file's name as messages show it."""
        if self.shown_from is not None and path.is_relative_to(self.shown_from):
            return path.relative_to(self.shown_from).as_posix()
        return str(path)

    rules: Path
    facts: Path
    schemes: tuple[Path, ...] | None = None
    others: frozenset[str] = frozenset()
    shown_from: Path | None = None

    def scheme_files(self) -> list[Path]:
        """The scheme files, in the order of their names."""
        listed = self.schemes
        return files_in(self.rules / "schemes") if listed is None else sorted(listed)

    def texts(self) -> list[Path]:
        """Every file whose text is part of the catalogue, in order."""
        folders = [self.rules / name for name in ("derived", "sets", "reference")]
        below = [path for folder in (self.facts, *folders) for path in files_in(folder)]
        tables = sorted((self.rules / "reference").glob("*.csv"))
        return [*below, *tables, *self.scheme_files()]


def files_in(folder: Path) -> list[Path]:
    """The YAML files of a folder, in the order of their names."""
    return sorted(p for p in folder.glob("*.yaml") if not p.name.startswith("."))[:MAX_FILES]


def digest_of(layout: Layout) -> str:
    """A digest of every text of the catalogue; it does not depend on where the files are."""
    whole = hashlib.sha256()
    for path in layout.texts():
        whole.update(path.parent.name.encode() + b"/" + path.name.encode() + b"\0")
        whole.update(_file_digest(path))
    return whole.hexdigest()[:16]


def _file_digest(path: Path) -> bytes:
    """The digest of a file, or a word that says it cannot be read."""
    if not path.is_file():
        return b"no file"
    try:
        with path.open("rb") as stream:
            return hashlib.sha256(stream.read(MOST_READ)).digest()
    except OSError:
        return b"unreadable"
