"""What do the cells of one column say, for all the rows of a part at once?

Clean cells are read by Polars; each other distinct text is read once, and remembered.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from matcher.engines.columnar.frame import MAX, MIN, NONE, listed_text
from matcher.facts.values import Bound, Known, Members, Nothing, Options, Span
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.types import ORDERED, Kind
from matcher.portfolio import problems
from matcher.portfolio.cells import LONGEST, Cell, CellReader
from matcher.portfolio.clean_cells import TEXT, clean, units
from matcher.portfolio.parts import MOST_LINES, Warned
from matcher.portfolio.typed_cells import taken

MOST_REMEMBERED = 200_000
VALUE, PROBLEM, CHANGE = "value", "problem", "change"
_WIDEST = 2**63
_BLANKS = " \t\r\n\u00a0\u202f\u2007\u2009\u200b\ufeff\u3000"


@dataclass
class Remembered:
    """The cells read so far, and the texts of their problems and changes by number."""

    cells: dict[str, Cell] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)

    def number(self, text: Text | None) -> int | None:
        """The number of a text."""
        if text is None:
            return None
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text)


@dataclass(frozen=True)
class ColumnValues:
    """Reads one column of every part.

    The frame of a column has `text`, the values, `none`, `problem` and `change`; that of a typed
    column, no cell of which had to be read, has its values alone.
    """

    reader: CellReader
    memory: Remembered = field(default_factory=Remembered)

    @property
    def fact(self) -> FactDeclaration:
        """The fact of the column."""
        return self.reader.fact

    def read(self, raw: pl.Series) -> pl.DataFrame:
        """`text`, `low` and `high` (or `value`), `none`, `problem` and `change`, row by row.

        A typed column has `value` alone.
        """
        values = taken(raw, self.fact, self.reader.column, self._words)
        return self._read(raw) if values is None else values.alias(VALUE).to_frame()

    @property
    def _words(self) -> frozenset[str]:
        """Words for the choices of the fact, and words that say nothing."""
        lexicon = self.reader.lexicon
        said = {*lexicon.values(self.fact.key), *lexicon.words("unknown"), *lexicon.words("none")}
        return frozenset(word.casefold() for word in said)

    def _read(self, raw: pl.Series) -> pl.DataFrame:
        text = raw.cast(pl.String).str.strip_chars(_BLANKS).replace("", None).alias(TEXT)
        frame = text.to_frame()
        fast = clean(self.fact, self.reader.column, self._keys)
        value = pl.lit(None, self._dtype) if fast is None else fast
        frame = frame.with_columns(fast=value)
        rest = frame.filter(pl.col("fast").is_null() & pl.col(TEXT).is_not_null())[TEXT].unique()
        slow = self._distinct(rest.sort())
        joined = frame.join(slow, on=TEXT, how="left", maintain_order="left")
        ends = ("low", "high") if self.fact.kind in ORDERED else (VALUE,)
        filled = [pl.coalesce("fast", end).alias(end) for end in ends]
        return joined.with_columns(*filled).drop("fast")

    @property
    def _keys(self) -> frozenset[str]:
        """The codes that are read as they stand, unless words are listed for them."""
        plain = self.fact.kind is Kind.CODE and self.fact.check in (None, "naf", "postcode")
        listed = self.reader.lexicon.values(self.fact.key)
        return self.reader.keys if plain and not listed else frozenset()

    @property
    def _dtype(self) -> pl.DataType:
        if self.fact.kind in ORDERED:
            return pl.Int64()
        return pl.Boolean() if self.fact.kind is Kind.BOOLEAN else pl.String()

    def _distinct(self, texts: pl.Series) -> pl.DataFrame:
        """What each distinct text says."""
        rows = [self._row(text) for text in texts]
        number = {PROBLEM: pl.Int32(), CHANGE: pl.Int32()}
        ends = {"low": pl.Int64(), "high": pl.Int64()}
        value = ends if self.fact.kind in ORDERED else {VALUE: self._dtype}
        schema = {TEXT: pl.String(), **value, "none": pl.Boolean(), **number}
        return pl.DataFrame(rows, schema=schema, orient="row")

    def _row(self, text: str) -> tuple[object, ...]:
        cell = self.cell(text)
        values = self._values(cell.known)
        if values is None:
            cell = Cell(problem=problems.OUT_OF_BOUNDS.filled(_BOUNDLESS))
            values = self._values(None) or ()
        number = self.memory.number
        return text, *values, number(cell.problem), number(cell.change)

    def cell(self, text: str) -> Cell:
        """What a text says, remembered for the next parts."""
        known = self.memory.cells
        if text not in known:
            if len(known) >= MOST_REMEMBERED:
                known.clear()
            known[text[: LONGEST + 1]] = self.reader.read(text[: LONGEST + 1])
        return known[text[: LONGEST + 1]]

    def _values(self, known: Known | None) -> tuple[object, ...] | None:
        """A value as the columns hold it; None for a number too large for them."""
        empty: tuple[object, ...] = (None, None) if self.fact.kind in ORDERED else (None,)
        match known:
            case Span(low, high):
                ends = (self._end(low), self._end(high))
                fits = all(end is None or abs(end) < _WIDEST for end in ends)
                return (*ends, None) if fits else None
            case Options(members) if self.fact.kind is Kind.BOOLEAN:
                return (next(iter(members)) if len(members) == 1 else None, None)
            case Options() | Members():
                return (listed_text(known), None)
            case Nothing():
                return (*empty, True)
            case None:
                return (*empty, None)

    def _end(self, bound: Bound) -> int | None:
        return None if isinstance(bound, float) else units(bound, self.fact)

    def columns(self, frame: pl.DataFrame) -> list[pl.Series]:
        """The columns of the contract: one where every value is exact, else both ends."""
        key = self.fact.key
        if frame.columns == [VALUE]:
            return [self._dated(frame[VALUE]).alias(key)]
        none = frame["none"].fill_null(value=False).alias(key + NONE)
        more = [none] if self.fact.none is not None and none.any() else []
        if self.fact.kind not in ORDERED:
            return [frame[VALUE].alias(key), *more]
        low, high = (self._dated(frame[end]) for end in ("low", "high"))
        if low.eq_missing(high).all():
            return [low.alias(key), *more]
        return [low.alias(key + MIN), high.alias(key + MAX), *more]

    def _dated(self, days: pl.Series) -> pl.Series:
        return days.cast(pl.Int32).cast(pl.Date) if self.fact.kind is Kind.DATE else days

    def warned(self, frame: pl.DataFrame, lines: pl.Series) -> list[Warned]:
        """The problems and corrections of the column, with their first lines."""
        found: list[Warned] = []
        for column in (PROBLEM, CHANGE):
            if column not in frame.columns or frame[column].null_count() == frame.height:
                continue
            told = pl.DataFrame({"number": frame[column], "line": lines}).drop_nulls("number")
            counts = told.group_by("number", maintain_order=True).agg(
                pl.len(), pl.col("line").head(MOST_LINES)
            )
            for number, count, first in counts.iter_rows():
                text, header = self.memory.texts[number], self.reader.column.header
                found.append(Warned(header, text, count, tuple(first), column == CHANGE))
        return found


_BOUNDLESS = {"low": Text("-10^18", "-10^18"), "high": Text("10^18", "10^18")}
