"""What is a file that calls itself a workbook?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import BinaryIO

from matcher.language.text import Text
from matcher.portfolio.workbooks.errors import WorkbookError

HEAD = 4096
_PIECE = 1 << 20

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1")
_PROTECTED = tuple(name.encode("utf-16-le") for name in ("EncryptedPackage", "DRMContent"))
_OTHERS = {
    b"%PDF": Text("PDF", "PDF"),
    b"PAR1": Text("Parquet", "Parquet"),
    b"\x89PNG": Text("image", "image"),
    b"\xff\xd8\xff": Text("image", "image"),
    b"{\\rtf": Text("texte RTF", "RTF text"),
    b"Rar!": Text("archive", "archive"),
    b"7z\xbc\xaf": Text("archive", "archive"),
    b"\x1f\x8b": Text("archive", "archive"),
}
_FOLDERS = {
    "word/": Text("Word", "Word"),
    "ppt/": Text("PowerPoint", "PowerPoint"),
    "visio/": Text("Visio", "Visio"),
}
_TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")


def refuse_other_kinds(file: BinaryIO) -> None:
    """Raise what the file is, with what to do, unless it begins as a zip archive does."""
    file.seek(0)
    head = file.read(HEAD)
    if not head.startswith(_ZIP):
        raise _what_it_is(head, file)


def _what_it_is(head: bytes, file: BinaryIO) -> WorkbookError:
    if not head:
        return WorkbookError("empty_file")
    if head.startswith(_COMPOUND):
        return WorkbookError("password" if _is_protected(file) else "old_excel")
    for magic, kind in _OTHERS.items():
        if head.startswith(magic):
            return WorkbookError("other_document", parts={"kind": kind})
    return WorkbookError(_kind_of_text(head))


def _is_protected(file: BinaryIO) -> bool:
    """Whether a compound file holds an encrypted package: the name of its stream tells."""
    return any(name in piece for piece in _pieces(file) for name in _PROTECTED)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    """The whole file in pieces that overlap, so that no name is cut in two."""
    file.seek(0)
    before = b""
    while piece := file.read(_PIECE):
        yield before + piece
        before = piece[-64:]


def _kind_of_text(head: bytes) -> str:
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\0" in head and not wide:
        return "not_a_workbook"
    text = head.decode("utf-16" if wide else "latin-1", "ignore").casefold()
    if "excel.sheet" in text or "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "xml_2003"
    if any(tag in text for tag in ("<html", "<!doctype html", "<table", "<meta")):
        return "html"
    return "not_a_workbook" if text.lstrip("\ufeff\xef\xbb\xbf \t\r\n").startswith("<") else "text"


def other_archive(names: Collection[str], mimetype: bytes) -> WorkbookError:
    """What a zip archive without a workbook is, by the names of its parts in lower case."""
    if mimetype.startswith(b"application/vnd.oasis.opendocument"):
        if b"spreadsheet" in mimetype:
            return WorkbookError("opendocument")
        return WorkbookError("other_document", parts={"kind": Text("LibreOffice", "LibreOffice")})
    if "xl/workbook.bin" in names:
        return WorkbookError("binary_excel")
    if "index.zip" in names or any(name.endswith(".iwa") for name in names):
        return WorkbookError("numbers")
    for folder, kind in _FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return WorkbookError("other_document", parts={"kind": kind})
    return WorkbookError("zipped" if any(n.endswith(_TABLES) for n in names) else "not_a_workbook")
