"""What are the rows of a CSV file, whatever its delimiter, encoding and titles?"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import BinaryIO

import polars as pl

from matcher.portfolio import problems
from matcher.portfolio.encodings import UTF8, encoding_of, plain_bytes, without_mark
from matcher.portfolio.header_rows import MOST_ROWS, Known, find_header
from matcher.portfolio.inputs import (
    PART_ROWS,
    SAMPLE_ROWS,
    Detected,
    header_of,
    without_blanks,
)
from matcher.portfolio.locations import Location
from matcher.portfolio.parts import LINE, Part, Raw, Reject
from matcher.portfolio.records import (
    QUOTE,
    Record,
    cells_of,
    has_regular_quotes,
    record_sizes,
    records,
)

DELIMITERS = (";", ",", "\t", "|")
PART_BYTES = 32_000_000
LONGEST_LINE = 4_000_000
SMALL = 64_000_000


@dataclass(frozen=True)
class TextFile:
    """A CSV file: how it is written, where its rows begin."""

    path: Location
    detected: Detected
    names: tuple[str, ...]
    start: int
    line: int
    canonical: bool = False
    data: bytes | None = field(default=None, repr=False)

    @property
    def _delimiter(self) -> str:
        return self.detected.delimiter or ","

    @property
    def _encoding(self) -> str:
        """The encoding of the bytes that are read: UTF-16 was rewritten."""
        found = self.detected.encoding or UTF8
        return UTF8 if found == "utf-16" else found

    def _open(self) -> BinaryIO:
        return self.path.open("rb") if self.data is None else io.BytesIO(self.data)

    # --------------------------------------------------------------------------------------- parts
    def parts(self) -> Iterator[Part]:
        """Ranges of bytes that end with a record, of at most 200 000 rows or 32 MB."""
        start, line = self.start, self.line
        end, number, count, index = start, line, 0, 0
        with self._open() as stream:
            stream.seek(start)
            for size, lines in record_sizes(_lines(stream), self._delimiter):
                end, number, count = end + size, number + lines, count + 1
                if count == PART_ROWS or end - start >= PART_BYTES:
                    yield Part(f"{index:05d}", self.path.name, start, end, line)
                    start, line, count, index = end, number, 0, index + 1
        if end > start or index == 0:
            yield Part(f"{index:05d}", self.path.name, start, end, line)

    def total(self) -> int | None:
        """How many lines hold something, for a file that is quickly counted."""
        size = len(self.data) if self.data is not None else self.path.stat().st_size
        return self._counted if size <= SMALL else None

    @cached_property
    def _counted(self) -> int:
        blank = set(f'{self._delimiter} \t\r\n"'.encode())
        with self._open() as stream:
            stream.seek(self.start)
            found = records(_lines(stream), self._delimiter)
            return sum(1 for r in found if any(byte not in blank for byte in b"".join(r.lines)))

    def raw(self, part: Part, wanted: Sequence[int]) -> Raw:
        """The cells of a part."""
        with self._open() as stream:
            stream.seek(part.start)
            whole = stream.read(part.end - part.start)
        frame = self._at_once(whole, part.line)
        rejects: list[Reject] = []
        if frame is None:
            frame = self._one_by_one(whole, part.line, rejects)
        names = [str(index) for index in range(len(self.names))]
        kept, blank = without_blanks(frame, names)
        return Raw(kept.select(LINE, *(str(index) for index in wanted)), tuple(rejects), blank)

    def sample(self) -> pl.DataFrame:
        """The first rows."""
        with self._open() as stream:
            stream.seek(self.start)
            first = islice(records(_lines(stream), self._delimiter, self.line), SAMPLE_ROWS)
            whole = b"".join(line for record in first for line in record.lines)
        return self._one_by_one(whole, self.line, [])

    # --------------------------------------------------------------------------------- two readers
    def _at_once(self, whole: bytes, line: int) -> pl.DataFrame | None:
        """A part read by Polars; None where a line needs to be looked at."""
        quoted = QUOTE in whole
        if quoted and not has_regular_quotes(whole, self._delimiter):
            return None
        try:
            text = whole.decode(self._encoding).replace("\r\n", "\n")
            count = text.count("\n") + (not text.endswith("\n") and bool(text))
            if not count or "\r" in text:
                return None
            frame = pl.read_csv(
                io.BytesIO(text.encode()),
                has_header=False,
                separator=self._delimiter,
                quote_char='"' if quoted else None,
                schema={str(i): pl.String() for i in range(len(self.names))},
                infer_schema=False,
            )
        except (UnicodeDecodeError, pl.exceptions.PolarsError):
            return None
        if frame.height != count:
            return None
        if quoted:
            frame = frame.with_columns(pl.all().replace("", None))
        return frame.with_columns(pl.int_range(line, line + count, dtype=pl.Int64).alias(LINE))

    def _one_by_one(self, whole: bytes, line: int, rejects: list[Reject]) -> pl.DataFrame:
        """A part read record by record; those that cannot be are rejected."""
        lines: list[int] = []
        rows: list[list[str | None]] = []
        for record in records(_lines(io.BytesIO(whole)), self._delimiter, line):
            cells = self._cells(record)
            if isinstance(cells, Reject):
                rejects.append(cells)
            else:
                lines.append(record.line)
                rows.append(cells)
        columns = zip(*rows, strict=True) if rows else [()] * len(self.names)
        data = {
            str(i): pl.Series(str(i), list(column), dtype=pl.String)
            for i, column in enumerate(columns)
        }
        return pl.DataFrame({LINE: pl.Series(LINE, lines, dtype=pl.Int64), **data})

    def _cells(self, record: Record) -> list[str | None] | Reject:
        """The cells of a record, as many as there are headers."""
        kind = problems.line_of(len(record.lines[0]), problems.BYTES)
        if record.open:
            return Reject(record.line, problems.OPEN_QUOTE, kind)
        try:
            text = b"".join(record.lines).decode(self._encoding)
        except UnicodeDecodeError:
            return Reject(record.line, problems.UNDECODABLE, kind)
        cells = cells_of(text, self._delimiter)
        width = len(self.names)
        if any(cell.strip() for cell in cells[width:]):
            count = problems.line_of(len(cells), problems.CELLS)
            return Reject(record.line, problems.TOO_MANY_CELLS, count)
        padded: list[str | None] = [cell or None for cell in cells[:width]]
        return padded + [None] * (width - len(padded))


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream; one that is too long comes in several pieces."""
    while line := stream.readline(LONGEST_LINE):
        yield line


# -------------------------------------------------------------------------------- what it is like
def open_text(path: Location, known: Known) -> TextFile:
    """A CSV file; raises `SourceError` for what is not text, is empty or has no known header."""
    encoding = encoding_of(path)
    data = plain_bytes(path, encoding)
    with path.open("rb") if data is None else io.BytesIO(data) as stream:
        first = list(islice(_lines(stream), MOST_ROWS * 10))
    decoded = UTF8 if encoding == "utf-16" else encoding
    if first:
        marked = len(first[0])
        first[0] = without_mark(first[0])
        marked -= len(first[0])
    else:
        marked = 0
    told = first[0].strip().lower() if first else b""
    given = told[4:].decode("latin-1") if told.startswith(b"sep=") and len(told) == 5 else None
    skipped = 1 if given else 0
    delimiter = given or _delimiter(first, decoded, known)
    found = list(islice(records(iter(first[skipped:]), delimiter, 1 + skipped), MOST_ROWS))
    rows = [_row(record, decoded, delimiter) for record in found]
    header, names = header_of(rows, known, path.name)
    before = found[: header.last + 1]
    sizes = sum(len(line) for record in before for line in record.lines)
    start = marked + sum(map(len, first[:skipped])) + sizes
    last = before[-1]
    detected = Detected("csv", encoding, delimiter, header_line=found[header.first].line)
    return TextFile(path, detected, names, start, last.line + len(last.lines), data=data)


def _row(record: Record, encoding: str, delimiter: str) -> list[str]:
    return cells_of(b"".join(record.lines).decode(encoding, errors="replace"), delimiter)


def _delimiter(first: list[bytes], encoding: str, known: Known) -> str:
    """The delimiter that gives most recognised headers, then most regular columns."""
    scores = {d: _score(first, encoding, d, known) for d in DELIMITERS}
    return max(DELIMITERS, key=lambda d: scores[d])


def _score(first: list[bytes], encoding: str, delimiter: str, known: Known) -> tuple[int, float]:
    found = islice(records(iter(first), delimiter), MOST_ROWS)
    rows = [_row(record, encoding, delimiter) for record in found]
    header = find_header(rows, known)
    widths = [len(row) for row in rows if any(cell.strip() for cell in row)]
    usual = max(set(widths), key=widths.count) if widths else 1
    regular = widths.count(usual) / len(widths) if widths and usual > 1 else 0.0
    return (header.recognised if header else 0), regular * usual
