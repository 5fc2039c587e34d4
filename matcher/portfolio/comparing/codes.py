"""Which criteria have another status than before, from the codes of two tables of results?

Catalogues may add, drop or move criteria: both codes are first put in one order, that of all the
ids of either side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from matcher.answers.views import Status
from matcher.portfolio.results import NOT_ASKED, PER_COLUMN, code_columns, statuses_in

OLD_CODE, NEW_CODE = "@before", "@after"


@dataclass(frozen=True, slots=True)
class Changed:
    """A criterion and its status before and after; None where it was not asked.

    `decisive` marks one that made the outcome change.
    """

    criterion: str
    before: Status | None
    after: Status | None
    decisive: bool = False


def all_ids(old: Sequence[str], new: Sequence[str]) -> tuple[str, ...]:
    """The criteria of either side, those of the new one first."""
    return tuple(dict.fromkeys((*new, *old)))


def recoded(ids: Sequence[str], wanted: Sequence[str], prefix: str, name: str) -> Iterator[pl.Expr]:
    """Codes in the order of other ids; those that they do not have are not asked."""
    names = code_names(prefix, ids)
    if tuple(ids) == tuple(wanted):
        yield from (_code(n).alias(f"{name}{index}") for index, n in enumerate(names))
        return
    places = {id_: place for place, id_ in enumerate(ids)}
    for index, whole_name in enumerate(code_names(name, wanted)):
        some = wanted[index * PER_COLUMN : (index + 1) * PER_COLUMN]
        whole = pl.lit(0, dtype=pl.Int64)
        for place, id_ in enumerate(some):
            whole = whole + _bits(names, places.get(id_)) * (1 << 2 * place)
        yield whole.alias(whole_name)


def _bits(names: Sequence[str], place: int | None) -> pl.Expr:
    """The two bits of one criterion."""
    if place is None:
        return pl.lit(NOT_ASKED, dtype=pl.Int64)
    return _code(names[place // PER_COLUMN]) // (1 << 2 * (place % PER_COLUMN)) % 4


def _code(name: str) -> pl.Expr:
    """A code, which is kept in as few bits as hold it."""
    return pl.col(name).cast(pl.Int64)


def code_names(prefix: str, ids: Sequence[str]) -> list[str]:
    """The names of the columns that `recoded` gives."""
    return [f"{prefix}{index}" for index in range(len(code_columns("", ids)))]


def changes_in(old: Sequence[int], new: Sequence[int], ids: Sequence[str]) -> Iterator[Changed]:
    """The criteria whose status is not the same in two codes."""
    before, after = statuses_in(old, ids), statuses_in(new, ids)
    for id_ in ids:
        if before.get(id_) is not after.get(id_):
            yield Changed(id_, before.get(id_), after.get(id_))
