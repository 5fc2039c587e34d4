"""Law 2 for the columnar engine: does it give the answers of the reference, criterion by criterion?"""

import datetime
from collections import defaultdict

import pytest
from hypothesis import HealthCheck, assume, given, settings

from matcher import Catalogue
from matcher.engines.columnar.by_rows import Asker, reads_of
from matcher.engines.columnar.criteria import criteria_of, with_asked
from matcher.engines.columnar.derived import Derivation
from matcher.engines.columnar.engine import ColumnarEngine
from matcher.engines.columnar.frame import frame_of, scale_of
from matcher.engines.columnar.kleene import as_expr
from matcher.engines.columnar.places import with_categories
from matcher.facts.profile import Profile
from matcher.facts.values import INFINITY, Options, Span
from matcher.language.types import Kind
from matcher.meaning.spans import LAST_DAY
from matcher.testing import assert_same_in_batch, situations


def columnar_batch(batch):
    """The truths of a batch, by columns."""
    setting = batch.setting
    facts = batch.facts
    if not facts:
        return []
    assume(all(fits(known, setting) for known in facts))
    frame = with_categories(
        frame_of([known.given for known in facts], setting.vocabulary), setting.vocabulary
    )
    day = facts[0].get("as_of").low
    derivation = Derivation(
        frame, setting.vocabulary, setting.computation, Asker(day, setting.computation.tables)
    )
    derivation.add([key for test in batch.tests for key in reads_of([test]).known])
    criteria = criteria_of(batch.tests, derivation)
    table = (
        with_asked(derivation, criteria)
        .select("@row", **criteria.columns)
        .with_columns(
            *[as_expr(criteria.held(test)).alias(f"t{n}") for n, test in enumerate(batch.tests)]
        )
    )
    return table.select(f"t{n}" for n in range(len(batch.tests))).rows()


def fits(facts, setting):
    """What a reader lets through: decimals as declared, days of the calendar, no empty words."""
    for key, known in facts.given.items():
        fact = setting.vocabulary[key]
        match known:
            case Options(members) if fact.kind is Kind.BOOLEAN and len(members) > 1:
                return False
            case Span(low, high) if low == -INFINITY and high == INFINITY:
                return False
            case Span(low, high):
                ends = [end * scale_of(fact) for end in (low, high) if abs(end) != INFINITY]
                is_date = fact.kind is Kind.DATE
                if any(end != int(end) or (is_date and not is_day(end)) for end in ends):
                    return False
    return True


def is_day(end):
    return isinstance(end, int) and 1 <= end <= LAST_DAY


@pytest.mark.parametrize("derived", [False, True])
def test_random_rules_and_profiles(derived):
    assert_same_in_batch(columnar_batch, examples=400, derived=derived)


# ----------------------------------------------------------------------------- whole catalogues
@given(situations())
@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
def test_random_catalogues(situation):
    """Editions that may not exist, windows by place, outcomes: as `Catalogue.judged` says."""
    profiles = [
        Profile(profile.values)
        for profile in (situation.profile, situation.more)
        if fits(situation.setting.facts(profile), situation.setting)
    ]
    assume(profiles)
    day = situation.facts.get("as_of").low
    assert_judged_alike(Catalogue(situation.content), profiles, day)


def assert_judged_alike(catalogue, profiles, day, schemes=None):
    """Every outcome, window, edition and criterion of some profiles, against the reference."""
    content = catalogue.content
    frame = frame_of([profile.values for profile in profiles], content.vocabulary)
    judged = ColumnarEngine(content, day, schemes).judged(frame)
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
