"""How many questions until every open scheme is decided, for simulated applicants?

The applicants are those of applicants.py, each answering all that is asked. A scheme is done when
no answer can decide anything more about it: it is decided, or waits for an authority only. Run:

    python tests/benchmarks/questions.py [APPLICANTS] [FIRST SEED]
"""

from __future__ import annotations

import random
import statistics
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache

from applicants import DATE, Truth, applicant, catalogue
from oracle import Oracle, open_schemes

from matcher.answers.next_question import next_question
from matcher.answers.settling import pending
from matcher.catalogue.windows import WindowState

SEED = 20261122
WIDTH = 5
"""How many counts go together in the table of the distribution."""
Choose = Callable[[Truth, random.Random], str | None]


# -------------------------------------------------------------------------------------- strategies
def still_missing(given: Truth) -> list[str]:
    """The facts that the open schemes still wait for."""
    report = catalogue().match(given, DATE, open_schemes())
    assert all(d.window_found.state is WindowState.OPEN for d in report.decisions)
    waiting = [found for decision in report.decisions if (found := pending(decision))]
    return list(dict.fromkeys(fact for one in waiting for fact in one.facts))


def best(given: Truth, rnd: random.Random) -> str | None:  # noqa: ARG001
    """The next question of the library, over all the schemes, as long as an open one waits."""
    report = catalogue().match(given, DATE)
    asked = next_question(report)
    if asked is None:
        return None
    states = {report.decision(scheme).window_found.state for scheme in asked.decides}
    return asked.fact if WindowState.OPEN in states else None


def in_vocabulary_order(given: Truth, rnd: random.Random) -> str | None:  # noqa: ARG001
    """The first fact of the vocabulary that an open scheme still waits for."""
    return min(still_missing(given), key=_place, default=None)


def at_random(given: Truth, rnd: random.Random) -> str | None:
    """Any fact that an open scheme still waits for."""
    wanted = still_missing(given)
    return rnd.choice(sorted(wanted)) if wanted else None


def _place(key: str) -> int:
    return _order()[key]


@cache
def _order() -> Mapping[str, int]:
    facts = catalogue().content.vocabulary.values()
    return {fact.key: index for index, fact in enumerate(f for f in facts if f.asked)}


# ------------------------------------------------------------------------------------- simulations
SEEN: dict[str, dict[str, str | None]] = {"best": {}, "vocabulary": {}}
"""What these strategies chose before, in this process: they choose the same after the same."""


def interview(truth: Truth, choose: Choose, rnd: random.Random, seen: dict[str, str | None]) -> int:
    """How many questions are asked; `seen` keeps what was chosen after the same answers."""
    given: Truth = {}
    while True:
        so_far = repr(sorted(given.items()))
        if so_far not in seen:
            seen[so_far] = choose(given, rnd)
        key = seen[so_far]
        if key is None:
            return len(given)
        given[key] = truth.get(key, "declined")


def as_a_form(truth: Truth) -> int:
    """How many facts of the vocabulary, in its order and whatever was answered, are enough."""
    keys = list(_order())
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) // 2
        given = {key: truth.get(key, "declined") for key in keys[:middle]}
        low, high = (middle + 1, high) if still_missing(given) else (low, middle)
    return low


def measured(seed: int) -> dict[str, int]:
    """The number of questions of one applicant, by strategy."""
    truth = applicant(seed)
    rnd = random.Random(seed)  # noqa: S311  a simulation
    return {
        "known in advance": len(Oracle(truth).least()),
        "best": interview(truth, best, rnd, SEEN["best"]),
        "vocabulary": interview(truth, in_vocabulary_order, rnd, SEEN["vocabulary"]),
        "random": interview(truth, at_random, rnd, {}),
        "form": as_a_form(truth),
    }


# ------------------------------------------------------------------------------------------ report
def summary(name: str, counts: list[int]) -> str:
    """Mean and distribution of one strategy, as a row of a Markdown table."""
    ordered = sorted(counts)
    tenths = [ordered[min(len(ordered) - 1, len(ordered) * i // 10)] for i in (1, 5, 9)]
    row = [name, f"{statistics.mean(counts):.1f}", *map(str, tenths), str(ordered[-1])]
    return f"| {' | '.join(row)} |"


def histogram(results: list[dict[str, int]], names: list[str]) -> list[str]:
    """How many applicants in a hundred need so many questions, as a Markdown table."""
    bins = {name: Counter(result[name] // WIDTH for result in results) for name in names}
    last = max(max(found) for found in bins.values())
    lines = ["| questions | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for place in range(last + 1):
        shares = [f"{100 * bins[name][place] / len(results):.0f} %" for name in names]
        first = place * WIDTH
        lines.append(f"| {first} to {first + WIDTH - 1} | {' | '.join(shares)} |")
    return lines


def main() -> None:
    """Simulate, and print the tables of docs/performance.md."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    first = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(measured, range(first, first + count), chunksize=8))
    lines = ["| strategy | mean | 10 % | median | 90 % | most |", "|---|---|---|---|---|---|"]
    lines += [summary(name, [result[name] for result in results]) for name in results[0]]
    lines += ["", *histogram(results, ["known in advance", "best", "vocabulary", "random"])]
    print("\n".join(lines))  # noqa: T201  a script that is run by hand


if __name__ == "__main__":
    main()
