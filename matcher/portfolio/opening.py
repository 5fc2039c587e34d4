"""Which format is a file in, whatever its name says?"""

from __future__ import annotations

from matcher.language.text import Text
from matcher.portfolio.encodings import NOT_TEXT_FIX
from matcher.portfolio.errors import SourceError
from matcher.portfolio.header_rows import Known
from matcher.portfolio.inputs import Input
from matcher.portfolio.locations import Location

MAGIC = 8
_REFUSED = {
    b"%PDF": Text("c'est un PDF", "this is a PDF"),
    b"\x1f\x8b": Text("c'est un fichier compressé (gzip)", "this is a compressed file (gzip)"),
}
NO_FILE = Text("ce fichier n'existe pas ou ne peut être lu", "this file is missing or unreadable")
NO_FILE_FIX = Text("Vérifiez le chemin et les droits d'accès.", "Check the path and its rights.")
JSON_ENDINGS = frozenset({".jsonl", ".ndjson", ".json"})


def open_input(path: Location, known: Known, sheet: str | None = None) -> Input:
    """An input in the format that its first bytes tell; raises `MatcherError`."""
    try:
        return _opened(path, known, sheet)
    except OSError:
        raise SourceError(NO_FILE, NO_FILE_FIX, file=path.name) from None


def _opened(path: Location, known: Known, sheet: str | None) -> Input:
    if path.is_dir():
        from matcher.portfolio.parquet_files import open_parquet

        return open_parquet(path)
    with path.open("rb") as stream:
        first = stream.read(MAGIC)
    for magic, what in _REFUSED.items():
        if first.startswith(magic):
            raise SourceError(what, NOT_TEXT_FIX, file=path.name)
    return _by_magic(path, first, known, sheet)


def _by_magic(path: Location, first: bytes, known: Known, sheet: str | None) -> Input:
    if first.startswith(b"PAR1"):
        from matcher.portfolio.parquet_files import open_parquet

        return open_parquet(path)
    if first.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        from matcher.portfolio.excel_files import open_excel

        return open_excel(path, known, sheet)
    if path.suffix.lower() in JSON_ENDINGS or first.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        from matcher.portfolio.json_lines import open_json_lines

        return open_json_lines(path)
    from matcher.portfolio.text_files import open_text

    return open_text(path, known)
