"""In which encoding is a text file written, and is it text at all?"""

from __future__ import annotations

import codecs
from typing import BinaryIO

from matcher.language.text import Text
from matcher.portfolio.errors import SourceError
from matcher.portfolio.locations import Location

UTF8, WINDOWS = "utf-8", "windows-1252"
BLOCK = 1_000_000
MOST_LOOKED_AT = 256_000_000
MOST_REWRITTEN = 64_000_000
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))

NOT_TEXT = Text("ce fichier n'est pas un texte", "this file is not a text")
NOT_TEXT_FIX = Text(
    "Formats lus : CSV, Excel (.xlsx), Parquet, JSON lines, ou un dossier de fichiers Parquet.",
    "Formats read: CSV, Excel (.xlsx), Parquet, JSON lines, or a folder of Parquet files.",
)
TOO_LARGE = Text(
    "un fichier UTF-16 ou sans fins de ligne ordinaires ne peut dépasser 64 Mo",
    "a file in UTF-16 or without ordinary line ends may not exceed 64 MB",
)
TOO_LARGE_FIX = Text("Enregistrez-le en CSV UTF-8.", "Save it as CSV UTF-8.")


def encoding_of(path: Location) -> str:
    """`utf-8`, `windows-1252` or `utf-16`; raises `SourceError` for what is not text."""
    with path.open("rb") as stream:
        first = stream.read(BLOCK)
        if first.startswith(tuple(mark for mark, _ in _MARKS)):
            return "utf-16"
        if b"\0" in first:
            raise SourceError(NOT_TEXT, NOT_TEXT_FIX, file=path.name)
        damaged = _first_damage(first, stream)
    return UTF8 if damaged is None or _mostly_utf8(damaged) else WINDOWS


def _first_damage(first: bytes, stream: BinaryIO) -> bytes | None:
    """The first block that is not UTF-8, if there is one."""
    decoder = codecs.getincrementaldecoder(UTF8)()
    block, before, seen = first, first, 0
    while block and seen < MOST_LOOKED_AT:
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            return block
        seen += len(block)
        before, block = block, stream.read(BLOCK)
    pending, _ = decoder.getstate()
    return before if pending and not block else None


def _mostly_utf8(block: bytes) -> bool:
    """Whether a damaged text is UTF-8 all the same: more letters read well than badly."""
    text = block.decode(UTF8, errors="replace")
    damaged = text.count("\ufffd")
    return sum(1 for char in text if ord(char) > 127) - damaged > damaged


def plain_bytes(path: Location, encoding: str) -> bytes | None:
    """The whole file with ordinary line ends, where it cannot be read as it is; else None."""
    with path.open("rb") as stream:
        first = stream.read(BLOCK)
    old_ends = b"\r" in first and b"\n" not in first
    if encoding != "utf-16" and not old_ends:
        return None
    if path.stat().st_size > MOST_REWRITTEN:
        raise SourceError(TOO_LARGE, TOO_LARGE_FIX, file=path.name)
    whole = path.read_bytes()
    if encoding == "utf-16":
        whole = whole.decode("utf-16", errors="replace").encode()
    return whole.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in whole else whole


def without_mark(line: bytes) -> bytes:
    """A first line without its byte order mark."""
    return line.removeprefix(codecs.BOM_UTF8)
