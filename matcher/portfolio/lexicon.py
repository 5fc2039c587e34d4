"""By which words are columns and cells recognised? They are data: `profiles/columns.yaml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

from matcher.catalogue.locate import FACTS
from matcher.facts.tables import folded
from matcher.facts.vocabulary import Vocabulary
from matcher.language.diagnostics import Diagnostics
from matcher.language.shape import shaped
from matcher.language.text import Text
from matcher.language.yaml_text import read_yaml_file
from matcher.portfolio.shapes import LexiconShape, NarrowShape

SHIPPED = FACTS.parent / "columns.yaml"


def plain(header: str) -> str:
    """A header without case, accents, signs and compatibility forms, for comparison."""
    return folded(unicodedata.normalize("NFKC", header.replace("º", "°")).replace("_", " "))


# How a letter may be written: the patterns of Polars do not fold texts as `plain` does.
_WRITTEN = {"a": "[aàâä]", "c": "[cç]", "e": "[eéèêë]", "i": "[iîï]", "o": "[oôö]", "u": "[uùûü]"}
_WRITTEN[" "] = r"[\W_]"
_NUMBERED = re.compile(r"(.*?)(?: \d[\d ]*(?: \w{1,12})?)?\Z")


@dataclass(frozen=True)
class Words:
    """Words by which a cell is recognised, whole or with a number after; a star is any end."""

    words: tuple[str, ...]

    @cached_property
    def begins(self) -> str:
        """The pattern of what may be one of them, by its first letters: a quick look."""
        first = sorted({plain(word)[:3] for word in self.words})
        known = "|".join("".join(_WRITTEN.get(c, re.escape(c)) for c in one) for one in first)
        return rf"(?i)^[\W_]*(?:{known})" if known else r"[^\s\S]"

    def has(self, text: str) -> bool:
        """Whether a cell is one of them."""
        word = plain(text)
        numbered = _NUMBERED.match(word)
        assert numbered is not None
        return not self._whole.isdisjoint((word, numbered[1])) or word.startswith(self._starred)

    @cached_property
    def _whole(self) -> frozenset[str]:
        return frozenset(plain(word) for word in self.words if not word.endswith("*"))

    @cached_property
    def _starred(self) -> tuple[str, ...]:
        return tuple(plain(word) for word in self.words if word.endswith("*"))


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a header means: a fact; `order` tells the more telling of two headers."""

    fact: str
    order: int
    bracket: bool = False
    note: Text | None = None


@dataclass(frozen=True)
class Lexicon:
    """The words of the shipped file, for one vocabulary."""

    shape: LexiconShape
    facts: Vocabulary

    @cached_property
    def meanings(self) -> Mapping[str, Meaning]:
        """What each known header means; the listed ones go before the labels of the facts."""
        found: dict[str, Meaning] = {}
        for header, meaning in self._listed():
            found.setdefault(plain(header), meaning)
        for header, label in self._labels().items():
            found.setdefault(header, label)
        return found

    def _listed(self) -> Iterator[tuple[str, Meaning]]:
        for key, words in self.shape.facts.items():
            if key not in self.facts or not self.facts[key].settable:
                continue
            yield from ((h, Meaning(key, i)) for i, h in enumerate(words.headers))
            yield from ((h, Meaning(key, i, bracket=True)) for i, h in enumerate(words.brackets))
            if words.likely is not None:
                note = words.likely.note.text()
                for index, header in enumerate(words.likely.headers):
                    yield header, Meaning(key, index, note=note)

    def _labels(self) -> dict[str, Meaning]:
        """The labels of the facts; what two facts are called names neither."""
        found: dict[str, Meaning] = {}
        twice: set[str] = set()
        for key, fact in self.facts.items():
            for label in {plain(fact.label.fr), plain(fact.label.en)} if fact.settable else ():
                if label in found and found[label].fact != key:
                    twice.add(label)
                found[label] = Meaning(key, -1)
        return {label: meaning for label, meaning in found.items() if label not in twice}

    @cached_property
    def clients(self) -> Mapping[str, int]:
        """The headers that name the client, the most telling first."""
        return {plain(header): order for order, header in reversed([*enumerate(self.shape.client)])}

    @cached_property
    def endings(self) -> tuple[str, ...]:
        """What may end a header without changing it."""
        return tuple(sorted(map(plain, self.shape.endings), key=len, reverse=True))

    @cached_property
    def units(self) -> Mapping[str, str]:
        """Units as headers write them, to units as cells do."""
        return {unit.casefold(): known for unit, known in self.shape.units.items()}

    def words(self, kind: Literal["unknown", "errors", "yes", "no", "none"]) -> frozenset[str]:
        """The words of one kind, in lower case."""
        return self._words[kind]

    @cached_property
    def _words(self) -> Mapping[str, frozenset[str]]:
        listed = self.shape.words
        kinds = {
            "unknown": listed.unknown,
            "errors": listed.errors,
            "yes": listed.yes,
            "no": listed.no,
            "none": listed.none,
        }
        return {kind: frozenset(map(str.casefold, words)) for kind, words in kinds.items()}

    @cached_property
    def totals(self) -> Words:
        """The words of a row that sums up the others."""
        return Words(tuple(self.shape.words.totals))

    def values(self, fact: str) -> Mapping[str, str]:
        """What people write for the choices or codes of a fact."""
        words = self.shape.facts.get(fact)
        return words.values if words else {}

    def narrowed_by(self, fact: str) -> tuple[NarrowShape, ...]:
        """The facts that tell the homonyms of a fact apart."""
        words = self.shape.facts.get(fact)
        return tuple(words.narrowed_by) if words else ()


@cache
def read_lexicon(path: Path = SHIPPED) -> LexiconShape:
    """The words in a file; raises `RuleError` when it has mistakes."""
    found = Diagnostics()
    shape = shaped(read_yaml_file(path, shown_as=path.name), LexiconShape, found)
    found.raise_errors()
    assert shape is not None
    return shape
