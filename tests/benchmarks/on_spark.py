"""What does Spark cost and bring, on one machine and the same files?

Run:  python tests/benchmarks/on_spark.py FOLDER [SCHEMES]      (needs Java and pyspark[sql])

FOLDER holds Parquet files, such as those of `country.py`. All take turns in one run: one process;
Spark whose tasks read the files; the same rows through Java, as a table without files. One thread
of Polars is given to one process too, to tell what a core does from what cores do.
"""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from matcher import Catalogue
from matcher.portfolio.jobs import Job
from matcher.portfolio.on_spark import spark_parts
from matcher.portfolio.run import run
from matcher.portfolio.source import open_source
from matcher.portfolio.spark_start import started
from matcher.portfolio.spark_tables import matched

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.portfolio.spark.processes import below

ON = datetime.date(2026, 5, 4)
Measured = tuple[int, float, float, float, float]
TICKS = os.sysconf("SC_CLK_TCK")


def processors() -> float:
    """Seconds of processors that this process and those it started have used: Linux only."""
    own = [os.getpid(), *(pid for pid, _ in below(os.getpid()))]
    used = 0
    for pid in own:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        used += sum(map(int, fields[11:15]))
    return used / TICKS


def job_for(folder: Path, out: Path, schemes: int | None) -> tuple[Job, Catalogue]:
    """The job of matching a folder with the first schemes."""
    catalogue = Catalogue.load()
    mapping = open_source(folder, catalogue).mapping
    wanted = catalogue.schemes[:schemes]
    return Job(folder, mapping, None, ON.toordinal(), wanted, out), catalogue


def files(folder: Path, out: Path, schemes: int | None, master: str) -> Measured:
    """Rows, seconds to start, seconds to match, by one process (`one`) or by Spark."""
    job, catalogue = job_for(folder, out, schemes)
    if master == "one":
        begun = time.perf_counter()
        rows = run(job, catalogue).summary.rows
        return rows, 0, time.perf_counter() - begun, 0, processors()
    begun = time.perf_counter()
    with started(master, out.with_suffix(".log")) as context:
        context.parallelize(range(2), 2).foreach(lambda _: None)
        ready, before = time.perf_counter(), processors()
        rows = run(job, catalogue, how=spark_parts(master, context)).summary.rows
        return rows, ready - begun, time.perf_counter() - ready, before, processors()


def table(folder: Path, out: Path, schemes: int | None, master: str) -> Measured:
    """The same of rows that go through Java: typed facts in, answers out as Parquet."""
    from pyspark.sql import SparkSession

    job, catalogue = job_for(folder, out, schemes)
    source = open_source(folder, catalogue, job.mapping)
    typed = out.with_suffix(".typed")
    typed.mkdir()
    for index, part in enumerate(source.parts()):
        frame = source.read_part(part).frame
        facts = [n for n in frame.columns if "." in n and n[0] != "@"]
        frame.select(pl.col(facts)).write_parquet(typed / f"{index}.parquet")
    begun = time.perf_counter()
    with started(master, out.with_suffix(".log")) as context:
        session = SparkSession(context)
        read = session.read.parquet(str(typed))
        context.parallelize(range(2), 2).foreach(lambda _: None)
        ready, before = time.perf_counter(), processors()
        matched(read, ON, job.schemes).write.parquet(str(out))
        seconds = time.perf_counter() - ready
        return source.total or 0, ready - begun, seconds, before, processors()


if __name__ == "__main__":
    if sys.argv[1] == "--once":
        what, master, folder, out, count = sys.argv[2:]
        kinds = {"files": files, "table": table}
        done = kinds[what](Path(folder), Path(out), int(count) or None, master)
        sys.stdout.write(" ".join(map(str, done)))
        raise SystemExit
    folder, schemes = Path(sys.argv[1]).resolve(), (sys.argv[2:] or ["0"])[0]
    ways = [("files", "one"), ("files", "one"), ("files", "local[1]"), ("files", "local[2]")]
    for number, (what, master) in enumerate([*ways, ("table", "local[2]")]):
        threads = {"POLARS_MAX_THREADS": "1"} if number == 0 else {}
        with tempfile.TemporaryDirectory() as temporary:
            out = str(Path(temporary, "out"))
            told = subprocess.run(
                [sys.executable, __file__, "--once", what, master, str(folder), out, schemes],
                env=os.environ | threads,
                stdout=subprocess.PIPE,
                text=True,
                check=True,
            )
        rows, start, seconds, before, used = map(float, told.stdout.split())
        name = f"{what} {master}{' (1 thread)' if threads else ''}"
        told = f"start {start:5.1f} s, match {seconds:6.1f} s, {rows / seconds:9.0f} rows/s"
        busy = f"{used - before:6.1f} s of processors in matching"
        sys.stdout.write(f"{name:24} {told}, {busy}\n")
        sys.stdout.flush()
