"""How is a public file read, and a reference table written, so that nothing slips through?

Public files come as a folder, as the package that was downloaded (`.tgz`, `.zip`, `.whl`) or as
one file. Whatever is wrong in them is told with the file, the line, and what to do about it.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tarfile
import zipfile
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MAX_BYTES = 100_000_000
"""No public file read here comes near this size; a larger one is refused unread."""

_KEY = re.compile(r"[0-9A-Za-z][0-9A-Za-z:._-]*\Z")
_SPACES = re.compile(r"[ \t\r\n]+")
_DELIMITERS = ",;\t"

Columns = Mapping[str, tuple[str, ...]]
"""Our name of a column, and the names it may have in the public file (`x*`: begins with x)."""


class TableSourceError(ValueError):
    """A public file that cannot become a table: where, what is wrong and what to do about it."""

    def __init__(self, file: str, line: int, fr: str, en: str) -> None:
        super().__init__(file, line, fr, en)
        self.file, self.line, self.fr, self.en = file, line, fr, en

    def message(self, lang: str = "fr") -> str:
        """One sentence that begins with the file and the line (line 0 is the whole file)."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.en}" if lang == "en" else f"{where} : {self.fr}"

    def __str__(self) -> str:
        return self.message()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a public file: where it stands and its cells, by our column names."""

    file: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def error(self, fr: str, en: str) -> TableSourceError:
        """An error about this line."""
        return TableSourceError(self.file, self.line, fr, en)


# ----------------------------------------------------------------------------------- public files


def source_texts(source: Path, wanted: Callable[[str], bool]) -> dict[str, str]:
    """The text of each wanted file, by its path inside a folder, a package or the file itself."""
    if not source.exists():
        raise TableSourceError(
            str(source), 0, "fichier introuvable ; vérifiez le chemin", "not found; check the path"
        )
    try:
        return {name: decoded(name, data) for name, data in _members(source, wanted)}
    except (tarfile.TarError, zipfile.BadZipFile, OSError) as error:
        raise TableSourceError(
            source.name,
            0,
            f"illisible ({error}) ; téléchargez le fichier à nouveau",
            f"cannot be read ({error}); download the file again",
        ) from error


def one_text(source: Path, ending: str) -> tuple[str, str]:
    """Name and text of the one file whose inner path ends this way, or of the source itself."""
    if source.is_file() and not _is_package(source):
        return next(iter(source_texts(source, lambda _: True).items()))
    found = source_texts(source, lambda name: f"/{name}".endswith(f"/{ending}"))
    if len(found) != 1:
        raise TableSourceError(
            source.name,
            0,
            f"un seul fichier « {ending} » est attendu, {len(found)} trouvé(s) ; "
            "donnez le paquet tel qu'il a été téléchargé",
            f"exactly one file “{ending}” is expected, {len(found)} found; "
            "give the package as it was downloaded",
        )
    return next(iter(found.items()))


def _is_package(source: Path) -> bool:
    return source.is_file() and source.suffix in {".tgz", ".gz", ".zip", ".whl"}


def _members(source: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    if source.is_dir():
        yield from _in_folder(source, wanted)
    elif source.suffix in {".tgz", ".gz"}:
        yield from _in_tar(source, wanted)
    elif source.suffix in {".zip", ".whl"}:
        yield from _in_zip(source, wanted)
    elif wanted(source.name):
        yield source.name, _small(source.name, source.stat().st_size, source.read_bytes)


def _in_folder(source: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(source.rglob("*")):
        name = path.relative_to(source).as_posix()
        if wanted(name) and path.is_file():
            yield name, _small(name, path.stat().st_size, path.read_bytes)


def _in_tar(source: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(source) as archive:
        for member in archive:
            content = archive.extractfile(member) if wanted(member.name) else None
            if content is not None:
                yield member.name, _small(member.name, member.size, content.read)


def _in_zip(source: Path, wanted: Callable[[str], bool]) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(source) as archive:
        for info in archive.infolist():
            if wanted(info.filename) and not info.is_dir():
                with archive.open(info) as content:
                    yield info.filename, _small(info.filename, info.file_size, content.read)


def _small(name: str, size: int, read: Callable[[], bytes]) -> bytes:
    if size > MAX_BYTES:
        raise TableSourceError(
            name,
            0,
            f"fichier trop gros ({size} octets) ; est-ce le bon ?",
            f"file too large ({size} bytes); is it the right one?",
        )
    return read()


def decoded(name: str, data: bytes) -> str:
    """The text of a file in UTF-8, with or without a byte order mark."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableSourceError(
            name,
            data.count(b"\n", 0, error.start) + 1,
            "ce n'est pas de l'UTF-8 ; enregistrez le fichier en « CSV UTF-8 »",
            "this is not UTF-8; save the file as “CSV UTF-8”",
        ) from error


def tidy(text: str) -> str:
    """A cell without the stray spaces and line breaks that public files have."""
    return _SPACES.sub(" ", text).strip()


def json_records(name: str, text: str) -> list[dict[str, Any]]:
    """The records of a JSON list."""
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise TableSourceError(
            name,
            getattr(error, "lineno", 0),
            "JSON mal formé ; téléchargez le fichier à nouveau",
            "malformed JSON; download the file again",
        ) from error
    if not isinstance(data, list) or not all(isinstance(item, dict) for item in data):
        raise TableSourceError(
            name,
            0,
            "une liste d'objets JSON est attendue ; est-ce le bon fichier ?",
            "a list of JSON objects is expected; is it the right file?",
        )
    return data


# -------------------------------------------------------------------------------------------- CSV


def csv_rows(name: str, text: str, columns: Columns, optional: Columns | None = None) -> list[Row]:
    """The rows of a CSV text (comma, semicolon or tab), by our names of the columns."""
    lines = _csv_lines(name, text)
    header = next(lines, (1, []))[1]
    places = _places(name, header, columns)
    places |= {ours: at for ours, at in _found(header, optional or {}).items() if at is not None}
    rows = []
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            rows.append(_row(name, line, cells, places))
    return rows


def _csv_lines(name: str, text: str) -> Iterator[tuple[int, list[str]]]:
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise TableSourceError(
            name,
            reader.line_num,
            f"CSV mal formé ({error}) ; vérifiez les guillemets",
            f"malformed CSV ({error}); check the quotes",
        ) from error


def _places(name: str, header: Sequence[str], columns: Columns) -> dict[str, int]:
    found = _found(header, columns)
    missing = [columns[ours][0] for ours, at in found.items() if at is None]
    if missing:
        raise TableSourceError(
            name,
            1,
            f"colonne(s) absente(s) : {', '.join(missing)} ; lues : {', '.join(header)}",
            f"missing column(s): {', '.join(missing)}; read: {', '.join(header)}",
        )
    return {ours: at for ours, at in found.items() if at is not None}


def _found(header: Sequence[str], columns: Columns) -> dict[str, int | None]:
    names = [title.strip().lower() for title in header]
    return {
        ours: next((at for at, title in enumerate(names) if _named(title, theirs)), None)
        for ours, theirs in columns.items()
    }


def _named(title: str, theirs: tuple[str, ...]) -> bool:
    return any(
        title.startswith(name[:-1]) if name.endswith("*") else title == name for name in theirs
    )


def _row(name: str, line: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    if len(cells) <= max(places.values()):
        raise TableSourceError(
            name,
            line,
            f"{len(cells)} cellule(s), il en manque ; complétez la ligne",
            f"{len(cells)} cell(s), some are missing; complete the line",
        )
    return Row(name, line, {ours: tidy(cells[at]) for ours, at in places.items()})


# --------------------------------------------------------------------------------- our own tables


def table_rows(reference: Path, table: str) -> list[Row]:
    """The rows of one of our tables; an error tells which one to rebuild first."""
    path = reference / f"{table}.csv"
    if not path.is_file():
        raise TableSourceError(
            path.name,
            0,
            "cette table manque ; reconstruisez-la d'abord (voir docs/reference-tables.md)",
            "this table is missing; rebuild it first (see docs/reference-tables.md)",
        )
    text = decoded(path.name, path.read_bytes())
    header = text.split("\n", 1)[0].split(",")
    return csv_rows(path.name, text, {column: (column,) for column in header})


def earlier_rows(reference: Path, table: str) -> list[Row]:
    """The rows of one of our tables as it stands, none if there is no such table yet."""
    return table_rows(reference, table) if (reference / f"{table}.csv").is_file() else []


def table_text(
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    choices: Container[str] = (),
) -> str:
    """The text of a table: sorted on its key, one row a key, quotes only where CSV needs them.

    Only the columns named in `choices` may hold `|`, which means “one of these”.
    """
    ordered = sorted(rows, key=lambda row: row[0])
    _check_keys(table, [row[0] for row in ordered])
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in ordered:
        _check_cells(table, row[0], dict(zip(columns, row, strict=True)), choices)
        writer.writerow(row)
    return out.getvalue()


def choice(values: Iterable[str]) -> str:
    """A cell that means “one of these”."""
    return "|".join(sorted(set(values)))


def _check_keys(table: str, keys: Sequence[str]) -> None:
    for before, key in zip(("", *keys), keys, strict=False):
        if not _KEY.match(key):
            raise TableSourceError(
                f"{table}.csv",
                0,
                f"clé illisible : « {key} » ; corrigez-la dans le fichier d'origine",
                f"unreadable key: “{key}”; correct it in the public file",
            )
        if key == before:
            raise TableSourceError(
                f"{table}.csv",
                0,
                f"deux lignes pour la clé « {key} » ; n'en gardez qu'une dans le fichier d'origine",
                f"two rows for the key “{key}”; keep one in the public file",
            )


def _check_cells(table: str, key: str, cells: Mapping[str, str], choices: Container[str]) -> None:
    for column, cell in cells.items():
        if "\n" in cell or "\r" in cell or ("|" in cell and column not in choices):
            raise TableSourceError(
                f"{table}.csv",
                0,
                f"retour à la ligne ou « | » dans « {column} », clé « {key} » ; "
                "retirez-le du fichier d'origine",
                f"line break or “|” in “{column}”, key “{key}”; remove it from the public file",
            )
