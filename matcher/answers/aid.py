"""How much may the aid be, between which bounds, and on what basis?"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from matcher.answers.formats import euros_text, percent_text, scalar_text
from matcher.answers.sentences import joined
from matcher.answers.views import AidAnswer, Amount
from matcher.catalogue.model import Scheme, Source
from matcher.catalogue.plan import Plan, PlannedAid
from matcher.facts.values import INFINITY, Bound, Span
from matcher.language.text import Text
from matcher.language.tree import Constant, Number
from matcher.meaning.evaluate import Facts, truth, value

UNBOUNDED = Text("non chiffré", "no figure")


def aid_of(plan: Plan, facts: Facts) -> tuple[AidAnswer, ...]:
    """The parts of the aid that apply, or may apply, to a profile."""
    return tuple(_parts(plan, facts))


def _parts(plan: Plan, facts: Facts) -> Iterator[AidAnswer]:
    for part in plan.aid:
        applies = truth(part.when, facts)
        if applies is not False:
            yield _answer(part, plan, facts, certain=applies is True)


def _answer(part: PlannedAid, plan: Plan, facts: Facts, *, certain: bool) -> AidAnswer:
    component = part.component
    spans = {key: value(node, facts) for key, node in part.amounts.items()}
    return AidAnswer(
        id=component.id,
        form=component.form,
        statement=filled(component.states, plan),
        certain=certain,
        amounts={key: _amount(key, known) for key, known in spans.items()},
        terms=component.terms,
        sources=cited(plan.scheme, component.sources),
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
    if isinstance(bound, float):
        return None
    exact = Fraction(bound)
    return format((Decimal(exact.numerator) / Decimal(exact.denominator)).normalize(), "f")


def cited(scheme: Scheme, ids: tuple[str, ...]) -> tuple[Source, ...]:
    """The sources of some ids."""
    return tuple(scheme.sources[id_] for id_ in ids)


def filled(text: Text, plan: Plan) -> Text:
    """A statement with its parameters put in."""
    if "{" not in text.fr:
        return text
    return text.filled({n: parameter_text(n, c, plan) for n, c in plan.parameters.items()})


def parameter_text(name: str, constant: Constant, plan: Plan) -> Text:
    """A parameter as a statement shows it."""
    number = constant.value
    assert not isinstance(number, str)
    return scalar_text(number, constant.kind, plan.scheme.parameters[name].unit)
