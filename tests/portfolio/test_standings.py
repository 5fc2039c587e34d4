"""Does what is remembered from row to row change any answer? It must never."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings

from matcher import Catalogue
from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.facts.profile import Profile
from matcher.facts.values import INFINITY, NOTHING, Members, Options, Span, option, point
from matcher.language.tree import (
    All,
    Compare,
    Constant,
    Fact,
    Lookup,
    Member,
    Not,
    Product,
    Sum,
)
from matcher.language.types import Kind
from matcher.portfolio.alike import sides
from matcher.portfolio.recall import MOST_VALUES, Given, Recall, RowFacts
from matcher.portfolio.standings import RowStandings
from matcher.testing import situations

ON = datetime.date(2026, 11, 22)
HIGHEST = ("amount", "ceiling")


def assert_as_matched(catalogue, standings, profile, on, schemes=None):
    """Every part of every standing, against the whole report."""
    report = catalogue.match(profile, on, schemes)
    for standing, decision in zip(standings, report.decisions, strict=True):
        told = f"{decision.scheme} on {on}: {profile.values}"
        window = decision.window
        assert standing.scheme == decision.scheme
        assert standing.outcome is decision.outcome, told
        assert standing.window is window.state, told
        assert standing.edition == window.edition, told
        assert (standing.unmet, standing.unknown) == (decision.unmet, decision.unknown), told
        reserved = decision.outcome is Outcome.ELIGIBLE and bool(decision.reserves)
        assert standing.reserved is reserved, told
        assert standing.can_apply is decision.can_apply_now
        assert_dated(standing, window)
        assert_asked(standing, decision, told)
        assert_figures(standing, decision, told)


def assert_dated(standing, window):
    certain = window.closes[0] if window.closes[0] == window.closes[1] else None
    closes = window.next_intake or certain
    assert standing.closes == (closes and datetime.date.fromisoformat(closes))
    if standing.opens:
        assert window.state is WindowState.UPCOMING
        assert standing.opens.isoformat() == window.opens[0]


def assert_asked(standing, decision, told):
    if not standing.live:
        assert (standing.missing, standing.asks) == ((), ()), told
        return
    assert standing.missing == tuple(fact.fact for fact in decision.missing), told
    about = [q for q in decision.ask_authority if not q.about.startswith("aid.")]
    assert standing.asks == tuple(dict.fromkeys(q.authority for q in about)), told


def assert_figures(standing, decision, told):
    """The figure is one of those of the answer; there is one if the answer has one."""
    highs = [
        float(part.amounts[key].high)
        for part in decision.aid
        for key in HIGHEST
        if key in part.amounts and part.amounts[key].high is not None
    ]
    if not standing.live:
        assert standing.amount is None, told
        return
    assert (standing.most is None) is (not highs), told
    assert standing.most is None or any(abs(float(standing.most) - h) <= 0.01 for h in highs), told


# ---------------------------------------------------------------------------- the same as `match`
@given(situations())
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_catalogues(situation):
    """Row after row, forwards and back, with answers remembered and without."""
    catalogue = Catalogue(situation.content)
    profiles = [Profile(p.values) for p in (situation.profile, situation.more)]
    day = situation.facts.get("as_of").low
    keys = {key for profile in profiles for key in profile.values}
    ids = catalogue.schemes
    standings = RowStandings(catalogue, day, ids, given=keys)
    for profile in (*profiles, *profiles[::-1], *profiles):
        found = standings.of(profile.values).standings
        assert_as_matched(catalogue, found, profile, datetime.date.fromordinal(day))


@pytest.fixture(scope="module")
def applicants(catalogue):
    """What the authors' cases give, some of each scheme."""
    return [
        catalogue.profile({k: v for k, v in case.given.items() if "/" not in k})
        for cases in catalogue.content.cases.values()
        for case in cases[::16]
    ]


def test_shipped_catalogue(catalogue, applicants):
    """One list in which each row gives other facts, remembered from one to the next."""
    given_ = {key for profile in applicants for key in profile.values}
    standings = RowStandings(catalogue, ON.toordinal(), catalogue.schemes, given=given_)
    assert len(applicants) > 80
    for profile in (*applicants, *applicants[:40]):
        plain = Profile(profile.values)
        assert_as_matched(catalogue, standings.of(plain.values).standings, plain, ON)


def test_a_fact_that_was_not_announced(catalogue):
    """A row that gives what the list was not said to give is answered all the same."""
    standings = RowStandings(catalogue, ON.toordinal(), catalogue.schemes)
    for source in ({}, {"applicant.headcount": 12}, {"applicant.kind": "commune"}, {}):
        profile = catalogue.profile(source)
        assert_as_matched(catalogue, standings.of(profile.values).standings, profile, ON)


def test_some_schemes_and_the_place(catalogue):
    some = catalogue.schemes[3:5]
    standings = RowStandings(catalogue, ON.toordinal(), some, place="site.insee")
    found = standings.of(catalogue.profile({"site.insee": "41194"}).values)
    assert tuple(s.scheme for s in found.standings) == some
    assert "Romorantin" in found.place.fr
    assert standings.of({}).place is None


# ------------------------------------------------------------------------- which values are alike
COST, KIND = Fact("cost"), Fact("kind")
REACHES = Compare(COST, ">=", Constant(400, Kind.EUROS))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (point(1), point(399), True),
        (point(399), point(400), False),
        (point(400), point(401), False),
        (point(401), point(10**9), True),
        (Span(1, 9), Span(2, 300), True),
        (Span(1, 9), point(9), False),
        (Span(1, INFINITY), Span(1, 500), True),
        (None, point(1), False),
        (NOTHING, point(1), False),
    ],
)
def test_sides_of_a_number(one, other, same):
    side = sides([REACHES])["cost"]
    assert (side.of(one) == side.of(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (option("a"), option("b"), True),
        (option("a"), option("c"), False),
        (option("c"), option("d"), True),
        (Options(frozenset("ab")), option("a"), False),
        (Options(frozenset("ac")), Options(frozenset("bd")), True),
    ],
)
def test_sides_of_a_list(one, other, same):
    side = sides([Not(Member(KIND, frozenset("ab")))])["kind"]
    assert (side.of(one) == side.of(other)) is same


@pytest.mark.parametrize(
    "tree",
    [
        COST,
        Sum((COST, Constant(1, Kind.EUROS))),
        Product((COST, Constant(1, Kind.NUMBER))),
        Compare(COST, ">=", Fact("limit")),
        All((REACHES, Compare(Sum((COST, COST)), ">", Constant(2, Kind.EUROS)))),
    ],
)
def test_what_is_computed_with_is_told_apart(tree):
    assert "cost" not in sides([REACHES, tree])


def test_a_range_in_a_list_of_numbers_is_told_apart():
    side = sides([Member(COST, frozenset({2, 3}))])["cost"]
    assert side.of(Span(1, 4)) != side.of(Span(1, 9))
    assert side.of(Span(2, 3)) != side.of(Span(1, 4))
    assert side.of(point(7)) == side.of(point(8))


def test_the_key_of_a_lookup_is_not_told_apart():
    """What the lookup finds is noted by itself."""
    assert sides([Lookup("table", "kind", "column")])["kind"].of(option("x")) == (True,)
    assert sides([Lookup("table", "kind", "column")])["kind"].of(Members(frozenset())) is not None


# ------------------------------------------------------------------------------------- remembering
def recalled(catalogue, key="applicant.headcount"):
    """Work on one fact, counted; and what makes the facts of a row."""
    given_ = Given([key], catalogue.content, ON.toordinal())
    done = []

    def work(facts):
        done.append(facts.get(key))
        return facts.get(key)

    def row(value):
        return RowFacts({} if value is None else {key: value}, given_)

    return Recall(work, [Fact(key)], given_.varies), row, done


def test_the_same_value_is_worked_out_once(catalogue):
    recall, row, done = recalled(catalogue)
    for value in (point(3), point(4), point(3), None, point(4), None):
        assert recall.of(row(value)) == value
    assert done == [point(3), point(4), None]


def test_many_values_are_not_kept(catalogue):
    """Memory stays bounded, and the answers right, where every row has another value."""
    recall, row, done = recalled(catalogue)
    for number in range(3 * MOST_VALUES):
        assert recall.of(row(point(number))) == point(number)
    assert recall.of(row(point(0))) == point(0)
    assert len(done) >= 3 * MOST_VALUES


def test_what_no_row_gives_is_read_once(catalogue):
    recall, _, done = recalled(catalogue)
    nothing = Given([], catalogue.content, ON.toordinal())
    other = Recall(lambda facts: facts.get("applicant.headcount"), [], nothing.varies)
    assert [other.of(RowFacts({}, nothing)) for _ in range(3)] == [None] * 3
    assert not done
    assert recall is not other
