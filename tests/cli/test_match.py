"""What does `matcher match` say, and with which exit code?"""

import datetime
import json

import pytest

from matcher import Catalogue

DATE = "2026-05-04"


def test_a_table_for_people(run, example):
    result = run("match", example, "--on", DATE)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "Réponse au 4 mai 2026" in result.stdout
    assert "l'autorité qui instruit la demande décide" in " ".join(result.stdout.split())
    assert "[pret-vert]" in result.stdout
    assert "vous avez droit" not in result.stdout.lower()


def test_details_show_every_condition_of_every_scheme(run, example):
    short = run("match", example, "--on", DATE).stdout
    long = run("match", example, "--on", DATE, "--details").stdout
    assert "--details" in short
    assert "--details" not in long
    catalogue = Catalogue.load()
    report = catalogue.match(catalogue.profile(example), DATE)
    flat = " ".join(long.split())
    for decision in report.decisions:
        assert f"[{decision.scheme}]" in long
        for criterion in decision.criteria:
            assert " ".join(criterion.statement.fr.split()) in flat, criterion.id


def test_json_is_that_of_the_library(run, example):
    catalogue = Catalogue.load()
    report = catalogue.match(catalogue.profile(example), DATE)
    result = run("match", example, "--on", DATE, "--format", "json")
    assert result.stdout == report.to_json(indent=2)
    assert result.exit_code == 0


def test_markdown(run, example):
    text = run("match", example, "--on", DATE, "--format", "markdown").stdout
    assert text.startswith("# ")
    assert text.count("\n## ") == len(Catalogue.load().schemes)
    assert text.endswith("\n")


@pytest.mark.parametrize(
    "given",
    ['{"applicant.kind": "epci"}', "applicant: {kind: epci}\n", "applicant.kind: epci"],
)
def test_a_profile_on_standard_input(run, given):
    result = run("match", "-", "--on", DATE, "--scheme", "vta", "--format", "json", given=given)
    assert result.exit_code == 0
    assert json.loads(result.stdout)["profile"] == {"applicant.kind": "epci"}


ANGERS = '{"applicant.kind": "entreprise_privee", "site.insee": "49007"}'


@pytest.mark.parametrize(
    ("lang", "title", "one", "clarify"),
    [
        ("fr", "Si le site n'est pas arrêté", "du même département (Maine-et-Loire)", "Angrie"),
        ("en", "If the site is not settled", "of the same département (Maine-et-Loire)", "Angrie"),
    ],
)
def test_other_communes_are_looked_at_only_if_asked(run, lang, title, one, clarify):
    options = ("match", "-", "--on", DATE, "--lang", lang)
    for form in ("table", "markdown"):
        quiet = run(*options, "--format", form, given=ANGERS).stdout
        asked = run(*options, "--format", form, "--elsewhere", given=ANGERS).stdout
        said = " ".join(asked.replace("\\", "").split())
        assert title not in quiet
        assert title in said
        assert one in said
        assert clarify in said
    data = json.loads(run(*options, "--format", "json", "--elsewhere", given=ANGERS).stdout)
    assert data["elsewhere"]["here"] == [{"code": "49007", "name": "Angers"}]
    quiet = json.loads(run(*options, "--format", "json", given=ANGERS).stdout)
    assert "elsewhere" not in quiet


def test_without_a_commune_other_ones_cannot_be_looked_at(run):
    given = '{"applicant.kind": "entreprise_privee"}'
    text = run("match", "-", "--on", DATE, "--elsewhere", given=given).stdout
    assert "La commune du projet n'est pas connue" in text


def test_some_schemes(run, example):
    arguments = ("--scheme", "vte-ti", "--scheme", "pret-vert", "--format", "json")
    data = json.loads(run("match", example, "--on", DATE, *arguments).stdout)
    assert [decision["scheme"] for decision in data["decisions"]] == ["vte-ti", "pret-vert"]


def test_other_rules(run, folder):
    profile = folder.parent / "profile.yaml"
    result = run("match", profile, "--on", DATE, "--rules", folder)
    assert result.exit_code == 0
    assert "Fonds exemple" in result.stdout


def test_the_date_of_the_clock_is_the_default(run, example):
    before = datetime.datetime.now().astimezone().date()  # noqa: TID251
    data = json.loads(run("match", example, "--scheme", "vta", "--format", "json").stdout)
    after = datetime.datetime.now().astimezone().date()  # noqa: TID251
    assert data["on"] in {before.isoformat(), after.isoformat()}


def test_what_was_read_otherwise_is_told(run):
    given = "site.insee: Romorantin-Lanthenay"
    for form in ("table", "markdown"):
        result = run("match", "-", "--on", DATE, "--scheme", "vta", "--format", form, given=given)
        assert "41194" in result.stdout


# ----------------------------------------------------------------------------------------- unusable

UNREADABLE = {
    "nowhere.yaml": None,
    "folder": "folder",
    "empty.yaml": b"",
    "spaces.yaml": b"  \n\n",
    "windows.yaml": "about: société\napplicant: {kind: epci}\n".encode("cp1252"),
    "windows.json": '{"about": "société", "applicant.kind": "epci"}'.encode("cp1252"),
    "utf16.yaml": "applicant: {kind: epci}".encode("utf-16"),
    "brackets.yaml": b"[" * 100_000,
    "braces.json": b'{"a":' * 100_000,
    "large.yaml": b"about: x\n" * 200_000,
    "picture.png": bytes(range(256)) * 10,
    "list.yaml": b"- applicant.kind: epci\n",
    "text.yaml": b"bonjour",
    "facts.yaml": b"applicant.knd: epci\n",
    "anchors.yaml": b"a: &a [x]\nb: *a\n",
}


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unusable_profile_is_told_plainly(run, tmp_path, name, lang):
    path, raw = tmp_path / name, UNREADABLE[name]
    if raw == "folder":
        path.mkdir()
    elif raw is not None:
        path.write_bytes(raw)
    result = run("match", path, "--on", DATE, "--lang", lang)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "→" in result.stderr, "it says what to do"
    assert name in result.stderr
    assert len(result.stderr) < 2_000


@pytest.mark.parametrize(
    "raw",
    [b"", b"[" * 100_000, b"\xff", b"x" * 2_000_000],
    ids=["empty", "brackets", "another encoding", "large"],
)
def test_an_unusable_standard_input_is_told_plainly(process, raw):
    done = process("match", "-", "--on", DATE, given=raw)
    assert done.returncode == 2
    assert done.stdout == b""
    assert "Traceback" not in done.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--on", "demain"], "E12"),
        (["--on", "2026-02-30"], "E12"),
        (["--on", ""], "E12"),
        (["--scheme", "pret-ver"], "pret-vert"),
        (["--scheme", ""], "P15"),
        (["--rules", "nowhere"], "C21"),
        (["--format", "pdf"], "pdf"),
        (["--lang", "de"], "de"),
        (["--nothing"], "--nothing"),
        (["more"], "more"),
    ],
    ids=str,
)
def test_an_unusable_option_is_told_plainly(run, example, arguments, told):
    result = run("match", example, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert told in result.stderr
    assert "Traceback" not in result.stderr


def test_mistakes_of_rules_are_told_plainly(run, folder, example):
    path = folder / "schemes" / "fonds-exemple.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "oubli: 1\n", encoding="utf-8")
    result = run("match", example, "--on", DATE, "--rules", folder)
    assert result.exit_code == 2
    assert "S02" in result.stderr


def test_values_of_others_do_not_command_the_terminal(run):
    """A code is free text: it may not carry an escape, a bell or a line of its own."""
    given = json.dumps({"applicant.hq_country": "F\x1b[31m\x07\nFAUX : éligible"})
    result = run("match", "-", "--on", DATE, "--details", given=given)
    shown = result.stdout + result.stderr
    assert "\x1b" not in shown
    assert "\x07" not in shown
    assert not [line for line in shown.splitlines() if line.startswith("FAUX")]
