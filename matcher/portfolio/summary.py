"""What is counted while a portfolio is matched, so that nothing has to be read again?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from matcher.answers.views import Outcome
from matcher.catalogue.model import Scheme
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text
from matcher.portfolio.parts import Warned, merged
from matcher.portfolio.results import WINDOW

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

    `standings` counts the rows by scheme, outcome and window; `places` by fact and value.
    """

    results: int = 0
    rejects: int = 0
    blank: int = 0
    standings: Mapping[Standing, int] = field(default_factory=dict)
    places: Mapping[tuple[str, str], Place] = field(default_factory=dict)
    warnings: tuple[Warned, ...] = ()

    @property
    def rows(self) -> int:
        """The rows of the input, blank lines apart."""
        return self.results + self.rejects


def summary_of(
    results: pl.DataFrame,
    facts: pl.DataFrame,
    schemes: Mapping[str, Scheme],
    rejects: int,
    blank: int,
    warnings: tuple[Warned, ...],
) -> Summary:
    """The counts of one part."""
    standings: dict[Standing, int] = {}
    for id_ in schemes:
        counted = results.group_by(id_, id_ + WINDOW).len()
        standings.update({(id_, row[0], row[1]): row[2] for row in counted.iter_rows()})
    places = _places(results, facts, schemes)
    return Summary(results.height, rejects, blank, standings, places, warnings)


def _places(
    results: pl.DataFrame, facts: pl.DataFrame, schemes: Mapping[str, Scheme]
) -> dict[tuple[str, str], Place]:
    if not facts.columns:
        return {}
    flags = results.select(
        can_apply=_any(schemes, Outcome.ELIGIBLE), open=_any(schemes, Outcome.UNDETERMINED)
    )
    found: dict[tuple[str, str], Place] = {}
    for key in facts.columns:
        table = flags.with_columns(facts[key].alias("value")).group_by("value")
        counted = table.agg(pl.len(), pl.col("can_apply").sum(), pl.col("open").sum())
        for value, rows, can_apply, open_ in counted.iter_rows():
            found[key, value or ""] = Place(rows, can_apply, open_)
    return found


def _any(schemes: Mapping[str, Scheme], outcome: Outcome) -> pl.Expr:
    return pl.any_horizontal(
        (pl.col(id_) == str(outcome)) & (pl.col(id_ + WINDOW) == str(WindowState.OPEN))
        for id_ in schemes
    )


def together(parts: Iterable[Summary]) -> Summary:
    """The counts of several parts."""
    results = rejects = blank = 0
    standings: Counter[Standing] = Counter()
    places: dict[tuple[str, str], Place] = {}
    warnings: list[Warned] = []
    for part in parts:
        results, rejects = results + part.results, rejects + part.rejects
        blank += part.blank
        standings.update(part.standings)
        for key, place in part.places.items():
            places[key] = places.get(key, Place()).plus(place)
        warnings.extend(part.warnings)
    return Summary(results, rejects, blank, dict(standings), places, merged(warnings))


# --------------------------------------------------------------------------------- written and read
def summary_text(summary: Summary) -> dict[str, Any]:
    """The counts as JSON values."""
    return {
        "results": summary.results,
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
        data["results"],
        data["rejects"],
        data["blank"],
        {(s, o, w): count for s, o, w, count in data["standings"]},
        {(key, value): Place(*counts) for key, value, *counts in data["places"]},
        tuple(
            Warned(column, Text(fr, en), count, tuple(lines), read)
            for column, fr, en, count, lines, read in data["warnings"]
        ),
    )
