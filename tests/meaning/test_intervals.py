"""Do computed bounds hold every value that the worlds allow, and no more than needed?"""

import datetime
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.facts.values import ANYTHING, INFINITY, NOTHING, Span, hull, point
from matcher.language.tree import Between, Choose, Compare, Constant, Extreme, Fact, Product, Sum
from matcher.language.types import Kind
from matcher.language.walk import nodes
from matcher.meaning import spans
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import value
from matcher.testing import amounts, known_of, measured, profiles, settings, worlds

NUMBERS = st.one_of(
    st.integers(-20, 20), st.fractions(-20, 20, max_denominator=100), st.just(10**15)
)


@st.composite
def spans_with_a_value(draw):
    """A span, open or not, and a number in it."""
    low, number, high = sorted((draw(NUMBERS), draw(NUMBERS), draw(NUMBERS)))
    unbounded = draw(st.integers(0, 8))
    return Span(
        -INFINITY if unbounded % 3 == 1 else low, INFINITY if unbounded > 6 else high
    ), number


LISTS = st.lists(spans_with_a_value(), min_size=1, max_size=4)


def within(number, span):
    return span.low <= number <= span.high


@given(LISTS)
def test_a_sum_holds_the_sum_of_its_values(parts):
    assert within(sum(n for _, n in parts), spans.total([s for s, _ in parts]))


@given(LISTS)
def test_a_product_holds_the_product_of_its_values(parts):
    result = Fraction(1)
    for _, number in parts:
        result *= number
    assert within(result, spans.product([s for s, _ in parts]))


@given(LISTS, st.sampled_from(["min", "max"]))
def test_an_extreme_holds_the_extreme_of_its_values(parts, which):
    result = (min if which == "min" else max)(n for _, n in parts)
    assert within(result, spans.extreme(which, [s for s, _ in parts]))


ENDS = st.lists(st.tuples(NUMBERS, NUMBERS).map(sorted), min_size=1, max_size=3)


@given(ENDS)
def test_finite_bounds_are_reached(ends):
    parts = [Span(a, b) for a, b in ends]
    sums = [sum(world) for world in product(*ends)]
    products = []
    for world in product(*ends):
        result = Fraction(1)
        for number in world:
            result *= number
        products.append(result)
    assert spans.total(parts) == Span(min(sums), max(sums))
    assert spans.product(parts) == Span(min(products), max(products))
    for which, choose in (("min", min), ("max", max)):
        results = [choose(world) for world in product(*ends)]
        assert spans.extreme(which, parts) == Span(min(results), max(results))


@given(LISTS, st.permutations(range(4)))
def test_the_order_of_terms_and_factors_does_not_matter(parts, order):
    ordered = [s for s, _ in parts]
    mixed = [ordered[i] for i in order if i < len(ordered)]
    assert spans.total(mixed) == spans.total(ordered)
    assert spans.product(mixed) == spans.product(ordered)
    assert spans.extreme("min", mixed) == spans.extreme("min", ordered)


@pytest.mark.parametrize("open_end", [ANYTHING, Span(0, INFINITY), Span(-INFINITY, 0)])
def test_zero_times_anything_is_zero(open_end):
    assert spans.product([point(0), open_end]) == point(0)
    assert spans.product([open_end, point(0)]) == point(0)


def test_no_float_comes_out_but_infinity():
    third = Fraction(1, 3)
    facts = KnownFacts({"m.a": Span(third, 10**15), "m.b": Span(-INFINITY, 7)}, Computation())
    a, b = Fact("m.a"), Fact("m.b")
    for node in (Sum((a, b)), Product((a, b)), Extreme("min", (a, b)), Extreme("max", (a, b))):
        found = value(node, facts)
        for end in (found.low, found.high) if found else ():
            assert isinstance(end, int | Fraction) or abs(end) == INFINITY


def test_absent_is_anything():
    facts = KnownFacts({"m.a": Span(1, 2)}, Computation())
    a, absent = Fact("m.a"), Fact("m.absent")
    assert value(Sum((a, absent)), facts) is None
    assert value(Product((a, absent)), facts) is None
    assert value(Product((Constant(0, Kind.NUMBER), absent)), facts) == point(0)
    assert value(Extreme("min", (a, absent)), facts) == Span(-INFINITY, 2)
    assert value(Extreme("max", (a, absent)), facts) == Span(1, INFINITY)
    assert value(Between(a, absent), facts) is None
    assert value(Between(a, Constant(9, Kind.NUMBER)), facts) == Span(1, 9)


def test_none_makes_a_result_none():
    facts = KnownFacts({"m.a": NOTHING, "m.b": point(3)}, Computation())
    a, b, absent = Fact("m.a"), Fact("m.b"), Fact("m.absent")
    zero = Constant(0, Kind.NUMBER)
    for node in (Sum((b, a)), Sum((absent, a)), Product((zero, a)), Extreme("min", (a, b))):
        assert value(node, facts) == NOTHING


def test_a_choice_takes_the_first_line_that_may_hold():
    small = Compare(Fact("n.f"), "<", Constant(10, Kind.NUMBER))
    middle = Compare(Fact("n.f"), "<", Constant(20, Kind.NUMBER))
    one, two, three = (Constant(n, Kind.NUMBER) for n in (1, 2, 3))
    tree = Choose(((small, one), (middle, two)), three)

    def chosen(known):
        return value(tree, KnownFacts({} if known is None else {"n.f": known}, Computation()))

    assert chosen(point(9)) == point(1)
    assert chosen(point(10)) == point(2)
    assert chosen(point(20)) == point(3)
    assert chosen(Span(5, 15)) == Span(1, 2)
    assert chosen(Span(15, 25)) == Span(2, 3)
    assert chosen(Span(5, 9)) == point(1)
    assert chosen(None) == Span(1, 3)
    silent = Choose(((small, one), (middle, None)), three)
    assert value(silent, KnownFacts({"n.f": point(10)}, Computation())) is None
    assert value(silent, KnownFacts({"n.f": Span(5, 15)}, Computation())) is None


def test_hull():
    assert hull([]) is None
    assert hull([point(1), point(5)]) == Span(1, 5)
    assert hull([point(1), None]) is None
    assert hull([NOTHING, NOTHING]) == NOTHING
    assert hull([NOTHING, point(1)]) is None


@given(st.data())
def test_a_computed_amount_holds_its_value_in_every_world(data):
    setting = data.draw(settings())
    tree = data.draw(amounts(setting.vocabulary, data.draw(st.sampled_from(["euros", "date"]))))
    setting = setting.reading([tree])
    world = data.draw(worlds(setting))
    found = value(tree, setting.facts(data.draw(profiles(setting, world))))
    exact = measured(tree, world)
    if exact is None:
        assert found in (None, NOTHING)
    elif found is not None:
        assert isinstance(found, Span)
        assert within(exact, found)


@given(st.data())
def test_a_computed_amount_is_exact_when_its_facts_are(data):
    setting = data.draw(settings())
    tree = data.draw(amounts(setting.vocabulary))
    setting = setting.reading([tree])
    world = data.draw(worlds(setting))
    given_ = {key: known_of(exact) for key, exact in world.values.items()}
    found = value(tree, KnownFacts(given_, Computation(), setting.day))
    if not any(isinstance(node, Between) for node in nodes(tree)):
        assert found == known_of(measured(tree, world))


def test_dates_are_days():
    assert known_of(datetime.date(2026, 5, 4).toordinal()) == point(739740)
