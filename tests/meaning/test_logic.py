"""Are all, any, not and "at least" Kleene's, whatever the number of operands?

The judge is a definition that knows nothing of three-valued logic: an unknown operand stands for
true and for false, each independently of the others; the answer is known when all the completions
agree on it. Every table up to four operands is enumerated.
"""

from itertools import product

import pytest

from matcher.facts.values import NO, YES, Options
from matcher.language.tree import All, Any, AtLeast, Fact, Member, Not
from matcher.meaning import logic
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import truth

TRUTHS = (True, False, None)
SIZES = range(5)
EITHER = Options(frozenset({True, False}))


def rows(size):
    """Every combination of truths of so many operands."""
    return product(TRUTHS, repeat=size)


def by_completion(two_valued, row):
    """What a two-valued function says in all the completions of a row, or None if they differ."""
    holes = [(True, False) if known is None else (known,) for known in row]
    answers = {two_valued(completed) for completed in product(*holes)}
    return answers.pop() if len(answers) == 1 else None


def operands_of(row):
    """A test for each operand, and facts that give them their truths (absent, or either)."""
    facts = {f"t.f{i}": YES if known else NO for i, known in enumerate(row) if known is not None}
    items = tuple(Member(Fact(f"t.f{i}"), frozenset({True})) for i in range(len(row)))
    return items, facts


@pytest.mark.parametrize("size", SIZES)
def test_all(size):
    for row in rows(size):
        wanted = by_completion(all, row)
        assert logic.all_of(row) is wanted
        items, facts = operands_of(row)
        assert truth(All(items), KnownFacts(facts, Computation())) is wanted


@pytest.mark.parametrize("size", SIZES)
def test_any(size):
    for row in rows(size):
        wanted = by_completion(any, row)
        assert logic.any_of(row) is wanted
        items, facts = operands_of(row)
        assert truth(Any(items), KnownFacts(facts, Computation())) is wanted


@pytest.mark.parametrize("count", range(6))
@pytest.mark.parametrize("size", SIZES)
def test_at_least(size, count):
    for row in rows(size):
        wanted = by_completion(lambda full: sum(full) >= count, row)
        assert logic.at_least(count, row) is wanted
        items, facts = operands_of(row)
        assert truth(AtLeast(count, items), KnownFacts(facts, Computation())) is wanted


@pytest.mark.parametrize("known", TRUTHS)
def test_not(known):
    wanted = by_completion(lambda full: not full[0], (known,))
    assert logic.negation(known) is wanted
    (item,), facts = operands_of((known,))
    assert truth(Not(item), KnownFacts(facts, Computation())) is wanted


@pytest.mark.parametrize("size", range(1, 4))
def test_either_is_as_unknown_as_absent(size):
    for row in rows(size):
        items, facts = operands_of(row)
        either = {key: EITHER for key in (f"t.f{i}" for i in range(len(row))) if key not in facts}
        absent = KnownFacts(facts, Computation())
        several = KnownFacts({**facts, **either}, Computation())
        for test in (All(items), Any(items), AtLeast(2, items), Not(All(items))):
            assert truth(test, absent) is truth(test, several)


def test_nothing_holds_of_none_and_everything_of_all():
    empty = KnownFacts({}, Computation())
    assert truth(All(()), empty) is True
    assert truth(Any(()), empty) is False
    assert truth(AtLeast(0, ()), empty) is True
    assert truth(AtLeast(1, ()), empty) is False


@pytest.mark.parametrize("size", range(1, 5))
def test_the_connectives_are_each_others_duals(size):
    for row in rows(size):
        opposite = [logic.negation(known) for known in row]
        assert logic.all_of(row) is logic.negation(logic.any_of(opposite))
        assert logic.at_least(len(row), row) is logic.all_of(row)
        assert logic.at_least(1, row) is logic.any_of(row)
        for count in range(1, len(row) + 1):
            fewer = len(row) - count + 1
            assert logic.at_least(count, row) is logic.negation(logic.at_least(fewer, opposite))


@pytest.mark.parametrize("size", range(1, 5))
def test_an_iterator_will_do(size):
    for row in rows(size):
        assert logic.all_of(iter(row)) is logic.all_of(row)
        assert logic.any_of(iter(row)) is logic.any_of(row)
        assert logic.at_least(2, iter(row)) is logic.at_least(2, row)
