"""Which one question is worth asking next, over all the schemes at once?

The fact whose answer is expected to settle the most open decisions for the least effort, and so to
spare the most other questions. A decision counts more when its window is open and more when more
money is at stake; a sensitive question comes last. Nothing is asked of a decided scheme, nor what
somebody declined to say.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

from matcher.answers.chances import chance
from matcher.answers.decisions import Decision
from matcher.answers.report import Report
from matcher.answers.views import MissingFact, Outcome, Reason
from matcher.catalogue.windows import WindowState
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.types import Kind

WINDOW_WEIGHT = {
    WindowState.OPEN: 1.0,
    WindowState.UNKNOWN: 0.1,
    WindowState.UPCOMING: 0.1,
    WindowState.CLOSED: 0.0,
}
EFFORT = {
    Kind.BOOLEAN: 1.0,
    Kind.CHOICE: 1.0,
    Kind.CODE: 1.0,
    Kind.DATE: 1.1,
    Kind.INTEGER: 1.1,
    Kind.NUMBER: 1.2,
    Kind.EUROS: 1.2,
    Kind.SET: 1.2,
}
SENSITIVE = 50.0
LARGEST_STAKE = 8
"""Stakes are compared by their number of digits: 10⁸ € counts one tenth more than nothing."""


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The question worth asking next, and what it may settle.

    `decides` are the schemes that still wait for this fact; `alternatives` are groups of facts
    that together would do as well.
    """

    fact: str
    label: Text
    question: Text
    help: Text | None
    why: Text
    decides: tuple[str, ...]
    reason: Reason
    alternatives: tuple[tuple[str, ...], ...]
    sensitive: bool


def next_question(report: Report) -> NextQuestion | None:
    """The question worth asking next; None when no answer can decide anything more."""
    ranked = ranked_questions(report)
    return ranked[0] if ranked else None


def ranked_questions(report: Report) -> tuple[NextQuestion, ...]:
    """Every question that may still settle something, the most useful first.

    Open schemes come first: the others are asked about only when nothing is left to ask of those,
    and closed ones last.
    """
    gains = [(decision, _gains(decision)) for decision in report.decisions]
    for states in STAGES:
        stage = (facts for decision, facts in gains if decision.window_found.state in states)
        asked = {fact for facts in stage for fact in facts}
        if asked:
            return _ranked(report, gains, asked)
    return ()


STAGES = (
    frozenset({WindowState.OPEN}),
    frozenset({WindowState.UNKNOWN, WindowState.UPCOMING}),
    frozenset({WindowState.CLOSED}),
)
Gains = Mapping[str, tuple[MissingFact, float]]


def _ranked(
    report: Report, gains: Sequence[tuple[Decision, Gains]], asked: set[str]
) -> tuple[NextQuestion, ...]:
    wanted = Counter(fact for _, facts in gains for fact in facts)
    scores: dict[str, float] = defaultdict(float)
    decides: dict[str, list[str]] = defaultdict(list)
    entries: dict[str, MissingFact] = {}
    for decision, facts in gains:
        spared = sum(1 / wanted[fact] for fact in facts)
        for fact in asked & facts.keys():
            entry, gain = facts[fact]
            scores[fact] += _weight(decision) * gain * (1 + spared - 1 / wanted[fact])
            decides[fact].append(decision.scheme)
            entries.setdefault(fact, entry)
    vocabulary = report.content.vocabulary
    order = {key: index for index, key in enumerate(vocabulary)}
    ranked = sorted(
        scores, key=lambda fact: (-scores[fact] / _effort(vocabulary[fact]), order[fact])
    )
    return tuple(_question(vocabulary[fact], entries[fact], decides[fact]) for fact in ranked)


def _gains(decision: Decision) -> Gains:
    """For each fact to ask: how likely its answer alone is to settle the decision."""
    if decision.outcome is not Outcome.UNDETERMINED:
        return _window_gains(decision)
    failing: dict[str, list[float]] = defaultdict(list)
    entries: dict[str, MissingFact] = {}
    facts, vocabulary = decision.facts, decision.content.vocabulary
    for leaf, missing in decision.open_criteria:
        asked = [entry for entry in missing if entry.reason is not Reason.DECLINED]
        fails = 1 - chance(leaf.test, facts, vocabulary)
        for entry in asked:
            failing[entry.fact].append(fails / len(asked))
            entries.setdefault(entry.fact, entry)
    last = len(entries) == 1
    return {
        fact: (entries[fact], 1.0 if last else _at_least_one(shares))
        for fact, shares in failing.items()
    }


def _window_gains(decision: Decision) -> Gains:
    """An eligible scheme may still wait for the fact on which its window depends."""
    asked = [entry for entry in decision.missing if entry.reason is not Reason.DECLINED]
    return {entry.fact: (entry, 1.0) for entry in asked}


def _at_least_one(chances: list[float]) -> float:
    none = 1.0
    for share in chances:
        none *= 1 - share
    return 1 - none


def _weight(decision: Decision) -> float:
    stake = min(log10(1 + _most_at_stake(decision)), LARGEST_STAKE) / LARGEST_STAKE
    return WINDOW_WEIGHT[decision.window_found.state] * (1 + stake / 10)


def _most_at_stake(decision: Decision) -> float:
    """The greatest known amount of the aid, in euros."""
    ends = [
        float(amount.high)
        for part in decision.aid
        for key, amount in part.amounts.items()
        if key != "rate" and amount.high is not None
    ]
    return max(ends, default=0.0)


def _effort(fact: FactDeclaration) -> float:
    return EFFORT[fact.kind] * (SENSITIVE if fact.sensitive else 1.0)


def _question(fact: FactDeclaration, entry: MissingFact, decides: list[str]) -> NextQuestion:
    count = len(decides)
    why = Text(
        f"fait avancer {count} dispositif{'s' if count > 1 else ''}",
        f"moves {count} scheme{'s' if count > 1 else ''} forward",
    )
    return NextQuestion(
        fact=fact.key,
        label=fact.label,
        question=fact.question,
        help=fact.help,
        why=why,
        decides=tuple(decides),
        reason=entry.reason,
        alternatives=entry.alternatives,
        sensitive=fact.sensitive,
    )
