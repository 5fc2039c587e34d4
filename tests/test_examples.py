"""Do the example profiles load, match, and answer as the sources of the schemes say?

Each expectation names the condition of the source that decides it; the windows follow the calendars
of the scheme files. The two dates are those of the documentation: one in spring, one in autumn.
"""

import json
from dataclasses import dataclass, field

import pytest

from matcher import Catalogue

DATES = ("2026-05-04", "2026-11-22")
SPRING, AUTUMN = DATES
FONDS_VERT = "fonds-vert-territoires-industrie"


@dataclass(frozen=True)
class Expected:
    """What one scheme must answer for one example, and why."""

    scheme: str
    outcome: str
    why: str
    window: str | None = None
    unmet: set[str] = field(default_factory=set)
    on: tuple[str, ...] = DATES


EXPECTED = {
    "pme-plasturgie-romorantin": [
        Expected(FONDS_VERT, "eligible", "all conditions met; intake of the region unpublished",
                 "unknown"),
        Expected("diag-decarbonaction", "eligible", "under 500 people, no full report", "open"),
        Expected("diag-eco-flux", "eligible", "site of 85 people, between 20 and 250", "open"),
        Expected("pret-vert", "eligible", "one euro of partner for one euro lent", "open"),
        Expected("pret-industrie-verte", "eligible", "open at the latest since September 2026",
                 "open", on=(AUTUMN,)),
        Expected("tremplin", "eligible", "would have qualified; closed on 16 October 2025",
                 "closed"),
        Expected("decarb-flash", "ineligible", "existing installations only",
                 unmet={"existing-installation"}),
        Expected("fonds-chaleur", "ineligible", "waste heat must exceed 1 GWh a year",
                 unmet={"waste-heat"}),
        Expected(f"{FONDS_VERT}-competences", "ineligible", "strand 2 is for skills projects",
                 unmet={"skills-project"}),
        Expected("premiere-usine", "ineligible", "more than 5 M€", unmet={"minimum-base"}),
        Expected("c3iv", "ineligible", "not a sector of the credit", unmet={"sector"}),
        Expected("vte-ti", "eligible", "recent graduate, permanent contract; end unpublished",
                 "unknown"),
        Expected("vte-vert", "ineligible", "label within six months of hiring", "closed",
                 {"label-deadline"}, on=(AUTUMN,)),
    ],
    "pme-mecanique-angers": [
        Expected(FONDS_VERT, "ineligible", "site outside the labelled territories",
                 unmet={"site-in-ti"}),
        Expected("vte-ti", "ineligible", "same", unmet={"site-in-ti"}),
        Expected("decarb-flash", "eligible", "SME, electric furnace, 480,000 €", "open"),
        Expected("decarb-ind-25", "ineligible", "strictly more than 3 M€, and 1,000 t",
                 unmet={"minimum-investment", "minimum-abatement"}),
        Expected("pret-vert", "ineligible", "150,000 € of partner for 200,000 € lent",
                 "open", {"cofinancing"}),
        Expected("diag-decarbonaction", "ineligible", "full report less than five years old",
                 unmet={"no-recent-ghg-report"}),
    ],
    "eti-verrerie-pau": [
        Expected("decarb-ind-25", "eligible", "8 M€ and 1,200 t a year; second intake of unknown "
                 "opening", "unknown", on=(SPRING,)),
        Expected("decarb-ind-25", "eligible", "third intake", "open", on=(AUTUMN,)),
        Expected("decarb-flash", "ineligible", "large site under the EU-ETS",
                 unmet={"site-owner"}),
        Expected("diag-eco-flux", "ineligible", "site of 380 people", unmet={"site-headcount"}),
        Expected("pret-vert", "ineligible", "not independent", unmet={"independent"}),
        Expected(FONDS_VERT, "ineligible", "covered by France 2030; intakes known in this region",
                 "open", {"no-other-state-line"}, on=(SPRING,)),
        Expected(FONDS_VERT, "ineligible", "last intake of the region was on 18 September",
                 "closed", {"no-other-state-line"}, on=(AUTUMN,)),
    ],
    "artisan-metallerie-argentan": [
        Expected(FONDS_VERT, "ineligible", "legal person; sole traders excluded",
                 unmet={"legal-person", "excluded-forms"}),
        Expected("pret-vert", "eligible", "sole trader outside the micro regime", "open"),
        Expected("diag-eco-flux", "ineligible", "site of 6 people", unmet={"site-headcount"}),
    ],
    "pme-agroalimentaire-ajaccio": [
        Expected(FONDS_VERT, "undetermined", "below 400,000 €: the prefect may lower it in Corsica",
                 "unknown"),
        Expected("decarb-flash", "eligible", "25,000 € and photovoltaics suffice in Corsica",
                 "open"),
        Expected("pret-vert", "eligible", "100,000 € each", "open"),
    ],
    "association-ecole-de-production-roubaix": [
        Expected(f"{FONDS_VERT}-competences", "eligible", "association with a production school, "
                 "in a labelled territory", "unknown"),
        Expected(FONDS_VERT, "ineligible", "strand 1 is for private companies",
                 unmet={"applicant-kind"}),
        Expected("competences-ecoles-de-production", "ineligible", "opening by the end of 2023",
                 "closed", {"opening-before-end-2023"}),
    ],
    "epci-sologne-des-rivieres": [
        Expected("ingenierie-anct", "eligible", "public host; permanent", "open"),
        Expected("chef-de-projet-ti", "eligible", "labelled, dedicated post; credits of 2026 "
                 "unknown", "unknown"),
        Expected("ingenierie-banque-des-territoires", "eligible", "upstream decision study; "
                 "conditions of 2026 unknown", "unknown"),
        Expected("label-territoires-industrie", "eligible", "would have qualified; closed in 2023",
                 "closed"),
        Expected("vte-ti", "ineligible", "not a company", unmet={"employer-is-company"}),
    ],
    "sirene-tranche-effectif-mazamet": [
        Expected(FONDS_VERT, "undetermined", "the register says nothing of the project", "unknown"),
        Expected("diag-eco-flux", "undetermined", "20 to 49 people at the site: size met", "open"),
        Expected("vte-ti", "undetermined", "no contract yet", "unknown"),
        Expected("ingenierie-anct", "ineligible", "a company", unmet={"public-host"}),
    ],
    "code-postal-seul": [
        Expected(FONDS_VERT, "undetermined", "five communes of six are in the territory",
                 "unknown"),
        Expected("decarb-ind-25", "ineligible", "600,000 € at most, 3 M€ needed",
                 unmet={"minimum-investment"}),
        Expected("ingenierie-anct", "ineligible", "a company", unmet={"public-host"}),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.load()


@pytest.fixture(scope="module")
def reports(catalogue, root):
    paths = sorted((root / "profiles" / "examples").glob("*.yaml"))
    profiles = {path.stem: catalogue.profile(path) for path in paths}
    return {
        (name, on): catalogue.match(profile, on)
        for name, profile in profiles.items()
        for on in DATES
    }


def test_every_example_is_expected_to_answer(reports):
    assert {name for name, _ in reports} == set(EXPECTED)


@pytest.mark.parametrize("on", DATES)
@pytest.mark.parametrize("name", EXPECTED)
def test_an_example_is_read_whole_and_answered_whole(name, on, reports, catalogue):
    report = reports[name, on]
    assert report.profile.about
    assert not report.profile.notices
    assert not report.conflicts
    assert [decision.scheme for decision in report.decisions] == list(catalogue.schemes)
    assert json.loads(report.to_json("fr"))["on"] == on
    assert json.loads(report.to_json("en"))["decisions"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [(name, expected) for name, cases in EXPECTED.items() for expected in cases],
    ids=lambda part: part if isinstance(part, str) else part.scheme,
)
def test_an_example_answers_as_the_sources_say(name, expected, reports):
    for on in expected.on:
        decision = reports[name, on].decision(expected.scheme)
        told = (on, str(decision.outcome), decision.unmet, decision.unknown, expected.why)
        assert decision.outcome == expected.outcome, told
        assert expected.unmet <= set(decision.unmet), told
        if expected.window:
            assert decision.window.state == expected.window, (on, decision.window)


def test_the_demo_is_decisive(reports):
    report = reports["pme-plasturgie-romorantin", SPRING]
    outcomes = [str(decision.outcome) for decision in report.decisions]
    assert sum(decision.can_apply_now for decision in report.decisions) >= 3
    assert outcomes.count("eligible") >= 7
    assert outcomes.count("undetermined") <= 5


def test_corsica_asks_the_prefect_for_the_local_minimum(reports):
    decision = reports["pme-agroalimentaire-ajaccio", SPRING].decision(FONDS_VERT)
    asked = {question.unknown: question.authority for question in decision.ask_authority}
    assert asked[f"{FONDS_VERT}/local_minimum"] == "prefet-de-region"
    assert decision.unknown == ("minimum-cost",)


def test_a_small_intercommunal_body_is_helped_free_of_charge(reports):
    decision = reports["epci-sologne-des-rivieres", SPRING].decision("ingenierie-anct")
    assert {part.id for part in decision.aid} == {"free-small"}


def test_a_bracket_decides_what_lies_outside_it(reports):
    decision = reports["sirene-tranche-effectif-mazamet", SPRING].decision("diag-eco-flux")
    statuses = {criterion.id: str(criterion.status) for criterion in decision.criteria}
    assert statuses["site-headcount"] == "met"
    assert statuses["minimum-age"] == "met"


def test_a_postcode_of_several_communes_leaves_the_territory_open(reports):
    decision = reports["code-postal-seul", SPRING].decision(FONDS_VERT)
    assert {"site-in-ti", "minimum-cost"} <= set(decision.unknown)
    asked = {missing.fact: str(missing.reason) for missing in decision.missing}
    assert asked["site.insee"] == "several"
    assert asked["project.eligible_cost_eur"] == "range"
    assert "site.postcode" not in asked
