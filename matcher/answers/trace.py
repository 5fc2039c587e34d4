"""Which rules fired in a live session, and what does each say in words?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from matcher.answers.live import LINKS, WINDOW_WORDS, link_text
from matcher.answers.phrases import joined
from matcher.answers.texts import PlanTexts
from matcher.catalogue.content import Content
from matcher.catalogue.plan import Plan
from matcher.catalogue.windows import WindowState
from matcher.engines.session.chain import Conclusions, Firing
from matcher.engines.session.network import Cell, Network
from matcher.engines.session.rulebook import (
    ALL,
    ANY,
    CHANGE,
    COUNT,
    NO,
    SCHEME,
    SILENT,
    UNKNOWN,
    YES,
)
from matcher.language.text import Text


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired: its name, for which scheme, what it concludes, and that in words."""

    rule: str
    scheme: str
    concludes: str
    text: Text


def fired_rules(
    content: Content,
    conclusions: Conclusions,
    firings: Iterable[Firing],
    texts: Callable[[Plan], PlanTexts],
) -> tuple[FiredRule, ...]:
    """Some rules that fired, in words; relations that say nothing are left out."""
    return tuple(
        FiredRule(
            firing.rule,
            firing.subject.scheme,
            firing.concludes,
            _firing_text(content, conclusions, firing, texts),
        )
        for firing in firings
        if firing.concludes != SILENT and firing.subject.kind != CHANGE
    )


def _firing_text(
    content: Content,
    conclusions: Conclusions,
    firing: Firing,
    texts: Callable[[Plan], PlanTexts],
) -> Text:
    subject = firing.subject
    if subject.kind in LINKS:
        return link_text(content, subject)
    if subject.kind == SCHEME:
        state = conclusions.states[subject.scheme]
        return joined(
            "« {name} » : {said}, {window}",
            "“{name}”: {said}, {window}",
            name=content.schemes[subject.scheme].name,
            said=_STAGE_WORDS[firing.concludes],
            window=WINDOW_WORDS[WindowState(state.around.window)],
        )
    return _group_text(conclusions, firing, texts)


_STAGE_WORDS = {
    "apply": Text("critères réunis", "criteria met"),
    "eligible": Text("critères réunis", "criteria met"),
    "ineligible": Text("critères non réunis", "criteria not met"),
    "undetermined": Text("à préciser", "to be clarified"),
}


def _group_text(
    conclusions: Conclusions, firing: Firing, texts: Callable[[Plan], PlanTexts]
) -> Text:
    network = conclusions.states[firing.subject.scheme].network
    values = conclusions.values[firing.subject.scheme]
    cell = network.cell(firing.subject.place)
    fr, en = _GROUP_TEXTS[cell.kind, firing.concludes]
    named = [
        _item_text(network, item, texts) for item in cell.items if values[item] == firing.concludes
    ]
    return joined(
        "{group} : " + fr,
        "{group}: " + en,
        group=_group_name(cell, several=len(network.plans) > 1),
        items=Text(" ; ".join(t.fr for t in named), "; ".join(t.en for t in named)),
        count=Text(str(cell.count), str(cell.count)),
        held=Text(str(len(named)), str(len(named))),
    )


_GROUP_TEXTS = {
    (ALL, YES): ("toutes les conditions sont remplies", "every condition is met"),
    (ALL, NO): (
        "toutes les conditions sont demandées ; non rempli : {items}",
        "every condition is asked for; not met: {items}",
    ),
    (ALL, UNKNOWN): ("il reste à savoir : {items}", "still to be known: {items}"),
    (ANY, YES): (
        "une condition suffit ; rempli : {items}",
        "one condition is enough; met: {items}",
    ),
    (ANY, NO): (
        "une condition suffirait, aucune n'est remplie : {items}",
        "one condition would be enough, none is met: {items}",
    ),
    (ANY, UNKNOWN): (
        "une condition suffit ; il reste à savoir : {items}",
        "one condition is enough; still to be known: {items}",
    ),
    (COUNT, YES): (
        "il en faut au moins {count}, {held} sont remplies : {items}",
        "at least {count} are needed, {held} are met: {items}",
    ),
    (COUNT, NO): (
        "il en faut au moins {count} ; trop ne sont pas remplies : {items}",
        "at least {count} are needed; too many are not met: {items}",
    ),
    (COUNT, UNKNOWN): (
        "il en faut au moins {count} ; il reste à savoir : {items}",
        "at least {count} are needed; still to be known: {items}",
    ),
}


def _group_name(cell: Cell, *, several: bool) -> Text:
    """What a group is called; where several editions may be in force, which one it is of."""
    states = cell.group.states if cell.group is not None else None
    name = states or Text("Conditions", "Conditions")
    if not several:
        return name
    edition = cell.plan.edition
    if edition is None:
        return Text(f"{name.fr} (hors édition)", f"{name.en} (in no edition)")
    return Text(f"{name.fr} (édition {edition.id})", f"{name.en} (edition {edition.id})")


def _item_text(network: Network, item: int, texts: Callable[[Plan], PlanTexts]) -> Text:
    if item < network.criteria:
        plan, index = network.criterion(item)
        return texts(plan).criteria[index].statement
    cell = network.cell(item)
    if cell.group is not None and cell.group.states is not None:
        return cell.group.states
    count = str(len(cell.items))
    return Text(f"un groupe de {count} conditions", f"a group of {count} conditions")
