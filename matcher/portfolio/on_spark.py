"""How does Spark do the parts of a portfolio? It schedules them; each task does its part whole.

Nothing is shuffled. A task opens the input once in its process, reads its part, matches it and
writes it to the folder of the run, on a disk or in a store that every machine sees; what a task
tells comes back by an accumulator, once for each part whatever was tried again.
"""

from __future__ import annotations

import pickle
import re
import uuid
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

from matcher.api import package_version
from matcher.language.diagnostics import MatcherError
from matcher.language.text import Text
from matcher.portfolio.jobs import RESULTS, WORK, Bench, Job, bench_of, done, finished
from matcher.portfolio.locations import PREFIX, swept
from matcher.portfolio.object_stores import UNREACHABLE, StoreSilentError
from matcher.portfolio.parts import Part
from matcher.portfolio.run import Doing
from matcher.portfolio.spark_start import SparkError, named, require_spark, started
from matcher.portfolio.summary import Summary

LOG = "spark.log"
EVERY = 0.2
PATIENCE = 10
CRASHED = Text(
    "un processus Python s'est arrêté net, faute de mémoire peut-être",
    "a Python process died, for want of memory perhaps",
)
FAILED = Text(
    "Spark n'a pas pu faire une des parts, malgré plusieurs essais ({why})",
    "Spark could not do one of the parts, though it tried several times ({why})",
)
FAILED_FIX = Text(
    "Le détail est dans {log}. La même commande reprendra où elle s'est arrêtée.",
    "The details are in {log}. The same command will go on where it stopped.",
)
NOT_SHARED = Text(
    "des parts faites par Spark ne sont pas dans ce dossier",
    "parts that Spark has done are not in this folder",
)
NOT_SHARED_FIX = Text(
    "L'entrée et --out doivent être sur un disque que toutes les machines voient au même endroit, "
    "ou dans un dépôt d'objets (s3://…).",
    "The input and --out must be on a disk that all machines see at the same place, or in an "
    "object store (s3://…).",
)
OTHER_RULES = Text(
    "une machine de Spark a une autre version du programme ou d'autres règles",
    "a machine of Spark has another version of the program or other rules",
)
OTHER_RULES_FIX = Text(
    "Installez partout la même version d'aides-matcher, et les mêmes règles (--rules).",
    "Install the same version of aides-matcher everywhere, and the same rules (--rules).",
)


def spark_parts(master: str, context: Any = None) -> Doing:
    """Parts done by Spark: by the master named, or by a `SparkContext` that runs already.

    Raises `SparkError` where pyspark or Java is missing. What was started is stopped at the end.
    """
    require_spark()

    def how(job: Job, bench: Bench, parts: list[Part]) -> Iterator[Summary]:
        if not parts:
            return
        with (
            _log_of(job) as log,
            started(master, log) if context is None else nullcontext(context) as spark,
        ):
            yield from _scheduled(spark, job, bench, parts, log)

    return how


@contextmanager
def _log_of(job: Job) -> Iterator[Path]:
    """Where Java writes what it has to say: beside the parts, else on this machine.

    There it is only left where somebody is told to look into it.
    """
    if isinstance(job.out, Path):
        yield job.out / WORK / LOG
        return
    folder = Path(mkdtemp(prefix=PREFIX))
    wanted = False
    try:
        yield folder / LOG
    except SparkError:
        wanted = True
        raise
    finally:
        if not wanted:
            rmtree(folder, ignore_errors=True)


# -------------------------------------------------------------------------------------- the driver
def _scheduled(
    spark: Any, job: Job, bench: Bench, parts: list[Part], log: Path
) -> Iterator[Summary]:
    """The parts as they are finished. However it ends, nothing goes on and nothing is half-done."""
    # As many threads as the task has cores: Spark counts on nobody taking more.
    spark.environment["POLARS_MAX_THREADS"] = spark.getConf().get("spark.task.cpus", "1")
    sent = pickle.dumps((job, _versions(bench)))
    told = spark.accumulator([], _told_param())
    group = f"matcher-{uuid.uuid4()}"
    with ThreadPoolExecutor(1) as waiter:
        future = waiter.submit(_foreach, spark, group, parts, sent, told)
        try:
            yield from _summaries(future, told)
            _raise_failure(future, log)
        finally:
            if not future.done():
                spark.cancelJobGroup(group)
                wait([future], timeout=PATIENCE)
            for folder in (job.out / RESULTS, job.out / WORK):
                swept(folder)
    if len(finished(job, parts)) < len(parts):
        raise SparkError(NOT_SHARED, NOT_SHARED_FIX, file=str(job.out))


def _foreach(spark: Any, group: str, parts: list[Part], sent: bytes, told: Any) -> None:
    """One task for each part; returns when all are done."""
    spark.setJobGroup(group, "matcher", interruptOnCancel=True)
    spark.parallelize(parts, len(parts)).foreach(lambda part: told.add([_told_of(sent, part)]))


def _summaries(future: Future[None], told: Any) -> Iterator[Summary]:
    """What tasks tell, while they run; the first mistake of the input ends it all."""
    seen = 0
    while True:
        over = future.done()  # asked before looking: what is told then is all there is
        for one in told.value[seen:]:
            seen += 1
            if isinstance(one, MatcherError):
                raise one
            yield one
        if over:
            return
        wait([future], timeout=EVERY)


def _raise_failure(future: Future[None], log: Path) -> None:
    """Say why Spark gave up, by the kind of error only: its text may quote what it met."""
    error = future.exception()
    if error is None:
        return
    fix = FAILED_FIX.filled({"log": named(log)})
    raise SparkError(FAILED.filled({"why": why(str(error))}), fix) from None


def why(text: str) -> Text:
    """What an error of Spark says of its cause, in a word."""
    if "Python worker exited unexpectedly" in text:
        return CRASHED
    if StoreSilentError.__name__ in text:
        return UNREACHABLE
    kinds = re.findall(r"^(?:\w+\.)*(\w+(?:Error|Exception))\b", text, re.MULTILINE)
    return named(kinds[-1] if kinds else "SparkException")


def _told_param() -> Any:
    """How the lists that tasks tell are put together."""
    from pyspark.accumulators import AccumulatorParam

    class Told(AccumulatorParam):  # type: ignore[misc]  # pyspark is not seen by the type checker
        def zero(self, value: list[object]) -> list[object]:
            return value[:0]

        def addInPlace(self, value1: list[object], value2: list[object]) -> list[object]:  # noqa: N802
            value1.extend(value2)
            return value1

    return Told()


# ---------------------------------------------------------------------------------------- the task
def _told_of(sent: bytes, part: Part) -> Summary | MatcherError:
    """Do a part in this process; a mistake of the input is told rather than tried again.

    A store that does not answer may do so later: Spark tries again.
    """
    try:
        job, bench = _opened(sent)
        return done(job, bench, part)
    except StoreSilentError:
        raise
    except MatcherError as error:
        return error


@lru_cache(maxsize=1)
def _opened(sent: bytes) -> tuple[Job, Bench]:
    """The job and what it needs, opened once in a process that does many parts."""
    job, versions = pickle.loads(sent)  # noqa: S301  written by the driver, a page above
    bench = bench_of(job)
    if _versions(bench) != versions:
        raise SparkError(OTHER_RULES, OTHER_RULES_FIX)
    return job, bench


def _versions(bench: Bench) -> Iterable[str]:
    return package_version(), bench.catalogue.digest
