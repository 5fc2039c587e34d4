"""What changed for one scheme: how many clients, which ones, by which criteria?

Only the columns of that scheme are read. Rows that changed alike are a group: the reasons are found
once for each group.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import polars as pl

from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.portfolio.comparing.codes import (
    NEW_CODE,
    OLD_CODE,
    Changed,
    all_ids,
    changes_in,
    code_names,
    recoded,
)
from matcher.portfolio.comparing.deciding import deciding
from matcher.portfolio.comparing.folders import ResultSet
from matcher.portfolio.comparing.kinds import (
    LISTED,
    NEW,
    NEW_WINDOW,
    OLD,
    OLD_WINDOW,
    RANKS,
    Kind,
    kind_expr,
)
from matcher.portfolio.comparing.pairing import PAIR, Pairs
from matcher.portfolio.comparing.words import Words
from matcher.portfolio.results import WINDOW, code_columns, statuses_in

KIND, GROUP = "@kind", "@group"
OLD_RAW, NEW_RAW = "@old/criteria", "@new/criteria"


class Presence(StrEnum):
    """Which side has a scheme. What one side did not study is not compared."""

    BOTH = "both"
    ADDED = "added"
    REMOVED = "removed"
    ONLY_OLD = "only_studied_in_old"
    ONLY_NEW = "only_studied_in_new"


@dataclass(frozen=True)
class Alike:
    """Clients to whom the same happened: what was, what is, and the criteria that changed."""

    kind: Kind
    outcomes: tuple[Outcome | None, Outcome | None]
    windows: tuple[WindowState | None, WindowState | None]
    changed: tuple[Changed, ...]
    count: int

    @property
    def decisive(self) -> tuple[Changed, ...]:
        """The criteria that made the outcome change."""
        return tuple(change for change in self.changed if change.decisive)


@dataclass(frozen=True)
class SchemeChanges:
    """What changed for one scheme.

    `counts` has every kind; `lines` has a pair and a group (a place in `groups`) for each client
    that is listed, in the order of the pairs. `criteria` are the ids of either side.
    """

    scheme: str
    presence: Presence
    counts: Mapping[Kind, int] = field(default_factory=dict)
    groups: tuple[Alike, ...] = field(default=(), repr=False)
    lines: pl.DataFrame = field(default_factory=pl.DataFrame, repr=False)
    criteria: tuple[str, ...] = ()

    @property
    def listed(self) -> Mapping[Kind, int]:
        """How many clients are listed, by kind, in the order in which they are told."""
        return {kind: self.counts[kind] for kind in LISTED if self.counts.get(kind)}

    def responsible(self, kind: Kind) -> list[tuple[Changed, int]]:
        """The criteria that made the outcome change, those of most clients first."""
        counted: Counter[Changed] = Counter()
        for group in self.groups:
            if group.kind is kind:
                counted.update(dict.fromkeys(group.decisive, group.count))
        order = {id_: place for place, id_ in enumerate(self.criteria)}
        return sorted(
            counted.items(),
            key=lambda one: (
                -one[1],
                order[one[0].criterion],
                str(one[0].before),
                str(one[0].after),
            ),
        )

    def pairs_of(self, kind: Kind) -> pl.Series:
        """The pairs of one kind."""
        wanted = [index for index, group in enumerate(self.groups) if group.kind is kind]
        return self.lines.filter(pl.col(GROUP).is_in(wanted))[PAIR]


@dataclass(frozen=True)
class Sides:
    """Both sets of results, their words, and their rows put together."""

    old: Words
    new: Words
    pairs: Pairs

    @property
    def schemes(self) -> tuple[str, ...]:
        """The schemes of either side, in the order of the new one."""
        return tuple(dict.fromkeys((*self.new.results.schemes, *self.old.results.schemes)))

    def presence(self, scheme: str) -> Presence:
        """Which side has a scheme; one that was only left out of a run was not removed."""
        before, after = (scheme in side.results.schemes for side in (self.old, self.new))
        if before and after:
            return Presence.BOTH
        same = self.old.results.digest == self.new.results.digest
        if before:
            gone = not same and not self.new.has(scheme)
            return Presence.REMOVED if gone else Presence.ONLY_OLD
        return Presence.ADDED if not same and not self.old.has(scheme) else Presence.ONLY_NEW

    def changes(self, scheme: str) -> SchemeChanges:
        """What changed for one scheme."""
        presence = self.presence(scheme)
        if presence in (Presence.ONLY_OLD, Presence.ONLY_NEW):
            return SchemeChanges(scheme, presence)
        places = self.pairs.pairs
        table = pl.concat(
            [
                _side(self.old.results, scheme, places["old"], (OLD, OLD_WINDOW, OLD_RAW)),
                _side(self.new.results, scheme, places["new"], (NEW, NEW_WINDOW, NEW_RAW)),
            ],
            how="horizontal",
        )
        return self._counted(table, scheme, presence)

    def _counted(self, table: pl.DataFrame, scheme: str, presence: Presence) -> SchemeChanges:
        """What happened to each row, worked out once for all the rows that are alike."""
        before, after = self.old.results.criteria(scheme), self.new.results.criteria(scheme)
        ids = all_ids(before, after)
        alike = table.group_by(table.columns).len()
        standings = [pl.col(n).cast(pl.String) for n in (OLD, OLD_WINDOW, NEW, NEW_WINDOW)]
        codes = [
            *recoded(before, ids, OLD_RAW, OLD_CODE),
            *recoded(after, ids, NEW_RAW, NEW_CODE),
        ]
        said = alike.select(*standings, *codes, "len")
        kinds = said.select(kind_expr(_differ(ids))).to_series()
        counts: Counter[Kind] = Counter()
        for name, count in zip(kinds, said["len"], strict=True):
            if name is not None:
                counts[Kind(name)] += count
        where = kinds.is_in([str(kind) for kind in LISTED]).fill_null(value=False).arg_true()
        listed = said[where].with_columns(kinds[where].alias(KIND))
        groups = tuple(self._group(row, scheme, ids) for row in listed.iter_rows(named=True))
        lines = _lines(table, alike.select(table.columns)[where])
        return SchemeChanges(scheme, presence, counts, groups, lines, ids)

    def _group(self, row: Mapping[str, object], scheme: str, ids: tuple[str, ...]) -> Alike:
        kind, count = row[KIND], row["len"]
        assert isinstance(kind, str)
        assert isinstance(count, int)
        outcomes = _outcome(row[OLD]), _outcome(row[NEW])
        windows = _window(row[OLD_WINDOW]), _window(row[NEW_WINDOW])
        return Alike(
            Kind(kind), outcomes, windows, tuple(self._why(row, scheme, ids, outcomes)), count
        )

    def _why(
        self,
        row: Mapping[str, object],
        scheme: str,
        ids: tuple[str, ...],
        outcomes: tuple[Outcome | None, Outcome | None],
    ) -> Iterator[Changed]:
        """The criteria that changed; decisive are those that explain the lower outcome.

        From refused to anything else, what refused; from doubt to eligible, what was in doubt.
        """
        before, after = outcomes
        if before is None or after is None:
            return
        codes = [[row[n] for n in code_names(p, ids)] for p in (OLD_CODE, NEW_CODE)]
        old, new = ([code for code in side if isinstance(code, int)] for side in codes)
        worse, outcome, words = (
            (old, before, self.old)
            if RANKS[str(before)] < RANKS[str(after)]
            else (new, after, self.new)
        )
        decide: frozenset[str] = frozenset()
        if before is not after:
            decide = deciding(words.groups(scheme), statuses_in(worse, ids), outcome)
        for change in changes_in(old, new, ids):
            yield replace(change, decisive=change.criterion in decide)


def _side(
    results: ResultSet, scheme: str, rows: pl.Series, names: tuple[str, str, str]
) -> pl.DataFrame:
    """The columns of a scheme on one side, in the order of the pairs; empty where it has none."""
    outcome, window, code = names
    ids = results.criteria(scheme)
    codes = code_names(code, ids)
    if scheme not in results.schemes:
        schema = {outcome: pl.String, window: pl.String, **dict.fromkeys(codes, pl.Int64)}
        return pl.DataFrame(schema=schema).clear(rows.len())
    columns = [scheme, scheme + WINDOW, *code_columns(scheme, ids)]
    renamed = dict(zip(columns, (outcome, window, *codes), strict=True))
    return results.read(columns).rename(renamed)[rows]


def _differ(ids: tuple[str, ...]) -> pl.Expr:
    """Whether a criterion has another status than before."""
    pairs = zip(code_names(OLD_CODE, ids), code_names(NEW_CODE, ids), strict=True)
    return pl.any_horizontal(pl.col(one) != pl.col(other) for one, other in pairs)


def _lines(table: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """The pairs to list, each with its group; in the order of the pairs."""
    if listed.is_empty():
        return pl.DataFrame(schema={PAIR: pl.UInt32, GROUP: pl.UInt32})
    rows = table.with_row_index(PAIR)
    groups = listed.with_row_index(GROUP)
    found = rows.join(
        groups, on=table.columns, how="inner", nulls_equal=True, maintain_order="left"
    )
    return found.select(PAIR, GROUP)


def _outcome(said: object) -> Outcome | None:
    return None if said is None else Outcome(str(said))


def _window(said: object) -> WindowState | None:
    return None if said is None else WindowState(str(said))
