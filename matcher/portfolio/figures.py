"""How much may the aid be, in a few words that fit in a cell?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from matcher.answers.formats import euros_text, percent_text
from matcher.catalogue.plan import PlannedAid
from matcher.facts.values import NO, YES, Bound, Span
from matcher.language.text import Text
from matcher.meaning.derive import KnownFacts
from matcher.portfolio.factored import FactoredTree
from matcher.portfolio.recall import Recall

FORMS = {
    "grant": Text("subvention", "grant"),
    "repayable_advance": Text("avance récupérable", "repayable advance"),
    "loan": Text("prêt", "loan"),
    "guarantee": Text("garantie", "guarantee"),
    "tax_credit": Text("crédit d'impôt", "tax credit"),
    "service": Text("prestation", "service"),
    "label": Text("label", "label"),
    "other": Text("autre aide", "other aid"),
}
EXACT = Text("{form} de {high}", "{form} of {high}")
BETWEEN = Text("{form} de {low} à {high}", "{form} from {low} to {high}")
UP_TO = Text("{form} jusqu'à {high}", "{form} up to {high}")
AT_RATE = Text("{form} à {high}", "{form} at {high}")
UNSURE = Text("{said} (selon le cas)", "{said} (depending)")


@dataclass(frozen=True, slots=True)
class Figure:
    """What one part of the aid may be. `high` is in euros, or a share where `rate`; `up_to`: no
    more than that is promised. `sure` is false when it is not known whether the part applies."""

    form: str
    high: Fraction
    low: Fraction | None = None
    rate: bool = False
    up_to: bool = False
    sure: bool = True


class PartFigure:
    """The figure of one part of the aid, for row after row."""

    def __init__(self, part: PlannedAid, varies: frozenset[str]) -> None:
        self.form = part.component.form
        self.discretionary = part.component.discretionary
        self._applies = FactoredTree(part.when, varies)
        self._amounts = {key: FactoredTree(node, varies) for key, node in part.amounts.items()}
        self._recall = Recall(self._figure, [part.when, *part.amounts.values()], varies)

    def of(self, facts: KnownFacts) -> Figure | None:
        """None where the part does not apply, or has no known limit."""
        return self._recall.of(facts)

    def _figure(self, facts: KnownFacts) -> Figure | None:
        applies = self._applies.value(facts)
        if applies == NO:
            return None
        spans = {key: tree.value(facts) for key, tree in self._amounts.items()}
        amount, ceiling, rate = (_high(spans.get(key)) for key in ("amount", "ceiling", "rate"))
        sure = applies == YES
        if amount is not None and (ceiling is None or amount <= ceiling):
            return Figure(self.form, amount, _low(spans["amount"]), sure=sure)
        if ceiling is not None:
            return Figure(self.form, ceiling, _low(spans.get("floor")), up_to=True, sure=sure)
        if rate is None:
            return None
        up_to = self.discretionary or _low(spans["rate"]) != rate
        return Figure(self.form, rate, rate=True, up_to=up_to, sure=sure)


def _high(known: object) -> Fraction | None:
    return _number(known.high) if isinstance(known, Span) else None


def _low(known: object) -> Fraction | None:
    return _number(known.low) if isinstance(known, Span) else None


def _number(bound: Bound) -> Fraction | None:
    return None if isinstance(bound, float) else Fraction(bound)


def figures_text(figures: Iterable[Figure]) -> Text | None:
    """All the parts in words; None when there is no figure at all."""
    said = list(dict.fromkeys(_figure_text(figure) for figure in figures))
    if not said:
        return None
    return Text(" ; ".join(s.fr for s in said), "; ".join(s.en for s in said))


def _figure_text(figure: Figure) -> Text:
    say = percent_text if figure.rate else euros_text
    parts = {"form": FORMS[figure.form], "high": say(figure.high)}
    low = figure.low
    if low is not None and 0 < low < figure.high:
        said = BETWEEN.filled({**parts, "low": say(low)})
    elif figure.up_to or (low != figure.high and not figure.rate):
        said = UP_TO.filled(parts)
    else:
        said = (AT_RATE if figure.rate else EXACT).filled(parts)
    return said if figure.sure else UNSURE.filled({"said": said})


def most_of(figures: Iterable[Figure]) -> Decimal | None:
    """The largest figure in euros, to the cent."""
    euros = [figure.high for figure in figures if not figure.rate]
    return Decimal(round(max(euros) * 100)) / 100 if euros else None
