"""Law 3: money is exact, from the text of a rule and of a profile to the answer.

The judge computes in whole cents and thousandths, never in fractions of anything.
"""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.facts.numbers import number_written
from matcher.facts.values import INFINITY, Span, point
from matcher.language.diagnostics import Diagnostics, Place
from matcher.language.expressions import read_test, read_value
from matcher.language.scope import base_scope
from matcher.language.tree import Constant
from matcher.language.types import EUROS, NUMBER
from matcher.language.walk import nodes
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import truth, value

SCOPE = base_scope({"m.aid": EUROS, "m.cost": EUROS, "n.rate": NUMBER})
LARGEST_CENTS = 10**17
CENTS = st.one_of(st.integers(0, 10_000), st.integers(0, LARGEST_CENTS))
THOUSANDTHS = st.one_of(
    st.sampled_from([290, 350, 550, 700, 70, 100, 200, 300, 1100]), st.integers(0, 2000)
)
ORDERS = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}


def decimal(number, places):
    """A whole number of units of the last place as decimal text."""
    return f"{number // 10**places}.{number % 10**places:0{places}d}"


def tree_of(text, wanted=None):
    found = Diagnostics()
    read = read_test if wanted is None else read_value
    tree = read(text, SCOPE, Place(), found, *([wanted] if wanted else []))
    assert tree is not None, [d.render("en") for d in found]
    return tree


def facts_of_text(**texts):
    """Facts as a profile reads them from decimal text."""
    values = {f"m.{name}": point(number_written(text)) for name, text in texts.items()}
    return KnownFacts(values, Computation())


@given(CENTS, CENTS, THOUSANDTHS, st.sampled_from(sorted(ORDERS)))
def test_a_rate_compares_as_whole_numbers_do(aid, cost, rate, order):
    test = tree_of(f"m.aid {order} {decimal(rate, 3)} * m.cost")
    facts = facts_of_text(aid=decimal(aid, 2), cost=decimal(cost, 2))
    assert truth(test, facts) is ORDERS[order](aid * 1000, cost * rate)


@given(st.integers(0, 10**12), st.sampled_from([29, 35, 55, 70, 7, 110]))
def test_exact_ties_are_ties(hundreds, percent):
    """The aid is exactly the rate of the cost: every bound that is included holds."""
    cost, aid = decimal(hundreds * 100, 2), decimal(hundreds * percent, 2)
    facts = facts_of_text(aid=aid, cost=cost)
    rate = decimal(percent, 2)
    answers = {order: truth(tree_of(f"m.aid {order} {rate} * m.cost"), facts) for order in ORDERS}
    assert answers == {"<": False, "<=": True, ">": False, ">=": True, "==": True, "!=": False}
    for cents, above in ((1, True), (-1, False)):
        near = facts_of_text(aid=decimal(hundreds * percent + cents, 2), cost=cost)
        if hundreds * percent + cents >= 0:
            assert truth(tree_of(f"m.aid > {rate} * m.cost"), near) is above
            assert truth(tree_of(f"m.aid < {rate} * m.cost"), near) is not above


@pytest.mark.parametrize("percent", range(1, 100))
def test_every_whole_percentage_of_a_hundred_euros(percent):
    facts = facts_of_text(aid=str(percent), cost="100")
    assert truth(tree_of(f"m.aid <= 0.{percent:02d} * m.cost"), facts) is True
    assert truth(tree_of(f"m.aid >= m.cost * 0.{percent:02d}"), facts) is True
    assert truth(tree_of(f"m.aid * 100 == {percent} * m.cost"), facts) is True


@given(CENTS, CENTS, THOUSANDTHS)
def test_amounts_are_exact(cost, ceiling, rate):
    tree = tree_of(f"min(m.cost * {decimal(rate, 3)}, m.aid) - 0.01", EUROS)
    found = value(tree, facts_of_text(aid=decimal(ceiling, 2), cost=decimal(cost, 2)))
    wanted = min(Fraction(cost * rate, 100_000), Fraction(ceiling, 100)) - Fraction(1, 100)
    assert found == point(wanted)
    assert isinstance(found.low, int | Fraction)


@given(CENTS, CENTS, THOUSANDTHS)
def test_ranges_are_exact_at_both_ends(one, other, rate):
    low, high = sorted((one, other))
    facts = KnownFacts({"m.cost": Span(Fraction(low, 100), Fraction(high, 100))}, Computation())
    found = value(tree_of(f"m.cost * {decimal(rate, 3)}", EUROS), facts)
    assert found == Span(Fraction(low * rate, 100_000), Fraction(high * rate, 100_000))


@given(st.integers(0, 10**15), st.integers(0, 6))
def test_a_decimal_of_a_rule_is_read_from_its_text(digits, places):
    text = decimal(digits, places) if places else str(digits)
    constants = [n for n in nodes(tree_of(f"m.cost <= {text}")) if isinstance(n, Constant)]
    assert constants[0].value == Fraction(digits, 10**places)
    assert isinstance(constants[0].value, int | Fraction)


@given(CENTS)
def test_an_amount_of_a_profile_is_read_from_its_text(cents):
    dotted = decimal(cents, 2)
    euros = Fraction(cents, 100)
    for written in (dotted, dotted.replace(".", ","), f"{dotted.replace('.', ',')} €"):
        assert number_written(written, euros=True) == euros
    assert number_written(Decimal(dotted)) == euros
    assert isinstance(number_written(dotted), int | Fraction)


@given(CENTS, st.sampled_from(sorted(ORDERS)))
def test_a_threshold_is_exact_to_the_cent(cents, order):
    test = tree_of(f"m.cost {order} 400_000")
    assert truth(test, facts_of_text(cost=decimal(cents, 2))) is ORDERS[order](cents, 40_000_000)


def test_a_float_never_comes_in():
    assert number_written(float("nan")) is None
    assert number_written(float("inf")) is None
    assert number_written(0.1) == Fraction(1, 10)
    assert number_written(1e16) is None
    open_end = KnownFacts({"m.cost": Span(Fraction(1, 3), INFINITY)}, Computation())
    assert value(tree_of("m.cost * 0.29", EUROS), open_end) == Span(Fraction(29, 300), INFINITY)
