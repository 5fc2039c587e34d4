"""How much may a scheme pay, in which form, and on what basis?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.texts import PlanTexts
from matcher.authoring.pages_editions import SchemePage
from matcher.authoring.pages_measures import EUROS, SHARE
from matcher.authoring.pages_text import Item
from matcher.catalogue.plan import ALWAYS, PlannedAid
from matcher.language.text import Text

FORMS = {
    "grant": Text("Subvention", "Grant"),
    "repayable_advance": Text("Avance remboursable", "Repayable advance"),
    "loan": Text("Prêt", "Loan"),
    "guarantee": Text("Garantie", "Guarantee"),
    "tax_credit": Text("Crédit d'impôt", "Tax credit"),
    "service": Text("Accompagnement", "Support service"),
    "label": Text("Label", "Label"),
    "other": Text("Autre soutien", "Other support"),
}
IN_MONEY = frozenset({"grant", "repayable_advance", "loan", "guarantee", "tax_credit"})
AMOUNTS = {
    "amount": Text("Montant :", "Amount:"),
    "ceiling": Text("Plafond :", "Ceiling:"),
    "floor": Text("Plancher :", "Floor:"),
    "rate": Text("Taux :", "Rate:"),
}
LEGAL = {
    "ceiling": Text("Plafond légal :", "Legal ceiling:"),
    "rate": Text("Taux légal au plus :", "Legal rate, at most:"),
}
WHEN = Text("À condition que :", "Provided that:")
CASE_BY_CASE = Text(
    "Le montant est décidé au cas par cas : aucun montant n'est promis.",
    "The amount is decided case by case: no amount is promised.",
)
NO_FIGURE = Text("Aucun montant n'est publié.", "No amount is published.")


def aid(page: SchemePage) -> Iterator[str]:
    """The parts of the aid of the current edition, then those of the others."""
    yield from page.by_edition(lambda texts: _parts(page, texts))


def forms(page: SchemePage) -> list[str]:
    """The forms of aid of the current edition, each once."""
    found = dict.fromkeys(part.component.form for part in page.editions[0].plan.aid)
    return [page.writer.put(FORMS[form]) for form in found]


def _parts(page: SchemePage, texts: PlanTexts) -> Iterator[Item]:
    for part, statement in zip(texts.plan.aid, texts.aid, strict=True):
        component = part.component
        form = page.writer.put(FORMS[component.form])
        said = f"*{form}* – **{page.writer.say(statement)}**{page.cited(component.sources)}"
        yield Item(said, tuple(_details(page, part, texts)))


def _details(page: SchemePage, part: PlannedAid, texts: PlanTexts) -> Iterator[Item]:
    put = page.writer.put
    if part.when != ALWAYS:
        yield page.trees.test(part.when).named(put(WHEN))
    yield from _amounts(page, part)
    if part.component.discretionary:
        yield Item(put(CASE_BY_CASE))
    for term in part.component.terms:
        yield Item(page.writer.say(texts.filled(term)))


def _amounts(page: SchemePage, part: PlannedAid) -> Iterator[Item]:
    for key, node in part.amounts.items():
        legal = LEGAL.get(key) if part.component.discretionary else None
        measure = SHARE if key == "rate" else EUROS
        yield page.trees.value(node, measure).named(page.writer.put(legal or AMOUNTS[key]))
    if not part.amounts and part.component.form in IN_MONEY:
        yield Item(page.writer.put(NO_FIGURE))
