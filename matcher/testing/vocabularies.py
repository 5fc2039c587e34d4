"""Which vocabularies and values are drawn?

Every kind of fact is there, under fixed names, so that a shrunk example stays readable; bounds and
*none* are drawn. Values crowd around a few numbers and days, so that thresholds are often met.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from hypothesis import strategies as st

from matcher.facts.values import INFINITY, Bound, Known, Members, Nothing, Options, Span
from matcher.facts.vocabulary import FactDeclaration, Vocabulary, exact
from matcher.language.text import Text
from matcher.language.tree import Number
from matcher.language.types import ORDERED, Kind
from matcher.testing.worlds import Exact, known_of

LARGEST = 10**15
REACH = 12
"""How far numbers go beyond a finite end, in steps of the last decimal."""

CHOICES = ("a", "b", "c", "d")
CODES = ("01247", "2A004", "41194", "85.10Z")
NUMBERS = (49, 50, 249, 250, 400_000, 999_999, LARGEST)
DAYS = tuple(
    datetime.date.fromisoformat(day).toordinal()
    for day in (
        "2019-12-31",
        "2020-02-29",
        "2023-01-30",
        "2023-01-31",
        "2023-03-01",
        "2024-02-28",
        "2024-02-29",
        "2024-12-31",
        "2025-02-28",
        "2026-05-04",
        "2026-05-31",
        "2027-01-01",
    )
)


@dataclass(frozen=True, slots=True)
class FactPlan:
    """The kind of a fact to draw, and whether it may be none."""

    kind: Kind
    unit: str | None = None
    decimals: int = 2
    may_be_none: bool = False


PLANS: Mapping[str, FactPlan] = {
    "x.flag": FactPlan(Kind.BOOLEAN),
    "x.other_flag": FactPlan(Kind.BOOLEAN),
    "x.persons": FactPlan(Kind.INTEGER, "persons", 0),
    "x.jobs": FactPlan(Kind.INTEGER, "persons", 0, may_be_none=True),
    "x.months": FactPlan(Kind.INTEGER, "months", 0),
    "x.tonnes": FactPlan(Kind.NUMBER, "tonnes", 3),
    "x.ratio": FactPlan(Kind.NUMBER),
    "x.cost": FactPlan(Kind.EUROS, "euros"),
    "x.aid": FactPlan(Kind.EUROS, "euros", may_be_none=True),
    "x.start": FactPlan(Kind.DATE),
    "x.order": FactPlan(Kind.DATE, may_be_none=True),
    "x.place": FactPlan(Kind.CODE),
    "x.kind": FactPlan(Kind.CHOICE, may_be_none=True),
    "x.region": FactPlan(Kind.CHOICE),
    "x.tags": FactPlan(Kind.SET),
}
_ENDS: tuple[tuple[int | None, int | None], ...] = (
    (0, None),
    (None, None),
    (-3, REACH),
    (0, LARGEST),
    (1, 5),
)


# -------------------------------------------------------------------------------------- vocabularies
@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """Fifteen facts: each kind, several units, with drawn bounds, some of which may be none."""
    return {key: draw(_declarations(key, plan)) for key, plan in PLANS.items()}


@st.composite
def _declarations(draw: st.DrawFn, key: str, plan: FactPlan) -> FactDeclaration:
    fact = declared(key, plan.kind, plan.unit, plan.decimals)
    if plan.kind in ORDERED - {Kind.DATE}:
        low, high = draw(st.sampled_from(_ENDS))
        fact = replace(fact, low=low, high=high)
    if plan.may_be_none and draw(st.booleans()):
        fact = replace(fact, none=Text("rien", "nothing"))
    return fact


def declared(key: str, kind: Kind, unit: str | None = None, decimals: int = 2) -> FactDeclaration:
    """A fact of a kind, named after its key, without bounds."""
    listed = kind in (Kind.CHOICE, Kind.SET)
    return FactDeclaration(
        key=key,
        kind=kind,
        unit=unit,
        low=None,
        high=None,
        decimals=0 if kind in (Kind.INTEGER, Kind.DATE) else decimals,
        label=Text(f"le fait {key}", f"the fact {key}"),
        question=Text(f"Que vaut {key} ?", f"What is {key}?"),
        choices=tuple((c, Text(c.upper(), c.upper())) for c in CHOICES) if listed else (),
    )


# -------------------------------------------------------------------------------------------- values
def exact_values(fact: FactDeclaration) -> st.SearchStrategy[Exact]:
    """The values that a fact may have in a world, *none* included where it is declared."""
    some = _present_values(fact)
    return some if fact.none is None else st.one_of(some, some, st.none())


def _present_values(fact: FactDeclaration) -> st.SearchStrategy[Exact]:
    match fact.kind:
        case Kind.BOOLEAN:
            return st.booleans()
        case Kind.CHOICE:
            return st.sampled_from(CHOICES)
        case Kind.CODE:
            return st.sampled_from(CODES)
        case Kind.SET:
            return st.frozensets(st.sampled_from(CHOICES), max_size=3)
        case Kind.DATE:
            return days()
        case _:
            return _numbers(fact)


def days() -> st.SearchStrategy[int]:
    """Day numbers: month ends, leap days, the turn of a year, and the days around them."""
    return st.builds(int.__add__, st.sampled_from(DAYS), st.integers(-1, 1))


def _numbers(fact: FactDeclaration) -> st.SearchStrategy[Number]:
    low = -INFINITY if fact.low is None else fact.low
    high = INFINITY if fact.high is None else fact.high
    near = numbers_between(max(low, -3), min(high, REACH), fact.decimals)
    large = [number for number in NUMBERS if low <= number <= high]
    if not large:
        return near
    return st.one_of(near, near, st.sampled_from(large))


def numbers_between(low: Bound, high: Bound, decimals: int) -> st.SearchStrategy[Number]:
    """The numbers with so many decimals between two bounds; an infinite end is cut off nearby."""
    scale = 10**decimals
    first = None if low == -INFINITY else ceil(low * scale)
    last = None if high == INFINITY else floor(high * scale)
    if first is None:
        first = -REACH if last is None else last - REACH
    if last is None:
        last = first + 2 * REACH
    return st.integers(first, last).map(lambda steps: exact(Fraction(steps, scale)))


# ------------------------------------------------------------------------------ from exact to known
@st.composite
def blurred(draw: st.DrawFn, fact: FactDeclaration, value: Exact) -> Known | None:
    """Something known that allows a value: exact, a range, one of several, or absent (None)."""
    form = draw(st.sampled_from(("exact", "wide", "wide", "absent")))
    if form == "absent":
        return None
    if form == "exact" or value is None or isinstance(value, frozenset):
        return known_of(value)
    if fact.kind in ORDERED:
        assert not isinstance(value, str)
        return draw(_ranges(fact, value))
    return Options(draw(_among(fact)) | {value})


def _among(fact: FactDeclaration) -> st.SearchStrategy[frozenset[str | bool]]:
    if fact.kind is Kind.BOOLEAN:
        return st.just(frozenset({True, False}))
    return st.frozensets(st.sampled_from(CODES if fact.kind is Kind.CODE else CHOICES), max_size=3)


@st.composite
def _ranges(draw: st.DrawFn, fact: FactDeclaration, value: Number) -> Span:
    steps = st.sampled_from((0, 1, 2, 7, 400, None))
    below, above = draw(steps), draw(steps)
    scale = 10**fact.decimals
    low: Bound = -INFINITY if below is None else exact(value - Fraction(below, scale))
    high: Bound = INFINITY if above is None else exact(value + Fraction(above, scale))
    if fact.low is not None and low != -INFINITY:
        low = max(low, fact.low)
    if fact.high is not None and high != INFINITY:
        high = min(high, fact.high)
    return Span(low, high)


@st.composite
def narrower(draw: st.DrawFn, fact: FactDeclaration, known: Known | None, value: Exact) -> Known:
    """Something known that allows no more than `known`, and still allows `value`; never absent."""
    match known:
        case Span(low, high) if not isinstance(value, str | frozenset | None):
            return draw(_narrower_span(fact, low, high, value))
        case Options(members):
            kept = draw(st.frozensets(st.sampled_from(sorted(members, key=str))))
            return Options(kept | {value}) if isinstance(value, str | bool) else known
        case None:
            return draw(blurred(fact, value)) or known_of(value)
        case _:
            return known


@st.composite
def _narrower_span(
    draw: st.DrawFn, fact: FactDeclaration, low: Bound, high: Bound, value: Number
) -> Span:
    quarters = st.integers(0, 4)
    return Span(
        _toward(value, low, draw(quarters), fact), _toward(value, high, draw(quarters), fact)
    )


def _toward(value: Number, end: Bound, quarters: int, fact: FactDeclaration) -> Bound:
    """A number so many quarters of the way from a value to an end, in whole steps."""
    scale = 10**fact.decimals
    if quarters == 4:
        return end
    if isinstance(end, float):
        return exact(value + Fraction(quarters if end > 0 else -quarters, scale))
    steps = int((end - value) * quarters * scale / 4)
    return exact(value + Fraction(steps, scale))


def allowed(fact: FactDeclaration, known: Known | None) -> st.SearchStrategy[Exact]:
    """The values that what is known of a fact allows; an absent fact allows all of its own."""
    match known:
        case Span(low, high):
            return numbers_between(low, high, fact.decimals)
        case Options(members):
            return st.sampled_from(sorted(members, key=str))
        case Members(items):
            return st.just(items)
        case Nothing():
            return st.none()
        case None:
            return exact_values(fact)
