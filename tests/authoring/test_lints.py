"""Does each lint see what it should, and leave alone what only looks like it?"""

import datetime
import time
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from matcher.authoring.lints.run import lint
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at, shipped
from matcher.cli import main
from matcher.language.messages import MESSAGES

DAY = "2026-11-22"

FACTS = """\
facts:
  applicant.kind:
    type: choice
    label: {fr: "Nature du demandeur", en: "Kind of applicant"}
    choices:
      societe: {fr: "Société", en: "Company"}
      association: {fr: "Association", en: "Association"}
      commune: {fr: "Commune", en: "Municipality"}
  applicant.siren: {type: code, check: siren, label: {fr: "Numéro SIREN", en: "SIREN number"}}
  applicant.headcount:
    type: integer
    unit: persons
    min: 0
    brackets: headcount_brackets
    label: {fr: "Effectif", en: "Headcount"}
  applicant.small: {type: boolean, label: {fr: "Petite entreprise", en: "Small enterprise"}}
  applicant.section: {type: code, nomenclature: naf, label: {fr: "Section", en: "Section"}}
  applicant.version:
    type: choice
    nomenclature: naf
    label: {fr: "Nomenclature du code", en: "Classification of the code"}
    choices: {old: {fr: "Ancienne", en: "Old"}, new: {fr: "Nouvelle", en: "New"}}
  project.cost_eur: {type: euros, min: 0, label: {fr: "Coût du projet", en: "Cost of the project"}}
  project.ordered_on:
    type: date
    label: {fr: "Date de commande", en: "Date of the order"}
    none: {fr: "Rien n'est commandé", en: "Nothing is ordered"}
  project.covered_by:
    type: set
    label: {fr: "Autres aides", en: "Other support"}
    choices: {etat: {fr: "État", en: "State"}, ville: {fr: "Ville", en: "City"}}
  site.region: {type: code, label: {fr: "Région du site", en: "Region of the site"}}
"""
DERIVED = """\
sources: {D1: {title: "Définitions", read_on: "2026-11-22"}}
derived:
  - fact: applicant.small
    states: {fr: "Moins de 50 personnes", en: "Fewer than 50 people"}
    source: D1
    test: applicant.headcount < 50
  - fact: applicant.version
    states: {fr: "Selon la date", en: "By the date"}
    source: D1
    first:
      - {when: as_of <= "2026-12-31", then: "old"}
      - {otherwise: "new"}
"""
SETS = """\
authorities:
  ademe: {name: {fr: "ADEME", en: "ADEME"}}
sets:
  metropole: {fact: site.region, values: ["11", "24"]}
nomenclatures:
  naf: {until: "2026-12-31", next: {fr: "NAF 2025", en: "NAF 2025"}, lasting: ["B", "C"]}
"""
SCHEME = """\
id: fonds-exemple
language: 1
name: {fr: "Fonds Exemple Vert", en: "Fonds Exemple Vert"}
summary: {fr: "Subvention inventée pour les essais.", en: "A grant made up for the tests."}
operators: [ademe]
audience: [societe]
confidence: high
sources:
  S1: {title: "Cahier des charges inventé", read_on: "2026-11-22"}
sets:
  funders: {fact: project.covered_by, values: ["etat"]}
parameters:
  minimum_cost: {type: euros, default: 100000}
unknowns:
  waiver: {type: boolean, states: {fr: "Dérogation", en: "Waiver"}, ask: ademe}
define:
  rate: {type: number, value: "0.30"}
editions:
  - {id: "2026", opens: "2026-04-01", closes: "2027-12-31", source: S1}
criteria:
  all:
    - id: kind
      states: {fr: "Le demandeur est privé", en: "The applicant is private"}
      test: applicant.kind in ["societe", "association"]
      source: S1
    - id: headcount
      states: {fr: "Moins de 250 personnes", en: "Fewer than 250 people"}
      test: applicant.headcount < 250
      source: S1
    - id: minimum-cost
      states: {fr: "Le projet coûte {minimum_cost}", en: "The project costs {minimum_cost}"}
      test: project.cost_eur >= minimum_cost
      source: S1
      discretion: {when: site.region in metropole, grants: waiver}
    - id: sector
      states: {fr: "L'activité est industrielle", en: "The activity is industrial"}
      test: applicant.section in ["B", "C"]
      source: S1
    - any:
        - id: not-ordered
          states: {fr: "Rien n'est commandé", en: "Nothing is ordered"}
          test: project.ordered_on is none
          source: S1
        - id: no-other-aid
          states: {fr: "L'État ne paie pas", en: "The State does not pay"}
          test: disjoint(project.covered_by, funders)
          source: S1
signals:
  - id: small
    favours: true
    states: {fr: "Petite entreprise", en: "Small enterprise"}
    test: applicant.small
    source: S1
  - id: manufacturing
    favours: true
    states: {fr: "Industrie", en: "Manufacturing"}
    test: applicant.section == "C" and applicant.version == "old" and site.region == "24"
    source: S1
aid:
  - id: grant
    form: grant
    states: {fr: "Subvention", en: "Grant"}
    when: applicant.kind == "societe"
    amount: rate * project.cost_eur
    basis: S1
"""
TABLE = """\
title: {fr: "Table inventée", en: "Made-up table"}
source: {title: "Table inventée", read_on: "2026-11-22"}
licence: "Licence Ouverte 2.0"
vintage: "2026"
complete: true
key: code
refresh: "à la main"
"""
BRACKETS = "code,low,high\n00,0,0\n01,1,49\n02,50,249\n03,250,499\n04,500,\n"
FILES = {
    "profiles/facts/facts.yaml": FACTS,
    "rules/derived/size.yaml": DERIVED,
    "rules/sets/common.yaml": SETS,
    "rules/schemes/fonds-exemple.yaml": SCHEME,
    "rules/reference/headcount_brackets.csv": BRACKETS,
    "rules/reference/headcount_brackets.yaml": "table: headcount_brackets\n"
    "columns: {low: integer, high: integer}\n" + TABLE,
    "rules/reference/naf.csv": "code,label\nB,Extraction\n",
    "rules/reference/naf.yaml": "table: naf\ncolumns: {label: text}\n" + TABLE,
}


@dataclass(frozen=True)
class Example:
    """A text of the catalogue above, what to write in its place, and what is then told."""

    code: str
    name: str
    text: str
    bad: str
    near: str


SIZE = "applicant.headcount < 250"
SECTOR = 'applicant.section in ["B", "C"]'
OTHER_AID = "disjoint(project.covered_by, funders)"
READ = 'S1: {title: "Cahier des charges inventé", read_on: "2026-11-22"}'
ORDERED = "test: project.ordered_on is none"
SUMMARY = '{fr: "Subvention inventée pour les essais.", en: "A grant made up for the tests."}'
ACCEPTS = 'accepts: [{warning: W06, at: headcount, because: {fr: "Le texte.", en: "The text."}}]\n'

EXAMPLES = [
    Example("W01", "headcount", SIZE, f"{SIZE} and applicant.headcount > 249", f"0 < {SIZE}"),
    Example(
        "W01",
        "sector",
        SECTOR,
        'applicant.section == "B" and applicant.section == "C"',
        'applicant.section == "B" or applicant.section == "C"',
    ),
    Example(
        "W01",
        "small",
        "test: applicant.small",
        "test: applicant.small and applicant.headcount >= 50",
        "test: applicant.small and applicant.headcount >= 1",
    ),
    Example("W01", "grant", '== "societe"', '== "commune"', '== "association"'),
    Example(
        "W01",
        "no-other-aid",
        OTHER_AID,
        f'{OTHER_AID} and includes(project.covered_by, ["etat", "ville"])',
        f'{OTHER_AID} and includes(project.covered_by, ["ville"])',
    ),
    Example(
        "W01",
        "not-ordered",
        ORDERED,
        "test: project.ordered_on is none and not (project.ordered_on is none or applicant.small)",
        'test: project.ordered_on is none or project.ordered_on > "2026-01-01"',
    ),
    Example("W02", "headcount", SIZE, "applicant.headcount >= 0", "applicant.headcount >= 1"),
    Example(
        "W02",
        "headcount",
        SIZE,
        "applicant.small or applicant.headcount >= 50",
        "applicant.small or applicant.headcount >= 500",
    ),
    Example(
        "W02",
        "no-other-aid",
        OTHER_AID,
        f'subset(project.covered_by, ["ville"]) or not {OTHER_AID}',
        f'subset(project.covered_by, ["etat"]) or not {OTHER_AID}',
    ),
    Example(
        "W03", "fonds-exemple", SECTOR, "applicant.headcount >= 250", "applicant.headcount >= 50"
    ),
    Example("W04", "sector", SECTOR, "applicant.headcount < 500", "applicant.headcount >= 50"),
    Example(
        "W04",
        "sector",
        SECTOR,
        "applicant.headcount < 500",
        "applicant.headcount < 500\n      overlaps_with: [headcount]",
    ),
    Example("W04", "not-ordered", ORDERED, f"test: project.ordered_on is none and {OTHER_AID}", ""),
    Example("W05", "sector", SECTOR, "applicant.headcount <= 249", "applicant.headcount >= 50"),
    Example("W06", "headcount", SIZE, "applicant.headcount <= 250", "applicant.headcount <= 249"),
    Example(
        "W06",
        "applicant.small",
        "test: applicant.headcount < 50",
        "test: 2 * applicant.headcount < 90",
        "test: 2 * applicant.headcount < 100",
    ),
    Example(
        "W06", "headcount", SIZE, "applicant.headcount in [0, 1]", "applicant.headcount in [0]"
    ),
    Example(
        "W07",
        "site.insee",
        "facts:\n",
        'facts:\n  site.insee: {type: code, label: {fr: "Commune", en: "Municipality"}}\n',
        'facts:\n  site.siret: {type: code, check: siret, label: {fr: "SIRET", en: "SIRET"}}\n',
    ),
    Example("W08", "rate", "amount: rate * project", "amount: 0.30 * project", ""),
    Example("W08", "waiver", "grants: waiver", "grants: applicant.small", ""),
    Example("W08", "funders", OTHER_AID, 'disjoint(project.covered_by, ["etat"])', ""),
    Example("W08", "metropole", "site.region in metropole", "site.region == '11'", ""),
    Example(
        "W08",
        "minimum_cost",
        'states: {fr: "Le projet coûte {minimum_cost}", en: "The project costs {minimum_cost}"}'
        "\n      test: project.cost_eur >= minimum_cost",
        'states: {fr: "Le projet coûte 1 €", en: "The project costs €1"}'
        "\n      test: project.cost_eur >= 1",
        'states: {fr: "Le projet coûte {minimum_cost}", en: "The project costs {minimum_cost}"}'
        "\n      test: project.cost_eur >= 1",
    ),
    Example("W09", "S2", READ, f'{READ}\n  S2: {{title: "Autre", read_on: "2026-11-22"}}', ""),
    Example("W12", "sector", SECTOR, 'applicant.section in ["B", "F"]', 'applicant.section == "C"'),
    Example(
        "W12",
        "sector",
        SECTOR,
        'applicant.section in ["B", "F"]',
        'applicant.section in ["B", "F"]\n      only_when: applicant.version == "old"',
    ),
    Example(
        "W13",
        "summary",
        SUMMARY,
        '{fr: "Aide directe aux projets.", en: "Aide directe aux projets."}',
        '{fr: "Aide Industrie", en: "Aide Industrie"}',
    ),
    Example(
        "W13",
        "summary",
        SUMMARY,
        '{fr: "Prêt à taux nul.", en: "Prêt sans intérêt pour les projets."}',
        '{fr: "Prêt à taux nul.", en: "Loan of the “Banque pour les projets” at no interest."}',
    ),
    Example(
        "W13",
        "summary",
        SUMMARY,
        '{fr: "A loan for the projects of companies.", en: "A loan for companies."}',
        '{fr: "Un prêt aux entreprises (« Loan for the projects »).", en: "A loan."}',
    ),
    Example("W14", "headcount", "confidence: high\n", f"confidence: high\n{ACCEPTS}", ""),
]


def warnings(files, folder, on=DAY, path="rules"):
    """The code and the name of each warning on a small catalogue, and how many were accepted."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    layout, documents = layout_at(folder / path), {}
    content, _ = load_content(layout, documents)
    found = lint(content, documents, layout, datetime.date.fromisoformat(on).toordinal())
    return found.warnings, found.accepted


def with_text(text, other):
    """The files, a text of one of them being replaced."""
    holders = [name for name, whole in FILES.items() if text in whole]
    assert len(holders) == 1, f"{text!r} stands in {holders}"
    assert FILES[holders[0]].count(text) == 1, text
    return {**FILES, holders[0]: FILES[holders[0]].replace(text, other)}


def named(found):
    """The codes and names of some warnings."""
    return [(one.code, dict(one.parts)["name"]) for one in found]


def titled(example):
    return f"{example.code}-{example.bad[:40]}"


# ------------------------------------------------------------------------------------- the examples


def test_the_catalogue_of_the_examples_has_nothing_to_tell(tmp_path):
    assert warnings(FILES, tmp_path) == ((), 0)


@pytest.mark.parametrize("example", EXAMPLES, ids=titled)
def test_a_lint_sees_the_bad_example(example, tmp_path):
    found, _ = warnings(with_text(example.text, example.bad), tmp_path)
    assert named(found) == [(example.code, example.name)]
    for lang in ("fr", "en"):
        assert found[0].message(lang).endswith((".", ")"))
        assert found[0].fix(lang).endswith(".")
        assert "{" not in found[0].render(lang).replace("{minimum_cost}", "")


@pytest.mark.parametrize("example", [e for e in EXAMPLES if e.near], ids=titled)
def test_a_lint_leaves_alone_what_is_near(example, tmp_path):
    assert warnings(with_text(example.text, example.near), tmp_path) == ((), 0)


# -------------------------------------------------------------------------------------- on a date


def dated(read_on, closes="2027-12-31", also=""):
    """The files, with other dates."""
    scheme = SCHEME.replace("2026-11-22", read_on).replace("2027-12-31", closes) + also
    return {**FILES, "rules/schemes/fonds-exemple.yaml": scheme}


@pytest.mark.parametrize(
    ("on", "closes", "read_on", "told"),
    [
        ("2026-11-02", "2026-11-01", "2026-11-01", True),
        ("2026-11-01", "2026-11-01", "2026-11-01", False),  # the closing day is included
        ("2026-11-02", "2026-11-01", "2026-11-02", False),  # somebody looked since
        ("2026-11-02", "unknown", "2026-11-01", False),
        ("2099-11-02", "never", "2099-11-01", False),
    ],
)
def test_an_edition_that_expired_unnoticed(on, closes, read_on, told, tmp_path):
    found, _ = warnings(dated(read_on, closes), tmp_path, on)
    assert ("W10" in [one.code for one in found]) is told


def test_a_scheme_that_another_replaces_has_a_successor(tmp_path):
    files = dated("2026-10-01", "2026-11-01")
    other = SCHEME.replace("id: fonds-exemple", "id: fonds-voisin") + "replaces: [fonds-exemple]\n"
    files["rules/schemes/fonds-voisin.yaml"] = other
    assert named(warnings(files, tmp_path)[0]) == []


@pytest.mark.parametrize(
    ("on", "told"), [("2027-11-22", False), ("2027-11-23", True), ("2026-01-01", False)]
)
def test_sources_last_a_year(on, told, tmp_path):
    found, _ = warnings(dated("2026-11-22", "never"), tmp_path, on)
    names = [name for code, name in named(found) if code == "W11"]
    assert names == (["D1", "headcount_brackets", "naf", "S1"] if told else [])


def test_the_sources_of_a_scheme_that_is_over_need_no_further_reading(tmp_path):
    found, _ = warnings(dated("2026-11-22", "2026-10-31"), tmp_path, "2028-11-22")
    assert "S1" not in [name for _, name in named(found)]


def test_a_rule_that_ends_before_the_codes_change_keeps_its_meaning(tmp_path):
    files = dated("2026-11-22", "2026-12-31")
    scheme = files["rules/schemes/fonds-exemple.yaml"]
    files["rules/schemes/fonds-exemple.yaml"] = scheme.replace(SECTOR, 'applicant.section == "F"')
    assert named(warnings(files, tmp_path)[0]) == []


def test_a_computed_fact_may_change_meaning_too(tmp_path):
    small = "test: applicant.headcount < 50"
    files = with_text(small, 'test: applicant.section == "F" or applicant.headcount < 50')
    assert ("W12", "applicant.small") in named(warnings(files, tmp_path)[0])


# --------------------------------------------------------------------------- what an author accepts


def test_an_accepted_warning_is_counted_and_not_told(tmp_path):
    files = with_text(SIZE, "applicant.headcount <= 250")
    files["rules/schemes/fonds-exemple.yaml"] += ACCEPTS
    assert warnings(files, tmp_path) == ((), 1)


def test_checking_one_scheme_tells_nothing_of_the_other_files(tmp_path):
    files = with_text("facts:\n", 'facts:\n  a.b: {type: date, label: {fr: "Fin", en: "End"}}\n')
    assert named(warnings(files, tmp_path)[0]) == [("W07", "a.b")]
    one = "rules/schemes/fonds-exemple.yaml"
    (tmp_path / one).write_text(
        'id: fonds-exemple\nlanguage: 1\nname: {fr: "Un", en: "One"}\noperators: [ademe]\n'
        'summary: {fr: "Deux", en: "Two"}\naudience: []\nconfidence: low\n'
        'sources: {S1: {title: "Texte", read_on: "2026-11-22"}}\n'
        'criteria: {all: [{id: nobody, states: {fr: "Trois", en: "Three"}, test: false, '
        "source: S1}]}\n",
        encoding="utf-8",
    )
    assert named(warnings({}, tmp_path, path=one)[0]) == [("W01", "nobody")]


def test_a_warning_of_some_editions_names_them(tmp_path):
    files = with_text(
        'closes: "2027-12-31", source: S1}',
        'closes: "2026-12-31", source: S1}\n'
        '  - {id: "2027", opens: "2027-01-01", closes: "2027-12-31", source: S1}',
    )
    scheme = files["rules/schemes/fonds-exemple.yaml"]
    scheme = scheme.replace(
        "minimum_cost: {type: euros, default: 100000}",
        'limit: {type: integer, unit: persons, default: 250, by_edition: {"2027": 0}}',
    )
    scheme = scheme.replace("{minimum_cost}", "1 €").replace(">= minimum_cost", ">= 1")
    files["rules/schemes/fonds-exemple.yaml"] = scheme.replace(SIZE, "applicant.headcount < limit")
    found, _ = warnings(files, tmp_path)
    assert named(found) == [("W01", "headcount")]
    assert "(édition 2027)" in found[0].message("fr")
    assert "(edition 2027)" in found[0].message("en")


# ---------------------------------------------------------------------------- the shipped catalogue


@pytest.fixture(scope="module")
def ours():
    """The shipped catalogue and its texts."""
    documents = {}
    content, _ = load_content(shipped(), documents)
    return content, documents


def test_the_shipped_catalogue_has_nothing_to_tell(ours):
    day = datetime.date.fromisoformat(DAY).toordinal()
    found = lint(*ours, shipped(), day)
    assert [one.render() for one in found.warnings] == []


def test_the_shipped_catalogue_is_looked_at_in_a_second(ours):
    start = time.process_time()
    lint(*ours, shipped(), datetime.date.fromisoformat(DAY).toordinal())
    assert time.process_time() - start < 2, "it takes 0.3 s on the machine it was written on"


def test_the_command_prints_warnings_and_fails_only_if_asked(tmp_path):
    found, _ = warnings(with_text(SIZE, "applicant.headcount <= 250"), tmp_path)
    assert len(found) == 1
    check = ["rules", "check", str(tmp_path / "rules"), "--on", DAY]
    plain = CliRunner().invoke(main, check)
    assert plain.exit_code == 0
    assert "W06" in plain.output
    assert "1 avertissement, 0 accepté" in plain.output
    strict = CliRunner().invoke(main, [*check, "--strict", "--lang", "en"])
    assert strict.exit_code == 1
    assert "1 warning, 0 accepted" in strict.output
    assert CliRunner().invoke(main, [*check[:-1], "2026-02-30"]).exit_code == 2


def test_every_lint_has_an_example_or_a_test_of_its_own():
    seen = {example.code for example in EXAMPLES} | {"W10", "W11"}
    assert seen == {code for code in MESSAGES if code.startswith("W")}
