"""Which expressions of a scheme decide its outcome, its window or its aid?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from matcher.authoring.changes import with_field
from matcher.catalogue.model import Criterion, Group, Scheme
from matcher.language.tree import Node

AMOUNTS = ("amount", "ceiling", "floor", "rate")
Part = TypeVar("Part")
Change = Callable[[Node], Node]


def decisive_trees(scheme: Scheme) -> Iterator[Node]:
    """Every expression on which the outcome, the window or the aid depends."""
    yield from scheme.definitions.values()
    for edition in scheme.editions:
        yield from _trees(edition, ("when",))
    yield from _group_trees(scheme.criteria)
    for part in scheme.aid:
        yield from _trees(part, ("when", *AMOUNTS))


def _group_trees(group: Group) -> Iterator[Node]:
    for item in group.items:
        if isinstance(item, Group):
            yield from _group_trees(item)
            continue
        yield from _trees(item, ("test", "only_when"))
        if item.discretion is not None:
            yield from _trees(item.discretion, ("when", "grants"))


def _trees(part: object, fields: tuple[str, ...]) -> Iterator[Node]:
    for field in fields:
        tree: Node | None = getattr(part, field)
        if tree is not None:
            yield tree


def with_trees(scheme: Scheme, change: Change) -> Scheme:
    """The scheme with each decisive expression changed."""
    return replace(
        scheme,
        definitions={key: change(tree) for key, tree in scheme.definitions.items()},
        editions=tuple(_changed(edition, ("when",), change) for edition in scheme.editions),
        criteria=_changed_group(scheme.criteria, change),
        aid=tuple(_changed(part, ("when", *AMOUNTS), change) for part in scheme.aid),
    )


def _changed_group(group: Group, change: Change) -> Group:
    items = tuple(
        _changed_group(item, change) if isinstance(item, Group) else _changed_one(item, change)
        for item in group.items
    )
    return replace(group, items=items)


def _changed_one(criterion: Criterion, change: Change) -> Criterion:
    new = _changed(criterion, ("test", "only_when"), change)
    if new.discretion is None:
        return new
    return replace(new, discretion=_changed(new.discretion, ("when", "grants"), change))


def _changed(part: Part, fields: tuple[str, ...], change: Change) -> Part:
    for field in fields:
        tree = getattr(part, field)
        if tree is not None:
            part = with_field(part, field, change(tree))
    return part
