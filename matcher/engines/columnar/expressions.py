"""How does a test or a value of the rule language become an expression over whole columns?

The columns of `matcher.meaning.evaluate`, node by node. A test that reads only what is the same in
all rows is decided once; one that has no vectorised form is left to the reference, which answers
for each distinct combination of the cells it reads.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import polars as pl

from matcher.engines.columnar import ends
from matcher.engines.columnar.by_rows import RowFacts, reads_of
from matcher.engines.columnar.ends import BeyondColumnsError, Ends
from matcher.engines.columnar.frame import listed
from matcher.engines.columnar.kleene import (
    UNKNOWN,
    Truths,
    as_expr,
    counted,
    every,
    opposite,
    some,
)
from matcher.engines.columnar.places import Column, Place, Places, Same
from matcher.facts.tables import Tables
from matcher.facts.values import Known, point
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
    Product,
    Relation,
    Shift,
    Sum,
    Test,
)
from matcher.language.types import ORDERED, Kind
from matcher.meaning.evaluate import truth


@dataclass
class Expressions:
    """Writes expressions over the columns of one frame.

    `by_rows` collects the tests that are left to the reference, with the column that will hold
    their truth.
    """

    places: Places
    day: int
    tables: Tables
    by_rows: dict[Test, str] = field(default_factory=dict)
    _written: dict[Test, Truths] = field(default_factory=dict)

    # --------------------------------------------------------------------------------------- tests
    def truths(self, test: Test) -> Truths:
        """Whether a test holds, row by row; the same test is the same expression."""
        if test not in self._written:
            self._written[test] = self._truths(test)
        return self._written[test]

    def _truths(self, test: Test) -> Truths:
        if self._is_same(test):
            return truth(test, self._same_facts(test))
        try:
            return self._vectorised(test)
        except BeyondColumnsError:
            return pl.col(self.by_rows.setdefault(test, f"@test{len(self.by_rows)}"))

    def _vectorised(self, test: Test) -> Truths:
        match test:
            case All(items):
                return every([self.truths(item) for item in items])
            case Any(items):
                return some([self.truths(item) for item in items])
            case AtLeast(count, items):
                return counted(count, [self.truths(item) for item in items])
            case Not(item):
                return opposite(self.truths(item))
            case Compare(left, op, right):
                return ends.compared(self.ends(left), op, self.ends(right))
            case Member(Fact(key)) | Relation(_, Fact(key)):
                return self._listed(test, key)
            case IsNone(Fact(key)):
                return self._is_none(key)
            case _:
                raise BeyondColumnsError(type(test).__name__)

    def _is_none(self, key: str) -> Truths:
        column = self._column(key)
        if column.none is None:
            return some([every([~column.is_there(), None]), False])
        return some([column.is_none(), every([~column.is_there(), None])])

    def _listed(self, test: Member | Relation, key: str) -> Truths:
        column = self._column(key)
        match test:
            case Member(_, values) if not values:
                return False
            case Relation("overlaps", _, values) if not values:
                return False
            case Relation("includes", _, values) if not values:
                return True
            case Member(_, values) if column.kind is Kind.BOOLEAN:
                held = self._is_one(pl.col(column.low), values)
            case Member(_, values) if column.kind is Kind.INTEGER:
                held = self._is_number(column, values)
            case Member(_, values) if column.kind in ORDERED:
                raise BeyondColumnsError("a number with decimals among codes")
            case _:
                held = self._by_category(test, key, column)
        return every([held, opposite(column.is_none())])

    @staticmethod
    def _is_one(cells: pl.Expr, values: frozenset[object]) -> Truths:
        if True in values:
            return cells | ~cells if False in values else cells
        return ~cells if False in values else cells & ~cells

    @staticmethod
    def _is_number(column: Column, values: frozenset[object]) -> Truths:
        if column.low != column.high or column.scale != 1:
            raise BeyondColumnsError("a range or a number with decimals among numbers")
        numbers = [v for v in values if isinstance(v, int) and abs(v) < ends.LARGEST_64]
        return pl.col(column.low).is_in(pl.Series(numbers, dtype=pl.Int64).implode())

    def _by_category(self, test: Member | Relation, key: str, column: Column) -> Truths:
        cells = pl.col(column.low)
        if column.categories is None:
            if not isinstance(test, Member):
                raise BeyondColumnsError("nearly every row has its own set")
            return _among(cells, sorted(map(str, test.values)), [], pl.String)
        held = {
            category: truth(test, RowFacts({key: listed(category, column.kind)}, {}, self.tables))
            for category in column.categories
        }
        yes = [category for category, one in held.items() if one is True]
        maybe = [category for category, one in held.items() if one is None]
        return _among(cells, yes, maybe, pl.Enum(column.categories))

    def _column(self, key: str) -> Column:
        place = self.places.get(key)
        assert isinstance(place, Column)
        return place

    # ------------------------------------------------------------------------------------- numbers
    def ends(self, node: Node) -> Ends:
        """The bounds of a number or date, row by row."""
        match node:
            case Fact(key) if key == AS_OF:
                return ends.fixed(point(self.day), date=True)
            case Fact(key):
                return self.places.get(key).ends()
            case Constant(number, kind) if not isinstance(number, str | bool):
                return ends.fixed(point(number), date=kind is Kind.DATE)
            case Sum(terms):
                return ends.total([self.ends(term) for term in terms])
            case Product(factors):
                return self._product(factors)
            case Extreme(which, items):
                return ends.extreme(which, [self.ends(item) for item in items])
            case Shift(date, Constant(int() as months)):
                return ends.shifted(self.ends(date), months)
            case Elapsed(since):
                return ends.elapsed(self.ends(since), datetime.date.fromordinal(self.day))
            case Between(low, high):
                return ends.enclosing([self.ends(low), self.ends(high)])
            case Choose(branches, otherwise):
                return self._chosen(branches, otherwise)
            case _:
                raise BeyondColumnsError(type(node).__name__)

    def _product(self, factors: Sequence[Node]) -> Ends:
        fixed = Fraction(1)
        others = []
        for factor in factors:
            match factor:
                case Constant(number) if not isinstance(number, str | bool):
                    fixed *= number
                case _:
                    others.append(factor)
        if len(others) > 1:
            raise BeyondColumnsError("a product of unknown numbers")
        if not others:
            return ends.fixed(point(fixed), date=False)
        return ends.multiplied(self.ends(others[0]), fixed)

    def _chosen(self, branches: Sequence[tuple[Test, Node | None]], otherwise: Node | None) -> Ends:
        result = Ends(None, None) if otherwise is None else self.ends(otherwise)
        for test, then in reversed(branches):
            value = Ends(None, None) if then is None else self.ends(then)
            result = ends.either(self.truths(test), value, result)
        return result

    # ---------------------------------------------------------------------------- choices, booleans
    def booleans(self, node: Node | None) -> Truths:
        """A true or false value, row by row; unknown where it is not known."""
        match node:
            case None:
                return None
            case Constant(bool() as held):
                return held
            case Fact(key):
                return self._boolean_fact(key)
            case Choose(branches, otherwise):
                result = self.booleans(otherwise)
                for test, then in reversed(branches):
                    result = self._boolean_branch(self.truths(test), self.booleans(then), result)
                return result
            case _ if isinstance(node, Test):
                return self.truths(node)
            case _:
                raise BeyondColumnsError(type(node).__name__)

    def _boolean_fact(self, key: str) -> Truths:
        place = self.places.get(key)
        if isinstance(place, Same):
            return truth(Member(Fact(key), frozenset({True})), self._same_facts(Fact(key)))
        if place.none is not None:
            raise BeyondColumnsError("a boolean may be none")
        return pl.col(place.low)

    @staticmethod
    def _boolean_branch(held: Truths, then: Truths, otherwise: Truths) -> Truths:
        """`then` where the test holds, `otherwise` where it does not, else what both say."""
        return some(
            [
                every([held, then]),
                every([opposite(held), otherwise]),
                every([then, otherwise]),
            ]
        )

    def choices(self, node: Node | None, universe: Sequence[str]) -> pl.Expr:
        """One of a few choices as bits, row by row: those that may be; null is any of them."""
        match node:
            case None:
                return pl.lit(None, dtype=pl.UInt16)
            case Constant(str() as choice):
                return pl.lit(1 << universe.index(choice), dtype=pl.UInt16)
            case Choose(branches, otherwise):
                result = self.choices(otherwise, universe)
                for test, then in reversed(branches):
                    bits = self.choices(then, universe)
                    held = as_expr(self.truths(test))
                    result = (
                        pl.when(held).then(bits).when(~held).then(result).otherwise(bits | result)
                    )
                return result
            case _:
                raise BeyondColumnsError(type(node).__name__)

    # --------------------------------------------------------------------- the same in all the rows
    def _is_same(self, node: Node) -> bool:
        reads = reads_of([node])
        places = [self.places.get(key) for key in reads.known]
        places += [self.places.get(key, given=True) for key in reads.given]
        return all(isinstance(place, Same) for place in places)

    def _same_facts(self, node: Node) -> RowFacts:
        reads = reads_of([node])
        known = {key: _same(self.places.get(key)) for key in reads.known}
        given = {key: _same(self.places.get(key, given=True)) for key in reads.given}
        return RowFacts({**known, AS_OF: point(self.day)}, given, self.tables)


def _same(place: Place) -> Known | None:
    assert isinstance(place, Same)
    return place.known


def _among(
    cells: pl.Expr, yes: Sequence[str], maybe: Sequence[str], dtype: pl.Enum | type[pl.String]
) -> pl.Expr:
    """True for some categories, unknown for others, else false; null is unknown."""
    if not maybe:
        return _is_in(cells, yes, dtype)
    return _is_in(cells, yes, dtype) | (_is_in(cells, maybe, dtype) & UNKNOWN)


def _is_in(cells: pl.Expr, values: Sequence[str], dtype: pl.Enum | type[pl.String]) -> pl.Expr:
    match values:
        case []:
            return cells.is_null() & UNKNOWN
        case [only]:
            return cells == pl.lit(only, dtype=dtype)
        case _:
            return cells.is_in(pl.Series(values, dtype=dtype).implode())
