"""Does a run from and into a store give, byte by byte, what it gives on this machine?"""

import json

import polars as pl
import pytest
import xlsxwriter

from matcher.portfolio import parquet_files
from matcher.portfolio.errors import SourceError
from matcher.portfolio.object_stores import StoreError
from matcher.portfolio.run import run
from matcher.portfolio.source import open_source
from tests.portfolio.spark.portfolios import clients
from tests.portfolio.stores.conftest import local_files


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(parquet_files, "PART_ROWS", 400)


def workbook(path):
    book = xlsxwriter.Workbook(path)
    table = clients(60)
    for index, row in enumerate([table.columns, *table.rows()]):
        book.add_worksheet() if index == 0 else None
        book.worksheets()[0].write_row(index, 0, row)
    book.close()


WRITTEN = {
    "clients.parquet": lambda path: clients(900).write_parquet(path, row_group_size=300),
    "clients.csv": lambda path: path.write_bytes(
        clients(900).write_csv(separator=";").encode("cp1252")
    ),
    "clients.jsonl": lambda path: clients(200).write_ndjson(path),
    "clients.xlsx": workbook,
}


def same(found: dict[str, bytes], local: dict[str, bytes]) -> None:
    """Every file is the same; the run says another input, since it is another one."""
    assert found.keys() == local.keys()
    runs = [json.loads(files.pop("run.json")) for files in (found, local)]
    assert runs[0].pop("input") != runs[1].pop("input")
    assert runs[0] == runs[1]
    assert runs[0]["finished"] is True
    assert found == local


def test_a_folder(folder, stored_folder, bucket, tmp_path, job_of, catalogue):
    told = []
    done = run(job_of(stored_folder, bucket.place / "out"), catalogue, told.append)
    alone = run(job_of(folder, tmp_path / "out"), catalogue)
    assert told == [400, 400, 100] * 3
    assert done.summary == alone.summary
    assert done.shown().equals(alone.shown())
    same(bucket.files("out"), local_files(tmp_path / "out"))


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_of_each_format(name, bucket, tmp_path, job_of, catalogue):
    path = tmp_path / name
    WRITTEN[name](path)
    stored = bucket.put(f"lists/{name}", path.read_bytes())
    done = run(job_of(stored, bucket.place / "out"), catalogue)
    run(job_of(path, tmp_path / "out"), catalogue)
    assert done.summary.results
    same(bucket.files("out"), local_files(tmp_path / "out"))


def test_from_a_store_to_this_machine_and_back(
    folder, stored_folder, bucket, tmp_path, job_of, catalogue
):
    run(job_of(stored_folder, tmp_path / "here"), catalogue)
    run(job_of(folder, bucket.place / "there"), catalogue)
    same(bucket.files("there"), local_files(tmp_path / "here"))


@pytest.mark.parametrize(
    "name",
    [
        "dossier d'été/clients n° 1 (à jour)",
        "a%20b/50 % + c&d=e",
        "h#x/q?y",
        "étoile*[1]{2}",
        "back\\slash~",
        "日本",
    ],
)
def test_odd_names(name, bucket, tmp_path, job_of, catalogue):
    path = tmp_path / "clients.parquet"
    WRITTEN[path.name](path)
    stored = bucket.put(f"entrée/{name}.parquet", path.read_bytes())
    done = run(job_of(stored, bucket.place / "sortie" / name), catalogue)
    assert done.summary.results + done.summary.rejects == 900
    assert "results/00000.parquet" in bucket.files(f"sortie/{name}")
    folder = run(job_of(stored.parent, bucket.place / "dossier" / name), catalogue)
    assert folder.job.input.is_dir()
    tables = [[pl.read_parquet(str(p), glob=False) for p in one.results] for one in (done, folder)]
    for one, other in zip(*tables, strict=True):
        assert one.equals(other)


# ----------------------------------------------------------------------------- again, and not mixed
class Stopped(BaseException):
    """As Ctrl-C does."""


def interrupted(job, catalogue, after):
    told = []

    def stop(rows):
        told.append(rows)
        if len(told) == after:
            raise Stopped

    with pytest.raises(Stopped):
        run(job, catalogue, stop)


def test_interrupted_it_goes_on(folder, stored_folder, bucket, tmp_path, job_of, catalogue):
    job = job_of(stored_folder, bucket.place / "out")
    interrupted(job, catalogue, 4)
    assert json.loads(bucket.get("out/run.json"))["finished"] is False
    assert len(bucket.keys("out/results/")) == 4
    done = run(job, catalogue)
    assert done.resumed == 4
    run(job_of(folder, tmp_path / "out"), catalogue)
    same(bucket.files("out"), local_files(tmp_path / "out"))


@pytest.mark.parametrize("lost", ["out/.work/00001.json", "out/results/00001.parquet"])
def test_only_what_is_missing_is_done(lost, stored_folder, bucket, job_of, catalogue):
    job = job_of(stored_folder, bucket.place / "out")
    whole = run(job, catalogue)
    before = bucket.files("out")
    bucket.delete(lost)
    again = run(job, catalogue)
    assert again.resumed == len(whole.results) - 1
    assert bucket.files("out") == before


def test_another_input_is_not_mixed(stored_folder, bucket, job_of, catalogue):
    job = job_of(stored_folder, bucket.place / "out")
    run(job, catalogue)
    content = bytearray(bucket.get("clients/1.parquet"))
    bucket.put("clients/1.parquet", bytes(content))
    run(job, catalogue)  # the same bytes, written again
    at = content.index("Société".encode())
    content[at : at + 1] = b"s"
    bucket.put("clients/1.parquet", bytes(content))
    with pytest.raises(SourceError) as told:
        run(job, catalogue)
    assert "autre fichier, ou fichier modifié" in told.value.render("fr")
    assert told.value.file == f"s3://{bucket.name}/out"


def test_a_folder_that_holds_something_else_is_left_alone(stored_folder, bucket, job_of, catalogue):
    bucket.put("out/photo.jpg", b"\xff\xd8\xff")
    with pytest.raises(SourceError, match="le dossier n'est pas vide"):
        run(job_of(stored_folder, bucket.place / "out"), catalogue)
    assert bucket.keys("out/") == ["out/photo.jpg"]


def test_an_object_taken_away_is_told_as_a_file_is(stored_folder, folder, bucket, catalogue):
    for source in (open_source(stored_folder, catalogue), open_source(folder, catalogue)):
        first = next(iter(source.parts()))
        bucket.delete("clients/0.parquet")
        (folder / "0.parquet").unlink(missing_ok=True)
        with pytest.raises(SourceError) as told:
            source.read_part(first)
        assert told.value.render("en").startswith("0.parquet: this Parquet file cannot be read")
        assert not isinstance(told.value, StoreError)


def test_a_neighbour_with_a_longer_name_is_not_in_the_folder(
    stored_folder, bucket, job_of, catalogue
):
    bucket.put("clients-2/3.parquet", b"not even Parquet")
    bucket.put("out-2/photo.jpg", b"\xff\xd8\xff")
    done = run(job_of(stored_folder, bucket.place / "out"), catalogue)
    assert done.summary.rows == 2_700
