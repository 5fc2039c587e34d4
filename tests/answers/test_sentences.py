"""Does each kind of test say in French and in English what it wants?

`wants` is read off the rule itself; here each rule is written as an author writes it.
"""

import json
import re

import pytest

from matcher.answers.decisions import speaker_of
from matcher.language.tree import Fact, Member

CONTEXT = """
parameters:
  minimum: {type: euros, default: 250000}
  share: {type: number, default: 0.35}
unknowns:
  local: {type: euros, states: {fr: "Seuil local", en: "Local minimum"}, ask: prefet}
  waiver: {type: boolean, states: {fr: "Dérogation accordée", en: "Waiver granted"}, ask: prefet}
define:
  rate:
    type: number
    first:
      - {when: applicant.headcount < 50, then: 0.30}
      - {otherwise: 0.15}
criteria:
  all:
"""
# Narrow and no-break spaces are shown as `_` and `~`.
SAID = {
    # amounts and numbers
    "project.cost_eur >= 400_000": (
        "Coût du projet : au moins 400_000~€",
        "Cost of the project: at least €400,000",
    ),
    "400_000 <= project.cost_eur": (
        "Coût du projet : au moins 400_000~€",
        "Cost of the project: at least €400,000",
    ),
    "100_000 < project.cost_eur <= 3_000_000": (
        "Coût du projet : plus de 100_000~€ ; et Coût du projet : au plus 3_000_000~€",
        "Cost of the project: more than €100,000; and Cost of the project: at most €3,000,000",
    ),
    "project.cost_eur < 12.5": (
        "Coût du projet : moins de 12,50~€",
        "Cost of the project: less than €12.50",
    ),
    "project.cost_eur == 1": (
        "Coût du projet : exactement 1~€",
        "Cost of the project: exactly €1",
    ),
    "project.cost_eur != 1": (
        "Coût du projet : autre que 1~€",
        "Cost of the project: other than €1",
    ),
    "project.cost_eur >= minimum": (
        "Coût du projet : au moins 250_000~€",
        "Cost of the project: at least €250,000",
    ),
    "project.cost_eur >= local": (
        "Coût du projet : au moins Seuil local",
        "Cost of the project: at least Local minimum",
    ),
    "applicant.headcount > 1": (
        "Effectif : plus de 1~personne",
        "Headcount: more than 1 person",
    ),
    "applicant.headcount in [1, 2]": ("Effectif : 1 ou 2", "Headcount: 1 or 2"),
    "0.35 * project.cost_eur >= 1000": (
        "35~% × Coût du projet : au moins 1_000~€",
        "35% × Cost of the project: at least €1,000",
    ),
    "share * project.cost_eur >= 1000": (
        "35~% × Coût du projet : au moins 1_000~€",
        "35% × Cost of the project: at least €1,000",
    ),
    # dates
    'applicant.created_on >= "2026-03-01"': (
        "Date de création : à partir du 1er mars 2026",
        "Date of creation: on or after 1 March 2026",
    ),
    'applicant.created_on <= "2026-03-01"': (
        "Date de création : au plus tard le 1er mars 2026",
        "Date of creation: on or before 1 March 2026",
    ),
    'applicant.created_on < "2026-03-12"': (
        "Date de création : avant le 12 mars 2026",
        "Date of creation: before 12 March 2026",
    ),
    'applicant.created_on > "2026-03-12"': (
        "Date de création : après le 12 mars 2026",
        "Date of creation: after 12 March 2026",
    ),
    'applicant.created_on == "2020-01-01"': (
        "Date de création : le 1er janvier 2020",
        "Date of creation: on 1 January 2020",
    ),
    # choices, codes, booleans
    'applicant.kind == "societe"': ("Nature du demandeur : Société", "Kind of applicant: Company"),
    'applicant.kind in ["societe", "association"]': (
        "Nature du demandeur : Association ou Société",
        "Kind of applicant: Association or Company",
    ),
    'applicant.kind not in ["societe", "association"]': (
        "Nature du demandeur : ni Association ni Société",
        "Kind of applicant: neither Association nor Company",
    ),
    'site.region in ["11", "24"]': (
        "Région du site : Île-de-France (11) ou Centre-Val de Loire (24)",
        "Region of the site: Île-de-France (11) or Centre-Val de Loire (24)",
    ),
    'site.insee == "41194"': (
        "Commune du site : Romorantin-Lanthenay (41194)",
        "Commune of the site: Romorantin-Lanthenay (41194)",
    ),
    "site.polluted": ("Sol pollué : oui", "Polluted soil: yes"),
    "not site.polluted": ("Sol pollué : non", "Polluted soil: no"),
    "waiver": ("Dérogation accordée : oui", "Waiver granted: yes"),
    # none
    "project.ordered_on is none": (
        "Date de commande : Rien n'est commandé",
        "Date of the order: Nothing is ordered",
    ),
    "project.ordered_on is not none": (
        "Date de commande : pas « Rien n'est commandé »",
        "Date of the order: not “Nothing is ordered”",
    ),
    # sets of choices
    'disjoint(project.covered_by, ["france_2030", "fonds_vert"])': (
        "Autres aides : ni Fonds vert ni France 2030",
        "Other support: neither Green fund nor France 2030",
    ),
    'subset(project.covered_by, ["france_2030"])': (
        "Autres aides : seulement France 2030",
        "Other support: only France 2030",
    ),
    'includes(project.covered_by, ["france_2030", "fonds_vert"])': (
        "Autres aides : Fonds vert et France 2030",
        "Other support: Green fund and France 2030",
    ),
    # connectives
    "site.polluted or applicant.headcount >= 3": (
        "Sol pollué : oui ; ou Effectif : au moins 3~personnes",
        "Polluted soil: yes; or Headcount: at least 3 people",
    ),
    "site.polluted and (applicant.headcount > 3 or project.cost_eur > 1)": (
        "Sol pollué : oui ; et (Effectif : plus de 3~personnes ; ou Coût du projet : plus de 1~€)",
        (
            "Polluted soil: yes; and (Headcount: more than 3 people; "
            "or Cost of the project: more than €1)"
        ),
    ),
    "at_least(2, site.polluted, applicant.headcount > 3, project.cost_eur > 1)": (
        (
            "au moins 2 parmi : Sol pollué : oui ; Effectif : plus de 3~personnes ; "
            "Coût du projet : plus de 1~€"
        ),
        (
            "at least 2 of: Polluted soil: yes; Headcount: more than 3 people; "
            "Cost of the project: more than €1"
        ),
    ),
    "not (site.polluted and applicant.headcount > 3)": (
        "il n'est pas vrai que (Sol pollué : oui ; et Effectif : plus de 3~personnes)",
        "it is not true that (Polluted soil: yes; and Headcount: more than 3 people)",
    ),
    "not project.cost_eur < 5": (
        "Coût du projet : au moins 5~€",
        "Cost of the project: at least €5",
    ),
}
# What has more than one good wording: what it must, and must not, hold.
NOT_SO = {
    "applicant.created_on > add_months(as_of, -24)": (["24~mois"], ["×", "+ −", "−1"]),
    "applicant.created_on <= as_of": (["à la date de la question"], [" à date"]),
    'disjoint(project.covered_by, ["france_2030"])': (["France 2030"], [" ni "]),
    'overlaps(project.covered_by, ["france_2030", "fonds_vert"])': (
        ["Fonds vert", "France 2030"],
        ["au moins Fonds", "au moins France"],
    ),
    "project.cost_eur >= between(10, 20)": (["10", "20"], ["au moins entre"]),
    "project.cost_eur - 1000 >= 5": (["1_000~€", "5~€"], []),
    "min(project.cost_eur, 4) >= 2": (["4~€", "2~€"], []),
    "-(project.cost_eur) <= -3": (["3~€"], ["×"]),
    "rate * project.cost_eur >= 3": (["("], ["sinon 0,15 ×"]),
    "project.cost_eur >= 0.35 * 100_000": (["35~%", "100_000~€"], []),
    "years_since(applicant.created_on) < 1": (["moins de 1~an"], ["depuis : Date"]),
}
IN_ENGLISH = {
    "applicant.created_on <= as_of": (["the date of the question"], []),
    "applicant.headcount < 250": (["250 people"], ["less than"]),
    'disjoint(project.covered_by, ["france_2030"])': (["France 2030"], ["neither"]),
    "max(project.cost_eur, 4, 5) >= 2": (["€4", "€5"], [" ;"]),
    "years_since(applicant.created_on) >= 2": (["2 years"], ["since: "]),
}


@pytest.fixture(scope="module")
def wants(catalogue_of):
    """What each test of this file wants, in words."""
    tests = list(dict.fromkeys([*SAID, *NOT_SO, *IN_ENGLISH]))
    lines = [
        f'    - {{id: c{i}, states: {{fr: "F", en: "E"}}, test: {json.dumps(test)}, source: S1}}'
        for i, test in enumerate(tests)
    ]
    catalogue = catalogue_of({"sentences": CONTEXT + "\n".join(lines)})
    (decision,) = catalogue.match({}, "2026-05-04").decisions
    shown = (
        (c.wants.fr.replace("\u202f", "_").replace("\u00a0", "~"), c.wants.en)
        for c in decision.criteria
    )
    return dict(zip(tests, shown, strict=True))


@pytest.mark.parametrize("test", SAID)
def test_what_a_test_wants(wants, test):
    assert wants[test] == SAID[test]


@pytest.mark.parametrize("test", NOT_SO)
def test_what_a_test_wants_is_good_french(wants, test):
    said = wants[test][0]
    holds, never = NOT_SO[test]
    assert all(part in said for part in holds), said
    assert not [part for part in never if part in said], said


@pytest.mark.parametrize("test", IN_ENGLISH)
def test_what_a_test_wants_is_good_english(wants, test):
    said = wants[test][1]
    holds, never = IN_ENGLISH[test]
    assert all(part in said for part in holds), said
    assert not [part for part in never if part in said], said


def test_many_possible_choices_are_counted(shipped):
    kinds = [choice for choice, _ in shipped.fact("applicant.kind").choices]
    assert len(kinds) > 12
    told = {}
    for count in (12, 13):
        given = {"applicant.kind": {"one_of": kinds[:count]}}
        (decision,) = shipped.match(given, "2026-05-04", ["vta"]).decisions
        values = [v.value for c in decision.criteria for v in c.values]
        told[count] = next(text for text in values if text.fr != "non renseigné")
    assert " ou " in told[12].fr
    assert (told[13].fr, told[13].en) == ("13 possibilités", "13 possibilities")


def test_the_end_of_a_long_list_is_counted(shipped):
    """`Bretagne (53), … ou 3 autres`; one more is written out, or said in the singular."""
    wanted = {
        criterion.wants
        for decision in shipped.match({}, "2026-05-04").decisions
        for criterion in decision.criteria
    }
    regions = sorted(shipped.content.tables["regions"].keys())[:15]
    said = speaker_of(shipped.content).test(Member(Fact("site.region"), frozenset(regions)))
    assert said.fr.endswith(" ou 3 autres")
    assert not [text.fr for text in wanted if re.search(r"\b1 autres", text.fr)]
    assert not [text.en for text in wanted if re.search(r"\b1 others", text.en)]


# ------------------------------------------------------------------------------------ what is known

KNOWN = [
    ("applicant.headcount", 85, "85~personnes", "85 people"),
    ("applicant.headcount", {"min": 50, "max": 99}, "entre 50~personnes et 99~personnes", None),
    ("applicant.headcount", {"min": 50}, "au moins 50~personnes", "at least 50 people"),
    ("applicant.headcount", {"max": 9}, "au plus 9~personnes", "at most 9 people"),
    ("applicant.headcount", None, "non renseigné", "not given"),
    ("project.cost_eur", "400000.50", "400_000,50~€", "€400,000.50"),
    ("applicant.created_on", "2026-03-01", "1er mars 2026", "1 March 2026"),
    ("project.ordered_on", "none", "Rien n'est commandé", "Nothing is ordered"),
    ("applicant.kind", "societe", "Société", "Company"),
    ("applicant.kind", {"one_of": ["societe", "commune"]}, "Commune ou Société", None),
    ("project.covered_by", [], "aucun", "none"),
    ("project.covered_by", ["france_2030", "fonds_vert"], "Fonds vert et France 2030", None),
    ("site.region", "24", "Centre-Val de Loire (24)", "Centre-Val de Loire (24)"),
    ("site.polluted", False, "non", "no"),
    ("site.polluted", {"one_of": [True, False]}, "non ou oui", "no or yes"),
]
READS = {
    "applicant.headcount": "applicant.headcount > 5000",
    "project.cost_eur": "project.cost_eur > 900_000_000",
    "applicant.created_on": 'applicant.created_on > "2030-01-01"',
    "project.ordered_on": "project.ordered_on is not none",
    "applicant.kind": 'applicant.kind in ["association"]',
    "project.covered_by": 'includes(project.covered_by, ["france_2030", "fonds_vert"])',
    "site.region": 'site.region == "11"',
    "site.polluted": "site.polluted",
}


@pytest.fixture(scope="module")
def reading(catalogue_of):
    lines = [
        f'    - {{id: c{i}, states: {{fr: "F", en: "E"}}, test: {json.dumps(test)}, source: S1}}'
        for i, test in enumerate(READS.values())
    ]
    return catalogue_of({"reading": "criteria:\n  all:\n" + "\n".join(lines)})


@pytest.mark.parametrize(("key", "given", "fr", "en"), KNOWN)
def test_what_is_known_of_a_fact(reading, key, given, fr, en):
    (decision,) = reading.match({key: given}, "2026-05-04").decisions
    (looked,) = decision.criteria[list(READS).index(key)].values
    assert looked.value.fr.replace("\u202f", "_").replace("\u00a0", "~") == fr
    if en is not None:
        assert looked.value.en == en
    assert looked.known is (given is not None and not isinstance(given, dict))
