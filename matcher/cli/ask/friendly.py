"""How is a mistake in an answer told to somebody who never saw a profile file?"""

from __future__ import annotations

import re

from matcher.facts.vocabulary import Vocabulary
from matcher.language.diagnostics import Diagnostic, MatcherError
from matcher.language.text import LANGUAGES, Text

_KEY = r"[a-z_]+(?:\.[a-z0-9_]+)+"
_WITH_LABEL = {
    "fr": re.compile(rf"« ({_KEY}) »(?: \([^()]*(?:\([^()]*\)[^()]*)*\))?(?=[ .,:;]|$)"),
    "en": re.compile(rf"“({_KEY})”(?: \([^()]*(?:\([^()]*\)[^()]*)*\))?(?=[ .,:;]|$)"),
}
_QUOTES = {"fr": "« {} »", "en": "“{}”"}
CONTRADICTION = "P10"
CORRECT_IT = Text(
    "Corrigez l'une des réponses : tapez celle-ci autrement, « < » pour revenir, ou corrigez "
    "l'autre en tapant par exemple « {key}: … ».",
    "Correct one of the answers: type this one differently, “<” to go back, or correct the other "
    "by typing for example “{key}: …”.",
)


def friendly(error: MatcherError, vocabulary: Vocabulary) -> Text:
    """What is wrong, with the labels of the facts instead of their keys."""
    said = [_in_words(one, vocabulary) for one in error.diagnostics]
    return Text(" ".join(s.fr for s in said), " ".join(s.en for s in said))


def how_to_correct(error: MatcherError, asked: str, vocabulary: Vocabulary) -> Text | None:
    """For a contradiction: how to correct the other answer."""
    for one in error.diagnostics:
        if one.code == CONTRADICTION:
            keys = [k for k in re.findall(_KEY, one.message("fr")) if k in vocabulary]
            others = [key for key in keys if key != asked]
            if others:
                return CORRECT_IT.filled({"key": Text(others[0], others[0])})
    return None


def _in_words(diagnostic: Diagnostic, vocabulary: Vocabulary) -> Text:
    texts = {lang: _labelled(diagnostic.message(lang), vocabulary, lang) for lang in LANGUAGES}
    return Text(**texts)


def _labelled(message: str, vocabulary: Vocabulary, lang: str) -> str:
    """A message with the labels of facts between quotes, wherever it has their keys."""
    message = _WITH_LABEL[lang].sub(lambda found: _label(found, vocabulary, lang), message)
    for key in re.findall(_KEY, message):
        if key in vocabulary:
            label = vocabulary[key].label.in_(lang)
            message = message.replace(key, _QUOTES[lang].format(label))
    return message


def _label(found: re.Match[str], vocabulary: Vocabulary, lang: str) -> str:
    """The label of a fact between quotes; a value that follows it stays."""
    fact = vocabulary.get(found[1])
    if fact is None:
        return found[0]
    label = fact.label.in_(lang)
    rest = found[0][len(_QUOTES[lang].format(found[1])) :]
    return _QUOTES[lang].format(label) + ("" if rest == f" ({label})" else rest)
