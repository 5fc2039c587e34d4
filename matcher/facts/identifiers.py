"""Is this a real SIREN or SIRET, and how should it be written?

Rules: nine digits (SIREN), or the SIREN and five digits (SIRET), each with a Luhn key. La Poste's
establishments may instead have a sum of digits that is a multiple of five.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.language.text import Text

LA_POSTE = "356000000"
_SEPARATORS = re.compile(r"[\s.\u00a0\u202f-]+")
_LENGTHS = {"siren": 9, "siret": 14, "postcode": 5}

SPACES_REMOVED = Text("espaces et ponctuation retirés", "spaces and punctuation removed")
ZEROS_RESTORED = Text("zéros de tête rétablis", "leading zeros restored")
VAT_REMOVED = Text("préfixe de TVA « FR » retiré", "VAT prefix “FR” removed")
FLOAT_CUT = Text("« .0 » retiré", "“.0” removed")

NOT_DIGITS = Text("il faut des chiffres", "digits are wanted")
WRONG_LENGTH = Text("il faut {length} chiffres", "{length} digits are wanted")
WRONG_KEY = Text("la clé de contrôle est fausse", "the check digit is wrong")


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as it should be written, what was changed, or why it is not valid."""

    written: str
    changes: tuple[Text, ...] = ()
    fault: Text | None = None


def identifier(kind: str, raw: object) -> Identifier:
    """The identifier of a kind (`siren`, `siret`, `postcode`) that a person wrote."""
    text, changes = _digits(kind, str(raw).strip())
    length = _LENGTHS[kind]
    if not text.isascii() or not text.isdigit():
        return Identifier(text, fault=NOT_DIGITS)
    if length - 2 <= len(text) < length:
        text, changes = text.rjust(length, "0"), [*changes, ZEROS_RESTORED]
    if len(text) != length:
        return Identifier(text, fault=WRONG_LENGTH.filled({"length": Text(*[str(length)] * 2)}))
    if kind != "postcode" and not (_has_right_key(text) and _zeros_are_sure(kind, text, changes)):
        return Identifier(text, fault=WRONG_KEY)
    return Identifier(text, tuple(changes))


def _digits(kind: str, text: str) -> tuple[str, list[Text]]:
    changes: list[Text] = []
    bare = _SEPARATORS.sub("", text.removesuffix(".0"))
    if text.endswith(".0"):
        changes.append(FLOAT_CUT)
    elif bare != text:
        changes.append(SPACES_REMOVED)
    if kind == "siren" and bare[:2].upper() == "FR" and len(bare) == 13:
        return bare[4:], [*changes, VAT_REMOVED]
    return bare, changes


def _has_right_key(digits: str) -> bool:
    if luhn(digits):
        return True
    return len(digits) == 14 and digits.startswith(LA_POSTE) and _digit_sum(digits) % 5 == 0


def _zeros_are_sure(kind: str, digits: str, changes: list[Text]) -> bool:
    """Whether both keys of a SIRET hold where zeros were added: one alone holds once in ten."""
    return kind != "siret" or ZEROS_RESTORED not in changes or luhn(digits[:9])


def _digit_sum(digits: str) -> int:
    return sum(int(digit) for digit in digits)


def luhn(digits: str) -> bool:
    """Whether the Luhn sum of the digits is a multiple of ten."""
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
