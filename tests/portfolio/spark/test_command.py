"""Does `matcher batch --engine spark` do what it does without, and stop when it is asked to?"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from matcher.portfolio.jobs import WORK
from tests.portfolio.spark.portfolios import clients
from tests.portfolio.spark.processes import below, runs

FILES = 40


def command(folder: Path, engine: str) -> list[str]:
    """The command line of a run."""
    options = ["--engine", engine, "--master", "local[2]", "--scheme", "ingenierie-anct"]
    out = ["--out", str(folder.parent / engine), "--format", "parquet", "--on", "2026-05-04"]
    return [sys.executable, "-m", "matcher", "batch", str(folder), "--yes", *options, *out]


@pytest.mark.usefixtures("java")
def test_interrupted_it_leaves_nothing_behind_and_goes_on(tmp_path):
    folder = tmp_path / "clients"
    folder.mkdir()
    for seed in range(FILES):
        clients(300, seed).write_parquet(folder / f"{seed:02}.parquet")
    interrupted(folder)
    assert not [path for path in tmp_path.rglob(".*") if path.is_file()]
    done = subprocess.run(command(folder, "spark"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    same_as_alone(folder)


def interrupted(folder: Path) -> None:
    """Start a run, press Ctrl-C when some parts are done: all its processes are told.

    Those that do the parts are held meanwhile, so that none finishes before the key is pressed.
    """
    run = subprocess.Popen(
        command(folder, "spark"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    work = folder.parent / "spark" / WORK
    while run.poll() is None and len(list(work.glob("*.json"))) < 3:
        time.sleep(0.05)
    started = below(run.pid)
    held = [pid for pid, name in started if "pyspark" in name and "java" not in name]
    for pid in held:
        os.kill(pid, signal.SIGSTOP)
    parts = len(list(work.glob("*.json")))
    os.killpg(run.pid, signal.SIGINT)
    time.sleep(1)
    for pid in held:
        os.kill(pid, signal.SIGCONT)
    _, told = run.communicate(timeout=120)
    assert run.returncode == 130, f"{parts} parts of {FILES} were done; {told}"
    assert told.startswith("Interrompu. Ce qui est fini est gardé")
    assert any("java" in name for _, name in started)
    gone(started)


def gone(processes: list[tuple[int, str]]) -> None:
    """Java and Python end with the run that started them."""
    limit = time.monotonic() + 30
    while left := [name for pid, name in processes if runs(pid, name)]:
        assert time.monotonic() < limit, left
        time.sleep(0.1)


def same_as_alone(folder: Path) -> None:
    alone = subprocess.run(command(folder, "polars"), capture_output=True, text=True, check=False)
    assert alone.returncode == 0, alone.stderr
    one, other = (folder.parent / engine for engine in ("spark", "polars"))
    for path in sorted((other / "results").glob("*.parquet")):
        assert_frame_equal(pl.read_parquet(one / "results" / path.name), pl.read_parquet(path))
    told = [json.loads((out / "run.json").read_text())["summary"] for out in (one, other)]
    assert told[0] == told[1]
