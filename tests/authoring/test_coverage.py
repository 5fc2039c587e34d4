"""Is what no case shows told, and nothing else?"""

from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher import Catalogue
from matcher.authoring.cases import case_results
from matcher.authoring.coverage import coverage_result
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at
from matcher.cli import main

DATA = Path(__file__).parent / "data" / "prime-essai.yaml"


def shown_by(*names: str) -> set[tuple[str, str]]:
    """What the cases of some names leave unshown."""
    catalogue = Catalogue(load_content(layout_at(DATA))[0])
    results = [r for r in case_results(catalogue) if not names or r.case.name in names]
    assert not names or len(results) == len(names)
    return {
        (".".join(gap.spot), str(gap.never)) for gap in coverage_result(catalogue, results).gaps
    }


def first_case_only(text: str) -> str:
    head, first, *_ = text.split("  - name: ")
    return f"{head}  - name: {first}"


def test_a_complete_scheme_has_no_gap():
    assert shown_by() == set()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "au seuil, premier jour",
            {
                ("editions.2026", "used"),
                ("criteria.bearer", "met"),
                ("criteria.plan", "without_object"),
                ("criteria.services", "unmet"),
                ("aid.grant", "applied"),
            },
        ),
        (
            "sous le seuil en Corse, à demander",
            {("unknowns.waived", "open"), ("criteria.cost", "unknown")},
        ),
        ("sous le seuil en Corse, accordé", {("unknowns.waived", "answered")}),
        ("rien ne va, fin non datée", {("criteria.staff", "unmet"), ("criteria.plan", "unmet")}),
        ("2026, veille", {("criteria.plan", "unknown"), ("criteria.bearer", "unknown")}),
    ],
)
def test_a_case_shows_what_happens_in_it(name, shown):
    gaps = shown_by(name)
    assert not shown & gaps
    assert gaps


def test_each_kind_of_gap_is_told():
    gaps = shown_by("2026, veille")
    assert {
        ("editions.2025", "used"),
        ("criteria.bearer", "met"),
        ("criteria.bearer", "unmet"),
        ("criteria.plan", "without_object"),
        ("unknowns.waived", "open"),
        ("unknowns.waived", "answered"),
        ("aid.grant", "applied"),
    } <= gaps
    assert "unknown" in {never for _, never in shown_by("au seuil, premier jour")}


@pytest.mark.parametrize("date", ["as_of", "filing.date"])
def test_a_criterion_that_follows_from_the_date_is_never_unknown(date, tmp_path):
    text = DATA.read_text(encoding="utf-8")
    changed = text.replace("test: applicant.kind in bearers", f'test: {date} >= "2025-01-10"')
    path = tmp_path / DATA.name
    path.write_text(first_case_only(changed), encoding="utf-8")
    catalogue = Catalogue(load_content(layout_at(path))[0])
    found = coverage_result(catalogue, list(case_results(catalogue)))
    assert {str(g.never) for g in found.gaps if g.spot == ("criteria", "bearer")} == {"unmet"}


def test_the_command_tells_the_place_in_both_languages(tmp_path):
    path = tmp_path / DATA.name
    path.write_text(first_case_only(DATA.read_text(encoding="utf-8")), encoding="utf-8")
    line = path.read_text(encoding="utf-8").splitlines().index("    - id: staff") + 1
    told = CliRunner().invoke(main, ["rules", "test", str(path), "--coverage", "--lang", "en"])
    assert told.exit_code == 1
    assert f"{path.name}:{line}:7: prime-essai — criterion “staff”: never unmet" in told.output
    assert "Coverage: 8 of 24 points." in told.output
    french = CliRunner().invoke(main, ["rules", "test", str(path), "--coverage"])
    assert "critère « staff » : jamais non rempli" in french.output
    assert "Couverture : 8 sur 24 points." in french.output
