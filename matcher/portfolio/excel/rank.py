"""Whom to call first? Those who can apply now, then those of whom least is lacking."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.portfolio.clients import Client
from matcher.portfolio.standing import Standing

Nearness = tuple[int, int, int, datetime.date]
Order = Callable[[Standing], Nearness]
NEVER = datetime.date.max
MOST = 999
_WINDOWS = (WindowState.OPEN, WindowState.UPCOMING, WindowState.UNKNOWN, WindowState.CLOSED)
_OUTCOMES = (Outcome.ELIGIBLE, Outcome.UNDETERMINED, Outcome.INELIGIBLE)


@dataclass(frozen=True, slots=True)
class Call:
    """A client worth a call: their rows, and what can come of them, the best first, once a scheme.

    `now` can be applied for, `later` once it opens, `near` is to be clarified.
    """

    rows: tuple[Client, ...]
    now: tuple[Standing, ...]
    later: tuple[Standing, ...]
    near: tuple[Standing, ...]

    @property
    def deadline(self) -> datetime.date | None:
        """The soonest known end of what can be applied for; else of what is to be clarified."""
        open_near = (s for s in self.near if s.window is WindowState.OPEN)
        ends = [s.closes for s in self.now if s.closes]
        return min(ends or [s.closes for s in open_near if s.closes], default=None)

    @property
    def most(self) -> Decimal | None:
        """The largest figure of what they are eligible for.

        A ceiling of the law says nothing of a client of whom it is not known yet.
        """
        return max((s.most for s in (*self.now, *self.later) if s.most is not None), default=None)

    @property
    def lacking(self) -> int:
        """How many answers the nearest scheme still waits for."""
        return lacking(self.near[0]) if self.near else MOST

    @property
    def order(self) -> tuple[int, int, int, int, datetime.date, int]:
        """What ranks the calls."""
        open_near = sum(s.window is WindowState.OPEN for s in self.near)
        ends = self.deadline or NEVER
        counts = -len(self.now), -len(self.later), self.lacking, -open_near
        return *counts, ends, self.rows[0].line


def calls(groups: Iterable[tuple[Client, ...]], near: Order) -> list[Call]:
    """The clients of whom something can come, in the order in which to call them.

    `near` is `nearness`, or what remembers it.
    """
    found = (_call(rows, near) for rows in groups)
    return sorted((c for c in found if c.now or c.later or c.near), key=lambda call: call.order)


def _call(rows: tuple[Client, ...], order: Order) -> Call:
    best = [s for s in best_of(rows, order) if s.live]
    now = [s for s in best if s.can_apply]
    near = [s for s in best if s.near]
    later = [s for s in best if not s.can_apply and not s.near]
    each = (tuple(sorted(some, key=lambda s: (order(s), s.scheme))) for some in (now, later, near))
    return Call(rows, *each)


def best_of(rows: tuple[Client, ...], order: Order) -> list[Standing]:
    """How a client stands before each scheme, with the most favourable of their rows."""
    if len(rows) == 1:
        return list(rows[0].standings)
    each = zip(*(client.standings for client in rows), strict=True)
    return [min(standings, key=order) for standings in each]


def lacking(standing: Standing) -> int:
    """How many answers are awaited, from the client or from an authority."""
    return len(standing.missing) + len(standing.asks)


def nearness(standing: Standing) -> Nearness:
    """The order of standings: what can be applied for now first, then what is over, then no."""
    over = 0 if standing.live else 2 if standing.outcome is Outcome.INELIGIBLE else 1
    outcome = _OUTCOMES.index(standing.outcome)
    ends = standing.closes or NEVER
    return 4 * over + outcome, _WINDOWS.index(standing.window), lacking(standing), ends
