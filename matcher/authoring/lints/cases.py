"""Which cases are worth telling apart for each term, and which of them does an atom allow?

Two values that every atom treats alike are one case: a threshold at 250 makes three of them (below,
250 itself, above), a list of choices one a choice and one for all the others.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor, inf
from typing import TypeAlias

from matcher.authoring.lints.budget import Budget
from matcher.authoring.lints.formula import (
    Absent,
    Against,
    Among,
    Atom,
    Choices,
    Count,
    Formula,
    Mark,
    Numbers,
    Term,
    atoms,
)
from matcher.language.tree import Scalar

STEPS_A_CASE = 3
NONE = object()
OTHER = object()
Case: TypeAlias = object
"""A value that stands for all those treated alike, `NONE`, or `OTHER`: no value that is named."""


@dataclass(frozen=True, slots=True)
class Literal:
    """The case of a term (its number) is one of some cases (a bit for each)."""

    term: int
    cases: int


@dataclass(frozen=True, slots=True)
class Several:
    """At least `least` of the items hold."""

    least: int
    items: tuple[Condition, ...]


Condition: TypeAlias = bool | Literal | Several


class Cases:
    """The terms of some formulas, numbered, and the cases of each."""

    def __init__(self, formulas: Iterable[Formula], budget: Budget | None = None) -> None:
        self._budget = budget or Budget(inf)
        marks: dict[Term, dict[Mark, None]] = {}
        for formula in formulas:
            for atom in atoms(formula):
                marks.setdefault(atom.term, {})[atom.mark] = None
        self._numbers: dict[Hashable, int] = {}
        self._cases: list[list[Case]] = []
        for term, listed in _merged(marks).items():
            self._numbers[term.key] = len(self._cases)
            self._cases.append(_cases(term, listed))
        self._literals: dict[Atom, Condition] = {}
        self.full = [(1 << len(listed)) - 1 for listed in self._cases]
        """For each term, all its cases."""

    def condition(self, formula: Formula) -> Condition:
        """The formula over cases."""
        match formula:
            case bool():
                return formula
            case Count(least, items):
                return Several(least, tuple(map(self.condition, items)))
            case Atom():
                if formula not in self._literals:
                    self._literals[formula] = self._literal(formula)
                return self._literals[formula]

    def _literal(self, atom: Atom) -> Condition:
        number = self._numbers[atom.term.key]
        cases = 0
        self._budget.spend(STEPS_A_CASE * len(self._cases[number]))
        for bit, case in enumerate(self._cases[number]):
            if _bears(case, atom.mark) is atom.holds:
                cases |= 1 << bit
        return Literal(number, cases)


def contrary(condition: Condition, full: Sequence[int]) -> Condition:
    """The condition does not hold."""
    match condition:
        case bool():
            return not condition
        case Literal(term, cases):
            return Literal(term, full[term] & ~cases)
        case Several(least, items):
            others = tuple(contrary(item, full) for item in items)
            return Several(len(items) - least + 1, others)


def terms_of(condition: Condition) -> Iterator[int]:
    """The numbers of the terms of a condition."""
    match condition:
        case Literal(term):
            yield term
        case Several(items=items):
            for item in items:
                yield from terms_of(item)
        case _:
            pass


def _merged(marks: dict[Term, dict[Mark, None]]) -> dict[Term, list[Mark]]:
    """The marks of each key; a key has one term."""
    first: dict[Hashable, Term] = {}
    merged: dict[Term, list[Mark]] = {}
    for term, listed in marks.items():
        one = first.setdefault(term.key, term)
        merged.setdefault(one, []).extend(listed)
    return merged


def _bears(case: Case, mark: Mark) -> bool:
    match mark:
        case Absent():
            return case is NONE
        case Among(values):
            return case in values
        case Against(op, bound):
            return isinstance(case, Fraction) and _stands(case, op, bound)


def _stands(value: Fraction, op: str, bound: Fraction) -> bool:
    match op:
        case "<":
            return value < bound
        case "<=":
            return value <= bound
        case ">":
            return value > bound
        case ">=":
            return value >= bound
        case "==":
            return value == bound
        case _:
            return value != bound


# -------------------------------------------------------------------------------------------- cases
def _cases(term: Term, marks: Iterable[Mark]) -> list[Case]:
    named: set[Scalar] = set()
    bounds: set[Fraction] = set()
    for mark in marks:
        match mark:
            case Among(values):
                named |= values
            case Against(_, bound):
                bounds.add(bound)
            case Absent():
                pass
    nothing: list[Case] = [NONE] if term.none else []
    match term.values:
        case Numbers() as numbers:
            listed = bounds | {Fraction(v) for v in named if not isinstance(v, str)}
            return [*_points(numbers, listed), *nothing]
        case Choices(None):
            return [*sorted(named, key=str), OTHER, *nothing]
        case Choices(members):
            assert members is not None
            mentioned = sorted(named & members, key=str)
            others = [OTHER] if members - named else []
            return [*mentioned, *others, *nothing]


def _points(numbers: Numbers, bounds: set[Fraction]) -> list[Case]:
    """The bounds themselves and a value in each gap, of those that the term may have."""
    ends = {Fraction(end) for end in (numbers.low, numbers.high) if isinstance(end, int | Fraction)}
    points = sorted(bounds | ends) or [Fraction(0)]
    step = numbers.step
    found = {*points, _below(points[0], step), _above(points[-1], step)}
    for low, high in pairwise(points):
        found.add((low + high) / 2 if step is None else min(_above(low, step), high))
    return [
        point
        for point in sorted(found)
        if numbers.low <= point <= numbers.high
        and (step is None or (point / step).denominator == 1)
    ]


def _below(point: Fraction, step: Fraction | None) -> Fraction:
    return point - 1 if step is None else (ceil(point / step) - 1) * step


def _above(point: Fraction, step: Fraction | None) -> Fraction:
    return point + 1 if step is None else (floor(point / step) + 1) * step
