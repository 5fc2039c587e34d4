"""How are the results written for spreadsheets (CSV) and for programs (JSON lines)?

Part by part, from the tables of results: the codes become the ids of the criteria that are not met
and that are unknown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO

import polars as pl

from matcher.answers.views import Status
from matcher.portfolio.locations import Location, written
from matcher.portfolio.parts import LINE
from matcher.portfolio.results import WINDOW, code_columns, statuses_in
from matcher.portfolio.safe_text import safe_column

CSV, JSON_LINES = "results.csv", "results.jsonl"
UNMET, UNKNOWN = "/unmet", "/unknown"
Criteria = Mapping[str, tuple[str, ...]]
"""The ids of the criteria of each scheme."""


def write_csv(
    folder: Location, parts: Iterable[Location], criteria: Criteria, separator: str
) -> Location:
    """`results.csv`: text cells can never become formulas."""

    def write(stream: IO[bytes], index: int, table: pl.DataFrame) -> None:
        safe = [safe_column(pl.col(n)) for n, d in table.schema.items() if d == pl.String]
        first = index == 0
        table.with_columns(safe).write_csv(
            stream, separator=separator, include_bom=first, include_header=first
        )

    return _written(folder / CSV, parts, lambda part: _as_texts(part, criteria), write)


def write_json_lines(folder: Location, parts: Iterable[Location], criteria: Criteria) -> Location:
    """`results.jsonl`: a line for each row, with the schemes by id."""

    def write(stream: IO[bytes], index: int, table: pl.DataFrame) -> None:
        del index
        table.write_ndjson(stream)

    return _written(folder / JSON_LINES, parts, lambda part: _as_objects(part, criteria), write)


def _written(
    target: Location,
    parts: Iterable[Location],
    how: Callable[[pl.DataFrame], pl.DataFrame],
    write: Callable[[IO[bytes], int, pl.DataFrame], None],
) -> Location:
    """Written whole, or not at all."""
    with written(target) as path, path.open("wb") as stream:
        for index, part in enumerate(parts):
            write(stream, index, how(pl.read_parquet(str(part), glob=False)))
    return target


# -------------------------------------------------------------------------------- codes into words
def _as_texts(part: pl.DataFrame, criteria: Criteria) -> pl.DataFrame:
    """The unmet and unknown criteria of each scheme as texts."""
    columns: list[pl.Series] = [part[name].alias(name.lstrip("@")) for name in _own(part, criteria)]
    for id_, ids in criteria.items():
        lists = _lists(part, id_, ids)
        texts = [series.list.join(" ").alias(series.name) for series in lists]
        columns += [part[id_].cast(pl.String), part[id_ + WINDOW].cast(pl.String), *texts]
    return pl.DataFrame(columns)


def _as_objects(part: pl.DataFrame, criteria: Criteria) -> pl.DataFrame:
    columns: list[pl.Series] = [part[name].alias(name.lstrip("@")) for name in _own(part, criteria)]
    schemes = []
    for id_, ids in criteria.items():
        unmet, unknown = _lists(part, id_, ids)
        fields = [
            part[id_].cast(pl.String).alias("outcome"),
            part[id_ + WINDOW].cast(pl.String).alias("window"),
            unmet.alias("unmet"),
            unknown.alias("unknown"),
        ]
        schemes.append(pl.DataFrame(fields).to_struct(id_))
    return pl.DataFrame([*columns, pl.DataFrame(schemes).to_struct("schemes")])


def _own(part: pl.DataFrame, criteria: Criteria) -> Iterator[str]:
    """The columns that are not those of a scheme."""
    for name in part.columns:
        scheme = name.split("/", 1)[0]
        if name == LINE or not (scheme in criteria and (name == scheme or "/" in name)):
            yield name


def _lists(part: pl.DataFrame, id_: str, ids: tuple[str, ...]) -> list[pl.Series]:
    """The ids of the unmet and of the unknown criteria, row by row, found once for each code."""
    names = code_columns(id_, ids)
    codes = part.select(names)
    distinct = codes.unique(maintain_order=True)
    said = [statuses_in(row, ids) for row in distinct.iter_rows()]
    words = distinct.with_columns(
        _listed(said, Status.UNMET, id_ + UNMET), _listed(said, Status.UNKNOWN, id_ + UNKNOWN)
    )
    joined = codes.join(words, on=names, how="left", maintain_order="left")
    return [joined[id_ + UNMET], joined[id_ + UNKNOWN]]


def _listed(said: list[dict[str, Status]], wanted: Status, name: str) -> pl.Series:
    lists = [[id_ for id_, status in row.items() if status is wanted] for row in said]
    return pl.Series(name, lists, dtype=pl.List(pl.String))
