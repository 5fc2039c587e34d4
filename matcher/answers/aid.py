"""How much may the aid be, between which bounds, and on what basis?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.formats import euros_text, exact_decimal, percent_text
from matcher.answers.phrases import joined
from matcher.answers.texts import PlanTexts
from matcher.answers.views import AidAnswer, Amount
from matcher.catalogue.model import Source
from matcher.catalogue.plan import PlannedAid
from matcher.facts.values import INFINITY, Bound, Span
from matcher.language.text import Text
from matcher.language.tree import Number
from matcher.meaning.evaluate import Facts, truth, value

UNBOUNDED = Text("non chiffré", "no figure")


def aid_of(texts: PlanTexts, facts: Facts) -> tuple[AidAnswer, ...]:
    """The parts of the aid that apply, or may apply, to a profile."""
    return tuple(_parts(texts, facts))


def _parts(texts: PlanTexts, facts: Facts) -> Iterator[AidAnswer]:
    for part, statement in zip(texts.plan.aid, texts.aid, strict=True):
        applies = truth(part.when, facts)
        if applies is not False:
            sources = texts.cited(part.component.sources)
            yield _answer(part, statement, sources, facts, certain=applies is True)


def _answer(
    part: PlannedAid, statement: Text, sources: tuple[Source, ...], facts: Facts, *, certain: bool
) -> AidAnswer:
    component = part.component
    spans = {key: value(node, facts) for key, node in part.amounts.items()}
    return AidAnswer(
        id=component.id,
        form=component.form,
        statement=statement,
        certain=certain,
        amounts={key: _amount(key, known) for key, known in spans.items()},
        terms=component.terms,
        sources=sources,
        discretionary=component.discretionary,
    )


def _amount(key: str, known: object) -> Amount:
    say = percent_text if key == "rate" else euros_text
    if not isinstance(known, Span):
        return Amount(None, None, UNBOUNDED)
    low, high = known.low, known.high
    low_text = None if abs(low) == INFINITY else say(_number(low))
    high_text = None if abs(high) == INFINITY else say(_number(high))
    return Amount(_decimal(low), _decimal(high), _between(low_text, high_text, same=low == high))


def _between(low: Text | None, high: Text | None, *, same: bool) -> Text:
    if low is not None and high is not None:
        if same:
            return low
        return joined("de {low} à {high}", "from {low} to {high}", low=low, high=high)
    if low is not None:
        return joined("au moins {low}", "at least {low}", low=low)
    if high is not None:
        return joined("au plus {high}", "at most {high}", high=high)
    return UNBOUNDED


def _number(bound: Bound) -> Number:
    return bound if not isinstance(bound, float) else 0


def _decimal(bound: Bound) -> str | None:
    """The exact decimal text of a bound, or None for no bound."""
    return None if isinstance(bound, float) else exact_decimal(bound)
