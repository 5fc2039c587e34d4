"""What is said of the communes around, once somebody asks, and why is nothing?"""

import pytest

from matcher import Catalogue, Outcome
from matcher.answers.elsewhere_ground import ground_of
from matcher.answers.elsewhere_words import told
from matcher.answers.nearest_change_trial import Trial
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at

ON = "2026-05-04"
COMMUNES = """insee,name,group,departement
10001,Alpha,G1,10
10002,Bêta,G1,10
10003,Gamma,G2,10
10004,Delta,G2,10
20001,Oméga,G1,20
20002,Île,,20
30001,Loin,G3,30
"""
TABLE = """
table: {name}
title: {{fr: "Inventé", en: "Made up"}}
source: {{title: "Inventé", read_on: "2026-11-22"}}
licence: "aucune"
vintage: "aucun"
complete: true
key: {key}
columns: {columns}
refresh: "à la main"
"""
FACTS = """
facts:
  applicant.kind:
    type: choice
    label: {fr: "Demandeur", en: "Applicant"}
    choices: {societe: {fr: "Société", en: "Company"}, commune: {fr: "Commune", en: "Commune"}}
  site.insee:
    type: code
    codes: communes
    label: {fr: "Commune", en: "Commune"}
    elsewhere:
      near:
        - {column: group, codes: groups, states: {fr: "du même groupe", en: "of the same group"}}
        - column: departement
          codes: departements
          states: {fr: "du même dép.", en: "of the same dép."}
      unless: {fact: applicant.kind, values: [commune]}
      forgets: [site.polluted]
  site.postcode: {type: code, codes: posts, label: {fr: "Code postal", en: "Postcode"}}
  site.departement: {type: code, codes: departements, label: {fr: "Dép.", en: "Dép."}}
  site.zone: {type: boolean, label: {fr: "En zone", en: "In the zone"}}
  site.polluted: {type: boolean, label: {fr: "Pollué", en: "Polluted"}}
  applicant.in_zone: {type: boolean, label: {fr: "Chez soi en zone", en: "At home in the zone"}}
  plan.cost_eur: {type: euros, min: 0, max: 1000000, label: {fr: "Coût", en: "Cost"}}
"""
LOOKUPS = {
    "site.insee": "{table: posts, key: site.postcode, column: communes}",
    "site.departement": "{table: communes, key: site.insee, column: departement}",
    "site.zone": "{table: zones, key: site.insee, column: member, absent: false}",
    "applicant.in_zone": "{table: zones, key: site.insee, column: member, absent: false}",
}
DERIVED = "derived:\n" + "\n".join(
    f"  - {{fact: {fact}, states: {{fr: A, en: A}}, lookup: {lookup}}}"
    for fact, lookup in LOOKUPS.items()
)
SCHEME = """
id: essai
language: 1
name: {{fr: "Essai", en: "Trial"}}
summary: {{fr: "Inventé.", en: "Made up."}}
operators: [ademe]
audience: [societe]
confidence: high
sources:
  S1: {{title: "Texte inventé", read_on: "2026-11-22"}}
editions:
  - {{id: "2026", opens: "2026-01-01", closes: "2026-12-31", source: S1}}
criteria:
  all:
{criteria}
"""
TABLES = {
    "communes": ("insee", "{name: text, group: code, departement: code}", COMMUNES),
    "groups": ("code", "{name: text}", "code,name\nG1,Un\nG2,Deux\nG3,Trois\n"),
    "departements": ("code", "{name: text}", "code,name\n10,Dix\n20,Vingt\n30,Trente\n"),
    "posts": ("post", "{communes: code}", "post,communes\n01000,10001|10002\n02000,20002\n"),
}


@pytest.fixture(scope="module")
def world(root, tmp_path_factory):
    """A catalogue of one scheme, whose tests must all hold, with some communes in the zone."""

    def made(tests, zone, facts=FACTS):
        folder = tmp_path_factory.mktemp("world")
        rules = folder / "rules"
        for name in ("schemes", "derived", "sets", "reference"):
            (rules / name).mkdir(parents=True)
        (folder / "profiles" / "facts").mkdir(parents=True)
        good = root / "tests" / "bad" / "good" / "rules" / "sets" / "common.yaml"
        text = good.read_text(encoding="utf-8").split("sets:")[0]
        (rules / "sets" / "common.yaml").write_text(text, encoding="utf-8")
        (folder / "profiles" / "facts" / "facts.yaml").write_text(facts, encoding="utf-8")
        (rules / "derived" / "facts.yaml").write_text(DERIVED, encoding="utf-8")
        rows = "".join(f"{code},{cell}\n" for code, cell in sorted(zone.items()))
        tables = {**TABLES, "zones": ("insee", "{member: boolean}", f"insee,member\n{rows}")}
        for name, (key, columns, csv) in tables.items():
            described = TABLE.format(name=name, key=key, columns=columns)
            (rules / "reference" / f"{name}.yaml").write_text(described, encoding="utf-8")
            (rules / "reference" / f"{name}.csv").write_text(csv, encoding="utf-8")
        criteria = "\n".join(
            f"    - {{id: c{n}, states: {{fr: Un, en: One}}, source: S1, test: '{test}'}}"
            for n, test in enumerate(tests)
        )
        scheme = SCHEME.format(criteria=criteria)
        (rules / "schemes" / "essai.yaml").write_text(scheme, encoding="utf-8")
        return Catalogue(load_content(layout_at(rules))[0])

    return made


def asked(catalogue, **given):
    facts = {key.replace("__", "."): value for key, value in given.items()}
    return catalogue.match(facts, ON).elsewhere


def names(offer):
    return [place.name for place in offer.places]


IN_GAMMA = {"10003": "true", "10004": "true|false", "20001": "true"}


def test_the_nearest_area_with_such_a_place_is_the_one_offered(world):
    catalogue = world(["site.zone"], {"10002": "true", **IN_GAMMA})
    (one,) = asked(catalogue, site__insee="10001").schemes
    assert one.area.names == ("Un",)
    assert [(offer.outcome, names(offer)) for offer in one.offers] == [
        (Outcome.ELIGIBLE, ["Bêta", "Oméga"])
    ]
    assert one.text.fr == "éligible dans chacune des 2 autres communes du même groupe (Un)"
    assert one.text.en == "eligible in each of the 2 other communes of the same group (Un)"


def test_the_next_area_is_looked_at_where_the_nearest_has_none(world):
    catalogue = world(["site.zone"], {"10003": "true", "10004": "true|false"})
    (one,) = asked(catalogue, site__insee="10001").schemes
    sure, unsure = one.offers
    assert (sure.outcome, names(sure), sure.to_clarify) == (Outcome.ELIGIBLE, ["Gamma"], ())
    assert (unsure.outcome, names(unsure)) == (Outcome.UNDETERMINED, ["Delta"])
    assert unsure.to_clarify == ("site.zone",)
    assert one.text.fr == (
        "éligible dans 1 commune du même dép. (Dix) : Gamma ; "
        "à préciser dans 1 commune du même dép. (Dix) : Delta ; "
        "à vérifier sur place : «\u00a0En zone\u00a0»"
    )


def test_without_the_nearest_area_the_next_one_serves(world):
    catalogue = world(["site.zone"], {"20001": "true"})
    (one,) = asked(catalogue, site__insee="20002").schemes
    assert one.text.en == ("eligible in the only other commune of the same dép. (Vingt): Oméga")


def test_what_is_told_of_the_present_place_is_forgotten(world):
    """A given département or postcode would contradict a commune next door."""
    catalogue = world(["site.zone"], {"20001": "true"})
    found = asked(
        catalogue, site__insee="10001", site__departement="10", site__postcode="01000",
        site__zone=False,
    )  # fmt: skip
    assert found.forgotten == ("site.departement", "site.postcode", "site.zone")
    assert [names(offer) for offer in found.schemes[0].offers] == [["Oméga"]]


def test_a_place_known_by_its_postcode_alone_will_do(world):
    catalogue = world(["site.zone"], {"20001": "true"})
    found = asked(catalogue, site__postcode="01000")
    assert [place.code for place in found.here] == ["10001", "10002"]
    assert [names(offer) for offer in found.schemes[0].offers] == [["Oméga"]]


def test_nothing_is_promised_on_what_no_table_tells(world):
    """Said of the present plot: eligible in the zone is not known elsewhere."""
    catalogue = world(["site.zone", "not site.polluted"], {"10002": "true"})
    found = asked(catalogue, site__insee="10001", site__polluted=False)
    (offer,) = found.schemes[0].offers
    assert (offer.outcome, offer.to_clarify) == (Outcome.UNDETERMINED, ("site.polluted",))
    assert found.forgotten == ("site.polluted",)


def test_what_no_table_tells_is_named_where_it_holds_the_scheme(world):
    catalogue = world(["site.polluted"], {})
    (one,) = asked(catalogue, site__insee="10001", site__polluted=False).schemes
    assert (one.offers, one.reason, one.holding) == ((), "not_known", ("site.polluted",))
    assert "Polluted" in one.text.en


def test_the_reason_is_given_where_there_is_no_such_place(world):
    catalogue = world(["site.zone", "plan.cost_eur >= 10"], {"30001": "true"})
    (one,) = asked(catalogue, site__insee="10001").schemes
    assert one.reason == "none_near"
    assert one.text.fr == (
        "aucune commune du même groupe (Un) ni du même dép. (Dix) n'y changerait la réponse"
    )
    (one,) = asked(catalogue, site__insee="10001", plan__cost_eur=5).schemes
    assert one.reason == "not_place"


def test_a_zone_of_the_applicant_does_not_move_with_the_site(world):
    """Given for the applicant, it stays: the commune next door would contradict it."""
    catalogue = world(["site.zone"], {"10002": "true"})
    (one,) = asked(catalogue, site__insee="10001", applicant__in_zone=False).schemes
    assert one.reason == "none_near"


def test_nowhere_is_looked_at_without_a_place_that_could_be_another(world):
    catalogue = world(["site.zone"], {"10002": "true"})
    assert asked(catalogue).reason == "unknown"
    territory = asked(catalogue, site__insee="10001", applicant__kind="commune")
    assert (territory.reason, territory.schemes) == ("bound", ())
    either = {"one_of": ["commune", "societe"]}
    assert asked(catalogue, site__insee="10001", applicant__kind=either).offered
    start, end = FACTS.index("    elsewhere:"), FACTS.index("  site.postcode")
    silent = world(["site.zone"], {"10002": "true"}, FACTS[:start] + FACTS[end:])
    assert asked(silent, site__insee="10001").reason == "not_declared"
    for found in (asked(catalogue), territory, asked(silent, site__insee="10001")):
        assert found.text.fr
        assert found.text.en


def test_a_scheme_that_is_not_refused_is_not_looked_for(world):
    catalogue = world(["site.zone"], {"10001": "true", "10002": "true"})
    assert asked(catalogue, site__insee="10001").schemes == ()
    report = catalogue.match({"site.insee": "10001"}, ON)
    assert not report.place_matters


# ------------------------------------------------------------------------------- the shipped tables
@pytest.fixture(scope="module")
def company():
    return {"applicant.kind": "entreprise_privee", "applicant.headcount": 42}


def test_only_communes_in_force_are_offered(shipped, company):
    """Arrondissements, merged communes and former codes lead to a commune: they are none."""
    tables = shipped.content.tables
    former, now = set(tables["commune_aliases"].keys()), set(tables["communes"].keys())
    for code in ("49007", "62009", "75056"):
        found = shipped.match({**company, "site.insee": code}, ON).elsewhere
        offered = {place.code for one in found.offered for place in one.places}
        assert offered
        assert offered <= now - former - {code}


def test_greater_paris_begins_with_its_territorial_body(shipped, company):
    report = shipped.match({**company, "site.insee": "94081"}, ON)
    areas = list(ground_of(shipped.content, report.decisions[0].facts).areas())
    assert [area.near.column for area in areas] == ["ept", "epci", "departement"]
    assert len(areas[0].codes) < len(areas[1].codes)


def test_places_that_read_alike_are_judged_once(shipped, company, monkeypatch):
    """A département of 890 communes answers as fast as one of ten."""
    judged = []
    plain = Trial.supposing

    def counting(self, facts, touched):
        judged.append(1)
        return plain(self, facts, touched)

    monkeypatch.setattr(Trial, "supposing", counting)
    found = shipped.match({**company, "site.insee": "62009"}, ON).elsewhere
    assert found.offered[0].area.near.column == "departement"
    assert len(found.offered[0].area.codes) > 800
    assert len(judged) < 200


def test_the_report_is_the_same_whether_one_asks_or_not(shipped, company):
    report = shipped.match({**company, "site.insee": "49007"}, ON)
    before = report.to_json()
    asked_for = report.to_dict(elsewhere=True)
    assert report.to_json() == before
    assert "elsewhere" not in report.to_dict()
    assert {key: value for key, value in asked_for.items() if key != "elsewhere"} == (
        report.to_dict()
    )


def test_places_are_named_once(shipped, company):
    report = shipped.match({**company, "site.insee": "49007"}, ON)
    said = told(report)
    assert len(said.lines) > 2
    whole = " ".join(text.fr for _, text in said.lines)
    assert whole.count("Angrie") < len(said.lines)
    assert "dans les mêmes communes (" in whole
    texts = [*said.before, *said.after, *(text for line in said.lines for text in line)]
    assert all(text.fr and text.en and "{" not in text.fr + text.en for text in texts)
