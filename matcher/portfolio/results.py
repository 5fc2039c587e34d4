"""How are the answers for many rows kept in a table, with the reasons of each?

For each scheme `s`:

    s              its outcome: eligible, ineligible or undetermined
    s/window       its window: open, upcoming, closed or unknown
    s/criteria     its criteria, two bits each, the first in the lowest: 0 met, 1 unmet, 2 unknown,
                   3 not asked in the edition used; 31 to a column, the others in s/criteria2…
                   (32 bits hold up to 15 criteria, else 64)

The ids of the criteria, in that order, are beside the table (`criteria` of `run.json`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import add

import polars as pl

from matcher.answers.views import Outcome, Status
from matcher.catalogue.model import Criterion, Group, Scheme
from matcher.engines.columnar.editions import Use
from matcher.engines.columnar.engine import ROWS, JudgedFrame
from matcher.engines.columnar.kleene import Truths
from matcher.engines.columnar.outcomes import statuses

WINDOW, CRITERIA = "/window", "/criteria"
OUTCOMES = pl.Enum([str(outcome) for outcome in Outcome])
PER_COLUMN, PER_SMALL_COLUMN, PER_BYTE = 31, 15, 4
NOT_ASKED = 3
CODES: Mapping[int, Status | None] = {
    0: Status.MET,
    1: Status.UNMET,
    2: Status.UNKNOWN,
    NOT_ASKED: None,
}


def criteria_of(scheme: Scheme) -> tuple[str, ...]:
    """The ids of the criteria of a scheme, whatever the edition, in the order of its text."""
    return tuple(dict.fromkeys(_ids(scheme.criteria)))


def _ids(group: Group) -> Iterator[str]:
    for item in group.items:
        if isinstance(item, Criterion):
            yield item.id
        else:
            yield from _ids(item)


# ----------------------------------------------------------------------------------------- writing
def results_of(judged: JudgedFrame, schemes: Mapping[str, Scheme]) -> pl.DataFrame:
    """The columns of all schemes, row by row."""
    outcomes = judged.outcomes.select(
        pl.when(pl.col(id_))
        .then(pl.lit(str(Outcome.ELIGIBLE), dtype=OUTCOMES))
        .when(~pl.col(id_))
        .then(pl.lit(str(Outcome.INELIGIBLE), dtype=OUTCOMES))
        .otherwise(pl.lit(str(Outcome.UNDETERMINED), dtype=OUTCOMES))
        .alias(id_)
        for id_ in schemes
    )
    windows = judged.windows.rename(lambda id_: id_ + WINDOW)
    codes = _packed(judged, schemes)
    order = [
        name
        for id_, scheme in schemes.items()
        for name in (id_, id_ + WINDOW, *_columns(id_, len(criteria_of(scheme))))
    ]
    return pl.concat([outcomes, windows, codes], how="horizontal").select(order)


def _columns(id_: str, count: int) -> list[str]:
    """The names of the columns that hold the criteria of a scheme."""
    parts = range(1, max(-(-count // PER_COLUMN), 1) + 1)
    return [id_ + CRITERIA + ("" if part == 1 else str(part)) for part in parts]


def _packed(judged: JudgedFrame, schemes: Mapping[str, Scheme]) -> pl.DataFrame:
    """The criteria of each scheme as codes; the status of each distinct one is computed once."""
    names = [name for name in judged.truths.columns if name != ROWS]
    two_bits = judged.truths.lazy().select(_two_bits(pl.col(name)).alias(name) for name in names)
    positions = {
        "@use" + id_: some.positions
        for id_, some in judged.uses.items()
        if some.positions is not None
    }
    rows = judged.truths.select(ROWS).lazy()
    whole = pl.concat([rows, two_bits], how="horizontal").with_columns(**positions)
    packed = [expr for id_, scheme in schemes.items() for expr in _codes(judged, id_, scheme)]
    return whole.select(ROWS, *packed).collect().drop(ROWS)


def _two_bits(truth: pl.Expr) -> pl.Expr:
    """0 true, 1 false, 2 unknown: choosing bytes is twice as fast as casting bits."""
    unmet = pl.when(truth.is_null()).then(_byte(2)).otherwise(_byte(1))
    return pl.when(truth).then(_byte(0)).otherwise(unmet)


def _codes(judged: JudgedFrame, id_: str, scheme: Scheme) -> Iterator[pl.Expr]:
    ids = criteria_of(scheme)
    uses = judged.uses[id_].uses
    for part, name in enumerate(_columns(id_, len(ids))):
        some = ids[part * PER_COLUMN : (part + 1) * PER_COLUMN]
        dtype = pl.Int32 if len(some) <= PER_SMALL_COLUMN else pl.Int64
        found = [_code(use, some, judged, dtype) for use in uses]
        whole = found[-1]
        for index, one in enumerate(found[:-1]):
            whole = pl.when(pl.col("@use" + id_) == index).then(one).otherwise(whole)
        yield whole.alias(name)


def _code(
    use: Use, ids: Sequence[str], judged: JudgedFrame, dtype: type[pl.Int32 | pl.Int64]
) -> pl.Expr:
    """The code of one edition. Its columns hold 0, 1 or 2 where `truths` hold true, false, null."""
    said = statuses(use, judged.criteria.held) if not use.rivals else _unsure(use, judged)
    truths = [said.get(id_, "absent") for id_ in ids]
    fixed = sum(
        FIXED[truth] << 2 * place
        for place, truth in enumerate(truths)
        if not isinstance(truth, pl.Expr)
    )
    parts = [
        group.cast(dtype) * pl.lit(1 << 2 * start, dtype=dtype)
        for start in range(0, len(truths), PER_BYTE)
        for group in _in_a_byte(truths[start : start + PER_BYTE])
    ]
    if not parts:
        return pl.repeat(fixed, pl.len(), dtype=dtype)
    whole = reduce(add, parts)
    return whole + pl.lit(fixed, dtype=dtype) if fixed else whole


def _in_a_byte(truths: Sequence[object]) -> Iterator[pl.Expr]:
    """Up to four statuses in the eight bits of a byte: four times fewer sums of larger numbers."""
    parts = [
        truth * _byte(1 << 2 * place) if place else truth
        for place, truth in enumerate(truths)
        if isinstance(truth, pl.Expr)
    ]
    if parts:
        yield reduce(add, parts)


def _byte(number: int) -> pl.Expr:
    return pl.lit(number, dtype=pl.UInt8)


FIXED: Mapping[object, int] = {True: 0, False: 1, None: 2, "absent": NOT_ASKED}


def _unsure(use: Use, judged: JudgedFrame) -> Mapping[str, Truths]:
    """Where another edition may be used, a status on which they differ is unknown (2)."""
    said: dict[str, list[pl.Expr]] = {}
    for plan in (use.plan, *use.rivals):
        for leaf in plan.leaves:
            held = judged.criteria.held(leaf.test)
            code = held if isinstance(held, pl.Expr) else _byte(FIXED[held])
            said.setdefault(leaf.criterion.id, []).append(code)
    found: dict[str, Truths] = {}
    for leaf in use.plan.leaves:
        first, *others = said[leaf.criterion.id]
        same = pl.all_horizontal([pl.lit(value=True), *(first == other for other in others)])
        found[leaf.criterion.id] = pl.when(same).then(first).otherwise(_byte(2))
    return found


# ----------------------------------------------------------------------------------------- reading
def statuses_in(codes: Sequence[int], ids: Sequence[str]) -> dict[str, Status]:
    """The status of each criterion that the edition asks, from the codes of one row."""
    found: dict[str, Status] = {}
    for place, id_ in enumerate(ids):
        code = codes[place // PER_COLUMN] >> 2 * (place % PER_COLUMN) & 3
        status = CODES[code]
        if status is not None:
            found[id_] = status
    return found


def code_columns(scheme: str, ids: Sequence[str]) -> list[str]:
    """The names of the columns that hold the criteria of a scheme."""
    return _columns(scheme, len(ids))


def criterion(scheme: str, ids: Sequence[str], id_: str) -> pl.Expr:
    """One criterion of a table of results: true met, false unmet, null unknown or not asked."""
    place = list(ids).index(id_)
    column = pl.col(_columns(scheme, len(ids))[place // PER_COLUMN])
    code = column // (1 << 2 * (place % PER_COLUMN)) % 4
    return pl.when(code < 2).then(code == 0)
