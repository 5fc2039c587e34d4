"""What does the reference say of each distinct combination of a few columns?

What has no vectorised form, and everything that is looked up in a table, is asked of the reference
once for each distinct combination of the cells it reads: communes, activity codes and kinds of
applicants are few, whatever the number of rows. So these answers are the reference's own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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


@dataclass
class Answers:
    """The distinct answers to one question, and which of them each combination of cells has."""

    distinct: list[Any] = field(default_factory=list)
    places: dict[Any, int] = field(default_factory=dict)
    rows: dict[Any, int] = field(default_factory=dict)
    by_category: dict[tuple[str, ...], pl.Series] = field(default_factory=dict)

    def place(self, row: Any, answer: Callable[[], Any]) -> int:
        """Which of the answers a combination has; it is only asked for once."""
        place = self.rows.get(row)
        if place is None:
            found = answer()
            place = self.places.setdefault(found, len(self.distinct))
            if place == len(self.distinct):
                self.distinct.append(found)
            self.rows[row] = place
        return place


@dataclass
class Asker:
    """Asks the reference about the distinct rows of frames, one frame after the other.

    Answers are kept for later frames; `kept` are the plans that were used, by scheme.
    """

    day: int
    tables: Tables
    answers: dict[Any, Answers] = field(default_factory=dict)
    kept: dict[str, dict[Any, Any]] = field(default_factory=dict)
    _combined: dict[Any, tuple[list[Any], pl.Series]] = field(default_factory=dict)

    def begin(self) -> None:
        """A new frame: combinations of its columns are still to be found."""
        self._combined.clear()

    def ask(
        self,
        frame: pl.DataFrame,
        places: Places,
        reads: Reads,
        how: Callable[[RowFacts], Hashable],
        about: object,
        trees: Sequence[Node] = (),
    ) -> tuple[list[Any], pl.Series | None]:
        """The distinct answers, and for each row the position of its own.

        One answer and no positions where all rows have the same. `about` names the question.
        """
        columns = self._columns(places, reads)
        if not columns:
            return [how(self._facts(places, reads, {}))], None
        names = [name for name, _ in columns]
        read = tuple((name, column.scale) for name, column in columns)
        seen = self.answers.setdefault((about, read), Answers())

        def placed(row: tuple[Any, ...]) -> int:
            named = dict(zip(names, row, strict=True))
            return seen.place(row, lambda: how(self._facts(places, reads, named)))

        one = columns[0][1]
        if len(columns) == 1 and one.categories is not None:
            return seen.distinct, _by_category(frame[names[0]], one.categories, seen, placed)
        rows, positions = self._combinations(frame, columns, trees)
        found = pl.Series([placed(row) for row in rows], dtype=pl.UInt32)
        return seen.distinct, found.gather(positions)

    def _combinations(
        self, frame: pl.DataFrame, columns: Sequence[tuple[str, Column]], trees: Sequence[Node]
    ) -> tuple[list[Any], pl.Series]:
        """The distinct rows of some columns, and which of them each row has; found once a frame."""
        exprs = [self._reduced(column, name, trees) for name, column in columns]
        key = tuple(expr.meta.serialize() for expr in exprs)
        if key not in self._combined:
            cells = frame.select(exprs)
            self._combined[key] = _of_several(cells)
        return self._combined[key]

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


def _by_category(
    cells: pl.Series,
    categories: tuple[str, ...],
    seen: Answers,
    placed: Callable[[tuple[str | None]], int],
) -> pl.Series:
    """The position of each row's answer; only categories that were never met are asked about."""
    codes = cells.to_physical().cast(pl.UInt32).fill_null(len(categories))
    known = seen.by_category.get(categories)
    if known is None:
        known = pl.repeat(None, len(categories) + 1, dtype=pl.UInt32, eager=True)
    present = codes.unique()
    new = present.filter(known.gather(present).is_null())
    if len(new):
        named = (*categories, None)
        words = [named[code] for code in new]
        answers = pl.Series([placed((word,)) for word in words], dtype=pl.UInt32)
        known = known.scatter(new, answers)
        seen.by_category[categories] = known
    return known.gather(codes)


def _of_several(cells: pl.DataFrame) -> tuple[list[Any], pl.Series]:
    distinct = cells.unique(maintain_order=True)
    keyed = distinct.with_row_index(POSITION)
    joined = cells.join(
        keyed, on=distinct.columns, how="left", nulls_equal=True, maintain_order="left"
    )
    return distinct.rows(), joined[POSITION]


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
