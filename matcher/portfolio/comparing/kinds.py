"""What kind of change is it for a client, from one outcome and window to another?

Each kind has its mirror: what is gained from the old results to the new ones is lost the other way.
A scheme that one side does not have counts as one that is refused and closed.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import polars as pl

from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text


class Kind(StrEnum):
    """What changed; the first that holds."""

    GAINED = "gained"
    LOST = "lost"
    ELIGIBLE = "now_eligible"
    NO_LONGER = "no_longer_eligible"
    TO_CLARIFY = "to_clarify"
    RULED_OUT = "ruled_out"
    OPENED = "opened"
    CLOSED = "closed"
    WINDOW = "window"
    REFUSED_WINDOW = "window_of_refused"
    CRITERIA = "criteria_only"


LISTED = (
    Kind.GAINED,
    Kind.LOST,
    Kind.ELIGIBLE,
    Kind.NO_LONGER,
    Kind.TO_CLARIFY,
    Kind.RULED_OUT,
    Kind.OPENED,
    Kind.CLOSED,
    Kind.WINDOW,
)
"""The kinds that are told client by client; the others change nothing for anybody yet."""

KINDS = pl.Enum([str(kind) for kind in Kind])
SAID: Mapping[Kind, Text] = {
    Kind.GAINED: Text("gagné : éligible et ouvert", "gained: eligible and open"),
    Kind.LOST: Text("perdu : était éligible et ouvert", "lost: was eligible and open"),
    Kind.ELIGIBLE: Text("devient éligible, mais pas ouvert", "becomes eligible, but is not open"),
    Kind.NO_LONGER: Text("n'est plus éligible, sans être ouvert", "no longer eligible, not open"),
    Kind.TO_CLARIFY: Text("n'est plus exclu : à préciser", "no longer refused: to be clarified"),
    Kind.RULED_OUT: Text("était à préciser : non éligible", "was to be clarified: not eligible"),
    Kind.OPENED: Text("s'ouvre, reste à préciser", "opens, still to be clarified"),
    Kind.CLOSED: Text("n'est plus ouvert, était à préciser", "open no more, was to be clarified"),
    Kind.WINDOW: Text("calendrier changé", "calendar changed"),
    Kind.REFUSED_WINDOW: Text(
        "calendrier changé pour des clients non éligibles",
        "calendar changed for clients who are not eligible",
    ),
    Kind.CRITERIA: Text(
        "critères changés sans changer la réponse",
        "criteria changed without changing the answer",
    ),
}

RANKS: Mapping[str, int] = {
    str(Outcome.INELIGIBLE): 0,
    str(Outcome.UNDETERMINED): 1,
    str(Outcome.ELIGIBLE): 2,
}
OLD, OLD_WINDOW, NEW, NEW_WINDOW = "@old", "@old/window", "@new", "@new/window"


def kind_expr(codes_differ: pl.Expr) -> pl.Expr:
    """The kind of change of each row; null where nothing changed."""
    before, after = _rank(OLD), _rank(NEW)
    was, is_ = _open(OLD_WINDOW), _open(NEW_WINDOW)
    both = pl.col(OLD).is_not_null() & pl.col(NEW).is_not_null()
    moved = pl.col(OLD_WINDOW) != pl.col(NEW_WINDOW)
    rules = (
        (Kind.GAINED, (after == 2) & is_ & ~((before == 2) & was)),
        (Kind.LOST, (before == 2) & was & ~((after == 2) & is_)),
        (Kind.ELIGIBLE, (after == 2) & (before < 2)),
        (Kind.NO_LONGER, (before == 2) & (after < 2)),
        (Kind.TO_CLARIFY, after > before),
        (Kind.RULED_OUT, after < before),
        (Kind.REFUSED_WINDOW, moved & (after == 0)),
        (Kind.OPENED, moved & is_ & ~was),
        (Kind.CLOSED, moved & was & ~is_),
        (Kind.WINDOW, moved),
        (Kind.CRITERIA, both & codes_differ),
    )
    found = pl.lit(None, dtype=KINDS)
    for kind, holds in reversed(rules):
        found = pl.when(holds).then(pl.lit(str(kind), dtype=KINDS)).otherwise(found)
    return found


def _rank(name: str) -> pl.Expr:
    outcome = pl.col(name).cast(pl.String)
    return outcome.replace_strict(RANKS, default=0, return_dtype=pl.Int8)


def _open(name: str) -> pl.Expr:
    return (pl.col(name) == str(WindowState.OPEN)).fill_null(value=False)
