"""What is the one-page summary made of, and which words head its parts?"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.language.text import Text


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to know about a scheme, under a word that says what it is."""

    word: Text
    text: Text
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A scheme in some lines."""

    name: Text
    headline: Text
    good: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page: schemes in some lines, then others in one line each, then a remark."""

    id: str
    title: Text
    sheets: tuple[Sheet, ...] = ()
    lines: tuple[Point, ...] = ()
    remark: Text | None = None


@dataclass(frozen=True, slots=True)
class OnePage:
    """The page: what it is about, its sections, and what one must know to read it."""

    title: Text
    about: str
    date: Text
    given: tuple[Point, ...]
    counts: Text
    sections: tuple[Section, ...]
    warning: Text
    origin: Text


TITLE = Text("Aides pour votre projet : la synthèse", "Support for your project: the summary")
WARNING = Text(
    "Information indicative, d'après vos réponses et des textes publiés : l'autorité qui instruit "
    "la demande décide. Vérifiez les dates avant de déposer, et ne commandez rien avant.",
    "For information only, from your answers and published texts: the authority that examines the "
    "application decides. Check the dates before you file, and order nothing before that.",
)
NOTHING_NOW = Text(
    "Rien n'est encore sûr avec ces réponses : voyez ce qui reste à préciser.",
    "Nothing is certain yet with these answers: see what is to be clarified.",
)
TITLES = {
    "now": Text("À demander maintenant", "To apply for now"),
    "clarify": Text("Ouverts, à préciser", "Open, to be clarified"),
    "later": Text("Éligible, mais pas ouvert aujourd'hui", "Eligible, but not open today"),
    "near": Text("À portée : ce qu'il faudrait changer", "Within reach: what would have to change"),
    "learn": Text("Ce qui manque, et qui peut répondre", "What is missing, and who can tell"),
    "others": Text("Les autres dispositifs", "The other schemes"),
}
WORDS = {
    "missing": Text("À préciser", "To clarify"),
    "ask": Text("À demander à", "To ask"),
    "aid": Text("Aide", "Aid"),
    "documents": Text("Pièces", "Documents"),
    "steps": Text("Étapes", "Steps"),
    "reserves": Text("Sous réserve", "Subject to"),
    "apply": Text("Démarche", "How to apply"),
}
YOURS = Text("Vous", "You")
ALSO = Text("et", "and")
UNSURE = Text("À préciser, ouverture à confirmer", "To be clarified, opening to be confirmed")
OUT = Text("Non éligibles", "Not eligible")
CLOSED = Text("Clos", "Closed")
