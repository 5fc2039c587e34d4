"""What is still missing, why not, whom to ask: is it all there, and nothing more?"""

import pytest

from matcher import Outcome


def criterion(id_, test):
    states = f'{{fr: "{id_} fr", en: "{id_} en"}}'
    return f"{{id: {id_}, states: {states}, test: {test!r}, source: S1}}"


def group(kind, *items, count=0):
    if kind == "at_least":
        return f"{{at_least: {count}, of: [{', '.join(items)}]}}"
    return f"{{{kind}: [{', '.join(items)}]}}"


STAFF = criterion("staff", "applicant.headcount >= 10")
COST = criterion("cost", "project.cost_eur >= 100")
CLEAN = criterion("clean", "not site.polluted")
KIND = criterion("kind", 'applicant.kind == "societe"')
AGE = criterion("age", "years_since(applicant.created_on) >= 2")
ORDER = criterion("order", "project.ordered_on is none")
REGION = criterion("region", 'site.region == "24"')
SMALL = criterion("small", "applicant.small")
AIDS = criterion("aids", 'disjoint(project.covered_by, ["france_2030"])')

GROUPS = {
    "all": group("all", STAFF, COST, CLEAN),
    "any": group("any", STAFF, COST, CLEAN),
    "two-of-three": group("at_least", STAFF, COST, CLEAN, count=2),
    "nested": group("all", KIND, group("any", STAFF, group("all", COST, CLEAN))),
    "deep": group("any", group("all", KIND, STAFF), group("at_least", COST, CLEAN, AGE, count=2)),
    "computed": group("all", REGION, SMALL),
    "every-kind": group("all", STAFF, COST, CLEAN, KIND, AGE, ORDER, AIDS),
}
UNKNOWNS = """
unknowns:
  local:
    type: euros
    by: site.region
    states: {fr: "Seuil local", en: "Local minimum"}
    ask: prefet
  waiver: {type: boolean, states: {fr: "Dérogation", en: "Waiver"}, ask: ademe}
  bonus: {type: number, min: 0, max: 1, states: {fr: "Bonification", en: "Bonus"}, ask: prefet}
"""
SILENT = f"""
{UNKNOWNS}
criteria:
  all:
    - {criterion("waived", "waiver")}
    - {criterion("above", "project.cost_eur >= local")}
    - {STAFF}
aid:
  - {{id: grant, form: grant, states: {{fr: "S", en: "G"}}, rate: bonus, basis: S1}}
"""


@pytest.fixture(scope="module")
def catalogue(catalogue_of):
    bodies = {f"g-{id_}": f"criteria: {text}" for id_, text in GROUPS.items()}
    return catalogue_of({**bodies, "silent": SILENT})


MET = {
    "staff": ("applicant.headcount", 10),
    "cost": ("project.cost_eur", 100),
    "clean": ("site.polluted", False),
    "kind": ("applicant.kind", "societe"),
    "age": ("applicant.created_on", "2020-01-01"),
}
UNMET = {
    "staff": ("applicant.headcount", 9),
    "cost": ("project.cost_eur", 99),
    "clean": ("site.polluted", True),
    "kind": ("applicant.kind", "commune"),
    "age": ("applicant.created_on", "2026-01-01"),
}


def decision(catalogue, scheme, given=None, *, met=(), unmet=()):
    known = dict([MET[id_] for id_ in met] + [UNMET[id_] for id_ in unmet])
    return catalogue.match({**known, **(given or {})}, "2026-05-04", [scheme]).decisions[0]


def keys(found):
    return [missing.fact for missing in found.missing]


# ------------------------------------------------------------------------------------------ why not

WHY_NOT = [
    ("all", ["staff"], ["cost", "clean"], [["cost", "clean"]]),
    ("all", [], ["cost"], [["cost"]]),
    ("any", [], ["staff", "cost", "clean"], [["staff"], ["cost"], ["clean"]]),
    ("two-of-three", ["clean"], ["staff", "cost"], [["staff"], ["cost"]]),
    (
        "two-of-three",
        [],
        ["staff", "cost", "clean"],
        [["staff", "cost"], ["staff", "clean"], ["cost", "clean"]],
    ),
    ("nested", ["kind", "cost"], ["staff", "clean"], [["staff"], ["clean"]]),
    (
        "nested",
        [],
        ["kind", "staff", "cost", "clean"],
        [["kind", "staff"], ["kind", "cost", "clean"]],
    ),
    ("nested", ["staff"], ["kind", "cost"], [["kind"]]),
    ("deep", ["age"], ["kind", "cost", "clean"], [["kind"], ["cost"], ["clean"]]),
    ("deep", ["kind"], ["staff", "cost", "clean", "age"], None),
]


@pytest.mark.parametrize(("scheme", "met", "unmet", "expected"), WHY_NOT)
def test_each_way_to_lift_a_refusal(catalogue, scheme, met, unmet, expected):
    found = decision(catalogue, f"g-{scheme}", met=met, unmet=unmet)
    assert found.outcome is Outcome.INELIGIBLE
    if expected is not None:
        assert [list(alternative) for alternative in found.why_not] == expected
    for alternative in found.why_not:
        lifted = decision(
            catalogue,
            f"g-{scheme}",
            met=[*met, *alternative],
            unmet=[id_ for id_ in unmet if id_ not in alternative],
        )
        assert lifted.outcome is not Outcome.INELIGIBLE, alternative


def test_a_group_that_holds_has_nothing_unmet(catalogue):
    """The other branch of an `any` that is met is neither unmet, unknown nor missing."""
    found = decision(catalogue, "g-any", met=["staff"], unmet=["cost"])
    assert (found.outcome, found.unmet, found.unknown, keys(found)) == ("eligible", (), (), [])
    status = {c.id: str(c.status) for c in found.criteria}
    assert status == {"staff": "met", "cost": "unmet", "clean": "unknown"}


# ------------------------------------------------------------------------------------------ missing


@pytest.mark.parametrize(
    ("scheme", "met", "unmet", "missing"),
    [
        ("all", [], [], ["applicant.headcount", "project.cost_eur", "site.polluted"]),
        ("all", ["cost"], [], ["applicant.headcount", "site.polluted"]),
        ("all", [], ["cost"], []),
        ("any", ["cost"], [], []),
        ("any", [], ["cost"], ["applicant.headcount", "site.polluted"]),
        ("two-of-three", ["cost"], ["staff"], ["site.polluted"]),
        ("two-of-three", [], ["staff", "cost"], []),
        ("nested", ["kind"], ["cost"], ["applicant.headcount"]),
        ("nested", ["kind"], ["staff"], ["project.cost_eur", "site.polluted"]),
        ("nested", ["staff"], [], ["applicant.kind"]),
        ("deep", ["cost", "clean"], [], []),
    ],
)
def test_only_open_groups_miss_something(catalogue, scheme, met, unmet, missing):
    found = decision(catalogue, f"g-{scheme}", met=met, unmet=unmet)
    assert keys(found) == missing
    assert bool(missing) is (found.outcome is Outcome.UNDETERMINED)


REASONS = [
    ("applicant.headcount", {"min": 5, "max": 15}, "range"),
    ("applicant.headcount", {"min": 5}, "range"),
    ("project.cost_eur", {"max": 100}, "range"),
    ("applicant.created_on", {"min": "2020-01-01"}, "range"),
    ("applicant.kind", {"one_of": ["societe", "commune"]}, "several"),
    ("site.polluted", {"one_of": [True, False]}, "several"),
    ("applicant.headcount", "declined", "declined"),
    ("project.covered_by", "declined", "declined"),
    ("applicant.headcount", "unknown", "absent"),
    ("applicant.headcount", None, "absent"),
    ("project.ordered_on", None, "absent"),
]


@pytest.mark.parametrize(("key", "value", "reason"), REASONS)
def test_why_a_fact_is_missing(catalogue, key, value, reason):
    missing = {m.fact: m for m in decision(catalogue, "g-every-kind", {key: value}).missing}
    assert missing[key].reason == reason
    assert {m.reason for k, m in missing.items() if k != key} == {"absent"}
    assert missing[key].question.fr == catalogue.fact(key).question.fr


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("applicant.headcount", {"min": 10}),
        ("applicant.headcount", {"min": 10, "max": 10}),
        ("project.cost_eur", {"min": 100, "max": 10**6}),
        ("applicant.kind", {"one_of": ["societe"]}),
        ("project.covered_by", []),
        ("project.ordered_on", "none"),
        ("applicant.created_on", {"max": "2024-05-04"}),
    ],
)
def test_what_suffices_is_not_asked_again(catalogue, key, value):
    assert key not in keys(decision(catalogue, "g-every-kind", {key: value}))


def test_facts_are_asked_in_the_order_of_the_text(catalogue):
    assert keys(decision(catalogue, "g-every-kind")) == [
        "applicant.headcount",
        "project.cost_eur",
        "site.polluted",
        "applicant.kind",
        "applicant.created_on",
        "project.ordered_on",
        "project.covered_by",
    ]


# ----------------------------------------------------------------------------------- computed facts


def test_a_computed_fact_is_asked_with_what_it_is_computed_from(catalogue):
    """The region may be given, or found from the commune; the size is only ever computed."""
    region, staff = decision(catalogue, "g-computed").missing
    assert (region.fact, region.alternatives) == ("site.region", (("site.insee",),))
    assert (staff.fact, staff.alternatives) == ("applicant.headcount", ())


def test_a_range_too_wide_for_a_computed_fact_says_so(catalogue):
    given = {"applicant.headcount": {"min": 40, "max": 60}, "site.region": "24"}
    (staff,) = decision(catalogue, "g-computed", given).missing
    assert (staff.fact, staff.reason) == ("applicant.headcount", "range")
    given["applicant.headcount"] = {"min": 40, "max": 49}
    assert not decision(catalogue, "g-computed", given).missing


def test_what_was_declined_is_not_offered_as_an_alternative(catalogue):
    region, _ = decision(catalogue, "g-computed", {"site.insee": "declined"}).missing
    assert not [group_ for group_ in region.alternatives if "site.insee" in group_]


def test_the_shipped_rules_offer_a_category_or_its_three_figures(shipped):
    """Headcount, turnover and balance sheet together, or the category of the enterprise."""
    given = {"applicant.kind": "entreprise_privee", "applicant.headcount": 300}
    found = {
        missing.fact: missing.alternatives
        for d in shipped.match(given, "2026-05-04").decisions
        for missing in d.missing
    }
    figures = {"applicant.turnover_eur", "applicant.balance_sheet_eur"}
    assert any(figures <= set(g) for g in found.get("applicant.size", ()))


# -------------------------------------------------------------------------------------- authorities


def questions(found):
    return [(q.unknown, q.authority, q.about) for q in found.ask_authority]


def test_what_nobody_published_is_asked_of_its_authority(catalogue):
    given = {"site.region": "24", "project.cost_eur": 100, "applicant.headcount": 10}
    found = decision(catalogue, "silent", given)
    assert questions(found) == [
        ("silent/waiver", "ademe", "waived"),
        ("silent/local", "prefet", "above"),
        ("silent/bonus", "prefet", "aid.grant"),
    ]
    assert keys(found) == []
    assert [q.authority_name.fr for q in found.ask_authority][:2] == [
        "ADEME",
        "Préfecture de région",
    ]


def test_no_authority_is_asked_while_a_fact_could_settle_it(catalogue):
    """Without the cost, the local minimum may not matter: the cost is asked first."""
    found = decision(catalogue, "silent", {"site.region": "24", "applicant.headcount": 10})
    assert ("silent/local", "prefet", "above") not in questions(found)
    assert "project.cost_eur" in keys(found)


def test_nobody_is_asked_about_a_refusal(catalogue):
    found = decision(catalogue, "silent", {"applicant.headcount": 9})
    assert (found.outcome, questions(found), keys(found)) == ("ineligible", [], [])


def answer(name, value, for_=None):
    place = {} if for_ is None else {"for": for_}
    return {"unknown": f"silent/{name}", "value": value, "on": "2026-05-01", **place}


@pytest.mark.parametrize(
    ("answers", "outcome", "asked"),
    [
        ([answer("waiver", True), answer("local", 90, "24")], "eligible", ["silent/bonus"]),
        ([answer("waiver", True), answer("local", 110, "24")], "ineligible", []),
        ([answer("waiver", False)], "ineligible", []),
        ([answer("waiver", True)], "undetermined", ["silent/local", "silent/bonus"]),
        (
            [answer("waiver", True), answer("local", 90, "84")],
            "undetermined",
            ["silent/local", "silent/bonus"],
        ),
        (
            [answer("waiver", True), answer("local", 90, "84"), answer("local", 80, "24")],
            "eligible",
            ["silent/bonus"],
        ),
        (
            [answer("waiver", True), answer("local", {"min": 50, "max": 120}, "24")],
            "undetermined",
            ["silent/local", "silent/bonus"],
        ),
        (
            [answer("waiver", True), answer("local", 90, "24"), answer("bonus", "0.25")],
            "eligible",
            [],
        ),
    ],
)
def test_a_recorded_answer_settles_what_it_is_about(catalogue, answers, outcome, asked):
    given = {
        "site.region": "24",
        "project.cost_eur": 100,
        "applicant.headcount": 10,
        "authority": answers,
    }
    found = decision(catalogue, "silent", given)
    assert found.outcome == outcome
    assert [unknown for unknown, _, _ in questions(found)] == asked


def test_the_place_is_missing_where_an_authority_answered_for_some_places(catalogue):
    """Its answer may be there already: one asks where the site is before asking it again."""
    known = {"project.cost_eur": 100, "applicant.headcount": 10}
    found = decision(catalogue, "silent", {**known, "authority": [answer("local", 90, "24")]})
    assert keys(found) == ["site.region"]
    assert "silent/local" not in [unknown for unknown, _, _ in questions(found)]
    assert keys(decision(catalogue, "silent", known)) == []


def test_an_answer_is_shown_with_the_criterion_it_settles(catalogue):
    given = {
        "site.region": "24",
        "project.cost_eur": 100,
        "authority": [answer("local", 90, "24")],
    }
    found = decision(catalogue, "silent", given)
    above = next(c for c in found.criteria if c.id == "above")
    assert {v.fact: v.value.en for v in above.values} == {
        "project.cost_eur": "€100",
        "silent/local": "€90",
    }
    waived = next(c for c in found.criteria if c.id == "waived")
    assert waived.values == (), "a question to an authority is not a value of the applicant"
