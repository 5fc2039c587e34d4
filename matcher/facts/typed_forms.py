"""What may come of an answer that a person typed, and how should it have been typed?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.types import Kind

MOST_CANDIDATES = 9


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing that an answer may mean."""

    value: object
    label: Text


@dataclass(frozen=True, slots=True)
class Read:
    """What an answer says, as a profile holds it."""

    value: object


@dataclass(frozen=True, slots=True)
class Which:
    """An answer that may mean several things; `more` are left out."""

    candidates: tuple[Candidate, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """An answer that says nothing about the fact, and how to answer instead."""

    text: Text


Typed: TypeAlias = Read | Which | Unread


def how_to_answer(fact: FactDeclaration) -> Text:
    """How a fact of this kind is answered."""
    if fact.kind in (Kind.CHOICE, Kind.SET):
        count = Text(*[str(len(fact.choices))] * 2)
        return (HOW_SET if fact.kind is Kind.SET else HOW_CHOICE).filled({"count": count})
    return HOW_PERCENT if fact.unit == "percent" else HOW[fact.kind]


# ----------------------------------------------------------------------------------- how to answer
NOT_FOUND = Text(
    "Rien de ce nom dans les tables de référence. Essayez le début du nom, ou le code.",
    "Nothing of that name in the reference tables. Try the beginning of the name, or the code.",
)
APPROXIMATE = Text(
    "« Environ » ne suffit pas à décider : donnez une fourchette, par exemple entre 350 et 450.",
    "“About” is not enough to decide: give a range, for example between 350 and 450.",
)
BACKWARDS = Text(
    "Le minimum dépasse le maximum : échangez les deux.",
    "The minimum exceeds the maximum: swap the two.",
)
UNREAD_PART = Text("« {part} » n'est pas clair.", "“{part}” is not clear.")
HOW_CHOICE = Text(
    "Tapez un numéro de 1 à {count}, ou les premières lettres d'un choix.",
    "Type a number from 1 to {count}, or the first letters of a choice.",
)
HOW_SET = Text(
    "Tapez un ou plusieurs numéros de 1 à {count} (« 1, 3 »), ou « aucun ».",
    "Type one or several numbers from 1 to {count} (“1, 3”), or “none”.",
)
HOW_PERCENT = Text(
    "Donnez un pourcentage, par exemple 35 % ; ou « au moins 30 % ».",
    "Give a percentage, for example 35%; or “at least 30%”.",
)
HOW = {
    Kind.CODE: Text("Donnez un code ou un nom.", "Give a code or a name."),
    Kind.BOOLEAN: Text("Répondez oui ou non (o, n, 1 ou 2).", "Answer yes or no (y, n, 1 or 2)."),
    Kind.INTEGER: Text(
        "Donnez un nombre entier, par exemple 85 ; ou une fourchette : entre 50 et 99, "
        "au moins 50.",
        "Give a whole number, for example 85; or a range: between 50 and 99, at least 50.",
    ),
    Kind.NUMBER: Text(
        "Donnez un nombre, par exemple 12,5 ; ou une fourchette : entre 10 et 20, moins de 36.",
        "Give a number, for example 12.5; or a range: between 10 and 20, less than 36.",
    ),
    Kind.EUROS: Text(
        "Donnez un montant : 400 000, 400 k€, 1,2 M€ ; ou une fourchette : entre 350 et 450 k€.",
        "Give an amount: 400 000, 400 k€, 1.2 M€; or a range: between 350 and 450 k€.",
    ),
    Kind.DATE: Text(
        "Donnez une date : 12/03/2026, 12 mars 2026, mars 2026, 2026 ; ou « avant le 01/07/2026 ».",
        "Give a date: 12/03/2026, 12 March 2026, March 2026, 2026; or “before 01/07/2026”.",
    ),
}
