"""What is there to tell of two sets of results?

found = compared(results_in(before), results_in(after), [catalogue])
for scheme in found.schemes():        # one at a time: only its columns are in memory
    scheme.listed, scheme.responsible(Kind.LOST)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from matcher.api import Catalogue
from matcher.portfolio.comparing.folders import ResultSet, results_in
from matcher.portfolio.comparing.kinds import LISTED, Kind
from matcher.portfolio.comparing.pairing import Pairs, paired
from matcher.portfolio.comparing.roles import roles_of
from matcher.portfolio.comparing.schemes import SchemeChanges, Sides
from matcher.portfolio.comparing.words import Words, words_of
from matcher.portfolio.locations import Location


@dataclass(frozen=True)
class Comparison:
    """Two sets of results whose rows were put together."""

    sides: Sides

    @property
    def old(self) -> ResultSet:
        """The results of before."""
        return self.sides.old.results

    @property
    def new(self) -> ResultSet:
        """The results of after."""
        return self.sides.new.results

    @property
    def words(self) -> tuple[Words, Words]:
        """The words of both."""
        return self.sides.old, self.sides.new

    @property
    def pairs(self) -> Pairs:
        """The rows that both have."""
        return self.sides.pairs

    @property
    def differences(self) -> tuple[str, ...]:
        """What differs in what was asked: `input`, `on`, `catalogue`."""
        found = {
            "input": not self.old.same_input(self.new),
            "on": self.old.day != self.new.day,
            "catalogue": self.old.digest != self.new.digest,
        }
        return tuple(name for name, differs in found.items() if differs)

    @property
    def rejected(self) -> tuple[int, int]:
        """Of the rows that one side only has, those that the other one rejected.

        The first number is of rows that are only in the old results. Known for one file only.
        """
        if not self.old.same_input(self.new):
            return 0, 0
        gone, come = (self.pairs.alone(new=new)["line"] for new in (False, True))
        return self.new.rejected_of(gone), self.old.rejected_of(come)

    def schemes(self) -> Iterator[SchemeChanges]:
        """What changed, scheme by scheme, in the order of the new results."""
        return (self.sides.changes(id_) for id_ in self.sides.schemes)


def compared(
    old: ResultSet | Location, new: ResultSet | Location, catalogues: Sequence[Catalogue]
) -> Comparison:
    """Put two sets of results side by side.

    `catalogues` give the words: those whose digest is that of the results speak for them. Raises
    `SourceError`, which says what to do.
    """
    before, after = (one if isinstance(one, ResultSet) else results_in(one) for one in (old, new))
    words = words_of(before, catalogues), words_of(after, catalogues)
    roles = roles_of(before, words[0].any_), roles_of(after, words[1].any_)
    return Comparison(Sides(words[0], words[1], paired(before, after, roles)))


@dataclass
class Tally:
    """How many clients are concerned by each kind of change, whatever the number of schemes."""

    comparison: Comparison
    marks: dict[Kind, pl.Series] = field(default_factory=dict)

    def add(self, changes: SchemeChanges) -> None:
        """Count the clients of one more scheme."""
        for kind in changes.listed:
            marks = self.marks.setdefault(kind, self._nobody())
            self.marks[kind] = marks.scatter(changes.pairs_of(kind), True)

    def _nobody(self) -> pl.Series:
        return pl.repeat(False, self.comparison.pairs.pairs.height, dtype=pl.Boolean, eager=True)

    def clients(self, kind: Kind) -> int:
        """The clients with at least one change of a kind."""
        return int(self.marks[kind].sum()) if kind in self.marks else 0

    @property
    def counts(self) -> dict[Kind, int]:
        """The clients of each kind that occurs."""
        return {kind: self.clients(kind) for kind in LISTED if kind in self.marks}
