"""Is the JSON of an answer what its schema says, the same each time, and fit to be asked again?"""

import copy
import json

import pytest
from jsonschema import Draft202012Validator

from matcher import Catalogue
from matcher.answers.formats import iso
from matcher.authoring.schema import report_schema

DATES = ("2026-05-04", "2026-11-22")
LANGUAGES = ("fr", "en", None)


@pytest.fixture(scope="module")
def valid():
    schema = report_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)

    def check(data):
        error = next(iter(validator.iter_errors(data)), None)
        assert error is None, f"{list(error.absolute_path)}: {error.message[:300]}"

    return check


@pytest.fixture(scope="module")
def examples(root, shipped):
    paths = sorted((root / "profiles" / "examples").glob("*.yaml"))
    return {path.stem: shipped.profile(path) for path in paths}


@pytest.fixture(scope="module")
def report(shipped, examples):
    return shipped.match(examples["pme-plasturgie-romorantin"], DATES[0])


def test_every_example_is_as_the_schema_says(shipped, examples, valid):
    for name, profile in examples.items():
        answer = shipped.match(profile, DATES[0])
        for lang in LANGUAGES if name == "code-postal-seul" else (None,):
            valid(json.loads(answer.to_json(lang)))


def test_answers_elsewhere_are_as_the_schema_says(shipped, examples, valid):
    for profile in (*examples.values(), shipped.profile({"site.region": "24"})):
        answer = shipped.match(profile, DATES[0])
        for lang in LANGUAGES:
            data = json.loads(answer.to_json(lang, elsewhere=True))
            valid(data)
            assert data["elsewhere"]["fact"] == "site.insee"


def test_answers_to_cases_are_as_the_schema_says(shipped, valid):
    """One case in twelve, on its date, with the answers of authorities it records."""
    asked = [(id_, case) for id_, cases in shipped.content.cases.items() for case in cases][::12]
    for id_, case in asked:
        answers = [
            {**a, "unknown": u if "/" in (u := a["unknown"]) else f"{id_}/{u}"}
            for a in case.authority
        ]
        given = {**case.given, **({"authority": answers} if answers else {})}
        valid(shipped.match(given, iso(case.as_of), [id_]).to_dict())


BROKEN = {
    "an unknown key": lambda d: d.update(more=1),
    "no date": lambda d: d.pop("on"),
    "another outcome": lambda d: d["decisions"][0].update(outcome="maybe"),
    "a binary float": lambda d: d["decisions"][0]["window"].update(permanent=0.5),
    "one language": lambda d: d["decisions"][0].update(name={"fr": "x"}),
    "no criteria": lambda d: d["decisions"][0].pop("criteria"),
    "a status": lambda d: d["decisions"][0]["criteria"][0].update(status="eligible"),
    "an amount that is a number": lambda d: amount_of(d).update(min=3.5),
    "an answer elsewhere": lambda d: d.update(elsewhere={"fact": None}),
    "another version": lambda d: d.update(schema_version=999),
}


def amount_of(data):
    parts = (part for decision in data["decisions"] for part in decision["aid"])
    return next(iter(next(part for part in parts if part["amounts"])["amounts"].values()))


@pytest.mark.parametrize("what", BROKEN)
def test_the_schema_refuses(report, valid, what):
    data = copy.deepcopy(report.to_dict())
    valid(data)
    BROKEN[what](data)
    with pytest.raises(AssertionError):
        valid(data)


# ------------------------------------------------------------------------------------- one and same


def test_the_same_question_has_the_same_bytes(shipped, examples):
    for name in ("code-postal-seul", "eti-verrerie-pau"):
        first = shipped.match(examples[name], DATES[0])
        texts = {first.to_json(), first.to_json()}
        texts.add(Catalogue(shipped.content).match(examples[name], DATES[0]).to_json())
        assert len(texts) == 1


def test_one_language_is_one_side_of_the_pair(report):
    pairs = report.to_dict()
    for lang in ("fr", "en"):
        assert report.to_dict(lang) == one_side(pairs, lang)


def one_side(data, lang):
    if isinstance(data, dict):
        if set(data) == {"fr", "en"}:
            return data[lang]
        return {key: one_side(part, lang) for key, part in data.items()}
    return [one_side(part, lang) for part in data] if isinstance(data, list) else data


def test_text_is_json_of_the_data(report):
    for lang in LANGUAGES:
        assert json.loads(report.to_json(lang)) == report.to_dict(lang)
        assert json.loads(report.to_json(lang, indent=2)) == report.to_dict(lang)
    assert report.to_json().endswith("}\n")
    assert "\\u" not in report.to_json("fr"), "accents are written as such"


def test_it_says_what_answered_and_that_authorities_decide(report, shipped):
    data = report.to_dict()
    assert data["on"] == DATES[0]
    assert data["catalogue"]["digest"] == shipped.digest
    assert data["notice"]["fr"].endswith("l'autorité qui instruit la demande décide.")
    assert [d["scheme"] for d in data["decisions"]] == sorted(shipped.schemes)


def test_no_number_is_a_float(report):
    def floats(data):
        if isinstance(data, dict):
            return [f for part in data.values() for f in floats(part)]
        if isinstance(data, list):
            return [f for part in data for f in floats(part)]
        return [data] if isinstance(data, float) else []

    assert not floats(json.loads(report.to_json()))


# ------------------------------------------------------------------------- the profile, given again


def test_the_profile_of_an_answer_may_be_given_again(shipped, examples):
    for name, profile in examples.items():
        answer = shipped.match(profile, DATES[0], ["vta"]).to_dict()
        again = shipped.profile(answer["profile"])
        assert again.values == profile.values, name
        assert again.declined == profile.declined, name


def test_every_form_of_value_may_be_given_again(shipped):
    given = {
        "applicant.headcount": {"min": 50, "max": 99},
        "applicant.turnover_eur": {"min": "1234.56"},
        "applicant.balance_sheet_eur": {"max": "0.10"},
        "applicant.kind": {"one_of": ["epci", "commune"]},
        "applicant.created_on": {"min": "2019-01-01", "max": "2020-02-29"},
        "applicant.independent": {"one_of": [True, False]},
        "applicant.tax_social_up_to_date": "declined",
        "project.firm_commitment_date": "none",
        "project.covered_by": [],
        "project.other_aids": ["cee", "ademe"],
        "project.eligible_cost_eur": "999999999.99",
        "site.postcode": "41200",
        "project.audit_age_years": "1.5",
    }
    profile = shipped.profile(given)
    written = json.loads(json.dumps(shipped.match(profile, DATES[0], []).to_dict()["profile"]))
    again = shipped.profile(written)
    assert (again.values, again.declined) == (profile.values, profile.declined)


def test_answers_of_authorities_are_given_again_too(shipped):
    """Else the same question, asked again from its answer, has another answer."""
    scheme = "fonds-vert-territoires-industrie"
    given = {
        "site.insee": "2A004",
        "project.eligible_cost_eur": 300_000,
        "authority": [
            {"unknown": f"{scheme}/local_minimum", "value": 250000, "for": "94", "on": "2026-05-01"}
        ],
    }
    first = shipped.match(given, DATES[0], [scheme]).to_dict()
    assert next(c for c in first["decisions"][0]["criteria"] if c["id"] == "minimum-cost")[
        "status"
    ] == ("met")
    again = shipped.match(first["profile"], DATES[0], [scheme]).to_dict()
    assert again["decisions"] == first["decisions"]


def test_notices_tell_what_was_read_otherwise(shipped, valid):
    data = shipped.match({"site.insee": "Romorantin-Lanthenay"}, DATES[0], ["vta"]).to_dict()
    (notice,) = data["notices"]
    assert notice["fact"] == "site.insee"
    assert "41194" in notice["text"]["fr"]
    assert data["profile"]["site.insee"] == "41194"
    valid(data)


def test_no_scheme_is_no_decision(shipped, valid):
    data = shipped.match({}, DATES[0], []).to_dict()
    assert data["decisions"] == []
    valid(data)
