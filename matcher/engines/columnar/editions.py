"""Which edition of each scheme is used in each row, and is its window open?

Where nothing that a row says matters, the answer is the same for all rows. Elsewhere the windows
are asked of the reference for each distinct combination of the facts on which they depend.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from matcher.catalogue.model import Scheme
from matcher.catalogue.plan import Plan, plan_of
from matcher.catalogue.windows import Window, WindowState, window_on
from matcher.engines.columnar.by_rows import Asker, Reads, RowFacts, reads_of
from matcher.engines.columnar.places import Places
from matcher.language.tree import Node, Test

STATES = pl.Enum([str(state) for state in WindowState])


@dataclass(frozen=True)
class Use:
    """The plan used, those of the other editions that may be used instead, the facts they read."""

    plan: Plan
    rivals: tuple[Plan, ...] = ()
    facts: tuple[str, ...] = ()

    @property
    def tests(self) -> Iterator[Test]:
        """The tests of the criteria."""
        for plan in (self.plan, *self.rivals):
            yield from (leaf.test for leaf in plan.leaves)


@dataclass(frozen=True)
class Uses:
    """For one scheme: the windows, and what is used, row by row.

    `windows` has one cell where it is the same in all rows. `positions` says for each row which of
    `uses` it has; None where there is only one.
    """

    windows: pl.Series
    uses: tuple[Use, ...]
    positions: pl.Series | None

    @property
    def window(self) -> WindowState | None:
        """The window, where it is the same in all rows."""
        return WindowState(self.windows[0]) if len(self.windows) == 1 else None

    def rows(self, kept: pl.Series) -> Uses:
        """The same for some rows: those where `kept` is true."""
        windows = self.windows if len(self.windows) == 1 else self.windows.filter(kept)
        positions = None if self.positions is None else self.positions.filter(kept)
        return Uses(windows, self.uses, positions)


def reads_of_windows(scheme: Scheme) -> Reads:
    """The facts on which the edition and the window of a scheme depend."""
    tests: list[Node] = [edition.when for edition in scheme.editions if edition.when is not None]
    reads = reads_of(tests)
    by = [e.intakes.by for e in scheme.editions if e.intakes is not None and e.intakes.by]
    return Reads(tuple(dict.fromkeys((*reads.known, *by))), reads.given)


def uses_of(scheme: Scheme, frame: pl.DataFrame, places: Places, asker: Asker) -> Uses:
    """What is used of a scheme, row by row."""
    reads = reads_of_windows(scheme)

    def how(facts: RowFacts) -> tuple[str, Editions]:
        window = window_on(asker.day, scheme.editions, facts)
        return str(window.state), _editions(window)

    found, positions = asker.ask(frame, places, reads, how, ("window", scheme.id))
    states = pl.Series(scheme.id, [state for state, _ in found], dtype=STATES)
    kinds = [editions for _, editions in found]
    distinct = list(dict.fromkeys(kinds))
    kept = asker.kept.setdefault(scheme.id, {})
    uses = tuple(_use(scheme, kind, kept) for kind in distinct)
    if positions is None:
        return Uses(states, uses, None)
    which = pl.Series([distinct.index(kind) for kind in kinds], dtype=pl.UInt16)
    rows = which.gather(positions) if len(distinct) > 1 else None
    return Uses(states.gather(positions), uses, rows)


Editions = tuple[str | None, ...]


def _editions(window: Window) -> Editions:
    """The edition used, and the others that may be."""
    rivals = [rival.id if rival else None for rival in window.rivals]
    return (window.edition.id if window.edition else None, *rivals)


def _use(scheme: Scheme, editions: Editions, kept: dict[Any, Use]) -> Use:
    if editions not in kept:
        plan, *rivals = (plan_of(scheme, scheme.edition(id_)) for id_ in editions)
        use = Use(plan, tuple(rivals))
        kept[editions] = replace(use, facts=reads_of(tuple(use.tests)).known)
    return kept[editions]
