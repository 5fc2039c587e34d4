"""Which row of the new results is which row of the old ones?

By line where both read the same file. Else by the strongest identifier that both rows have, then by
name; rows that have different identifiers of the same kind are never taken for each other. Where
several rows share a key, those whose other columns say the same go together first, and the rest in
the order of the files: such pairs are counted, to be said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from matcher.language.text import Text
from matcher.portfolio.comparing.folders import ResultSet
from matcher.portfolio.comparing.roles import NAME, OWN, ROW, SHOWN, Roles, who
from matcher.portfolio.errors import SourceError
from matcher.portfolio.parts import LINE

NTH, STRONG, DOUBT, PAIR = "@nth", "@strong", "@doubt", "@pair"
NO_KEY = Text(
    "rien ne dit quelle ligne de l'un est quelle ligne de l'autre : ni identifiant commun (SIRET, "
    "SIREN), ni nom du client",
    "nothing tells which row of one is which row of the other: no common identifier (SIRET, "
    "SIREN), no name of the client",
)
NO_KEY_FIX = Text(
    "Dites quelle colonne nomme le client (`client` dans mapping.yaml), puis refaites les deux "
    "avec `matcher batch FICHIER --map mapping.yaml`.",
    "Say which column names the client (`client` in mapping.yaml), then make both again with "
    "`matcher batch FILE --map mapping.yaml`.",
)


@dataclass(frozen=True)
class Pairs:
    """The rows of both sets, put together.

    `old` and `new` say who each row is; `rows` has a place in each (null in one where the row is in
    the other only), those of the new results first, in their order. `by` counts the pairs by what
    they have in common (a fact, `@name` or `@line`); `doubts` those of which only the order of the
    files tells that they belong together. `several` says that some key is shared by several rows.
    """

    old: pl.DataFrame = field(repr=False)
    new: pl.DataFrame = field(repr=False)
    pairs: pl.DataFrame = field(repr=False)
    only_old: pl.Series = field(repr=False)
    only_new: pl.Series = field(repr=False)
    identifiers: tuple[str, ...]
    by: dict[str, int]
    doubts: int
    several: bool

    def clients(self) -> pl.DataFrame:
        """Who each pair is: lines, name and identifiers; what the new results say goes first."""
        old = self.old[self.pairs["old"]]
        new = self.new[self.pairs["new"]]
        lines = [old[LINE].alias("old_line"), new[LINE].alias("new_line")]
        told = [_either(old, new, name) for name in (SHOWN, *self.identifiers)]
        return pl.DataFrame([*lines, *told])

    def alone(self, *, new: bool) -> pl.DataFrame:
        """Who the rows are that only one of the sets has."""
        side, rows = (self.new, self.only_new) if new else (self.old, self.only_old)
        found = side[rows]
        told = [_either(found, found, name) for name in (SHOWN, *self.identifiers)]
        return pl.DataFrame([found[LINE].alias("line"), *told])


def _either(old: pl.DataFrame, new: pl.DataFrame, name: str) -> pl.Series:
    """What the new rows say, else the old ones, else nothing."""
    nothing = pl.Series(name, [None], dtype=pl.String).new_from_index(0, old.height)
    first, second = (f[name] if name in f.columns else nothing for f in (new, old))
    return first.zip_with(first.is_not_null(), second).alias(name)


def paired(old: ResultSet, new: ResultSet, roles: tuple[Roles, Roles]) -> Pairs:
    """Put the rows together; raises `SourceError` where nothing tells them apart."""
    mine, others = roles
    common = [name for name in mine.others if name in others.others]
    before, after = who(old, mine, common), who(new, others, common)
    both = [name for name in mine.identifiers if name in others.identifiers]
    matching = _Matching(before, after)
    if old.same_input(new) and not _repeated(before, LINE) and not _repeated(after, LINE):
        matching.match([LINE], "@line")
    else:
        if not both and not (mine.names and others.names):
            raise SourceError(NO_KEY, NO_KEY_FIX, file=f"{old.folder}, {new.folder}")
        _by_keys(matching, both)
    identifiers = tuple(dict.fromkeys((*others.identifiers, *mine.identifiers)))
    key = next(iter(both), NAME)
    several = _repeated(before, key) or _repeated(after, key)
    return matching.pairs(identifiers, several=several)


def _repeated(frame: pl.DataFrame, name: str) -> bool:
    known = frame[name].drop_nulls()
    return known.n_unique() < known.len()


def _by_keys(matching: _Matching, identifiers: Sequence[str]) -> None:
    """Key by key. A row is `strong` when a stronger key than this one tells who it is."""
    for index, key in enumerate((*identifiers, NAME)):
        stronger = identifiers[:index]
        matching.rank(stronger)
        for strengths in ((False, False), (False, True), (True, False)) if stronger else ((0, 0),):
            for keys in ([key, OWN], [key]):
                matching.match(keys, key, strengths)


@dataclass
class _Matching:
    """The rows that are left on both sides, and the pairs so far."""

    old: pl.DataFrame
    new: pl.DataFrame
    found: list[pl.DataFrame] = field(default_factory=list)
    by: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left = [self.old, self.new]
        self.rank(())

    def rank(self, stronger: Sequence[str]) -> None:
        """Mark the rows that have one of the stronger keys."""
        known = [pl.col(name).is_not_null() for name in stronger]
        strong = pl.any_horizontal(known) if known else pl.lit(value=False)
        self.left = [side.with_columns(strong.alias(STRONG)) for side in self.left]

    def match(
        self, keys: Sequence[str], name: str, strengths: tuple[bool | int, bool | int] = (0, 0)
    ) -> None:
        """Put together the rows that have the same keys, in their order."""
        old, new = (
            _numbered(side.filter(pl.col(STRONG) == bool(strong)), keys)
            for side, strong in zip(self.left, strengths, strict=True)
        )
        if old.is_empty() or new.is_empty():
            return
        pairs = old.join(new, on=[*keys, NTH], how="inner", maintain_order="none").select(
            old=pl.col(ROW),
            new=pl.col(f"{ROW}_right"),
            doubt=pl.col(DOUBT) | pl.col(f"{DOUBT}_right"),
        )
        if pairs.height:
            self._take(pairs, name)

    def _take(self, pairs: pl.DataFrame, name: str) -> None:
        self.found.append(pairs)
        self.by[name] = self.by.get(name, 0) + pairs.height
        for index, side in enumerate(("old", "new")):
            taken = pairs.select(pl.col(side).alias(ROW))
            self.left[index] = self.left[index].join(
                taken, on=ROW, how="anti", maintain_order="left"
            )

    def pairs(self, identifiers: tuple[str, ...], *, several: bool) -> Pairs:
        """All of them, in the order of the new results."""
        none = pl.DataFrame(schema={"old": pl.UInt32, "new": pl.UInt32, "doubt": pl.Boolean})
        found = pl.concat([none, *self.found]).sort("new")
        return Pairs(
            old=self.old,
            new=self.new,
            pairs=found.select("old", "new"),
            only_old=self.left[0][ROW].sort(),
            only_new=self.left[1][ROW].sort(),
            identifiers=identifiers,
            by=self.by,
            doubts=int(found["doubt"].sum()),
            several=several,
        )


def _numbered(side: pl.DataFrame, keys: Sequence[str]) -> pl.DataFrame:
    """The rows that have the keys, numbered among those that share them."""
    known = side.filter(pl.all_horizontal(pl.col(key).is_not_null() for key in keys))
    return known.select(
        ROW,
        *keys,
        pl.col(ROW).cum_count().over(list(keys)).alias(NTH),
        (pl.len().over(list(keys)) > 1).alias(DOUBT),
    )
