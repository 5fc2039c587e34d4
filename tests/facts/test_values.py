"""What do two things known of one fact allow together, or either of them?"""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.facts.values import (
    ANYTHING,
    INFINITY,
    NO,
    NOTHING,
    YES,
    Members,
    Options,
    Span,
    hull,
    is_exact,
    narrower,
    option,
    overlap,
    point,
)
from matcher.testing import allows

CHOICES = ("a", "b", "c")
SPANS = [Span(low, high) for low in range(4) for high in range(low, 4)]
SPANS += [Span(-INFINITY, 2), Span(1, INFINITY), ANYTHING]
OPTIONS = [
    Options(frozenset(c for c, kept in zip(CHOICES, bits, strict=True) if kept))
    for bits in product((False, True), repeat=3)
    if any(bits)
]
SETS = [Members(frozenset()), Members(frozenset({"a"})), Members(frozenset({"a", "b"}))]
EXACT_NUMBERS = [*range(-1, 6), Fraction(3, 2)]
WORLDS = [*EXACT_NUMBERS, *CHOICES, frozenset(), frozenset({"a"}), frozenset({"a", "b"}), None]

NUMERIC = [*SPANS, NOTHING, None]
LISTED = [*OPTIONS, NOTHING, None]
FAMILIES = [NUMERIC, LISTED, [*SETS, NOTHING, None]]
PAIRS = [pair for family in FAMILIES for pair in product(family, family)]


def worlds(known):
    """The values of the sample that something known allows."""
    return {world for world in WORLDS if allows(known, world)}


def both(left, right):
    """What both allow, or "contradiction"."""
    try:
        return overlap(left, right)
    except ValueError:
        return "contradiction"


@pytest.mark.parametrize(
    ("known", "exact"),
    [
        (None, False),
        (point(3), True),
        (point(Fraction(1, 3)), True),
        (Span(3, 4), False),
        (Span(3, INFINITY), False),
        (ANYTHING, False),
        (option("a"), True),
        (YES, True),
        (NO, True),
        (Options(frozenset({"a", "b"})), False),
        (Options(frozenset({True, False})), False),
        (Members(frozenset()), True),
        (Members(frozenset({"a", "b"})), True),
        (NOTHING, True),
    ],
)
def test_is_exact(known, exact):
    assert is_exact(known) is exact


def test_two_values_together_allow_what_each_allows():
    for left, right in PAIRS:
        together = both(left, right)
        common = worlds(left) & worlds(right)
        if together == "contradiction":
            assert not common, (left, right)
        else:
            assert worlds(together) == common, (left, right)


def test_together_does_not_depend_on_the_order():
    for left, right in PAIRS:
        assert both(left, right) == both(right, left)
        assert both(left, left) == left


def test_a_contradiction_is_raised():
    for left, right in [
        (point(1), point(2)),
        (Span(1, 2), Span(3, 4)),
        (option("a"), option("b")),
        (YES, NO),
        (NOTHING, point(1)),
        (Members(frozenset()), Members(frozenset({"a"}))),
    ]:
        with pytest.raises(ValueError, match="contradiction"):
            overlap(left, right)


def test_the_hull_allows_all_that_each_allows():
    for left, right in PAIRS:
        joined = hull([left, right])
        assert worlds(left) | worlds(right) <= worlds(joined), (left, right)


def test_the_hull_of_alike_values_is_the_least():
    for left, right in product(SPANS, SPANS):
        joined = hull([left, right])
        for span in SPANS:
            if worlds(left) | worlds(right) <= worlds(span):
                assert worlds(joined) <= worlds(span)
    for left, right in product(OPTIONS, OPTIONS):
        assert worlds(hull([left, right])) == worlds(left) | worlds(right)


def test_the_hull_of_several():
    assert hull([point(3), point(1), point(2)]) == Span(1, 3)
    assert hull([option("a"), option("b"), option("a")]) == Options(frozenset({"a", "b"}))
    assert hull([]) is None
    assert hull([None]) is None
    assert hull([point(1), None, point(2)]) is None
    assert hull([NOTHING]) == NOTHING
    assert hull([NOTHING, option("a")]) is None
    assert hull(iter([point(1), point(4)])) == Span(1, 4)


def test_narrower_allows_nothing_more():
    for new, old in PAIRS:
        if narrower(new, old):
            assert worlds(new) <= worlds(old), (new, old)


def test_narrower_is_an_order():
    for family in FAMILIES:
        for known in family:
            assert narrower(known, known)
            assert narrower(known, None)
        for one, other in product(family, family):
            if narrower(one, other) and narrower(other, one):
                assert one == other
            for third in family:
                if narrower(one, other) and narrower(other, third):
                    assert narrower(one, third)


def test_what_contradicts_is_not_narrower():
    assert not narrower(point(3), point(4))
    assert not narrower(None, point(4))
    assert not narrower(ANYTHING, Span(1, INFINITY))
    assert not narrower(NOTHING, point(4))
    assert narrower(NOTHING, None)


NUMBERS = st.one_of(st.integers(), st.fractions(max_denominator=1000), st.just(INFINITY))


@given(st.lists(NUMBERS, min_size=4, max_size=4))
def test_bounds_of_a_common_part_are_bounds_that_were_given(numbers):
    a, b, c, d = numbers
    if a <= b and c <= d:
        common = both(Span(a, b), Span(c, d))
        if common != "contradiction":
            assert common.low in (a, c)
            assert common.high in (b, d)
            assert common.low <= common.high


def test_true_is_not_one():
    assert both(option(True), option(False)) == "contradiction"
    assert option("true") != YES
    assert is_exact(YES)
    assert hull([YES, NO]) == Options(frozenset({True, False}))


def test_values_do_not_change():
    for known in (point(1), option("a"), Members(frozenset()), NOTHING):
        with pytest.raises((AttributeError, TypeError)):
            known.low = 2
        assert hash(known) == hash(known)
