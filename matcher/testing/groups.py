"""Which groups of criteria are there, up to a size?

Small enough to be enumerated, so that what is said of groups is checked on every one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count, product

from matcher.catalogue.model import Connective, Criterion
from matcher.catalogue.plan import ALWAYS, PlannedCriterion, PlannedGroup
from matcher.language.text import Text

Shape = tuple[Connective, int, tuple["Shape | None", ...]]
"""A connective, its count, and its parts; None is a criterion."""


def all_groups(criteria: int, depth: int = 2) -> Iterator[PlannedGroup]:
    """Every group with so many criteria, each connective and count, up to a depth."""
    for shape in _shapes(criteria, depth):
        yield group_of(shape)


def group_of(shape: Shape) -> PlannedGroup:
    """The group of a shape; its criteria are numbered in reading order."""
    return _planned(shape, count())


def _planned(shape: Shape, numbers: Iterator[int]) -> PlannedGroup:
    connective, needed, parts = shape
    items = tuple(
        _criterion(next(numbers)) if part is None else _planned(part, numbers) for part in parts
    )
    return PlannedGroup(connective, needed, items, None)


def _criterion(index: int) -> PlannedCriterion:
    criterion = Criterion(
        id=f"c{index}",
        states=Text(f"condition {index}", f"condition {index}"),
        test=ALWAYS,
        written="true",
        sources=(),
        editions=None,
        only_when=None,
        discretion=None,
        remedy=None,
        ask=None,
        otherwise=None,
        overlaps_with=(),
    )
    return PlannedCriterion(index, criterion, ALWAYS, ALWAYS, None)


def _shapes(criteria: int, depth: int) -> Iterator[Shape]:
    for sizes in _splits(criteria, depth):
        parts = [_parts(size, depth) for size in sizes]
        for chosen in product(*parts):
            yield ("all", 0, chosen)
            yield ("any", 0, chosen)
            for needed in range(1, len(chosen) + 1):
                yield ("at_least", needed, chosen)


def _parts(size: int, depth: int) -> list[Shape | None]:
    """What may stand for so many criteria: a criterion alone, or a group."""
    alone: list[Shape | None] = [None] if size == 1 else []
    return alone + (list(_shapes(size, depth - 1)) if depth > 1 and size > 1 else [])


def _splits(total: int, depth: int) -> Iterator[Sequence[int]]:
    """The ways to share criteria between the parts of a group."""
    if total == 0:
        yield ()
        return
    for first in range(1, total + 1):
        if first > 1 and depth == 1:
            break
        for rest in _splits(total - first, depth):
            yield (first, *rest)
