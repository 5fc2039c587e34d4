"""Which expressions does a catalogue hold, and where is each written?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from matcher.authoring.lints.budget import STEPS_AN_EXPRESSION, Budget, TooLargeError
from matcher.authoring.lints.subject import Subject
from matcher.catalogue.check_scheme import criteria_of
from matcher.catalogue.model import Criterion, Derivation, Editions, Scheme
from matcher.language.diagnostics import Place
from matcher.language.tree import Node
from matcher.language.walk import with_parameters
from matcher.language.yaml_text import Path_


@dataclass(frozen=True, slots=True)
class Spot:
    """An expression: the name of what holds it, where it stands there, and in which editions."""

    name: str
    keys: Path_
    tree: Node
    editions: Editions = None


def scheme_spots(scheme: Scheme) -> Iterator[Spot]:
    """The expressions of a scheme, as they are written."""
    for criterion in criteria_of(scheme.criteria):
        yield from _criterion_spots(criterion)
    for signal in scheme.signals:
        yield Spot(signal.id, ("test",), signal.test, signal.editions)
    for remark in (*scheme.assessed, *scheme.uncoded):
        yield from _given(remark.id, ("when",), remark.when, remark.editions)
    for aid in scheme.aid:
        for key in ("when", "amount", "ceiling", "floor", "rate"):
            yield from _given(aid.id, (key,), getattr(aid, key), aid.editions)
    for edition in scheme.editions:
        yield from _given(edition.id, ("when",), edition.when, frozenset({edition.id}))
    for key, tree in scheme.definitions.items():
        yield Spot(key.rsplit("/", 1)[-1], (), tree)


def _criterion_spots(criterion: Criterion) -> Iterator[Spot]:
    id_, editions = criterion.id, criterion.editions
    yield Spot(id_, ("test",), criterion.test, editions)
    yield from _given(id_, ("only_when",), criterion.only_when, editions)
    if criterion.discretion is not None:
        yield Spot(id_, ("discretion", "when"), criterion.discretion.when, editions)
        yield Spot(id_, ("discretion", "grants"), criterion.discretion.grants, editions)


def _given(name: str, keys: Path_, tree: Node | None, editions: Editions) -> Iterator[Spot]:
    if tree is not None:
        yield Spot(name, keys, tree, editions)


def placed_spots(subject: Subject) -> Iterator[tuple[Spot, Place]]:
    """The expressions of the schemes and of the computed facts, with their places.

    An expression with parameters is given once for each of their values.
    """
    for scheme in subject.schemes:
        for spot in scheme_spots(scheme):
            place = subject.part(scheme, spot.name, *spot.keys)
            budget = subject.budget(scheme, "spots")
            for tree in dict.fromkeys(_resolved(scheme, spot, budget)):
                yield Spot(spot.name, spot.keys, tree, spot.editions), place
    for derivation in subject.content.derivations.values():
        yield from _derived_spots(subject, derivation)


def _resolved(scheme: Scheme, spot: Spot, budget: Budget) -> Iterator[Node]:
    """The expression in the editions it holds for, as far as the budget goes."""
    editions: list[str | None] = [edition.id for edition in scheme.editions]
    with suppress(TooLargeError):
        for edition in editions or [None]:
            if spot.editions is None or edition in spot.editions:
                values = {name: v.in_edition(edition) for name, v in scheme.parameters.items()}
                yield with_parameters(spot.tree, values)
                budget.spend(STEPS_AN_EXPRESSION + len(values))


def _derived_spots(subject: Subject, derivation: Derivation) -> Iterator[tuple[Spot, Place]]:
    place = subject.derivation(derivation.fact)
    for tree in derivation.trees:
        yield Spot(derivation.fact, (), tree), place
