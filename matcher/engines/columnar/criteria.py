"""Which column holds the truth of each distinct criterion of a frame?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from matcher.engines.columnar.by_rows import RowFacts, reads_of
from matcher.engines.columnar.derived import Derivation
from matcher.engines.columnar.expressions import Expressions
from matcher.engines.columnar.kleene import Truths
from matcher.language.tree import Test
from matcher.meaning.evaluate import truth
from matcher.meaning.logic import Truth


@dataclass(frozen=True)
class Criteria:
    """The expressions of the distinct criteria, by column.

    `names` finds the column of a criterion, or its truth where it is the same in all rows. `asked`
    are the tests left to the reference, with the column that the frame must have for each.
    """

    columns: Mapping[str, pl.Expr]
    names: Mapping[Test, str | Truth]
    asked: Mapping[Test, str]

    def held(self, test: Test) -> Truths:
        """The truth of a criterion, as an expression over the columns."""
        name = self.names[test]
        return pl.col(name) if isinstance(name, str) else name


def criteria_of(tests: Iterable[Test], derivation: Derivation) -> Criteria:
    """The columns of some tests, over frames that have the facts where a derivation has them."""
    writer = Expressions(derivation.places, derivation.asker.day, derivation.asker.tables)
    columns: dict[str, pl.Expr] = {}
    names: dict[Test, str | Truth] = {}
    for test in dict.fromkeys(tests):
        held = writer.truths(test)
        if isinstance(held, pl.Expr):
            names[test] = f"c{len(columns)}"
            columns[f"c{len(columns)}"] = held
        else:
            names[test] = held
    return Criteria(columns, names, writer.by_rows)


def with_asked(derivation: Derivation, criteria: Criteria) -> pl.DataFrame:
    """The frame of a derivation, with the truths that are left to the reference."""
    asked = [_asked(test, derivation).alias(name) for test, name in criteria.asked.items()]
    return derivation.frame.with_columns(asked)


def _asked(test: Test, derivation: Derivation) -> pl.Series:
    """What the reference says of a test, row by row."""

    def how(facts: RowFacts) -> Truth:
        return truth(test, facts)

    found, positions = derivation.asker.ask(
        derivation.frame, derivation.places, reads_of([test]), how, ("test", test), [test]
    )
    truths = pl.Series(found, dtype=pl.Boolean)
    assert positions is not None, "a test that is the same in all rows is decided before"
    return truths.gather(positions)
