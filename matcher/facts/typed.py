"""What does the answer that a person typed for a fact say?

Every kind of fact is read as people write it. What may mean several things is given back as
candidates, what means nothing as an explanation: never a guess. What is read is a value as a
profile file holds it, so that the same checks apply to both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from matcher.facts.search import Search
from matcher.facts.tables import Table, Tables, folded
from matcher.facts.typed_choices import boolean_typed, choice_typed, set_typed
from matcher.facts.typed_dates import date_typed
from matcher.facts.typed_forms import (
    APPROXIMATE,
    BACKWARDS,
    MOST_CANDIDATES,
    NOT_FOUND,
    Candidate,
    Read,
    Typed,
    Unread,
    Which,
    how_to_answer,
)
from matcher.facts.typed_numbers import Unsure, number_typed
from matcher.facts.values import Span, point
from matcher.facts.vocabulary import FactDeclaration
from matcher.facts.write_profile import plain_value
from matcher.language.text import Text
from matcher.language.tree import Number
from matcher.language.types import Kind

_NO = frozenset(("non", "no", "n"))
LONGEST = 2_000
SHORTEST_SEARCH = 2
_NONE = frozenset(
    (
        *("aucun", "aucune", "aucun d eux", "aucune d elles", "rien", "neant", "jamais", "none"),
        *("nothing", "never", "pas encore", "not yet", "no one", "nil"),
    )
)
_ABOUT = re.compile(r"~|≈|env(?:\.|iron)\b|à peu près|about\b|around\b|approx", re.IGNORECASE)
_NAF = re.compile(r"\d{2}\.?(?:\d{1,2}[a-z]?)?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class TypedReader:
    """Reads what people type, with the reference tables; `today` is a day number."""

    tables: Tables
    today: int | None = None
    searches: dict[str, Search] = field(default_factory=dict, repr=False, compare=False)

    def read(self, fact: FactDeclaration, text: str) -> Typed:
        """What an answer says about a fact."""
        words = " ".join(text[:LONGEST].split())
        word = folded(words)
        if word in _NO and fact.none is not None:
            return Read("none")
        if word in _NONE and (nothing := _nothing(fact)) is not None:
            return nothing
        match fact.kind:
            case Kind.BOOLEAN:
                return boolean_typed(fact, words)
            case Kind.CHOICE:
                return choice_typed(fact, words)
            case Kind.SET:
                return set_typed(fact, words)
            case Kind.DATE:
                return self._date(fact, words)
            case Kind.CODE:
                return self._code(fact, words)
            case _:
                return _number(fact, words)

    def label(self, fact: FactDeclaration, code: object) -> Text | None:
        """What a code of a table is called, as in a list of candidates."""
        table = self.tables.get(fact.codes or "")
        if table is None or not isinstance(code, str) or table.row(code) is None:
            return None
        return self._search(table).label(code)

    def _date(self, fact: FactDeclaration, text: str) -> Typed:
        found = date_typed(text, self.today)
        return Unread(how_to_answer(fact)) if found is None else _spanned(found, fact)

    # --------------------------------------------------------------------------------------- codes
    def _code(self, fact: FactDeclaration, text: str) -> Typed:
        table = self._searchable(fact, text)
        if table is None:
            return Read(text)
        if table.row(text.upper()) is not None and not self._is_postcode(text, table):
            return Read(text.upper())
        if fact.check == "naf" and _NAF.match(text):
            return self._classified(text, table)
        search = self._search(table)
        keys = search.found(text) if len(folded(text)) >= SHORTEST_SEARCH else ()
        if table.row(text) is not None and text not in keys:
            keys = (*keys, text)
        if not keys and (any(c.isdigit() for c in text) or fact.check):
            return Read(text) if any(c.isdigit() for c in text) else Unread(NOT_FOUND)
        return _one_of(keys, search)

    def _searchable(self, fact: FactDeclaration, text: str) -> Table | None:
        """The table of the codes; for an identifier without one, that of the bodies it names."""
        if fact.codes is not None:
            return self.tables.get(fact.codes)
        if fact.check is None or any(c.isdigit() for c in text):
            return None
        return next((t for t in self.tables.values() if t.key == fact.check and t.columns), None)

    def _is_postcode(self, text: str, table: Table) -> bool:
        """Whether five digits that are a code of the table are a postcode as well."""
        return "departement" in table.columns and bool(self._search(table).served_by(text))

    def _search(self, table: Table) -> Search:
        if table.name not in self.searches:
            self.searches[table.name] = Search(table, self.tables)
        return self.searches[table.name]

    def _classified(self, text: str, table: Table) -> Typed:
        """A code of activity, or the codes that begin with a part of one."""
        bare = text.replace(".", "").upper()
        dotted = f"{bare[:2]}.{bare[2:]}" if len(bare) > 2 else bare
        keys = [key for key in table.keys() if key.startswith(dotted)]  # noqa: SIM118  not a dict
        if not keys or dotted in keys:
            return Read(dotted)
        return _one_of(keys, self._search(table))


def _one_of(keys: Sequence[str], search: Search) -> Typed:
    match list(keys):
        case []:
            return Unread(NOT_FOUND)
        case [one]:
            return Read(one)
        case several:
            few = several[:MOST_CANDIDATES]
            found = tuple(Candidate(key, search.label(key)) for key in few)
            return Which(found, len(several) - len(few))


# -------------------------------------------------------------------------------- numbers and dates
def _nothing(fact: FactDeclaration) -> Typed | None:
    """What "none" says: what the fact declares, no choice, or zero of what is counted."""
    if fact.none is not None:
        return Read("none")
    if fact.kind is Kind.SET:
        return Read([])
    counted = fact.kind in (Kind.INTEGER, Kind.EUROS)
    return Read(0) if counted and fact.low is not None and fact.low <= 0 else None


def _number(fact: FactDeclaration, text: str) -> Typed:
    if _ABOUT.match(text):
        return Unread(APPROXIMATE)
    match number_typed(text, fact):
        case None:
            return Unread(how_to_answer(fact))
        case Unsure(readings):
            return Which(tuple(_reading(number, fact) for number in readings))
        case Span() as span:
            return _spanned(span, fact)


def _reading(number: Number, fact: FactDeclaration) -> Candidate:
    """One way to read a number that may be read in several."""
    value = plain_value(point(number), fact.kind)
    assert isinstance(value, int | Decimal)
    en = f"{value:,}"
    return Candidate(value, Text(en.replace(",", " ").replace(".", ","), en))


def _spanned(span: Span, fact: FactDeclaration) -> Typed:
    if span.low > span.high:
        return Unread(BACKWARDS)
    return Read(plain_value(span, fact.kind))
