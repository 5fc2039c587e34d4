"""Is a profile read as people and programs write it, and refused with all its mistakes at once?"""

import datetime
import io
import json
import time
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher import Catalogue, Profile, ProfileError
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at
from matcher.facts.values import INFINITY, NOTHING, Members, Options, Span
from matcher.language.text import LANGUAGES

SCHEME = """
id: essai
language: 1
name: {fr: "Essai", en: "Trial"}
summary: {fr: "Dispositif inventé.", en: "A made-up scheme."}
operators: [ademe]
audience: [entreprise_privee]
confidence: low
sources:
  S1: {title: "Notice inventée", read_on: "2026-11-22"}
unknowns:
  local_minimum:
    type: euros
    by: site.region
    min: 0
    max: 400000
    states: {fr: "Seuil local", en: "Local minimum"}
    ask: prefet-de-region
  listed:
    type: boolean
    states: {fr: "Le projet est sur la liste", en: "The project is on the list"}
    ask: ademe
criteria:
  all:
    - id: cost
      states: {fr: "Le coût suffit", en: "The cost is enough"}
      test: project.eligible_cost_eur >= local_minimum and listed
      source: S1
"""
DAY = datetime.date(2026, 5, 4).toordinal()


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory):
    """The vocabulary and the tables of the repository, with one made-up scheme."""
    path = tmp_path_factory.mktemp("rules") / "essai.yaml"
    path.write_text(SCHEME, encoding="utf-8")
    return Catalogue(load_content(layout_at(path))[0])


@pytest.fixture(scope="module")
def value(catalogue):
    """The value read for one fact."""
    return lambda key, raw: catalogue.profile({key: raw}).values.get(key)


@pytest.fixture(scope="module")
def refused(catalogue):
    """The mistakes told: code and place, in order. Each is worded in both languages."""

    def told(source):
        with pytest.raises(ProfileError) as raised:
            catalogue.profile(source)
        for one in raised.value.diagnostics:
            for lang in LANGUAGES:
                assert one.message(lang)
                assert "None" not in one.render(lang)
        return [(d.code, str(d.place)) for d in raised.value.diagnostics]

    return told


@pytest.fixture(scope="module")
def fault(catalogue):
    """The only mistake told."""

    def told(source):
        with pytest.raises(ProfileError) as raised:
            catalogue.profile(source)
        (one,) = raised.value.diagnostics
        return one

    return told


@pytest.fixture(scope="module")
def noticed(catalogue):
    """What the reader says that it changed."""
    return lambda source: [(n.fact, n.text.fr) for n in catalogue.profile(source).notices]


# ------------------------------------------------------------------------------------ ways to write


def test_nested_dotted_and_mixed_say_the_same(catalogue):
    nested = {"applicant": {"kind": "epci", "headcount": 85}, "site": {"region": "24"}}
    dotted = {"applicant.kind": "epci", "applicant.headcount": 85, "site.region": "24"}
    mixed = {"applicant": {"kind": "epci"}, "applicant.headcount": 85, "site.region": "24"}
    read = [catalogue.profile(source) for source in (nested, dotted, mixed)]
    assert read[0] == read[1] == read[2]
    assert list(read[0].values) == sorted(dotted)


def test_yaml_json_files_bytes_and_mappings_say_the_same(catalogue, tmp_path):
    facts = {
        "applicant": {"kind": "epci", "headcount": 85, "legal_person": True},
        "project": {"eligible_cost_eur": 1234.56, "firm_commitment_date": "none"},
        "site": {"insee": "41194"},
    }
    yaml_text = (
        "applicant:\n  kind: epci\n  headcount: 85\n  legal_person: oui\n"
        "project:\n  eligible_cost_eur: 1 234,56 €\n  firm_commitment_date: none\n"
        "site:\n  insee: 41194\n"
    )
    json_text = json.dumps(facts, indent=1)
    sources = [facts, yaml_text.encode(), json_text.encode(), ("\ufeff" + json_text).encode()]
    for name, text in (("a.yaml", yaml_text), ("a.json", json_text), ("a", json_text)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        sources += [tmp_path / name, str(tmp_path / name)]
    wanted = catalogue.profile(facts).values
    assert wanted["project.eligible_cost_eur"] == Span(Fraction(30864, 25), Fraction(30864, 25))
    for source in sources:
        assert catalogue.profile(source).values == wanted
    assert catalogue.profile(io.BytesIO(json_text.encode()).read()).values == wanted


@pytest.mark.parametrize("source", [{}, b"{}", b"{ }\n", b"applicant: {}\n", b"site:\n"])
def test_a_profile_may_say_nothing(catalogue, source):
    assert catalogue.profile(source).values == {}


def test_about_is_for_people_only(catalogue):
    profile = catalogue.profile({"about": "Plasturgie Dupont", "applicant.kind": "epci"})
    assert profile.about == "Plasturgie Dupont"
    assert list(profile.values) == ["applicant.kind"]


def test_codes_keep_their_zeros_in_yaml(value, catalogue):
    assert catalogue.profile(b"site.insee: 01004").values["site.insee"] == options("01004")
    read = catalogue.profile(b"applicant.naf_division: 01")
    assert read.values["applicant.naf_division"] == options("01")
    assert catalogue.profile(b"applicant.hq_country: NO").values == {
        "applicant.hq_country": options("NO")
    }
    assert value("site.insee", 41194) == options("41194")


# ------------------------------------------------------------------------------------------ amounts


def options(*members):
    return Options(frozenset(members))


def span(low, high=None):
    return Span(low, low if high is None else high)


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        (400000, 400000),
        (400000.5, Fraction(800001, 2)),
        ("400 000", 400000),
        ("1 234,56 €", Fraction(30864, 25)),
        ("1234.56", Fraction(30864, 25)),
        ("1,2 M€", 1_200_000),
        ("400 k€", 400_000),
    ],
)
def test_amounts_in_euros(value, raw, amount):
    assert value("project.eligible_cost_eur", raw) == span(amount)


@pytest.mark.parametrize(
    "raw",
    [
        "beaucoup",
        "400k",
        "1.234",
        "1.234,56 €",
        "0,001 €",
        "1e5",
        "1e400",
        "NaN",
        "inf",
        "20 %",
        True,
        [400000],
        {"montant": 4},
        {"min": "beaucoup"},
        {"one_of": [1, 2]},
        float("nan"),
        float("inf"),
        10**16,
        "",
    ],
)
def test_what_is_not_an_amount(refused, raw):
    assert refused({"project.eligible_cost_eur": raw}) == [("P02", "")]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400", "1e5", "1.234"])
def test_numbers_of_json_are_read_from_their_text(refused, number):
    source = f'{{"project.eligible_cost_eur": {number}}}'.encode()
    assert [code for code, _ in refused(source)] == ["P02"]


@pytest.mark.parametrize("raw", ["85 €", "200 %", "400 k€", 85.5, "85,5", "85 12"])
def test_people_are_not_counted_in_euros_nor_in_halves(refused, raw):
    assert refused({"applicant.headcount": raw}) == [("P02", "")]


@pytest.mark.parametrize("raw", [-1, "-1", 5_000_001, {"min": -1}, {"min": 3, "max": 10**9}])
def test_bounds(refused, raw):
    assert refused({"applicant.headcount": raw}) == [("P03", "")]


def test_an_int_of_any_size_is_told_shortly(fault):
    assert len(fault({"applicant.headcount": 10**5000}).message("fr")) < 200


# -------------------------------------------------------------------------- ranges and alternatives


def test_ranges(value):
    assert value("applicant.headcount", {"min": 50, "max": 99}) == span(50, 99)
    assert value("applicant.headcount", {"min": 50}) == span(50, INFINITY)
    assert value("applicant.headcount", {"max": 99}) == span(-INFINITY, 99)
    assert value("applicant.headcount", {"min": 50, "max": 50}) == span(50)
    assert value("applicant.headcount", {"min": None, "max": 9}) == span(-INFINITY, 9)
    assert value("applicant.headcount", {"min": None, "max": None}) is None
    dates = value("applicant.created_on", {"min": "2026-05-04", "max": "31/12/2026"})
    assert dates == span(DAY, datetime.date(2026, 12, 31).toordinal())


@pytest.mark.parametrize(
    "raw",
    [{"min": 5, "max": 3}, {"min": "5", "max": "3"}],
)
def test_a_minimum_over_the_maximum(fault, raw):
    one = fault({"applicant.headcount": raw})
    assert one.code == "P04"
    assert "(5)" in one.message("fr")
    assert "(3)" in one.message("fr")


def test_one_of(value, refused):
    assert value("site.region", {"one_of": ["24", "Corse"]}) == options("24", "94")
    assert value("applicant.kind", {"one_of": ["epci", "petr"]}) == options("epci", "petr")
    assert value("applicant.legal_person", {"one_of": [True, "non"]}) == options(True, False)
    for raw in ({"one_of": []}, {"one_of": "24"}, {"one_of": ["24"], "min": 1}, {"min": "24"}, {}):
        assert refused({"site.region": raw}) == [("P02", "")]
    assert refused({"site.region": {"one_of": ["24", "999"]}}) == [("P06", "")]


def test_sets(value, refused):
    assert value("project.covered_by", ["france_2030", "c3iv"]) == Members(
        frozenset({"france_2030", "c3iv"})
    )
    assert value("project.covered_by", []) == Members(frozenset())
    assert refused({"project.covered_by": "france_2030"}) == [("P02", "")]
    assert refused({"project.covered_by": ["france_2031"]}) == [("P05", "")]
    assert refused({"project.covered_by": [["c3iv"]]}) == [("P05", "")]
    assert refused({"project.covered_by": {"one_of": ["c3iv"]}}) == [("P02", "")]


# ---------------------------------------------------------------------------- dates, truth, choices


@pytest.mark.parametrize("raw", ["2026-05-04", "04/05/2026", datetime.date(2026, 5, 4)])
def test_dates(value, raw):
    assert value("applicant.created_on", raw) == span(DAY)


@pytest.mark.parametrize("raw", ["2026-02-30", "31/04/2026", "hier", "2026", 2026, 20260504])
def test_impossible_dates(refused, raw):
    assert refused({"applicant.created_on": raw}) == [("P02", "")]


@pytest.mark.parametrize(
    ("raw", "held"), [("oui", True), ("Non", False), (True, True), ("no", False)]
)
def test_yes_and_no(value, raw, held):
    assert value("applicant.legal_person", raw) == options(held)


@pytest.mark.parametrize("raw", ["peut-être", 1, 0, "1", []])
def test_neither_yes_nor_no(refused, raw):
    assert refused({"applicant.legal_person": raw}) == [("P02", "")]


@pytest.mark.parametrize(
    "raw", ["epci", "EPCI", "commune", "Municipality (commune)", "école-production"]
)
def test_a_choice_by_its_name_or_by_its_label(value, raw):
    wanted = {
        "EPCI": "epci",
        "Municipality (commune)": "commune",
        "école-production": "ecole_production",
    }
    assert value("applicant.kind", raw) == options(wanted.get(raw, raw))


def test_an_unknown_choice_is_not_replaced_by_the_nearest(fault):
    one = fault({"applicant.kind": "epcii"})
    assert one.code == "P05"
    assert one.fix("fr") == "Vouliez-vous dire « epci » ?"


# --------------------------------------------------------------------------- nothing, and no answer


def test_none_is_a_value_where_it_has_a_meaning(value, refused):
    assert value("project.firm_commitment_date", "none") == NOTHING
    assert refused({"applicant.headcount": "none"}) == [("P08", "")]
    assert refused({"applicant.kind": "none"}) == [("P08", "")]


@pytest.mark.parametrize("raw", [None, "unknown"])
def test_not_known_is_absent(catalogue, raw):
    profile = catalogue.profile({"applicant.headcount": raw, "applicant.kind": raw})
    assert profile.values == {}
    assert profile.declined == frozenset()


def test_declined_is_absent_and_remembered(catalogue):
    for raw in ("declined", {"declined": True}):
        profile = catalogue.profile({"applicant.headcount": raw})
        assert profile.values == {}
        assert profile.declined == {"applicant.headcount"}
    text = b"applicant.headcount: {declined: true}\nsite.region: declined\n"
    assert catalogue.profile(text).declined == {"applicant.headcount", "site.region"}


# ----------------------------------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("applicant.headcont", "applicant.headcount"),
        ("aplicant.headcount", "applicant.headcount"),
        ("site.inse", "site.insee"),
        ("created_on", "applicant.created_on"),
    ],
)
def test_an_unknown_fact_has_a_suggestion(fault, key, near):
    one = fault({key: 3})
    assert (one.code, one.suggestion) == ("P01", near)


@pytest.mark.parametrize("key", ["xyzzy", "{kind}", "a" * 5_000, "applicant", "", "site..insee"])
def test_any_unknown_fact_is_told_shortly(fault, key):
    one = fault({key: "x"})
    assert one.code == "P01"
    assert len(one.message("fr")) < 200


def test_a_computed_fact_names_what_to_give(fault):
    one = fault({"applicant.young_sme": True})
    assert one.code == "P09"
    assert "applicant.size_eu" in one.fix("fr")


def test_all_mistakes_are_told_at_once_where_they_stand(refused):
    text = """\
applicant:
  headcont: 85
  kind: epcii
  siren: "732829321"
  headcount: {min: 9, max: 3}
  young_sme: true
project:
  eligible_cost_eur: -4
  firm_commitment_date: 2026-02-30
site:
  insee: Saint-Denis
  region: none
  departement: "99"
"""
    assert refused(text.encode()) == [
        ("P01", "-:2:3"),
        ("P05", "-:3:3"),
        ("P07", "-:4:3"),
        ("P04", "-:5:3"),
        ("P09", "-:6:3"),
        ("P03", "-:8:3"),
        ("P02", "-:9:3"),
        ("P11", "-:11:3"),
        ("P08", "-:12:3"),
        ("P06", "-:13:3"),
    ]


@pytest.mark.parametrize("extra", ["", ', "applicant.legal_person": true', ', "site.region": null'])
def test_mistakes_of_json_have_their_line_too(refused, extra):
    text = '{\n  "applicant.headcount": "x",\n  "site.insee": "99999"' + extra + "\n}\n"
    assert refused(text.encode()) == [("P02", "-:2:3"), ("P06", "-:3:3")]


def test_a_fact_given_twice(refused):
    assert refused({"applicant": {"headcount": 3}, "applicant.headcount": 4}) == [("P14", "")]
    assert refused({"applicant": {"headcount": 3}, "applicant.headcount": 3}) == [("P14", "")]
    assert refused(b"a: 1\napplicant.headcount: 3\napplicant.headcount: 4\n") == [("Y11", "-:3:1")]


def test_a_key_written_twice_in_json(refused):
    dotted = b'{"applicant.headcount": 3,\n "applicant.headcount": 400}'
    nested = b'{"applicant": {"headcount": 3,\n "headcount": 400}}'
    assert refused(dotted) == refused(nested) == [("Y11", "-:2:2")]


@pytest.mark.parametrize(
    "source",
    [[], ["applicant.kind"], 3, None, "texte", b"- a\n- b\n", b"[1]", b"texte", b'"texte"', b"3"],
)
def test_what_is_not_a_mapping(refused, source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    codes = [code for code, _ in refused(source)]
    assert codes == ["Y01" if isinstance(source, str) else "P12"]


# ------------------------------------------------------------------------------------------- places


def test_an_arrondissement_is_read_as_its_commune(value, noticed):
    assert value("site.insee", "75108") == options("75056")
    assert value("site.insee", "13201") == options("13055")
    assert value("site.insee", "69381") == options("69123")
    assert noticed({"site.insee": "75108"}) == [("site.insee", "« 75108 » lu comme 75056")]


def test_a_merged_commune_is_read_as_the_one_of_today(value, noticed):
    assert value("site.insee", "01039") == options("01138")
    assert noticed({"site.insee": "01039"}) == [("site.insee", "« 01039 » lu comme 01138")]


@pytest.mark.parametrize(
    ("key", "raw", "code"),
    [
        ("site.region", "Centre-Val de Loire", "24"),
        ("site.region", "centre val de loire", "24"),
        ("site.region", "Île-de-France", "11"),
        ("site.region", "ile de france", "11"),
        ("site.departement", "Loir-et-Cher", "41"),
        ("site.insee", "Romorantin-Lanthenay", "41194"),
        ("site.insee", "ROMORANTIN LANTHENAY", "41194"),
        ("site.insee", "2a004", "2A004"),
        ("site.departement", "2a", "2A"),
    ],
)
def test_places_by_name_whatever_the_accents(value, key, raw, code):
    assert value(key, raw) == options(code)


def test_a_name_that_several_communes_share(fault):
    one = fault({"site.insee": "Saint-Denis"})
    assert one.code == "P11"
    for code in ("93066", "97411"):
        assert code in one.message("fr")


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("site.insee", "99999"),
        ("site.insee", "Atlantide"),
        ("site.insee", "41194,Romorantin"),
        ("site.insee", ""),
        ("site.insee", "insee"),
        ("site.postcode", "00000"),
        ("site.postcode", "99999"),
        ("site.region", "99"),
        ("site.region", "Bretagne-Sud"),
        ("site.departement", "20"),
    ],
)
def test_a_place_that_is_not_in_the_table(refused, key, raw):
    assert refused({key: raw}) == [("P06", "")]


@pytest.mark.parametrize(
    "raw", [True, ["41194"], b"41194", "4" * 101, "41194\n41018", {"a": {"b": 1}}]
)
def test_what_is_not_a_code(refused, raw):
    assert refused({"site.insee": raw}) == [("P02", "")]


# -------------------------------------------------------------------------------------- identifiers


def test_identifiers_are_put_right_and_the_change_is_told(value, noticed):
    assert value("applicant.siren", "732 829 320") == options("732829320")
    assert value("applicant.siren", "FR 44 732829320") == options("732829320")
    assert value("site.siret", "732.829.320.00074") == options("73282932000074")
    assert value("site.siret", 5480015600017) == options("05480015600017")
    assert value("site.postcode", 1000) == options("01000")
    assert noticed({"site.postcode": 1000}) == [("site.postcode", "zéros de tête rétablis")]


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("applicant.siren", "732829321"),
        ("applicant.siren", "1234"),
        ("site.siret", "1234567890001"),
        ("site.siret", "73282932000075"),
        ("site.siret", "732829320"),
        ("site.postcode", "41"),
        ("site.postcode", "412001"),
    ],
)
def test_wrong_identifiers(refused, key, raw):
    assert refused({key: raw}) == [("P07", "")]


def test_la_poste(value):
    assert value("site.siret", "35600000049837") == options("35600000049837")


def test_the_siren_follows_from_the_siret(catalogue):
    profile = catalogue.profile({"site.siret": "73282932000074"})
    assert profile.values["applicant.siren"] == options("732829320")


def test_the_siren_of_another_company_contradicts_the_siret(fault):
    one = fault({"site.siret": "73282932000074", "applicant.siren": "356000000"})
    assert one.code == "P10"


# ----------------------------------------------------------------------------------- contradictions


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({"site.insee": "41194", "site.departement": "18"}, "site.insee"),
        ({"site.insee": "41194", "site.region": "84"}, "site.insee"),
        ({"site.postcode": "41200", "site.insee": "01004"}, "site.postcode"),
        ({"site.departement": "41", "site.region": "84"}, "site.departement"),
    ],
)
def test_places_that_contradict_each_other(fault, given, names):
    one = fault(given)
    assert one.code == "P10"
    assert names in one.message("fr")
    assert names in one.message("en")


def test_a_contradiction_names_the_file(refused, tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text('site: {insee: "41194", region: "84"}', encoding="utf-8")
    ((code, place),) = refused(path)
    assert code == "P10"
    assert place.startswith(str(path))


def test_places_that_agree(catalogue):
    given = {"site.postcode": "41200", "site.insee": "41194", "site.departement": "41"}
    assert set(catalogue.profile({**given, "site.region": "24"}).values) >= set(given)


# -------------------------------------------------------------------------- answers of an authority


def answered(**answer):
    return {"authority": [answer]}


def test_an_answer_is_kept_with_its_place_and_its_date(catalogue):
    profile = catalogue.profile(
        {
            "authority": [
                {
                    "unknown": "essai/local_minimum",
                    "value": "120 k€",
                    "for": "24",
                    "on": "2026-05-04",
                },
                {"unknown": "essai/local_minimum", "value": {"min": 0, "max": 9}, "for": "Corse"},
                {"unknown": "essai/listed", "value": "oui", "given_by": "ADEME"},
            ]
        }
    )
    first, second = profile.answers["essai/local_minimum"]
    assert (first.value, first.holds_for, first.on) == (span(120_000), "24", DAY)
    assert (second.value, second.holds_for, second.on) == (span(0, 9), "94", None)
    assert profile.answers["essai/listed"][0].value == options(True)
    assert profile.values == {}


@pytest.mark.parametrize("raw", [None, [], ()])
def test_no_answer_at_all(catalogue, raw):
    assert catalogue.profile({"authority": raw}).answers == {}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"unknown": "essai/listedd", "value": True}, "P13"),
        ({"unknown": "listed", "value": True}, "P13"),
        ({"unknown": "x" * 5_000, "value": True}, "P13"),
        ({"unknown": "essai/listed"}, "P16"),
        ({"unknown": "essai/listed", "value": None}, "P16"),
        ({"unknown": "essai/listed", "value": "unknown"}, "P16"),
        ({"unknown": 3, "value": True}, "P16"),
        ({"value": True}, "P16"),
        ({}, "P16"),
        ({"unknown": "essai/listed", "value": True, "on": "2026-02-30"}, "P16"),
        ({"unknown": "essai/listed", "value": True, "date": "2026-02-03"}, "P16"),
        ({"unknown": "essai/listed", "value": "peut-être"}, "P02"),
        ({"unknown": "essai/local_minimum", "value": "beaucoup", "for": "24"}, "P02"),
        ({"unknown": "essai/local_minimum", "value": 500_000, "for": "24"}, "P03"),
        ({"unknown": "essai/local_minimum", "value": 1}, "P16"),
        ({"unknown": "essai/local_minimum", "value": 1, "for": None}, "P16"),
        ({"unknown": "essai/local_minimum", "value": 1, "for": {"one_of": ["24", "94"]}}, "P16"),
        ({"unknown": "essai/local_minimum", "value": 1, "for": "999"}, "P06"),
    ],
)
def test_an_answer_that_cannot_be_used(refused, answer, code):
    assert [found for found, _ in refused({"authority": [answer]})] == [code]


@pytest.mark.parametrize(
    "raw", ["essai/listed", {"unknown": "essai/listed"}, 3, True, ["essai"], [[]]]
)
def test_what_is_not_a_list_of_answers(refused, raw):
    assert [code for code, _ in refused({"authority": raw})] == ["P16"]


def test_a_region_of_json_may_be_a_number(catalogue):
    text = b'{"authority": [{"unknown": "essai/local_minimum", "value": 5, "for": 24}]}'
    (answer,) = catalogue.profile(text).answers["essai/local_minimum"]
    assert answer.holds_for == "24"


def test_two_answers_to_one_question(refused):
    twice = [{"unknown": "essai/listed", "value": held} for held in (True, False)]
    assert [code for code, _ in refused({"authority": twice})] == ["P16"]


# ----------------------------------------------------------------------------- files that are wrong


def test_files_that_cannot_be_read(refused, tmp_path):
    assert refused(tmp_path) == [("Y01", str(tmp_path))]
    assert refused(tmp_path / "absent.yaml") == [("Y01", str(tmp_path / "absent.yaml"))]
    assert refused("{}") == [("Y01", "{}")]


@pytest.mark.parametrize(
    ("raw", "codes"),
    [
        pytest.param(b"", ["Y10"], id="empty"),
        pytest.param(b" \n", ["Y10"], id="spaces"),
        pytest.param(b"null", ["Y10"], id="null"),
        pytest.param(b'{"a":', ["Y04"], id="broken JSON"),
        pytest.param(b'{"applicant.headcount": 3', ["Y04"], id="open JSON"),
        pytest.param(b"[" * 100_000, ["Y05"], id="100 000 brackets"),
        pytest.param(b'{"a":' * 100_000, ["Y05"], id="100 000 braces"),
        pytest.param(
            b'{"a": ' + b"[" * 900 + b"]" * 900 + b"}", ["Y05"], id="900 brackets, closed"
        ),
        pytest.param(b'{"about": "' + b"x" * 1_000_000 + b'"}', ["Y02"], id="large JSON"),
        pytest.param(b"about: " + b"x" * 1_000_000, ["Y02"], id="large YAML"),
        pytest.param('{"about": "x"}'.encode("utf-16"), ["Y03"], id="UTF-16"),
        pytest.param("about: été".encode("cp1252"), ["Y03"], id="Windows-1252"),
        pytest.param('{"about": "été"}'.encode("cp1252"), ["Y03"], id="JSON in Windows-1252"),
        pytest.param(b"a: &x 1\nb: *x", ["Y07"], id="alias"),
        pytest.param(b"a: !!python/name:os.system ''", ["Y08"], id="tag"),
        pytest.param(b"a: 1\n---\nb: 2", ["Y09"], id="two documents"),
        pytest.param(b"applicant.kind\x00: epci", ["Y04"], id="NUL"),
        pytest.param(b"\xff\xfe\x00", ["Y03"], id="binary"),
    ],
)
def test_text_that_cannot_be_read(refused, raw, codes, tmp_path):
    begun = time.perf_counter()
    assert [code for code, _ in refused(raw)] == codes
    path = tmp_path / "profile"
    path.write_bytes(raw)
    assert [code for code, _ in refused(path)] == codes
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize("nested", [False, True])
def test_too_many_facts(refused, nested):
    many = {f"headcounts_{n}": 1 for n in range(1_001)}
    source = {"applicant": many} if nested else {f"applicant.{k}": 1 for k in many}
    begun = time.perf_counter()
    assert [code for code, _ in refused(source)] == ["P17"]
    assert time.perf_counter() - begun < 2


def test_many_mistakes_cost_little(catalogue):
    source = {f"applicant.headcounts_{n}": 1 for n in range(900)}
    begun = time.perf_counter()
    with pytest.raises(ProfileError) as raised:
        catalogue.profile(source)
    assert len(raised.value.diagnostics) == 900
    assert time.perf_counter() - begun < 3
    assert len(raised.value.render("fr").splitlines()) < 250


@pytest.mark.parametrize("raw", ["\x1b[31mrouge", "a\nb\nc", "a\u202eb", "\x07", "\ud800"])
def test_a_message_echoes_no_control_character(fault, raw):
    for source in ({"applicant.kind": raw}, {raw: 1}, {"site.insee": raw}):
        for lang in LANGUAGES:
            text = fault(source).render(lang)
            assert all(char.isprintable() or char == "\n" for char in text)
            assert text.count("\n") == 1


# ------------------------------------------------------------------------------------------ privacy


def test_the_representation_of_a_profile_leaks_nothing(catalogue):
    profile = catalogue.profile(
        {
            "about": "Dupont",
            "applicant.siren": "732 829 320",
            "applicant.headcount": 4321,
            "site.insee": "75108",
            "applicant.kind": "declined",
            "authority": [{"unknown": "essai/listed", "value": True}],
        }
    )
    for shown in (repr(profile), str(profile), f"{profile}", format(profile)):
        for secret in ("Dupont", "732", "4321", "75056", "75108", "siren", "kind", "essai", "True"):
            assert secret not in shown


# ----------------------------------------------------------------------------------------- anything

KEYS = ["applicant.kind", "applicant.headcount", "site.insee", "applicant.siren", "site.siret"]
KEYS += ["applicant.created_on", "project.covered_by", "project.eligible_cost_eur", "site.postcode"]
KEYS += ["project.firm_commitment_date", "applicant.legal_person", "about", "authority", "x"]
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["none", "declined", "unknown", "41194", "epci", "2026-05-04", "12 k€"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["min", "max", "one_of", "declined", "unknown", "value", "for", "insee"]
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


def outcome(catalogue, source):
    """The profile, or the error that refuses it; anything else is a bug."""
    try:
        return catalogue.profile(source)
    except ProfileError as error:
        return error


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4))
def test_anything_is_read_or_refused(catalogue, source):
    read = outcome(catalogue, source)
    if isinstance(read, ProfileError):
        assert read.diagnostics
        assert all(read.render(lang) for lang in LANGUAGES)
    else:
        assert all(key in catalogue.facts for key in read.values)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=60), st.text(max_size=60).map(lambda t: t.encode("utf-8", "replace"))
    )
)
def test_any_bytes_are_read_or_refused(catalogue, raw):
    read = outcome(catalogue, raw)
    assert isinstance(read, Profile) or read.render("fr")
