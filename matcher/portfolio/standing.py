"""How does one row stand before one scheme? Plain data, that can be sent to another process."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text


@dataclass(frozen=True, slots=True)
class Standing:
    """What `Catalogue.match` says of one scheme for one row, in brief.

    `reserved` marks an eligible that is subject to something. `closes` is the last day of the
    window, or the next intake; `opens` that of a window to come; None where it is not known or
    permanent. `amount` is the aid in words, `most` its largest known figure in euros. `unmet` and
    `unknown` are the criteria of groups that are not true already; `missing` the facts to ask for;
    `asks` the authorities that alone can settle the outcome or the window; `edition` is that used.
    For a closed window, and for an ineligible row, `amount`, `missing` and `asks` are left out.
    """

    scheme: str
    outcome: Outcome
    window: WindowState
    reserved: bool = False
    opens: datetime.date | None = None
    closes: datetime.date | None = None
    amount: Text | None = None
    most: Decimal | None = None
    unmet: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    edition: str | None = None

    @property
    def can_apply(self) -> bool:
        """Eligible, and the window is open."""
        return self.outcome is Outcome.ELIGIBLE and self.window is WindowState.OPEN

    @property
    def near(self) -> bool:
        """Still to be clarified, and the window is not closed."""
        return self.outcome is Outcome.UNDETERMINED and self.window is not WindowState.CLOSED

    @property
    def live(self) -> bool:
        """Whether anything can still come of it."""
        return self.outcome is not Outcome.INELIGIBLE and self.window is not WindowState.CLOSED
