"""Does Spark read its parts from a store, and write them there?"""

import json
import os
import pickle
import re
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from matcher.portfolio import on_spark
from matcher.portfolio.locations import written
from matcher.portfolio.object_stores import (
    REFUSED,
    REFUSED_FIX,
    Stored,
    StoreError,
    StoreSilentError,
    silent,
)
from matcher.portfolio.parts import Part
from matcher.portfolio.spark_start import SparkError, require_spark
from tests.portfolio.spark.portfolios import clients
from tests.portfolio.stores.conftest import new_bucket

FILES = 6
PATIENCE = 60


@pytest.fixture(scope="module")
def spark_home():
    """What starts Spark. In CI it has what it needs, or the tests fail."""
    try:
        require_spark()
    except SparkError as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(missing.render("en"))
    import pyspark

    return Path(pyspark.__file__).parent


@pytest.fixture(scope="module")
def bucket(server):
    """A folder of Parquet files, with names that are not plain, and what one process gives."""
    bucket = new_bucket(server)
    for seed in range(FILES):
        with written(bucket.place / "clients" / f"été {seed}.parquet") as path:
            clients(300, seed).write_parquet(path)
    matched(bucket, "alone")
    return bucket


def matched(bucket, out, *options):
    """A run as a person starts it."""
    source, target = (str(bucket.place / name) for name in ("clients", out))
    args = [source, "--out", target, "--scheme", "pat", "--on", "2026-05-04", "--yes"]
    command = [sys.executable, "-m", "matcher", "batch", *args, *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def same(bucket, out):
    """The run wrote the same files as one process, one by one."""
    found, alone = bucket.files(out), bucket.files("alone")
    assert len([name for name in alone if name.startswith("results/")]) == FILES
    assert found == alone
    assert json.loads(found["run.json"])["finished"] is True


@pytest.mark.usefixtures("spark_home")
def test_a_folder_of_a_store(bucket):
    matched(bucket, "here", "--engine", "spark", "--master", "local[2]")
    same(bucket, "here")


def test_a_store_that_is_silent_is_tried_again_and_one_that_refuses_is_told(monkeypatch):
    place, part = Stored("s3", "clients"), Part("00000", "a.parquet", 0, 1, 1)

    def opened(_sent):
        raise error

    monkeypatch.setattr(on_spark, "_opened", opened)
    error = silent(place)
    with pytest.raises(StoreSilentError):
        on_spark._told_of(b"", part)
    error = StoreError(REFUSED, REFUSED_FIX, file=str(place))
    assert on_spark._told_of(b"", part) is error
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert again.render("en") == error.render("en")


# ----------------------------------------------------------------------------------- a real cluster
@pytest.fixture
def cluster(spark_home, tmp_path):
    """A master and two workers of Spark, as on three machines: each has the same environment."""
    local = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_LOCAL_HOSTNAME": "localhost"}
    start = str(spark_home / "bin" / "spark-class")
    where = ["--host", "127.0.0.1", "--port", "0", "--webui-port", "0"]

    def started(name, kind, *args):
        log = tmp_path / f"{name}.log"
        command = [start, f"org.apache.spark.deploy.{kind}", *where, *args]
        with log.open("wb") as told:
            process = subprocess.Popen(command, stdout=told, stderr=told, env=os.environ | local)
        stack.callback(process.wait, 30)
        stack.callback(process.terminate)
        return log

    with ExitStack() as stack:
        master = said(started("master", "master.Master"), r"Starting Spark master at (spark://\S+)")
        for name in ("one", "two"):
            folder = ["--work-dir", str(tmp_path / name), "--cores", "1", "--memory", "1g"]
            log = started(name, "worker.Worker", *folder, master)
            said(log, r"(Successfully registered with master)")
        yield master


def said(log, pattern):
    """What a process says once it is ready."""
    limit = time.monotonic() + PATIENCE
    while not (found := re.search(pattern, log.read_text())):
        assert time.monotonic() < limit, log.read_text()
        time.sleep(0.1)
    return found[1]


def test_a_cluster(bucket, cluster, monkeypatch):
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    monkeypatch.setenv("SPARK_LOCAL_HOSTNAME", "localhost")
    matched(bucket, "there", "--engine", "spark", "--master", cluster)
    same(bucket, "there")
