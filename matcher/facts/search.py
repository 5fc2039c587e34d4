"""Which rows of a reference table does somebody mean by a few words?

Case, accents and hyphens do not count, "St" is "Saint", and the first letters of a word will do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from matcher.facts.tables import SEVERAL, Table, Tables, folded
from matcher.language.text import Text

POSTCODES, DEPARTEMENTS = "postcodes", "departements"
ABBREVIATIONS = {"st": "saint", "ste": "sainte"}
ARTICLES = frozenset(
    (
        *(
            "le",
            "la",
            "les",
            "l",
            "d",
            "de",
            "du",
            "des",
            "un",
            "une",
            "au",
            "aux",
            "en",
            "et",
            "a",
        ),
        *("the", "of", "and"),
    )
)
_DEPARTEMENT = re.compile(r"\(?\b(\d[\dabAB]\d?)\)?\Z")
_POSTCODE = re.compile(r"\b(\d{5})\b")
SHORTEST_PLURAL = 4


@dataclass(frozen=True, slots=True)
class _Entry:
    """A row: its key, its name, the words of it, its département and how much it weighs."""

    key: str
    name: str
    words: tuple[str, ...]
    departement: str
    weight: int


@dataclass(frozen=True)
class Search:
    """Finds the rows of one table by name; the names are read once."""

    table: Table
    tables: Tables

    @property
    def column(self) -> str | None:
        """The column of the names: the first that holds text."""
        columns = self.table.columns
        return next((name for name, kind in columns.items() if kind == "text"), None)

    @cached_property
    def _entries(self) -> tuple[_Entry, ...]:
        if self.column is None:
            return ()
        return tuple(self._entry(row, self.column) for row in self.table.every_row())

    def _entry(self, row: Mapping[str, str], column: str) -> _Entry:
        weight = row.get("population") or ""
        return _Entry(
            key=row[self.table.key],
            name=(name := _plain(row[column])),
            words=_words(name),
            departement=row.get("departement", ""),
            weight=int(weight) if weight.isdigit() else 0,
        )

    def found(self, text: str) -> tuple[str, ...]:
        """The keys of the rows that a text may mean, the likeliest first; one where it is sure."""
        among, rest = self._limits(text)
        asked = _words(_plain(rest))
        if not asked:
            return among or ()
        for entries in (self._entries, self._former):
            near = [entry for entry in entries if among is None or entry.key in among]
            matching = _best(_plain(rest), asked, near)
            if matching:
                return tuple(dict.fromkeys(entry.key for entry in matching))
        return ()

    @cached_property
    def _former(self) -> tuple[_Entry, ...]:
        """The former names of the rows, each under its present key."""
        aliases = self.tables.get(self.table.aliases or "")
        if aliases is None:
            return ()
        cells = (list(row.values()) for row in aliases.every_row())
        return tuple(
            _Entry(now, _plain(name), _words(_plain(name)), "", 0)
            for _, now, name, *_ in cells
            if name
        )

    def _limits(self, text: str) -> tuple[tuple[str, ...] | None, str]:
        """The keys to which a postcode or a département limits the search, and what is left."""
        postcode = _POSTCODE.search(text)
        if postcode and "departement" in self.table.columns:
            return self.served_by(postcode[1]), text.replace(postcode[1], " ")
        departement = _DEPARTEMENT.search(text.strip())
        if departement and "departement" in self.table.columns:
            code = departement[1].upper()
            keys = tuple(e.key for e in self._entries if e.departement == code)
            return keys, text.strip()[: departement.start()]
        return None, text

    def served_by(self, postcode: str) -> tuple[str, ...]:
        """The keys that a postcode serves."""
        table = self.tables.get(POSTCODES)
        row = table.row(postcode) if table is not None else None
        return tuple(list(row.values())[1].split(SEVERAL)) if row else ()

    def label(self, key: str) -> Text:
        """A row as somebody chooses it: `Romorantin-Lanthenay (41, Loir-et-Cher)`."""
        row = self.table.row(key) or {}
        name = row.get(self.column or "", key)
        where = self._departement(row.get("departement", "")) or key
        return Text(f"{name} ({where})", f"{name} ({where})")

    def _departement(self, code: str) -> str:
        table = self.tables.get(DEPARTEMENTS)
        row = table.row(code) if table is not None and code else None
        return f"{code}, {row['name']}" if row else code


def _best(name: str, asked: tuple[str, ...], entries: list[_Entry]) -> list[_Entry]:
    """The entries of that very name, else those that hold each word; the likeliest first."""
    exact = [entry for entry in entries if entry.name == name]
    matching = exact or [entry for entry in entries if _matches(asked, entry.words)]
    return sorted(matching, key=lambda e: (_distance(asked, e.words), -e.weight, e.key))


def _distance(asked: tuple[str, ...], words: tuple[str, ...]) -> int:
    """How far a name is from what was asked: the same words, the same first words, or neither."""
    return 0 if words == asked else 1 if words[: len(asked)] == asked else 2


def _plain(name: str) -> str:
    return " ".join(ABBREVIATIONS.get(word, word) for word in folded(name).split())


def _words(plain: str) -> tuple[str, ...]:
    """The words of a plain name that tell it from others."""
    words = plain.split()
    return tuple(word for word in words if word not in ARTICLES) or tuple(words)


def _matches(asked: Iterable[str], words: tuple[str, ...]) -> bool:
    """Whether each word asked for begins a word of the name."""
    return all(any(word.startswith(_singular(one)) for word in words) for one in asked)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > SHORTEST_PLURAL and word.endswith("s") else word
