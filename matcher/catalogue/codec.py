"""How is a checked catalogue written as JSON, and read back as the same objects?

Every record of the catalogue is a frozen dataclass: the form follows from its fields, so a new kind
of node needs nothing here but its name in the list.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from matcher.catalogue import model
from matcher.facts import values
from matcher.facts.vocabulary import FactDeclaration, Near, Roles, Siting
from matcher.language import tree
from matcher.language.text import Text
from matcher.language.types import Kind, Type

MARK = "~"
_RECORDS: tuple[type[Any], ...] = (
    tree.Fact,
    tree.Parameter,
    tree.Constant,
    tree.Sum,
    tree.Product,
    tree.Extreme,
    tree.Shift,
    tree.Elapsed,
    tree.Between,
    tree.Choose,
    tree.Lookup,
    tree.Compare,
    tree.Member,
    tree.Relation,
    tree.IsNone,
    tree.Not,
    tree.All,
    tree.Any,
    tree.AtLeast,
    values.Span,
    model.Source,
    model.Authority,
    model.Unknown,
    model.ParameterValues,
    model.Intakes,
    model.Edition,
    model.Discretion,
    model.Criterion,
    model.Group,
    model.Signal,
    model.Remark,
    model.AidComponent,
    model.Apply,
    model.ThroughTerritory,
    model.Relations,
    model.Case,
    model.Scheme,
    model.Derivation,
    Near,
    Siting,
    Roles,
    FactDeclaration,
    Text,
    Type,
)
_BY_NAME = {record.__name__: record for record in _RECORDS}
_FIELDS = {record: tuple(f.name for f in fields(record)) for record in _RECORDS}


def encoded(value: Any) -> Any:
    """A value as JSON can hold it."""
    match value:
        case Kind():
            return {MARK: "kind", "v": str(value)}
        case None | bool() | int() | str():
            return value
        case float():
            return {MARK: "inf", "v": 1 if value == math.inf else -1}
        case Fraction():
            return {MARK: "ratio", "v": [value.numerator, value.denominator]}
        case Decimal():
            return {MARK: "decimal", "v": str(value)}
        case frozenset():
            return {MARK: "set", "v": sorted((encoded(v) for v in value), key=repr)}
        case tuple() | list():
            return [encoded(item) for item in value]
        case Mapping() if MARK in value:
            return {MARK: "map", "v": [[key, encoded(item)] for key, item in value.items()]}
        case Mapping():
            return {key: encoded(item) for key, item in value.items()}
        case _:
            own = [encoded(getattr(value, name)) for name in _FIELDS[type(value)]]
            return {MARK: type(value).__name__, "v": own}


_KINDS = {str(kind): kind for kind in Kind}
_READ: dict[str, Callable[[Any], Any]] = {
    "kind": lambda v: _KINDS[v],
    "inf": lambda v: math.inf if v > 0 else -math.inf,
    "ratio": lambda v: Fraction(v[0], v[1]),
    "decimal": Decimal,
    "map": lambda v: {key: decoded(item) for key, item in v},
    "set": lambda v: frozenset(decoded(item) for item in v),
}


def decoded(data: Any) -> Any:
    """The value that JSON holds."""
    if isinstance(data, list):
        return tuple([decoded(item) for item in data])
    if not isinstance(data, dict):
        return data
    name = data.get(MARK)
    if name is None:
        return {key: decoded(item) for key, item in data.items()}
    if name in _READ:
        return _READ[name](data["v"])
    return _BY_NAME[name](*[decoded(item) for item in data["v"]])
