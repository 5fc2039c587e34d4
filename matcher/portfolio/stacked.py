"""Where do other tables begin below the first one, on the same sheet?

Their headers are rows of the first table. Where they are the same, the rows below go on; where they
are others, the rows below would be read under wrong headers: they are rejected, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from matcher.language.text import Text
from matcher.language.types import ORDERED
from matcher.portfolio.columns import Column, ColumnMapping, Use
from matcher.portfolio.lexicon import Lexicon
from matcher.portfolio.parts import LINE

FEWEST = 2
HEADERS = Text("en-têtes", "headers")
TITLE = Text("titre", "title")
OTHER = Text("autre tableau", "other table")
AGAIN = Text("ligne d'en-têtes répétée", "row of headers, once more")
OTHER_HEADERS = Text(
    "en-têtes d'un autre tableau, qui n'a pas les mêmes colonnes",
    "headers of another table, whose columns are not the same",
)
OF_TABLE = Text("titre au-dessus d'un tableau, pas un client", "title of a table, not a client")
ELSEWHERE = Text(
    "ligne d'un autre tableau, qui n'a pas les mêmes colonnes : mettez-le sur une autre feuille",
    "row of another table, whose columns are not the same: put it on a sheet of its own",
)
_FILLED = r"[^\s\u00a0\u202f]"

Flagged = tuple[str, pl.Series, Text, Text]
"""The column to name, which rows, the kind of value and the reason."""


@dataclass(frozen=True)
class Stacked:
    """Finds the headers of other tables among the rows of a part."""

    mapping: ColumnMapping
    lexicon: Lexicon

    def flagged(self, raw: pl.DataFrame) -> Iterator[Flagged]:
        """The rows that are no clients, by reason; most parts have none."""
        columns = [c for c in self.mapping.columns if self._may_repeat(c, raw)]
        names = pl.Series([c.header for c in columns], dtype=pl.String).implode()
        found = {c.index: raw[str(c.index)].is_in(names) for c in columns}
        # A header is no number, date or identifier: a row of clients cannot be taken for one.
        if not any(found[c.index].any() for c in columns if self._is_figures(c)):
            return
        table = pl.DataFrame([flags.alias(str(i)) for i, flags in found.items()])
        figures = [str(c.index) for c in columns if self._is_figures(c)]
        hits, filled = table.sum_horizontal(), _filled(raw)
        sure = table.select(pl.any_horizontal(figures).fill_null(value=False)).to_series()
        header = (hits >= FEWEST) & (hits * 2 >= filled) & sure
        if header.any():
            yield from _by_reason(header, self._is_same(raw, columns), filled)

    def _may_repeat(self, column: Column, raw: pl.DataFrame) -> bool:
        read = column.use in (Use.FACT, Use.CLIENT)
        return read and raw.schema.get(str(column.index)) == pl.String

    def _is_figures(self, column: Column) -> bool:
        """Whether the cells of a column are figures, which no header is."""
        fact = self.lexicon.facts[column.fact] if column.fact is not None else None
        return fact is not None and (fact.kind in ORDERED or fact.check is not None)

    def _is_same(self, raw: pl.DataFrame, columns: list[Column]) -> pl.Series:
        """Whether each cell in a column that is read as a fact is its own header, or blank."""
        facts = [c for c in columns if c.use is Use.FACT]
        cells = ((c, pl.col(str(c.index))) for c in facts)
        same = [(cell == c.header) | ~cell.str.contains(_FILLED) for c, cell in cells]
        return raw.select(pl.all_horizontal(one.fill_null(value=True) for one in same)).to_series()


def _filled(raw: pl.DataFrame) -> pl.Series:
    """How many cells of each row hold something."""
    cells = pl.all().exclude(LINE).cast(pl.String).str.contains(_FILLED).fill_null(value=False)
    return raw.select(pl.sum_horizontal(cells)).to_series()


def _by_reason(header: pl.Series, same: pl.Series, filled: pl.Series) -> Iterator[Flagged]:
    """Headers, the titles above them, and the rows of tables with other columns."""
    flags = pl.DataFrame({"header": header, "same": same, "filled": filled})
    of_other = pl.when("header").then(~pl.col("same")).forward_fill().fill_null(value=False)
    title = ~pl.col("header") & (pl.col("filled") == 1) & pl.col("header").shift(-1)
    told = flags.select(
        again=pl.col("header") & pl.col("same"),
        other=pl.col("header") & ~pl.col("same"),
        title=title.fill_null(value=False),
        rows=of_other & ~pl.col("header") & ~title.fill_null(value=False),
    )
    yield "", told["again"], HEADERS, AGAIN
    yield "", told["other"], HEADERS, OTHER_HEADERS
    yield "", told["title"], TITLE, OF_TABLE
    yield "", told["rows"], OTHER, ELSEWHERE
