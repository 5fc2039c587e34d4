"""Does Spark give what one process gives with workers that are processes of their own?"""

import os
import shutil
import signal
from pathlib import Path

import pytest

from matcher.portfolio import parquet_files
from matcher.portfolio.on_spark import spark_parts
from matcher.portfolio.run import run
from tests.portfolio.spark.processes import below

EXECUTOR = "CoarseGrainedExecutorBackend"


@pytest.fixture
def cluster(java, log):
    """Two workers of one core, each with its own Java, as on two machines."""
    import pyspark

    with java("local-cluster[2,1,1024]", log) as context:
        # This kind of cluster, made for tests, leaves the logs of its workers beside PySpark.
        left = Path(pyspark.__file__).parent / "work" / context.applicationId
        yield context
    shutil.rmtree(left, ignore_errors=True)


def test_a_killed_machine(folder, job_of, catalogue, cluster, same, monkeypatch):
    """One of the two is killed when the first part is told: the other, or its heir, goes on."""
    monkeypatch.setattr(parquet_files, "PART_ROWS", 250)
    killed = []

    def kill(_rows):
        if not killed:
            machines = [pid for pid, command in below(os.getpid()) if EXECUTOR in command]
            os.kill(machines[0], signal.SIGKILL)
            killed.extend(machines)

    done = run(job_of(folder), catalogue, kill, spark_parts("", cluster))
    assert len(killed) == 2
    same(done)
