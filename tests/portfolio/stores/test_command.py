"""What does a person see who gives addresses of a store on the command line?"""

import json
import sys

import pexpect
import pytest
from click.testing import CliRunner

from matcher.cli import main
from matcher.portfolio import parquet_files
from tests.portfolio.spark.portfolios import clients
from tests.portfolio.stores.conftest import KEY, SECRET, local_files

SCHEMES = ("--scheme", "pat", "--scheme", "tremplin", "--scheme", "ingenierie-anct")
ON = ("--on", "2026-05-04")


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """A folder of its own, and lists in several parts."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(parquet_files, "PART_ROWS", 400)
    return tmp_path


def told(*args, code=0, lang="fr"):
    result = CliRunner().invoke(main, [*map(str, args), "--lang", lang])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return result.output


def batch(*args, **options):
    return told("batch", *args, *SCHEMES, *ON, **options)


def test_from_a_store_to_a_store(stored_folder, folder, bucket, here):
    out = bucket.place / "résultats de mai"
    text = batch(stored_folder, "--out", out)
    for name in ("classeur.xlsx", "rapport.html", "rejects.csv", "results.csv", "results.jsonl"):
        assert f"{out}/{name}" in text.splitlines() or f"  {out}/{name}" in text
    batch(folder, "--out", "local")
    found, local = bucket.files("résultats de mai"), local_files(here / "local")
    assert found.keys() == local.keys()
    runs = [json.loads(files.pop("run.json")) for files in (found, local)]
    assert [one.pop("input") for one in runs]
    assert runs[0] == runs[1]
    assert found == local
    assert {path.name for path in here.iterdir()} == {"clients", "local"}


def test_nothing_says_the_credentials(stored_folder, bucket):
    text = batch(stored_folder, "--out", bucket.place / "out")
    text += batch(bucket.place / "absent", code=2)
    content = b"".join(bucket.files("out").values()) + text.encode()
    for secret in (SECRET, KEY, "127.0.0.1"):
        assert secret.encode() not in content


def test_without_out_the_results_are_here(stored_folder, bucket, here):
    before = bucket.keys()
    batch(stored_folder, "--format", "parquet")
    assert (here / "matcher-clients-2026-05-04" / "results" / "00000.parquet").exists()
    assert bucket.keys() == before


def test_a_dry_run_writes_nothing(bucket, here):
    bucket.put("clients.csv", clients(20).write_csv(separator=";").encode("cp1252"))
    before = bucket.keys()
    text = told("batch", bucket.place / "clients.csv", "--out", bucket.place / "out", "--dry-run")
    assert "clients.csv — CSV, windows-1252" in text
    assert "Société 0-1" in text
    assert bucket.keys() == before
    assert not list(here.iterdir())


def test_a_mapping_is_reused_from_a_store(stored_folder, bucket):
    first, again = bucket.place / "a", bucket.place / "b"
    batch(stored_folder, "--out", first, "--format", "parquet")
    batch(stored_folder, "--out", again, "--format", "parquet", "--map", first / "mapping.yaml")
    assert bucket.get("a/results/00000.parquet") == bucket.get("b/results/00000.parquet")


def test_it_goes_on_and_says_so(stored_folder, bucket):
    out = ("--out", bucket.place / "out", "--format", "parquet")
    batch(stored_folder, *out)
    bucket.delete("out/.work/00002.json")
    assert "faites auparavant : 8 parties" in batch(stored_folder, *out)


def test_two_sets_of_results_of_a_store_are_compared(stored_folder, folder, bucket, here):
    for on in ("2026-05-04", "2027-05-04"):
        for source, out in ((stored_folder, bucket.place / on), (folder, here / on)):
            told("batch", source, "--out", out, *SCHEMES, "--on", on, "--format", "parquet")
    local = told("compare", "2026-05-04", "2027-05-04")
    stored = told("compare", bucket.place / "2026-05-04", bucket.place / "2027-05-04")
    assert stored == local
    told("compare", "2026-05-04", bucket.place / "2027-05-04", "--out", bucket.place / "c.csv")
    told("compare", "2026-05-04", "2027-05-04", "--out", "c.csv")
    assert bucket.get("c.csv") == (here / "c.csv").read_bytes()


def test_a_list_of_a_store_is_compared_on_two_dates(bucket):
    place = bucket.put("clients.csv", clients(40).write_csv().encode())
    text = told("compare", "--input", place, "--on", "2026-05-04", "--on", "2027-05-04", *SCHEMES)
    assert text.startswith("clients.csv au 4 mai 2026 → clients.csv au 4 mai 2027")


def test_what_is_not_results_is_said(bucket):
    bucket.put("a/b.txt", b"")
    text = told("compare", bucket.place / "a", bucket.place / "b", code=2, lang="en")
    assert text.startswith(f"{bucket.place}/a: this is not a folder of results")


def test_a_mapping_to_correct_is_written_here(bucket, here):
    """Where a person can open it, wherever the results go."""
    place = bucket.put("clients.csv", clients(20).write_csv().encode())
    args = ["-m", "matcher", "batch", str(place), "--out", str(bucket.place / "out")]
    child = pexpect.spawn(sys.executable, args, cwd=here, encoding="utf-8", timeout=60)
    child.expect("bien comprises")
    child.sendline("n")
    child.expect("--map mapping.yaml")
    child.expect(pexpect.EOF)
    child.close()
    assert (here / "mapping.yaml").exists()
    assert bucket.keys() == ["clients.csv"]
