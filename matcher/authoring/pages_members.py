"""How is a list of accepted or refused values said, every value of it?"""

from __future__ import annotations

from collections.abc import Iterable

from matcher.authoring.pages_writer import Writer
from matcher.facts.values import option
from matcher.language.text import Text
from matcher.language.tree import Fact, Member, Not, Relation, Scalar, Test

ONE_OF = Text("{it} : l'une de ces valeurs : {values}", "{it}: one of these values: {values}")
NONE_OF = Text("{it} : aucune de ces valeurs : {values}", "{it}: none of these values: {values}")
SOME_OF = Text(
    "{it} : au moins une de ces valeurs : {values}", "{it}: at least one of these values: {values}"
)
ONLY_OF = Text("{it} : aucune autre valeur que {values}", "{it}: no other value than {values}")
EACH_OF = Text("{it} : toutes ces valeurs : {values}", "{it}: all of these values: {values}")
IT_IS = Text("{it} : {values}", "{it}: {values}")
IT_IS_NOT = Text("{it} : autre que {values}", "{it}: other than {values}")
INCLUDES = Text("{it} : comprend {values}", "{it}: includes {values}")
EXCLUDES = Text("{it} : ne comprend pas {values}", "{it}: does not include {values}")
OR = Text("ou", "or")
_FEW = 4
_BETWEEN = " · "


def membership(test: Test, writer: Writer) -> str | None:
    """A membership of a fact in words; None for any other test."""
    match test:
        case Member(Fact(key), values) if not _is_boolean(values):
            return _said(ONE_OF, IT_IS, key, values, writer)
        case Not(Member(Fact(key), values)) if not _is_boolean(values):
            return _said(NONE_OF, IT_IS_NOT, key, values, writer)
        case Relation("overlaps", Fact(key), members):
            return _said(SOME_OF, INCLUDES, key, members, writer)
        case Not(Relation("overlaps", Fact(key), members)):
            return _said(NONE_OF, EXCLUDES, key, members, writer)
        case Relation("within", Fact(key), members):
            return _said(ONLY_OF, ONLY_OF, key, members, writer)
        case Relation("includes", Fact(key), members):
            return _said(EACH_OF, INCLUDES, key, members, writer)
        case _:
            return None


def _is_boolean(values: Iterable[Scalar]) -> bool:
    return any(isinstance(value, bool) for value in values)


def _said(several: Text, single: Text, key: str, values: Iterable[Scalar], writer: Writer) -> str:
    shown = [
        writer.say(writer.speaker.known(key, option(v))) for v in _ordered(key, values, writer)
    ]
    it = writer.say(writer.speaker.label(key))
    if len(shown) == 1:
        return writer.put(single, it=it, values=shown[0])
    if several is ONE_OF and len(shown) <= _FEW and not any("," in value for value in shown):
        return writer.put(IT_IS, it=it, values=writer.together(shown, last=OR))
    return writer.put(several, it=it, values=_BETWEEN.join(shown))


def _ordered(key: str, values: Iterable[Scalar], writer: Writer) -> list[Scalar]:
    """The values in the order of the vocabulary, else in their own."""
    fact = writer.speaker.declaration(key)
    ranks = {choice: rank for rank, (choice, _) in enumerate(fact.choices if fact else ())}
    return sorted(values, key=lambda value: (ranks.get(str(value), len(ranks)), str(value)))
