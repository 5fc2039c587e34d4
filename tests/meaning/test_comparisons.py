"""What does a comparison say of each position of what is known against the threshold?

The judge counts worlds: every whole number of a range, and for an open end every number up to far
beyond the threshold.
"""

import operator
from fractions import Fraction
from itertools import product

import pytest

from matcher.facts.values import ANYTHING, INFINITY, NOTHING, Members, Options, Span, point
from matcher.language.tree import Compare, Constant, Fact, IsNone, Member, Not, Relation
from matcher.language.types import Kind
from matcher.meaning import spans
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import truth

ORDERS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
FAR = 30
POSITIONS = {
    "below": Span(-5, 2),
    "touching below": Span(-5, 3),
    "inside, at the bottom": Span(3, 4),
    "exact below": Span(2, 2),
    "exact": Span(3, 3),
    "exact above": Span(4, 4),
    "straddling": Span(1, 5),
    "touching above": Span(3, 9),
    "above": Span(4, 9),
    "open below, reaching it": Span(-INFINITY, 3),
    "open below, short of it": Span(-INFINITY, 2),
    "open below, beyond it": Span(-INFINITY, 4),
    "open above, from it": Span(3, INFINITY),
    "open above, beyond it": Span(4, INFINITY),
    "open above, from below it": Span(2, INFINITY),
    "anything": ANYTHING,
}


def worlds(span):
    """The whole numbers of a span; an open end goes far."""
    low = -FAR if span.low == -INFINITY else span.low
    high = FAR if span.high == INFINITY else span.high
    return range(low, high + 1)


def counted(left, order, right):
    """What all the worlds say, or None if they differ."""
    answers = {ORDERS[order](a, b) for a, b in product(worlds(left), worlds(right))}
    return answers.pop() if len(answers) == 1 else None


def told(left, order, right):
    """What the evaluator says of two known values; None is absent."""
    given = {key: known for key, known in (("n.l", left), ("n.r", right)) if known is not None}
    return truth(Compare(Fact("n.l"), order, Fact("n.r")), KnownFacts(given, Computation()))


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("position", POSITIONS)
def test_each_position_against_a_threshold(position, order):
    span = POSITIONS[position]
    assert told(span, order, point(3)) is counted(span, order, point(3))
    assert told(point(3), order, span) is counted(point(3), order, span)


@pytest.mark.parametrize("order", ORDERS)
def test_every_pair_of_small_ranges(order):
    small = [Span(a, b) for a in range(4) for b in range(a, 4)]
    small += [Span(-INFINITY, 1), Span(1, INFINITY), ANYTHING]
    for left, right in product(small, small):
        assert spans.compared(left, order, right) is counted(left, order, right), (left, right)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("position", POSITIONS)
def test_an_absent_side_leaves_it_unknown(position, order):
    assert told(POSITIONS[position], order, None) is None
    assert told(None, order, POSITIONS[position]) is None
    assert told(None, order, None) is None


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("position", [*POSITIONS, None])
def test_a_comparison_with_none_is_false(position, order):
    other = POSITIONS.get(position)
    assert told(NOTHING, order, other) is False
    assert told(other, order, NOTHING) is False
    assert told(NOTHING, order, NOTHING) is False


@pytest.mark.parametrize("order", ORDERS)
def test_fractions_and_whole_numbers_compare_exactly(order):
    third = Fraction(1, 3)
    near = Fraction(333_333_333_333_333, 10**15)
    for left, right in product((third, near, 0, 1, Fraction(2, 1), 2), repeat=2):
        assert told(point(left), order, point(right)) is ORDERS[order](left, right)


def test_a_bound_is_included_on_both_ends():
    span = Span(2, 5)
    assert told(span, ">=", point(2)) is True
    assert told(span, "<=", point(5)) is True
    assert told(span, ">", point(2)) is None
    assert told(span, "<", point(5)) is None


# --------------------------------------------------------------------- membership, relations, none
def known(value):
    """Facts with one value; None is absent."""
    return KnownFacts({} if value is None else {"s.f": value}, Computation())


CHOICES = ("a", "b", "c")
SUBSETS = [
    frozenset(c for c, kept in zip(CHOICES, bits, strict=True) if kept)
    for bits in product((False, True), repeat=3)
]


@pytest.mark.parametrize("values", SUBSETS, ids=sorted)
@pytest.mark.parametrize("members", [s for s in SUBSETS if s], ids=sorted)
def test_membership_of_a_choice(members, values):
    answers = {member in values for member in members}
    wanted = answers.pop() if len(answers) == 1 else None
    assert truth(Member(Fact("s.f"), values), known(Options(members))) is wanted


@pytest.mark.parametrize("values", SUBSETS, ids=sorted)
def test_membership_of_what_is_absent_or_none(values):
    # an absent choice may be one that no rule names: even the whole list does not settle it
    assert truth(Member(Fact("s.f"), values), known(None)) is (None if values else False)
    assert truth(Member(Fact("s.f"), values), known(NOTHING)) is False
    assert truth(Not(Member(Fact("s.f"), values)), known(NOTHING)) is True


@pytest.mark.parametrize("values", [{2}, {1, 2, 3}, {0, 4}, set(), set(range(-40, 41))], ids=sorted)
@pytest.mark.parametrize("span", [Span(a, b) for a in range(5) for b in range(a, 5)], ids=str)
def test_membership_of_a_whole_number(span, values):
    answers = {number in values for number in worlds(span)}
    wanted = answers.pop() if len(answers) == 1 else None
    assert truth(Member(Fact("s.f"), frozenset(values)), known(span)) is wanted


def test_membership_with_an_open_end():
    member = Member(Fact("s.f"), frozenset({3, 4}))
    assert truth(member, known(Span(5, INFINITY))) is False
    assert truth(member, known(Span(4, INFINITY))) is None
    assert truth(member, known(Span(-INFINITY, 2))) is False
    assert truth(member, known(None)) is None


RELATIONS = {
    "overlaps": lambda items, values: bool(items & values),
    "within": lambda items, values: items <= values,
    "includes": lambda items, values: values <= items,
}


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("values", SUBSETS, ids=sorted)
def test_relations_of_sets(relation, values):
    for items in SUBSETS:
        test = Relation(relation, Fact("s.f"), values)
        assert truth(test, known(Members(items))) is RELATIONS[relation](items, values)


@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("values", SUBSETS, ids=sorted)
def test_relations_of_an_absent_set(relation, values):
    # an absent set may hold anything, also choices that the rule does not name
    every = [*SUBSETS, *(s | {"elsewhere"} for s in SUBSETS)]
    answers = {RELATIONS[relation](items, values) for items in every}
    wanted = answers.pop() if len(answers) == 1 else None
    assert truth(Relation(relation, Fact("s.f"), values), known(None)) is wanted


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_relation_with_none_is_false(relation):
    test = Relation(relation, Fact("s.f"), frozenset({"a"}))
    assert truth(test, known(NOTHING)) is False


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        (None, None),
        (NOTHING, True),
        (point(0), False),
        (ANYTHING, False),
        (Span(1, INFINITY), False),
        (Options(frozenset({"a", "b"})), False),
        (Members(frozenset()), False),
    ],
)
def test_is_none(value, wanted):
    assert truth(IsNone(Fact("s.f")), known(value)) is wanted


def test_a_test_may_stand_where_a_value_is_wanted():
    above = Compare(Fact("s.f"), ">", Constant(3, Kind.NUMBER))
    says = Member(above, frozenset({True}))
    assert truth(says, known(point(4))) is True
    assert truth(says, known(point(3))) is False
    assert truth(says, known(None)) is None
