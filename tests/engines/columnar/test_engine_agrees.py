"""Law 2 for columns: do they give the answers of the reference, criterion by criterion?"""

import datetime
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, assume, given, settings

from matcher import Catalogue
from matcher.engines.columnar.engine import ColumnarEngine
from matcher.engines.columnar.frame import frame_of
from matcher.testing import assert_same_in_batch, situations
from tests.engines.columnar.as_columns import batch_by_columns, fits, readable


def columnar_batch(batch):
    """The truths of a batch that a reader lets through, by columns."""
    vocabulary = batch.setting.vocabulary
    assume(all(fits(profile.values, vocabulary) for profile in batch.profiles))
    return batch_by_columns(batch)


@pytest.mark.parametrize("derived", [False, True])
def test_random_rules_and_profiles(derived):
    assert_same_in_batch(columnar_batch, examples=400, derived=derived)


# ----------------------------------------------------------------------------- whole catalogues
@given(situations())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_catalogues(situation):
    """Editions that may not exist, windows by place, outcomes: as `Catalogue.judged` says."""
    profiles = readable(situation)
    assume(profiles)
    day = situation.facts.get("as_of").low
    assert_judged_alike(Catalogue(situation.content), profiles, day)


def by_columns(frame, catalogue, day, schemes):
    return ColumnarEngine(catalogue.content, day, schemes).judged(frame)


def assert_judged_alike(catalogue, profiles, day, schemes=None, judged_by=by_columns):
    """Every outcome, window, edition and criterion of some profiles, against the reference."""
    content = catalogue.content
    frame = frame_of([profile.values for profile in profiles], content.vocabulary)
    judged = judged_by(frame, catalogue, day, schemes)
    statuses = {id_: judged.statuses(id_) for id_ in judged.uses}
    on = datetime.date.fromordinal(day)
    for row, profile in enumerate(profiles):
        wanted = catalogue.judged(profile, on, schemes)
        conflicts = {key for key in judged.conflicts.columns if judged.conflicts[key][row]}
        assert conflicts == {key for key in wanted.facts.set_aside() if key in content.derivations}
        for plan, window, judgement in zip(
            wanted.plans, wanted.windows, wanted.judgements, strict=True
        ):
            id_ = plan.scheme.id
            told = f"{id_} of row {row} on {on}: {profile.values}"
            assert judged.outcomes[id_][row] is judgement.outcome, told
            assert judged.windows[id_][row] == str(window.state), told
            ids = [leaf.criterion.id for leaf in plan.leaves]
            assert statuses[id_][row] == dict(zip(ids, judgement.statuses, strict=True)), told


# -------------------------------------------------------------------------- the shipped catalogue
@pytest.fixture(scope="module")
def cases(content):
    """The profiles of the cases of the rules, by the date of their question."""
    catalogue = Catalogue(content)
    found = defaultdict(list)
    for cases in content.cases.values():
        for case in cases:
            if not case.authority:
                found[case.as_of].append(catalogue.profile(case.given))
    return found


def test_every_case_of_the_rules(content, cases):
    catalogue = Catalogue(content)
    assert sum(map(len, cases.values())) > 1_400
    for day, profiles in cases.items():
        assert_judged_alike(catalogue, profiles, day)
