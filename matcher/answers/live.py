"""What does a live session tell: what changed, what follows for other schemes, and by which rules?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from matcher.answers.decisions import Decision, outcome_text
from matcher.answers.phrases import joined
from matcher.answers.texts import PlanTexts
from matcher.answers.views import Outcome, Status
from matcher.catalogue.content import Content
from matcher.catalogue.windows import WindowState
from matcher.engines.session.chain import Conclusions, Firing, Subject
from matcher.engines.session.network import Cell
from matcher.engines.session.rulebook import (
    ALL,
    ANY,
    CHANGE,
    EXCLUDES,
    NO,
    OPENS,
    PROGRESS,
    REPLACES,
    SCHEME,
    SILENT,
    TERRITORY,
    UNKNOWN,
    YES,
)
from matcher.language.text import Text
from matcher.meaning.logic import Truth

LINKS = (OPENS, EXCLUDES, REPLACES, TERRITORY)
_STATUS: Mapping[Truth, Status] = {True: Status.MET, False: Status.UNMET, None: Status.UNKNOWN}


@dataclass(frozen=True, slots=True)
class CriterionChange:
    """A criterion whose status changed; None where the edition in force did not have it."""

    id: str
    before: Status | None
    after: Status | None


@dataclass(frozen=True, slots=True)
class Change:
    """What the last answer changed for one scheme.

    `kind` is `can_apply`, `would_qualify`, `ruled_out`, `lost`, `reopened`, or `progress` where only
    criteria changed.
    """

    scheme: str
    kind: str
    before: Outcome
    after: Outcome
    criteria: tuple[CriterionChange, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Notification:
    """What follows from one scheme for another: `opens`, `excludes`, `replaces` or `territory`."""

    kind: str
    scheme: str
    other: str | None
    text: Text


@dataclass(frozen=True, slots=True)
class Update:
    """What an answer brought: changes, notifications that began and that ended to hold."""

    changed: tuple[Change, ...]
    began: tuple[Notification, ...]
    ended: tuple[Notification, ...]


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired: its name, for which scheme, what it concludes, and that in words."""

    rule: str
    scheme: str
    concludes: str
    text: Text


# ------------------------------------------------------------------------------------------ changes
def changes(
    conclusions: Conclusions, before: Mapping[str, Decision], after: Mapping[str, Decision]
) -> tuple[Change, ...]:
    """What the rules of a step say has changed."""
    found = (
        _change(firing.concludes, before[firing.subject.scheme], after[firing.subject.scheme])
        for firing in conclusions.fired
        if firing.subject.kind == CHANGE
    )
    return tuple(change for change in found if change.criteria or change.kind != PROGRESS)


def _change(kind: str, before: Decision, after: Decision) -> Change:
    was, is_ = _statuses(before), _statuses(after)
    criteria = tuple(
        CriterionChange(id_, was.get(id_), is_.get(id_))
        for id_ in dict.fromkeys([*is_, *was])
        if was.get(id_) is not is_.get(id_)
    )
    text = _change_text(kind, before, after, len(criteria))
    return Change(after.scheme, kind, before.outcome, after.outcome, criteria, text)


def _statuses(decision: Decision) -> dict[str, Status]:
    pairs = zip(decision.plan.leaves, decision.judgement.statuses, strict=True)
    return {leaf.criterion.id: _STATUS[truth] for leaf, truth in pairs}


def _change_text(kind: str, before: Decision, after: Decision, count: int) -> Text:
    said, was = _lowered(outcome_text(after)), _lowered(outcome_text(before))
    if kind == PROGRESS:
        return joined(
            "« {name} » : {said} ; critères dont la réponse change : {count}",
            "“{name}”: {said}; criteria whose answer changes: {count}",
            name=after.name,
            said=said,
            count=Text(str(count), str(count)),
        )
    return joined(
        "« {name} » : {said}, {window} (auparavant : {was})",
        "“{name}”: {said}, {window} (before: {was})",
        name=after.name,
        said=said,
        window=WINDOW_WORDS[after.window_found.state],
        was=was,
    )


WINDOW_WORDS: Mapping[WindowState, Text] = {
    WindowState.OPEN: Text("demandes ouvertes", "open for applications"),
    WindowState.UPCOMING: Text("pas encore ouvert", "not open yet"),
    WindowState.CLOSED: Text("clos", "closed"),
    WindowState.UNKNOWN: Text("ouverture à confirmer", "opening to be confirmed"),
}


def _lowered(text: Text) -> Text:
    return Text(text.fr[:1].lower() + text.fr[1:], text.en[:1].lower() + text.en[1:])


# ------------------------------------------------------------------------------------ notifications
def notifications(content: Content, conclusions: Conclusions) -> tuple[Notification, ...]:
    """What the rules say of the relations between schemes."""
    return tuple(
        Notification(
            subject.kind, subject.scheme, subject.other or None, _link_text(content, subject)
        )
        for subject, firing in conclusions.standing.items()
        if subject.kind in LINKS and firing.concludes != SILENT
    )


def _link_text(content: Content, link: Subject) -> Text:
    one = content.schemes[link.scheme]
    if link.kind == TERRITORY:
        way = one.relations.through_territory
        assert way is not None
        return joined("« {a} » : {way}", "“{a}”: {way}", a=one.name, way=way.states)
    other = content.schemes[link.other]
    if link.kind == EXCLUDES:
        mutual = one.id in other.relations.excludes and other.id in one.relations.excludes
        if not mutual and other.id not in one.relations.excludes:
            one, other = other, one
        fr, en = _LINK_TEXTS["both" if mutual else EXCLUDES]
    else:
        fr, en = _LINK_TEXTS[link.kind]
    return joined(fr, en, a=one.name, b=other.name)


_LINK_TEXTS = {
    OPENS: (
        "« {a} » est accessible d'après vos réponses, et ouvre la voie à « {b} »",
        "“{a}” is within reach from your answers, and opens the way to “{b}”",
    ),
    "both": (
        "« {a} » et « {b} » s'excluent l'un l'autre : ne comptez pas sur les deux",
        "“{a}” and “{b}” exclude each other: do not count on both",
    ),
    EXCLUDES: (
        "« {a} » exclut « {b} » : ne comptez pas sur les deux",
        "“{a}” excludes “{b}”: do not count on both",
    ),
    REPLACES: (
        "« {b} » est clos : voyez « {a} », qui le remplace",
        "“{b}” is closed: see “{a}”, which replaces it",
    ),
}


# --------------------------------------------------------------------------------------- the trace
def fired_rules(
    content: Content,
    conclusions: Conclusions,
    firings: Iterable[Firing],
    texts: Callable[[str], PlanTexts],
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
    texts: Callable[[str], PlanTexts],
) -> Text:
    subject = firing.subject
    if subject.kind in LINKS:
        return _link_text(content, subject)
    if subject.kind == SCHEME:
        state = conclusions.states[subject.scheme]
        return joined(
            "« {name} » : {said}, {window}",
            "“{name}”: {said}, {window}",
            name=content.schemes[subject.scheme].name,
            said=_STAGE_WORDS[firing.concludes],
            window=WINDOW_WORDS[WindowState(state.window)],
        )
    return _group_text(conclusions, firing, texts(subject.scheme))


_STAGE_WORDS = {
    "apply": Text("critères réunis", "criteria met"),
    "eligible": Text("critères réunis", "criteria met"),
    "ineligible": Text("critères non réunis", "criteria not met"),
    "undetermined": Text("à préciser", "to be clarified"),
}


def _group_text(conclusions: Conclusions, firing: Firing, texts: PlanTexts) -> Text:
    network = conclusions.states[firing.subject.scheme].network
    values = conclusions.values[firing.subject.scheme]
    cell = network.cell(firing.subject.place)
    fr, en = _GROUP_TEXTS[cell.kind, firing.concludes]
    decisive = _DECISIVE.get((cell.kind, firing.concludes), firing.concludes)
    named = [
        _item_text(network.cell(item) if item >= network.criteria else None, item, texts)
        for item in cell.items
        if values[item] == decisive
    ]
    return joined(
        "{group} : " + fr,
        "{group}: " + en,
        group=_group_name(cell),
        items=Text(" ; ".join(t.fr for t in named), "; ".join(t.en for t in named)),
        count=Text(str(cell.count), str(cell.count)),
        held=Text(str(len(named)), str(len(named))),
    )


_DECISIVE = {(ANY, NO): NO, (ALL, YES): YES}
_GROUP_TEXTS = {
    (ALL, YES): ("toutes les conditions sont remplies", "every condition is met"),
    (ALL, NO): (
        "toutes les conditions sont demandées ; non rempli : {items}",
        "every condition is asked for; not met: {items}",
    ),
    (ALL, UNKNOWN): ("il reste à savoir : {items}", "still to be known: {items}"),
    (ANY, YES): ("une condition suffit ; rempli : {items}", "one condition is enough; met: {items}"),
    (ANY, NO): (
        "une condition suffirait, aucune n'est remplie : {items}",
        "one condition would be enough, none is met: {items}",
    ),
    (ANY, UNKNOWN): (
        "une condition suffit ; il reste à savoir : {items}",
        "one condition is enough; still to be known: {items}",
    ),
    ("count", YES): (
        "il en faut au moins {count}, {held} sont remplies : {items}",
        "at least {count} are needed, {held} are met: {items}",
    ),
    ("count", NO): (
        "il en faut au moins {count} ; trop ne sont pas remplies : {items}",
        "at least {count} are needed; too many are not met: {items}",
    ),
    ("count", UNKNOWN): (
        "il en faut au moins {count} ; il reste à savoir : {items}",
        "at least {count} are needed; still to be known: {items}",
    ),
}


def _group_name(cell: Cell) -> Text:
    if cell.group is not None and cell.group.states is not None:
        return cell.group.states
    return Text("Conditions", "Conditions")


def _item_text(cell: Cell | None, item: int, texts: PlanTexts) -> Text:
    if cell is None:
        return texts.criteria[item].statement
    if cell.group is not None and cell.group.states is not None:
        return cell.group.states
    count = str(len(cell.items))
    return Text(f"un groupe de {count} conditions", f"a group of {count} conditions")
