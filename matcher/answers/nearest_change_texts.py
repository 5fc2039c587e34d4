"""How is a change of some facts said, and why there is none?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from matcher.answers.formats import NBSP, euros_text, listed, scalar_text
from matcher.answers.phrases import joined
from matcher.answers.sentences import Speaker
from matcher.facts.values import Known, Members, Options, Span, is_exact
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.tree import Number
from matcher.language.types import Kind

STILL_OPEN = Text(
    " ; d'autres points resteraient à préciser", "; other points would remain to be clarified"
)
NOT_FOUND = Text("aucun changement simple n'a été trouvé", "no simple change was found")
MORE = Text("plus de", "more than")
LESS = Text("moins de", "less than")
_MUTE = "aàâeéèêëiîïoôuùûyhœæ"
"""First letters before which « de » loses its vowel."""


def change_text(fact: FactDeclaration, before: Known, after: Known, speaker: Speaker) -> Text:
    """One change: `il manque 50 000 € d'assiette éligible : passez de 350 000 € à 400 000 €`."""
    was, now = speaker.known(fact.key, before), speaker.known(fact.key, after)
    match before, after:
        case Members(old), Members(new):
            return _sets(fact, old, new)
        case Options(), Options() if is_exact(before):
            return _instead(fact, was, now)
        case Span(low, high), Span(int() | Fraction() as to, _):
            target = _target(fact, to, more=to > high)
            now = target.text(fact)
            if low == high and isinstance(low, int | Fraction):
                return _moved(fact, low, target, was)
        case _:
            pass
    form = Text("{it} : {now} (aujourd'hui : {was})", "{it}: {now} (today: {was})")
    return joined(form.fr, form.en, it=fact.label, now=now, was=was)


# ------------------------------------------------------------------------------- numbers and dates
@dataclass(frozen=True, slots=True)
class _Target:
    """Where a number or a date goes, up or down; `passed` if one must go beyond it."""

    value: Number
    more: bool
    passed: bool

    def text(self, fact: FactDeclaration) -> Text:
        shown = scalar_text(self.value, fact.kind, fact.unit)
        return self.with_order(shown, self.more) if self.passed else shown

    @staticmethod
    def with_order(shown: Text, more: bool) -> Text:
        word = MORE if more else LESS
        return joined("{word} {shown}", "{word} {shown}", word=word, shown=shown)


def _target(fact: FactDeclaration, to: Number, *, more: bool) -> _Target:
    """The value itself, or the whole number that it passes by one last decimal (400 000,01 €)."""
    step = Fraction(1, 10**fact.decimals)
    whole = to - step if more else to + step
    if fact.kind is Kind.DATE or step == 1 or whole.denominator != 1:
        return _Target(to, more, passed=False)
    return _Target(int(whole), more, passed=True)


def _moved(fact: FactDeclaration, low: Number, target: _Target, was: Text) -> Text:
    now = target.text(fact)
    if fact.kind is Kind.EUROS and target.value != low:
        return _euros(fact, low, target, was)
    if fact.kind is not Kind.DATE:
        form = Text("{it} : passez de {was} à {now}", "{it}: go from {was} to {now}")
    elif target.more:
        form = Text("{it} : reportez du {was} au {now}", "{it}: postpone from {was} to {now}")
    else:
        form = Text("{it} : avancez du {was} au {now}", "{it}: bring forward from {was} to {now}")
    return joined(form.fr, form.en, it=fact.label, was=was, now=now)


def _euros(fact: FactDeclaration, low: Number, target: _Target, was: Text) -> Text:
    gap = euros_text(abs(Fraction(target.value - low)))
    label = Text(_lowered(fact.label.fr), _lowered(fact.label.en))
    of = Text(f"d'{label.fr}" if label.fr[0].lower() in _MUTE else f"de {label.fr}", label.en)
    if target.more:
        gap = _Target.with_order(gap, more=True) if target.passed else gap
        form = Text("il manque {gap} {of}", "{gap} short on the {of}")
    else:
        form = Text("{gap} {of} en trop", "{gap} too much on the {of}")
    return joined(
        f"{form.fr} : passez de {{was}} à {{now}}",
        f"{form.en}: go from {{was}} to {{now}}",
        gap=gap,
        of=of,
        was=was,
        now=target.text(fact),
    )


def _lowered(label: str) -> str:
    """A label inside a sentence: without its capital, unless it opens with an acronym."""
    acronym = label[1:2].isupper()
    return label if acronym else label[:1].lower() + label[1:]


# ------------------------------------------------------------------------------- choices and sets
def _instead(fact: FactDeclaration, was: Text, now: Text) -> Text:
    if fact.kind is not Kind.BOOLEAN:
        was, now = _quoted([was]), _quoted([now])
    form = Text("{it} : {now} au lieu de {was}", "{it}: {now} instead of {was}")
    return joined(form.fr, form.en, it=fact.label, was=was, now=now)


def _sets(fact: FactDeclaration, old: frozenset[str], new: frozenset[str]) -> Text:
    parts = [
        joined("retirez {c}", "remove {c}", c=_quoted([label]))
        if choice in old
        else joined("ajoutez {c}", "add {c}", c=_quoted([label]))
        for choice, label in fact.choices
        if choice in old ^ new
    ]
    both = listed(parts, last_fr="et", last_en="and")
    return joined("{it} : {both}", "{it}: {both}", it=fact.label, both=both)


# ---------------------------------------------------------------------------------- whole sentences
def changes_text(parts: Sequence[Text], *, settled: bool) -> Text:
    """Changes that go together, and whether they settle the answer."""
    more = Text("", "") if settled else STILL_OPEN
    fr = " ; ".join(part.fr for part in parts)
    en = "; ".join(part.en for part in parts)
    return Text(fr + more.fr, en + more.en)


def fixed_text(fixed: Sequence[Text], spent: Sequence[Text]) -> Text:
    """Why no change is enough: facts that cannot change, else facts that have no value left."""
    fr, en = "aucun changement n'y suffit", "no change is enough"
    if fixed:
        fr += (
            " : {them} ne peut pas changer"
            if len(fixed) == 1
            else " : {them} ne peuvent pas changer"
        )
        en += ": {them} cannot change"
    elif spent:
        fr += " : plus aucune valeur possible de {them} ne convient"
        en += ": no value that is still possible will do for {them}"
    return joined(fr, en, them=_quoted(fixed or spent))


def _quoted(labels: Sequence[Text]) -> Text:
    quoted = [joined(f"«{NBSP}{{it}}{NBSP}»", "“{it}”", it=label) for label in labels]
    return listed(quoted, last_fr="et", last_en="and")
