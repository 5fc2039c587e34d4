"""How many questions until every open scheme is decided, for simulated applicants?

Applicants are drawn from the reference tables (communes by population, activity codes) and from the
vocabulary. Run:  python tests/benchmarks/questions.py [APPLICANTS] [DATE]
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import Any

from matcher import Catalogue
from matcher.answers.next_question import next_question
from matcher.answers.report import Report
from matcher.catalogue.windows import WindowState
from matcher.facts.values import Known, Members, Nothing, Options, Span
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.types import Kind
from matcher.meaning.derive import KnownFacts

DATE = "2026-11-22"
SEED = 20261122
MOST_QUESTIONS = 250
MOSTLY_TRUE = 0.85
KINDS = ["entreprise_privee"] * 12 + ["association", "organisme_formation", "epci", "commune"]


@cache
def catalogue() -> Catalogue:
    return Catalogue.load()


@cache
def communes() -> tuple[list[str], list[int]]:
    table = catalogue().content.tables["communes"]
    keys = list(table.keys())
    rows = [table.row(key) for key in keys[::7]]
    found = [row for row in rows if row is not None]
    return [row["insee"] for row in found], [int(row["population"] or 0) + 1 for row in found]


@cache
def activities() -> list[str]:
    table = catalogue().content.tables["naf"]
    keys = list(table.keys())
    rows = [table.row(key) for key in keys]
    industry = [row["code"] for row in rows if row and row["industry"] == "true"]
    return industry * 3 + [row["code"] for row in rows if row]


# -------------------------------------------------------------------------------------- applicants
def applicant(seed: int) -> dict[str, Any]:
    """The true value of every fact that can be asked, as a profile would give it."""
    rnd = random.Random(seed)  # noqa: S311  a simulation
    content = catalogue().content
    truth: dict[str, Any] = {}
    for key, fact in content.vocabulary.items():
        if fact.asked and key not in content.derivations:
            truth[key] = drawn(fact, rnd)
    truth["applicant.kind"] = rnd.choice(KINDS)
    truth["site.insee"] = rnd.choices(*communes())[0]
    truth["applicant.naf"] = rnd.choice(activities())
    truth.pop("site.postcode", None)
    truth = {key: value for key, value in truth.items() if value is not None}
    return with_derived(truth)


def with_derived(truth: dict[str, Any]) -> dict[str, Any]:
    """The truth with the facts that follow from it, so that no answer contradicts another."""
    content = catalogue().content
    while True:
        try:
            profile = catalogue().profile(truth)
            break
        except Exception as error:  # noqa: BLE001  drop what contradicts, and try again
            bad = [dict(d.parts).get("key") for d in error.diagnostics]  # type: ignore[attr-defined]
            truth = {k: v for k, v in truth.items() if k not in bad}
    facts = KnownFacts(profile.values, content.computation, catalogue()._day(DATE))
    derived = {
        key: said
        for key, fact in content.vocabulary.items()
        if fact.asked
        and key in content.derivations
        and (said := as_given(facts.get(key), fact)) is not None
    }
    return {**truth, **derived}


def drawn(fact: FactDeclaration, rnd: random.Random) -> Any:
    match fact.kind:
        case Kind.BOOLEAN:
            return rnd.random() < (MOSTLY_TRUE if not fact.sensitive else 0.05)
        case Kind.CHOICE:
            return rnd.choice([choice for choice, _ in fact.choices])
        case Kind.SET:
            return [choice for choice, _ in fact.choices if rnd.random() < 0.15]
        case Kind.DATE:
            if fact.none is not None and rnd.random() < 0.7:
                return "none"
            return f"{rnd.randint(2005, 2027)}-{rnd.randint(1, 12):02d}-{rnd.randint(1, 28):02d}"
        case Kind.CODE:
            return "FR" if fact.check == "country" else None
        case _:
            return number(fact, rnd)


def number(fact: FactDeclaration, rnd: random.Random) -> int:
    median = 300_000 if fact.kind is Kind.EUROS else 24
    value = int(rnd.lognormvariate(0, 1.4) * median)
    low = int(fact.low) if fact.low is not None and fact.low > 0 else 0
    return max(low, min(value, int(fact.high) if fact.high is not None else value))


def as_given(known: Known | None, fact: FactDeclaration) -> Any:
    match known:
        case Options(members) if len(members) == 1:
            return next(iter(members))
        case Span(low, high) if low == high and fact.kind is not Kind.DATE:
            return low
        case Members(items):
            return sorted(items)
        case Nothing():
            return "none"
        case _:
            return None


# -------------------------------------------------------------------------------------- strategies
Choose = Callable[[Report, random.Random], str | None]


def still_missing(report: Report) -> list[str]:
    """The facts that the open schemes still wait for."""
    live = [d for d in report.decisions if d.window_found.state is WindowState.OPEN]
    return list(dict.fromkeys(m.fact for d in live for m in d.missing if m.reason != "declined"))


def best(report: Report, rnd: random.Random) -> str | None:  # noqa: ARG001
    if not still_missing(report):
        return None
    asked = next_question(report)
    return asked.fact if asked else None


def in_vocabulary_order(report: Report, rnd: random.Random) -> str | None:  # noqa: ARG001
    """The first fact of the vocabulary that an open scheme still waits for."""
    wanted = set(still_missing(report))
    return next((key for key in report.content.vocabulary if key in wanted), None)


def as_a_form(report: Report, rnd: random.Random) -> str | None:  # noqa: ARG001
    """Every fact of the vocabulary in its order, until the open schemes are decided."""
    if not still_missing(report):
        return None
    said = set(report.profile.values) | report.profile.declined
    facts = report.content.vocabulary.values()
    return next((fact.key for fact in facts if fact.asked and fact.key not in said), None)


def at_random(report: Report, rnd: random.Random) -> str | None:
    wanted = still_missing(report)
    return rnd.choice(sorted(wanted)) if wanted else None


def questions(truth: dict[str, Any], choose: Choose, seed: int) -> int:
    """How many questions until nothing more can be decided about the schemes not closed."""
    rnd = random.Random(seed)  # noqa: S311
    given: dict[str, Any] = {}
    for count in range(MOST_QUESTIONS):
        report = catalogue().match(catalogue().profile(given), DATE)
        key = choose(report, rnd)
        if key is None:
            return count
        given[key] = truth.get(key, "declined")
    return MOST_QUESTIONS


STRATEGIES: dict[str, Choose] = {
    "best": best,
    "vocabulary": in_vocabulary_order,
    "form": as_a_form,
    "random": at_random,
}


def measured(seed: int) -> dict[str, int]:
    truth = applicant(seed)
    return {name: questions(truth, choose, seed) for name, choose in STRATEGIES.items()}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    with ProcessPoolExecutor(2) as pool:
        results = list(pool.map(measured, range(SEED, SEED + count), chunksize=8))
    for name in STRATEGIES:
        values = sorted(result[name] for result in results)
        tenths = [values[min(len(values) - 1, len(values) * i // 10)] for i in (1, 5, 9)]
        mean = statistics.mean(values)
        low, median, high = tenths
        said = f"{name:<12} mean {mean:5.1f}  10 % {low}  median {median}  90 % {high}"
        print(said)  # noqa: T201  a script that is run by hand


if __name__ == "__main__":
    main()
