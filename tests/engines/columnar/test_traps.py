"""Do columns fall where other engines have been seen to fall?

Each trap of the study of engines, by name. `agree` asks the reference row by row; where a truth is
plain it is written out.
"""

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import polars as pl
import pytest

from matcher.engines.columnar.kleene import MOST_CHAINED
from matcher.facts.vocabulary import LARGEST
from matcher.language.tree import (
    All,
    Any,
    AtLeast,
    Choose,
    Compare,
    Elapsed,
    Extreme,
    Fact,
    Member,
    Not,
    Product,
    Relation,
    Shift,
    Sum,
)
from matcher.language.types import Kind
from matcher.testing.vocabulary import declared
from tests.engines.columnar.as_columns import by_columns, derivation_of
from tests.engines.columnar.small_facts import (
    MOST_CENTS,
    ORDERS,
    PLACED,
    PLAIN,
    RELATIONS,
    agree,
    aid,
    among,
    computing,
    cost,
    date,
    dated,
    day,
    flag,
    jobs,
    number,
    staff,
    start,
)


# ------------------------------------------------------------------------------------- numbers
@pytest.mark.parametrize("percent", [29, 35, 55, 70])
def test_rates_are_exact_on_a_hundred_thousand_ties(percent):
    whole = pl.int_range(1, 100_001, eager=True) * 48_271 % 10_000_019 + 1
    frame = pl.DataFrame({"cost": whole * 100, "aid": whole * percent})
    share = Product((cost, number(Fraction(percent, 100))))
    found = by_columns(frame, [Compare(aid, op, share) for op in ORDERS], PLAIN)
    assert set(found) == {(False, True, False, True, True, False)}
    floats = frame["cost"] * (percent / 100)
    assert not ((frame["aid"] <= floats).all() and (frame["aid"] >= floats).all()), "no trap"


def test_a_cent_either_side_of_a_tie():
    frame = pl.DataFrame({"cost": [1_234_500] * 3, "aid": [358_004, 358_005, 358_006]})
    tests = [Compare(aid, op, Product((number(Fraction(29, 100)), cost))) for op in ORDERS]
    assert agree(frame, *tests) == [
        (True, True, False, False, False, True),
        (False, True, False, True, True, False),
        (False, False, True, True, False, True),
    ]


def test_money_beyond_the_whole_numbers_of_a_double():
    most = 2**53
    frame = pl.DataFrame({"cost": [most, most + 1, MOST_CENTS - 1, MOST_CENTS]})
    tests = [
        Compare(cost, "==", number(Fraction(most + 1, 100))),
        Compare(cost, ">=", number(LARGEST)),
    ]
    wanted = [(False, False), (True, False), (False, False), (False, True)]
    assert agree(frame, *tests) == wanted


@pytest.mark.parametrize("factor", [10**4, 10**6, 10**20, Fraction(1, 3 * 10**9), -(10**7)])
def test_products_beyond_64_bits(factor):
    frame = pl.DataFrame({"cost": [MOST_CENTS, -MOST_CENTS, 1, None], "aid": [7, 5, None, 3]})
    large = Product((cost, number(100), number(factor)))
    agree(
        frame,
        *(Compare(large, op, aid) for op in ORDERS),
        *(Compare(Sum((large, aid)), op, number(10**22)) for op in ORDERS),
        *(Compare(Extreme(which, (large, aid)), "<", number(3)) for which in ("min", "max")),
        Compare(Choose(((flag, large),), aid), ">", number(3)),
    )


def test_a_product_of_two_facts_beyond_64_bits():
    frame = pl.DataFrame({"cost": [MOST_CENTS, 5, None, 0], "staff": [LARGEST, 3, 0, None]})
    (first, *_) = agree(frame, *(Compare(Product((cost, staff)), op, number(0)) for op in ORDERS))
    assert first == (False, False, True, True, False, True)


def test_a_computed_amount_beyond_64_bits():
    trees = {"total": (Product((cost, staff)),), "twice": (Product((cost, number(2 * 10**9))),)}
    setting = computing(trees, dict.fromkeys(trees, Kind.EUROS))
    frame = pl.DataFrame({"cost": [MOST_CENTS, 5, None], "staff": [LARGEST, 3, 0]})
    tests = [Compare(Fact(key), ">=", number(10**24)) for key in trees]
    tests.append(Compare(Sum(tuple(map(Fact, trees))), ">", number(10**30)))
    assert agree(frame, *tests, setting=setting)[0] == (True, True, True)


def test_a_computed_whole_number_that_has_halves():
    setting = computing(
        {"half": (Product((staff, number(Fraction(1, 2)))),)}, {"half": Kind.INTEGER}
    )
    frame = pl.DataFrame({"staff": [2, 3, 4, None]})
    assert agree(frame, among("half", 1, 2), setting=setting) == [
        (True,),
        (False,),
        (True,),
        (None,),
    ]


@pytest.mark.parametrize("dtype", [pl.Int8, pl.Int16, pl.Int32, pl.UInt16, pl.UInt64, pl.Int128])
def test_no_column_of_whole_numbers_but_of_64_bits(dtype):
    """A sum of small integers would wrap without a word: 100 + 100 is -56 in Int8."""
    frame = pl.DataFrame({"staff": [100], "jobs": [100]}, schema={"staff": dtype, "jobs": dtype})
    with pytest.raises(ValueError, match="column staff"):
        by_columns(frame, [Compare(Sum((staff, jobs)), ">", number(150))], PLAIN)


# --------------------------------------------------------------------------------------- nulls
def test_nothing_is_known_of_null_in_a_list():
    frame = pl.DataFrame(
        {"place": ["a", "c", None], "staff": [1, 3, None], "flag": [True, None, False]}
    )
    tests = [among("place", "a", "b"), among("staff", 1, 2), among("flag", True, False)]
    assert agree(frame, *tests, *map(Not, tests)) == [
        (True, True, True, False, False, False),
        (False, False, None, True, True, None),
        (None, None, True, None, None, False),
    ]


def test_nothing_is_in_an_empty_list():
    frame = pl.DataFrame({"place": ["a", None], "staff": [1, None], "flag": [True, None]})
    tests = [among(key) for key in ("place", "staff", "flag")]
    assert agree(frame, *tests) == [(False,) * 3] * 2
    nowhere = pl.DataFrame({"unread": [1, 2]})
    assert agree(nowhere, *tests) == [(False,) * 3] * 2


@pytest.mark.parametrize("size", [2, MOST_CHAINED, MOST_CHAINED + 1])
def test_all_any_and_at_least_over_nulls(size):
    facts = {f"b{n}": declared(f"b{n}", Kind.BOOLEAN) for n in range(size)}
    rows = [(*few, *few[-1:] * (size - 2)) for few in product((True, False, None), repeat=2)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(facts, pl.Boolean), orient="row")
    items = tuple(among(key, True) for key in facts)
    counted = [AtLeast(count, items) for count in (0, 1, 2, size - 1, size, size + 1)]
    agree(frame, All(items), Any(items), *counted, setting=replace(PLAIN, vocabulary=facts))


def test_an_unknown_test_is_not_a_false_one():
    frame = pl.DataFrame({"flag": [True, False, None], "cost": [100, 200, 300]})
    chosen = Choose(((flag, number(1)),), cost)
    tests = [Compare(chosen, op, number(2)) for op in ORDERS]
    assert agree(frame, *tests)[2] == (None,) * 6
    assert agree(frame, Compare(chosen, "<=", number(3))) == [(True,)] * 3


def test_sums_and_extremes_of_nulls():
    frame = pl.DataFrame({"staff": [1, None, None], "jobs": [5, 5, None]})
    agree(frame, *(Compare(Sum((staff, jobs)), op, number(5)) for op in ORDERS))
    least, most = (Extreme(which, (staff, jobs)) for which in ("min", "max"))
    tests = [Compare(e, op, number(5)) for e in (least, most) for op in ("<=", ">", ">=", "<")]
    assert agree(frame, *tests)[1] == (True, False, None, None, None, None, True, False)
    agree(frame, *(Compare(Product((number(0), staff)), op, number(0)) for op in ORDERS))


# --------------------------------------------------------------------------------------- dates
def test_the_end_of_a_shorter_month_clamps():
    frame = pl.DataFrame([dated("start", "2023-01-31", "2024-01-31", "2024-02-29", None)])
    for months, days in {1: ("2023-02-28", "2024-02-29"), 12: ("2024-01-31", "2025-02-28")}.items():
        moved = Shift(start, number(months))
        agree(frame, *(Compare(moved, op, day(text)) for op in ORDERS for text in days))


def test_the_calendar_clamps():
    frame = pl.DataFrame([dated("start", "0001-01-01", "0001-02-28", "9999-11-30", "9999-12-31")])
    shifts = [Shift(start, number(months)) for months in (-1, 1, -120_000, 120_000, 1_200_000)]
    ends = [day("0001-01-01"), day("9999-12-31")]
    agree(frame, *(Compare(moved, op, end) for moved in shifts for end in ends for op in ORDERS))


@pytest.mark.parametrize("on", ["2023-02-28", "2023-03-01", "2024-02-28", "2024-02-29"])
def test_complete_years_from_29_february(on):
    days = ("2020-02-28", "2020-02-29", "2020-03-01", "2024-02-29", "2030-02-28", None)
    setting = replace(PLAIN, day=date(on).toordinal())
    tests = [Compare(Elapsed(start), "==", number(years)) for years in range(-8, 5)]
    found = agree(pl.DataFrame([dated("start", *days)]), *tests, setting=setting)
    assert [sum(map(bool, row)) for row in found] == [1, 1, 1, 1, 1, 0]


# -------------------------------------------------------------------------- choices, codes, sets
@pytest.mark.parametrize("dtype", [pl.String, pl.Enum(["a", "b", "c", "a|b"])])
def test_a_category_that_no_row_has(dtype):
    """Compared with a category that the column does not know: false, and unknown where null."""
    frame = pl.DataFrame({"kind": pl.Series(["a", "b", "a|b", None], dtype=dtype)})
    tests = [among("kind", "z"), among("kind", "a", "z"), among("kind", "a", "b"), among("kind")]
    assert agree(frame, *tests, *map(Not, tests)) == [
        (False, True, True, False, True, False, False, True),
        (False, False, True, False, True, True, False, True),
        (False, None, True, False, True, None, False, True),
        (None, None, None, False, None, None, None, True),
    ]


def test_one_of_several():
    cells = ["a|b", "b|c", "a|b|c", "c", None]
    frame = pl.DataFrame({"kind": cells, "place": cells})
    few = [frozenset(some) for n in range(4) for some in combinations("abc", n)]
    agree(frame, *(Member(Fact(key), some) for key in ("kind", "place") for some in few))


def test_sets_and_the_empty_set():
    frame = pl.DataFrame({"tags": ["", "a", "a,b", "c", None]})
    few = [frozenset(some) for n in range(4) for some in combinations("abc", n)]
    tests = [Relation(how, Fact("tags"), some) for how in RELATIONS for some in few]
    agree(frame, *tests)
    within, overlaps = (
        Relation(how, Fact("tags"), frozenset("a")) for how in ("within", "overlaps")
    )
    assert agree(frame, within, overlaps)[0] == (True, False)


def test_a_set_of_its_own_in_each_row():
    members = [f"m{n}" for n in range(12)]
    cells = [",".join(some) for n in range(6) for some in combinations(members, n)]
    some = frozenset(members[:5])
    tests = [Relation(how, Fact("tags"), some) for how in RELATIONS]
    agree(pl.DataFrame({"tags": cells}), *tests)


# ---------------------------------------------------------------------------- a code of each row
def test_a_hundred_thousand_codes():
    frame = pl.DataFrame({"place": [f"P{n}" for n in range(100_000)]})
    tests = [among("place", "P7", "P99999"), among("area", "A1"), among("zone", "Z1")]
    rows = by_columns(frame, tests, PLACED)
    assert [n for n, row in enumerate(rows) if row[0]] == [7, 99_999]
    assert [n for n, row in enumerate(rows) if row[1]] == list(range(0, 9_000, 3))
    assert [n for n, row in enumerate(rows) if row[2]] == list(range(0, 9_000, 2))


def test_codes_that_no_table_names_are_still_apart():
    """They are one code for the tables, and each its own for the rules."""
    frame = pl.DataFrame({"place": [f"P{n}" for n in range(9_000, 11_000)]})
    tests = [among("place", "P9001"), among("area", "A0"), Not(among("area", "A1"))]
    found = agree(frame, *tests, setting=PLACED)
    assert found[:2] == [(False, True, True), (True, True, True)]


def test_a_given_code_that_is_also_computed_keeps_its_value():
    areas = [f"A{n}" for n in range(1_500)]
    places = ["P0", "P1", None] * 500
    frame = pl.DataFrame({"place": places, "area": areas})
    derived = derivation_of(frame, [among("area", "A1")], PLACED)
    assert derived.conflicts == ["area"]
    agree(frame, *(among("area", text) for text in ("A0", "A1", "A2", "A1499")), setting=PLACED)
