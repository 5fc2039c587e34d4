"""Who are the clients of a portfolio, and how does each stand before each scheme?

    run = matched(job, catalogue)
    for client in clients_of(run, catalogue):
        print(client.name, [standing.scheme for standing in client.standings if standing.can_apply])

One client is one row: `grouped` puts those of one client together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import polars as pl

from matcher.api import Catalogue
from matcher.engines.columnar.frame import values_of
from matcher.facts.tables import folded
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.walk import facts_of
from matcher.portfolio.jobs import IDENTIFIERS
from matcher.portfolio.lexicon import read_lexicon
from matcher.portfolio.parts import HIDDEN, LINE
from matcher.portfolio.run import Run
from matcher.portfolio.standing import Standing
from matcher.portfolio.standings import Stands, Values
from matcher.portfolio.workers import Rows, stands_of

Progress = Callable[[int], object]
NAMELESS = Text("Ligne {line}", "Line {line}")


@dataclass(frozen=True)
class Client:
    """One row of the client file.

    `name` is the caller's, None where there is none or where it must not be reproduced; `label`
    always says something. `own` are the columns kept as the caller wrote them, that which names
    the client included; `identifiers` those of the register, the shortest first.
    """

    line: int
    name: str | None
    own: Mapping[str, str | None] = field(repr=False)
    identifiers: tuple[str, ...]
    place: Text | None
    standings: tuple[Standing, ...] = field(repr=False)

    @property
    def label(self) -> Text:
        """The name, else the longest identifier, else the line."""
        known = self.name or (self.identifiers[-1] if self.identifiers else None)
        line = Text(str(self.line), str(self.line))
        return Text(known, known) if known else NAMELESS.filled({"line": line})

    @cached_property
    def by_scheme(self) -> Mapping[str, Standing]:
        """How they stand before each scheme, by its id."""
        return {standing.scheme: standing for standing in self.standings}


def clients_of(run: Run, catalogue: Catalogue, progress: Progress = str) -> tuple[Client, ...]:
    """The clients worth showing, in the order of the file; `progress` is told of rows done."""
    return _Reader(run, catalogue).clients(progress)


class _Reader:
    """Makes clients of the rows of a run."""

    def __init__(self, run: Run, catalogue: Catalogue) -> None:
        self.run = run
        self.catalogue = catalogue
        vocabulary = catalogue.content.vocabulary
        self.identifiers = [fact.key for fact in vocabulary.values() if _identifies(fact)]
        self.own = [column.header for column in run.job.mapping.kept]

    def clients(self, progress: Progress) -> tuple[Client, ...]:
        frame = self.run.shown()
        job = self.run.job
        values = self._values(frame)
        given = frozenset(key for row in values for key in row)
        rows = Rows(values, job.day, job.schemes, _place(self.catalogue), given)
        found = stands_of(rows, self.catalogue, job.rules, progress)
        lines = frame.iter_rows(named=True)
        return tuple(self._client(row, one) for row, one in zip(lines, found, strict=True))

    def _values(self, frame: pl.DataFrame) -> list[Values]:
        """The facts of each row; only those of which the file says something are looked for."""
        vocabulary = self.catalogue.content.vocabulary
        written = {name.split("@")[0] for name in frame.columns}
        some = {key: fact for key, fact in vocabulary.items() if key in written}
        return [values_of(row, some) for row in frame.iter_rows(named=True)]

    def _client(self, row: Mapping[str, object], stands: Stands) -> Client:
        own = {name: _text(row.get(name)) for name in self.own}
        found = {_text(row.get(key)) for key in self.identifiers} - {None}
        header = self.run.job.mapping.client
        return Client(
            line=int(str(row[LINE])),
            name=None if header is None or row.get(HIDDEN) else own.get(header),
            own=own,
            identifiers=tuple(sorted((i for i in found if i), key=len)),
            place=stands.place,
            standings=stands.standings,
        )


def _identifies(fact: FactDeclaration) -> bool:
    return fact.check in IDENTIFIERS and not fact.codes


def _text(cell: object) -> str | None:
    text = "" if cell is None else str(cell).strip()
    return text or None


def _place(catalogue: Catalogue) -> str | None:
    """The fact that says where a row is: that from which the first breakdown is computed."""
    content = catalogue.content
    for key in read_lexicon().breakdowns:
        trees = content.computation.trees.get(key, ())
        below = [fact for tree in trees for fact in facts_of(tree) if fact in content.vocabulary]
        return below[0] if below else key
    return None


def grouped(clients: Iterable[Client]) -> tuple[tuple[Client, ...], ...]:
    """The rows of one client together, in the order of the file.

    They share a name, and do not have different numbers in the register; a row without a name is
    on its own.
    """
    groups: dict[object, list[Client]] = {}
    for client in clients:
        number = client.identifiers[0][:9] if client.identifiers else ""
        key = (folded(client.name), number) if client.name else client.line
        groups.setdefault(key, []).append(client)
    return tuple(tuple(rows) for rows in groups.values())
