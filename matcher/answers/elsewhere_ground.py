"""Which places are near the one of the project, and what would be known there?

Another place is supposed as if it had been given: all that the tables tell of it is computed anew.
What was said of the former place is forgotten: its postcode, its region, its zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from matcher.catalogue.content import Content
from matcher.facts.tables import SEVERAL, Table, folded
from matcher.facts.values import Known, Options, option
from matcher.facts.vocabulary import FactDeclaration, Near, Siting
from matcher.language.walk import facts_of
from matcher.meaning.derive import KnownFacts, SupposedFacts

NAME = "name"


@dataclass(frozen=True, slots=True)
class Area:
    """The places that share something with the present one, which is not among them."""

    near: Near
    cells: tuple[str, ...]
    names: tuple[str, ...]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """The place of a project, what is known of it, and the places around it."""

    content: Content
    facts: KnownFacts
    place: FactDeclaration
    siting: Siting

    @property
    def table(self) -> Table:
        """The table that lists the places in force; former ones are not in it."""
        return self.content.tables[self.place.codes or ""]

    @cached_property
    def here(self) -> tuple[str, ...]:
        """The codes of the present place: several where it is not known which; none if unknown."""
        match self.facts.get(self.place.key):
            case Options(members):
                return tuple(sorted(map(str, members)))
            case _:
                return ()

    @property
    def bound(self) -> bool:
        """Whether the place is the applicant's own, so that it cannot be another."""
        if self.siting.unless is None:
            return False
        key, values = self.siting.unless
        known = self.facts.get(key)
        return isinstance(known, Options) and known.members <= values

    # ----------------------------------------------------------------------------------- areas
    def areas(self) -> Iterator[Area]:
        """The areas around the place, the nearest first."""
        for near in self.siting.near:
            cells = self._cells(near.column)
            shared = self.table.sharing(near.column, cells)
            codes = sorted(set(shared).difference(self.here), key=self._order)
            if codes:
                names = tuple(_name(self.content.tables[near.codes], cell) for cell in cells)
                yield Area(near, cells, names, tuple(codes))

    def name(self, code: str) -> str:
        """What a place is called."""
        return _name(self.table, code)

    def _order(self, code: str) -> tuple[str, str]:
        return folded(self.name(code)), code

    def _cells(self, column: str) -> tuple[str, ...]:
        rows = (self.table.row(code) or {} for code in self.here)
        cells = {part for row in rows for part in row.get(column, "").split(SEVERAL)}
        return tuple(sorted(cells - {""}))

    # ------------------------------------------------------------------------------- other places
    @cached_property
    def forgotten(self) -> tuple[str, ...]:
        """The given facts that say where the place is, or that the tables tell of each place.

        What the tables tell of the applicant stays as it was given: another place is none of it.
        """
        trees = self.content.computation.trees.get(self.place.key, ())
        saying = {key for tree in trees for key in facts_of(tree)}
        group = self.place.key.partition(".")[0]
        told = {k for k in self._dependents(self.place.key) if k.partition(".")[0] == group}
        return tuple(sorted(self.facts.given.keys() & (saying | told) - {self.place.key}))

    @cached_property
    def unsure(self) -> tuple[str, ...]:
        """The given facts of the present place that no table knows of another one."""
        return tuple(key for key in self.siting.forgets if key in self.facts.given)

    @cached_property
    def touched(self) -> frozenset[str]:
        """The facts that may differ elsewhere."""
        own = frozenset({self.place.key, *self.forgotten, *self.siting.forgets})
        return own.union(*(self._dependents(key) for key in own))

    def at(self, code: str | None, *, sure: bool = False) -> SupposedFacts:
        """What would be known at another place; at any place at all for None.

        `sure` leaves out what was said of the present place and that no table knows of another.
        """
        known: Known | None = None if code is None else option(code)
        less = frozenset(self.forgotten).union(self.unsure if sure else ())
        return SupposedFacts(self.facts, {self.place.key: known}, self.touched, less)

    def _dependents(self, key: str) -> frozenset[str]:
        return self.content.dependents.get(key, frozenset())


def ground_of(content: Content, facts: KnownFacts) -> Ground | None:
    """The ground of a question; None where the vocabulary has no place that could be another."""
    for fact in content.vocabulary.values():
        if fact.elsewhere is not None:
            return Ground(content, facts, fact, fact.elsewhere)
    return None


def _name(table: Table, key: str) -> str:
    row = table.row(key) if NAME in table.columns else None
    return row[NAME] if row else key
