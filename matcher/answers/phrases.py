"""Which words do sentences about rules share?"""

from __future__ import annotations

from matcher.language.text import Text

MAX_LISTED = 12
ORDER_WORDS = {
    "<": Text("moins de", "less than"),
    "<=": Text("au plus", "at most"),
    ">": Text("plus de", "more than"),
    ">=": Text("au moins", "at least"),
    "==": Text("exactement", "exactly"),
    "!=": Text("autre que", "other than"),
}
COUNTED = frozenset({"persons", "jobs", "inhabitants", "aids"})
COUNTED_WORDS = {"<": Text("moins de", "fewer than")}
DATE_WORDS = {
    "<": Text("avant le", "before"),
    "<=": Text("au plus tard le", "on or before"),
    ">": Text("après le", "after"),
    ">=": Text("à partir du", "on or after"),
    "==": Text("le", "on"),
    "!=": Text("un autre jour que le", "on another day than"),
}
FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
NEGATED = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
YES_NO = {True: Text("oui", "yes"), False: Text("non", "no")}
DATE_OF_QUESTION = Text("la date de la question", "the date of the question")


def joined(fr: str, en: str, **parts: Text) -> Text:
    """A pair of templates filled with texts."""
    return Text(
        fr.format(**{k: v.fr for k, v in parts.items()}),
        en.format(**{k: v.en for k, v in parts.items()}),
    )


DATE_EXPRESSION_WORDS = {
    "<": Text("avant", "before"),
    "<=": Text("au plus tard à", "no later than"),
    ">": Text("après", "after"),
    ">=": Text("au plus tôt à", "no earlier than"),
    "==": Text("le même jour que", "the same day as"),
    "!=": Text("un autre jour que", "another day than"),
}


def negated(members: list[Text]) -> Text:
    """A single value that is ruled out."""
    return joined("pas {m}", "not {m}", m=members[0]) if members else Text("", "")


def alternatives(members: list[Text], fr: str, en: str) -> Text:
    """Several values around one word."""
    return Text(f" {fr} ".join(m.fr for m in members), f" {en} ".join(m.en for m in members))
