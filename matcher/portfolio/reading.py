"""What do the raw cells of a part say: which facts, which rejects, which warnings?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from matcher.facts.tables import Tables
from matcher.language.types import Kind
from matcher.portfolio import problems
from matcher.portfolio.cells import CellReader
from matcher.portfolio.column_values import ColumnValues
from matcher.portfolio.columns import Column, ColumnMapping, Use
from matcher.portfolio.lexicon import Lexicon
from matcher.portfolio.narrowing import narrowed
from matcher.portfolio.not_clients import NotClients
from matcher.portfolio.parts import HIDDEN, LINE, Part, PartRows, Raw, Reject, Warned, rejects_frame


@dataclass(frozen=True)
class RowReader:
    """Turns raw parts into typed frames. It remembers the texts it has read, within bounds."""

    mapping: ColumnMapping
    lexicon: Lexicon
    tables: Tables
    lang: str = "fr"
    canonical: bool = False
    _readers: dict[int, ColumnValues] = field(default_factory=dict, repr=False)

    def rows(self, part: Part, raw: Raw) -> PartRows:
        """The rows of a part, read."""
        cells, apart = self._not_clients.apart(raw.frame)
        lines = cells[LINE]
        read = {c.index: self._values(c).read(cells[str(c.index)]) for c in self.mapping.facts}
        self._narrow(read)
        frame = pl.DataFrame([lines, *self._columns(read), *self._kept(cells)])
        frame, contradicting = self._one_siren(frame)
        told = [w for c in self.mapping.facts for w in self._warned(c, read[c.index], lines)]
        refused = rejects_frame([*raw.rejects, *contradicting], self.lang)
        rejects = pl.concat([refused, *apart]).sort("line", maintain_order=True)
        return PartRows(part, frame, rejects, (*raw.warnings, *told), raw.blank)

    @cached_property
    def _not_clients(self) -> NotClients:
        return NotClients(self.mapping, self.lexicon, self.lang)

    def _values(self, column: Column) -> ColumnValues:
        if column.index not in self._readers:
            assert column.fact is not None
            fact = self.lexicon.facts[column.fact]
            cells = CellReader(fact, column, self.lexicon, self.tables, self.canonical)
            self._readers[column.index] = ColumnValues(cells)
        return self._readers[column.index]

    def _columns(self, read: Mapping[int, pl.DataFrame]) -> list[pl.Series]:
        return [
            series
            for column in self.mapping.facts
            for series in self._values(column).columns(read[column.index])
        ]

    def _warned(self, column: Column, frame: pl.DataFrame, lines: pl.Series) -> list[Warned]:
        return self._values(column).warned(frame, lines)

    # ---------------------------------------------------------------------------------- homonyms
    def _narrow(self, read: dict[int, pl.DataFrame]) -> None:
        """Settle names that several rows of a table bear, by the other columns of the row."""
        for column in self.mapping.facts:
            assert column.fact is not None
            helpers = self.lexicon.narrowed_by(column.fact)
            given = {h.fact: self.mapping.of(h.fact) for h in helpers}
            known = {f: read[c.index]["value"] for f, c in given.items() if c is not None}
            if known and self.lexicon.facts[column.fact].kind is Kind.CODE:
                values = self._values(column)
                read[column.index] = narrowed(values, read[column.index], helpers, known)

    # ------------------------------------------------------------------------------- kept columns
    def _kept(self, raw: pl.DataFrame) -> list[pl.Series]:
        """The columns of the caller, untouched, but for the names that may not be reproduced."""
        kept = {self.name_of(c): raw[str(c.index)].cast(pl.String) for c in self.mapping.kept}
        hidden = self._hidden(raw)
        if hidden is None:
            return [series.alias(name) for name, series in kept.items()]
        personal = {self.name_of(c) for c in self.mapping.kept if c.personal or c.use is Use.CLIENT}
        shown = [
            series.set(hidden, None).alias(name) if name in personal else series.alias(name)
            for name, series in kept.items()
        ]
        return [*shown, hidden.alias(HIDDEN)]

    def name_of(self, column: Column) -> str:
        """The header of a kept column, set apart where it would be taken for a fact."""
        reserved = column.header.split("@", 1)[0] in {"", *self.lexicon.facts}
        return f"{column.header} *" if reserved else column.header

    def _hidden(self, raw: pl.DataFrame) -> pl.Series | None:
        """The rows whose name and address may not be reproduced; None without such a column."""
        named = [c for c in self.mapping.columns if c.header in self.mapping.hidden.columns]
        present = [raw[str(c.index)].cast(pl.String) for c in named if str(c.index) in raw.columns]
        found: pl.Series | None = None
        for status in present:
            one = status.str.strip_chars().is_in(list(self.mapping.hidden.values))
            one = one.fill_null(value=False)
            found = one if found is None else found | one
        return found

    # -------------------------------------------------------------------------------- identifiers
    @cached_property
    def _siret_and_siren(self) -> tuple[str | None, str | None]:
        """The facts that hold a SIRET and a SIREN of the applicant or site, as profiles do."""
        facts = self.lexicon.facts.items()
        found = {
            check: [key for key, fact in facts if fact.check == check and not fact.codes]
            for check in ("siret", "siren")
        }
        one = {check: keys[0] if len(keys) == 1 else None for check, keys in found.items()}
        return one["siret"], one["siren"]

    def _one_siren(self, frame: pl.DataFrame) -> tuple[pl.DataFrame, list[Reject]]:
        """The SIREN is the first nine digits of the SIRET: filled in, and rows rejected if not."""
        siret, siren = self._siret_and_siren
        if siret is None or siren is None or siret not in frame.columns:
            return frame, []
        expected = pl.col(siret).str.slice(0, 9)
        if siren not in frame.columns:
            return frame.with_columns(expected.alias(siren)), []
        wrong = (pl.col(siren) != expected).fill_null(value=False)
        column = self.mapping.of(siren)
        rejects = [
            Reject(
                line, problems.CONTRADICTION, problems.IDENTIFIER, column.header if column else ""
            )
            for line in frame.filter(wrong)[LINE]
        ]
        filled = pl.coalesce(pl.col(siren), expected).alias(siren)
        return frame.filter(~wrong).with_columns(filled), rejects
