"""Which names may an expression use, and what do they stand for?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matcher.language.tree import AS_OF, Scalar
from matcher.language.types import DATE, Type


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact, an unknown, a definition or `as_of`: the key it is stored under and its type."""

    key: str
    type: Type


@dataclass(frozen=True, slots=True)
class ParameterName:
    """A parameter of the scheme."""

    type: Type


@dataclass(frozen=True, slots=True)
class SetName:
    """A named set of values."""

    values: frozenset[Scalar]


Symbol = FactName | ParameterName | SetName


@dataclass(frozen=True, slots=True)
class Scope:
    """The names known at one place of a file."""

    symbols: Mapping[str, Symbol] = field(default_factory=dict)

    def with_names(self, more: Mapping[str, Symbol]) -> Scope:
        """This scope with more names; they hide those of the same name."""
        return Scope({**self.symbols, **more})

    def get(self, name: str) -> Symbol | None:
        """What a name stands for, or None."""
        return self.symbols.get(name)

    def names(self) -> Iterable[str]:
        """All the names, for suggestions."""
        return self.symbols.keys()


def base_scope(fact_types: Mapping[str, Type]) -> Scope:
    """The scope of every file: the vocabulary and the date of the question."""
    facts: dict[str, Symbol] = {key: FactName(key, type_) for key, type_ in fact_types.items()}
    return Scope({**facts, AS_OF: FactName(AS_OF, DATE)})
