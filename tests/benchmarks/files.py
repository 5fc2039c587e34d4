"""How long does it take to match a Parquet file of the common workload, from file to files?

Run:  python tests/benchmarks/files.py FOLDER [ROWS] [SCHEMES]      (needs numpy)

Beside it, in turns: reading the same files one by one and writing the same results, then in memory,
with Polars alone.
"""

from __future__ import annotations

import resource
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import as_rules
import polars as pl
import workload
from columns import DAY, frame_of

from matcher import Catalogue
from matcher.portfolio.jobs import Job
from matcher.portfolio.run import run
from matcher.portfolio.source import open_source

PER_FILE = 1_000_000
ROUNDS = 3


def written(folder: Path, rows: int) -> Path:
    """The workload as Parquet files, made once."""
    target = folder / f"workload-{rows}"
    if not target.exists():
        target.mkdir(parents=True)
        for index, start in enumerate(range(0, rows, PER_FILE)):
            table = frame_of(min(PER_FILE, rows - start), chunk=index)
            table.with_row_index("Client", offset=start).write_parquet(
                target / f"part-{index:03}.parquet"
            )
    return target


def timed(run_once: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    run_once()
    return time.perf_counter() - start


def main(folder: Path, rows: int, schemes: int) -> None:
    """Match it, then read and write as much without matching, in turns."""
    source = written(folder, rows)
    rules = as_rules.write_catalogue(folder / f"rules-{schemes}", workload.make_schemes(schemes))
    catalogue = Catalogue.load(rules)
    out = folder / "out"

    def ours() -> None:
        mapping = open_source(source, catalogue).mapping
        run(Job(source, mapping, rules, DAY, catalogue.schemes, out), catalogue)

    def only_files(results: list[pl.DataFrame]) -> None:
        for path in sorted(source.glob("*.parquet")):
            pl.read_parquet(path)
        for table in results:
            table.write_parquet(folder / "again.parquet", compression="zstd", compression_level=1)

    for _ in range(ROUNDS):
        shutil.rmtree(out, ignore_errors=True)
        matched = timed(ours)
        results = [pl.read_parquet(path) for path in sorted((out / "results").iterdir())]
        floor = timed(partial(only_files, results))
        del results
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rate = rows / matched / 1e6
        sys.stdout.write(
            f"{rows} rows, {schemes} schemes: {matched:.2f} s, {rate:.2f} M rows/s; reading and "
            f"writing alone {floor:.2f} s ({matched / floor:.2f}×); peak of both {memory:.0f} MB\n"
        )


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(Path(arguments[0]), *(int(a) for a in [*arguments[1:], "1000000", "15"][:2]))
