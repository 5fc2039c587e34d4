"""How are amounts, numbers and dates written in French and in English?"""

from __future__ import annotations

import datetime
from fractions import Fraction

from matcher.facts.values import INFINITY, Bound
from matcher.language.text import Text
from matcher.language.tree import Number
from matcher.language.types import Kind

NARROW = "\u202f"
NBSP = "\u00a0"
_MONTHS_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
UNITS = {
    "persons": (Text("personne", "person"), Text("personnes", "people")),
    "years": (Text("an", "year"), Text("ans", "years")),
    "months": (Text("mois", "month"), Text("mois", "months")),
    "percent": (Text("%", "%"), Text("%", "%")),
    "days": (Text("jour", "day"), Text("jours", "days")),
    "jobs": (Text("emploi", "job"), Text("emplois", "jobs")),
    "inhabitants": (Text("habitant", "inhabitant"), Text("habitants", "inhabitants")),
    "tonnes": (Text("tonne", "tonne"), Text("tonnes", "tonnes")),
    "mwh": (Text("MWh", "MWh"), Text("MWh", "MWh")),
    "aids": (Text("aide", "aid"), Text("aides", "aids")),
    "metres": (Text("mètre", "metre"), Text("mètres", "metres")),
}


def number_text(value: Number, *, cents: bool = False) -> Text:
    """A number with its thousands apart; `cents` writes two decimals unless it is whole."""
    exact = Fraction(value)
    decimals = 0 if exact.denominator == 1 else 2 if cents else _decimals(exact)
    scaled = round(abs(exact) * 10**decimals)
    whole, rest = divmod(scaled, 10**decimals)
    tail = str(rest).rjust(decimals, "0") if decimals else ""
    sign = "−" if exact < 0 and scaled else ""
    fr = f"{whole:,}".replace(",", NARROW) + ("," + tail if tail else "")
    en = f"{whole:,}" + ("." + tail if tail else "")
    return Text(sign + fr, sign + en)


def _decimals(exact: Fraction) -> int:
    for decimals in range(1, 7):
        if (exact * 10**decimals).denominator == 1:
            return decimals
    return 6


def euros_text(value: Number) -> Text:
    """An amount: `1 234,56 €`, `€1,234.56`."""
    plain = number_text(value, cents=True)
    en = plain.en
    return Text(f"{plain.fr}{NBSP}€", f"−€{en[1:]}" if en.startswith("−") else f"€{en}")


def percent_text(value: Number) -> Text:
    """A share: 0.35 is `35 %`."""
    plain = number_text(exact_number(Fraction(value) * 100))
    return Text(f"{plain.fr}{NBSP}%", f"{plain.en}%")


def exact_number(value: Fraction) -> Number:
    """The number as an integer where it is one."""
    return int(value) if value.denominator == 1 else value


def date_text(day: int) -> Text:
    """A date: `12 mars 2026`, `12 March 2026`."""
    date = datetime.date.fromordinal(day)
    first = "1er" if date.day == 1 else str(date.day)
    return Text(
        f"{first} {_MONTHS_FR[date.month - 1]} {date.year}",
        f"{date.day} {_MONTHS_EN[date.month - 1]} {date.year}",
    )


def iso(day: int) -> str:
    """A date as JSON holds it."""
    return datetime.date.fromordinal(day).isoformat()


def scalar_text(value: Bound, kind: Kind, unit: str | None = None) -> Text:
    """A number or date of a fact, with its unit."""
    if isinstance(value, float):
        return Text("∞", "∞") if value == INFINITY else Text("−∞", "−∞")
    if kind is Kind.DATE:
        return date_text(int(value))
    if kind is Kind.EUROS:
        return euros_text(value)
    return with_unit(value, unit)


def with_unit(value: Number, unit: str | None) -> Text:
    """A number followed by its unit, in the plural from two on (French counts 1,5 as one)."""
    plain = number_text(value)
    if unit is None or unit == "*":
        return plain
    unknown = Text(unit, unit)
    one, many = UNITS.get(unit, (unknown, unknown))
    fr = (one if -2 < value < 2 else many).fr
    en = (one if value in (-1, 1) else many).en
    return Text(f"{plain.fr}{NBSP}{fr}", f"{plain.en}{'' if en == '%' else ' '}{en}")


def listed(parts: list[Text], *, last_fr: str = "ou", last_en: str = "or") -> Text:
    """Several texts as one list: `a, b ou c`."""
    if not parts:
        return Text("", "")
    if len(parts) == 1:
        return parts[0]
    fr, en = [p.fr for p in parts], [p.en for p in parts]
    return Text(
        f"{', '.join(fr[:-1])} {last_fr} {fr[-1]}", f"{', '.join(en[:-1])} {last_en} {en[-1]}"
    )


def exact_decimal(value: Number) -> str:
    """The exact decimal text of a number whose decimals end (`0.35`); else 30 decimals, cut."""
    exact = Fraction(value)
    digits = next((d for d in range(31) if (exact * 10**d).denominator == 1), 30)
    whole, rest = divmod(abs(exact.numerator) * 10**digits // exact.denominator, 10**digits)
    tail = f".{str(rest).rjust(digits, '0')}" if digits else ""
    return f"{'-' if exact < 0 else ''}{whole}{tail}"
