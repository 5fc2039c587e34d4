"""Which choice did a person type: a number, a name, its first letters, several at once?"""

from __future__ import annotations

import re

from matcher.facts.numbers import boolean_written
from matcher.facts.tables import folded
from matcher.facts.typed_forms import (
    MOST_CANDIDATES,
    UNREAD_PART,
    Candidate,
    Read,
    Typed,
    Unread,
    Which,
    how_to_answer,
)
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text

_YES, _NO = ("oui", "yes", "vrai", "true"), ("non", "no", "faux", "false")
_EITHER = re.compile(r"\d+(?:\s*(?:\bou\b|\bor\b|/)\s*\d+)+\Z")
_NUMBERS = re.compile(r"\d+(?:(?:\s*[,;+&]\s*|\s+(?:et|and)\s+|\s+)\d+)*\Z")
_PARTS = re.compile(r"\s*[,;+]\s*")


def boolean_typed(fact: FactDeclaration, text: str) -> Typed:
    """Yes or no: a word, its first letters, or its number."""
    word = folded(text)
    held = boolean_written(word)
    if held is not None:
        return Read(held)
    yes = word == "1" or (bool(word) and any(one.startswith(word) for one in _YES))
    no = word == "2" or (bool(word) and any(one.startswith(word) for one in _NO))
    return _unread(fact) if yes == no else Read(yes)


def choice_typed(fact: FactDeclaration, text: str) -> Typed:
    """One choice, or "1 ou 2" where one of several holds."""
    if _EITHER.match(text):
        numbered = [_numbered(fact, number) for number in re.findall(r"\d+", text)]
        known = [choice for choice in numbered if choice is not None]
        return Read({"one_of": known}) if len(known) == len(numbered) else _unread(fact)
    found = _chosen(fact, text)
    match found:
        case []:
            return _unread(fact)
        case [one]:
            return Read(one)
        case _:
            few = found[:MOST_CANDIDATES]
            several = tuple(Candidate(choice, fact.choice_label(choice)) for choice in few)
            return Which(several, len(found) - len(few))


def _chosen(fact: FactDeclaration, text: str) -> list[str]:
    """The choices that a text may mean: one by its number or name, several by first letters."""
    if text.isdecimal():
        one = _numbered(fact, text)
        return [] if one is None else [one]
    word = folded(text)
    names = {
        choice: (folded(choice), folded(label.fr), folded(label.en))
        for choice, label in fact.choices
    }
    for fits in (_is_name, _begins, _begins_a_word):
        found = [choice for choice, known in names.items() if word and fits(word, known)]
        if found:
            return found
    return []


def _is_name(word: str, names: tuple[str, ...]) -> bool:
    return word in names


def _begins(word: str, names: tuple[str, ...]) -> bool:
    return any(name.startswith(word) for name in names)


def _begins_a_word(word: str, names: tuple[str, ...]) -> bool:
    return any(f" {word}" in f" {name}" for name in names)


def _numbered(fact: FactDeclaration, number: str) -> str | None:
    """The choice of a number, counted from 1 as they are shown."""
    if len(number) > 3:
        return None
    index = int(number) - 1
    return fact.choices[index][0] if 0 <= index < len(fact.choices) else None


def set_typed(fact: FactDeclaration, text: str) -> Typed:
    """The choices that hold at once: "1, 3", or names with commas between them."""
    if text == "0":
        return Read([])
    whole = [] if _NUMBERS.match(text) else _chosen(fact, text)
    if len(whole) == 1:
        return Read(whole)
    parts = re.findall(r"\d+", text) if _NUMBERS.match(text) else _PARTS.split(text)
    chosen: list[str] = []
    for part in parts:
        found = _chosen(fact, part)
        if len(found) != 1:
            return _several_chosen(fact, found) if len(parts) == 1 else _unread_part(part, fact)
        chosen += found
    return Read(list(dict.fromkeys(chosen)))


def _several_chosen(fact: FactDeclaration, found: list[str]) -> Typed:
    if not found:
        return _unread(fact)
    few = found[:MOST_CANDIDATES]
    several = tuple(Candidate([choice], fact.choice_label(choice)) for choice in few)
    return Which(several, len(found) - len(few))


def _unread(fact: FactDeclaration) -> Unread:
    return Unread(how_to_answer(fact))


def _unread_part(part: str, fact: FactDeclaration) -> Unread:
    short = "".join(c for c in part[:40] if c.isprintable())
    said = UNREAD_PART.filled({"part": Text(short, short)})
    how = how_to_answer(fact)
    return Unread(Text(f"{said.fr} {how.fr}", f"{said.en} {how.en}"))
