"""What is the whole answer for one profile on one date?"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from matcher.answers.decisions import Decision
from matcher.answers.elsewhere import Elsewhere, elsewhere, place_matters
from matcher.answers.json_form import report_as_json, report_as_text
from matcher.answers.views import Outcome
from matcher.catalogue.content import Content
from matcher.catalogue.windows import WindowState
from matcher.facts.profile import Profile

_OUTCOMES = (Outcome.ELIGIBLE, Outcome.UNDETERMINED, Outcome.INELIGIBLE)
_WINDOWS = (WindowState.OPEN, WindowState.UNKNOWN, WindowState.UPCOMING, WindowState.CLOSED)


@dataclass(frozen=True)
class Report:
    """The decisions for one profile on one date, in the order of the scheme ids.

    `on` is the day number of the date; `conflicts` are facts set aside because they contradict
    others on that date.
    """

    content: Content = field(repr=False)
    profile: Profile = field(repr=False)
    on: int
    version: str
    decisions: tuple[Decision, ...] = field(repr=False)

    def decision(self, scheme: str) -> Decision:
        """The decision for one scheme; raises `KeyError` if the report does not have it."""
        for decision in self.decisions:
            if decision.scheme == scheme:
                return decision
        raise KeyError(scheme)

    @cached_property
    def ranked(self) -> tuple[Decision, ...]:
        """The decisions as a person reads them: what can be applied for first."""
        return tuple(sorted(self.decisions, key=_rank))

    @cached_property
    def elsewhere(self) -> Elsewhere:
        """If the site is not settled: in which communes around it would refusals fall?

        Worked out when it is first read, so only if somebody asks.
        """
        return elsewhere(self.ranked)

    @cached_property
    def place_matters(self) -> bool:
        """Whether `elsewhere` is worth asking: the place alone holds some refusal."""
        return place_matters(self.decisions)

    @property
    def conflicts(self) -> tuple[str, ...]:
        """The facts whose given value cannot be on this date, and is set aside."""
        return self.decisions[0].facts.set_aside() if self.decisions else ()

    def to_dict(self, lang: str | None = None, *, elsewhere: bool = False) -> dict[str, Any]:
        """The report as plain data; texts are `{fr, en}` pairs, or one language if given.

        With `elsewhere`, what is answered in the communes around is added.
        """
        return report_as_json(self, lang, elsewhere=elsewhere)

    def to_json(
        self, lang: str | None = None, *, indent: int | None = None, elsewhere: bool = False
    ) -> str:
        """The report as JSON text, the same bytes for the same catalogue, profile and date."""
        return report_as_text(self, lang, indent, elsewhere=elsewhere)


def _rank(decision: Decision) -> tuple[int, int, str]:
    state = decision.window_found.state
    outcome = _OUTCOMES.index(decision.outcome)
    closed = state is WindowState.CLOSED
    ranked = outcome * 4 + _WINDOWS.index(state)
    return (1 if closed and outcome < 2 else 2 if outcome == 2 else 0, ranked, decision.scheme)
