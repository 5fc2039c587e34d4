"""Which text would a rule author have written for a tree?"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from matcher.language.tree import (
    All,
    Any,
    AtLeast,
    Between,
    Choose,
    Compare,
    Constant,
    Elapsed,
    Extreme,
    Fact,
    IsNone,
    Lookup,
    Member,
    Node,
    Not,
    Parameter,
    Product,
    Relation,
    Scalar,
    Shift,
    Sum,
)
from matcher.language.types import Kind

_RELATIONS = {"overlaps": "overlaps", "within": "subset", "includes": "includes"}


def written(node: Node) -> str:
    """The text of a tree, which reads back to the same meaning.

    Raises `ValueError` for what has no text of its own: `first:` lists, table cells, and counts
    that no author can write.
    """
    match node:
        case Fact(name) | Parameter(name):
            return name
        case Constant(value, kind):
            return _literal(value, kind)
        case Sum(items):
            return f"({' + '.join(map(written, items))})"
        case Product((Constant(-1), other)):
            return f"-{written(other)}"
        case Product(items):
            return f"({' * '.join(map(written, items))})"
        case Extreme(which, items):
            return f"{which}({_listed(items)})"
        case Shift(date, months):
            return f"add_months({written(date)}, {written(months)})"
        case Elapsed(since):
            return f"years_since({written(since)})"
        case Between(low, high):
            return f"between({written(low)}, {written(high)})"
        case Choose() | Lookup():
            raise ValueError(f"{type(node).__name__} has no text of its own")
        case Compare(left, op, right):
            return f"{written(left)} {op} {written(right)}"
        case _:
            return _connected(node)


def _connected(node: Member | Relation | IsNone | Not | All | Any | AtLeast) -> str:
    match node:
        case Member(operand, values) if any(value is True for value in values):
            return written(operand)
        case Member(operand, values) if any(value is False for value in values):
            return f"{written(operand)} == false"
        case Member(operand, values):
            return f"{written(operand)} in {_values(values)}"
        case Relation(relation, operand, values):
            return f"{_RELATIONS[relation]}({written(operand)}, {_values(values)})"
        case IsNone(operand):
            return f"{written(operand)} is none"
        case Not(item):
            return f"(not {written(item)})"
        case All(items):
            return f"({' and '.join(map(written, items))})" if items else "true"
        case Any(items):
            return f"({' or '.join(map(written, items))})" if items else "false"
        case AtLeast(count, items):
            if not 1 <= count <= len(items):
                raise ValueError(f"at least {count} of {len(items)} has no text")
            return f"at_least({count}, {_listed(items)})"


def _listed(items: Iterable[Node]) -> str:
    return ", ".join(map(written, items))


def _values(values: frozenset[Scalar] | frozenset[str]) -> str:
    return json.dumps(sorted(values, key=str))


def _literal(value: Scalar, kind: Kind) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return json.dumps(value)
        case int() if kind is Kind.DATE:
            return f'"{datetime.date.fromordinal(value).isoformat()}"'
        case _:
            number = Fraction(value)
            return format(Decimal(number.numerator) / Decimal(number.denominator), "f")
