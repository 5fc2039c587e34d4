"""Is every frame of the contract read as it says, and every other refused?"""

from fractions import Fraction
from itertools import combinations, product
from pathlib import Path

import polars as pl
import pytest

from matcher import Catalogue
from matcher.engines.columnar.derived import CONFLICT
from matcher.engines.columnar.engine import ColumnarEngine
from matcher.engines.columnar.frame import frame_of
from matcher.facts.values import Members, Options, Span, option, point
from matcher.language.tree import (
    All,
    Choose,
    Compare,
    Constant,
    Fact,
    IsNone,
    Not,
    Product,
    Relation,
)
from matcher.language.types import Kind
from tests.engines.columnar.as_columns import by_columns, derivation_of
from tests.engines.columnar.small_facts import (
    DAY,
    ORDERS,
    PLACED,
    PLAIN,
    VOCABULARY,
    agree,
    among,
    computing,
    cost,
    date,
    dated,
    day,
    flag,
    jobs,
    number,
    order,
    other,
    staff,
    start,
)

CONFORMANCE = Path(__file__).parents[2] / "conformance" / "catalogue" / "rules"


# ------------------------------------------------------------------------------ ranges and none
def test_ranges_with_one_open_end():
    ends = list(product((None, 4, 5, 6), repeat=2))
    frame = pl.DataFrame(
        [(low, high) for low, high in ends if low is None or high is None or low <= high],
        schema={"staff@min": pl.Int64, "staff@max": pl.Int64},
        orient="row",
    )
    tests = [Compare(staff, op, number(5)) for op in ORDERS]
    agree(frame, *tests, among("staff", 5), among("staff", 5, 6), among("staff", 7))
    agree(frame, *(Compare(Product((number(-2), staff)), op, number(-10)) for op in ORDERS))
    more = frame.with_columns(jobs=pl.lit(2, dtype=pl.Int64))
    agree(more, *(Compare(Product((staff, jobs)), op, number(10)) for op in ORDERS))


def test_none_columns_with_nulls():
    frame = pl.DataFrame(
        [
            dated("order", None, None, None, "2026-01-01", "2026-01-01"),
            pl.Series("order@none", [True, False, None, False, None]),
            pl.Series("label", [None, None, None, "a", "a"], dtype=pl.String),
            pl.Series("label@none", [True, False, None, False, None]),
        ]
    )
    before = Compare(order, "<", day("2026-06-15"))
    tests = [IsNone(order), before, IsNone(Fact("label")), among("label", "a"), among("label", "b")]
    found = agree(frame, *tests, *map(Not, tests))
    assert [row[:2] for row in found] == [
        (True, False),
        (None, None),
        (None, None),
        (False, True),
        (False, True),
    ]


def test_a_fact_that_may_be_none_of_which_no_row_has_none():
    frame = pl.DataFrame([dated("order", "2026-01-01", None)])
    assert agree(frame, IsNone(order), Not(IsNone(order))) == [(False, True), (None, None)]


# ------------------------------------------------------------------------------- odd frames
EVERY_KIND = [
    flag,
    Compare(staff, ">=", number(5)),
    Compare(cost, ">=", number(5)),
    Compare(start, ">=", day("2026-01-01")),
    IsNone(order),
    among("place", "a"),
    among("kind", "a"),
    Relation("overlaps", Fact("tags"), frozenset("a")),
    Compare(Product((staff, jobs)), ">", number(5)),
    among("area", "A1"),
]
COLUMNS = {
    "flag": pl.Boolean,
    "staff": pl.Int64,
    "jobs": pl.Int64,
    "cost": pl.Int64,
    "start": pl.Date,
    "order": pl.Date,
    "order@none": pl.Boolean,
    "place": pl.String,
    "kind": pl.String,
    "tags": pl.String,
}


def test_a_frame_without_rows():
    assert agree(pl.DataFrame(schema=COLUMNS), *EVERY_KIND, setting=PLACED) == []
    assert agree(pl.DataFrame(), *EVERY_KIND, setting=PLACED) == []


def test_a_frame_without_facts():
    frame = pl.DataFrame({"client": ["x", "y"]})
    assert agree(frame, *EVERY_KIND, setting=PLACED) == [(None,) * len(EVERY_KIND)] * 2


def test_a_frame_where_nothing_is_known():
    frame = pl.DataFrame(
        {key: pl.Series([None] * 3, dtype=dtype) for key, dtype in COLUMNS.items()}
    )
    assert agree(frame, *EVERY_KIND, setting=PLACED) == [(None,) * len(EVERY_KIND)] * 3


def test_one_row():
    frame = frame_of(
        [{"flag": option(True), "staff": point(7), "tags": Members(frozenset("a"))}], VOCABULARY
    )
    found = agree(frame, *EVERY_KIND, setting=PLACED)
    assert found == [(True, True, None, None, None, None, None, True, None, None)]


def test_the_rows_keep_their_order():
    frame = pl.DataFrame(
        {"staff": pl.int_range(300_000, eager=True), "place": ["a", "b", "c"] * 100_000}
    )
    rows = by_columns(frame, [Compare(staff, "<", number(1_000)), among("place", "b")], PLAIN)
    assert rows == [(n < 1_000, n % 3 == 1) for n in range(300_000)]


WRONG = {
    "staff": [pl.Float64, pl.String, pl.Boolean, pl.Date, pl.Decimal(10, 0), pl.Null],
    "cost": [pl.Float64, pl.Decimal(18, 2), pl.String],
    "start": [pl.Datetime, pl.String, pl.Int64],
    "place": [pl.Int64, pl.Categorical, pl.List(pl.String), pl.Null],
    "kind": [pl.Categorical, pl.Boolean],
    "tags": [pl.List(pl.String)],
    "flag": [pl.Int64, pl.String],
    "staff@min": [pl.Float64],
}


@pytest.mark.parametrize(
    ("name", "dtype"), [(n, dtype) for n, some in WRONG.items() for dtype in some]
)
def test_a_column_of_the_wrong_type_is_named(name, dtype):
    """Floats, where NaN is the largest, decimals, categoricals: none is converted."""
    frame = pl.DataFrame({name: pl.Series([None], dtype=dtype)})
    with pytest.raises(ValueError, match=f"column {name} of type"):
        by_columns(frame, EVERY_KIND, PLACED)


def test_half_a_range_is_refused():
    with pytest.raises(ValueError, match="staff"):
        by_columns(pl.DataFrame({"staff@min": [1]}), EVERY_KIND, PLACED)


LEFT = {
    "the other end alone": {"staff@max": [3]},
    "the other end of another type": {"staff@min": [3], "staff@max": ["3"]},
    "none that is a number": {"order": [date("2026-01-01")], "order@none": [1]},
}


@pytest.mark.parametrize("columns", LEFT.values(), ids=LEFT)
def test_a_column_beside_is_checked_too(columns):
    with pytest.raises(ValueError, match="column"):
        by_columns(pl.DataFrame(columns), EVERY_KIND, PLACED)


def test_a_column_of_none_alone():
    assert agree(pl.DataFrame({"order@none": [True, False]}), IsNone(order)) == [(True,), (None,)]


# ------------------------------------------------------------------------------------ conflicts
def test_conflicts_are_told_row_by_row():
    trees = {
        "both": (All((flag, other)),),
        "twice": (Product((staff, number(2))),),
        "size": (Choose(((Compare(staff, "<", number(50)), Constant("a", Kind.CHOICE)),), None),),
    }
    kinds = {"both": Kind.BOOLEAN, "twice": Kind.INTEGER, "size": Kind.CHOICE}
    setting = computing(trees, kinds)
    rows = [
        {"flag": option(True), "both": option(True), "staff": point(4), "twice": point(8)},
        {"flag": option(False), "both": option(True), "staff": point(4), "twice": point(9)},
        {"staff": Span(4, 6), "twice": Span(0, 9), "size": option("b")},
        {"staff": Span(4, 6), "twice": Span(13, 20), "size": Options(frozenset("ab"))},
        {"twice": point(3), "both": option(False)},
        {},
    ]
    frame = frame_of(rows, setting.vocabulary)
    tests = [among("both", True), among("size", "a")]
    tests += [Compare(Fact("twice"), op, number(8)) for op in ORDERS]
    agree(frame, *tests, setting=setting)
    told = derivation_of(frame, tests, setting).frame
    flags = {key: told[CONFLICT + key].to_list() for key in kinds}
    found = [{key for key in kinds if flags[key][n]} for n in range(len(rows))]
    assert found == [set(), {"both", "twice"}, {"size"}, {"twice"}, set(), set()]


# --------------------------------------------------------------------------- frame after frame
def test_an_engine_remembers_no_frame():
    """The same answers for a frame, whichever frames the engine has judged before."""
    content = Catalogue.load(CONFORMANCE).content
    rows = [
        {"n.staff": Span(5, 20), "m.cost": point(500_000), "s.kind": option("a")},
        {"n.staff": point(120), "s.kind": Options(frozenset("ab")), "s.place": option("P1")},
        {"s.kind": option("b"), "s.tags": Members(frozenset("a")), "n.staff": point(100)},
        {"m.cost": point(Fraction(1, 100)), "r.listed": option(True), "s.kind": option("c")},
    ]
    frames = [
        frame_of(some, content.vocabulary) for n in range(5) for some in combinations(rows, n)
    ]
    used = ColumnarEngine(content, DAY)
    for frame in (*frames, *reversed(frames)):
        fresh = ColumnarEngine(content, DAY).judged(frame)
        again = used.judged(frame)
        assert again.outcomes.equals(fresh.outcomes)
        assert again.windows.equals(fresh.windows)
        assert again.statuses("two-editions") == fresh.statuses("two-editions")
