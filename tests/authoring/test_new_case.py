"""Does a recorded simulation, pasted into its file, give the same answer again?"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import Catalogue
from matcher.authoring.cases import case_results, decided, differences
from matcher.authoring.new_case import expected_of, recorded_case
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at
from matcher.catalogue.model import Case
from matcher.catalogue.shapes import CaseShape
from matcher.cli import main
from matcher.facts.numbers import date_written
from matcher.language.yaml_text import read_yaml

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(__file__).parent / "data" / "prime-essai.yaml"
PROFILES = sorted((ROOT / "profiles" / "examples").glob("*.yaml"))
SHIPPED = Catalogue.load()
DAY = "2026-05-04"


def read_again(text: str) -> Case:
    """The case that an entry says, read as a rule file is."""
    (data,) = read_yaml("cases:\n" + text).data["cases"]
    shape = CaseShape.model_validate(data)
    answers = tuple(a.model_dump(by_alias=True, exclude_none=True) for a in shape.authority)
    expect = shape.expect.model_dump(exclude_none=True)
    return Case(shape.name, date_written(shape.as_of), shape.given, answers, expect, 1, 1)


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_recorded_simulation_passes(path):
    profile = SHIPPED.profile(path)
    for id_ in SHIPPED.schemes:
        recorded = recorded_case(SHIPPED, profile, DAY, id_)
        case = read_again(recorded.text())
        again = decided(SHIPPED, id_, case)
        assert list(differences(case.expect, again)) == []
        assert expected_of(again) == expected_of(SHIPPED.match(profile, DAY, [id_]).decisions[0])
        assert set(case.given) | set(recorded.left_out) == {*profile.values, *profile.declined}
        assert not set(case.given) & set(recorded.left_out)


def test_who_the_applicant_is_stays_out():
    given = {"applicant.siren": "732829320", "applicant.kind": "epci", "project.action": "sechage"}
    recorded = recorded_case(SHIPPED, SHIPPED.profile(given), DAY, "ingenierie-anct")
    assert recorded.given.keys() == {"applicant.kind"}
    assert recorded.left_out == ("applicant.siren", "project.action")


def test_who_the_applicant_is_stays_where_the_answer_depends_on_it():
    given = {"applicant.siren": "200018406", "applicant.kind": "epci"}
    profile = SHIPPED.profile(given)
    recorded = recorded_case(SHIPPED, profile, DAY, "ingenierie-anct")
    assert recorded.given == given
    assert recorded.expect == expected_of(
        SHIPPED.match(profile, DAY, ["ingenierie-anct"]).decisions[0]
    )


def test_every_form_of_a_value_is_written():
    catalogue = Catalogue(load_content(layout_at(DATA))[0])
    given = {
        "applicant.headcount": {"min": 6, "max": 19},
        "applicant.kind": {"one_of": ["association", "sci"]},
        "project.eligible_cost_eur": 49999.5,
        "site.region": "94",
        "site.polluted": "declined",
        "authority": [{"unknown": "prime-essai/waived", "value": True, "on": "2026-04-28"}],
    }
    text = recorded_case(catalogue, catalogue.profile(given), DAY, "prime-essai", "essai").text()
    assert '  - name: "essai"\n    as_of: "2026-05-04"\n' in text
    for part in (
        "applicant.headcount: {min: 6, max: 19}",
        'applicant.kind: {one_of: ["association", "sci"]}',
        "project.eligible_cost_eur: 49999.5",
        "site.polluted: declined",
        'authority: [{unknown: waived, value: true, on: "2026-04-28"}]',
    ):
        assert part in text
    assert max(map(len, text.splitlines())) <= 110
    case = read_again(text)
    assert list(differences(case.expect, decided(catalogue, "prime-essai", case))) == []


def test_the_command_prints_an_entry_ready_to_paste(tmp_path):
    profile = tmp_path / "profil.yaml"
    profile.write_text("applicant: {kind: sci, headcount: 12}\nproject: {action: sechage}\n")
    asked = ["rules", "case", str(profile), "--scheme", "prime-essai", "--on", DAY]
    told = CliRunner().invoke(main, [*asked, "--rules", str(DATA), "--name", "société civile"])
    assert told.exit_code == 0
    assert told.stdout.startswith('  - name: "société civile"\n')
    assert "project.action" in told.stderr
    path = tmp_path / DATA.name
    path.write_text(DATA.read_text(encoding="utf-8") + told.stdout, encoding="utf-8")
    catalogue = Catalogue(load_content(layout_at(path))[0])
    *_, last = case_results(catalogue)
    assert last.case.name == "société civile"
    assert last.passed


def test_an_unusable_profile_is_told_plainly():
    asked = ["rules", "case", "-", "--scheme", "vta", "--on", DAY]
    told = CliRunner().invoke(main, asked, input="applicant.knd: epci")
    assert told.exit_code == 2
    assert "applicant.kind" in told.stderr
