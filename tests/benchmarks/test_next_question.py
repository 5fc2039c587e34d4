"""How long does the choice of the next question take, from nothing known to nearly all?

Run with `make bench`. The targets: an answer updates all decisions in under 20 ms (test_session),
the next question takes under 50 ms.
"""

from __future__ import annotations

from typing import Any

import pytest

from matcher import Catalogue
from matcher.answers.next_question import next_question
from matcher.catalogue.locate import RULES

EXAMPLE = RULES.parent / "profiles" / "examples" / "pme-plasturgie-romorantin.yaml"
ON = "2026-11-22"
KNOWN = {
    "nothing": {},
    "who": {"applicant.kind": "entreprise_privee", "applicant.naf": "22.22Z"},
    "example": EXAMPLE,
}


@pytest.mark.parametrize("known", KNOWN)
def test_next_question(benchmark: Any, known: str) -> None:
    """The question alone, on a report in which nothing was read yet."""
    catalogue = Catalogue.load()
    profile = catalogue.profile(KNOWN[known])
    benchmark.pedantic(
        next_question,
        setup=lambda: ((catalogue.match(profile, ON),), {}),
        rounds=50,
        warmup_rounds=5,
    )


@pytest.mark.parametrize("known", KNOWN)
def test_answer_then_next_question(benchmark: Any, known: str) -> None:
    """All the decisions, and the question worth asking next."""
    catalogue = Catalogue.load()
    profile = catalogue.profile(KNOWN[known])
    for _ in range(5):
        next_question(catalogue.match(profile, ON))
    benchmark(lambda: next_question(catalogue.match(profile, ON)))
