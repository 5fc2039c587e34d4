"""What must a file give, whatever its format, to be read part by part?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import polars as pl

from matcher.language.text import Text
from matcher.portfolio.errors import SourceError
from matcher.portfolio.header_rows import (
    MOST_COLUMNS,
    Cells,
    Header,
    Known,
    find_header,
    is_transposed,
    unique,
)
from matcher.portfolio.parts import Part, Raw

PART_ROWS = 200_000
SAMPLE_ROWS = 1_000

EMPTY = Text("le fichier est vide", "the file is empty")
EMPTY_FIX = Text("Vérifiez que c'est le bon fichier.", "Check that it is the right file.")
NO_HEADER = Text(
    "aucun en-tête de colonne n'est reconnu dans les 30 premières lignes",
    "no column header is recognised in the first 30 lines",
)
NO_HEADER_FIX = Text(
    "En-têtes reconnus, par exemple : {examples} ; ou donnez un fichier de correspondance (--map).",
    "Headers recognised include: {examples}; or give a mapping file (--map).",
)
TRANSPOSED = Text(
    "les intitulés sont les uns sous les autres, dans une colonne : il faut une ligne par client",
    "the headers stand one below the other, in a column: one row for each client is wanted",
)
TRANSPOSED_FIX = Text(
    "Dans le tableur, copiez le tableau puis « Collage spécial », « Transposé », sur une nouvelle "
    "feuille. Pour une seule entreprise, `matcher ask` suffit.",
    "In the spreadsheet, copy the table, then “Paste special”, “Transpose”, on a new sheet. For a "
    "single company, `matcher ask` will do.",
)
COLUMN = "colonne"
TOO_WIDE = Text("plus de 16 384 colonnes", "more than 16,384 columns")
EXAMPLES = Text(
    "« SIRET », « Effectif », « Code NAF », « Code postal », « Chiffre d'affaires (k€) »",
    "“SIRET”, “Headcount”, “NAF code”, “Postcode”, “Turnover (k€)”",
)


@dataclass(frozen=True, slots=True)
class Detected:
    """The format of an input, as it was detected."""

    format: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    header_line: int | None = None
    files: int = 1


class Input(Protocol):
    """A file that is read part by part."""

    @property
    def detected(self) -> Detected:
        """The format."""

    @property
    def names(self) -> tuple[str, ...]:
        """The headers, each once."""

    @property
    def canonical(self) -> bool:
        """Whether numbers come from typed cells, with a point for the decimals."""

    def sample(self) -> pl.DataFrame:
        """The first rows, columns named by their index."""

    def parts(self) -> Iterator[Part]:
        """The parts, found as they are asked for."""

    def raw(self, part: Part, wanted: Sequence[int]) -> Raw:
        """The cells of a part, for the columns of some indices."""

    def total(self) -> int | None:
        """How many rows there are, where that is cheap to know."""


def header_of(rows: Sequence[Cells], known: Known, file: str) -> tuple[Header, tuple[str, ...]]:
    """The header among the first rows, and the names of its columns; raises `SourceError`."""
    if not any(cell and cell.strip() for row in rows for cell in row):
        raise SourceError(EMPTY, EMPTY_FIX, file=file)
    header = find_header(rows, known)
    if header is None:
        raise no_header(file)
    if is_transposed(rows, header, known):
        raise SourceError(TRANSPOSED, TRANSPOSED_FIX, file=file)
    if len(header.names) > MOST_COLUMNS:
        raise SourceError(TOO_WIDE, EMPTY_FIX, file=file)
    return header, unique(header.names, COLUMN)


def no_header(file: str) -> SourceError:
    """The error of a file none of whose columns is recognised."""
    return SourceError(NO_HEADER, NO_HEADER_FIX.filled({"examples": EXAMPLES}), file=file)


def without_blanks(frame: pl.DataFrame, names: Sequence[str]) -> tuple[pl.DataFrame, int]:
    """The rows that hold something, and how many do not."""
    if not names or frame.is_empty() or any(_is_full(frame[name]) for name in names):
        return frame, 0
    kept = frame.filter(~pl.all_horizontal(_is_blank(name, frame.schema[name]) for name in names))
    return kept, frame.height - kept.height


def _is_full(cells: pl.Series) -> bool:
    """Whether no cell can be blank, as a typed column says without being looked through."""
    return cells.dtype != pl.String and cells.null_count() == 0


def _is_blank(name: str, dtype: pl.DataType) -> pl.Expr:
    cells = pl.col(name)
    if dtype != pl.String:
        return cells.is_null()
    return cells.str.strip_chars().fill_null("").eq("")
