"""What does the reference say of each distinct combination of a few columns?

What has no vectorised form, and everything that is looked up in a table, is asked of the reference
once for each distinct combination of the cells it reads: communes, activity codes and kinds of
applicants are few, whatever the number of rows. So these answers are the reference's own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import polars as pl

from matcher.engines.columnar.frame import listed, span
from matcher.engines.columnar.places import Column, Place, Places, Same
from matcher.facts.tables import Tables, found_cell
from matcher.facts.values import NOTHING, Known, option, point
from matcher.language.tree import AS_OF, Fact, Lookup, Member, Node
from matcher.language.types import ORDERED, Kind
from matcher.language.walk import children, nodes

ELSEWHERE = "\N{REPLACEMENT CHARACTER}"
"""Stands for all the codes that no table and no rule names."""
POSITION = "@position"
Found = TypeVar("Found")
Seen = dict[Any, Any]


@dataclass
class RowFacts:
    """What is known in one row, for the reference evaluator."""

    values: Mapping[str, Known | None]
    given: Mapping[str, Known | None]
    tables: Tables

    def get(self, key: str) -> Known | None:
        """What is known of a fact; None when it is absent."""
        return self.values.get(key)

    def cell(self, lookup: Lookup) -> Known | None:
        """What a reference table says, given what is known of the key."""
        known = self.given if lookup.given else self.values
        return found_cell(self.tables, lookup, known.get(lookup.key))


@dataclass(frozen=True)
class Reads:
    """The facts that some trees read: as they are known, and as they were given."""

    known: tuple[str, ...]
    given: tuple[str, ...] = ()


def reads_of(trees: Sequence[Node]) -> Reads:
    """What some trees read."""
    known: dict[str, None] = {}
    given: dict[str, None] = {}
    for part in (part for tree in trees for part in nodes(tree)):
        match part:
            case Fact(key):
                known[key] = None
            case Lookup(key=key, given=as_given):
                (given if as_given else known)[key] = None
            case _:
                pass
    known.pop(AS_OF, None)
    return Reads(tuple(known), tuple(given))


@dataclass(frozen=True)
class Asker:
    """Asks the reference about the distinct rows of a frame; answers are kept for later frames.

    `kept` are the plans that were used, by scheme.
    """

    day: int
    tables: Tables
    answers: dict[Any, Seen] = field(default_factory=dict)
    kept: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def ask(
        self,
        frame: pl.DataFrame,
        places: Places,
        reads: Reads,
        how: Callable[[RowFacts], Found],
        about: object,
        trees: Sequence[Node] = (),
    ) -> tuple[list[Found], pl.Series | None]:
        """The distinct answers, and for each row the position of its own.

        One answer and no positions where all rows have the same. `about` names the question.
        """
        columns = self._columns(places, reads)
        if not columns:
            return [how(self._facts(places, reads, {}))], None
        cells = frame.select(self._reduced(column, name, trees) for name, column in columns)
        distinct = cells.unique(maintain_order=True)
        read = tuple((name, column.scale) for name, column in columns)
        seen = self.answers.setdefault((about, read), {})
        found: list[Found] = []
        for row in distinct.iter_rows():
            if row not in seen:
                named = dict(zip(distinct.columns, row, strict=True))
                seen[row] = how(self._facts(places, reads, named))
            found.append(seen[row])
        return found, _positions(cells, distinct)

    @staticmethod
    def _columns(places: Places, reads: Reads) -> list[tuple[str, Column]]:
        asked = [places.get(key) for key in reads.known]
        asked += [places.get(key, given=True) for key in reads.given]
        return list(
            {name: (name, c) for c in asked if isinstance(c, Column) for name in c.names}.values()
        )

    def _reduced(self, column: Column, name: str, trees: Sequence[Node]) -> pl.Expr:
        """The column, where codes that nothing names are one code, if they are many."""
        cells = pl.col(name)
        if column.kind is not Kind.CODE or column.categories is not None or name != column.low:
            return cells
        named = self._named(column.low, trees)
        if named is None:
            return cells
        code = pl.when(cells.is_in(pl.Series(sorted(named), dtype=pl.String).implode())).then(cells)
        return code.when(cells.is_not_null()).then(pl.lit(ELSEWHERE)).alias(name)

    def _named(self, key: str, trees: Sequence[Node]) -> set[str] | None:
        """The values of a fact that make a difference; None when all do."""
        found: set[str] = set()
        for tree in trees:
            if not _only_compared(tree, key):
                return None
            for part in nodes(tree):
                match part:
                    case Member(Fact(read), values) if read == key:
                        found |= {str(value) for value in values}
                    case Lookup(table=table, key=read) if read == key:
                        found |= set(self.tables[table].keys())
                    case _:
                        pass
        return found if trees else None

    def _facts(self, places: Places, reads: Reads, row: Mapping[str, object]) -> RowFacts:
        values = {key: known_in(places.get(key), row) for key in reads.known}
        given = {key: known_in(places.get(key, given=True), row) for key in reads.given}
        values[AS_OF] = point(self.day)
        return RowFacts(values, given, self.tables)


def _only_compared(tree: Node, key: str) -> bool:
    """Whether a fact is only read by lookups and memberships."""
    match tree:
        case Fact(read):
            return read != key
        case Member(Fact()):
            return True
        case _:
            return all(_only_compared(child, key) for child in children(tree))


def _positions(cells: pl.DataFrame, distinct: pl.DataFrame) -> pl.Series:
    keyed = distinct.with_row_index(POSITION)
    joined = cells.join(
        keyed, on=distinct.columns, how="left", nulls_equal=True, maintain_order="left"
    )
    return joined[POSITION]


def known_in(place: Place, row: Mapping[str, object]) -> Known | None:
    """What one row says of a fact."""
    if isinstance(place, Same):
        return place.known
    if place.none is not None and row[place.none]:
        return NOTHING
    if place.kind in ORDERED:
        return span(row[place.low], row[place.high], place.scale)
    cell = row[place.low]
    match cell:
        case None:
            return None
        case bool():
            return option(cell)
        case _:
            return listed(str(cell), place.kind)
