"""How is a tree written back as an expression of the rule language?

For the differences that authors read; names are those of the file, never the stored keys.
"""

from __future__ import annotations

import datetime
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
    Test,
)
from matcher.language.types import Kind
from matcher.language.walk import children

SHORT = 90
_CALLS = {"overlaps": "overlaps", "within": "subset", "includes": "includes"}


def written(node: Node) -> str:
    """The expression of a tree."""
    match node:
        case All() | Any() | AtLeast() | Not() | Compare() | Member() | Relation() | IsNone():
            return _test(node)
        case Fact(key):
            return key.rsplit("/", 1)[-1]
        case Parameter(name):
            return name
        case Constant(value, kind):
            return constant_written(value, kind)
        case Sum(terms):
            return _sum(terms)
        case Product(factors):
            return _product(factors)
        case Extreme(which, items):
            return f"{which}({_listed(items)})"
        case Shift(date, months):
            return f"add_months({written(date)}, {written(months)})"
        case Elapsed(since):
            return f"years_since({written(since)})"
        case Between(low, high):
            return f"between({written(low)}, {written(high)})"
        case Choose(branches, otherwise):
            lines = [f"{written(test)}: {_maybe(result)}" for test, result in branches]
            return "first {" + "; ".join([*lines, f"otherwise: {_maybe(otherwise)}"]) + "}"
        case Lookup(table, key, column):
            return f"lookup({table}, {key}, {column})"


def difference_written(before: Node, after: Node) -> tuple[str, str]:
    """Two trees that differ in one node, as the part of each that tells them apart."""
    old, new = written(before), written(after)
    if len(old) <= SHORT:
        return old, new
    match before, after:
        case (Choose(lines, _), Choose(fewer, _)) if len(fewer) < len(lines):
            test, result = next(line for line in lines if line not in fewer)
            return f"{written(test)}: {_maybe(result)}", ""
        case (All(items), All(fewer)) | (Any(items), Any(fewer)) if len(fewer) < len(items):
            return written(next(item for item in items if item not in fewer)), ""
    pairs = list(zip(children(before), children(after), strict=False))
    apart = [(one, other) for one, other in pairs if one != other]
    alike = type(before) is type(after) and len(children(before)) == len(children(after))
    return difference_written(*apart[0]) if alike and len(apart) == 1 else (old, new)


def constant_written(value: Scalar, kind: Kind) -> str:
    """A value as the rule language writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return f'"{value}"'
        case int() if kind is Kind.DATE:
            return f'"{datetime.date.fromordinal(value).isoformat()}"'
        case int():
            return f"{value:_}" if abs(value) >= 10_000 else str(value)
        case Fraction():
            decimal = Decimal(value.numerator) / Decimal(value.denominator)
            return format(decimal.normalize(), "f")


def _maybe(node: Node | None) -> str:
    return "unknown" if node is None else written(node)


def _listed(items: tuple[Node, ...]) -> str:
    return ", ".join(written(item) for item in items)


def _sum(terms: tuple[Node, ...]) -> str:
    text = written(terms[0])
    for term in terms[1:]:
        match term:
            case Product((Constant(-1), subtracted)):
                inner = written(subtracted)
                text += f" - ({inner})" if isinstance(subtracted, Sum) else f" - {inner}"
            case _:
                text += f" + {written(term)}"
    return text


def _product(factors: tuple[Node, ...]) -> str:
    match factors:
        case (Constant(-1), only):
            return f"-({written(only)})" if isinstance(only, Sum) else f"-{written(only)}"
        case _:
            parts = [f"({written(f)})" if isinstance(f, Sum) else written(f) for f in factors]
            return " * ".join(parts)


# ------------------------------------------------------------------------------------------ tests
def _test(test: Test) -> str:
    match test:
        case All(items):
            return _joined(" and ", items) or "true"
        case Any(items):
            return _joined(" or ", items) or "false"
        case AtLeast(count, items):
            return f"at_least({count}, {_listed(items)})"
        case Not(item):
            return _negated(item)
        case Compare(left, op, right):
            return f"{written(left)} {op} {written(right)}"
        case Member(operand, values, named):
            return _member(operand, values, named, "")
        case Relation(relation, operand, values, named):
            return f"{_CALLS[relation]}({written(operand)}, {_values(values, named)})"
        case IsNone(operand):
            return f"{written(operand)} is none"


def _joined(word: str, items: tuple[Test, ...]) -> str:
    several = len(items) > 1
    return word.join(
        f"({written(item)})" if several and isinstance(item, All | Any) else written(item)
        for item in items
    )


def _negated(item: Test) -> str:
    match item:
        case Member(operand, values, named):
            return _member(operand, values, named, "not ")
        case IsNone(operand):
            return f"{written(operand)} is not none"
        case Relation("overlaps", operand, values, named):
            return f"disjoint({written(operand)}, {_values(values, named)})"
        case _:
            return f"not ({written(item)})"


def _member(operand: Node, values: frozenset[Scalar], named: str | None, negation: str) -> str:
    if values == {True}:
        return f"{negation}{written(operand)}"
    if named is None and len(values) == 1:
        only = constant_written(next(iter(values)), Kind.CODE)
        return f"{written(operand)} {'!=' if negation else '=='} {only}"
    return f"{written(operand)} {negation}in {_values(values, named)}"


def _values(values: frozenset[Scalar] | frozenset[str], named: str | None) -> str:
    if named is not None:
        return named
    return "[" + ", ".join(sorted(constant_written(v, Kind.CODE) for v in values)) + "]"
