"""Which number did a person type: "1,2 M€", "400 k€", "85 salariés", "2 ans" of months?

"400.000" may be four hundred or four hundred thousand: both readings are given, never a guess.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from matcher.facts.numbers import LARGEST, number_written
from matcher.facts.typed_spans import ends_typed, span_typed
from matcher.facts.values import Span, point
from matcher.facts.vocabulary import FactDeclaration, exact
from matcher.language.tree import Number
from matcher.language.types import Kind

_THOUSAND, _MILLION, _BILLION = 1_000, 1_000_000, 1_000_000_000
_EUROS: dict[str, int] = {
    **dict.fromkeys(("", "€", "e", "eur", "euro", "euros"), 1),
    **dict.fromkeys(("k", "k€", "ke", "keur", "keuros", "mille", "mille euros"), _THOUSAND),
    **dict.fromkeys(("m", "m€", "me", "meur", "million", "millions"), _MILLION),
    **dict.fromkeys(
        ("million d'euros", "millions d'euros", "million euros", "mio", "mio€"), _MILLION
    ),
    **dict.fromkeys(("md", "md€", "mds", "mds€", "milliard", "milliards", "bn"), _BILLION),
    **dict.fromkeys(("milliard d'euros", "milliards d'euros"), _BILLION),
}
_YEARS = ("an", "ans", "année", "années", "annee", "annees", "year", "years")
_UNITS: dict[str, dict[str, int]] = {
    "persons": dict.fromkeys(
        (
            *("salarié", "salariés", "salarie", "salaries", "employé", "employés", "employee"),
            *("employees", "personne", "personnes", "person", "people", "staff", "etp"),
        ),
        1,
    ),
    "years": dict.fromkeys(_YEARS, 1),
    "months": dict.fromkeys(("mois", "month", "months"), 1) | dict.fromkeys(_YEARS, 12),
    "percent": dict.fromkeys(("%", "pourcent", "pour cent", "percent", "per cent"), 1),
    "jobs": dict.fromkeys(("emploi", "emplois", "poste", "postes", "job", "jobs"), 1),
    "inhabitants": dict.fromkeys(
        ("hab", "habitant", "habitants", "inhabitant", "inhabitants", "people"), 1
    ),
    "tonnes": dict.fromkeys(("t", "tonne", "tonnes"), 1),
    "mwh": {"mwh": 1, "gwh": 1000},
    "aids": dict.fromkeys(("aide", "aides", "aid", "aids"), 1),
    "metres": dict.fromkeys(("m", "mètre", "mètres", "metre", "metres"), 1),
    "days": dict.fromkeys(("j", "jour", "jours", "day", "days"), 1),
}
_SHAPE = re.compile(r"€?\s*(?P<digits>[+-]?\d[\d .,']*?)\s*(?P<unit>[^\d\s.,'+-][^\d]*)?\Z")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?: \d{3})+(?:[.,]\d+)?\Z")
_UNSURE = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}\Z")
_WITHOUT_TAX = re.compile(r"\s*(?:\(?h\.?t\.?\)?|hors taxes?|excl\.? (?:vat|tax))\Z")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007_"), " ") | {
    ord("’"): "'",
    ord("−"): "-",
    ord("–"): "-",
    ord("—"): "-",
}


@dataclass(frozen=True, slots=True)
class Unsure:
    """A number that may be read in several ways."""

    readings: tuple[Number, ...]


def number_typed(text: str, fact: FactDeclaration) -> Span | Unsure | None:
    """The number or the range of a fact that a text says; None where it says none."""
    words = " ".join(text.translate(_SPACES).casefold().split())
    words = _WITHOUT_TAX.sub("", words)
    readings = _readings(words, fact)
    if len(readings) > 1:
        return Unsure(readings)
    step = exact(Fraction(1, 10**fact.decimals))
    return span_typed(_with_shared_unit(words), lambda one: _point(one, fact), step)


def _point(text: str, fact: FactDeclaration) -> Span | None:
    readings = _readings(text, fact)
    return point(readings[0]) if len(readings) == 1 else None


def _readings(text: str, fact: FactDeclaration) -> tuple[Number, ...]:
    """Every number that a text may say."""
    found = _SHAPE.match(text)
    if found is None:
        return ()
    scale = _scale((found["unit"] or "").strip(), fact)
    if scale is None:
        return ()
    digits = found["digits"].strip()
    written = [number_written(one) for one in _decimals(digits)]
    whole = [exact(Fraction(one) * scale) for one in written if one is not None]
    return tuple(dict.fromkeys(number for number in whole if _fits(number, fact)))


def _fits(number: Number, fact: FactDeclaration) -> bool:
    decimals = 0 if fact.kind is Kind.INTEGER else fact.decimals
    return -LARGEST <= number <= LARGEST and (Fraction(number) * 10**decimals).denominator == 1


def _scale(unit: str, fact: FactDeclaration) -> Fraction | None:
    if fact.kind is Kind.EUROS:
        known: dict[str, int] = _EUROS
    elif fact.unit is None:
        share = fact.kind is Kind.NUMBER and unit == "%"
        return Fraction(1, 100) if share else None if unit else Fraction(1)
    else:
        known = {"": 1, **_UNITS.get(fact.unit, {})}
    return Fraction(known[unit]) if unit in known else None


def _decimals(digits: str) -> tuple[str, ...]:
    """The digits with a point for the decimals and nothing else, in each way to read them."""
    bare = digits.replace("'", " ")
    if " " in bare and not _GROUPED.match(bare):
        return ()
    bare = bare.replace(" ", "")
    if _UNSURE.match(bare) and " " not in digits:
        return re.sub(r"[.,]", "", bare), bare.replace(",", ".")
    last = max(bare.rfind("."), bare.rfind(","))
    if last >= 0 and bare.count(bare[last]) > 1:
        return _grouped(bare, bare[last], "")
    if "." in bare and "," in bare:
        head, sign = bare[:last], "," if bare[last] == "." else "."
        return _grouped(head, sign, "." + bare[last + 1 :])
    return (bare.replace(",", "."),)


def _grouped(digits: str, sign: str, decimals: str) -> tuple[str, ...]:
    """Digits in groups of three, without their separators; nothing if the groups are wrong."""
    head, *groups = digits.split(sign)
    right = 1 <= len(head.lstrip("+-")) <= 3 and all(len(g) == 3 and g.isdigit() for g in groups)
    return (head + "".join(groups) + decimals,) if right else ()


def _with_shared_unit(text: str) -> str:
    """The unit on both ends of "entre 350 et 450 k€": the first has none and is smaller."""
    ends = ends_typed(text)
    if ends is None:
        return text
    first, second = (_SHAPE.match(end) for end in ends)
    if first is None or second is None or first["unit"] or not second["unit"]:
        return text
    low, high = (_decimals(found["digits"].strip()) for found in (first, second))
    if len(low) != 1 or len(high) != 1 or Fraction(low[0]) > Fraction(high[0]):
        return text
    return f"entre {ends[0]} {second['unit']} et {ends[1]}"
