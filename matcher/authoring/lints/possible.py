"""Which conditions are never met or always met, and which schemes can have no applicant?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.authoring.lints.findings import by_edition, quoted
from matcher.authoring.lints.meaning import Meaning
from matcher.authoring.lints.subject import Subject
from matcher.catalogue.plan import PlannedCriterion
from matcher.language.diagnostics import Diagnostic, diagnostic
from matcher.language.text import Text

BY_ANYONE = Text("personne ne peut la remplir", "nobody can meet it")
BY_THE_ELIGIBLE = Text("aucun demandeur éligible ne la remplit", "no eligible applicant meets it")


def never_met(subject: Subject) -> Iterator[Diagnostic]:
    """W01: a criterion, a signal or a condition of the aid that no applicant can meet."""
    for scheme, (id_, key, who), editions in by_edition(subject, _never):
        place = subject.part(scheme, id_, key)
        yield diagnostic("W01", place, name=id_, who=who, editions=editions)


def _never(meaning: Meaning) -> Iterator[tuple[str, str, Text]]:
    for leaf in meaning.plan.leaves:
        if not meaning.can_apply_and_hold(leaf) and _applies(meaning, leaf):
            yield leaf.criterion.id, "test", BY_ANYONE
    eligible = meaning.can_be_eligible()
    for part in meaning.others:
        if not meaning.can_hold(part.test):
            yield part.id, part.key, BY_ANYONE
        elif part.paid and eligible and not meaning.can_hold(part.test, eligible=True):
            yield part.id, part.key, BY_THE_ELIGIBLE


def always_met(subject: Subject) -> Iterator[Diagnostic]:
    """W02: a criterion, a signal or a condition that every applicant meets."""
    for scheme, (id_, key), editions in by_edition(subject, _always):
        yield diagnostic("W02", subject.part(scheme, id_, key), name=id_, editions=editions)


def _always(meaning: Meaning) -> Iterator[tuple[str, str]]:
    for leaf in meaning.plan.leaves:
        if not meaning.can_fail(leaf.test) and _applies(meaning, leaf):
            yield leaf.criterion.id, "test"
    for part in meaning.others:
        if not meaning.can_fail(part.test):
            yield part.id, part.key


def _applies(meaning: Meaning, leaf: PlannedCriterion) -> bool:
    """Whether a criterion ever applies; when it does not, `only_when` alone is to blame."""
    return leaf.only_when is None or meaning.can_hold(leaf.only_when)


def contradictory(subject: Subject) -> Iterator[Diagnostic]:
    """W03: criteria that contradict each other, so that nobody can be eligible."""
    for scheme, ids, editions in by_edition(subject, _contradiction):
        place = subject.part(scheme, ids[0], "test")
        criteria = quoted(ids)
        yield diagnostic("W03", place, name=scheme.id, criteria=criteria, editions=editions)


def _contradiction(meaning: Meaning) -> Iterator[tuple[str, ...]]:
    """The fewest criteria that contradict each other, unless one alone cannot be met."""
    leaves = meaning.plan.leaves
    if meaning.can_be_eligible() or not all(map(meaning.can_apply_and_hold, leaves)):
        return
    left_out: dict[int, bool | None] = {}
    for leaf in leaves:
        if not meaning.can_be_eligible({**left_out, leaf.index: None}):
            left_out[leaf.index] = None
    yield tuple(leaf.criterion.id for leaf in leaves if leaf.index not in left_out)
