"""How does the columnar engine compare with a plan written by hand, on the common workload?

Run:  python tests/benchmarks/columns.py [ROWS] [SCHEMES]      (needs numpy; duckdb is timed where
installed). All take turns in one run; each answer is checked against the workload's own reference.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import as_rules
import numpy as np
import polars as pl
import workload

from matcher import Catalogue
from matcher.engines.columnar.engine import ColumnarEngine

DAY = 739_942
ROUNDS = 5


def frame_of(rows: int, *, edges: int = 0, chunk: int = 0) -> pl.DataFrame:
    """Profiles of the workload as columns of our facts; categories are Enums."""
    series = []
    for name, (values, missing) in workload.make_columns(rows, chunk=chunk, edges=edges).items():
        key = f"{as_rules.GROUP}.{name}"
        if workload.is_cat(name):
            words = [f"c_{word.lower()}" for word in workload.FACTS[name]]
            cells = pl.Series(key, values.astype(np.uint32)).cat.to(pl.Enum(words))
        else:
            cells = pl.Series(key, values)
        series.append(cells.set(pl.Series(missing), None))
    return pl.DataFrame(series)


def by_hand(frame: pl.DataFrame, schemes: list[dict[str, Any]]) -> Callable[[], pl.DataFrame]:
    """One nullable boolean column for each distinct criterion and scheme, written directly."""
    nodes, per = workload.distinct(schemes)
    criteria = {f"c{i}": _hand(node) for i, node in enumerate(nodes)}
    outcomes = {
        scheme["id"]: pl.all_horizontal([pl.col(f"c{i}") for i in row])
        for scheme, row in zip(schemes, per, strict=True)
    }
    lazy = frame.lazy().select(**criteria).with_columns(**outcomes)
    return lambda: lazy.collect(engine="streaming")


def _hand(node: dict[str, Any]) -> pl.Expr:
    match node["op"]:
        case "not":
            return ~_hand(node["arg"])
        case "or":
            whole, *rest = map(_hand, node["args"])
            for part in rest:
                whole = whole | part
            return whole
        case "in":
            words = [f"c_{value.lower()}" for value in node["values"]]
            return pl.col(f"w.{node['fact']}").is_in(words)
        case "cmp2":
            left, right = pl.col(f"w.{node['left']}"), pl.col(f"w.{node['right']}")
            return workload._OPS[node["cmp"]](left * node["den"], right * node["num"])
        case op:
            value = node["value"]
            value = f"c_{value.lower()}" if isinstance(value, str) else value
            return workload._OPS[op](pl.col(f"w.{node['fact']}"), value)


def codes(table: pl.DataFrame, schemes: list[dict[str, Any]]) -> np.ndarray:
    """The outcomes as the workload counts them: 0 ineligible, 1 eligible, 2 undetermined."""
    cells = [table[s["id"]].cast(pl.Int8).fill_null(2).to_numpy() for s in schemes]
    return np.stack(cells, axis=1)


def ours(schemes: list[dict[str, Any]]) -> ColumnarEngine:
    """Our engine, over the workload written in our rule language."""
    with tempfile.TemporaryDirectory() as folder:
        rules = as_rules.write_catalogue(Path(folder), schemes)
        return ColumnarEngine(Catalogue.load(rules).content, DAY)


def main(rows: int, count: int) -> None:
    """Check the answers, then time both in turns."""
    schemes = workload.make_schemes(count)
    engine = ours(schemes)
    sample = workload.make_columns(2_000, edges=1_000)
    wanted = workload.ref_codes(schemes[:15], workload.to_profiles(sample)) >> workload.STATUS_SHIFT
    small = frame_of(2_000, edges=1_000)
    assert (codes(engine.judged(small).outcomes, schemes[:15]) == wanted).all()
    assert (codes(by_hand(small, schemes)(), schemes[:15]) == wanted).all()

    frame = frame_of(rows)
    runs: dict[str, Callable[[], object]] = {
        "by hand": by_hand(frame, schemes),
        "ours": lambda: engine.judged(frame),
    }
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            times[name].append(time.perf_counter() - start)
    for name, found in times.items():
        best = min(found)
        cell = best * 1e9 / rows / count
        sys.stdout.write(
            f"{name:10} {statistics.median(found) * 1e3:8.1f} ms (least {best * 1e3:.1f}), "
            f"{rows / best / 1e6:.1f} M rows/s, {cell:.2f} ns per row and scheme\n"
        )
    share = min(times["by hand"]) / min(times["ours"])
    sys.stdout.write(f"ours / by hand: {share:.0%} of its speed\n")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["1000000"])[0]), int((sys.argv[2:] or ["15"])[0]))
