"""Which thresholds fall inside a bracket in which a register publishes the fact?

For an enterprise of that bracket the register then cannot tell on which side it stands. It is often
a bound copied with the wrong sign: `<= 250` where the text says “fewer than 250”.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import ceil, floor

from matcher.authoring.lints.spots import placed_spots
from matcher.authoring.lints.subject import Subject
from matcher.engines.linear import linear
from matcher.facts.tables import Table
from matcher.language.diagnostics import Diagnostic, diagnostic
from matcher.language.tree import Compare, Fact, Member, Node, Order
from matcher.language.walk import nodes

Threshold = tuple[str, Order, Fraction]
Bracket = tuple[int, int | None]


def inside_brackets(subject: Subject) -> Iterator[Diagnostic]:
    """W06: a threshold inside a bracket, in a scheme or in the computation of a fact."""
    brackets = _brackets(subject)
    told: set[tuple[object, ...]] = set()
    for spot, place in placed_spots(subject):
        for key, op, bound in _thresholds(spot.tree):
            cut = _cut(brackets.get(key, ()), op, bound)
            if cut is not None and (place, key, op, bound) not in told:
                told.add((place, key, op, bound))
                test = f"{key} {op} {_number(bound)}"
                yield diagnostic("W06", place, name=spot.name, test=test, bracket=_shown(cut))


def _shown(bracket: Bracket) -> str:
    low, high = bracket
    return f"{low}+" if high is None else f"{low}-{high}"


def _number(bound: Fraction) -> str:
    return str(bound) if bound.denominator == 1 else str(float(bound))


def _thresholds(tree: Node) -> Iterator[Threshold]:
    for node in nodes(tree):
        match node:
            case Compare():
                form = linear(node)
                if form is not None and len(form.factors) == 1:
                    key, factor = form.factors[0]
                    yield key, form.op, Fraction(-form.constant, factor)
            case Member(Fact(key), values):
                numbers = sorted(v for v in values if not isinstance(v, str | bool))
                yield from ((key, "==", Fraction(number)) for number in numbers)
            case _:
                pass


def _cut(brackets: tuple[Bracket, ...], op: Order, bound: Fraction) -> Bracket | None:
    """The bracket that a threshold cuts in two: some of its values pass, others do not."""
    firsts = {
        "<": {ceil(bound)},
        ">=": {ceil(bound)},
        "<=": {floor(bound) + 1},
        ">": {floor(bound) + 1},
    }.get(op, {ceil(bound), floor(bound) + 1})
    for low, high in brackets:
        if any(low < first and (high is None or first <= high) for first in firsts):
            return low, high
    return None


def _brackets(subject: Subject) -> dict[str, tuple[Bracket, ...]]:
    """The brackets of each fact that a register publishes in brackets."""
    tables = subject.content.tables
    return {
        key: tuple(_rows(tables[fact.brackets]))
        for key, fact in subject.content.vocabulary.items()
        if fact.brackets is not None and fact.brackets in tables
    }


def _rows(table: Table) -> Iterator[Bracket]:
    rows = [table.row(key) or {} for key in table.keys()]  # noqa: SIM118 (it is no mapping)
    for row in rows:
        if row.get("low"):
            yield int(row["low"]), int(row["high"]) if row.get("high") else None
