"""How are numbers and dates computed and compared in whole columns, when only bounds are known?

The columns of `matcher.meaning.spans`: the same intervals, in whole units (`scale` of them make 1),
so that no rate is ever a binary fraction. A null end is an open one, minus or plus infinity by its
side; an end that is open for all rows is None. Sizes are followed: where 64 bits could not hold a
result, 128 are used, because Polars wraps without a word.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import reduce
from math import lcm

import polars as pl

from matcher.engines.columnar.kleene import Truths, every, opposite, surely
from matcher.facts.values import INFINITY, Bound, Span
from matcher.language.tree import Order

LARGEST_64 = 2**62
LARGEST_128 = 2**126
FIRST, LAST = datetime.date.min, datetime.date.max
MOST_MONTHS = 12 * 10_000
MOST_YEARS = 20_000
LEAP_DAY = 229
End = pl.Expr | None


class BeyondColumnsError(Exception):
    """This node has no vectorised form: it is left to the reference, row by distinct row."""


@dataclass(frozen=True)
class Ends:
    """The bounds of a number or date in each row.

    `exact`: both ends are the same, null being absent. `size` bounds the units; 0 for dates.
    `none` says where there is none.
    """

    low: End
    high: End
    scale: int = 1
    size: int = 0
    exact: bool = False
    none: Truths = False


def fixed(known: Span, *, date: bool) -> Ends:
    """A value that is the same in all rows."""
    scale = lcm(*(_denominator(end) for end in (known.low, known.high)))
    low, high = (_literal(end, scale, date=date) for end in (known.low, known.high))
    size = 0 if date else max(_size(known.low, scale), _size(known.high, scale))
    return Ends(low, high, scale, size, exact=known.low == known.high)


def _denominator(end: Bound) -> int:
    return end.denominator if isinstance(end, Fraction) else 1


def _size(end: Bound, scale: int) -> int:
    return 0 if isinstance(end, float) else abs(int(end * scale))


def _literal(end: Bound, scale: int, *, date: bool) -> End:
    if end in (-INFINITY, INFINITY):
        return None
    if date:
        return pl.lit(datetime.date.fromordinal(int(end)))
    return _whole(int(end * scale))


def _whole(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.Int64 if abs(number) < 2**63 else pl.Int128)


# ------------------------------------------------------------------------------------- comparisons
def compared(left: Ends, op: Order, right: Ends) -> Truths:
    """Whether the comparison holds in all, in none or in some of the worlds; none is never."""
    if op in (">", ">="):
        left, op, right = right, "<" if op == ">" else "<=", left
    a, b = alike([left, right])
    held = _exactly(a, op, b) if a.exact and b.exact else _between(a, op, b)
    return every([held, opposite(left.none), opposite(right.none)])


def _exactly(a: Ends, op: Order, b: Ends) -> Truths:
    x, y = a.low, b.low
    assert x is not None
    assert y is not None
    match op:
        case "<":
            return x < y
        case "<=":
            return x <= y
        case "==":
            return x == y
        case _:
            return x != y


def _between(a: Ends, op: Order, b: Ends) -> Truths:
    match op:
        case "<":
            return surely(_less(a.high, b.low), _at_most(b.high, a.low))
        case "<=":
            return surely(_at_most(a.high, b.low), _less(b.high, a.low))
        case "==":
            return _same(a, b)
        case _:
            return opposite(_same(a, b))


def _same(a: Ends, b: Ends) -> Truths:
    apart = [_less(a.high, b.low), _less(b.high, a.low)]
    ends = (a.low, a.high, b.low, b.high)
    same: pl.Expr | bool = False
    if all(end is not None for end in ends):
        low, high, other_low, other_high = (end for end in ends if end is not None)
        same = (low == high) & (other_low == other_high) & (low == other_low)
    no = [part.fill_null(value=False) for part in apart if isinstance(part, pl.Expr)]
    return surely(same, reduce(lambda x, y: x | y, no) if no else False)


def _less(a: End, b: End) -> pl.Expr | bool:
    return False if a is None or b is None else a < b


def _at_most(a: End, b: End) -> pl.Expr | bool:
    return False if a is None or b is None else a <= b


# -------------------------------------------------------------------------------------- arithmetic
def alike(parts: Sequence[Ends]) -> list[Ends]:
    """The same values in the same units."""
    scale = lcm(*(part.scale for part in parts))
    return [_times(part, scale // part.scale, scale) for part in parts]


def _times(part: Ends, factor: int, scale: int) -> Ends:
    """The units times a positive factor, in units of which `scale` make 1."""
    if factor == 1:
        return replace(part, scale=scale)
    size = _checked(part.size * factor)
    low = None if part.low is None else _wide(part.low, size) * _whole(factor)
    high = low if part.exact else None
    if not part.exact and part.high is not None:
        high = _wide(part.high, size) * _whole(factor)
    return replace(part, low=low, high=high, scale=scale, size=size)


def _checked(size: int) -> int:
    if size >= LARGEST_128:
        raise BeyondColumnsError("a number is too large for columns")
    return size


def dtype_of(size: int) -> type[pl.Int64 | pl.Int128]:
    """The type that holds numbers of a size."""
    return pl.Int128 if size >= LARGEST_64 else pl.Int64


def _wide(end: pl.Expr, size: int) -> pl.Expr:
    return end.cast(pl.Int128) if size >= LARGEST_64 else end


def total(parts: Sequence[Ends]) -> Ends:
    """The sum of independent values."""
    same = alike(parts)
    size = _checked(sum(part.size for part in same))
    low = _sum([part.low for part in same], size)
    exact = all(part.exact for part in same)
    high = low if exact else _sum([part.high for part in same], size)
    return Ends(low, high, same[0].scale, size, exact, _any_none(parts))


def _sum(ends: Sequence[End], size: int) -> End:
    found = [_wide(end, size) for end in ends if end is not None]
    return reduce(lambda a, b: a + b, found) if len(found) == len(ends) else None


def multiplied(part: Ends, factor: Fraction) -> Ends:
    """A value times an exact number; zero times anything is zero."""
    if factor == 0:
        return replace(fixed(Span(0, 0), date=False), none=part.none)
    scaled = _times(part, abs(factor.numerator), part.scale * factor.denominator)
    if factor > 0:
        return scaled
    low = None if scaled.high is None else 0 - scaled.high
    high = low if scaled.exact else None if scaled.low is None else 0 - scaled.low
    return replace(scaled, low=low, high=high)


def extreme(which: str, parts: Sequence[Ends]) -> Ends:
    """The least or the greatest of independent values."""
    same = alike(parts)
    lows, highs = [part.low for part in same], [part.high for part in same]
    least, greatest = pl.min_horizontal, pl.max_horizontal
    if which == "min":
        low, high = _unless_open(least, lows), _of_the_known(least, highs)
    else:
        low, high = _of_the_known(greatest, lows), _unless_open(greatest, highs)
    size = max(part.size for part in same)
    return Ends(low, high, same[0].scale, size, none=_any_none(parts))


def _unless_open(how: object, ends: Sequence[End]) -> End:
    """Open where one of the ends is."""
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    open_ = pl.any_horizontal([end.is_null() for end in known])
    return pl.when(~open_).then(how(known))  # type: ignore[operator]


def _of_the_known(how: object, ends: Sequence[End]) -> End:
    """Open where all the ends are."""
    known = [end for end in ends if end is not None]
    return how(known) if known else None  # type: ignore[operator]


def enclosing(parts: Sequence[Ends]) -> Ends:
    """The least bounds that allow all that the given ones allow."""
    same = alike(parts)
    low = _unless_open(pl.min_horizontal, [part.low for part in same])
    high = _unless_open(pl.max_horizontal, [part.high for part in same])
    size = max(part.size for part in same)
    return Ends(low, high, same[0].scale, size, none=_any_none(parts))


def either(held: Truths, then: Ends, otherwise: Ends) -> Ends:
    """`then` where a test holds, `otherwise` where it does not, else what both allow."""
    if not isinstance(held, pl.Expr) and held is not None:
        return then if held else otherwise
    one, other = alike([then, otherwise])
    both = enclosing([one, other])
    if held is None:
        return both

    def chosen(a: End, b: End, c: End) -> pl.Expr:
        first, second, third = (pl.lit(None) if end is None else end for end in (a, b, c))
        return pl.when(held).then(first).when(~held).then(second).otherwise(third)

    low = chosen(one.low, other.low, both.low)
    return replace(both, low=low, high=chosen(one.high, other.high, both.high))


def common(parts: Sequence[Ends]) -> Ends:
    """What all the values allow: crossed where they allow nothing in common."""
    same = alike(parts)
    low = _of_the_known(pl.max_horizontal, [part.low for part in same])
    high = _of_the_known(pl.min_horizontal, [part.high for part in same])
    return Ends(low, high, same[0].scale, max(part.size for part in same))


def _any_none(parts: Sequence[Ends]) -> Truths:
    nones = [part.none for part in parts if part.none is not False]
    if not nones:
        return False
    raise BeyondColumnsError("a computed value may be none")


# ------------------------------------------------------------------------------------------- dates
def shifted(date: Ends, months: int) -> Ends:
    """A date some months later; the last day of a shorter month clamps, the calendar too."""
    if abs(months) > MOST_MONTHS:
        raise BeyondColumnsError("a date is moved beyond the calendar")

    def moved(end: End) -> End:
        return None if end is None else _dates(end).dt.offset_by(f"{months}mo").clip(FIRST, LAST)

    low = moved(date.low)
    return replace(date, low=low, high=low if date.exact else moved(date.high))


def _dates(end: pl.Expr) -> pl.Expr:
    """Dates, also where all of them are open."""
    return end.cast(pl.Date)


def elapsed(since: Ends, until: datetime.date) -> Ends:
    """Complete years from a date to the day of the question; 29 February clamps to the 28th."""
    leap = calendar.isleap(until.year)

    def years(end: End) -> End:
        if end is None:
            return None
        date = _dates(end)
        day = date.dt.month().cast(pl.Int64) * 100 + date.dt.day()
        anniversary = day if leap else day - (day == LEAP_DAY).cast(pl.Int64)
        to_come = (anniversary > until.month * 100 + until.day).cast(pl.Int64)
        return until.year - date.dt.year().cast(pl.Int64) - to_come

    low = years(since.high)
    high = low if since.exact else years(since.low)
    return Ends(low, high, 1, MOST_YEARS, since.exact, _any_none([since]))
