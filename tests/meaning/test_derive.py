"""What is known of a fact: given, computed, answered by an authority, or several of these?"""

import pytest

from matcher.facts.profile import Answer
from matcher.facts.values import NO, YES, Options, Span, option, point
from matcher.language.tree import Choose, Compare, Constant, Fact, Lookup, Member
from matcher.language.types import Kind
from matcher.meaning.derive import Computation, KnownFacts, Silence
from matcher.meaning.evaluate import truth

SMALL = Compare(Fact("n.staff"), "<", Constant(50, Kind.NUMBER))
SIZE = Choose(
    ((SMALL, Constant("small", Kind.CHOICE)),),
    Constant("large", Kind.CHOICE),
)
EITHER = Options(frozenset({"small", "large"}))
COMPUTED = Computation(trees={"s.size": (SIZE,)})
OVERRIDABLE = Computation(trees={"s.size": (SIZE,)}, overridable=frozenset({"s.size"}))


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({"n.staff": point(10)}, option("small")),
        ({"n.staff": point(50)}, option("large")),
        ({"n.staff": Span(40, 60)}, EITHER),
        ({}, EITHER),
        ({"s.size": option("small")}, option("small")),
        ({"n.staff": Span(40, 60), "s.size": option("small")}, option("small")),
        ({"n.staff": point(10), "s.size": EITHER}, option("small")),
    ],
)
def test_a_given_value_narrows_what_is_computed(given, wanted):
    facts = KnownFacts(given, COMPUTED)
    assert facts.get("s.size") == wanted
    assert not facts.conflicts


def test_a_given_value_that_cannot_be_is_a_conflict_and_says_nothing():
    facts = KnownFacts({"n.staff": point(10), "s.size": option("large")}, COMPUTED)
    assert facts.get("s.size") is None
    assert facts.conflicts == {"s.size": option("large")}
    assert truth(Member(Fact("s.size"), frozenset({"large"})), facts) is None


def test_only_an_overridable_fact_replaces_what_is_computed():
    given = {"n.staff": point(10), "s.size": option("large")}
    facts = KnownFacts(given, OVERRIDABLE)
    assert facts.get("s.size") == option("large")
    assert not facts.conflicts
    assert KnownFacts({"n.staff": point(10)}, OVERRIDABLE).get("s.size") == option("small")


def test_several_computations_hold_at_once():
    low = Constant(3, Kind.NUMBER)
    trees = (Fact("n.a"), Fact("n.b"))
    facts = KnownFacts({"n.a": Span(1, 5), "n.b": Span(4, 9)}, Computation({"n.f": trees}))
    assert facts.get("n.f") == Span(4, 5)
    apart = KnownFacts({"n.a": Span(1, 2), "n.b": Span(4, 9)}, Computation({"n.f": trees}))
    assert apart.get("n.f") is None
    assert not apart.conflicts
    assert KnownFacts({}, Computation({"n.f": (low,)})).get("n.f") == point(3)


def test_a_computed_fact_is_computed_from_computed_facts():
    double = Computation({"s.size": (SIZE,), "t.small": (Member(Fact("s.size"), {"small"}),)})
    assert KnownFacts({"n.staff": point(10)}, double).get("t.small") == YES
    assert KnownFacts({"n.staff": point(60)}, double).get("t.small") == NO
    assert KnownFacts({}, double).get("t.small") is None


# --------------------------------------------------------------------- what an authority answered
FLOOR = "scheme/floor"
ANYWHERE = Computation(silences={FLOOR: Silence(None, Span(0, 400))})
BY_REGION = Computation(silences={FLOOR: Silence("s.region", Span(0, 400))})


def floor(computation, answers, **given):
    values = {f"s.{key}": known for key, known in given.items()}
    return KnownFacts(values, computation, 1, {FLOOR: tuple(answers)}).get(FLOOR)


def test_until_somebody_answers_only_the_bounds_are_known():
    assert floor(ANYWHERE, []) == Span(0, 400)
    assert floor(BY_REGION, [], region=option("r1")) == Span(0, 400)
    silent = Computation(silences={FLOOR: Silence(None, None)})
    assert floor(silent, []) is None


def test_an_answer_about_this_profile_holds():
    assert floor(ANYWHERE, [Answer(point(250))]) == point(250)
    assert floor(ANYWHERE, [Answer(Span(100, 250))]) == Span(100, 250)


def test_an_answer_for_one_place_holds_there_only():
    answers = [Answer(point(250), "r1"), Answer(point(300), "r2")]
    assert floor(BY_REGION, answers, region=option("r1")) == point(250)
    assert floor(BY_REGION, answers, region=option("r2")) == point(300)
    assert floor(BY_REGION, answers, region=option("r3")) == Span(0, 400)
    assert floor(BY_REGION, answers) == Span(0, 400)
    several = Options(frozenset({"r1", "r2"}))
    assert floor(BY_REGION, answers, region=several) == Span(0, 400)


def test_a_given_value_never_answers_for_an_authority():
    facts = KnownFacts({FLOOR: point(1)}, ANYWHERE)
    assert facts.get(FLOOR) == Span(0, 400)


# ---------------------------------------------------------------------------------- tables, lookups
class Cells:
    """A table of two rows."""

    def cell(self, key, column, absent):
        found = {("1", "zone"): option("a"), ("2", "zone"): option("b"), ("3", "zone"): None}
        return found.get((key, column), None if absent is None else option(absent))


ZONE = Lookup("places", "s.code", "zone", "outside")
IN_ZONES = Computation(trees={"s.zone": (ZONE,)}, tables={"places": Cells()})


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        (option("1"), option("a")),
        (option("9"), option("outside")),
        (option("3"), None),
        (Options(frozenset({"1", "2"})), Options(frozenset({"a", "b"}))),
        (Options(frozenset({"1", "9"})), Options(frozenset({"a", "outside"}))),
        (Options(frozenset({"1", "3"})), None),
        (None, None),
        (point(1), option("a")),
        (Span(1, 2), None),
    ],
)
def test_a_table_says_what_it_can_of_what_is_known_of_its_key(code, zone):
    given = {} if code is None else {"s.code": code}
    assert KnownFacts(given, IN_ZONES).get("s.zone") == zone


def test_a_lookup_may_read_only_what_the_profile_says():
    computed = Lookup("places", "s.code", "zone", "outside", given=True)
    trees = {"s.code": (Constant("1", Kind.CODE),), "s.zone": (computed,)}
    tables = {"places": Cells()}
    assert KnownFacts({}, Computation(trees, tables=tables)).get("s.zone") is None
    known = KnownFacts({"s.code": option("1")}, Computation(trees, tables=tables))
    assert known.get("s.zone") == option("a")


def test_a_fact_is_computed_once():
    asked = []

    class Counting(dict):
        def get(self, key, default=None):
            asked.append(key)
            return super().get(key, default)

    facts = KnownFacts(Counting({"n.staff": point(10)}), COMPUTED)
    for _ in range(3):
        assert facts.get("s.size") == option("small")
    assert asked.count("s.size") == 1
