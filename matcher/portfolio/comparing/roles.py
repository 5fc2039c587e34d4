"""Which columns of a set of results tell who a row is?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from matcher.api import Catalogue
from matcher.language.diagnostics import MatcherError
from matcher.portfolio.columns import Use
from matcher.portfolio.comparing.folders import ResultSet
from matcher.portfolio.lexicon import Lexicon, plain, read_lexicon
from matcher.portfolio.locations import at_hand
from matcher.portfolio.mapping_file import read_mapping
from matcher.portfolio.parts import LINE

MAPPING = "mapping.yaml"
NAME, OWN, ROW, SHOWN = "@name", "@own", "@row", "@client"
CHECKS = ("siret", "siren")
"""The official identifiers, the one that says most first."""


@dataclass(frozen=True)
class Roles:
    """The official identifiers, the columns that name the client, and the others."""

    identifiers: tuple[str, ...]
    names: tuple[str, ...]
    others: tuple[str, ...]


def roles_of(results: ResultSet, catalogue: Catalogue) -> Roles:
    """What each column is for."""
    vocabulary = catalogue.content.vocabulary
    identifiers = [
        column
        for check in CHECKS
        for column in results.columns
        if column in vocabulary and vocabulary[column].check == check
    ]
    rest = [column for column in results.columns if column not in vocabulary]
    names = _names(results, rest, Lexicon(read_lexicon(), vocabulary))
    return Roles(tuple(identifiers), names, tuple(c for c in rest if c not in names))


def _names(results: ResultSet, columns: Sequence[str], lexicon: Lexicon) -> tuple[str, ...]:
    """The columns that the mapping beside the results calls the client, else the usual headers."""
    try:
        with at_hand(results.folder / MAPPING) as file:
            said = read_mapping(file, lexicon).columns
    except (MatcherError, OSError):
        said = {}
    clients = tuple(c for c in columns if said.get(c) == str(Use.CLIENT))
    if clients or said:
        return clients
    known = [c for c in columns if plain(c) in lexicon.clients]
    return tuple(sorted(known, key=lambda c: lexicon.clients[plain(c)])[:1])


def who(results: ResultSet, roles: Roles, common: Sequence[str]) -> pl.DataFrame:
    """Who each row is: its place, its line, its identifiers and its name, shown and to compare.

    `common` are the other columns that both sets have; one number stands for what they hold, so
    that a million rows of them are never kept.
    """
    shown = _shown(roles.names)
    own = pl.struct(common).hash() if common else pl.lit(0, dtype=pl.UInt64)
    return results.read([LINE, *roles.identifiers, shown, own.alias(OWN)]).with_columns(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias(ROW),
        *(_filled(pl.col(name)).alias(name) for name in roles.identifiers),
        _compared(pl.col(SHOWN)).alias(NAME),
    )


def _shown(names: Sequence[str]) -> pl.Expr:
    if not names:
        return pl.lit(None, dtype=pl.String).alias(SHOWN)
    return _filled(pl.concat_str(list(names), separator=" ", ignore_nulls=True)).alias(SHOWN)


def _filled(text: pl.Expr) -> pl.Expr:
    """A text, or nothing where it is blank."""
    bare = text.str.strip_chars()
    return pl.when(bare != "").then(bare)


def _compared(text: pl.Expr) -> pl.Expr:
    """A name without what changes from one file to the next: case, spaces."""
    return text.str.normalize("NFKC").str.to_lowercase().str.replace_all(r"\s+", " ")
