"""Which tests and amounts are drawn over a vocabulary?

Trees are well typed as the checker understands it: units agree, a fact is read once in a
comparison, a comparison with a fact that may be none is guarded, and nothing is computed with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from hypothesis import strategies as st

from matcher.facts.vocabulary import FactDeclaration, Vocabulary
from matcher.language.tree import (
    AS_OF,
    All,
    Any,
    AtLeast,
    Between,
    Choose,
    Compare,
    Constant,
    Elapsed,
    Extreme,
    Fact,
    IsNone,
    Member,
    Node,
    Not,
    Number,
    Order,
    Parameter,
    Product,
    Relation,
    Shift,
    Sum,
    Test,
)
from matcher.language.types import Kind
from matcher.language.walk import nodes
from matcher.testing.drawing import chance, pick, some
from matcher.testing.vocabulary import CHOICES, CODES, DAYS

T = TypeVar("T")

MAX_DEPTH = 4
DATE = "date"
YEARS = "years"
ORDERS: tuple[Order, ...] = ("<", "<=", ">", ">=", "==", "!=")
WHOLE = (-3, -1, 0, 1, 2, 3, 5, 12, 49, 50, 250)
COUNTS = tuple(number for number in WHOLE if number >= 0)
RATES = tuple(Fraction(n, 100) for n in (29, 35, 55, 70, 7, 150))
MONEY = (*WHOLE, 400_000, 10**15, Fraction("0.01"), Fraction("12.35"))
MONTHS = (-24, -1, 0, 1, 3, 12, 24, 36)
ITEMS = {4: 4, 3: 3, 2: 3, 1: 2}
"""How many items a connective has at most, by the depth that is left."""


@st.composite
def rule_tests(
    draw: st.DrawFn, vocabulary: Vocabulary, depth: int = MAX_DEPTH, *, choices: bool = True
) -> Test:
    """A well-typed test over a vocabulary, every kind of node included, as deep as `depth`.

    `choices` allows values that depend on tests (`first:` lists), which no expression can write.
    """
    return Author(draw, vocabulary, choices=choices).test(depth)


@st.composite
def comparisons(draw: st.DrawFn, vocabulary: Vocabulary) -> Test:
    """A test without connectives: a comparison, a membership, a relation or a test of none.

    Its facts are all present: none of them may be none, and no value depends on another test.
    """
    return Author(draw, never_none(vocabulary), choices=False).leaf(0)


@st.composite
def amounts(draw: st.DrawFn, vocabulary: Vocabulary, unit: str = "euros") -> Node:
    """A well-typed number of a unit, or a date (`unit="date"`), that is never none."""
    return Author(draw, never_none(vocabulary)).chosen(unit, depth=1)


def never_none(vocabulary: Vocabulary) -> Vocabulary:
    """The facts of a vocabulary that cannot be none."""
    return {key: fact for key, fact in vocabulary.items() if fact.none is None}


@dataclass
class Author:
    """Writes one tree. `choices` allows values that depend on tests (`first:` lists)."""

    draw: st.DrawFn
    vocabulary: Vocabulary
    parameters: Mapping[str, str] = field(default_factory=dict)
    choices: bool = True

    def pick(self, items: Sequence[T]) -> T:
        """One of some items."""
        return pick(self.draw, items)

    # -------------------------------------------------------------------------------------- tests
    def test(self, depth: int) -> Test:
        """A test with at most `depth` connectives above one another."""
        if depth <= 0 or self.pick((True, False, False)):
            return self.leaf(depth)
        match self.pick(("not", "all", "any", "at_least")):
            case "not":
                return Not(self.test(depth - 1))
            case "all":
                return All(self._items(depth))
            case "any":
                return Any(self._items(depth))
            case _:
                items = self._items(depth)
                return AtLeast(self.pick((1, 2, 3, 0, len(items), len(items) + 1)), items)

    def _items(self, depth: int) -> tuple[Test, ...]:
        count = min(self.pick((2, 3, 1, 2, 0, 3, 4)), ITEMS[depth])
        return tuple(self.test(depth - 1) for _ in range(count))

    def leaf(self, depth: int) -> Test:
        """A test without connectives of its own, but for the guards of its facts."""
        none = any(fact.none is not None for fact in self.vocabulary.values())
        match self.pick(("flag", "member", "compare", "compare", "relation", "none")):
            case "compare":
                return self._comparison(depth)
            case "relation":
                return self._relation()
            case "member":
                return self._member()
            case "none" if none:
                return self._none()
            case _:
                return self._flag()

    def _flag(self) -> Test:
        return Member(Fact(self.pick(self._keys(Kind.BOOLEAN))), frozenset({True}))

    def _member(self) -> Test:
        key = self.pick(self._keys(Kind.CHOICE, Kind.CODE, Kind.INTEGER))
        match self.vocabulary[key].kind:
            case Kind.CHOICE:
                return Member(Fact(key), some(self.draw, CHOICES))
            case Kind.CODE:
                return Member(Fact(key), some(self.draw, CODES))
            case _:
                return Member(Fact(key), some(self.draw, COUNTS))

    def _relation(self) -> Test:
        key = self.pick(self._keys(Kind.SET))
        relation = self.pick(("overlaps", "within", "includes"))
        values = some(self.draw, CHOICES)
        match relation:
            case "overlaps":
                return Relation("overlaps", Fact(key), values)
            case "within":
                return Relation("within", Fact(key), values)
            case _:
                return Relation("includes", Fact(key), values)

    def _none(self) -> Test:
        return IsNone(Fact(self.pick([k for k, f in self.vocabulary.items() if f.none])))

    def _keys(self, *kinds: Kind) -> list[str]:
        return [key for key, fact in self.vocabulary.items() if fact.kind in kinds]

    # -------------------------------------------------------------------------------- comparisons
    def _comparison(self, depth: int) -> Test:
        unit = self.pick(("euros", "euros", "persons", "months", "tonnes", "pure", DATE, YEARS))
        free = self._all()
        left = self.amount(unit, free, depth)
        right = self.amount(unit, free, 0) if chance(self.draw, 2) else self._constant(unit)
        compared = Compare(left, self.pick(ORDERS), right)
        if chance(self.draw, 4):
            chained = Compare(self._constant(unit), self.pick(ORDERS), left)
            return self._guarded(All((chained, compared)))
        return self._guarded(compared)

    def _guarded(self, test: Test) -> Test:
        """The test with a guard for each fact it reads that may be none."""
        read = {n for n in nodes(test) if isinstance(n, Fact) and n.key != AS_OF}
        may_be_none = sorted(n.key for n in read if self.vocabulary[n.key].none is not None)
        if not may_be_none:
            return test
        guards = tuple(IsNone(Fact(key)) for key in may_be_none)
        if chance(self.draw, 2):
            return Any((*guards, test))
        return All((*(Not(guard) for guard in guards), test))

    # -------------------------------------------------------------------------------------- values
    def amount(self, unit: str, free: set[str], depth: int) -> Node:
        """A value of a unit that reads each of the `free` facts at most once."""
        if unit == YEARS:
            return Elapsed(self._date(free))
        if unit == DATE:
            return self._date(free)
        return self._number(unit, free, depth)

    def chosen(self, unit: str, depth: int) -> Node:
        """A value of a unit; it may be that of the first line whose test holds."""
        free = self._all()
        if not self.choices or chance(self.draw, 2):
            return self.amount(unit, free, depth)
        tests_ = [self.test(depth) for _ in range(self.pick((1, 0, 2)))]
        branches = tuple((test, self.amount(unit, self._all(), 0)) for test in tests_)
        return Choose(branches, self.amount(unit, free, 0))

    def _number(self, unit: str, free: set[str], depth: int) -> Node:
        forms = ["term", "term", "sum", "extreme", "negative", "between"]
        if self.choices and depth > 0:
            forms.append("choose")
        match self.pick(forms):
            case "sum":
                return Sum(self._terms(unit, free))
            case "extreme":
                return self._extreme(self._terms(unit, free))
            case "negative":
                return Product((Constant(-1, Kind.NUMBER), self._term(unit, free)))
            case "between":
                return Between(self._term(unit, free), self._constant(unit))
            case "choose":
                line = self.test(depth - 1), self._fact(unit, free)
                return Choose((line,), self._constant(unit))
            case _:
                return self._fact(unit, free) if chance(self.draw, 2) else self._term(unit, free)

    def _terms(self, unit: str, free: set[str]) -> tuple[Node, ...]:
        return tuple(self._term(unit, free) for _ in range(self.pick((2, 3))))

    def _fact(self, unit: str, free: set[str]) -> Node:
        """A fact, which may be none, or else a constant."""
        keys = self._measured(free, unit)
        return self._taken(self.pick(keys), free) if keys else self._constant(unit)

    def _term(self, unit: str, free: set[str]) -> Node:
        """What may be computed with: a fact that is never none, a rate of it, a count times it."""
        certain = self._certain(free)
        keys = self._measured(certain, unit)
        if not keys:
            return self._constant(unit)
        fact = self._taken(self.pick(keys), free)
        counts = self._measured(certain & free, "persons", "pure")
        match self.pick(("fact", "fact", "rate", "count", "constant")):
            case "constant":
                return self._constant(unit)
            case "rate":
                return Product((fact, Constant(self.pick(RATES), Kind.NUMBER)))
            case "count" if unit == "euros" and counts:
                return Product((self._taken(self.pick(counts), free), fact))
            case _:
                return fact

    def _taken(self, key: str, free: set[str]) -> Fact:
        free.discard(key)
        return Fact(key)

    def _extreme(self, items: tuple[Node, ...]) -> Node:
        return Extreme("max" if chance(self.draw, 2) else "min", items)

    def _constant(self, unit: str) -> Node:
        named = sorted(name for name, of in self.parameters.items() if of == unit)
        if named and chance(self.draw, 2):
            return Parameter(self.pick(named))
        if unit == DATE:
            return Constant(self.pick(DAYS), Kind.DATE)
        numbers: Sequence[Number] = MONEY if unit in ("euros", "tonnes", "pure") else WHOLE
        return Constant(self.pick(numbers), Kind.NUMBER)

    def _date(self, free: set[str]) -> Node:
        match self.pick(("day", "day", "shift", "extreme")):
            case "shift":
                return Shift(self._day(free, free), self._months(free))
            case "extreme" if len(certain := self._measured(self._certain(free), DATE)) > 1:
                one = self._taken(self.pick(certain), free)
                return self._extreme((one, self._day(self._certain(free), free)))
            case _:
                return self._day(free, free)

    def _day(self, among: set[str], free: set[str]) -> Node:
        keys = self._measured(among, DATE)
        return self._taken(self.pick(keys), free) if keys else self._constant(DATE)

    def _months(self, free: set[str]) -> Node:
        keys = self._measured(free, "months")
        if keys and chance(self.draw, 2):
            return self._taken(self.pick(keys), free)
        return Constant(self.pick(MONTHS), Kind.NUMBER)

    # ---------------------------------------------------------------------- which facts are there
    def _all(self) -> set[str]:
        """Every fact, and the date of the question: what one comparison may still read."""
        return {*self.vocabulary, AS_OF}

    def _certain(self, free: set[str]) -> set[str]:
        """Those that are never none."""
        return {key for key in free if key == AS_OF or self.vocabulary[key].none is None}

    def _measured(self, free: set[str], *units: str) -> list[str]:
        """Those of some units, in order."""
        return sorted(key for key in free if self._unit(key) in units)

    def _unit(self, key: str) -> str | None:
        return DATE if key == AS_OF else unit_of(self.vocabulary[key])


def unit_of(fact: FactDeclaration) -> str | None:
    """The unit in which a fact is measured: its own, `pure`, `date`; None for what has no order."""
    match fact.kind:
        case Kind.DATE:
            return DATE
        case Kind.INTEGER | Kind.NUMBER | Kind.EUROS:
            return fact.unit or "pure"
        case _:
            return None
