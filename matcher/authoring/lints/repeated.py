"""Which criteria add nothing to the others, or repeat the test of another?

A source may well say the same thing twice: `overlaps_with` records that the rule repeats it on
purpose, and neither lint then reports the criterion.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.authoring.lints.findings import by_edition, quoted
from matcher.authoring.lints.meaning import Given, Meaning
from matcher.authoring.lints.subject import Subject
from matcher.catalogue.plan import PlannedCriterion
from matcher.language.diagnostics import Diagnostic, diagnostic


def implied(subject: Subject) -> Iterator[Diagnostic]:
    """W04: a criterion that never changes the outcome, given the others."""
    for scheme, (id_, others), editions in by_edition(subject, _implied):
        parts = {"others": quoted(others), "written": ", ".join(others), "editions": editions}
        yield diagnostic("W04", subject.part(scheme, id_, "test"), name=id_, **parts)


def _implied(meaning: Meaning) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not meaning.can_be_eligible():
        return
    twins = {leaf.index for pair in _twins(meaning) for leaf in pair}
    for leaf in meaning.plan.leaves:
        if leaf.criterion.overlaps_with or leaf.index in twins:
            continue
        excused = _excused(meaning, leaf)
        if not meaning.decides(leaf.index, excused) and _open(meaning, leaf):
            yield leaf.criterion.id, _reasons(meaning, leaf, excused)


def _excused(meaning: Meaning, leaf: PlannedCriterion) -> Given:
    """The criteria that say that they overlap with this one: they are the repetition."""
    return {
        other.index: None
        for other in meaning.plan.leaves
        if leaf.criterion.id in other.criterion.overlaps_with
    }


def _open(meaning: Meaning, leaf: PlannedCriterion) -> bool:
    """Whether a criterion can be met and unmet; otherwise another lint says so."""
    return meaning.can_fail(leaf.test) and meaning.can_apply_and_hold(leaf)


def _reasons(meaning: Meaning, leaf: PlannedCriterion, excused: Given) -> tuple[str, ...]:
    """The fewest criteria that make this one idle."""
    left_out: dict[int, bool | None] = dict(excused)
    others = [other for other in meaning.plan.leaves if other.index != leaf.index]
    for other in others:
        if not meaning.decides(leaf.index, {**left_out, other.index: None}):
            left_out[other.index] = None
    return tuple(other.criterion.id for other in others if other.index not in left_out)


def same_test(subject: Subject) -> Iterator[Diagnostic]:
    """W05: two criteria of a scheme with the same test."""
    for scheme, (id_, other), editions in by_edition(subject, _same):
        place = subject.part(scheme, id_, "test")
        yield diagnostic("W05", place, name=id_, other=other, editions=editions)


def _same(meaning: Meaning) -> Iterator[tuple[str, str]]:
    for first, second in _twins(meaning):
        if first.criterion.id not in second.criterion.overlaps_with:
            if second.criterion.id not in first.criterion.overlaps_with:
                yield second.criterion.id, first.criterion.id


def _twins(meaning: Meaning) -> Iterator[tuple[PlannedCriterion, PlannedCriterion]]:
    leaves = meaning.plan.leaves
    for first in leaves:
        for second in leaves[first.index + 1 :]:
            if meaning.same(first, second):
                yield first, second
