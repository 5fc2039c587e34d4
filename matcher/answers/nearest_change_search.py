"""Which smallest changes would leave a scheme no longer ineligible?

Leaving a fact open never makes a test false that some value of the fact would make true: a set of
facts is looked into only if the scheme is not false with all of them open at once. What is found is
judged again with its values before it is offered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, islice

from matcher.answers.nearest_change_trial import Trial
from matcher.answers.nearest_change_values import Movable, movable
from matcher.engines.judge import relevant
from matcher.facts.values import Known
from matcher.language.types import Kind

MOST_OFFERED = 3
MOST_TOGETHER = 6
MOST_TRIED = 4
Solution = Mapping[str, Known]


@dataclass(frozen=True)
class Search:
    """Looks for the smallest changes of some facts that leave a plan no longer false."""

    trial: Trial
    movables: tuple[Movable, ...]

    def solutions(self) -> tuple[Solution, ...]:
        """The smallest changes: the fewest facts, then the smallest moves; three at most."""
        found: list[tuple[int, int, Fraction, Solution]] = []
        for chosen in self._sets():
            if found and found[0][0] < len(chosen):
                break
            for rank, solution in enumerate(self._solved(chosen)):
                if all(solution != other for *_, other in found):
                    found.append((len(solution), rank, self._move(solution), solution))
            found.sort(key=lambda one: one[:3])
        fewest = [solution for *_, solution in found if len(solution) == found[0][0]]
        return tuple(fewest[:MOST_OFFERED])

    @cached_property
    def hopeless(self) -> bool:
        """Whether the plan is false whatever these facts become."""
        return not self._may(self.movables)

    def _move(self, solution: Solution) -> Fraction:
        moves = [m.move(solution[m.key]) for m in self.movables if m.key in solution]
        return sum(moves, Fraction(0))

    # ------------------------------------------------------------------------------- sets of facts
    def _sets(self) -> Iterator[tuple[Movable, ...]]:
        """The sets of facts that may be enough, smallest first."""
        if self.hopeless:
            return
        every = self.movables
        needed = {m.key for m in every if not self._may([o for o in every if o is not m])}
        others = [m.key for m in every if m.key not in needed]
        for size in range(MOST_TOGETHER - len(needed) + 1):
            for more in combinations(others, size):
                if self.trial.left <= 0:
                    return
                chosen = tuple([m for m in every if m.key in needed or m.key in more])
                if chosen and self._may(chosen):
                    yield chosen

    def _may(self, chosen: Sequence[Movable]) -> bool:
        return self.trial.outcome({m.key: m.anything for m in chosen}) is not False

    # -------------------------------------------------------------------------------------- values
    def _solved(self, chosen: tuple[Movable, ...]) -> list[Solution]:
        """Values that are enough; several where one choice would do as well as another."""
        alike = len(chosen) == 1 and chosen[0].fact.kind in (Kind.CHOICE, Kind.SET)
        for start in range(len(chosen)):
            order = chosen[start:] + chosen[:start]
            tight = (self._tightened(values) for values in self._assigned(order, {}))
            found = list(islice((t for t in tight if t), MOST_OFFERED if alike else 1))
            if found:
                return [s for s in found if self._move(s) == self._move(found[0])]
        return []

    def _assigned(self, order: Sequence[Movable], fixed: Solution) -> Iterator[Solution]:
        """Values fact after fact, those that follow being still open."""
        if not order:
            yield fixed
            return
        first, *rest = order
        left_open = {**fixed, **{m.key: m.anything for m in rest}}
        values = first.nearest(
            lambda known: self.trial.outcome({**left_open, first.key: known}),
            self.trial.thresholds(first.key, left_open),
        )
        for known in islice(values, MOST_TRIED):
            yield from self._assigned(rest, {**fixed, first.key: known})

    def _tightened(self, values: Solution) -> Solution | None:
        """The values once no number or date can go a step less far, and no fact can be left out."""
        current = dict(values)
        moving = True
        while moving:
            moving = False
            for m in self.movables:
                if m.key in current and self._can_move_less(m, current):
                    current[m.key] = self._nearest(m, current)
                    moving = True
        fewer = self._enough_of(current)
        if fewer is not None:
            return self._tightened(fewer)
        return current if self._enough(current) else None

    def _can_move_less(self, m: Movable, values: Solution) -> bool:
        nearer = m.nearer(values[m.key])
        return nearer is not None and self._enough({**values, m.key: nearer})

    def _nearest(self, m: Movable, values: Solution) -> Known:
        found = m.nearest(
            lambda known: self.trial.outcome({**values, m.key: known}),
            self.trial.thresholds(m.key, values),
        )
        return next(found, values[m.key])

    def _enough_of(self, values: Solution) -> Solution | None:
        """A part of the changes that is enough, the smallest first."""
        for size in range(1, len(values)):
            for keys in combinations(values, size):
                part = {key: values[key] for key in keys}
                if self._enough(part):
                    return part
        return None

    def _enough(self, values: Solution) -> bool:
        return self.trial.outcome(values) is not False


def search(trial: Trial) -> Search:
    """The search over the facts that can still change and may matter."""
    vocabulary, trees = trial.content.vocabulary, trial.facts.computation.trees
    overridable = trial.facts.computation.overridable
    found: list[Movable] = []
    for key, fact in vocabulary.items():
        if fact.changeable and (key not in trees or key in overridable):
            able = movable(fact, trial.facts.get(key), trial.day)
            found += [] if able is None else [able]
    if not any(trial.moves_edition(able.key) for able in found):
        near = _connected(trial, {able.key: trial.readers(able.key) for able in found})
        found = [able for able in found if able.key in near]
    return Search(trial, tuple(found))


def _connected(trial: Trial, read_by: Mapping[str, frozenset[int]]) -> frozenset[str]:
    """The facts that unmet criteria read, and those that share a criterion with them, and so on."""
    unmet = relevant(trial.plan.criteria, trial.statuses)
    reached = {leaf.index for leaf in unmet if trial.statuses[leaf.index] is False}
    near: set[str] = set()
    while True:
        new = {key for key, criteria in read_by.items() if criteria & reached} - near
        if not new:
            return frozenset(near)
        near |= new
        reached |= {index for key in new for index in read_by[key]}
