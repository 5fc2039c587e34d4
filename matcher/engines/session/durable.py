"""How does durable-rules fire the rules of a session, within the limits measured of it?

Only its engine is used, the module `durable_rules_engine`, without the host (which starts threads
that never end) nor the Python layer around it (which hides exceptions and limits actions to ten
seconds). Facts are asserted, their rules are fired, and the facts are retracted: an engine keeps
nothing, so it serves one session after the other, never two at once. Its rules are checked against
the limits before it sees them, and it is tried before it is used; decision 0040 says why.
"""

from __future__ import annotations

import itertools
import json
import logging
import queue
import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from matcher.engines.session.engine import DirectRules, RuleEngine
from matcher.engines.session.rulebook import KIND, RULES, Clause, Fact, Rule

NAME = "durable-rules"
MODULE = "durable_rules_engine"

MOST_RULES = 400
MOST_ALTERNATIVES = 400
MOST_CONNECTORS = 14
"""The `and` and `or` of one rule, nested or not: fifteen work, sixteen do not."""
MOST_PROPERTIES = 252
BATCH = 64
"""The facts asserted at once; they share this many ids, so that memory does not grow."""
MOST_ENGINES = 64
PATIENCE_SECONDS = 5

ID, SID = "id", "sid"
_TOKEN = re.compile(r"[a-z0-9_]{1,20}\Z")
_IDS = tuple(f"f{index}" for index in range(BATCH))
_log = logging.getLogger("matcher.session")


class EngineError(Exception):
    """durable-rules failed: it refused a fact, or has no engine to give."""


class LimitError(Exception):
    """The rules exceed what durable-rules is known to do right."""


# ------------------------------------------------------------------------------------- the limits
def refuse_excess(rules: Sequence[Rule]) -> None:
    """Raise `LimitError` where rules exceed a measured limit of durable-rules."""
    pairs = {pair for rule in rules for clause in rule.clauses for pair in clause}
    names = sorted({slot for slot, _ in pairs} | {ID, SID})
    broken = {
        f"more than {MOST_RULES} rules": len(rules) > MOST_RULES,
        "two rules of one name": len({rule.name for rule in rules}) < len(rules),
        f"more than {MOST_ALTERNATIVES} alternatives": len(pairs) > MOST_ALTERNATIVES,
        f"more than {MOST_CONNECTORS} connectors": any(
            _connectors(rule) > MOST_CONNECTORS for rule in rules
        ),
        f"more than {MOST_PROPERTIES} properties": len(names) > MOST_PROPERTIES,
        "a name or a token that is not short and plain": not all(
            _TOKEN.match(word) for pair in pairs for word in pair
        ),
        "two names of one hash": not _told_apart(names) or not _told_apart(f"0!{i}" for i in _IDS),
        "a fact that no rule matches": not any(len(rule.clauses) == 1 for rule in rules),
    }
    found = [limit for limit, over in broken.items() if over]
    if found:
        raise LimitError("; ".join(found))


def _connectors(rule: Rule) -> int:
    return (len(rule.clauses) > 1) + sum(len(clause) > 1 for clause in rule.clauses)


def _told_apart(names: Iterable[str]) -> bool:
    """Whether durable-rules, which compares the 32-bit hashes of names, tells some apart."""
    hashes = [_hash(name) for name in names]
    return len(set(hashes)) == len(hashes)


def _hash(name: str) -> int:
    found = 2166136261
    for byte in name.encode():
        found = (found ^ byte) * 16777619 % 2**32
    return found


# --------------------------------------------------------------------------------------- an engine
class DurableRules:
    """One rule set of durable-rules, for one thread at a time."""

    def __init__(self, native: Any, rules: Sequence[Rule] = RULES) -> None:
        refuse_excess(rules)
        self._native = native
        written = {rule.name: {"all": [{"m": _pattern(rule.clauses)}]} for rule in rules}
        self._handle = native.create_ruleset("session", json.dumps(written))

    def fired(self, facts: Sequence[Fact]) -> Sequence[frozenset[str]]:
        """The names of the rules that fire for each fact; raises `EngineError`."""
        found: list[frozenset[str]] = []
        for start in range(0, len(facts), BATCH):
            found += self._batch(facts[start : start + BATCH])
        return found

    def _batch(self, facts: Sequence[Fact]) -> list[frozenset[str]]:
        written = [json.dumps({ID: id_, **fact}) for id_, fact in zip(_IDS, facts, strict=False)]
        try:
            state = 0
            for text in written:
                state = self._done(self._native.assert_fact(self._handle, text))
            fired = self._agenda(state)
            for text in written:
                self._done(self._native.retract_fact(self._handle, text))
        except (self._native.error, MemoryError, KeyError, ValueError) as error:
            raise EngineError(type(error).__name__) from error
        return [frozenset(fired[id_]) for id_ in _IDS[: len(facts)]]

    def _agenda(self, state: int) -> dict[str, set[str]]:
        """Run the agenda to its end: the names of the rules fired, by id of the fact."""
        fired: dict[str, set[str]] = {id_: set() for id_ in _IDS}
        begun = self._native.start_action_for_state(self._handle, state)
        text = begun[1] if begun else None
        while text:
            for rule, matched in json.loads(text).items():
                fired[matched["m"][ID]].add(rule)
            text = self._native.complete_and_start_action(self._handle, state)
        return fired

    @staticmethod
    def _done(answer: tuple[int, int]) -> int:
        """The state that an operation belongs to; what durable-rules sets aside is an error."""
        result, state = answer
        if result:
            raise EngineError(f"code {result}")
        return state


def _pattern(clauses: Sequence[Clause]) -> object:
    parts = [_either(clause) for clause in clauses]
    return parts[0] if len(parts) == 1 else {"$and": parts}


def _either(clause: Clause) -> object:
    tests = [{slot: token} for slot, token in clause]
    return tests[0] if len(tests) == 1 else {"$or": tests}


# ------------------------------------------------------------------------------- engines to borrow
class DurablePool:
    """Lends engines: as many as there are threads that conclude at the same time."""

    name = NAME

    def __init__(self, native: Any) -> None:
        self._native = native
        self._free: queue.SimpleQueue[DurableRules] = queue.SimpleQueue()
        self._numbers = itertools.count(1)

    def fired(self, facts: Sequence[Fact]) -> Sequence[frozenset[str]]:
        """The names of the rules that fire for each fact; raises `EngineError`.

        An engine that has failed is not lent again, and never deleted: deleting leaks.
        """
        engine = self._borrowed()
        found = engine.fired(facts)
        self._free.put(engine)
        return found

    def _borrowed(self) -> DurableRules:
        try:
            return self._free.get_nowait()
        except queue.Empty:
            if next(self._numbers) <= MOST_ENGINES:
                return DurableRules(self._native)
        try:
            return self._free.get(timeout=PATIENCE_SECONDS)
        except queue.Empty:
            raise EngineError("no engine left") from None


@cache
def durable_rules() -> RuleEngine | None:
    """The engines of durable-rules; None, told once in the log, where it cannot be used."""
    try:
        native = import_module(MODULE)
    except ImportError as error:
        _log.warning("%s cannot be imported (%s): sessions evaluate directly", NAME, error)
        return None
    pool = DurablePool(native)
    if not _sound(pool):
        _log.warning("%s does not fire the rules as written: sessions evaluate directly", NAME)
        return None
    return pool


def _sound(engine: RuleEngine) -> bool:
    """Whether an engine fires what the rules say, for one fact of each way to fire each rule."""
    facts = [dict(picked) for rule in RULES for picked in _ways(rule)]
    whole = [{"f": "1", **fact} for fact in facts if KIND in fact]
    try:
        return list(engine.fired(whole)) == list(DirectRules().fired(whole))
    except EngineError:
        return False


def _ways(rule: Rule) -> Iterable[Clause]:
    return itertools.product(*rule.clauses)
