"""Where does each record of a CSV text begin and end, quotes that run over lines included?

A quote that is never closed does not swallow the rest of the file: its line alone is lost.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain

import polars as pl

MOST_LINES = 1_000
MOST_BYTES = 1_000_000
BLOCK = 8_000_000
QUOTE = b'"'


@dataclass(frozen=True, slots=True)
class Record:
    """The lines of one record; `open` where a quote is never closed."""

    line: int
    lines: tuple[bytes, ...]
    open: bool = False


class _Feed:
    """Gives lines to a CSV reader one by one, and keeps those it took.

    A reader asks for another line only within quotes: when there is none left to give
    (`exhausted`), the quote is never closed.
    """

    def __init__(self, first: bytes, source: LineSource) -> None:
        self.taken = [first]
        self._source = source
        self._given = False
        self.exhausted = False

    def __iter__(self) -> Iterator[str]:
        yield self.taken[0].decode("latin-1")
        while len(self.taken) < MOST_LINES and sum(map(len, self.taken)) < MOST_BYTES:
            line = self._source.next()
            if line is None:
                break
            self.taken.append(line)
            yield line.decode("latin-1")
        self.exhausted = True


class LineSource:
    """Lines, some of which may be given back."""

    def __init__(self, lines: Iterator[bytes]) -> None:
        self._lines = lines
        self._back: list[bytes] = []

    def next(self) -> bytes | None:
        """The next line, None at the end."""
        return self._back.pop() if self._back else next(self._lines, None)

    def give_back(self, lines: list[bytes]) -> None:
        """Put lines back, to be read again in the same order."""
        self._back.extend(reversed(lines))


def records(lines: Iterator[bytes], delimiter: str, first: int = 1) -> Iterator[Record]:
    """The records of some lines, which are numbered from `first`."""
    source, number = LineSource(lines), first
    while (line := source.next()) is not None:
        record = next_record(line, number, source, delimiter)
        yield record
        number += len(record.lines)


def next_record(line: bytes, number: int, source: LineSource, delimiter: str) -> Record:
    """The record that begins with a line, and takes more lines from `source` where it must."""
    if QUOTE not in line:
        return Record(number, (line,))
    feed = _Feed(line, source)
    try:
        next(csv.reader(iter(feed), delimiter=delimiter), None)
    except csv.Error:
        source.give_back(feed.taken[1:])
        return Record(number, (line,), open=True)
    if feed.exhausted:
        source.give_back(feed.taken[1:])
        return Record(number, (line,), open=True)
    return Record(number, tuple(feed.taken))


def record_sizes(lines: Iterator[bytes], delimiter: str) -> Iterator[tuple[int, int]]:
    """How many bytes and lines each record takes; quicker than `records` where quotes are plain."""
    held: list[bytes] = []
    while block := _block(lines):
        waiting = [*held, *block]
        if not has_regular_quotes(b"".join(waiting), delimiter, whole=False):
            yield from _slow_sizes(chain(waiting, lines), delimiter)
            return
        held = yield from _even_sizes(waiting)
        if len(held) > MOST_LINES or sum(map(len, held)) > MOST_BYTES:
            yield from _slow_sizes(chain(held, lines), delimiter)
            return
    yield from _slow_sizes(iter(held), delimiter)


def _block(lines: Iterator[bytes]) -> list[bytes]:
    """Some lines, a few megabytes."""
    taken: list[bytes] = []
    size = 0
    for line in lines:
        taken.append(line)
        size += len(line)
        if size >= BLOCK:
            break
    return taken


def _even_sizes(lines: list[bytes]) -> Generator[tuple[int, int], None, list[bytes]]:
    """The sizes of records that end where quotes are even; the lines of an unfinished one."""
    size = first = 0
    within = False
    for index, line in enumerate(lines):
        size += len(line)
        if QUOTE in line and line.count(QUOTE) % 2:
            within = not within
        if not within:
            yield size, index + 1 - first
            size, first = 0, index + 1
    return lines[first:]


def _slow_sizes(lines: Iterator[bytes], delimiter: str) -> Iterator[tuple[int, int]]:
    for record in records(lines, delimiter):
        yield sum(map(len, record.lines)), len(record.lines)


def has_regular_quotes(text: bytes, delimiter: str, *, whole: bool = True) -> bool:
    """Whether each quote opens, closes or is doubled in a quoted cell: readers then agree.

    The last cell of a text that is not `whole` may go on.
    """
    if QUOTE not in text:
        return True
    if whole and text.count(QUOTE) % 2:
        return False
    sign = re.escape(delimiter)
    irregular = (
        rf"(?:\A|[{sign}\n])[^\"{sign}\r\n]+\"",
        rf"[^\"{sign}\n]\"[^\"{sign}\r\n]",
        rf"(?:\A|[{sign}\n])\"\"[^\"{sign}\r\n]",
        r"\r[^\n]",
    )
    # Polars searches much faster than `re`, and without ever going back.
    return not pl.Series([text.decode("latin-1")]).str.contains("|".join(irregular))[0]


def cells_of(text: str, delimiter: str) -> list[str]:
    """The cells of one record."""
    bare = text.rstrip("\r\n")
    if '"' not in bare:
        return bare.split(delimiter)
    try:
        return next(csv.reader([bare], delimiter=delimiter), [])
    except csv.Error:
        return bare.split(delimiter)
