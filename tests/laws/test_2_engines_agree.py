"""Law 2, its judge: does `assert_same_meaning` accept a right engine, and catch a wrong one?

Each wrong engine falls in a trap that real engines fall in. The engines themselves are held against
the reference by tests of their own, which use the same helper.
"""

from typing import get_args

import pytest
from hypothesis import Phase, given, settings

from matcher.facts.values import INFINITY, Members, Options, Span
from matcher.language.tree import All, Any, AtLeast, Compare, Not, Parameter, Test, Value
from matcher.language.walk import nodes, rebuilt
from matcher.meaning.evaluate import truth
from matcher.testing import assert_same_in_batch, assert_same_meaning, cases


def two_valued(test, facts):
    """Unknown becomes false, as in a WHERE clause."""
    return truth(test, facts) is True


def strict_bounds(test, facts):
    """`>=` read as `>`, and `<=` as `<`."""

    def read(node):
        match node:
            case Compare(left, ">=" | "<=" as order, right):
                return Compare(read(left), order[0], read(right))
            case _:
                return rebuilt(node, read)

    return truth(read(test), facts)


def skips_null(test, facts):
    """List aggregates that leave nulls out."""
    match test:
        case All(items):
            return all(t for i in items if (t := skips_null(i, facts)) is not None)
        case Any(items):
            return any(t for i in items if (t := skips_null(i, facts)) is not None)
        case Not(item):
            inner = skips_null(item, facts)
            return None if inner is None else not inner
        case AtLeast(count, items):
            return sum(skips_null(i, facts) is True for i in items) >= count
        case _:
            return truth(test, facts)


class Rounded:
    """Facts without ranges: the lower end stands for each, the first choice for several."""

    def __init__(self, facts):
        self.facts = facts

    def get(self, key):
        match self.facts.get(key):
            case Span(low, high) if low != float("-inf"):
                return Span(low, low if high != low else high)
            case Options(members):
                return Options(frozenset(sorted(members, key=str)[:1]))
            case known:
                return known

    def cell(self, lookup):
        return self.facts.cell(lookup)


def without_ranges(test, facts):
    """A range becomes its lower end."""
    return truth(test, Rounded(facts))


WRONG = [two_valued, strict_bounds, skips_null, without_ranges]


def right_batch(batch):
    return [[truth(test, facts) for test in batch.tests] for facts in batch.facts]


def test_the_reference_agrees_with_itself():
    assert_same_meaning(truth, examples=30)
    assert_same_in_batch(right_batch, examples=20)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_engine_is_caught(wrong):
    with pytest.raises(AssertionError, match="the engine says") as caught:
        assert_same_meaning(wrong, examples=3_000, derived=False)
    assert "test: " in str(caught.value)


def test_a_wrong_batch_is_caught():
    with pytest.raises(AssertionError, match="the engine says"):
        assert_same_in_batch(
            lambda batch: [[answer is True for answer in row] for row in right_batch(batch)],
            examples=1_000,
        )
    with pytest.raises(AssertionError, match="one row of answers"):
        assert_same_in_batch(lambda batch: right_batch(batch)[1:], examples=100)


def test_every_kind_of_node_and_of_value_is_drawn():
    """What the generator never draws, no engine is ever held to."""
    kinds, values, answers = set(), set(), set()

    @settings(max_examples=400, derandomize=True, database=None, phases=[Phase.generate])
    @given(cases(derived=True))
    def look(case):
        trees = [tree for trees in case.setting.computation.trees.values() for tree in trees]
        kinds.update(type(node) for tree in (case.test, *trees) for node in nodes(tree))
        values.update(map(form, case.facts.given.values()))
        answers.add((truth(case.test, case.facts), truth(case.test, case.more_facts)))

    look()
    assert kinds == {*get_args(Test), *get_args(Value)} - {Parameter}
    assert values == {"point", "range", "open", "one", "several", "set", "none"}
    assert {(None, None), (None, True), (None, False), (True, True), (False, False)} == answers


def form(known):
    """The form of a value, in a word."""
    match known:
        case Span(low, high):
            ends = {low, high}
            return "point" if low == high else "open" if INFINITY in map(abs, ends) else "range"
        case Options(members):
            return "one" if len(members) == 1 else "several"
        case Members():
            return "set"
        case _:
            return "none"
