"""Is what the lints call impossible impossible, and what they call possible possible?"""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from matcher.authoring.lints.cases import Cases, contrary
from matcher.authoring.lints.reading import Reader
from matcher.authoring.lints.search import possible
from matcher.facts.values import NOTHING, Members, option, point
from matcher.facts.vocabulary import FactDeclaration
from matcher.language import tree
from matcher.language.text import Text
from matcher.language.types import Kind
from matcher.meaning.evaluate import truth


def declared(key, kind, **more):
    nothing = Text(key, key)
    bounds = {"low": None, "high": None, "unit": None, **more}
    return FactDeclaration(key=key, kind=kind, label=nothing, question=nothing, **bounds)


ABC = tuple((name, Text(name, name)) for name in "abc")
SMALL = {
    "kind": declared("kind", Kind.CHOICE, choices=ABC),
    "flag": declared("flag", Kind.BOOLEAN),
    "n": declared("n", Kind.INTEGER, low=0, high=4),
    "m": declared("m", Kind.INTEGER, low=0, high=3, none=Text("rien", "none")),
    "set": declared("set", Kind.SET, choices=ABC),
}
VALUES = {
    "kind": [option(name) for name in "abc"],
    "flag": [option(True), option(False)],
    "n": [point(n) for n in range(5)],
    "m": [*(point(m) for m in range(4)), NOTHING],
    "set": [Members(frozenset(s)) for k in range(4) for s in itertools.combinations("abc", k)],
}
WORLDS = [dict(zip(VALUES, world, strict=True)) for world in itertools.product(*VALUES.values())]


def fact(key):
    return tree.Fact(key)


def number(value):
    return tree.Constant(value, Kind.INTEGER)


def subsets(values):
    return st.frozensets(st.sampled_from(values), min_size=1)


orders = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
bounds = st.integers(-1, 5).map(number)
scaled = st.sampled_from([2, 3, -1]).map(lambda k: tree.Product((number(k), fact("n"))))
leaves = st.one_of(
    subsets("abc").map(lambda v: tree.Member(fact("kind"), v)),
    st.just(tree.Member(fact("flag"), frozenset({True}))),
    subsets(range(5)).map(lambda v: tree.Member(fact("n"), v)),
    st.builds(tree.Compare, st.sampled_from([fact("n"), fact("m")]) | scaled, orders, bounds),
    st.just(tree.IsNone(fact("m"))),
    st.builds(
        tree.Relation,
        st.sampled_from(["overlaps", "within", "includes"]),
        st.just(fact("set")),
        subsets("abc"),
    ),
)
sums = st.builds(
    tree.Compare, st.just(tree.Sum((fact("n"), fact("m")))) | st.just(fact("n")), orders, bounds
) | st.builds(tree.Compare, st.just(fact("n")), orders, st.just(fact("m")))


def connected(tests):
    groups = st.lists(tests, min_size=1, max_size=3).map(tuple)
    lines = st.lists(st.tuples(tests, tests), min_size=1, max_size=2).map(tuple)
    return st.one_of(
        tests.map(tree.Not),
        groups.map(tree.All),
        groups.map(tree.Any),
        st.builds(lambda k, g: tree.AtLeast(min(k, len(g)), g), st.integers(1, 3), groups),
        st.builds(tree.Choose, lines, tests).map(lambda c: tree.Member(c, frozenset({True}))),
    )


class World(dict):
    """The facts of one world."""

    def cell(self, _):
        return None


def decided(test):
    """Whether a test can hold and can fail, as the lints decide it."""
    formula = Reader(SMALL, (), {}).formula(test)
    cases = Cases([formula])
    condition = cases.condition(formula)
    return possible([condition], cases.full), possible(
        [contrary(condition, cases.full)], cases.full
    )


def found_in_worlds(test):
    answers = {truth(test, World(world)) for world in WORLDS}
    return True in answers, False in answers


@given(st.recursive(leaves, connected, max_leaves=8))
def test_the_decision_is_exact(test):
    assert decided(test) == found_in_worlds(test)


@given(st.recursive(leaves | sums, connected, max_leaves=8))
def test_what_cannot_be_has_no_world(test):
    for said, real in zip(decided(test), found_in_worlds(test), strict=True):
        assert said or not real


def test_a_test_with_very_many_alternatives_is_left_alone():
    pigeons = [[(f"{pigeon}", hole) for hole in range(9)] for pigeon in range(10)]
    facts = {f"{p}-{h}": declared(f"{p}-{h}", Kind.BOOLEAN) for hs in pigeons for p, h in hs}
    sits = {key: tree.Member(fact(key), frozenset({True})) for key in facts}
    housed = [tree.Any(tuple(sits[f"{p}-{h}"] for p, h in hs)) for hs in pigeons]
    alone = [
        tree.Not(tree.All((sits[f"{a}-{hole}"], sits[f"{b}-{hole}"])))
        for hole in range(9)
        for a, b in itertools.combinations(range(10), 2)
    ]
    formula = Reader(facts, (), {}).formula(tree.All((*housed, *alone)))
    cases = Cases([formula])
    assert possible([cases.condition(formula)], cases.full) is None
