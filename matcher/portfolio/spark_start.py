"""What does Spark need on this machine, and how is it started without its noise?"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from matcher.language.text import Text
from matcher.portfolio.errors import SourceError

OLDEST_JAVA = 17
TRIES = 4
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
LOCAL = re.compile(r"local(\[(?P<cores>\*|\d+)\])?\Z")

NO_PYSPARK = Text("Spark n'est pas installé (pyspark)", "Spark is not installed (pyspark)")
NO_PYSPARK_FIX = Text(
    "pip install 'aides-matcher[spark]' ; il faut aussi Java 17 ou 21. "
    "Sans Spark : --engine polars.",
    "pip install 'aides-matcher[spark]'; Java 17 or 21 is needed too. "
    "Without Spark: --engine polars.",
)
NO_JAVA = Text(
    "Spark a besoin de Java, introuvable ici", "Spark needs Java, which is not found here"
)
OLD_JAVA = Text(
    "Spark a besoin de Java 17 ou 21 ; celui d'ici est Java {found}",
    "Spark needs Java 17 or 21; the one here is Java {found}",
)
JAVA_FIX = Text(
    "Debian, Ubuntu : sudo apt install openjdk-17-jre-headless (ou openjdk-21-jre-headless) ; "
    "ailleurs, Java 17 ou 21, et JAVA_HOME. Sans Spark : --engine polars.",
    "Debian, Ubuntu: sudo apt install openjdk-17-jre-headless (or openjdk-21-jre-headless); "
    "elsewhere, Java 17 or 21, and JAVA_HOME. Without Spark: --engine polars.",
)
NOT_STARTED = Text("Spark n'a pas démarré ({master})", "Spark did not start ({master})")
NOT_STARTED_FIX = Text(
    "Vérifiez --master et que le maître répond ; le détail est dans {log}",
    "Check --master and that the master answers; the details are in {log}",
)


class SparkError(SourceError):
    """Spark is missing, did not start, or could not finish; says what to do."""


def named(thing: object) -> Text:
    """What has the same name in both languages."""
    return Text(str(thing), str(thing))


# --------------------------------------------------------------------------------- what is missing
def require_spark() -> None:
    """Raise `SparkError` where pyspark or Java is missing."""
    if find_spec("pyspark") is None:
        raise SparkError(NO_PYSPARK, NO_PYSPARK_FIX)
    if "PYSPARK_GATEWAY_PORT" in os.environ:
        return  # started by spark-submit: Java runs already
    found = java_version()
    if found is None:
        raise SparkError(NO_JAVA, JAVA_FIX)
    if found < OLDEST_JAVA:
        raise SparkError(OLD_JAVA.filled({"found": named(found)}), JAVA_FIX)


def java_version() -> int | None:
    """The version of the Java that Spark would take: that of JAVA_HOME, else of the path."""
    home = os.environ.get("JAVA_HOME")
    java = shutil.which("java", path=str(Path(home, "bin")) if home else None)
    if java is None:
        return None
    try:
        told = subprocess.run(  # noqa: S603  the same Java that Spark starts
            [java, "-version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    numbers = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(numbers[1]) if numbers else None


# ---------------------------------------------------------------------------------------- starting
@contextmanager
def started(master: str, log: Path) -> Iterator[Any]:
    """A context of Spark, stopped at the end. What Java has to say goes to `log`.

    The process of Java ends with this one: it is used again if Spark is started once more.
    """
    try:
        with warnings.catch_warnings():
            # Of tables made of pandas' frames: there are none here.
            warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")
            context = _started(master, log)
    except _failures():
        fix = NOT_STARTED_FIX.filled({"log": named(log)})
        raise SparkError(NOT_STARTED.filled({"master": named(master)}), fix) from None
    try:
        yield context
    finally:
        context.stop()


def _failures() -> tuple[type[Exception], ...]:
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    return Py4JError, PySparkException, OSError


def _started(master: str, log: Path) -> Any:
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway

    conf = SparkConf(loadDefaults=False).setMaster(with_retries(master)).setAppName("matcher")
    conf.setAll(list(_settings(master).items()))
    before = signal.getsignal(signal.SIGINT)
    gateway = None
    if SparkContext._gateway is None:  # noqa: SLF001  there is one Java in a process
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("ab") as told, _alone(master):
            gateway = launch_gateway(conf, {"stdout": told, "stderr": told})
    try:
        context = SparkContext(conf=conf, gateway=gateway)
    finally:
        # PySpark's own handler fails once Spark has stopped; jobs are cancelled by who waits.
        if signal.getsignal(signal.SIGINT) is not before:
            signal.signal(signal.SIGINT, before)
    context.setLogLevel("WARN")
    if "PYSPARK_PYTHON" not in os.environ:
        context.pythonExec = sys.executable
    return context


def _settings(master: str) -> dict[str, str]:
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if not master.startswith("local"):
        return settings
    # Nothing listens on the network when there is one machine; Java only schedules, and starts
    # twice as fast when it compiles less.
    return settings | {
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.extraJavaOptions": QUICK_JAVA,
        "spark.executor.extraJavaOptions": QUICK_JAVA,
    }


@contextmanager
def _alone(master: str) -> Iterator[None]:
    """On one machine, nobody is asked for its name: that takes ten seconds where nobody answers."""
    names = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}
    added = {k: v for k, v in names.items() if master.startswith("local") and k not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]


def with_retries(master: str) -> str:
    """A master that tries a task again: on one machine Spark gives up at the first failure."""
    found = LOCAL.match(master)
    return f"local[{found['cores'] or 1},{TRIES}]" if found else master
