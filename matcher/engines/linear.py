"""Is a comparison a sum of facts with exact factors, and which one?"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from matcher.language.tree import Compare, Constant, Fact, Node, Order, Product, Sum


@dataclass(frozen=True, slots=True)
class Linear:
    """`Σ factor × fact + constant  op  0`, all factors and the constant whole numbers."""

    factors: tuple[tuple[str, int], ...]
    constant: int
    op: Order


Form = dict[str | None, Fraction]
_FLIPPED: dict[Order, Order] = {
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
    "==": "==",
    "!=": "!=",
}


def linear(test: Compare) -> Linear | None:
    """The comparison as a linear form, or None when it is not one."""
    left, right = _form(test.left), _form(test.right)
    if left is None or right is None:
        return None
    whole = dict(left)
    for key, factor in right.items():
        whole[key] = whole.get(key, Fraction(0)) - factor
    scale = lcm(*(factor.denominator for factor in whole.values()))
    constant = int(whole.pop(None, Fraction(0)) * scale)
    factors = [(key, int(share * scale)) for key, share in whole.items() if key and share]
    if len(factors) < len(whole) or not factors:
        return None
    if len(factors) == 1 and factors[0][1] < 0:
        only, negative = factors[0]
        return Linear(((only, -negative),), -constant, _FLIPPED[test.op])
    return Linear(tuple(factors), constant, test.op)


def _form(node: Node) -> Form | None:
    match node:
        case Fact(key):
            return {key: Fraction(1)}
        case Constant(value) if not isinstance(value, str | bool):
            return {None: Fraction(value)}
        case Sum(terms):
            return _sum([_form(term) for term in terms])
        case Product(factors):
            return _product([_form(factor) for factor in factors])
        case _:
            return None


def _sum(forms: list[Form | None]) -> Form | None:
    whole: Form = {}
    for form in forms:
        if form is None:
            return None
        for key, factor in form.items():
            whole[key] = whole.get(key, Fraction(0)) + factor
    return whole


def _product(forms: list[Form | None]) -> Form | None:
    whole: Form = {None: Fraction(1)}
    for form in forms:
        if form is None:
            return None
        if set(form) <= {None}:
            scale = form.get(None, Fraction(0))
            whole = {key: factor * scale for key, factor in whole.items()}
        elif set(whole) <= {None}:
            scale = whole.get(None, Fraction(0))
            whole = {key: factor * scale for key, factor in form.items()}
        else:
            return None
    return whole
