"""What holds for each of a few rows, judged one after the other by the compiled engine?

Preparing columns takes longer than judging the rows of a short list. Both say the same, in the same
form, and a test holds it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from matcher.api import Catalogue, Judged
from matcher.catalogue.plan import Plan
from matcher.engines.columnar.criteria import Criteria
from matcher.engines.columnar.editions import STATES, Use, Uses
from matcher.engines.columnar.engine import ROWS, JudgedFrame
from matcher.engines.columnar.frame import listed_text, values_of
from matcher.facts.profile import Profile
from matcher.facts.values import Known, Nothing
from matcher.language.tree import Test
from matcher.meaning.derive import KnownFacts
from matcher.meaning.logic import Truth

FEW = 200
"""Measured on the shipped catalogue: columns are as fast from some 250 rows on."""


def judged_one_by_one(
    frame: pl.DataFrame,
    catalogue: Catalogue,
    day: int,
    schemes: Sequence[str],
    also: Sequence[str] = (),
) -> JudgedFrame:
    """What holds for each row, at least one, of a frame as `matcher.engines.columnar.frame` says.

    `day` is a day number; `also` are choices or codes whose value is wanted too.
    """
    rows = [_judged(row, catalogue, day, schemes) for row in frame.iter_rows(named=True)]
    truths = _truths(rows)
    names: dict[Test, str | Truth] = {test: f"c{index}" for index, test in enumerate(truths)}
    columns = {str(names[test]): pl.Series(said, dtype=pl.Boolean) for test, said in truths.items()}
    outcomes = {
        id_: pl.Series([row.judgements[place].outcome for row in rows], dtype=pl.Boolean)
        for place, id_ in enumerate(schemes)
    }
    texts = {key: pl.Series([_text(row, key) for row in rows], dtype=pl.String) for key in also}
    return JudgedFrame(
        pl.DataFrame({ROWS: pl.Series([0] * len(rows), dtype=pl.UInt8), **columns}),
        pl.DataFrame(outcomes),
        {id_: _uses(id_, place, rows) for place, id_ in enumerate(schemes)},
        Criteria({}, names, {}),
        _conflicts(rows),
        pl.DataFrame(texts),
    )


def _judged(
    row: Mapping[str, object], catalogue: Catalogue, day: int, schemes: Sequence[str]
) -> Judged:
    content = catalogue.content
    profile = Profile(values_of(row, content.vocabulary))
    facts = KnownFacts(profile.values, content.computation, day)
    for key in content.computation.trees.keys() & profile.values.keys():
        facts.get(key)
    return catalogue.judged_with(facts, profile, day, schemes)


# ---------------------------------------------------------------------------------------- criteria
def _truths(rows: Sequence[Judged]) -> dict[Test, list[Truth]]:
    """The truth of each distinct criterion, row by row; null where its edition is not used."""
    found: dict[Test, list[Truth]] = {}
    for index, row in enumerate(rows):
        for test, truth in _said(row):
            if test not in found:
                found[test] = [None] * len(rows)
            found[test][index] = truth
    return found


def _said(row: Judged) -> Iterator[tuple[Test, Truth]]:
    every = [*zip(row.plans, row.alone, strict=True)]
    for plan, judgement in (*every, *(rival for some in row.rivals.values() for rival in some)):
        for leaf in plan.leaves:
            yield leaf.test, judgement.statuses[leaf.index]


# ---------------------------------------------------------------------------------------- editions
def _uses(scheme: str, place: int, rows: Sequence[Judged]) -> Uses:
    """The windows of a scheme, and the plans used in each row."""
    windows = pl.Series(scheme, [str(row.windows[place].state) for row in rows], dtype=STATES)
    plans = [_plans(scheme, place, row) for row in rows]
    distinct = {tuple(map(id, some)): some for some in plans}
    order = list(distinct)
    positions = pl.Series([order.index(tuple(map(id, some))) for some in plans], dtype=pl.UInt16)
    uses = tuple(Use(plan, tuple(rivals)) for plan, *rivals in distinct.values())
    return Uses(windows, uses, positions if len(uses) > 1 else None)


def _plans(scheme: str, place: int, row: Judged) -> tuple[Plan, ...]:
    return row.plans[place], *(plan for plan, _ in row.rivals.get(scheme, ()))


# ------------------------------------------------------------------------------------------- facts
def _conflicts(rows: Sequence[Judged]) -> pl.DataFrame:
    keys = sorted({key for row in rows for key in row.facts.conflicts})
    return pl.DataFrame({key: [key in row.facts.conflicts for row in rows] for key in keys})


def _text(row: Judged, key: str) -> str | None:
    known: Known | None = row.facts.get(key)
    return None if known is None or isinstance(known, Nothing) else listed_text(known)
