"""Does Spark give what one process gives, whatever happens to its own?"""

import dataclasses
import os
import signal

import polars as pl
import pytest

from matcher import Catalogue
from matcher.portfolio import on_spark, parquet_files, text_files
from matcher.portfolio.errors import SourceError
from matcher.portfolio.jobs import bench_of
from matcher.portfolio.on_spark import spark_parts
from matcher.portfolio.parts import Part
from matcher.portfolio.run import run
from matcher.portfolio.spark_start import SparkError
from tests.portfolio.spark.portfolios import clients
from tests.portfolio.spark.processes import workers

PART_ROWS = 400


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    """The driver says what the parts are; the tasks are told."""
    for module in (parquet_files, text_files):
        monkeypatch.setattr(module, "PART_ROWS", PART_ROWS)


@pytest.fixture
def how(spark):
    return spark_parts("", spark)


def test_ranges_of_rows_of_parquet_files(folder, job_of, catalogue, how, same):
    told = []
    done = run(job_of(folder), catalogue, told.append, how)
    assert sorted(told) == [300] * 3 + [400] * 9
    same(done)


def test_a_csv_file_with_rejects(tmp_path, job_of, catalogue, how, same):
    path = tmp_path / "clients.csv"
    path.write_bytes(clients(3_000).write_csv(separator=";").encode("cp1252"))
    done = run(job_of(path), catalogue, how=how)
    assert done.summary.rejects
    same(done)


def test_only_what_is_missing_is_done(folder, job_of, catalogue, how, same):
    first = run(job_of(folder), catalogue, how=how)
    lost = first.results[0]
    lost.unlink()
    again = run(job_of(folder), catalogue, how=how)
    assert again.resumed == len(first.results) - 1
    same(again)


@pytest.mark.usefixtures("java")
def test_nothing_starts_when_nothing_is_missing(folder, job_of):
    job = job_of(folder)
    assert list(spark_parts("not a master")(job, bench_of(job), [])) == []


def test_a_killed_worker(folder, job_of, catalogue, how, same, log):
    """One is killed at each part told, until Spark says that it has lost a task."""
    before = log.read_text().count("Lost task")
    killed = []

    def kill(_rows):
        if len(killed) < 3 and log.read_text().count("Lost task") == before:
            for pid in workers()[-1:]:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)

    done = run(job_of(folder), catalogue, kill, how)
    assert log.read_text().count("Lost task") > before, "a task was lost and done again"
    same(done)


def test_as_many_threads_as_a_task_has_cores(folder, job_of, catalogue, how, spark):
    run(job_of(folder), catalogue, how=how)
    assert spark.parallelize([0], 1).map(lambda _: pl.thread_pool_size()).collect() == [1]


# ---------------------------------------------------------------------------------------- mistakes
def test_a_mistake_of_the_input_is_told_as_it_is_without_spark(folder, job_of, how):
    job = job_of(folder)
    absent = Part("absent", "absent.parquet", 0, 10, 1)
    with pytest.raises(SourceError) as told:
        list(how(job, bench_of(job), [absent]))
    assert told.value.render("en").startswith("absent.parquet: this Parquet file cannot be read")


def test_another_failure_is_told_by_its_kind(folder, job_of, how, tmp_path):
    (tmp_path / "file").write_text("")
    job = dataclasses.replace(job_of(folder), out=tmp_path / "file" / "out")
    bench = bench_of(job)
    with pytest.raises(SparkError) as told:
        list(how(job, bench, list(bench.source.parts())[:1]))
    assert "(NotADirectoryError)" in told.value.render("fr")
    assert "Traceback" not in told.value.render("fr")


def test_machines_must_have_the_same_rules(folder, job_of, how, root):
    other = Catalogue.load(root / "tests" / "session" / "catalogue" / "rules")
    job = job_of(folder)
    bench = dataclasses.replace(bench_of(job), catalogue=other)
    with pytest.raises(SparkError, match="d'autres règles"):
        list(how(job, bench, list(bench.source.parts())))


def test_machines_must_share_the_folder(folder, job_of, how, monkeypatch):
    monkeypatch.setattr(on_spark, "finished", lambda *_: {})
    job = job_of(folder)
    bench = bench_of(job)
    with pytest.raises(SparkError, match="dossier"):
        list(how(job, bench, list(bench.source.parts())[:1]))


def test_interrupted_it_stops_and_cleans_up(folder, job_of, how, spark):
    job = job_of(folder)
    bench = bench_of(job)
    (job.out / "results").mkdir(parents=True)
    (job.out / "results" / ".half.1").touch()
    parts = how(job, bench, list(bench.source.parts()))
    next(iter(parts))
    parts.close()
    assert spark.statusTracker().getActiveJobsIds() == []
    assert not [path for path in job.out.rglob(".*") if path.is_file()]
