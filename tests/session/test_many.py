"""Do ten thousand sessions in one process leave memory and threads as they were?"""

import subprocess
import sys
from pathlib import Path

import pytest

RULES = Path(__file__).parent / "catalogue" / "rules"
SCRIPT = """
import gc, sys, threading
from matcher import Catalogue, Session

def resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096

catalogue = Catalogue.load(sys.argv[1])
count = int(sys.argv[2])
marks = []
for number in range(count):
    session = Session(catalogue, "2026-05-04")
    session.answer("a.kind", ("firm", "town")[number % 2])
    session.withdraw("a.kind")
    if number % (count // 10) == 0:
        gc.collect()
        marks.append(resident())
print(session.engine, threading.active_count(), *marks)
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads Linux's account of memory")
def test_ten_thousand_sessions_leave_memory_flat_and_no_thread(durable):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(RULES), "10000"],
        capture_output=True,
        text=True,
        check=True,
    )
    engine, threads, *marks = done.stdout.split()
    sizes = [int(mark) for mark in marks]
    assert engine == durable.name
    assert threads == "1"
    assert max(sizes[2:]) < 1.05 * sizes[1], sizes
