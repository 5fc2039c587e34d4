"""How long does an answer of a live session take, and what do ten thousand sessions leave behind?

Run with `make bench`; durable-rules fires the rules where it is installed.
"""

from __future__ import annotations

import gc
import itertools
import threading
from pathlib import Path
from typing import Any

import pytest

from matcher import Catalogue, Session
from matcher.catalogue.locate import RULES
from matcher.engines.session.chain import Conclusions, concluded
from matcher.engines.session.durable import durable_rules
from matcher.engines.session.engine import DirectRules

EXAMPLE = RULES.parent / "profiles" / "examples" / "pme-plasturgie-romorantin.yaml"
ON = "2026-05-04"
ENGINES = {"direct": DirectRules(), "durable-rules": durable_rules()}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(params=ENGINES)
def engine(request: Any) -> Any:
    found = ENGINES[request.param]
    return found or pytest.skip("durable-rules is not installed: make session")


def _session(catalogue: Catalogue, engine: Any, *args: Any) -> Session:
    session = Session(catalogue, ON, *args)
    session._follower.engine = engine
    return session


def test_answer_on_a_full_profile(benchmark: Any, catalogue: Catalogue, engine: Any) -> None:
    """One answer that decides something, 62 facts known: every decision and notification."""
    session = _session(catalogue, engine, EXAMPLE)
    values = itertools.cycle([85, 300, 6_000, {"min": 50, "max": 99}])
    benchmark(lambda: session.answer("applicant.headcount", next(values)))
    assert session.engine == engine.name


def test_answer_on_an_empty_profile(benchmark: Any, catalogue: Catalogue, engine: Any) -> None:
    """The first answer, which most schemes wait for."""
    session = _session(catalogue, engine)
    values = itertools.cycle(["entreprise_privee", "epci"])
    benchmark(lambda: session.answer("applicant.kind", next(values)))


def test_an_answer_and_the_next_question(benchmark: Any, catalogue: Catalogue, engine: Any) -> None:
    """What a person waits for: all decisions updated, and what to ask next."""
    session = _session(catalogue, engine)
    values = itertools.cycle(["entreprise_privee", "epci"])

    def run() -> None:
        session.answer("applicant.kind", next(values))
        session.next_question()

    benchmark(run)


def test_new_session(benchmark: Any, catalogue: Catalogue) -> None:
    """A session in which nothing was answered yet: all 33 schemes concluded."""
    benchmark(lambda: Session(catalogue, ON))


def test_chaining_alone(benchmark: Any, catalogue: Catalogue, engine: Any) -> None:
    """The rules of the whole catalogue from scratch, the judgements being there."""
    moment = Session(catalogue, ON, EXAMPLE)._moment
    follower = Session(catalogue, ON)._follower
    states = moment.conclusions.states
    benchmark(lambda: concluded(engine, follower._links, Conclusions(), states))


def test_many_sessions(benchmark: Any, catalogue: Catalogue) -> None:
    """1,000 sessions of 4 answers, a withdrawal and a return: memory and threads stay."""

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text(encoding="utf-8").split()[1]) * 4096

    def run() -> None:
        for number in range(1_000):
            session = Session(catalogue, ON)
            session.answer("applicant.kind", "entreprise_privee")
            session.answer("applicant.headcount", number)
            session.answer("site.insee", "41194")
            session.answer("project.eligible_cost_eur", number * 1_000)
            session.withdraw("applicant.headcount")
            session.undo()

    run()
    gc.collect()
    before, threads = resident(), threading.active_count()
    benchmark.pedantic(run, rounds=1)
    gc.collect()
    benchmark.extra_info["resident_growth_bytes"] = resident() - before
    assert resident() < 1.05 * before
    assert threading.active_count() == threads
