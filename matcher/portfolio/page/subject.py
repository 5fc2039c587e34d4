"""What is the page about: which run, which catalogue, in which language?"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from matcher.answers.views import Outcome
from matcher.api import Catalogue
from matcher.catalogue.model import Scheme
from matcher.catalogue.windows import WindowState
from matcher.portfolio.clients import Client
from matcher.portfolio.page.unlocking import Unlocked, unlocking
from matcher.portfolio.page.voice import Voice
from matcher.portfolio.run import Run
from matcher.portfolio.summary import Summary


@dataclass(frozen=True)
class Subject:
    """All that the sections of the page read.

    `clients` are the rows that were looked at one by one: all, or the most promising ones.
    """

    run: Run
    catalogue: Catalogue
    clients: Sequence[Client] = field(repr=False)
    voice: Voice

    @property
    def summary(self) -> Summary:
        """The counts of the whole portfolio."""
        return self.run.summary

    @property
    def day(self) -> int:
        """The date of the question."""
        return self.run.job.day

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes that were asked for."""
        return tuple(self.catalogue.content.schemes[id_] for id_ in self.run.job.schemes)

    def name(self, scheme: Scheme) -> str:
        """What a scheme is called."""
        return self.voice.say(scheme.name)

    def rows(self, scheme: Scheme, outcome: Outcome, *windows: WindowState) -> int:
        """How many rows have an outcome for a scheme, in some windows."""
        counts = self.summary.standings
        return sum(counts.get((scheme.id, str(outcome), str(window)), 0) for window in windows)

    @cached_property
    def questions(self) -> tuple[Unlocked, ...]:
        """The questions to ask, that which settles or advances most first."""
        return unlocking(self.clients)

    def rows_until(self, scheme: Scheme, day: int) -> tuple[int, int]:
        """The rows that find a scheme open until a day or an intake: eligible, to be clarified."""
        date = datetime.date.fromordinal(day)
        outcomes = Outcome.ELIGIBLE, Outcome.UNDETERMINED
        eligible, to_clarify = (self._until[scheme.id, outcome, date] for outcome in outcomes)
        return eligible, to_clarify

    @cached_property
    def _until(self) -> Counter[tuple[str, Outcome, datetime.date]]:
        return Counter(
            (standing.scheme, standing.outcome, standing.closes)
            for client in self.clients
            for standing in client.standings
            if standing.window is WindowState.OPEN and standing.closes is not None
        )

    @property
    def partial(self) -> bool:
        """Whether only some of the rows were looked at one by one."""
        return len(self.clients) < self.summary.results
