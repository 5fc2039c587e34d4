"""Which texts are not translated?

A text counts as untranslated when both languages say the same words (names, whose words all begin
with a capital, are left alone), or when the small words of the other language outnumber its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from matcher.authoring.lints.subject import Subject
from matcher.language.diagnostics import Diagnostic, diagnostic
from matcher.language.text import Text
from matcher.language.yaml_text import Path_

FRENCH = """
au aux avec ce ces cette dans de des du elle en entre est et il la le les leur ne ou par pas plus
pour qui que sa sans se selon ses son sont sur un une vos votre vous à
"""
ENGLISH = """
a after all an and are as at be been by for from has have if in is it its less more no not of on or
than that the their these this those to under which who with without you your
"""
LEAST_SMALL_WORDS = 2
SHOWN = 60
IN_FRENCH = Text("l'anglais", "the English")
IN_ENGLISH = Text("le français", "the French")
_FRENCH = frozenset(FRENCH.split())
_ENGLISH = frozenset(ENGLISH.split())
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ASIDE = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|\([^)]*\)|\{[^}]*\}")


Pair = tuple[Path_, tuple[str, ...], str, str]
"""The path of a text in its file, the same with the ids of parts, its French and its English."""


def untranslated(subject: Subject) -> Iterator[Diagnostic]:
    """W13: a text whose French or English is in the other language."""
    for document in subject.documents.values():
        for path, named, fr, en in _texts(document.data, (), ()):
            which = _which(fr, en)
            if which is not None:
                text = (en if which is IN_FRENCH else fr)[:SHOWN]
                place = document.place((*path, "en" if which is IN_FRENCH else "fr"))
                yield diagnostic("W13", place, name=".".join(named), which=which, text=text)


def _which(fr: str, en: str) -> Text | None:
    """Which of the two languages is missing."""
    if _repeats(fr, en) or _foreign(en, _FRENCH, _ENGLISH):
        return IN_FRENCH
    return IN_ENGLISH if _foreign(fr, _ENGLISH, _FRENCH) else None


def _repeats(fr: str, en: str) -> bool:
    """Whether both say the same several words, and are no name."""
    words = [word.casefold() for word in _WORD.findall(en)]
    same = words == [word.casefold() for word in _WORD.findall(fr)]
    plain = _ASIDE.sub(" ", en).split()
    return same and len(words) > 1 and any(word[:1].islower() for word in plain)


def _foreign(text: str, other: frozenset[str], own: frozenset[str]) -> bool:
    words = [word.casefold() for word in _WORD.findall(_ASIDE.sub(" ", text))]
    foreign = sum(word in other for word in words)
    return foreign >= LEAST_SMALL_WORDS and foreign > sum(word in own for word in words)


def _texts(data: Any, path: Path_, named: tuple[str, ...]) -> Iterator[Pair]:
    """Each pair of texts of a file."""
    if isinstance(data, dict):
        if isinstance(data.get("fr"), str) and isinstance(data.get("en"), str):
            yield path, named, data["fr"], data["en"]
            return
        for key, value in data.items():
            if path or key not in ("cases", "accepts"):
                yield from _texts(value, (*path, key), (*named, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            id_ = value.get("id") if isinstance(value, dict) else None
            yield from _texts(value, (*path, index), (*named, str(id_ or index)))
