"""Are comparisons of amounts exact where they are compiled: ties, signs, several facts, none?

A comparison that is a sum of facts with exact factors is decided in whole numbers. Each of those
below is tried on, just under and just over its tie, and on ranges that touch it.
"""

from fractions import Fraction
from itertools import product

import pytest

from matcher.engines.compiled import compiled
from matcher.engines.linear import linear
from matcher.facts.values import INFINITY, NOTHING, Span, point
from matcher.language.diagnostics import Diagnostics, Place
from matcher.language.expressions import read_test
from matcher.language.scope import base_scope
from matcher.language.tree import Compare
from matcher.language.types import DATE, EUROS, Kind, Type
from matcher.language.walk import nodes
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import truth

SCOPE = base_scope(
    {
        "cost": EUROS,
        "equity": EUROS,
        "capital": EUROS,
        "jobs": Type(Kind.INTEGER, "jobs"),
        "day": DATE,
        "order": Type(Kind.DATE, None, None, can_be_none=True),
        "aid": Type(Kind.EUROS, "euros", None, can_be_none=True),
    }
)
CENT = Fraction(1, 100)


def read(text):
    found = Diagnostics()
    test = read_test(text, SCOPE, Place("t"), found)
    assert test is not None, list(found)
    return test


def decided(test, known, plan_over):
    """The truth by the compiled form, which must be that of the reference."""
    facts = KnownFacts(known, Computation(), 1)
    (judgement,) = compiled([plan_over(test)]).judged(facts)
    wanted = truth(test, facts)
    assert judgement.statuses == (wanted,), f"{known}: {judgement.statuses} ≠ {wanted}"
    return wanted


TIES = [
    # a binary float gets the first four wrong: 0.29 * 100 = 28.999…, 0.07 * 100 = 7.000…1
    ("0.29 * cost >= 29", 100, {-1: False, 0: True, 1: True}),
    ("0.07 * cost <= 7", 100, {-1: True, 0: True, 1: False}),
    ("0.55 * cost > 55", 100, {-1: False, 0: False, 1: True}),
    ("1.1 * cost == 3.3", 3, {-1: False, 0: True, 1: False}),
    ("0.35 * cost < 140_000", 400_000, {-1: True, 0: False, 1: False}),
    ("0.125 * cost >= 12.5", 100, {-1: False, 0: True, 1: True}),
    ("0.00035 * cost <= 0.07", 200, {-1: True, 0: True, 1: False}),
    ("29 <= 0.29 * cost", 100, {-1: False, 0: True, 1: True}),
    ("-2 * cost <= -100", 50, {-1: False, 0: True, 1: True}),
    ("-(cost) < -50", 50, {-1: False, 0: False, 1: True}),
    ("10 - cost >= 0", 10, {-1: True, 0: True, 1: False}),
    ("0.35 * cost * 2 - 7 != 0", 10, {-1: True, 0: False, 1: True}),
    ("3 * cost <= 1", Fraction(1, 3), {-1: True, 0: True, 1: False}),
]


@pytest.mark.parametrize(("text", "tie", "expected"), TIES)
def test_one_fact_at_its_tie(text, tie, expected, plan_over):
    test = read(text)
    assert isinstance(test, Compare)
    assert linear(test) is not None, "it is compiled, not left to the reference"
    for step, held in expected.items():
        assert decided(test, {"cost": point(tie + step * CENT)}, plan_over) is held
    for low, high in ((tie - CENT, tie), (tie, tie + CENT), (-INFINITY, tie), (tie, INFINITY)):
        decided(test, {"cost": Span(low, high)}, plan_over)
    assert decided(test, {}, plan_over) is None


SEVERAL = [
    "2 * equity < capital",
    "equity - capital <= 0",
    "cost - equity - capital >= 0",
    "0.5 * cost + 0.25 * equity >= 0.75 * capital",
    "cost == equity",
    "cost != equity + capital",
    "-cost + equity <= -capital",
]
VALUES = (
    point(0),
    point(1),
    point(Fraction(1, 2)),
    Span(0, 1),
    Span(1, 2),
    Span(-INFINITY, 1),
    Span(1, INFINITY),
    None,
)


@pytest.mark.parametrize("text", SEVERAL)
def test_two_or_three_facts_around_their_tie(text, plan_over):
    test = read(text)
    keys = sorted({node.key for node in nodes(test) if hasattr(node, "key")})
    seen = set()
    for values in product(VALUES, repeat=len(keys)):
        known = {k: v for k, v in zip(keys, values, strict=True) if v is not None}
        seen.add(decided(test, known, plan_over))
    assert seen == {True, False, None}


@pytest.mark.parametrize(
    "text",
    [
        "aid is none or aid <= 100",
        "aid is not none and aid <= 100",
        "order is none or order > day",
        "order is not none and day < order",
        "order is not none and not order < day",
    ],
)
def test_what_may_be_none(text, plan_over):
    """A comparison with none is false, whatever the other facts; a guard tells the rest."""
    test = read(text)
    keys = sorted({node.key for node in nodes(test) if hasattr(node, "key")})
    may_be_none = (NOTHING, point(100), point(101), Span(99, 101), Span(1, INFINITY), None)
    sure = (point(100), point(0), Span(99, 101), None)
    choices = [may_be_none if key in ("aid", "order") else sure for key in keys]
    outcomes = [
        decided(test, {k: v for k, v in zip(keys, vs, strict=True) if v is not None}, plan_over)
        for vs in product(*choices)
    ]
    assert {True, None, False} == set(outcomes)


@pytest.mark.parametrize("text", ["cost * 0 >= 0", "min(cost, equity) >= 5", "cost * jobs >= 5"])
def test_what_is_not_linear_is_left_to_the_reference(text, plan_over):
    test = read(text)
    assert linear(test) is None
    for values in product((point(0), point(5), Span(4, 6), None), repeat=2):
        keys = ("cost", "equity" if "equity" in text else "jobs")
        known = {k: v for k, v in zip(keys, values, strict=True) if v is not None}
        decided(test, known, plan_over)
