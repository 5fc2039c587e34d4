"""What exactly does a scheme ask in one edition?

A plan is the scheme with that edition's parameters and local definitions put in, and only the
criteria, signals, remarks and aid of that edition. Engines read plans, never schemes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from matcher.catalogue.model import (
    AidComponent,
    Connective,
    Criterion,
    Discretion,
    Edition,
    Editions,
    Group,
    Remark,
    Scheme,
    Signal,
)
from matcher.language.text import Text
from matcher.language.tree import All, Any, Constant, Fact, Node, Not, Number, Parameter, Test
from matcher.language.walk import compared, facts_of, rebuilt

ALWAYS = All(())


@dataclass(frozen=True, slots=True)
class PlannedCriterion:
    """A criterion with its complete test: discretion and `only_when` included.

    `plain` is the test alone, as the text states it.
    """

    index: int
    criterion: Criterion
    test: Test
    plain: Test
    only_when: Test | None


@dataclass(frozen=True, slots=True)
class PlannedGroup:
    """A group of planned criteria."""

    connective: Connective
    count: int
    items: tuple[PlannedCriterion | PlannedGroup, ...]
    states: Text | None


@dataclass(frozen=True, slots=True)
class PlannedAid:
    """An aid component whose expressions are resolved."""

    component: AidComponent
    when: Test
    amounts: Mapping[str, Node]


@dataclass(frozen=True)
class Plan:
    """One scheme in one edition (None for a scheme without editions)."""

    scheme: Scheme
    edition: Edition | None
    criteria: PlannedGroup
    leaves: tuple[PlannedCriterion, ...]
    aid: tuple[PlannedAid, ...]
    signals: tuple[tuple[Signal, Test], ...]
    assessed: tuple[tuple[Remark, Test], ...]
    uncoded: tuple[tuple[Remark, Test], ...]
    parameters: Mapping[str, Constant]

    @cached_property
    def reads(self) -> tuple[frozenset[str], ...]:
        """The facts that each criterion reads, itself and not through others."""
        return tuple(frozenset(facts_of(leaf.test)) for leaf in self.leaves)

    @cached_property
    def bounds(self) -> Mapping[str, frozenset[Number]]:
        """The numbers with which the criteria compare each fact."""
        return compared(leaf.test for leaf in self.leaves)


def plan_of(scheme: Scheme, edition: Edition | None) -> Plan:
    """The plan of a scheme in one of its editions."""
    resolver = _Resolver(scheme, edition)
    criteria = resolver.group(scheme.criteria)
    return Plan(
        scheme=scheme,
        edition=edition,
        criteria=criteria,
        leaves=tuple(_leaves(criteria)),
        aid=tuple(resolver.aid(part) for part in scheme.aid if resolver.applies(part.editions)),
        signals=tuple(
            (s, resolver.test(s.test)) for s in scheme.signals if resolver.applies(s.editions)
        ),
        assessed=resolver.remarks(scheme.assessed),
        uncoded=resolver.remarks(scheme.uncoded),
        parameters=resolver.parameters,
    )


def with_own_values(scheme: Scheme) -> Scheme:
    """The scheme whose editions and territory relation are free of parameters and definitions.

    Windows are told before an edition is chosen: each `when` takes the values of its own edition.
    """
    editions = tuple(
        replace(edition, when=_Resolver(scheme, edition).optional(edition.when))
        for edition in scheme.editions
    )
    way = scheme.relations.through_territory
    if way is not None:
        way = replace(way, when=_Resolver(scheme, None).test(way.when))
    relations = replace(scheme.relations, through_territory=way)
    return replace(scheme, editions=editions, relations=relations)


def _leaves(group: PlannedGroup) -> Iterator[PlannedCriterion]:
    for item in group.items:
        if isinstance(item, PlannedGroup):
            yield from _leaves(item)
        else:
            yield item


class _Resolver:
    """Puts the values of one edition into the trees of one scheme."""

    def __init__(self, scheme: Scheme, edition: Edition | None) -> None:
        self.edition = edition.id if edition else None
        self.definitions = scheme.definitions
        self.parameters = {
            name: values.in_edition(self.edition) for name, values in scheme.parameters.items()
        }
        self._count = 0

    def applies(self, editions: Editions) -> bool:
        return editions is None or self.edition in editions

    def node(self, node: Node) -> Node:
        match node:
            case Parameter(name):
                return self.parameters[name]
            case Fact(key) if key in self.definitions:
                return self.node(self.definitions[key])
            case _:
                return rebuilt(node, self.node)

    def optional(self, test: Test | None) -> Test | None:
        return None if test is None else self.test(test)

    def test(self, test: Test | None) -> Test:
        if test is None:
            return ALWAYS
        resolved = self.node(test)
        assert isinstance(resolved, Test)
        return resolved

    def group(self, group: Group) -> PlannedGroup:
        items = tuple(
            self.group(item) if isinstance(item, Group) else self.criterion(item)
            for item in group.items
            if self.applies(item.editions)
        )
        return PlannedGroup(group.connective, group.count, items, group.states)

    def criterion(self, criterion: Criterion) -> PlannedCriterion:
        plain = self.test(criterion.test)
        whole = self._with_discretion(plain, criterion.discretion)
        only_when = None
        if criterion.only_when is not None:
            only_when = self.test(criterion.only_when)
            whole = Any((Not(only_when), whole))
        self._count += 1
        return PlannedCriterion(self._count - 1, criterion, whole, plain, only_when)

    def _with_discretion(self, plain: Test, discretion: Discretion | None) -> Test:
        if discretion is None or not self.applies(discretion.editions):
            return plain
        when, grants = self.test(discretion.when), self.test(discretion.grants)
        return Any((plain, grants if when == ALWAYS else All((when, grants))))

    def aid(self, part: AidComponent) -> PlannedAid:
        amounts = {
            key: self.node(node)
            for key in ("amount", "ceiling", "floor", "rate")
            if (node := getattr(part, key)) is not None
        }
        return PlannedAid(part, self.test(part.when), amounts)

    def remarks(self, remarks: tuple[Remark, ...]) -> tuple[tuple[Remark, Test], ...]:
        return tuple((r, self.test(r.when)) for r in remarks if self.applies(r.editions))
