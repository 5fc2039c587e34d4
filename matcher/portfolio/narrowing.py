"""Which of several places of one name does a row mean, by its postcode or its département?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from matcher.facts.tables import SEVERAL, Table, Tables
from matcher.portfolio import problems
from matcher.portfolio.cells import Cell
from matcher.portfolio.clean_cells import TEXT
from matcher.portfolio.column_values import CHANGE, PROBLEM, ColumnValues
from matcher.portfolio.shapes import NarrowShape


def narrowed(
    values: ColumnValues,
    frame: pl.DataFrame,
    helpers: Sequence[NarrowShape],
    known: Mapping[str, pl.Series],
) -> pl.DataFrame:
    """The column of a fact, where the homonyms that other facts of the row settle are codes."""
    unsettled = values.memory.number(problems.SEVERAL_PLACES)
    names = [f"by{index}" for index in range(len(known))]
    wide = frame.with_columns(
        *(series.alias(name) for name, series in zip(names, known.values(), strict=True))
    )
    asked = wide.filter(pl.col(PROBLEM) == unsettled).select(TEXT, *names).unique()
    rows = []
    for text, *given in asked.iter_rows():
        row = dict(zip(known, given, strict=True))
        found = _settled(values.cell(text), row, helpers, values)
        if found is not None:
            rows.append((text, *given, found))
    if not rows:
        return frame
    settled = pl.DataFrame(
        rows, schema=dict.fromkeys((TEXT, *names, "found"), pl.String), orient="row"
    )
    joined = wide.join(
        settled, on=[TEXT, *names], how="left", maintain_order="left", nulls_equal=True
    )
    done = pl.col("found").is_not_null()
    return joined.with_columns(
        pl.coalesce("found", "value").alias("value"),
        pl.when(~done).then(PROBLEM).alias(PROBLEM),
        pl.when(done)
        .then(pl.lit(values.memory.number(problems.RENAMED), pl.Int32))
        .otherwise(CHANGE)
        .alias(CHANGE),
    ).drop("found", *names)


def _settled(
    cell: Cell,
    row: Mapping[str, str | None],
    helpers: Sequence[NarrowShape],
    values: ColumnValues,
) -> str | None:
    """The only candidate that agrees with the facts of the row; None if there are several."""
    left = cell.candidates
    tables = values.reader.tables
    for helper in helpers:
        given = row.get(helper.fact)
        if given is not None and SEVERAL not in given:
            left = tuple(code for code in left if _agrees(code, given, helper, values, tables))
    return left[0] if len(left) == 1 else None


def _agrees(
    code: str, given: str, helper: NarrowShape, values: ColumnValues, tables: Tables
) -> bool:
    if helper.table is not None:
        row = _row(tables.get(helper.table), given)
        return row is None or code in row[helper.column].split(SEVERAL)
    row = _row(tables.get(values.fact.codes or ""), code)
    return row is None or given in row[helper.column].split(SEVERAL)


def _row(table: Table | None, key: str) -> dict[str, str] | None:
    return table.row(key) if table is not None else None
