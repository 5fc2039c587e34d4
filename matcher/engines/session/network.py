"""Which facts do the criteria of a plan become, and in which order are they asserted?

Places are numbered: first the criteria of the plan, then its cells. A cell is a connective over
some places before it; what is wider than a fact becomes a group of groups.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.catalogue.plan import Plan, PlannedCriterion, PlannedGroup
from matcher.engines.session.rulebook import ALL, ANY, COUNT, WIDTH

_KINDS = {"all": ALL, "any": ANY, "at_least": COUNT}


@dataclass(frozen=True, slots=True)
class Cell:
    """A connective over some places; `group` is the group of the plan that it concludes, if any."""

    kind: str
    items: tuple[int, ...]
    count: int = 0
    group: PlannedGroup | None = None


@dataclass(frozen=True)
class Network:
    """The cells of a plan, and their places by level: each level reads only those before it."""

    criteria: int
    cells: tuple[Cell, ...]
    levels: tuple[tuple[int, ...], ...]

    @property
    def top(self) -> int:
        """The place of the whole: the last cell."""
        return self.criteria + len(self.cells) - 1

    def cell(self, place: int) -> Cell:
        """The cell at a place."""
        return self.cells[place - self.criteria]


def network_of(plan: Plan) -> Network:
    """The network of a plan."""
    builder = _Builder(len(plan.leaves))
    builder.group(plan.criteria)
    levels: dict[int, list[int]] = {}
    for place, level in builder.level.items():
        levels.setdefault(level, []).append(place)
    in_order = tuple(tuple(levels[level]) for level in sorted(levels))
    return Network(builder.criteria, tuple(builder.cells), in_order)


@dataclass
class _Builder:
    criteria: int
    cells: list[Cell] = field(default_factory=list)
    level: dict[int, int] = field(default_factory=dict)

    def group(self, group: PlannedGroup) -> int:
        places: Sequence[int] = [self._item(item) for item in group.items]
        kind = _KINDS[group.connective]
        while kind != COUNT and len(places) > WIDTH:
            parts = [places[at : at + WIDTH] for at in range(0, len(places), WIDTH)]
            places = [self._add(Cell(kind, tuple(part))) for part in parts]
        return self._add(Cell(kind, tuple(places), group.count, group))

    def _item(self, item: PlannedCriterion | PlannedGroup) -> int:
        return item.index if isinstance(item, PlannedCriterion) else self.group(item)

    def _add(self, cell: Cell) -> int:
        place = self.criteria + len(self.cells)
        self.cells.append(cell)
        self.level[place] = 1 + max((self.level.get(below, 0) for below in cell.items), default=0)
        return place
