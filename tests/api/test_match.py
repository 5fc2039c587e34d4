"""What does `match` take, and what does a report give?"""

import datetime
import json

import pytest

from matcher import Catalogue, Decision, Outcome, ProfileError, Report, Status, WindowState

DATE = "2026-05-04"
# 41018 lies in an AFR zone from 2022 to 2027, and not in this one.
ZONE = {"site.insee": "41018", "site.afr_zone": "c_reduite", "applicant.kind": "entreprise_privee"}


@pytest.fixture(scope="module")
def report(catalogue, root):
    profile = catalogue.profile(root / "profiles" / "examples" / "pme-plasturgie-romorantin.yaml")
    return catalogue.match(profile, DATE)


# -------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "on",
    [
        DATE,
        datetime.date(2026, 5, 4),
        datetime.datetime(2026, 5, 4, 23, 59, tzinfo=datetime.UTC),
        "04/05/2026",
    ],
)
def test_a_date_is_a_date_or_text(catalogue, on):
    report = catalogue.match({}, on, ["vta"])
    assert report.to_dict()["on"] == DATE


@pytest.mark.parametrize(
    "on",
    ["2026-02-30", "2026-5-4", "demain", "", None, 3, 20260504, True, [], "2026-05-04T10:00", b"x"],
    ids=repr,
)
def test_what_is_not_a_date_is_refused(catalogue, on):
    with pytest.raises(ProfileError) as error:
        catalogue.match({}, on)
    assert [d.code for d in error.value.diagnostics] == ["E12"]


@pytest.mark.parametrize("on", ["0001-01-01", "1900-03-01", "9999-12-31"])
def test_any_date_of_the_calendar_is_answered(catalogue, root, on):
    for path in sorted((root / "profiles" / "examples").glob("*.yaml"))[:3]:
        json.loads(catalogue.match(catalogue.profile(path), on).to_json())


def test_there_is_no_default_date(catalogue):
    with pytest.raises(TypeError):
        catalogue.match({})


# ------------------------------------------------------------------------------------------ schemes


def test_some_schemes_in_the_order_asked(catalogue):
    report = catalogue.match({}, DATE, ["vte-ti", "pret-vert"])
    assert [d.scheme for d in report.decisions] == ["vte-ti", "pret-vert"]
    assert [d.scheme for d in catalogue.match({}, DATE, iter(["vta"])).decisions] == ["vta"]


def test_a_scheme_that_is_not_there_is_told_with_the_nearest(catalogue):
    with pytest.raises(ProfileError) as error:
        catalogue.match({}, DATE, ["vte-tii", "vta", "zzz"])
    first, second = error.value.diagnostics
    assert {first.code, second.code} == {"P15"}
    assert {first.suggestion, second.suggestion} == {"vte-ti", None}


def test_a_mapping_is_a_profile(catalogue):
    one = catalogue.match({"applicant": {"kind": "epci"}}, DATE)
    other = catalogue.match(catalogue.profile({"applicant.kind": "epci"}), DATE)
    assert one.to_json() == other.to_json()


# --------------------------------------------------------------------------------------- the report


def test_all_schemes_in_the_order_of_their_ids(catalogue, report):
    assert isinstance(report, Report)
    assert tuple(d.scheme for d in report.decisions) == catalogue.schemes


def test_one_decision(report):
    decision = report.decision("pret-vert")
    assert isinstance(decision, Decision)
    assert decision.outcome is Outcome.ELIGIBLE
    assert decision.window.state is WindowState.OPEN
    assert decision.can_apply_now
    assert decision.criteria[0].status is Status.MET
    assert decision.name.fr
    with pytest.raises(KeyError):
        report.decision("nowhere")


RANKS = {
    ("eligible", "open"): 0,
    ("eligible", "unknown"): 1,
    ("eligible", "upcoming"): 2,
    ("undetermined", "open"): 3,
    ("undetermined", "unknown"): 4,
    ("undetermined", "upcoming"): 5,
    ("eligible", "closed"): 6,
    ("undetermined", "closed"): 7,
    ("ineligible", "open"): 8,
    ("ineligible", "unknown"): 9,
    ("ineligible", "upcoming"): 10,
    ("ineligible", "closed"): 11,
}


@pytest.mark.parametrize("on", [DATE, "2026-11-22", "2023-06-01", "2025-06-01"])
def test_what_one_can_apply_for_comes_first(catalogue, root, on):
    for path in sorted((root / "profiles" / "examples").glob("*.yaml")):
        ranked = catalogue.match(catalogue.profile(path), on).ranked
        places = [RANKS[str(d.outcome), str(d.window.state)] for d in ranked]
        assert places == sorted(places), path.name
        assert {d.scheme for d in ranked} == set(catalogue.schemes)
        for place in set(places):
            ids = [d.scheme for d, p in zip(ranked, places, strict=True) if p == place]
            assert ids == sorted(ids)


# ------------------------------------------------------------------ contradictions on the date only


def conflicts(report):
    return json.loads(report.to_json())["conflicts"]


def test_a_value_that_cannot_be_on_the_date_is_set_aside_and_told(catalogue):
    profile = catalogue.profile(ZONE)
    report = catalogue.match(profile, DATE)
    assert report.conflicts == ("site.afr_zone",)
    assert conflicts(report) == ["site.afr_zone"]
    assert conflicts(catalogue.match(profile, "2021-06-01")) == []
    looked = [v for d in report.decisions for c in d.criteria for v in c.values]
    assert not [v for v in looked if v.fact == "site.afr_zone" and v.known]


def test_contradictions_are_told_whatever_was_read_before(catalogue):
    """For each scheme, the first time and the second, before and after compilation."""
    profile = catalogue.profile(ZONE)
    for scheme in catalogue.schemes:
        fresh = Catalogue(catalogue.content)
        told = []
        for _ in range(5):
            report = fresh.match(profile, DATE, [scheme])
            told += [conflicts(report), conflicts(report)]
        assert all(one == told[0] for one in told), (scheme, told)


def test_a_contradiction_on_every_date_is_refused(catalogue):
    given = {"site.insee": "41018", "site.region": "11"}
    with pytest.raises(ProfileError) as error:
        catalogue.profile(given)
    assert "P10" in [d.code for d in error.value.diagnostics] or "P09" in str(error.value)


# ----------------------------------------------------------------------------------- many questions


def test_one_catalogue_answers_many_profiles_without_mixing_them(catalogue):
    kinds = ["epci", "entreprise_privee", "association", "commune"] * 3
    fresh = Catalogue(catalogue.content)
    for kind in kinds:
        found = fresh.match({"applicant.kind": kind}, DATE, ["vta", "vte-ti"]).to_json()
        alone = Catalogue(catalogue.content)
        assert found == alone.match({"applicant.kind": kind}, DATE, ["vta", "vte-ti"]).to_json()


def test_a_report_outlives_later_questions(catalogue):
    """Its parts are worked out when they are read: later questions must not change them."""
    early = catalogue.match({"applicant.kind": "epci"}, DATE, ["vta"])
    wanted = catalogue.match({"applicant.kind": "epci"}, DATE, ["vta"]).to_json()
    for number in range(20):
        catalogue.match({"applicant.headcount": number}, DATE, ["vta"]).to_json()
    assert early.to_json() == wanted
