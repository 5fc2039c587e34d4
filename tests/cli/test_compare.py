"""Does `matcher compare` answer, in each form, and say what to do where it cannot?"""

import json
import shutil

import pytest

CLIENTS = """Raison sociale;Numéro SIRET du site;Effectif du site;Âge de l'entreprise;\
À jour fiscal et social;Micro-entrepreneur
Alpha;55210055400013;180;12;oui;non
Beta;10000001700010;80;12;oui;non
"""
ONE = ("--scheme", "diag-eco-flux", "--scheme", "pacte-industrie")


@pytest.fixture(scope="session")
def clients(tmp_path_factory):
    path = tmp_path_factory.mktemp("compared") / "clients.csv"
    path.write_text(CLIENTS, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def folders(run, clients):
    """The results of two dates."""
    made = []
    for on in ("2026-05-04", "2027-03-30"):
        out = clients.parent / on
        done = run("batch", clients, "--on", on, "--out", out, "--format", "parquet", *ONE)
        assert done.exit_code == 0
        made.append(out)
    return made


@pytest.fixture(scope="session")
def stricter(root, tmp_path_factory):
    """The shipped rules, for smaller sites only."""
    folder = tmp_path_factory.mktemp("stricter") / "rules"
    shutil.copytree(root / "rules", folder)
    file = folder / "schemes" / "diag-eco-flux.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("persons, default: 250}", "persons, default: 100}"), "utf-8")
    return folder


def test_two_folders(run, folders):
    result = run("compare", *folders)
    assert result.exit_code == 0
    assert "clients.csv au 4 mai 2026 → clients.csv au 30 mars 2027" in result.stdout
    assert "[pacte-industrie]" in result.stdout
    assert "l'autorité qui instruit la demande décide" in result.stdout
    english = run("compare", *folders, "--lang", "en").stdout
    assert "rows compared: 2 (by line number)" in english


def test_nothing_changed_is_said(run, folders):
    result = run("compare", folders[0], folders[0])
    assert result.exit_code == 0
    assert "Rien n'a changé pour personne." in result.stdout
    assert run("compare", folders[0], folders[0], "--format", "csv").stdout.count("\n") == 1


def test_the_forms(run, folders, tmp_path):
    data = json.loads(run("compare", *folders, "--format", "json").stdout)
    assert data["schema_version"] == 1
    assert data["clients"]
    out = tmp_path / "changements.csv"
    result = run("compare", *folders, "--out", out)
    assert result.exit_code == 0
    assert str(out) in result.stdout
    text = out.read_text(encoding="utf-8")
    assert text.startswith("\ufeffligne avant;ligne après;client;")
    written = tmp_path / "changes.json"
    run("compare", *folders, "--out", written)
    assert json.loads(written.read_text(encoding="utf-8")) == data
    table = tmp_path / "changes.txt"
    run("compare", *folders, "--out", table)
    assert "pacte-industrie" in table.read_text(encoding="utf-8")


def test_one_list_on_two_dates(run, folders, clients):
    dates = ["--on", "2026-05-04", "--on", "2027-03-30"]
    result = run("compare", "--input", clients, *dates, *ONE, "--format", "csv")
    assert result.exit_code == 0
    assert result.stdout == run("compare", *folders, "--format", "csv").stdout


def test_one_list_under_two_catalogues(run, root, clients, stricter):
    date = ["--on", "2026-05-04"]
    two = run("compare", "--input", clients, *date, "--rules", root / "rules", "--rules", stricter)
    assert two.exit_code == 0
    assert "0 client gagne au moins un dispositif ouvert, 1 en perd au moins un." in two.stdout
    assert "· Alpha (55210055400013, ligne 2)" in two.stdout
    one = run("compare", "--input", clients, *date, "--rules", stricter)
    assert one.stdout == two.stdout, "one catalogue is compared with the shipped one"
    back = run("compare", "--input", clients, *date, "--rules", stricter, "--rules", root / "rules")
    assert "1 client gagne au moins un dispositif ouvert, 0 en perd" in back.stdout


WRONG = [
    [],
    ["{old}"],
    ["{old}", "{new}", "{old}"],
    ["{old}", "{new}", "--on", "2026-05-04"],
    ["{old}", "{new}", "--scheme", "pat"],
    ["{old}", "{new}", "--input", "{clients}"],
    ["{old}", "{clients}"],
    ["{old}", "nowhere"],
    ["--input", "{clients}"],
    ["--input", "{clients}", "--on", "2026-05-04"],
    ["--input", "{clients}", "--on", "demain", "--on", "2026-05-04"],
    ["--input", "{clients}", "--on", "2026-05-04", "--on", "2026-05-05", "--on", "2026-05-06"],
    ["--input", "nowhere.csv", "--on", "2026-05-04", "--on", "2026-05-05"],
    ["--input", "{clients}", "--rules", "nowhere"],
    ["--input", "{clients}", "--on", "2026-05-04", "--on", "2026-05-05", "--scheme", "patt"],
    ["{old}", "{new}", "--out", "nowhere/changes.csv"],
    ["{old}", "{new}", "--rules", "nowhere"],
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_what_cannot_be_done_says_what_to_do(run, folders, clients, words):
    old, new = folders
    filled = [word.format(old=old, new=new, clients=clients) for word in words]
    for lang in ("fr", "en"):
        result = run("compare", *filled, "--lang", lang)
        assert result.exit_code == 2, result.stdout
        assert result.stdout == ""
        assert "→" in result.stderr
        assert "Traceback" not in result.stderr


def test_a_run_that_is_not_finished(run, folders, tmp_path):
    copy = shutil.copytree(folders[1], tmp_path / "copy")
    path = copy / "run.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"finished": False}), encoding="utf-8")
    result = run("compare", folders[0], copy)
    assert result.exit_code == 2
    assert "n'est pas terminée" in result.stderr


def test_the_file_is_written_whole_or_not_at_all(run, folders, tmp_path, monkeypatch):
    def broken(*_):
        yield "début"
        raise KeyboardInterrupt

    monkeypatch.setattr("matcher.cli.compare.writing.csv_texts", broken)
    out = tmp_path / "changes.csv"
    out.write_text("before", encoding="utf-8")
    result = run("compare", *folders, "--out", out)
    assert result.exit_code == 130
    assert out.read_text(encoding="utf-8") == "before"
    assert not list(tmp_path.glob(".*"))
