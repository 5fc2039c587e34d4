"""What is a scheme, once its file is read and checked?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from matcher.facts.values import Span
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.tree import Constant, Node, Test
from matcher.language.types import Type

Connective: TypeAlias = Literal["all", "any", "at_least"]
Editions: TypeAlias = frozenset[str] | None
"""The editions for which something holds; None for all of them."""

ONLY = "*"
"""The key of intakes that do not depend on any fact."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text that a rule rests on."""

    id: str
    title: str
    url: str | None
    dated: str | None
    read_on: str


@dataclass(frozen=True, slots=True)
class Authority:
    """Somebody one can ask."""

    id: str
    name: Text
    url: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """What nobody has published, or what an authority decides. It is stored as the fact `key`."""

    key: str
    id: str
    type: Type
    by: str | None
    low: Constant | None
    high: Constant | None
    states: Text
    ask: str
    sources: tuple[str, ...]

    def declaration(self) -> FactDeclaration:
        """The unknown as a fact, so that an authority's answer is read and shown like a value."""
        low, high = (None if c is None else c.value for c in (self.low, self.high))
        return FactDeclaration(
            key=self.key,
            kind=self.type.kind,
            unit=self.type.unit,
            low=None if isinstance(low, str) else low,
            high=None if isinstance(high, str) else high,
            label=self.states,
            question=self.states,
            asked=False,
        )


@dataclass(frozen=True, slots=True)
class ParameterValues:
    """The value of a parameter, and its values in the editions that differ."""

    default: Constant
    by_edition: Mapping[str, Constant]
    unit: str | None

    def in_edition(self, edition: str | None) -> Constant:
        """The value in one edition."""
        return self.by_edition.get(edition or "", self.default)


@dataclass(frozen=True, slots=True)
class Intakes:
    """The known dates at which applications are taken in; the last one ends the window."""

    by: str | None
    known: Mapping[str, tuple[int, ...]]
    elsewhere: Literal["unknown", "open"]
    afterwards: Literal["closed", "unknown", "open"]
    ask: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One opening of a scheme. Dates are spans of day numbers; `closes` may be infinite (never)."""

    id: str
    opens: Span
    closes: Span
    when: Test | None
    intakes: Intakes | None
    note: Text | None
    sources: tuple[str, ...]
    ask: str


@dataclass(frozen=True, slots=True)
class Discretion:
    """Where `when` holds and the test fails, `grants` decides."""

    when: Test
    grants: Test
    editions: Editions


@dataclass(frozen=True, slots=True)
class Criterion:
    """One condition: what the text says, the test, and where the text says it."""

    id: str
    states: Text
    test: Test
    written: str
    sources: tuple[str, ...]
    editions: Editions
    only_when: Test | None
    discretion: Discretion | None
    remedy: Text | None
    ask: str | None
    otherwise: str | None
    overlaps_with: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Several criteria or groups under one connective; `count` belongs to `at_least`."""

    connective: Connective
    items: tuple[Criterion | Group, ...]
    count: int = 0
    id: str | None = None
    states: Text | None = None
    editions: Editions = None


@dataclass(frozen=True, slots=True)
class Signal:
    """Something favourable or unfavourable that never decides."""

    id: str
    states: Text
    favours: bool
    test: Test
    sources: tuple[str, ...]
    editions: Editions


@dataclass(frozen=True, slots=True)
class Remark:
    """An assessed or an uncoded condition: shown, never decides."""

    id: str
    states: Text
    when: Test | None
    sources: tuple[str, ...]
    editions: Editions


@dataclass(frozen=True, slots=True)
class AidComponent:
    """One part of the aid. Amounts are in euros, the rate is a share (0.35 = 35 %)."""

    id: str
    form: str
    states: Text
    when: Test | None
    amount: Node | None
    ceiling: Node | None
    floor: Node | None
    rate: Node | None
    terms: tuple[Text, ...]
    sources: tuple[str, ...]
    discretionary: bool
    editions: Editions


@dataclass(frozen=True, slots=True)
class Apply:
    """How to apply."""

    url: str | None
    contact: str | None
    steps: tuple[Text, ...]
    documents: tuple[Text, ...]
    delay: Text | None


@dataclass(frozen=True, slots=True)
class ThroughTerritory:
    """Where `when` holds, the territory of an applicant that is not eligible may apply for it."""

    when: Test
    states: Text
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """Other schemes this one leads to, rules out or replaces."""

    opens_way_to: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    through_territory: ThroughTerritory | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """An example by the author of the rule: what is given on a date, what is expected."""

    name: str
    as_of: int
    given: Mapping[str, object]
    authority: tuple[Mapping[str, object], ...]
    expect: Mapping[str, object]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """What one can apply to: its editions, criteria, aid and how to apply."""

    id: str
    file: str
    family: str | None
    name: Text
    summary: Text
    operators: tuple[str, ...]
    audience: frozenset[str]
    confidence: Literal["high", "medium", "low"]
    sources: Mapping[str, Source]
    parameters: Mapping[str, ParameterValues]
    unknowns: Mapping[str, Unknown]
    definitions: Mapping[str, Node]
    editions: tuple[Edition, ...]
    criteria: Group
    signals: tuple[Signal, ...]
    assessed: tuple[Remark, ...]
    uncoded: tuple[Remark, ...]
    aid: tuple[AidComponent, ...]
    relations: Relations
    apply: Apply | None
    notes: tuple[Text, ...]

    def edition(self, id_: str | None) -> Edition | None:
        """The edition of an id."""
        return next((edition for edition in self.editions if edition.id == id_), None)


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a fact is computed: all the trees hold at once, each narrows the value."""

    fact: str
    trees: tuple[Node, ...]
    states: Text
    sources: tuple[Source, ...]


def local_key(owner: str, name: str) -> str:
    """The key under which an unknown or a definition of a file is stored among the facts."""
    return f"{owner}/{name}"
