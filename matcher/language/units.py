"""Which amounts may be added, compared or multiplied?"""

from __future__ import annotations

from matcher.language.types import NUMERIC, Kind, Type

ADAPTS = "*"
"""The unit of a bare number: it takes the unit of what it meets."""


def same_unit(left: Type, right: Type) -> Type | None:
    """The type of a sum or comparison of two values, or None if they do not go together."""
    if left.kind not in NUMERIC or right.kind not in NUMERIC:
        return left if left.kind is right.kind else None
    if left.unit == ADAPTS:
        return right
    if right.unit == ADAPTS or left.unit == right.unit:
        return left if left.kind is not Kind.INTEGER else _wider(left, right)
    return None


def _wider(left: Type, right: Type) -> Type:
    return Type(Kind.NUMBER, left.unit) if right.kind is Kind.NUMBER else left


def product_unit(left: Type, right: Type) -> Type | None:
    """The type of a product, or None when both factors carry a unit that does not multiply."""
    pure = (None, ADAPTS)
    if left.unit in pure and right.unit in pure:
        unit = ADAPTS if left.unit == right.unit == ADAPTS else None
        return Type(Kind.NUMBER, unit)
    if left.unit in pure:
        return right
    if right.unit in pure:
        return left
    if (left.kind is Kind.EUROS) != (right.kind is Kind.EUROS):
        return left if left.kind is Kind.EUROS else right
    return None
