"""Which conditions are never met or always met, and which schemes can have no applicant?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.authoring.lints.findings import by_edition, quoted
from matcher.authoring.lints.meaning import Leaf, Meaning, Part
from matcher.authoring.lints.subject import Subject
from matcher.language.diagnostics import Diagnostic, diagnostic
from matcher.language.text import Text

BY_ANYONE = Text("personne ne peut remplir cette condition", "nobody can meet this condition")
BY_THE_ELIGIBLE = Text(
    "aucun demandeur éligible ne remplit cette condition",
    "no eligible applicant meets this condition",
)


def never_met(subject: Subject) -> Iterator[Diagnostic]:
    """W01: a criterion, a signal or a condition of the aid that no applicant can meet."""
    for scheme, (id_, key, who), editions in by_edition(subject, _never):
        place = subject.part(scheme, id_, key)
        yield diagnostic("W01", place, name=id_, who=who, editions=editions)


def _never(meaning: Meaning) -> Iterator[tuple[str, str, Text]]:
    for leaf in meaning.leaves:
        if meaning.can_hold(leaf.when) and not meaning.can_hold(leaf.when, leaf.whole.holds):
            yield leaf.id, "test", BY_ANYONE
    for part in meaning.parts:
        if not meaning.can_hold(part.test.holds):
            yield part.id, part.key, BY_ANYONE
        elif part.paid and not _met_by_the_eligible(meaning, part):
            yield part.id, part.key, BY_THE_ELIGIBLE


def _met_by_the_eligible(meaning: Meaning, part: Part) -> bool:
    """Whether an eligible applicant can meet a test; true where nobody can be eligible."""
    return not meaning.can_be_eligible or meaning.can_hold(part.test.holds, meaning.eligible)


def always_met(subject: Subject) -> Iterator[Diagnostic]:
    """W02: a criterion, a signal or a condition that every applicant meets."""
    for scheme, (id_, key), editions in by_edition(subject, _always):
        yield diagnostic("W02", subject.part(scheme, id_, key), name=id_, editions=editions)


def _always(meaning: Meaning) -> Iterator[tuple[str, str]]:
    for leaf in meaning.leaves:
        if meaning.can_hold(leaf.when) and not meaning.can_hold(leaf.whole.fails):
            yield leaf.id, "test"
    for part in meaning.parts:
        if not meaning.can_hold(part.test.fails):
            yield part.id, part.key


def contradictory(subject: Subject) -> Iterator[Diagnostic]:
    """W03: criteria that contradict each other, so that nobody can be eligible."""
    for scheme, ids, editions in by_edition(subject, _contradiction):
        place = subject.part(scheme, ids[0], "test")
        criteria = quoted(ids)
        yield diagnostic("W03", place, name=scheme.id, criteria=criteria, editions=editions)


def _contradiction(meaning: Meaning) -> Iterator[tuple[str, ...]]:
    """The fewest criteria that contradict each other, unless it is one that cannot be met."""
    if meaning.can_be_eligible:
        return
    left_out: dict[int, bool | None] = {}
    for leaf in meaning.leaves:
        if not meaning.can_be_eligible_without({**left_out, leaf.index: None}):
            left_out[leaf.index] = None
    kept: list[Leaf] = [leaf for leaf in meaning.leaves if leaf.index not in left_out]
    if len(kept) > 1:
        yield tuple(leaf.id for leaf in kept)
