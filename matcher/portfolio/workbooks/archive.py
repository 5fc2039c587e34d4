"""Which bytes does a part of a workbook hold, however hostile its zip archive?

Parts are only ever looked up by name and read in pieces, in memory: nothing is written to disk, so
a name like `../../etc/passwd` leads nowhere.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from matcher.language.text import Text
from matcher.portfolio.object_stores import Stored
from matcher.portfolio.workbooks.errors import WorkbookError
from matcher.portfolio.workbooks.kinds import other_archive, refuse_other_kinds
from matcher.portfolio.workbooks.limits import CHUNK, MEBIBYTE, Limits

Source = str | os.PathLike[str] | Stored | BinaryIO

# All that `zipfile` and `zlib` may raise on a file that lies about itself.
_LIES = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    NotImplementedError,
    ValueError,
    OverflowError,
    IndexError,
)
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class _Bounded(io.BufferedIOBase):
    """A file of which no single read is large: `zipfile` reads the whole directory in one."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = most

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = self._most + 1 if size is None or size < 0 else size
        if wanted > self._most + 1:
            raise WorkbookError("too_many_parts", parts={"limit": str(self._most // 100)})
        found = self._file.read(wanted)
        if len(found) > self._most:
            raise WorkbookError("too_many_parts", parts={"limit": str(self._most // 100)})
        return found

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


class Archive:
    """The parts of an open workbook, by name, whatever the case of its letters."""

    def __init__(self, archive: zipfile.ZipFile, size: int, limits: Limits) -> None:
        self._archive = archive
        self._size = size
        self._limits = limits
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for entry in archive.infolist():
            name = part_name(entry.filename)
            if name in self._parts and not name.endswith("/"):
                raise _damaged(name)  # two parts of one name: which would another program read?
            self._parts[name] = entry
        if len(self._parts) > limits.entries:
            raise WorkbookError("too_many_parts", parts={"limit": str(limits.entries)})

    def __contains__(self, name: str) -> bool:
        return part_name(name) in self._parts

    def not_a_workbook(self) -> WorkbookError:
        """What this archive is, since it holds no workbook."""
        mimetype = b"".join(self.chunks("mimetype", 1000)) if "mimetype" in self else b""
        return other_archive(self._parts.keys(), mimetype)

    def chunks(self, name: str, most: int) -> Iterator[bytes]:
        """The content of a part in pieces, while it stays within its limits."""
        entry = self._parts.get(part_name(name))
        if entry is None or entry.compress_type not in _METHODS:
            raise _damaged(name)
        if entry.flag_bits & _ENCRYPTED:
            raise WorkbookError("password")
        # The declared size is believed only as far as the file is long.
        packed = max(1, min(entry.compress_size, self._size))
        with _told_as_damaged(name):
            part = self._archive.open(entry)
        size = 0
        with part:
            while chunk := _read(part, name):
                size += len(chunk)
                self._check(size, packed, most, name)
                yield chunk

    def _check(self, size: int, packed: int, most: int, name: str) -> None:
        if size > most:
            raise WorkbookError("too_large", parts={"limit": told_size(most), "part": name})
        if size > self._limits.free_bytes and size > packed * self._limits.ratio:
            parts = {"limit": str(self._limits.ratio), "part": name}
            raise WorkbookError("too_dense", parts=parts)


def _read(part: IO[bytes], name: str) -> bytes:
    with _told_as_damaged(name):
        return part.read(CHUNK)


def part_name(name: str) -> str:
    """The name of a part, as all programs understand it: case and slashes do not matter."""
    return name.replace("\\", "/").lstrip("/").casefold()


def told_size(size: int) -> Text:
    """A number of bytes, for people."""
    if size < MEBIBYTE:
        return Text(f"{size // 1024} Kio", f"{size // 1024} KiB")
    return Text(f"{size // MEBIBYTE} Mio", f"{size // MEBIBYTE} MiB")


def _damaged(part: str) -> WorkbookError:
    return WorkbookError("damaged", parts={"part": part[:100]})


@contextmanager
def _told_as_damaged(part: str) -> Iterator[None]:
    try:
        yield
    except _LIES as error:
        raise _damaged(part) from error


@contextmanager
def open_archive(source: Source, limits: Limits) -> Iterator[Archive]:
    """Open a workbook for reading; it is closed in every case, Ctrl-C included."""
    if isinstance(source, Stored):
        with _named(source.name), source.open("rb") as file, _opened(file, limits) as archive:
            yield archive
        return
    if not isinstance(source, str | os.PathLike):
        with _opened(source, limits) as archive:
            yield archive
        return
    path = Path(source)
    with _named(path.name):
        if path.name.startswith("~$"):
            raise WorkbookError("lock_file")
        with _open_file(path) as file, _opened(file, limits) as archive:
            yield archive


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Say in which file an error is."""
    try:
        yield
    except WorkbookError as error:
        error.file = error.file or name
        raise


def _open_file(path: Path) -> BinaryIO:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise WorkbookError("unreadable")
        return path.open("rb")
    except (OSError, ValueError) as error:
        raise WorkbookError("unreadable") from error


@contextmanager
def _opened(file: BinaryIO, limits: Limits) -> Iterator[Archive]:
    file.seek(0, io.SEEK_END)
    size = file.tell()
    if size > limits.file_bytes:
        raise WorkbookError("file_too_large", parts={"limit": told_size(limits.file_bytes)})
    refuse_other_kinds(file)
    bounded = _Bounded(file, limits.directory_bytes)
    with _told_as_damaged("zip"):
        zipped = zipfile.ZipFile(bounded)
    with zipped:
        yield Archive(zipped, size, limits)
