"""How are many rows spread over the processors?

A few rows are done here. Many go to processes that load the catalogue for themselves and get plain
values. Nothing of this process is copied, since a table library that runs threads does not survive
a fork; and the program that called us is not run again, as it is where processes are spawned for a
function. What such a process cannot do is done here.
"""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from matcher.api import Catalogue
from matcher.portfolio.standings import RowStandings, Stands, Values

PAYS_FROM = 600
CHUNK = 250
MOST_PROCESSES = 8
Progress = Callable[[int], object]
Process = subprocess.Popen[bytes]
SERVE = "from matcher.portfolio.workers import serve; serve()"


@dataclass(frozen=True)
class Rows:
    """The facts of some rows, and what is asked of them."""

    values: Sequence[Values]
    day: int
    schemes: tuple[str, ...]
    place: str | None = None
    given: frozenset[str] = frozenset()

    def standings(self, catalogue: Catalogue) -> RowStandings:
        """What answers for them."""
        return RowStandings(catalogue, self.day, self.schemes, self.place, self.given)


def stands_of(
    rows: Rows, catalogue: Catalogue, rules: Path | None, progress: Progress = str
) -> list[Stands]:
    """How each row stands, in order; rows with the same facts are done once.

    `rules` is where the catalogue was loaded from. `progress` is told of rows as they are done.
    """
    keys = [tuple(values.items()) for values in rows.values]
    distinct = dict(zip(keys, rows.values, strict=True))
    waiting = list(distinct.values())
    chunks = [waiting[i : i + CHUNK] for i in range(0, len(waiting), CHUNK)]
    here = rows.standings(catalogue)
    found: list[Stands] = []
    for chunk, done in zip(chunks, _elsewhere(rows, chunks, catalogue, rules), strict=True):
        found += [here.of(values) for values in chunk] if done is None else done
        progress(len(chunk))
    progress(len(keys) - len(distinct))
    by_facts = dict(zip(distinct, found, strict=True))
    return [by_facts[key] for key in keys]


Chunk = Sequence[Values]


def _elsewhere(
    rows: Rows, chunks: Sequence[Chunk], catalogue: Catalogue, rules: Path | None
) -> Iterator[list[Stands] | None]:
    """What other processes say of each chunk, in order; None for a chunk to be done here."""
    count = min(_processors(), len(chunks), MOST_PROCESSES)
    if count < 2 or sum(map(len, chunks)) < PAYS_FROM:
        yield from [None] * len(chunks)
        return
    setup = (rules, catalogue.digest, replace(rows, values=()))
    with ExitStack() as stack:
        idle: SimpleQueue[Process] = SimpleQueue()
        pool = stack.enter_context(ThreadPoolExecutor(count))
        for _ in range(count):
            process = _started()
            # Ended before its thread is waited for, whatever happens here: Ctrl-C too.
            stack.callback(_ended, process)
            idle.put(process)
        yield from pool.map(lambda chunk: _asked(chunk, idle, setup), chunks)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _started() -> Process:
    return subprocess.Popen(  # noqa: S603  our own code, in the same interpreter
        [sys.executable, "-c", SERVE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )


def _ended(process: Process) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        with suppress(OSError):
            assert pipe is not None
            pipe.close()
    process.wait()


def _asked(chunk: Chunk, idle: SimpleQueue[Process], setup: object) -> list[Stands] | None:
    """What a process says of a chunk; each is told what is asked of it with every chunk."""
    process = idle.get()
    try:
        _send(process, (setup, chunk))
        assert process.stdout is not None
        found: list[Stands] = pickle.load(process.stdout)  # noqa: S301  from our own process
    except (OSError, EOFError, ValueError, pickle.UnpicklingError):
        return None
    else:
        return found
    finally:
        idle.put(process)


def _send(process: Process, what: object) -> None:
    assert process.stdin is not None
    pickle.dump(what, process.stdin, pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()


def serve() -> None:
    """What such a process does: it answers for chunks until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    standings: RowStandings | None = None
    while True:
        try:
            (rules, digest, rows), chunk = _received()
        except EOFError:
            return
        if standings is None:
            catalogue = Catalogue.load(rules)
            if catalogue.digest != digest:
                return
            standings = rows.standings(catalogue)
        found = [standings.of(values) for values in chunk]
        pickle.dump(found, sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
        sys.stdout.buffer.flush()


def _received() -> Any:
    return pickle.load(sys.stdin.buffer)  # noqa: S301  from the process that started this one
