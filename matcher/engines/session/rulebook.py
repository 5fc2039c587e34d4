"""Which rules say what follows from a fact of a session?

A fact is a few short tokens: a group and the statuses of its items, a scheme and what its group
says, two schemes that are related. The rules give the meaning of the connectives and of the
relations once for all; they never name a scheme, and compare nothing but tokens. Amounts, dates and
codes are compared before, by our evaluator.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from matcher.meaning.logic import Truth

Fact: TypeAlias = Mapping[str, str]
"""The tokens of a fact, by the name of their slot."""
Clause: TypeAlias = tuple[tuple[str, str], ...]
"""Slots and the token that each should hold: one that does is enough."""

KIND = "k"
ALL, ANY, COUNT, SCHEME, CHANGE = "all", "any", "count", "scheme", "change"
OPENS, EXCLUDES, REPLACES, TERRITORY = "opens", "excludes", "replaces", "territory"

YES, NO, UNKNOWN = "yes", "no", "unk"
TOKENS: Mapping[Truth, str] = {True: YES, False: NO, None: UNKNOWN}

APPLY, ELIGIBLE, INELIGIBLE, UNDETERMINED = "apply", "eligible", "ineligible", "undetermined"
STAGES = (APPLY, ELIGIBLE, INELIGIBLE, UNDETERMINED)
OUTCOMES: Mapping[str, Truth] = {
    APPLY: True,
    ELIGIBLE: True,
    INELIGIBLE: False,
    UNDETERMINED: None,
}

WIDTH = 16
"""The items of one group fact; a larger group becomes groups of groups."""
SLOTS = tuple(f"i{index}" for index in range(WIDTH))
_NEUTRAL = {ALL: YES, ANY: NO}
ENOUGH, POSSIBLE = "enough", "possible"
"""Whether enough items hold, and whether enough still may."""
OUTCOME, WINDOW, EDITIONS, WAS, IS, WHEN = "o", "w", "e", "was", "is", "t"
AGREE, DIFFER = "agree", "differ"
"""Whether the editions that may be the one in force have the same outcome."""
ONE, OTHER, ONE_WINDOW, OTHER_WINDOW = "a", "b", "aw", "bw"


@dataclass(frozen=True, slots=True)
class Rule:
    """If every clause holds, the fact means `concludes`."""

    name: str
    clauses: tuple[Clause, ...]
    concludes: str

    def holds(self, fact: Fact) -> bool:
        """Whether the rule fires for a fact."""
        return all(
            any(fact.get(slot) == token for slot, token in clause) for clause in self.clauses
        )


def _rule(name: str, kind: str, concludes: str, *clauses: Clause) -> Rule:
    return Rule(name, (((KIND, kind),), *clauses), concludes)


def _in(slot: str, *tokens: str) -> Clause:
    return tuple((slot, token) for token in tokens)


def _but(stage: str) -> Clause:
    return _in(WAS, *(other for other in STAGES if other != stage))


def _every(token: str) -> tuple[Clause, ...]:
    return tuple(_in(slot, token) for slot in SLOTS)


def _some(token: str) -> Clause:
    return tuple((slot, token) for slot in SLOTS)


OTHERWISE = "otherwise"
"""The rule that acknowledges every fact: what is left to conclude when no other rule fires."""
_SEEN = ("f", "1")
_NOT_CLOSED = ("open", "upcoming", "unknown")
_HOLDS = (APPLY, ELIGIBLE)
_MAYBE = (APPLY, ELIGIBLE, UNDETERMINED)

CAN_APPLY, WOULD_QUALIFY = "can_apply", "would_qualify"
RULED_OUT, LOST, REOPENED, PROGRESS = "ruled_out", "lost", "reopened", "progress"
SILENT = "silent"

RULES: tuple[Rule, ...] = (
    _rule("all.no", ALL, NO, _some(NO)),
    _rule("all.yes", ALL, YES, *_every(YES)),
    _rule("any.yes", ANY, YES, _some(YES)),
    _rule("any.no", ANY, NO, *_every(NO)),
    _rule("count.yes", COUNT, YES, _in(ENOUGH, YES)),
    _rule("count.no", COUNT, NO, _in(POSSIBLE, NO)),
    _rule(
        "scheme.apply",
        SCHEME,
        APPLY,
        _in(OUTCOME, YES),
        _in(EDITIONS, AGREE),
        _in(WINDOW, "open"),
    ),
    _rule(
        "scheme.eligible",
        SCHEME,
        ELIGIBLE,
        _in(OUTCOME, YES),
        _in(EDITIONS, AGREE),
        _in(WINDOW, "upcoming", "closed", "unknown"),
    ),
    _rule("scheme.ineligible", SCHEME, INELIGIBLE, _in(OUTCOME, NO), _in(EDITIONS, AGREE)),
    _rule("change.can-apply", CHANGE, CAN_APPLY, _in(IS, APPLY), _but(APPLY)),
    _rule("change.would-qualify", CHANGE, WOULD_QUALIFY, _in(IS, ELIGIBLE), _but(ELIGIBLE)),
    _rule("change.lost", CHANGE, LOST, _in(IS, INELIGIBLE), _in(WAS, *_HOLDS)),
    _rule("change.ruled-out", CHANGE, RULED_OUT, _in(IS, INELIGIBLE), _in(WAS, UNDETERMINED)),
    _rule("change.reopened", CHANGE, REOPENED, _in(IS, UNDETERMINED), _but(UNDETERMINED)),
    _rule("link.opens", OPENS, OPENS, _in(ONE, APPLY), _in(OTHER_WINDOW, *_NOT_CLOSED)),
    _rule(
        "link.excludes",
        EXCLUDES,
        EXCLUDES,
        _in(ONE, *_HOLDS),
        _in(OTHER, *_HOLDS),
        _in(ONE_WINDOW, *_NOT_CLOSED),
        _in(OTHER_WINDOW, *_NOT_CLOSED),
    ),
    _rule(
        "link.replaces",
        REPLACES,
        REPLACES,
        _in(ONE, *_MAYBE),
        _in(OTHER, *_HOLDS),
        _in(ONE_WINDOW, *_NOT_CLOSED),
        _in(OTHER_WINDOW, "closed"),
    ),
    _rule("link.territory", TERRITORY, TERRITORY, _in(ONE, INELIGIBLE), _in(WHEN, YES)),
    Rule(OTHERWISE, ((_SEEN,),), OTHERWISE),
)
BY_NAME: Mapping[str, Rule] = {rule.name: rule for rule in RULES}

_LEFT = {ALL: UNKNOWN, ANY: UNKNOWN, COUNT: UNKNOWN, SCHEME: UNDETERMINED, CHANGE: PROGRESS}


class DisagreementError(Exception):
    """An engine concludes two things of one fact, or nothing: it cannot be relied upon."""


def fact(kind: str, tokens: Mapping[str, str]) -> Fact:
    """A fact of a kind."""
    name, value = _SEEN
    return {name: value, KIND: kind, **tokens}


def group_fact(kind: str, statuses: Sequence[str], count: int = 0) -> Fact:
    """The fact of a group whose items have some statuses.

    Slots that are free hold what changes nothing. How many items hold is counted here: within one
    fact, rules cannot.
    """
    if kind == COUNT:
        sure, open_ = statuses.count(YES), statuses.count(UNKNOWN)
        return fact(COUNT, {ENOUGH: _yes(sure >= count), POSSIBLE: _yes(sure + open_ >= count)})
    free = dict.fromkeys(SLOTS[len(statuses) :], _NEUTRAL[kind])
    return fact(kind, {**dict(zip(SLOTS, statuses, strict=False)), **free})


def _yes(holds: bool) -> str:
    return YES if holds else NO


def conclusion(about: Fact, fired: Iterable[str]) -> tuple[str, str]:
    """The rule that decides and what it concludes, given the rules that fired for a fact."""
    names = set(fired)
    if OTHERWISE not in names or not names <= BY_NAME.keys():
        raise DisagreementError
    names.discard(OTHERWISE)
    if not names:
        return OTHERWISE, _LEFT.get(about[KIND], SILENT)
    if len(names) > 1:
        raise DisagreementError
    (name,) = names
    return name, BY_NAME[name].concludes
