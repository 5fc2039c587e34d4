"""Which facts do the criteria of a scheme become, and in which order are they asserted?

Places are numbered: first the criteria, then the cells. A cell is a connective over some places
before it; what is wider than a fact becomes a group of groups. Where several editions may be in
force, each has its criteria and cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.catalogue.plan import Plan, PlannedCriterion, PlannedGroup
from matcher.engines.session.rulebook import ALL, ANY, COUNT, WIDTH

_KINDS = {"all": ALL, "any": ANY, "at_least": COUNT}


@dataclass(frozen=True, slots=True)
class Cell:
    """A connective over some places of a plan; `group` is the group that it concludes, if any."""

    kind: str
    items: tuple[int, ...]
    plan: Plan
    count: int = 0
    group: PlannedGroup | None = None


@dataclass(frozen=True, eq=False)
class Network:
    """The cells of some plans, and their places by level: each reads only those before it.

    `tops` are the places that conclude the plans.
    """

    plans: tuple[Plan, ...]
    cells: tuple[Cell, ...]
    levels: tuple[tuple[int, ...], ...]
    tops: tuple[int, ...]

    @property
    def criteria(self) -> int:
        """The number of criteria: the place of the first cell."""
        return sum(len(plan.leaves) for plan in self.plans)

    def cell(self, place: int) -> Cell:
        """The cell at a place."""
        return self.cells[place - self.criteria]

    def criterion(self, place: int) -> tuple[Plan, int]:
        """The plan and the index of the criterion at a place."""
        for plan in self.plans:
            if place < len(plan.leaves):
                return plan, place
            place -= len(plan.leaves)
        raise IndexError(place)


def network_of(plans: Sequence[Plan]) -> Network:
    """The network of the plans of a scheme."""
    builder = _Builder(sum(len(plan.leaves) for plan in plans))
    tops: list[int] = []
    for plan in plans:
        builder.plan = plan
        tops.append(builder.group(plan.criteria))
        builder.start += len(plan.leaves)
    levels: dict[int, list[int]] = {}
    for place, level in builder.level.items():
        levels.setdefault(level, []).append(place)
    in_order = tuple(tuple(levels[level]) for level in sorted(levels))
    return Network(tuple(plans), tuple(builder.cells), in_order, tuple(tops))


@dataclass
class _Builder:
    """Places the groups of one plan after the other; `start` is the first criterion of a plan."""

    criteria: int
    plan: Plan = field(init=False)
    start: int = 0
    cells: list[Cell] = field(default_factory=list)
    level: dict[int, int] = field(default_factory=dict)

    def group(self, group: PlannedGroup) -> int:
        places: Sequence[int] = [self._item(item) for item in group.items]
        kind = _KINDS[group.connective]
        while kind != COUNT and len(places) > WIDTH:
            parts = [places[at : at + WIDTH] for at in range(0, len(places), WIDTH)]
            places = [self._add(Cell(kind, tuple(part), self.plan)) for part in parts]
        return self._add(Cell(kind, tuple(places), self.plan, group.count, group))

    def _item(self, item: PlannedCriterion | PlannedGroup) -> int:
        if isinstance(item, PlannedGroup):
            return self.group(item)
        return self.start + item.index

    def _add(self, cell: Cell) -> int:
        place = self.criteria + len(self.cells)
        self.cells.append(cell)
        self.level[place] = 1 + max((self.level.get(below, 0) for below in cell.items), default=0)
        return place
