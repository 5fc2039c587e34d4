"""What do the commands of rule authors say, and with which exit code?"""

import json

import pytest
from jsonschema import Draft202012Validator

from matcher.authoring.schema import report_schema
from matcher.language.yaml_text import read_yaml_file

KINDS = {
    "scheme": "rules/schemes",
    "derived": "rules/derived",
    "sets": "rules/sets",
    "vocabulary": "profiles/facts",
    "table": "rules/reference",
}


def broken(folder, line="oubli: 1\n", name="fonds-exemple"):
    path = folder / "schemes" / f"{name}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + line, encoding="utf-8")


# -------------------------------------------------------------------------------------------- check


def test_rules_without_a_mistake(run, folder):
    result = run("rules", "check", folder, "--on", "2026-11-22")
    assert result.exit_code == 0
    assert "2 dispositifs" in result.stdout
    assert "aucune erreur" in result.stdout


def test_every_mistake_is_told_and_the_answer_is_no(run, folder):
    broken(folder)
    broken(folder, "autre: 2\n", "fonds-voisin")
    result = run("rules", "check", folder)
    assert result.exit_code == 1
    assert "aucune erreur" not in result.stdout
    for part in (
        "S02",
        "fonds-exemple.yaml:",
        "fonds-voisin.yaml:",
        "oubli",
        "autre",
        "2 erreurs.",
    ):
        assert part in result.stderr, part


@pytest.mark.parametrize("path", ["nowhere", "nowhere.yaml"])
def test_no_rule_at_all_is_unusable(run, tmp_path, path):
    for command in ("check", "test"):
        result = run("rules", command, tmp_path / path)
        assert result.exit_code == 2
        assert "C21" in result.stderr


# --------------------------------------------------------------------------------------------- test


def test_cases_that_pass(run, folder):
    result = run("rules", "test", folder)
    assert result.exit_code == 0
    assert "1 cas" in result.stdout


def test_a_case_that_fails_says_where_and_how(run, folder):
    path = folder / "schemes" / "fonds-exemple.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("outcome: undetermined", "outcome: eligible"), encoding="utf-8")
    result = run("rules", "test", folder, "--lang", "en")
    assert result.exit_code == 1
    shown = result.stdout + result.stderr
    for part in ("fonds-exemple.yaml:", "au seuil", "eligible", "undetermined"):
        assert part in shown, part


def test_the_cases_of_one_scheme(run, folder):
    for scheme, count in (("fonds-exemple", 1), ("fonds-voisin", 0)):
        result = run("rules", "test", folder, "--scheme", scheme, "--lang", "en")
        assert result.exit_code == 0
        assert f"{count} case" in result.stdout


def test_a_scheme_that_is_not_there(run, folder):
    result = run("rules", "test", folder, "--scheme", "fonds-voisi")
    assert result.exit_code == 2
    assert "P15" in result.stderr
    assert "fonds-voisin" in result.stderr


# ------------------------------------------------------------------------------------------- schema


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_fits_what_is_shipped_and_refuses_the_rest(run, root, kind):
    result = run("rules", "schema", "--of", kind)
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    files = sorted((root / KINDS[kind]).glob("*.yaml"))[:6]
    assert files
    for path in files:
        data = read_yaml_file(path).data
        error = next(iter(validator.iter_errors(data)), None)
        assert error is None, f"{path.name} {list(error.absolute_path)}: {error.message[:200]}"
    assert not validator.is_valid({**data, "oubli": 1})


def test_the_schema_of_a_scheme_knows_the_facts(run):
    schema = run("rules", "schema").stdout
    assert "applicant.headcount" in schema
    assert json.loads(schema)["$schema"].endswith("2020-12/schema")


def test_the_schema_of_a_report_is_that_of_the_library(run):
    assert json.loads(run("rules", "schema", "--of", "report").stdout) == report_schema()


# --------------------------------------------------------------------------------- tables and pages


def test_a_table_without_its_source_is_unusable(run, tmp_path):
    result = run("rules", "tables", "naf", tmp_path / "nowhere.csv", "--out", tmp_path)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr
    assert result.stderr
    assert not list(tmp_path.iterdir())


def test_the_truth_tables_are_printed(run):
    result = run("rules", "semantics")
    assert result.exit_code == 0
    assert "|" in result.stdout
