"""Which schemes can each profile of a frame apply to, and which criteria does it meet?

    engine = ColumnarEngine(catalogue.content, day)
    judged = engine.judged(frame)

Each distinct criterion is one nullable boolean column, computed once and shared by all the schemes;
each scheme has one outcome and one window.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from matcher.catalogue.content import Content
from matcher.catalogue.model import Scheme
from matcher.engines.columnar.by_rows import Asker
from matcher.engines.columnar.criteria import Criteria, criteria_of, with_asked
from matcher.engines.columnar.derived import CONFLICT, Derivation
from matcher.engines.columnar.editions import Use, Uses, reads_of_windows, uses_of
from matcher.engines.columnar.frame import MIN, listed_text
from matcher.engines.columnar.indexed import indexed
from matcher.engines.columnar.kleene import Truths, as_expr
from matcher.engines.columnar.outcomes import Held, outcome, statuses
from matcher.engines.columnar.places import Column, universes_of, with_categories
from matcher.meaning.logic import Truth

ROWS = "@rows"
USE = "@use"
MOST_KEPT = 16


@dataclass(frozen=True)
class JudgedFrame:
    """What holds for each row.

    `truths` has a column for each distinct criterion, `outcomes` one for each scheme: true is
    eligible, false is not, null is to be clarified. `uses` says of each scheme its windows and the
    editions used. `conflicts` has a column for each fact whose given value may not be: true where
    it is set aside because the others rule it out. `facts` are the values asked for beside.
    """

    truths: pl.DataFrame
    outcomes: pl.DataFrame
    uses: Mapping[str, Uses]
    criteria: Criteria
    conflicts: pl.DataFrame = field(repr=False)
    facts: pl.DataFrame = field(repr=False)

    @cached_property
    def windows(self) -> pl.DataFrame:
        """The window of each scheme."""
        height = self.outcomes.height
        return pl.DataFrame(
            [
                uses.windows
                if len(uses.windows) == height
                else uses.windows.new_from_index(0, height)
                for uses in self.uses.values()
            ]
        )

    def rows(self, kept: pl.Series) -> JudgedFrame:
        """The same of some rows: those where `kept` is true."""
        facts = self.facts.filter(kept) if self.facts.width else self.facts
        return JudgedFrame(
            self.truths.filter(kept),
            self.outcomes.filter(kept),
            {id_: uses.rows(kept) for id_, uses in self.uses.items()},
            self.criteria,
            self.conflicts.filter(kept),
            facts,
        )

    def statuses(self, scheme: str) -> list[Mapping[str, Truth]]:
        """The truth of each criterion of a scheme, row by row, by id: of the edition used."""
        uses = self.uses[scheme]
        rows = [self._rows(statuses(use, self.criteria.held)) for use in uses.uses]
        if uses.positions is None:
            return rows[0]
        return [rows[use][row] for row, use in enumerate(uses.positions.to_list())]

    def _rows(self, columns: Mapping[str, Truths]) -> list[Mapping[str, Truth]]:
        exprs = {f"s{index}": as_expr(held) for index, held in enumerate(columns.values())}
        table = self.truths.with_columns(**exprs).select(exprs.keys())
        rows = table.rows() if columns else [()] * self.truths.height
        return [dict(zip(columns, row, strict=True)) for row in rows]


@dataclass(frozen=True)
class Planned:
    """The expressions of the criteria and of the outcomes, each under its name."""

    criteria: Criteria
    truths: list[pl.Expr]
    outcomes: list[pl.Expr]


class ColumnarEngine:
    """Judges whole frames on one day. It may be used for one frame after the other."""

    def __init__(self, content: Content, day: int, schemes: Iterable[str] | None = None) -> None:
        """`day` is a day number (`date.toordinal`); `schemes` are ids, by default all."""
        wanted = content.schemes if schemes is None else schemes
        self.content = content
        self.schemes: Mapping[str, Scheme] = {id_: content.schemes[id_] for id_ in wanted}
        self._asker = Asker(day, indexed(content.tables))
        self._universes = universes_of(content.vocabulary, content.tables)
        self._kept: dict[object, Planned] = {}
        self._fixed: dict[str, Uses] = {}

    def judged(self, frame: pl.DataFrame, also: Sequence[str] = ()) -> JudgedFrame:
        """What holds for each row of a frame made as `matcher.engines.columnar.frame` says.

        `also` are choices or codes whose value is wanted too. Raises `ValueError` for a column
        that cannot hold its fact.
        """
        content = self.content
        self._asker.begin()
        whole = with_categories(frame, content.vocabulary, self._universes)
        derivation = Derivation(whole, content.vocabulary, content.computation, self._asker)
        derivation.add([key for key in content.derivations if _is_given(frame, key)])
        uses = {id_: self._uses(scheme, derivation) for id_, scheme in self.schemes.items()}
        derivation.add([key for use in _used(uses) for key in use.facts])
        planned = self._planned(derivation, uses)
        derivation.add(also)
        return _collected(derivation, uses, planned, also)

    def _planned(self, derivation: Derivation, uses: Mapping[str, Uses]) -> Planned:
        """The expressions for frames that have the same facts in the same form."""
        alike = (
            tuple(sorted(derivation.known.items())),
            tuple((id_, *map(id, some.uses)) for id_, some in uses.items()),
        )
        if alike not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[alike] = _planned(derivation, uses)
        return self._kept[alike]

    def _uses(self, scheme: Scheme, derivation: Derivation) -> Uses:
        if scheme.id in self._fixed:
            return self._fixed[scheme.id]
        reads = reads_of_windows(scheme)
        derivation.add(reads.known)
        found = uses_of(scheme, derivation.frame, derivation.places, self._asker)
        if not (reads.known or reads.given):
            self._fixed[scheme.id] = found
        return found


def _is_given(frame: pl.DataFrame, key: str) -> bool:
    return key in frame.columns or key + MIN in frame.columns


def _used(uses: Mapping[str, Uses]) -> Iterator[Use]:
    for some in uses.values():
        yield from some.uses


def _planned(derivation: Derivation, uses: Mapping[str, Uses]) -> Planned:
    criteria = criteria_of([test for use in _used(uses) for test in use.tests], derivation)
    truths = [expr.alias(name) for name, expr in criteria.columns.items()]
    outcomes = [
        _outcome(some, pl.col(USE + id_), criteria.held).alias(id_) for id_, some in uses.items()
    ]
    return Planned(criteria, truths, outcomes)


def _collected(
    derivation: Derivation, uses: Mapping[str, Uses], planned: Planned, also: Sequence[str]
) -> JudgedFrame:
    criteria = planned.criteria
    positions = {
        USE + id_: some.positions for id_, some in uses.items() if some.positions is not None
    }
    frame = with_asked(derivation, criteria)
    rows = pl.repeat(0, frame.height, dtype=pl.UInt8, eager=True).alias(ROWS)
    lazy = frame.with_columns(rows, **positions).lazy()
    whole = lazy.select([ROWS, *positions, *planned.truths]).with_columns(planned.outcomes)
    result = whole.collect(engine="streaming")
    return JudgedFrame(
        result.select([ROWS, *criteria.columns]),
        result.select(list(uses)),
        uses,
        criteria,
        frame.select(pl.col(CONFLICT + key).alias(key) for key in derivation.conflicts),
        frame.select(_text(key, derivation).alias(key) for key in also),
    )


def _text(key: str, derivation: Derivation) -> pl.Expr:
    """A choice or a code as text, row by row."""
    place = derivation.places.get(key)
    if isinstance(place, Column):
        return pl.col(place.low).cast(pl.String)
    known = None if place.known is None else listed_text(place.known)
    return pl.repeat(known, pl.len(), dtype=pl.String)


def _outcome(uses: Uses, position: pl.Expr, held: Held) -> pl.Expr:
    """The outcome under the edition that each row uses."""
    found = [as_expr(outcome(use, held)) for use in uses.uses]
    whole = found[-1]
    for index, one in enumerate(found[:-1]):
        whole = pl.when(position == index).then(one).otherwise(whole)
    return whole
