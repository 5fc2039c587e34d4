"""What can be loaded, and what is told when it cannot?"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from matcher import Catalogue, MatcherError, RuleError


def codes(error):
    return {diagnostic.code for diagnostic in error.value.diagnostics}


def test_the_shipped_catalogue(catalogue, root):
    files = sorted(path.stem for path in (root / "rules" / "schemes").glob("*.yaml"))
    assert list(catalogue.schemes) == files
    assert "applicant.headcount" in catalogue.facts
    assert len(catalogue.digest) == 16


@pytest.mark.parametrize("kind", [str, lambda path: path], ids=["text", "path"])
def test_a_rules_folder(folder, kind):
    small = Catalogue.load(kind(folder))
    assert small.schemes == ("fonds-exemple", "fonds-voisin")
    assert "project.cost_eur" in small.facts, "its own vocabulary, beside it"


def test_a_folder_of_schemes_is_read_with_the_shipped_facts(catalogue, root, tmp_path):
    for name in ("vta", "vte-ti"):
        shutil.copy(root / "rules" / "schemes" / f"{name}.yaml", tmp_path)
    some = Catalogue.load(tmp_path)
    assert some.schemes == ("vta", "vte-ti")
    assert some.facts == catalogue.facts
    report = some.match({"applicant.kind": "entreprise_privee"}, "2026-05-04")
    assert report.decision("vta").outcome == "ineligible"


def test_one_scheme_file_answers_as_in_the_whole(catalogue, root):
    one = Catalogue.load(root / "rules" / "schemes" / "vta.yaml")
    assert one.schemes == ("vta",)
    given = {"applicant.kind": "epci"}
    answers = [c.match(given, "2026-05-04", ["vta"]).to_dict() for c in (one, catalogue)]
    assert answers[0]["decisions"] == answers[1]["decisions"]


@pytest.mark.parametrize(
    ("path", "code"),
    [("nowhere", "C21"), ("nowhere.yaml", "C21"), ("empty", "C21"), ("profile.yaml", None)],
)
def test_what_holds_no_rule(folder, path, code):
    (folder.parent / "empty").mkdir()
    with pytest.raises(RuleError) as error:
        Catalogue.load(folder.parent / path)
    assert code is None or codes(error) == {code}
    assert str(error.value)
    assert error.value.render("en") != error.value.render("fr")


@pytest.mark.parametrize("path", ["a\0b", "a" * 5_000, ""])
def test_a_path_that_no_disk_can_have(path):
    with pytest.raises(MatcherError):
        Catalogue.load(path)


def test_every_mistake_is_told_at_once(folder):
    for name, line in (("fonds-exemple", "oubli: 1\n"), ("fonds-voisin", "autre: 2\n")):
        path = folder / "schemes" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")
    with pytest.raises(RuleError) as error:
        Catalogue.load(folder)
    places = {Path(d.place.file).name for d in error.value.diagnostics}
    assert places == {"fonds-exemple.yaml", "fonds-voisin.yaml"}


def test_a_scheme_and_a_fact_by_name(catalogue):
    assert catalogue.scheme("vte-ti").id == "vte-ti"
    assert catalogue.fact("applicant.headcount").label.en == "Headcount"
    with pytest.raises(MatcherError, match=r"vte-ti") as error:
        catalogue.scheme("vte-tii")
    assert codes(error) == {"P15"}
    with pytest.raises(MatcherError, match=r"applicant\.headcount") as error:
        catalogue.fact("applicant.headcoun")
    assert codes(error) == {"P01"}


def test_loading_from_another_folder_finds_the_same(catalogue, own_cache, root, tmp_path):
    code = "from matcher import Catalogue; print(Catalogue.load().digest)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(root), "PATH": "", "XDG_CACHE_HOME": own_cache},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == catalogue.digest
