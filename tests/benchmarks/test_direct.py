"""How long does one profile take, on the common workload and on the real catalogue?

Run with `make bench`. `zen-engine` is timed beside ours where it is installed.
"""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numpy", reason="the workload needs numpy: pip install numpy")

import as_rules
import workload

from matcher import Catalogue
from matcher.catalogue.layout import Layout
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import RULES
from matcher.engines.compiled import CompiledPlans, compiled
from matcher.engines.judge import judged
from matcher.meaning.derive import Computation, KnownFacts

EXAMPLE = RULES.parent / "profiles" / "examples" / "pme-plasturgie-romorantin.yaml"
CODE = {0: workload.ELIGIBLE, 1: workload.UNDETERMINED, 2: workload.INELIGIBLE}


@pytest.fixture(scope="module")
def profiles() -> list[dict[str, Any]]:
    return workload.to_profiles(workload.make_columns(2_000, edges=1_000))


def _compiled(folder: Path, count: int) -> CompiledPlans:
    rules = as_rules.write_catalogue(folder, workload.make_schemes(count))
    catalogue = Catalogue(load_content(Layout(rules, folder / "profiles" / "facts"))[0])
    plans = [catalogue.plan(id_, None) for id_ in catalogue.schemes]
    return compiled(plans, catalogue.content.never_none)


def _agrees(plans: CompiledPlans, profiles: list[dict[str, Any]]) -> None:
    schemes = workload.make_schemes(len(plans.plans))
    for profile in profiles[:200]:
        statuses, outcomes = plans.codes(as_rules.plain_values(profile))
        for scheme, indexes, outcome in zip(schemes, plans.leaves, outcomes, strict=True):
            status, expected = workload.ref_scheme(scheme, profile)
            assert [(True, None, False)[statuses[i]] for i in indexes] == expected
            assert CODE[outcome] == status


@pytest.mark.parametrize("count", [15, 150, 1500])
def test_compiled_one_profile(
    benchmark: Any, tmp_path: Path, profiles: list[dict[str, Any]], count: int
) -> None:
    """Every criterion's status of every scheme, from a dictionary of values."""
    plans = _compiled(tmp_path, count)
    _agrees(plans, profiles[: 200 if count < 1500 else 5])
    values = itertools.cycle([as_rules.plain_values(profile) for profile in profiles])
    benchmark(lambda: plans.codes(next(values)))


def test_reference_one_profile(
    benchmark: Any, tmp_path: Path, profiles: list[dict[str, Any]]
) -> None:
    """The reference evaluator on the same 15 schemes."""
    plans = _compiled(tmp_path, 15).plans
    catalogue = Catalogue(load_content(Layout(tmp_path / "rules", tmp_path / "profiles/facts"))[0])
    known = [
        KnownFacts(catalogue.profile(_given(profile)).values, Computation(), 1)
        for profile in profiles[:200]
    ]
    facts = itertools.cycle(known)

    def run() -> None:
        here = next(facts)
        for plan in plans:
            judged(plan, here)

    benchmark(run)


def _given(profile: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in as_rules.plain_values(profile).items() if v is not None}


def test_zen_one_profile(benchmark: Any, profiles: list[dict[str, Any]]) -> None:
    """zen-engine, one compiled expression for the 15 schemes, unknown guarded as null."""
    zen = pytest.importorskip("zen", reason="pip install zen-engine")
    expression = zen.compile_expression(_zen_schemes(workload.make_schemes(15)))
    values = itertools.cycle(profiles)
    benchmark(lambda: expression.evaluate(next(values)))


def _zen_schemes(schemes: list[dict[str, Any]]) -> str:
    nodes, _ = workload.distinct(schemes)
    return "[" + ", ".join(_zen(node) for node in nodes) + "]"


def _zen(node: dict[str, Any]) -> str:
    match node["op"]:
        case "not":
            inner = _zen(node["arg"])
            return f"({_guard(node)} ? not({inner}) : null)"
        case "or":
            parts = [_zen(arg) for arg in node["args"]]
            true = " or ".join(f"({part}) == true" for part in parts)
            false = " and ".join(f"({part}) == false" for part in parts)
            return f"(({true}) ? true : ({false}) ? false : null)"
        case "in":
            return f"({_guard(node)} ? {node['fact']} in {json.dumps(node['values'])} : null)"
        case "cmp2":
            test = f"{node['left']} * {node['den']} {node['cmp']} {node['num']} * {node['right']}"
            return f"({_guard(node)} ? {test} : null)"
        case op:
            return f"({_guard(node)} ? {node['fact']} {op} {json.dumps(node['value'])} : null)"


def _guard(node: dict[str, Any]) -> str:
    return " and ".join(f"{fact} != null" for fact in workload.facts_of(node))


# ---------------------------------------------------------------------------- the real catalogue
def test_match_real_catalogue(benchmark: Any) -> None:
    """Every decision of the shipped catalogue: outcomes and windows, nothing said yet."""
    catalogue = Catalogue.load()
    profile = catalogue.profile(EXAMPLE)
    for _ in range(5):
        catalogue.match(profile, "2026-05-04")
    benchmark(lambda: catalogue.match(profile, "2026-05-04"))


@pytest.mark.parametrize("count", [6, 33])
def test_full_report(benchmark: Any, count: int) -> None:
    """Reasons, sentences, missing facts, questions and amounts of some schemes."""
    catalogue = Catalogue.load()
    profile = catalogue.profile(EXAMPLE)
    some = catalogue.schemes[:count]

    def run() -> None:
        for decision in catalogue.match(profile, "2026-05-04", some).decisions:
            _ = decision.criteria, decision.missing, decision.ask_authority, decision.why_not
            _ = decision.aid, decision.reserves, decision.signals, decision.summary

    for _ in range(5):
        run()
    benchmark(run)


def test_report_as_json(benchmark: Any) -> None:
    """The whole report of the shipped catalogue as JSON text."""
    catalogue = Catalogue.load()
    profile = catalogue.profile(EXAMPLE)
    benchmark(lambda: catalogue.match(profile, "2026-05-04").to_json())


def test_load_warm(benchmark: Any) -> None:
    """Loading the shipped catalogue when its compiled form is there."""
    Catalogue.load()
    benchmark(Catalogue.load)


def test_command_from_a_cold_shell(benchmark: Any) -> None:
    """`matcher match PROFILE`, process start included."""
    command = [sys.executable, "-m", "matcher", "match", str(EXAMPLE), "--on", "2026-05-04"]
    environment = {**os.environ, "PYTHONPATH": str(RULES.parent)}
    run = lambda: subprocess.run(command, check=True, capture_output=True, env=environment)  # noqa: E731
    run()
    benchmark.pedantic(run, rounds=7)
