"""What follows from judgements, and which engine is trusted to say so?

The outcome of each scheme that the rules conclude is compared with the judgement. An engine that
fails or differs is an internal error: it is told in the log, without a value, and not used again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from matcher.catalogue.model import Scheme
from matcher.catalogue.plan import Plan
from matcher.catalogue.windows import Window
from matcher.engines.judge import Judgement
from matcher.engines.session.chain import Around, Conclusions, State, concluded, links_of
from matcher.engines.session.durable import EngineError, durable_rules
from matcher.engines.session.engine import DirectRules, RuleEngine
from matcher.engines.session.network import Network, network_of
from matcher.engines.session.rulebook import AGREE, DIFFER, OUTCOMES, TOKENS, DisagreementError
from matcher.meaning.evaluate import Facts, truth

_log = logging.getLogger("matcher.session")


class Follower:
    """Concludes, step after step, for one session."""

    def __init__(self, schemes: Mapping[str, Scheme]) -> None:
        self.engine: RuleEngine = durable_rules() or DirectRules()
        self._links = links_of(schemes)
        self._networks: dict[int, Network] = {}

    def follow(
        self,
        before: Conclusions,
        plans: Sequence[Plan],
        judgements: Sequence[Judgement],
        windows: Sequence[Window],
        facts: Facts,
    ) -> Conclusions:
        """What follows from the judgements of some plans, given what followed before."""
        triples = zip(plans, judgements, windows, strict=True)
        states = {plan.scheme.id: self._state(plan, j, w, facts) for plan, j, w in triples}
        try:
            follows = concluded(self.engine, self._links, before, states)
            if outcomes(follows, plans, judgements) == tuple(judgements):
                return follows
            problem = "another outcome than the judgement"
        except (EngineError, DisagreementError) as error:
            problem = type(error).__name__
        _log.error("%s: %s; the session goes on by direct evaluation", self.engine.name, problem)
        self.engine = DirectRules()
        return concluded(self.engine, self._links, before, states)

    def _state(self, plan: Plan, judgement: Judgement, window: Window, facts: Facts) -> State:
        way = plan.scheme.relations.through_territory
        differ = window.rivals and judgement.outcome is None
        territory = TOKENS[truth(way.when, facts) if way else False]
        return State(
            network=self._network(plan),
            statuses=tuple([TOKENS[status] for status in judgement.statuses]),
            around=Around(str(window.state), DIFFER if differ else AGREE, territory),
        )

    def _network(self, plan: Plan) -> Network:
        if id(plan) not in self._networks:
            self._networks[id(plan)] = network_of(plan)
        return self._networks[id(plan)]


def outcomes(
    follows: Conclusions, plans: Sequence[Plan], judgements: Sequence[Judgement]
) -> tuple[Judgement, ...]:
    """The judgements with the outcomes that the rules conclude."""
    found = [OUTCOMES[follows.stage(plan.scheme.id)] for plan in plans]
    return tuple(
        judgement if judgement.outcome is outcome else replace(judgement, outcome=outcome)
        for judgement, outcome in zip(judgements, found, strict=True)
    )
