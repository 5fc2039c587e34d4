"""Which number or date did a person write?"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction

from matcher.language.tree import Number

LARGEST = 10**15
MOST_BITS = 64
MOST_DIGITS = 30
_SPACES = str.maketrans("", "", " \u00a0\u202f\u2009_")
_SPACE = "[ \u00a0\u202f\u2009_]"
_NUMBER = re.compile(
    rf"([+-]?(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d{{1,18}})(?:[.,]\d{{1,9}})?)"
    rf"{_SPACE}*(k€|m€|md€|€|%)?\Z",
    re.IGNORECASE,
)
_SCALES = {"k€": 1_000, "m€": 1_000_000, "md€": 1_000_000_000}
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_YES = frozenset({"true", "oui", "yes", "vrai"})
_NO = frozenset({"false", "non", "no", "faux"})


def number_written(raw: object, *, euros: bool = False, share: bool = False) -> Number | None:
    """The exact number of a value (`400000`, "1 234,56"), or None if it is not one.

    With `euros`, "1,2 M€" is read too; with `share`, "35 %" is 0.35.
    """
    exact = _fraction(raw, euros=euros, share=share)
    if exact is None or abs(exact) > LARGEST:
        return None
    return int(exact) if exact.denominator == 1 else exact


def _fraction(raw: object, *, euros: bool, share: bool) -> Fraction | None:
    match raw:
        case bool():
            return None
        case int() if raw.bit_length() > MOST_BITS:
            return None
        case int() | Fraction():
            return Fraction(raw)
        case Decimal() if raw.is_finite() and abs(raw.adjusted()) > MOST_DIGITS:
            return None
        case Decimal() | float():
            return _finite(raw)
        case str():
            return _parsed(raw, euros=euros, share=share)
        case _:
            return None


def _finite(raw: Decimal | float) -> Fraction | None:
    try:
        return Fraction(str(raw))
    except (ValueError, OverflowError):
        return None


def _parsed(text: str, *, euros: bool, share: bool) -> Fraction | None:
    found = _NUMBER.match(text.strip())
    if found is None:
        return None
    digits, scale = found.groups()
    if (scale == "%" and not share) or (scale not in (None, "%") and not euros):
        return None
    number = Fraction(digits.translate(_SPACES).replace(",", "."))
    if scale == "%":
        return number / 100
    return number * _SCALES.get((scale or "").lower(), 1)


def date_written(raw: object) -> int | None:
    """The day number of a date ("2026-05-04", "04/05/2026" or a date), or None if it is not one."""
    try:
        match raw:
            case datetime.datetime():
                return raw.date().toordinal()
            case datetime.date():
                return raw.toordinal()
            case str() if found := _FRENCH_DATE.match(raw.strip()):
                day, month, year = (int(part) for part in found.groups())
                return datetime.date(year, month, day).toordinal()
            case str() if _ISO_DATE.match(raw.strip()):
                return datetime.date.fromisoformat(raw.strip()).toordinal()
    except ValueError:
        pass
    return None


def boolean_written(raw: object) -> bool | None:
    """The truth a person wrote (`true`, "oui", "non"…), or None if it is neither."""
    if isinstance(raw, bool):
        return raw
    word = raw.strip().casefold() if isinstance(raw, str) else ""
    return True if word in _YES else False if word in _NO else None
