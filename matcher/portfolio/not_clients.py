"""Which rows of a list are nobody to call: sums of the others, and what is closed?

Both are columns of flags: nothing is read row by row. Such rows are rejected, never dropped.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from matcher.language.text import Text
from matcher.language.types import NUMERIC
from matcher.portfolio.columns import Closed, Column, ColumnMapping
from matcher.portfolio.lexicon import Lexicon
from matcher.portfolio.parts import LINE, REJECTS
from matcher.portfolio.stacked import Flagged, Stacked

TOTAL = Text(
    "ligne de total ou de moyenne, pas un client (si c'en est un, donnez son SIRET)",
    "row of totals or averages, not a client (if it is one, give its SIRET)",
)
TOTAL_KIND = Text("total", "total")
CLOSED_KIND = Text("état administratif", "administrative state")
# What may stand beside the word in a row of totals: figures, with or without a unit.
LONGEST, MOST_SAID = 60, 2
_FIGURE = r"(?i)^[\s\u00a0\u202f]*[-+]?[\d\s\u00a0\u202f.,]*\d\s*(?:%|[km]?d?s?\s*(?:€|eur)?)\s*$"
_LONG_NUMBER = r"(?:\d[\s\u00a0\u202f.-]*){9}"
_IDENTIFIERS = ("siren", "siret")
_FILLED = r"[^\s\u00a0\u202f]"


@dataclass(frozen=True)
class NotClients:
    """Takes the rows of parts that are no client to call."""

    mapping: ColumnMapping
    lexicon: Lexicon
    lang: str

    def apart(self, raw: pl.DataFrame) -> tuple[pl.DataFrame, list[pl.DataFrame]]:
        """The other rows, and those taken as tables of rejects."""
        rejects = []
        left = pl.repeat(True, raw.height, dtype=pl.Boolean, eager=True)
        for column, flags, kind, reason in self._flags(raw):
            taken = flags & left
            if taken.any():
                rejects.append(self._rejected(raw.filter(taken), column, kind, reason))
                left &= ~taken
        return (raw.filter(left), rejects) if rejects else (raw, [])

    def _flags(self, raw: pl.DataFrame) -> Iterator[Flagged]:
        """For each reason, the rows; a row is taken for the first one."""
        for closed in self.mapping.closed:
            if str(closed.column) in raw.columns:
                header = next(c.header for c in self.mapping.columns if c.index == closed.column)
                yield header, self._closed(raw, closed), CLOSED_KIND, closed.reason
        if self.mapping.register is None and pl.String in raw.dtypes:
            yield from Stacked(self.mapping, self.lexicon).flagged(raw)
            yield from self._totals(raw)

    def _closed(self, raw: pl.DataFrame, closed: Closed) -> pl.Series:
        cells = raw[str(closed.column)].cast(pl.String).str.strip_chars().str.to_lowercase()
        return cells.is_in(closed.values).fill_null(value=False)

    def _rejected(self, rows: pl.DataFrame, column: str, kind: Text, reason: Text) -> pl.DataFrame:
        texts = {"column": column, "kind": kind.in_(self.lang), "reason": reason.in_(self.lang)}
        said = [pl.lit(text, pl.String).alias(name) for name, text in texts.items()]
        return rows.select(pl.col(LINE).alias("line"), *said).select(*REJECTS)

    # -------------------------------------------------------------------------------------- totals
    def _totals(self, raw: pl.DataFrame) -> Iterator[Flagged]:
        """The rows whose only text is such a word: all else is blank, or figures to sum up."""
        few = raw.filter(self._says_little(raw))
        words = self._total_words(few)
        if not words:
            return
        cells = [
            (column, pl.col(str(column.index)).cast(pl.String))
            for column in self.mapping.columns
            if str(column.index) in raw.columns
        ]
        is_word = [cell.is_in(words).fill_null(value=False) for _, cell in cells]
        fits = [word | self._may_stand(*one) for word, one in zip(is_word, cells, strict=True)]
        lines = few.filter(pl.any_horizontal(is_word), pl.all_horizontal(fits))[LINE]
        yield "", raw[LINE].is_in(lines.implode()), TOTAL_KIND, TOTAL

    def _says_little(self, raw: pl.DataFrame) -> pl.Expr:
        """The rows that may be totals at a glance: two facts at most that are no numbers."""
        facts = (c for c in self.mapping.facts if str(c.index) in raw.columns)
        said = [pl.col(str(c.index)).is_not_null() for c in facts if not self._is_number(c)]
        return pl.sum_horizontal(said) <= MOST_SAID if said else pl.lit(value=True)

    def _is_number(self, column: Column) -> bool:
        return column.fact is not None and self.lexicon.facts[column.fact].kind in NUMERIC

    def _total_words(self, rows: pl.DataFrame) -> list[str]:
        """The cells of some rows that are such words; most parts have none."""
        known, found = self.lexicon.totals, set[str]()
        for cells in rows.drop(LINE).iter_columns():
            if cells.dtype == pl.String:
                near = cells.filter(cells.str.contains(known.begins)).unique()
                found.update(text for text in near if len(text) <= LONGEST and known.has(text))
        return sorted(found)

    def _may_stand(self, column: Column, cell: pl.Expr) -> pl.Expr:
        """Whether a cell is blank or a figure."""
        filled = cell.str.contains(_FILLED).fill_null(value=False)
        return ~filled | self._is_figure(column, cell)

    def _is_figure(self, column: Column, cell: pl.Expr) -> pl.Expr:
        """Figures that may be sums; a code is none, nor is what is long enough to identify."""
        if self._is_number(column):
            return pl.lit(value=True)
        figure = cell.str.contains(_FIGURE) & ~cell.str.contains(_LONG_NUMBER)
        fact = self.lexicon.facts[column.fact] if column.fact is not None else None
        return figure if fact is None or fact.check in _IDENTIFIERS else pl.lit(value=False)
