"""Which criteria add nothing to the others, or repeat the test of another?

A source may well say the same thing twice: `overlaps_with` records that the rule repeats it on
purpose, and neither lint then reports the criterion.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.authoring.lints.cases import Condition
from matcher.authoring.lints.findings import by_edition, quoted
from matcher.authoring.lints.meaning import Given, Leaf, Meaning
from matcher.authoring.lints.subject import Subject
from matcher.language.diagnostics import Diagnostic, diagnostic

STEPS_A_PAIR = 50


def implied(subject: Subject) -> Iterator[Diagnostic]:
    """W04: a criterion that never changes the outcome, given the others."""
    for scheme, (id_, others), editions in by_edition(subject, _implied):
        place = subject.part(scheme, id_, "test")
        written = ", ".join(others)
        yield diagnostic(
            "W04", place, name=id_, others=quoted(others), written=written, editions=editions
        )


def _implied(meaning: Meaning) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not meaning.can_be_eligible:
        return
    twins = {leaf.index for pair in _twins(meaning) for leaf in pair}
    for leaf in meaning.leaves:
        if leaf.planned.criterion.overlaps_with or leaf.index in twins:
            continue
        excused = _excused(meaning, leaf)
        if not meaning.decides(leaf, excused):
            reasons = _reasons(meaning, leaf, excused)
            if all(_open(meaning, one) for one in (leaf, *reasons)):
                yield leaf.id, tuple(one.id for one in reasons)


def _excused(meaning: Meaning, leaf: Leaf) -> Given:
    """The criteria that say that they overlap with this one: they are the repetition."""
    return {
        other.index: None
        for other in meaning.leaves
        if leaf.id in other.planned.criterion.overlaps_with
    }


def _open(meaning: Meaning, leaf: Leaf) -> bool:
    """Whether a criterion can be met and unmet; otherwise another lint says so."""
    met = meaning.can_hold(leaf.when, leaf.whole.holds)
    return met and meaning.can_hold(leaf.whole.fails)


def _reasons(meaning: Meaning, leaf: Leaf, excused: Given) -> tuple[Leaf, ...]:
    """The fewest criteria that make this one idle."""
    left_out: dict[int, bool | None] = dict(excused)
    others = [other for other in meaning.leaves if other.index != leaf.index]
    for other in others:
        if not meaning.decides(leaf, {**left_out, other.index: None}):
            left_out[other.index] = None
    return tuple(other for other in others if other.index not in left_out)


def same_test(subject: Subject) -> Iterator[Diagnostic]:
    """W05: two criteria of a scheme with the same test."""
    for scheme, (id_, other), editions in by_edition(subject, _same):
        place = subject.part(scheme, id_, "test")
        yield diagnostic("W05", place, name=id_, other=other, editions=editions)


def _same(meaning: Meaning) -> Iterator[tuple[str, str]]:
    for first, second in _twins(meaning):
        said = (second.planned.criterion.overlaps_with, first.planned.criterion.overlaps_with)
        if first.id not in said[0] and second.id not in said[1]:
            yield second.id, first.id


def _twins(meaning: Meaning) -> Iterator[tuple[Leaf, Leaf]]:
    """The pairs of criteria with the same test, under the same condition."""
    alike: dict[tuple[Condition, Condition], list[Leaf]] = {}
    for leaf in meaning.leaves:
        alike.setdefault((leaf.plain, leaf.when), []).append(leaf)
    for first in meaning.leaves:
        for second in alike[first.plain, first.when]:
            if first.index < second.index:
                meaning.budget.spend(STEPS_A_PAIR)
                yield first, second
