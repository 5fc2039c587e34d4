"""Which facts do the criteria of a plan become, and in which order are they asserted?

Places are numbered: first the criteria of the plan, then its cells. A cell is `all` or `any` over at
most sixteen places before it. A larger group is a group of groups, and "at least k" counts by `all`
and `any`: at least k of a list is, k of the rest, or the first and k - 1 of the rest. None of them
has a negation, so three-valued truth is the same however they are taken apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.catalogue.plan import Plan, PlannedCriterion, PlannedGroup
from matcher.engines.session.rulebook import ALL, ANY, WIDTH


@dataclass(frozen=True, slots=True)
class Cell:
    """One group fact: a connective over some places. `group` is the group it concludes, if any."""

    kind: str
    items: tuple[int, ...]
    group: PlannedGroup | None = None


@dataclass(frozen=True)
class Network:
    """The cells of a plan by level: those of a level read only criteria and earlier levels."""

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
    height = max(builder.level.values())
    levels = tuple(
        tuple(place for place, level in builder.level.items() if level == wanted)
        for wanted in range(1, height + 1)
    )
    return Network(builder.criteria, tuple(builder.cells), levels)


@dataclass
class _Builder:
    criteria: int
    cells: list[Cell] = field(default_factory=list)
    level: dict[int, int] = field(default_factory=dict)

    def group(self, group: PlannedGroup) -> int:
        places = [self._item(item) for item in group.items]
        match group.connective:
            case "all":
                return self._add(ALL, places, group)
            case "any":
                return self._add(ANY, places, group)
            case "at_least":
                return self._add(ALL, [_Counter(self, places).at_least(group.count)], group)

    def _item(self, item: PlannedCriterion | PlannedGroup) -> int:
        return item.index if isinstance(item, PlannedCriterion) else self.group(item)

    def _add(self, kind: str, places: Sequence[int], group: PlannedGroup | None = None) -> int:
        while len(places) > WIDTH:
            parts = [places[at : at + WIDTH] for at in range(0, len(places), WIDTH)]
            places = [self._add(kind, part) for part in parts]
        self.cells.append(Cell(kind, tuple(places), group))
        place = self.criteria + len(self.cells) - 1
        self.level[place] = 1 + max((self.level.get(below, 0) for below in places), default=0)
        return place

    def part(self, kind: str, places: Sequence[int]) -> int:
        """A cell that is only a part of a group."""
        return self._add(kind, places)


class _Counter:
    """Counts by `all` and `any`; a part that is needed twice is made once."""

    def __init__(self, builder: _Builder, places: Sequence[int]) -> None:
        self.builder = builder
        self.places = places
        self._made: dict[tuple[int, int], int] = {}

    def at_least(self, count: int, start: int = 0) -> int:
        """The place that says whether so many of the places from `start` on hold."""
        key = (count, start)
        if key not in self._made:
            self._made[key] = self._make(count, start)
        return self._made[key]

    def _make(self, count: int, start: int) -> int:
        places = self.places[start:]
        if count <= 0:
            return self.builder.part(ALL, ())
        if count > len(places):
            return self.builder.part(ANY, ())
        if count == 1:
            return self.builder.part(ANY, places)
        if count == len(places):
            return self.builder.part(ALL, places)
        without = self.at_least(count, start + 1)
        with_it = self.builder.part(ALL, [places[0], self.at_least(count - 1, start + 1)])
        return self.builder.part(ANY, [without, with_it])
