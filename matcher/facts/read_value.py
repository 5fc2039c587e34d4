"""What does the value that somebody gave for a fact say?"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from matcher.facts.identifiers import identifier
from matcher.facts.numbers import boolean_written, date_written, number_written
from matcher.facts.profile import Notice
from matcher.facts.tables import SEVERAL, Table, Tables, folded
from matcher.facts.values import INFINITY, NOTHING, Bound, Known, Members, Options, Span, point
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.diagnostics import Diagnostics, Place, nearest
from matcher.language.text import Text
from matcher.language.tree import Number, Scalar
from matcher.language.types import ORDERED, Kind

MAX_LISTED = 40_000
MAX_CODE = 100
HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
COUNTRY = Text("code de pays", "country code")
TWO_LETTERS = Text("deux lettres, par exemple FR", "two letters, for example FR")
WANTED = {
    Kind.BOOLEAN: Text("vrai ou faux (true, false)", "true or false"),
    Kind.INTEGER: Text("un nombre entier", "a whole number"),
    Kind.NUMBER: Text("un nombre", "a number"),
    Kind.EUROS: Text("un montant en euros", "an amount in euros"),
    Kind.DATE: Text("une date AAAA-MM-JJ", "a date YYYY-MM-DD"),
    Kind.CODE: Text("un code entre guillemets", "a quoted code"),
    Kind.CHOICE: Text("un choix", "a choice"),
    Kind.SET: Text("une liste de choix", "a list of choices"),
}


class RefusedError(Exception):
    """A value cannot be used; its diagnostic is already recorded."""


@dataclass(frozen=True)
class ValueReader:
    """Reads the values of facts; mistakes go to `found`, what was changed to `notices`."""

    tables: Tables
    found: Diagnostics
    notices: list[Notice]

    def read(self, fact: FactDeclaration, raw: object, place: Place) -> Known | None:
        """The value given for a fact, None when it says nothing; raises `RefusedError`."""
        match raw:
            case None | "unknown":
                return None
            case "none" if fact.none is not None:
                return NOTHING
            case "none":
                raise self._refuse("P08", fact, place)
            case Mapping():
                return self._form(fact, raw, place)
            case _ if fact.kind in ORDERED:
                return point(self._checked(fact, self._ordered(fact, raw, place), place))
            case _ if fact.kind is Kind.SET:
                return self._set(fact, raw, place)
            case _:
                return Options(frozenset({self._listed(fact, raw, place)}))

    # ---------------------------------------------------------------------------- uncertain values
    def _form(self, fact: FactDeclaration, raw: Mapping[str, object], place: Place) -> Known | None:
        keys = set(raw)
        if keys <= {"min", "max"} and keys and fact.kind in ORDERED:
            return self._range(fact, raw, place)
        if keys == {"one_of"} and fact.kind not in ORDERED | {Kind.SET}:
            items = raw["one_of"]
            if isinstance(items, Sequence) and not isinstance(items, str) and items:
                few = list(items)[:MAX_LISTED]
                return Options(frozenset(self._listed(fact, item, place) for item in few))
        raise self._mistyped(fact, "{" + ", ".join(sorted(map(str, keys))) + "}", place)

    def _range(
        self, fact: FactDeclaration, raw: Mapping[str, object], place: Place
    ) -> Known | None:
        low, high = (
            None if raw.get(end) is None else self._ordered(fact, raw[end], place)
            for end in ("min", "max")
        )
        if low is None and high is None:
            return None
        if low is not None and high is not None and low > high:
            raise self._refuse("P04", fact, place, low=raw["min"], high=raw["max"])
        for bound in (low, high):
            if bound is not None:
                self._checked(fact, bound, place)
        return Span(_or(low, -INFINITY), _or(high, INFINITY))

    # ------------------------------------------------------------------------------ numbers, dates
    def _ordered(self, fact: FactDeclaration, raw: object, place: Place) -> Number:
        if fact.kind is Kind.DATE:
            value: Number | None = date_written(raw)
        else:
            share = fact.kind is Kind.NUMBER and fact.unit is None
            value = number_written(raw, euros=fact.kind is Kind.EUROS, share=share)
        if value is None or (Fraction(value) * 10**fact.decimals).denominator != 1:
            raise self._mistyped(fact, raw, place)
        return value

    def _checked(self, fact: FactDeclaration, value: Number, place: Place) -> Number:
        low, high = fact.low, fact.high
        if (low is not None and value < low) or (high is not None and value > high):
            ends = {"low": _shown(low, fact), "high": _shown(high, fact)}
            raise self._refuse("P03", fact, place, value=_shown(value, fact), **ends)
        return value

    # -------------------------------------------------------------------- choices, codes, booleans
    def _set(self, fact: FactDeclaration, raw: object, place: Place) -> Known:
        if isinstance(raw, str) or not isinstance(raw, Sequence | frozenset | set):
            raise self._mistyped(fact, raw, place)
        return Members(frozenset(str(self._choice(fact, item, place)) for item in raw))

    def _listed(self, fact: FactDeclaration, raw: object, place: Place) -> Scalar:
        match fact.kind:
            case Kind.BOOLEAN:
                held = boolean_written(raw)
                if held is None:
                    raise self._mistyped(fact, raw, place)
                return held
            case Kind.CHOICE:
                return self._choice(fact, raw, place)
            case _:
                return self._code(fact, raw, place)

    def _choice(self, fact: FactDeclaration, raw: object, place: Place) -> str:
        word = folded(raw)[:MAX_CODE] if isinstance(raw, str) else ""
        for choice, label in fact.choices:
            if word and word in (folded(choice), folded(label.fr), folded(label.en)):
                return choice
        known = [choice for choice, _ in fact.choices]
        near = nearest(str(raw)[:MAX_CODE], known)
        raise self._refuse("P05", fact, place, near, value=short(raw), choices=", ".join(known))

    def _code(self, fact: FactDeclaration, raw: object, place: Place) -> str:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            raise self._mistyped(fact, raw, place)
        code = self._identified(fact, raw, place)
        table = self.tables.get(fact.codes or "")
        other = self.tables.get(fact.or_codes or "")
        if table is None or (other is not None and other.row(code) is not None):
            return code
        return self._in_table(fact, code, table, place)

    def _identified(self, fact: FactDeclaration, raw: object, place: Place) -> str:
        if fact.check in ("siren", "siret", "postcode"):
            table = self.tables.get(fact.codes or "")
            if table is not None and isinstance(raw, str) and not any(c.isdigit() for c in raw):
                return raw
            read = identifier(fact.check, raw)
            if read.fault is not None:
                reason = read.fault
                raise self._refuse(
                    "P07", fact, place, value=short(raw), check=fact.check, reason=reason
                )
            self.notices.extend(Notice(fact.key, change) for change in read.changes)
            return read.written
        text = unicodedata.normalize("NFC", str(raw).strip())
        hidden = any(unicodedata.category(c) in HIDDEN for c in text)
        if hidden or SEVERAL in text or len(text) > MAX_CODE:
            raise self._mistyped(fact, raw, place)
        if fact.check == "naf":
            return self._naf(fact, text.upper())
        if fact.check == "country":
            return self._country(fact, text.upper(), place)
        return text.upper() if text[:1].isdigit() else text

    def _country(self, fact: FactDeclaration, code: str, place: Place) -> str:
        """A country by its two letters: its name would read as another country."""
        if len(code) == 2 and code.isascii() and code.isalpha():
            return code
        reason = TWO_LETTERS
        raise self._refuse("P07", fact, place, value=short(code), check=COUNTRY, reason=reason)

    def _naf(self, fact: FactDeclaration, code: str) -> str:
        """A NAF code with its dot: 2222Z is 22.22Z."""
        if len(code) != 5 or not code[:4].isdecimal():
            return code
        dotted = f"{code[:2]}.{code[2:]}"
        change = Text(f"« {code} » lu comme {dotted}", f"“{code}” read as {dotted}")
        self.notices.append(Notice(fact.key, change))
        return dotted

    def _in_table(self, fact: FactDeclaration, code: str, table: Table, place: Place) -> str:
        if table.row(code) is not None:
            return code
        current = self._alias(code, table)
        named = table.named(code) if current is None else [current]
        if len(named) == 1:
            change = Text(f"« {code} » lu comme {named[0]}", f"“{code}” read as {named[0]}")
            self.notices.append(Notice(fact.key, change))
            return named[0]
        if named:
            few = ", ".join(named[:8])
            raise self._refuse("P11", fact, place, value=short(code), candidates=few)
        raise self._refuse(
            "P06", fact, place, value=short(code), table=table.title, vintage=table.vintage
        )

    def _alias(self, code: str, table: Table) -> str | None:
        aliases = self.tables.get(table.aliases or "")
        row = aliases.row(code) if aliases is not None else None
        return next(iter(list(row.values())[1:2]), None) if row else None

    # ------------------------------------------------------------------------------------ refusals
    def _mistyped(self, fact: FactDeclaration, raw: object, place: Place) -> RefusedError:
        return self._refuse("P02", fact, place, value=short(raw), wanted=WANTED[fact.kind])

    def _refuse(
        self,
        code: str,
        fact: FactDeclaration,
        place: Place,
        near: str | None = None,
        **parts: object,
    ) -> RefusedError:
        self.found.add(code, place, suggestion=near, key=fact.key, **parts)
        return RefusedError()


def _or(bound: Number | None, default: float) -> Bound:
    return default if bound is None else bound


def short(raw: object) -> str:
    """A value as a message may echo it: short, and without control characters."""
    if isinstance(raw, int) and raw.bit_length() > 200:
        return "…"
    text = "".join(char for char in str(raw)[:200] if char.isprintable())
    return text if len(text) <= 60 else text[:57] + "…"


def _shown(value: Number | None, fact: FactDeclaration) -> str:
    if value is None:
        return "…"
    if fact.kind is Kind.DATE and isinstance(value, int):
        return datetime.date.fromordinal(value).isoformat()
    return str(value) if isinstance(value, int) else f"{float(value):g}"
