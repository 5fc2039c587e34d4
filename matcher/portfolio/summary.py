"""What is counted while a portfolio is matched, so that nothing has to be read again?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from matcher.answers.views import Outcome
from matcher.engines.columnar.engine import JudgedFrame
from matcher.language.text import Text
from matcher.portfolio.open_now import CAN_APPLY, MAY_APPLY
from matcher.portfolio.parts import Warned, merged

OF_TRUTH: Mapping[bool | None, str] = {
    True: str(Outcome.ELIGIBLE),
    False: str(Outcome.INELIGIBLE),
    None: str(Outcome.UNDETERMINED),
}
Standing = tuple[str, str, str]
"""A scheme, an outcome and a window."""


@dataclass(frozen=True)
class Place:
    """The rows of one place: all, those who can apply now, those of whom it is still open."""

    rows: int = 0
    can_apply: int = 0
    open: int = 0

    def plus(self, other: Place) -> Place:
        """Both together."""
        return Place(
            self.rows + other.rows, self.can_apply + other.can_apply, self.open + other.open
        )


@dataclass(frozen=True)
class Summary:
    """The counts of some parts.

    `standings` counts the rows by scheme, outcome and window; `places` by fact and value,
    `everywhere` all those that gave a result.
    """

    everywhere: Place = Place()
    rejects: int = 0
    blank: int = 0
    standings: Mapping[Standing, int] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    warnings: tuple[Warned, ...] = ()

    @property
    def results(self) -> int:
        """The rows that gave a result."""
        return self.everywhere.rows

    @property
    def rows(self) -> int:
        """The rows of the input, blank lines apart."""
        return self.results + self.rejects


def summary_of(
    judged: JudgedFrame,
    promise: pl.DataFrame,
    rejects: int,
    blank: int,
    warnings: tuple[Warned, ...],
) -> Summary:
    """The counts of one part; `promise` is what `open_now.counts` says of it."""
    standings = {
        (id_, outcome, window): count
        for id_ in judged.uses
        for outcome, window, count in _standings(judged, id_)
        if count
    }
    flags = promise.select(pl.all() > 0)
    everywhere = Place(flags.height, *(int(flags[name].sum()) for name in (CAN_APPLY, MAY_APPLY)))
    places = {(key, value): place for key, value, place in _places(judged, flags)}
    return Summary(everywhere, rejects, blank, standings, places, warnings)


def _standings(judged: JudgedFrame, scheme: str) -> Iterator[tuple[str, str, int]]:
    """How many rows have each outcome and window; bits are counted where the window is the same."""
    outcomes, uses = judged.outcomes[scheme], judged.uses[scheme]
    if uses.window is None:
        table = pl.DataFrame([outcomes.alias("outcome"), uses.windows.alias("window")])
        for outcome, window, count in table.group_by("outcome", "window").len().iter_rows():
            yield OF_TRUTH[outcome], window, count
        return
    true, null = int(outcomes.sum()), outcomes.null_count()
    counts = {True: true, False: len(outcomes) - true - null, None: null}
    for truth, count in counts.items():
        yield OF_TRUTH[truth], uses.window, count


def _places(judged: JudgedFrame, flags: pl.DataFrame) -> Iterator[tuple[str, str, Place]]:
    for key in judged.facts.columns:
        value = judged.facts[key].fill_null("").alias("value")
        table = flags.with_columns(value).group_by("value")
        counted = table.agg(pl.len(), pl.col(CAN_APPLY).sum(), pl.col(MAY_APPLY).sum())
        for place, *counts in counted.iter_rows():
            yield key, place, Place(*counts)


def together(parts: Iterable[Summary]) -> Summary:
    """The counts of several parts."""
    rejects = blank = 0
    everywhere = Place()
    standings: Counter[Standing] = Counter()
    places: dict[tuple[str, str], Place] = {}
    warnings: list[Warned] = []
    for part in parts:
        everywhere = everywhere.plus(part.everywhere)
        rejects, blank = rejects + part.rejects, blank + part.blank
        standings.update(part.standings)
        for key, place in part.places.items():
            places[key] = places.get(key, Place()).plus(place)
        warnings.extend(part.warnings)
    return Summary(everywhere, rejects, blank, dict(standings), places, merged(warnings))


# --------------------------------------------------------------------------------- written and read
def summary_text(summary: Summary) -> dict[str, Any]:
    """The counts as JSON values."""
    return {
        "results": summary.results,
        "can_apply": summary.everywhere.can_apply,
        "open": summary.everywhere.open,
        "rejects": summary.rejects,
        "blank": summary.blank,
        "standings": [[*key, count] for key, count in sorted(summary.standings.items())],
        "places": [
            [*key, place.rows, place.can_apply, place.open]
            for key, place in sorted(summary.places.items())
        ],
        "warnings": [
            [w.column, w.reason.fr, w.reason.en, w.count, list(w.lines), w.read]
            for w in summary.warnings
        ],
    }


def summary_in(data: Mapping[str, Any]) -> Summary:
    """The counts that `summary_text` wrote."""
    return Summary(
        Place(data["results"], data["can_apply"], data["open"]),
        data["rejects"],
        data["blank"],
        {(s, o, w): count for s, o, w, count in data["standings"]},
        {(key, value): Place(*counts) for key, value, *counts in data["places"]},
        tuple(
            Warned(column, Text(fr, en), count, tuple(lines), read)
            for column, fr, en, count, lines, read in data["warnings"]
        ),
    )
