"""Which one question is worth asking next, over all the schemes at once?

The fact whose answer is expected to settle the most decisions for the least effort. A decision
counts more when its window is open and more when more money is at stake. Sensitive questions come
after all the others. Nothing is asked of a decided scheme or group, nor what somebody declined to
say, nor what could decide nothing any more because an authority has to answer first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from math import log10
from typing import TypeAlias

from matcher.answers.decisions import Decision
from matcher.answers.report import Report
from matcher.answers.settling import Pending, Prospect, Prospects, pending
from matcher.answers.views import MissingFact, Reason
from matcher.catalogue.windows import WindowState
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.types import Kind

WINDOW_WEIGHT = {
    WindowState.OPEN: 1.0,
    WindowState.UNKNOWN: 0.1,
    WindowState.UPCOMING: 0.1,
    WindowState.CLOSED: 0.01,
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
LARGEST_STAKE = 8
"""Stakes are compared by their number of digits: 10⁸ € counts one tenth more than nothing."""


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """The question worth asking next, and what it may settle.

    `decides` are the schemes that still wait for this fact, `settles` those of them that one answer
    may decide by itself; `alternatives` are groups of facts that together would do as well.
    """

    fact: str
    label: Text
    question: Text
    help: Text | None
    why: Text
    decides: tuple[str, ...]
    settles: tuple[str, ...]
    reason: Reason
    alternatives: tuple[tuple[str, ...], ...]
    sensitive: bool


def next_question(report: Report) -> NextQuestion | None:
    """The question worth asking next; None when no answer can decide anything more."""
    stage = _stage(report)
    return None if stage is None else stage.question(stage.best())


def ranked_questions(report: Report) -> tuple[NextQuestion, ...]:
    """Every question that may still settle something, the most useful first.

    Open schemes come first: the others are asked about only when nothing is left to ask of those,
    and closed ones last.
    """
    stage = _stage(report)
    return () if stage is None else tuple(map(stage.question, sorted(stage.asked, key=stage.place)))


Place: TypeAlias = tuple[bool, float, int]
"""Sensitive ones last, then the most useful, then in the order of the vocabulary."""
LIVE = frozenset({WindowState.OPEN, WindowState.UNKNOWN, WindowState.UPCOMING})
STAGES = (
    frozenset({WindowState.OPEN}),
    frozenset({WindowState.UNKNOWN, WindowState.UPCOMING}),
    frozenset({WindowState.CLOSED}),
)


def _state(one: Pending) -> WindowState:
    return one.decision.window_found.state


def _stage(report: Report) -> _Stage | None:
    """The questions about the schemes whose window counts most, among those that still wait."""
    waiting = [found for decision in report.decisions if (found := pending(decision))]
    for states in STAGES:
        asked = {fact for one in waiting if _state(one) in states for fact in one.facts}
        if asked:
            counted = [one for one in waiting if _state(one) in states | LIVE]
            return _Stage(report, tuple(counted), frozenset(asked))
    return None


@dataclass(frozen=True)
class _Stage:
    """Some questions, and the decisions that count in choosing one."""

    report: Report
    waiting: tuple[Pending, ...]
    asked: frozenset[str]

    def best(self) -> str:
        """The most useful fact, without trying those that could not be more useful."""
        found: tuple[Place, str] | None = None
        for least, key in sorted((self._least(key), key) for key in self.asked):
            if found is not None and found[0] < least:
                break
            mine = self.place(key), key
            found = mine if found is None else min(found, mine)
        assert found is not None
        return found[1]

    def place(self, key: str) -> Place:
        """Where a fact comes in the order of the questions."""
        gain = sum(self._weights[scheme] * p.gain for scheme, p in self._prospects(key).items())
        return self._placed(key, gain, self._order[key])

    def _least(self, key: str) -> Place:
        """Where it would come if each of its answers settled all that it concerns."""
        gain = sum(self._weights[scheme] for scheme in self._trials.concerned(key))
        return self._placed(key, gain, -1)

    def _placed(self, key: str, gain: float, order: int) -> Place:
        fact = self.report.content.vocabulary[key]
        return fact.sensitive, -gain / EFFORT[fact.kind], order

    def question(self, key: str) -> NextQuestion:
        """The question about a fact."""
        entry = next(one.facts[key] for one in self.waiting if key in one.facts)
        return _question(self.report.content.vocabulary[key], entry, self._prospects(key))

    def _prospects(self, key: str) -> Mapping[str, Prospect]:
        if key not in self._found:
            self._found[key] = self._trials.of(key)
        return self._found[key]

    @cached_property
    def _found(self) -> dict[str, Mapping[str, Prospect]]:
        return {}

    @cached_property
    def _trials(self) -> Prospects:
        return Prospects(self.report, self.waiting)

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        return {one.decision.scheme: _weight(one.decision) for one in self.waiting}

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {key: index for index, key in enumerate(self.report.content.vocabulary)}


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
    return max([0.0, *ends])


def _question(
    fact: FactDeclaration, entry: MissingFact, prospects: Mapping[str, Prospect]
) -> NextQuestion:
    settles = tuple(scheme for scheme, prospect in prospects.items() if prospect.settles)
    waits = tuple(scheme for scheme, p in prospects.items() if p.waits or p.settles)
    return NextQuestion(
        fact=fact.key,
        label=fact.label,
        question=fact.question,
        help=fact.help,
        why=_why(len(settles), len(waits) - len(settles)),
        decides=waits,
        settles=settles,
        reason=entry.reason,
        alternatives=entry.alternatives,
        sensitive=fact.sensitive,
    )


def _why(settled: int, moved: int) -> Text:
    """Why a question is asked: what an answer may decide by itself, and what it moves forward."""
    if not settled:
        return Text(
            f"fait avancer {moved} dispositif{_s(moved)}",
            f"moves {moved} scheme{_s(moved)} forward",
        )
    fr = f"peut décider {settled} dispositif{_s(settled)}"
    en = f"may decide {settled} scheme{_s(settled)}"
    if not moved:
        return Text(fr, en)
    return Text(
        f"{fr}, en fait avancer {moved} autre{_s(moved)}",
        f"{en}, moves {moved} other{_s(moved)} forward",
    )


def _s(count: int) -> str:
    return "s" if count > 1 else ""
