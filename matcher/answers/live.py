"""What does a live session tell: what changed, and what follows for other schemes?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.answers.decisions import Decision, outcome_text
from matcher.answers.phrases import joined
from matcher.answers.views import Outcome, Status
from matcher.catalogue.content import Content
from matcher.catalogue.windows import WindowState
from matcher.engines.session.chain import Conclusions, Subject
from matcher.engines.session.rulebook import (
    CHANGE,
    EXCLUDES,
    OPENS,
    PROGRESS,
    REPLACES,
    SILENT,
    TERRITORY,
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

    `kind` is `can_apply`, `would_qualify`, `ruled_out`, `lost`, `reopened`, or `progress` where
    only criteria changed.
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
            subject.kind, subject.scheme, subject.other or None, link_text(content, subject)
        )
        for subject, firing in conclusions.standing.items()
        if subject.kind in LINKS and firing.concludes != SILENT
    )


def link_text(content: Content, link: Subject) -> Text:
    """A relation between schemes, in words."""
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
