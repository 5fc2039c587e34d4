"""Which other values may a fact that can still change take, the nearest first?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice
from math import ceil, floor

from matcher.facts.values import NOTHING, Bound, Known, Members, Options, Span, hull, option, point
from matcher.facts.vocabulary import LARGEST, FactDeclaration, exact
from matcher.language.tree import Number, Scalar
from matcher.language.types import ORDERED, Kind
from matcher.meaning.logic import Truth
from matcher.meaning.spans import FIRST_DAY, LAST_DAY

Holds = Callable[[Known], Truth]
YEAR = 365
MOST_SETS = 512


@dataclass(frozen=True, slots=True)
class Movable:
    """A fact that can still change, and what is known of it today.

    Numbers move by steps of their last decimal, dates by days. No date moves before `day`, that of
    the question: nobody is advised to backdate.
    """

    fact: FactDeclaration
    before: Known
    day: int

    @property
    def key(self) -> str:
        """The key of the fact."""
        return self.fact.key

    @property
    def anything(self) -> Known | None:
        """All the values that the fact may take, that of today included; None when it is any."""
        if self.fact.none is not None or self.fact.kind is Kind.SET:
            return None
        if self.fact.kind in ORDERED:
            low, high = self._limits
            return hull([self._span(low, max(low, high)), self.before])
        return hull([Options(frozenset(self._choices)), self.before])

    def move(self, after: Known) -> Fraction:
        """How far a value is from that of today, between 0 and 1."""
        match self.before, after:
            case Span(low, high), Span(to, _):
                return self._distance(high if to > high else low, to)
            case Members(items), Members(others):
                return Fraction(len(items ^ others), max(1, len(self._choices)))
            case _:
                return Fraction(1)

    def _distance(self, near: Bound, to: Bound) -> Fraction:
        if isinstance(near, float) or isinstance(to, float):
            return Fraction(1)
        gap = abs(Fraction(to - near))
        return gap / (gap + (YEAR if self.fact.kind is Kind.DATE else abs(Fraction(near))))

    def nearer(self, after: Known) -> Known | None:
        """The value one step nearer to that of today; None where there is no step, or none left."""
        match self.before, after:
            case Span(low, high), Span(to, _) if not isinstance(to, float):
                step = exact(Fraction(1, self._scale))
                less = to - step if to > high else to + step
                return None if low <= less <= high else point(_whole(less))
            case _:
                return None

    def nearest(self, holds: Holds, thresholds: Iterable[Number]) -> Iterator[Known]:
        """The values with which a test is no longer false, the nearest first.

        Of numbers and dates, at most the nearest above and the nearest below.
        """
        match self.fact.kind:
            case Kind.SET:
                yield from self._sets(holds)
            case Kind.BOOLEAN | Kind.CHOICE:
                known = self.before.members if isinstance(self.before, Options) else frozenset()
                others = [option(choice) for choice in self._choices if choice not in known]
                yield from (other for other in others if holds(other) is not False)
            case _:
                yield from sorted(self._numbers(holds, thresholds), key=self.move)
        if self.fact.none is not None and self.before != NOTHING and holds(NOTHING) is not False:
            yield NOTHING

    # -------------------------------------------------------------------------- choices and sets
    @property
    def _choices(self) -> tuple[Scalar, ...]:
        if self.fact.kind is Kind.BOOLEAN:
            return (True, False)
        return tuple(choice for choice, _ in self.fact.choices)

    def _sets(self, holds: Holds) -> Iterator[Known]:
        """Other sets, those that add or remove the fewest choices first."""
        now = self.before.items if isinstance(self.before, Members) else frozenset()
        choices = [str(choice) for choice in self._choices]
        sizes = range(1, len(choices) + 1)
        changes = (changed for size in sizes for changed in combinations(choices, size))
        for changed in islice(changes, MOST_SETS):
            other = Members(now ^ frozenset(changed))
            if holds(other) is not False:
                yield other

    # ---------------------------------------------------------------------------- numbers and dates
    @property
    def _scale(self) -> int:
        return 1 if self.fact.kind is Kind.DATE else int(10**self.fact.decimals)

    @property
    def _limits(self) -> tuple[int, int]:
        """The first and the last value, in steps."""
        low, high = self.fact.low, self.fact.high
        if self.fact.kind is Kind.DATE:
            first = max(self.day, FIRST_DAY if low is None else int(low))
            return first, LAST_DAY if high is None else int(high)
        lowest = ceil((-LARGEST if low is None else low) * self._scale)
        return lowest, floor((LARGEST if high is None else high) * self._scale)

    def _numbers(self, holds: Holds, thresholds: Iterable[Number]) -> Iterator[Known]:
        low, high = self._limits
        below, above = self._around(low, high)
        cuts = sorted({floor(t * self._scale) + more for t in thresholds for more in (-1, 0, 1, 2)})
        up = _first(above, high, cuts, lambda a, b: holds(self._span(a, b)))
        if up is not None:
            yield self._span(up, up)
        mirrored = sorted(-cut for cut in cuts)
        down = _first(-below, -low, mirrored, lambda a, b: holds(self._span(-b, -a)))
        if down is not None:
            yield self._span(-down, -down)

    def _around(self, low: int, high: int) -> tuple[int, int]:
        """The last step below the value of today, and the first above it."""
        match self.before:
            case Span(a, b):
                below = low - 1 if isinstance(a, float) else ceil(a * self._scale) - 1
                above = high + 1 if isinstance(b, float) else floor(b * self._scale) + 1
                return min(below, high), max(above, low)
            case _:
                start = low if self.fact.kind is Kind.DATE else min(max(low, 0), high)
                return start - 1, start

    def _span(self, low: int, high: int) -> Span:
        if self._scale == 1:
            return Span(low, high)
        return Span(exact(Fraction(low, self._scale)), exact(Fraction(high, self._scale)))


def movable(fact: FactDeclaration, known: Known | None, day: int) -> Movable | None:
    """A fact that can still change; None where it cannot, or where nothing is known of it.

    What is not known makes no test false. A date that is past belongs to the past. A code names a
    place, an activity or a person: it never moves.
    """
    if known is None or not (fact.changeable and fact.settable) or fact.kind is Kind.CODE:
        return None
    past = fact.kind is Kind.DATE and isinstance(known, Span) and known.high < day
    return None if past else Movable(fact, known, day)


def _first(low: int, high: int, cuts: list[int], holds: Callable[[int, int], Truth]) -> int | None:
    """The first step from `low` to `high` with which a test is not false.

    A test that is false for a range is false for each of its steps: ranges are halved, or cut where
    something is compared, and those that fail are never looked into.
    """
    waiting = [(low, high)]
    while waiting:
        a, b = waiting.pop()
        if a > b or holds(a, b) is False:
            continue
        if a == b:
            return a
        cut = next((cut for cut in cuts if a <= cut < b), (a + b) // 2)
        waiting += [(cut + 1, b), (a, cut)]
    return None


def _whole(number: Number) -> Number:
    return exact(Fraction(number))
