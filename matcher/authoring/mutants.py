"""What slight mistakes could an author make in one scheme?

Each mutant is the scheme with one thing changed: one node of one expression, one value of one
parameter, one member of one named set, one date of one edition, or one part left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from matcher.authoring.steps import Steps
from matcher.catalogue.content import Content
from matcher.catalogue.model import (
    Scheme,
)

Spot = tuple[str, ...]
AMOUNTS = ("amount", "ceiling", "floor", "rate")
Part = TypeVar("Part")


@dataclass(frozen=True)
class Mutant:
    """A scheme with one thing changed: what kind of mistake, where, what was and what is there.

    `spot` is a path into the file: keys, and the ids of the parts of lists.
    """

    scheme: Scheme
    change: str
    spot: Spot
    before: str
    after: str

    @property
    def name(self) -> str:
        """Names the mutant within its scheme."""
        return f"{'.'.join(self.spot)}: {self.before} → {self.after}"


@dataclass(frozen=True)
class _Change:
    """One part of a scheme changed, on the way up to the whole scheme."""

    part: object
    change: str
    spot: Spot
    before: str
    after: str


def mutants_of(scheme: Scheme, content: Content) -> Iterator[Mutant]:
    """The mutants of a scheme, in the order of its file."""
    steps = Steps(scheme, content, decisive_trees(scheme))
    for change in _changes(scheme, steps):
        yield Mutant(change.part, change.change, change.spot, change.before, change.after)  # type: ignore[arg-type]


def _changes(scheme: Scheme, steps: Steps) -> Iterator[_Change]:
    yield from _sets(scheme)
    yield from _parameters(scheme, steps)
    yield from _definitions(scheme, steps)
