"""Does a second judge, written in SQL, give the answers of the columnar engine?"""

import datetime
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, reject, settings
from hypothesis import strategies as st

from matcher import Catalogue
from matcher.catalogue.plan import plan_of
from matcher.engines.columnar.frame import frame_of
from matcher.facts.profile import Profile
from matcher.facts.values import INFINITY, Options, Span, option, point
from matcher.meaning.evaluate import truth
from matcher.testing import Setting, assert_same_in_batch, batches
from tests.engines.columnar.as_columns import batch_by_columns, by_columns, facts_of, fits
from tests.engines.columnar.duckdb_judge import TooLongError, by_duckdb

DAY = datetime.date(2026, 6, 15).toordinal()
MOST_PROFILES = 300


# ------------------------------------------------------------------------- random rules, profiles
def exactly(known):
    """One of the values that something known allows; None where both ends are open."""
    match known:
        case Span(low, high):
            end = low if low != -INFINITY else high
            return None if end == INFINITY else point(end)
        case Options(members):
            return option(min(members))
        case _:
            return known


def with_exact_values(profile):
    values = {key: exactly(known) for key, known in profile.values.items()}
    return Profile({key: known for key, known in values.items() if known is not None})


def both(batch):
    """The truths of a batch, on which DuckDB and the columns agree."""
    vocabulary = batch.setting.vocabulary
    assume(all(fits(profile.values, vocabulary) for profile in batch.profiles))
    kinds = {key: fact.kind for key, fact in vocabulary.items()}
    try:
        found = by_duckdb(batch.facts, batch.tests, kinds, batch.setting.day)
    except TooLongError:
        reject()
    assert batch_by_columns(batch) == found
    return found


def of_exact_values(batch):
    return replace(batch, profiles=tuple(map(with_exact_values, batch.profiles)))


@given(st.booleans().flatmap(lambda derived: batches(derived=derived)).map(of_exact_values))
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_rules_over_exact_values(batch):
    wanted = [tuple(truth(test, facts) for test in batch.tests) for facts in batch.facts]
    assert both(batch) == wanted


@pytest.mark.parametrize("derived", [False, True])
def test_random_rules_over_ranges(derived):
    assert_same_in_batch(both, examples=100, derived=derived)


# ------------------------------------------------------------------------- the shipped catalogue
@pytest.fixture(scope="module")
def shipped_tests(content):
    """Every criterion of every edition of every scheme."""
    plans = [plan_of(s, edition) for s in content.schemes.values() for edition in s.editions]
    return list(dict.fromkeys(leaf.test for plan in plans for leaf in plan.leaves))


@pytest.fixture(scope="module")
def case_profiles(content):
    """Some profiles of the cases of the rules, with exact values, no two alike."""
    catalogue = Catalogue(content)
    said = [case.given for cases in content.cases.values() for case in cases]
    some = said[:: max(1, len(said) // MOST_PROFILES // 2)]
    found = [with_exact_values(catalogue.profile(one)).values for one in some]
    distinct = {tuple(sorted(values.items())): values for values in found}
    return list(distinct.values())[:MOST_PROFILES]


def test_every_criterion_of_the_shipped_catalogue(content, shipped_tests, case_profiles):
    """What is computed, DuckDB takes from the reference; the columns compute it themselves."""
    setting = Setting(content.vocabulary, DAY, content.computation)
    kinds = {key: fact.kind for key, fact in content.vocabulary.items()}
    kinds |= {key: unknown.type.kind for key, unknown in content.unknowns.items()}
    known = [facts_of(values, setting) for values in case_profiles]
    found = by_duckdb(known, shipped_tests, kinds, DAY)
    assert len(shipped_tests) > 150
    assert len(known) == MOST_PROFILES
    assert {truth for row in found for truth in row} == {True, False, None}
    frame = frame_of(case_profiles, content.vocabulary)
    assert by_columns(frame, shipped_tests, setting) == found
    assert [tuple(truth(t, facts) for t in shipped_tests) for facts in known] == found
