"""Is what cannot be compared refused, with what to do?"""

import json
import shutil

import pytest

from matcher import Catalogue
from matcher.portfolio.comparing.folders import results_in
from matcher.portfolio.errors import SourceError
from tests.portfolio.compare.schemes import CLIENTS, FUND


@pytest.fixture(scope="session")
def fund(rules_of):
    return Catalogue.load(rules_of({"fonds": FUND}))


@pytest.fixture
def folder(results, fund):
    return results(CLIENTS, fund).folder


@pytest.fixture
def run_json(folder):
    """Change what run.json says."""

    def change(how):
        path = folder / "run.json"
        data = json.loads(path.read_text(encoding="utf-8"))
        how(data)
        path.write_text(json.dumps(data), encoding="utf-8")

    return change


def refused(folder):
    with pytest.raises(SourceError) as caught:
        results_in(folder)
    french, english = (caught.value.render(lang) for lang in ("fr", "en"))
    assert french != english
    assert "matcher batch" in english
    return english


def test_a_folder_with_a_strange_name(folder, tmp_path):
    """Brackets and stars are not patterns."""
    copy = shutil.copytree(folder, tmp_path / "mai [1] *")
    assert results_in(copy).rows == results_in(folder).rows


def test_a_folder_of_something_else(tmp_path):
    assert "not a folder of results" in refused(tmp_path)
    assert "not a folder of results" in refused(tmp_path / "nowhere")
    (tmp_path / "file.csv").write_text("a;b", encoding="utf-8")
    assert "--input" in refused(tmp_path / "file.csv")


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"finished": 1}', "[" * 100_000])
def test_a_file_that_is_not_the_right_one(tmp_path, text):
    (tmp_path / "run.json").write_text(text, encoding="utf-8")
    refused(tmp_path)


def test_a_run_that_is_not_finished(folder, run_json):
    run_json(lambda data: data.update(finished=False))
    assert "not finished" in refused(folder)


def test_another_version_of_the_form(folder, run_json):
    run_json(lambda data: data.update(schema_version=2))
    assert "another version" in refused(folder)


def test_criteria_that_do_not_go_with_the_tables(folder, run_json):
    run_json(lambda data: data["criteria"].update(fonds=[f"c{i}" for i in range(40)]))
    assert "damaged" in refused(folder)


def test_tables_that_are_missing(folder):
    for part in (folder / "results").iterdir():
        part.unlink()
    assert "missing or damaged" in refused(folder)


def test_tables_that_are_damaged(folder):
    (part,) = (folder / "results").iterdir()
    data = part.read_bytes()
    part.write_bytes(data[: len(data) // 2])
    assert "missing or damaged" in refused(folder)
    part.write_bytes(b"PAR1")
    assert "missing or damaged" in refused(folder)


def test_a_table_that_is_one_too_many(folder):
    (part,) = (folder / "results").iterdir()
    part.with_name("99999.parquet").write_bytes(part.read_bytes())
    assert "missing or damaged" in refused(folder)
