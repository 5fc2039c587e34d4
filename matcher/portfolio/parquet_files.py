"""What are the rows of a Parquet file, or of a folder of them?

Whole numbers, booleans, dates and categories stay what they are; other cells become the text that a
person would write, and are read like any other: decimals keep every digit. A line number is that of
the row, the files counted one after the other in the order of their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from matcher.language.text import Text
from matcher.portfolio.errors import SourceError
from matcher.portfolio.inputs import (
    EMPTY,
    EMPTY_FIX,
    SAMPLE_ROWS,
    Detected,
    without_blanks,
)
from matcher.portfolio.locations import Location, answering, each, files_below
from matcher.portfolio.parts import LINE, Part, Raw

MOST_FILES = 100_000
PART_ROWS = 500_000
TYPED_WORDS = (pl.Enum, pl.Categorical)
NO_PARQUET = Text("ce dossier ne contient aucun fichier Parquet", "no Parquet file in this folder")
NO_PARQUET_FIX = Text("Donnez un dossier de fichiers .parquet.", "Give a folder of .parquet files.")
BROKEN = Text("ce fichier Parquet ne peut pas être lu", "this Parquet file cannot be read")
BROKEN_FIX = Text("Produisez-le à nouveau.", "Produce it again.")
OTHER_COLUMNS = Text(
    "ses colonnes ne sont pas celles du premier fichier du dossier",
    "its columns are not those of the first file of the folder",
)
OTHER_COLUMNS_FIX = Text(
    "Séparez dans deux dossiers les fichiers de formats différents.",
    "Put files with different columns in different folders.",
)


@dataclass(frozen=True)
class ParquetFiles:
    """Parquet files with the same columns."""

    folder: Location
    files: tuple[tuple[str, int], ...]
    names: tuple[str, ...]
    detected: Detected
    canonical: bool = True

    def total(self) -> int | None:
        """How many rows the files say they have."""
        return sum(rows for _, rows in self.files)

    def parts(self) -> Iterator[Part]:
        """Ranges of rows of each file, which Parquet reads without the others."""
        index, before = 0, 0
        for file, rows in self.files:
            for start in range(0, rows, PART_ROWS):
                end = min(start + PART_ROWS, rows)
                yield Part(f"{index:05d}", file, start, end, before + start + 1)
                index += 1
            before += rows

    def sample(self) -> pl.DataFrame:
        """The first rows."""
        indices = range(len(self.names))
        file, rows = self.files[0]
        frame = self._frame(file, 0, min(rows, SAMPLE_ROWS), indices, 1)
        return frame.with_columns(pl.col(str(index)).cast(pl.String) for index in indices)

    def raw(self, part: Part, wanted: Sequence[int]) -> Raw:
        """The cells of a part."""
        frame = self._frame(part.file, part.start, part.end - part.start, wanted, part.line)
        kept, blank = without_blanks(frame, [str(index) for index in wanted])
        return Raw(kept, blank=blank)

    def _frame(
        self, file: str, start: int, count: int, wanted: Sequence[int], line: int
    ) -> pl.DataFrame:
        path = self.folder / file
        try:
            with answering(path):
                lazy = pl.scan_parquet(str(path), glob=False).slice(start, count)
                schema = lazy.collect_schema()
                cells = [_cells(self.names[i], schema[self.names[i]]).alias(str(i)) for i in wanted]
                frame = lazy.select(cells).collect()
        except (pl.exceptions.PolarsError, OSError):
            raise SourceError(BROKEN, BROKEN_FIX, file=file) from None
        numbers = pl.int_range(line, line + frame.height, dtype=pl.Int64, eager=True)
        return frame.insert_column(0, numbers.alias(LINE))


def _cells(name: str, dtype: pl.DataType) -> pl.Expr:
    """A column whose type says what its cells are, or their text; what has none is left out."""
    column = pl.col(name)
    if dtype.is_integer() or dtype in (pl.Boolean, pl.Date) or isinstance(dtype, TYPED_WORDS):
        return column
    match dtype:
        case pl.Datetime():
            days, moment = column.dt.strftime("%Y-%m-%d"), column.dt.strftime("%Y-%m-%d %H:%M:%S")
            return pl.when(column.dt.time() == pl.time(0)).then(days).otherwise(moment)
        case pl.List() if getattr(dtype, "inner", None) == pl.String():
            return column.list.join("|")
        case pl.Binary() | pl.List() | pl.Array() | pl.Struct() | pl.Object():
            return pl.lit(None, pl.String)
        case pl.Decimal():
            # Zeros that the type alone adds would look like thousands: "350.000".
            return column.cast(pl.String).str.replace(r"\.(\d*?)0+$", ".$1").str.strip_suffix(".")
        case pl.Float32() | pl.Float64():
            text = column.cast(pl.String).str.strip_suffix(".0")
            return pl.when(column.is_finite()).then(text)
        case _:
            return column.cast(pl.String)


def open_parquet(path: Location) -> ParquetFiles:
    """A Parquet file or a folder of them; raises `SourceError`."""
    folder, names = (path, _listed(path)) if path.is_dir() else (path.parent, [path.name])
    if not names:
        raise SourceError(NO_PARQUET, NO_PARQUET_FIX, file=path.name)
    columns: tuple[str, ...] | None = None
    files: list[tuple[str, int]] = []
    headers = each(_header, (folder / name for name in names))
    for name, (found, rows) in zip(names, headers, strict=True):
        if columns is not None and set(found) != set(columns):
            raise SourceError(OTHER_COLUMNS, OTHER_COLUMNS_FIX, file=name)
        columns = columns or found
        files.append((name, rows))
    if not columns or not sum(rows for _, rows in files):
        raise SourceError(EMPTY, EMPTY_FIX, file=path.name)
    detected = Detected("parquet", files=len(files))
    return ParquetFiles(folder, tuple(files), columns, detected)


def _listed(folder: Location) -> list[str]:
    """The Parquet files of a folder and those below, in the order of their names."""
    found = files_below(folder, ".parquet")
    return [name for name in found if not name.split("/")[-1].startswith((".", "_"))][:MOST_FILES]


def _header(path: Location) -> tuple[tuple[str, ...], int]:
    """The names of the columns of a file, and its number of rows."""
    try:
        with answering(path):
            lazy = pl.scan_parquet(str(path), glob=False)
            return tuple(lazy.collect_schema().names()), lazy.select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, OSError):
        raise SourceError(BROKEN, BROKEN_FIX, file=path.name) from None
