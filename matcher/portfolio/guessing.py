"""What is each column taken for, by its header and its first cells?"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from matcher.language.text import Text
from matcher.language.types import Kind
from matcher.portfolio.by_cells import with_cells
from matcher.portfolio.columns import Closed, Column, ColumnMapping, Confidence, Hidden, Use
from matcher.portfolio.headers import NUMERIC, Guess, guess
from matcher.portfolio.inputs import COLUMN
from matcher.portfolio.lexicon import Lexicon, plain
from matcher.portfolio.shapes import ClosedShape, RegisterColumnShape, RegisterShape

SAMPLES = 3
LONGEST_SAMPLE = 40
CLOSE, SHORT, MOST_LETTERS = 0.85, 3, 100

CLIENT = Text("nom du client", "name of the client")
ALREADY = Text("le même fait est lu dans « {other} »", "the same fact is read in “{other}”")
NEAR = Text(
    "en-tête non reconnu ; proche de « {near} » : précisez dans le fichier de correspondance",
    "header not recognised; close to “{near}”: say so in the mapping file",
)
NOT_USED = Text("colonne du registre qui ne sert pas", "column of the register of no use here")
OF_REGISTER = Text("colonne du registre", "column of the register")
KEPT = Text("gardée telle quelle", "kept as it is")

_FR = re.compile(r"\d,\d{1,2}(?!\d)|\d\.\d{3},|\d[ \u00a0\u202f]\d{3},\d|\d\.\d{3}\.\d{3}")
_EN = re.compile(r"\d\.\d{1,2}(?!\d)|\d,\d{3}\.|,\d{3},\d{3}")
_SCALED = re.compile(r"\d\s*(?:k|m)(?:ds?)?\s*(?:€|e\b|eur|\b)", re.IGNORECASE)
_CANONICAL, _NOTHING = re.compile(r"-?\d+\.\d+\Z"), re.compile(r"(?!)")
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/\d{4}\Z")


@dataclass(frozen=True)
class Guesser:
    """Takes the columns of one input for something."""

    lexicon: Lexicon

    def known(self, header: str) -> bool:
        """Whether a header is recognised: a fact, the client, a column of a register."""
        registers = self.lexicon.shape.registers.values()
        return (
            plain(header) in self.lexicon.clients
            or any(header in register.columns for register in registers)
            or guess(header, self.lexicon) is not None
        )

    def mapping(
        self, names: Sequence[str], sample: pl.DataFrame, *, canonical: bool = False
    ) -> ColumnMapping:
        """What each column is taken for; numbers of a typed file show no habit of writing."""
        found = self._mapping(names, sample)
        return self._with_samples(found, sample, _CANONICAL if canonical else _NOTHING)

    def _mapping(self, names: Sequence[str], sample: pl.DataFrame) -> ColumnMapping:
        register = self._register(names)
        if register is None:
            texts = {index: _texts(sample, index) for index in range(len(names))}
            columns = with_cells(self._by_headers(names), texts, self.lexicon)
            closed = _closed(columns, self.lexicon.shape.closed)
            return ColumnMapping(tuple(columns), closed=closed)
        id_, shape = register
        columns = self._by_register(names, shape)
        hidden = Hidden(tuple(shape.hidden_when.columns), tuple(shape.hidden_when.values))
        closed = _closed(columns, shape.closed_when)
        return ColumnMapping(tuple(columns), id_, hidden, closed)

    # ----------------------------------------------------------------------------------- registers
    def _register(self, names: Sequence[str]) -> tuple[str, RegisterShape] | None:
        for id_, shape in self.lexicon.shape.registers.items():
            if sum(name in shape.recognised_by for name in names) >= shape.at_least:
                return id_, shape
        return None

    def _by_register(self, names: Sequence[str], shape: RegisterShape) -> list[Column]:
        """The columns of a register; a fact has one column, that of the fallback if need be."""
        best: dict[str, str] = {}
        for name, column in shape.columns.items():
            if name in names and column.fact in self.lexicon.facts and column.fact is not None:
                best.setdefault(column.fact, name)
                if column.fallback is None:
                    best[column.fact] = name
        return [
            _registered(index, name, shape.columns.get(name), best)
            for index, name in enumerate(names)
        ]

    # ------------------------------------------------------------------------------------- headers
    def _by_headers(self, names: Sequence[str]) -> list[Column]:
        guesses = {i: found for i, name in enumerate(names) if (found := guess(name, self.lexicon))}
        winners = _winners(guesses)
        client = self._client(names, guesses)
        return [
            _client_column(index, name)
            if index == client
            else self._column(index, name, guesses.get(index), names, winners)
            for index, name in enumerate(names)
        ]

    def _client(self, names: Sequence[str], guesses: Mapping[int, Guess]) -> int | None:
        """The column that names the client."""
        clients = self.lexicon.clients
        found = [
            (clients[plain(name)], index)
            for index, name in enumerate(names)
            if plain(name) in clients and index not in guesses
        ]
        return min(found)[1] if found else None

    def _column(
        self,
        index: int,
        name: str,
        found: Guess | None,
        names: Sequence[str],
        winners: Mapping[str, int],
    ) -> Column:
        if found is None:
            return Column(index, name, why=self._hint(name))
        if winners[found.fact] != index:
            other = names[winners[found.fact]]
            return Column(index, name, why=ALREADY.filled({"other": Text(other, other)}))
        return Column(
            index,
            name,
            use=Use.FACT,
            fact=found.fact,
            unit=found.unit,
            bracket=found.bracket,
            confidence=found.confidence,
            why=found.why,
        )

    def _hint(self, name: str) -> Text:
        """What to say of a header that is not recognised."""
        word, known = plain(name), self.lexicon.meanings
        close = difflib.get_close_matches(word[:MOST_LETTERS], known, n=1, cutoff=CLOSE)
        begun = [k for k in known if word.startswith(f"{k} ") and len(k) > SHORT]
        near = close[0] if close else max(begun, key=len, default=None)
        return NEAR.filled({"near": Text(near, near)}) if near else KEPT

    # ------------------------------------------------------------------------------------- samples
    def _with_samples(
        self, mapping: ColumnMapping, sample: pl.DataFrame, typed: re.Pattern[str]
    ) -> ColumnMapping:
        """The columns with their first cells, and how their numbers and dates are written."""
        texts = {c.index: _texts(sample, c.index) for c in mapping.columns}
        numeric = [c.index for c in mapping.facts if self._kind(c) in NUMERIC]
        dated = [c.index for c in mapping.facts if self._kind(c) is Kind.DATE]
        written = {i: [text for text in texts[i] if not typed.match(text)] for i in numeric}
        numbers = {index: _style(told) for index, told in written.items()}
        whole = _style([text for told in written.values() for text in told])
        order = _order([text for index in dated for text in texts[index]])
        columns = [
            replace(
                column,
                use=_use(column, texts[column.index]),
                samples=_first(texts[column.index]),
                numbers=numbers[column.index] or whole if column.index in numbers else None,
                dates=order if column.index in dated else "dmy",
                mixed=self._is_mixed(column, texts[column.index]),
            )
            for column in mapping.columns
        ]
        return replace(mapping, columns=tuple(columns))

    def _is_mixed(self, column: Column, texts: Sequence[str]) -> bool:
        """Whether some cells of amounts give thousands or millions, which the header does not."""
        amounts = column.use is Use.FACT and self._kind(column) is Kind.EUROS
        return amounts and column.unit is None and any(_SCALED.search(text) for text in texts)

    def _kind(self, column: Column) -> Kind:
        assert column.fact is not None
        return self.lexicon.facts[column.fact].kind


def _closed(columns: Sequence[Column], known: Sequence[ClosedShape]) -> tuple[Closed, ...]:
    """The columns that say that a row is of something closed; one that is read otherwise is not."""
    return tuple(
        Closed(column.index, tuple(map(str.lower, shape.values)), shape.reason.text())
        for shape in known
        for column in columns
        if column.use is Use.KEPT and plain(column.header) in map(plain, shape.headers)
    )


def _texts(sample: pl.DataFrame, index: int) -> list[str]:
    """The first cells of a column."""
    return sample[str(index)].drop_nulls().cast(pl.String).to_list()


def _use(column: Column, texts: Sequence[str]) -> Use:
    """What becomes of a column: without a header and without a cell, it is left out."""
    nameless = column.header == f"{COLUMN} {column.index + 1}"
    empty = nameless and not any(text.strip() for text in texts)
    return Use.IGNORED if empty else column.use


def _winners(guesses: Mapping[int, Guess]) -> dict[str, int]:
    """Which column each fact is read in, where several claim it."""
    found: dict[str, int] = {}
    for index, one in guesses.items():
        if one.fact not in found or one.rank < guesses[found[one.fact]].rank:
            found[one.fact] = index
    return found


def _client_column(index: int, name: str) -> Column:
    return Column(index, name, use=Use.CLIENT, confidence=Confidence.SURE, why=CLIENT)


def _registered(
    index: int, name: str, column: RegisterColumnShape | None, best: Mapping[str, str]
) -> Column:
    """One column of a register."""
    if column is None:
        return Column(index, name, use=Use.IGNORED, why=NOT_USED)
    if column.fact is None:
        use = Use.CLIENT if column.use == "client" else Use.KEPT
        why = CLIENT if use is Use.CLIENT else OF_REGISTER
        return Column(index, name, use=use, why=why, personal=column.personal)
    if best.get(column.fact) != name:
        return Column(index, name, use=Use.IGNORED, why=NOT_USED)
    return Column(
        index,
        name,
        use=Use.FACT,
        fact=column.fact,
        bracket=column.bracket,
        values=column.values,
        confidence=Confidence.LIKELY if column.fallback else Confidence.SURE,
        why=column.fallback.text() if column.fallback else OF_REGISTER,
    )


def _style(texts: Sequence[str]) -> str | None:
    """How numbers are written in some cells, where they leave no doubt."""
    french = any(_FR.search(text) for text in texts)
    english = any(_EN.search(text) for text in texts)
    return None if french == english else "fr" if french else "en"


def _order(texts: Sequence[str]) -> str:
    """Whether dates with slashes begin with the day or the month; the day, without proof."""
    found = [(int(m[1]), int(m[2])) for text in texts if (m := _SLASHES.match(text.strip()))]
    days_first = any(first > 12 for first, _ in found)
    months_first = any(second > 12 for _, second in found)
    return "mdy" if months_first and not days_first else "dmy"


def _first(texts: Sequence[str]) -> tuple[str, ...]:
    """A few different cells, cut short."""
    shown = dict.fromkeys(text.strip()[:LONGEST_SAMPLE] for text in texts if text.strip())
    return tuple(list(shown)[:SAMPLES])
