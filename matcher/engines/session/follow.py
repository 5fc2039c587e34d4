"""What follows from judgements, and which engine is trusted to say so?

The outcome of each scheme that the rules conclude is compared with the judgement. An engine that
fails or differs is an internal error: it is told in the log, without a value, and not used again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.catalogue.model import Scheme
from matcher.catalogue.plan import Plan
from matcher.engines.judge import Judgement
from matcher.engines.session.chain import Around, Conclusions, State, concluded, links_of
from matcher.engines.session.durable import EngineError, durable_rules
from matcher.engines.session.engine import DirectRules, RuleEngine
from matcher.engines.session.network import Network, network_of
from matcher.engines.session.rulebook import OUTCOMES, TOKENS, DisagreementError
from matcher.meaning.evaluate import Facts, truth
from matcher.meaning.logic import Truth

_log = logging.getLogger("matcher.session")


@dataclass(frozen=True, slots=True)
class Case:
    """What was judged of a scheme: each edition that may be in force, the window, the outcome."""

    scheme: Scheme
    parts: tuple[tuple[Plan, Judgement], ...]
    window: str
    outcome: Truth


class Follower:
    """Concludes, step after step, for one session."""

    def __init__(self, schemes: Mapping[str, Scheme]) -> None:
        self.engine: RuleEngine = durable_rules() or DirectRules()
        self._links = links_of(schemes)
        self._networks: dict[tuple[int, ...], Network] = {}

    def follow(self, before: Conclusions, cases: Sequence[Case], facts: Facts) -> Conclusions:
        """What follows from some judgements, given what followed before: the same outcomes."""
        states = {case.scheme.id: self._state(case, facts) for case in cases}
        try:
            follows = concluded(self.engine, self._links, before, states)
            if all(OUTCOMES[follows.stage(case.scheme.id)] is case.outcome for case in cases):
                return follows
            problem = "another outcome than the judgement"
        except (EngineError, DisagreementError) as error:
            problem = type(error).__name__
        _log.error("%s: %s; the session goes on by direct evaluation", self.engine.name, problem)
        self.engine = DirectRules()
        return concluded(self.engine, self._links, before, states)

    def _state(self, case: Case, facts: Facts) -> State:
        way = case.scheme.relations.through_territory
        statuses = [TOKENS[status] for _, judgement in case.parts for status in judgement.statuses]
        return State(
            network=self._network(tuple(plan for plan, _ in case.parts)),
            statuses=tuple(statuses),
            around=Around(case.window, TOKENS[truth(way.when, facts) if way else False]),
        )

    def _network(self, plans: tuple[Plan, ...]) -> Network:
        key = tuple([id(plan) for plan in plans])
        if key not in self._networks:
            self._networks[key] = network_of(plans)
        return self._networks[key]
