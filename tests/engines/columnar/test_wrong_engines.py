"""Would a wrong columnar engine be caught? Each piece below is wrong in one way.

Random batches see a wrong logic at once; they hardly ever meet an exact tie, a 31 January or a
large amount, for which there are traps.
"""

from dataclasses import replace
from functools import partial

import polars as pl
import pytest
from hypothesis import HealthCheck, Phase, settings

from matcher.engines.columnar import by_rows, ends, expressions, kleene
from matcher.engines.columnar.ends import Ends
from matcher.engines.columnar.frame import span
from matcher.testing import agreement, assert_same_in_batch
from tests.engines.columnar.as_columns import batch_by_columns, fits
from tests.engines.columnar.test_frames import test_ranges_with_one_open_end as open_ends
from tests.engines.columnar.test_traps import test_complete_years_from_29_february as leap_days
from tests.engines.columnar.test_traps import test_products_beyond_64_bits as large_products
from tests.engines.columnar.test_traps import (
    test_rates_are_exact_on_a_hundred_thousand_ties as exact_ties,
)
from tests.engines.columnar.test_traps import test_the_end_of_a_shorter_month_clamps as month_ends

MOST = 10_000
compared, elapsed, every, among = ends.compared, ends.elapsed, kleene.every, expressions._among


def strict(left, op, right):
    return compared(left, {"<=": "<", ">=": ">"}.get(op, op), right)


def without_unknown(yes, _no):
    """What is not sure is false."""
    return yes if isinstance(yes, bool) else yes.fill_null(value=False)


def if_else(held, then, otherwise):
    """An unknown test is a false one."""
    if not isinstance(held, pl.Expr):
        return then if held else otherwise
    one, other = ends.alike([then, otherwise])
    low, high = (
        pl.when(held).then(pl.lit(None) if a is None else a).otherwise(b)
        for a, b in ((one.low, other.low), (one.high, other.high))
    )
    return replace(other, low=low, high=high, exact=False)


def in_floats(part, factor):
    low, high = (None if end is None else end * float(factor) for end in (part.low, part.high))
    low, high = (low, high) if factor > 0 else (high, low)
    return replace(part, low=low, high=low if part.exact else high)


def narrow(end, _size):
    """Products stay within 64 bits."""
    return end


def without_open_ends(low, high, scale):
    return None if low is None or high is None else span(low, high, scale)


def of_the_known(how, parts):
    """An open end is skipped, as `least` of SQL does."""
    return ends._of_the_known(how, parts)


def by_days(since, until):
    """A year is 365 days."""
    right = elapsed(since, until)

    def years(end):
        return None if end is None else (pl.lit(until) - end.cast(pl.Date)).dt.total_days() // 365

    return replace(right, low=years(since.high), high=years(since.low))


def without_clamp(date, months):
    def moved(end):
        return None if end is None else end.cast(pl.Date).dt.offset_by(f"{months * 30}d")

    return Ends(moved(date.low), moved(date.high), exact=date.exact, none=date.none)


def without_constants(items):
    """An unknown that is the same in all rows is forgotten."""
    kept = [item for item in items if item is not None]
    return every(kept) if kept else None


def surely_counted(count, items):
    return (
        sum((kleene.as_expr(i).fill_null(value=False).cast(int) for i in items), pl.lit(0)) >= count
    )


def sure_or_not(cells, yes, _maybe, dtype):
    """One of several that is not surely among some values is not."""
    return among(cells, yes, [], dtype)


SEEN_BY_BATCHES = {
    "< for <=": (ends, "compared", strict),
    "no unknown between yes and no": (ends, "surely", without_unknown),
    "a conditional of two branches": (ends, "either", if_else),
    "extremes that skip null": (ends, "_unless_open", of_the_known),
    "constants forgotten": (expressions, "every", without_constants),
    "unknown not counted": (expressions, "counted", surely_counted),
    "several read as none of them": (expressions, "_among", sure_or_not),
}
SEEN_BY_TRAPS = {
    "rates in floats": (ends, "multiplied", in_floats, partial(exact_ties, 29)),
    "products of 64 bits": (ends, "_wide", narrow, partial(large_products, 10**6)),
    "open ends dropped": (by_rows, "span", without_open_ends, open_ends),
    "years of 365 days": (ends, "elapsed", by_days, partial(leap_days, "2024-02-28")),
    "months of 30 days": (ends, "shifted", without_clamp, month_ends),
}


@pytest.fixture
def first_failure(monkeypatch):
    """The first batch that differs is enough: it is not made smaller."""

    def quick(examples):
        return settings(
            max_examples=examples,
            deadline=None,
            database=None,
            derandomize=True,
            report_multiple_bugs=False,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )

    monkeypatch.setattr(agreement, "_many", quick)


def engine(batch):
    """The columnar engine, on what a reader lets through."""
    kept = [fits(profile.values, batch.setting.vocabulary) for profile in batch.profiles]
    return batch_by_columns(batch) if all(kept) else wanted(batch)


def wanted(batch):
    return [tuple(agreement.truth(t, facts) for t in batch.tests) for facts in batch.facts]


@pytest.mark.usefixtures("first_failure")
@pytest.mark.parametrize(("module", "name", "wrong"), SEEN_BY_BATCHES.values(), ids=SEEN_BY_BATCHES)
def test_random_batches_see_it(monkeypatch, module, name, wrong):
    monkeypatch.setattr(module, name, wrong)
    with pytest.raises(AssertionError, match="the engine says"):
        assert_same_in_batch(engine, examples=MOST, derived=True)


@pytest.mark.parametrize(
    ("module", "name", "wrong", "trap"), SEEN_BY_TRAPS.values(), ids=SEEN_BY_TRAPS
)
def test_a_trap_sees_it(monkeypatch, module, name, wrong, trap):
    trap()
    monkeypatch.setattr(module, name, wrong)
    with pytest.raises(AssertionError):
        trap()
