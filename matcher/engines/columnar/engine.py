"""Which schemes can each profile of a frame apply to, and which criteria does it meet?

    engine = ColumnarEngine(catalogue.content, day)
    judged = engine.judged(frame)

Each distinct criterion is one nullable boolean column, computed once and shared by all the schemes;
each scheme has one outcome and one window.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from matcher.catalogue.content import Content
from matcher.catalogue.model import Scheme
from matcher.engines.columnar.by_rows import Asker, reads_of
from matcher.engines.columnar.criteria import Criteria, decided
from matcher.engines.columnar.derived import CONFLICT, Derivation
from matcher.engines.columnar.editions import Uses, plans_of, reads_of_windows, uses_of
from matcher.engines.columnar.frame import MIN
from matcher.engines.columnar.kleene import Truths, as_expr
from matcher.engines.columnar.outcomes import Held, outcome, statuses, tests_of
from matcher.engines.columnar.places import with_categories
from matcher.meaning.logic import Truth

ROWS = "@rows"
USE = "@use"


@dataclass(frozen=True)
class JudgedFrame:
    """What holds for each row.

    `truths` has a column for each distinct criterion, `outcomes` one for each scheme: true is
    eligible, false is not, null is to be clarified. `uses` says of each scheme its windows and the
    editions used. `conflicts` has a column for each fact whose given value may not be: true where
    it is set aside because the others rule it out.
    """

    truths: pl.DataFrame
    outcomes: pl.DataFrame
    uses: Mapping[str, Uses]
    criteria: Criteria
    conflicts: pl.DataFrame = field(repr=False)

    @cached_property
    def windows(self) -> pl.DataFrame:
        """The window of each scheme."""
        return pl.DataFrame([uses.windows for uses in self.uses.values()])

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


class ColumnarEngine:
    """Judges whole frames on one day. It may be used for one frame after the other."""

    def __init__(self, content: Content, day: int, schemes: Iterable[str] | None = None) -> None:
        """`day` is a day number (`date.toordinal`); `schemes` are ids, by default all."""
        wanted = content.schemes if schemes is None else schemes
        self.content = content
        self.schemes: Mapping[str, Scheme] = {id_: content.schemes[id_] for id_ in wanted}
        self._asker = Asker(day, content.tables)

    def judged(self, frame: pl.DataFrame) -> JudgedFrame:
        """What holds for each row of a frame made as `matcher.engines.columnar.frame` says.

        Raises `ValueError` for a column that cannot hold its fact.
        """
        content = self.content
        whole = with_categories(frame, content.vocabulary)
        derivation = Derivation(whole, content.vocabulary, content.computation, self._asker)
        derivation.add([key for key in content.derivations if _is_given(frame, key)])
        uses = {id_: self._uses(scheme, derivation) for id_, scheme in self.schemes.items()}
        tests = [test for plan in plans_of(uses.values()) for test in tests_of(plan)]
        derivation.add([key for test in tests for key in reads_of([test]).known])
        return _collected(derivation, uses, decided(tests, derivation))

    def _uses(self, scheme: Scheme, derivation: Derivation) -> Uses:
        reads = reads_of_windows(scheme)
        derivation.add(reads.known)
        return uses_of(scheme, derivation.frame, derivation.places, self._asker)


def _is_given(frame: pl.DataFrame, key: str) -> bool:
    return key in frame.columns or key + MIN in frame.columns


def _collected(derivation: Derivation, uses: Mapping[str, Uses], criteria: Criteria) -> JudgedFrame:
    positions = {
        USE + id_: some.positions for id_, some in uses.items() if some.positions is not None
    }
    outcomes = {id_: _outcome(some, pl.col(USE + id_), criteria.held) for id_, some in uses.items()}
    frame = derivation.frame
    rows = pl.repeat(0, frame.height, dtype=pl.UInt8, eager=True).alias(ROWS)
    kept = [ROWS, *positions]
    lazy = frame.with_columns(rows, **positions).lazy()
    whole = lazy.select(*kept, **criteria.columns).with_columns(**outcomes)
    result = whole.collect(engine="streaming")
    return JudgedFrame(
        result.select(ROWS, *criteria.columns),
        result.select(*outcomes),
        uses,
        criteria,
        frame.select(pl.col(CONFLICT + key).alias(key) for key in derivation.conflicts),
    )


def _outcome(uses: Uses, position: pl.Expr, held: Held) -> pl.Expr:
    """The outcome under the edition that each row uses."""
    found = [as_expr(outcome(use, held)) for use in uses.uses]
    whole = found[-1]
    for index, one in enumerate(found[:-1]):
        whole = pl.when(position == index).then(one).otherwise(whole)
    return whole
