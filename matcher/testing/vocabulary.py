"""Which vocabularies and values are drawn?

Every kind of fact is there, under fixed names, so that a shrunk example stays readable; bounds and
*none* are drawn. Values crowd around a few numbers and days, so that thresholds are often met.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil, floor

from hypothesis import strategies as st

from matcher.facts.values import INFINITY, Bound, Known, Members, Nothing, Options, Span
from matcher.facts.vocabulary import FactDeclaration, Vocabulary, exact
from matcher.language.text import Text
from matcher.language.tree import Number, Scalar
from matcher.language.types import ORDERED, Kind
from matcher.meaning.spans import FIRST_DAY, LAST_DAY
from matcher.testing.drawing import chance, pick, some, whole
from matcher.testing.world import Exact, known_of

LARGEST = 10**15
REACH = 12
"""How far numbers go beyond a finite end, in steps of the last decimal."""

CHOICES = ("a", "b", "c", "d")
CODES = ("01247", "2A004", "41194", "85.10Z")
NUMBERS = (49, 50, 249, 250, 400_000, 999_999, LARGEST)
DAYS = tuple(
    datetime.date.fromisoformat(day).toordinal()
    for day in (
        "2026-05-04",
        "2019-12-31",
        "2020-02-29",
        "2023-01-30",
        "2023-01-31",
        "2023-03-01",
        "2024-02-28",
        "2024-02-29",
        "2024-12-31",
        "2025-02-28",
        "2026-05-31",
        "2027-01-01",
    )
)
NOTHING_YET = Text("rien encore", "nothing yet")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a drawn fact is, and whether it may be none."""

    kind: Kind
    unit: str | None = None
    decimals: int = 2
    may_be_none: bool = False


_FACTS: Mapping[str, _Kind] = {
    "x.flag": _Kind(Kind.BOOLEAN),
    "x.other_flag": _Kind(Kind.BOOLEAN),
    "x.persons": _Kind(Kind.INTEGER, "persons", 0),
    "x.jobs": _Kind(Kind.INTEGER, "persons", 0, may_be_none=True),
    "x.months": _Kind(Kind.INTEGER, "months", 0),
    "x.tonnes": _Kind(Kind.NUMBER, "tonnes", 3),
    "x.ratio": _Kind(Kind.NUMBER),
    "x.cost": _Kind(Kind.EUROS, "euros"),
    "x.aid": _Kind(Kind.EUROS, "euros", may_be_none=True),
    "x.start": _Kind(Kind.DATE),
    "x.order": _Kind(Kind.DATE, may_be_none=True),
    "x.place": _Kind(Kind.CODE),
    "x.kind": _Kind(Kind.CHOICE, may_be_none=True),
    "x.region": _Kind(Kind.CHOICE),
    "x.tags": _Kind(Kind.SET),
}
_ENDS: tuple[tuple[int | None, int | None], ...] = (
    (0, None),
    (None, None),
    (-3, REACH),
    (0, LARGEST),
    (1, 5),
)


# ------------------------------------------------------------------------------------ vocabularies
@st.composite
def vocabularies(draw: st.DrawFn) -> Vocabulary:
    """Fifteen facts: each kind, several units, with drawn bounds, some of which may be none."""
    facts = {key: declared(key, of.kind, of.unit, of.decimals) for key, of in _FACTS.items()}
    may_be_none = [key for key, of in _FACTS.items() if of.may_be_none]
    for key in some(draw, may_be_none):
        facts[key] = replace(facts[key], none=NOTHING_YET)
    numbers = [key for key, of in _FACTS.items() if of.kind in ORDERED - {Kind.DATE}]
    ends = draw(whole(0, len(_ENDS) ** len(numbers) - 1))
    for key in numbers:
        ends, index = divmod(ends, len(_ENDS))
        low, high = _ENDS[index]
        facts[key] = replace(facts[key], low=low, high=high)
    return facts


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


# ------------------------------------------------------------------------------------ exact values
@st.composite
def exact_values(draw: st.DrawFn, fact: FactDeclaration, known: Known | None = None) -> Exact:
    """The values of a fact in a world, of those that something known of it allows."""
    return exact_value(draw, fact, known)


def exact_value(draw: st.DrawFn, fact: FactDeclaration, known: Known | None = None) -> Exact:
    """One such value. An absent fact allows all of its own, *none* included if it is declared."""
    match known:
        case Span(low, high):
            return number_between(draw, low, high, fact.decimals)
        case Options(members):
            return pick(draw, sorted(members, key=str))
        case Members(items):
            return items
        case Nothing():
            return None
        case None:
            none = fact.none is not None and chance(draw, 3)
            return None if none else _present(draw, fact)


def _present(draw: st.DrawFn, fact: FactDeclaration) -> Exact:
    match fact.kind:
        case Kind.SET:
            return some(draw, CHOICES)
        case Kind.DATE:
            return day(draw)
        case Kind.BOOLEAN | Kind.CHOICE | Kind.CODE:
            return pick(draw, listed(fact))
        case _:
            return _number(draw, fact)


def listed(fact: FactDeclaration) -> Sequence[str | bool]:
    """The values drawn for a boolean, a choice or a code."""
    match fact.kind:
        case Kind.BOOLEAN:
            return (False, True)
        case Kind.CODE:
            return CODES
        case _:
            return CHOICES


@st.composite
def days(draw: st.DrawFn) -> int:
    """Day numbers: month ends, leap days, the turn of a year, and the days around them."""
    return day(draw)


def day(draw: st.DrawFn) -> int:
    """One such day."""
    return pick(draw, DAYS) + pick(draw, (0, 1, -1))


def _number(draw: st.DrawFn, fact: FactDeclaration) -> Number:
    low = -INFINITY if fact.low is None else fact.low
    high = INFINITY if fact.high is None else fact.high
    large = [number for number in NUMBERS if low <= number <= high]
    if large and chance(draw, 3):
        return pick(draw, large)
    return number_between(draw, max(low, -3), min(high, REACH), fact.decimals)


def number_between(draw: st.DrawFn, low: Bound, high: Bound, decimals: int) -> Number:
    """A number with so many decimals between two bounds; an infinite end is cut off nearby."""
    scale = 10**decimals
    first = None if low == -INFINITY else ceil(low * scale)
    last = None if high == INFINITY else floor(high * scale)
    if first is None:
        first = -REACH if last is None else last - REACH
    if last is None:
        last = first + 2 * REACH
    return exact(Fraction(draw(whole(first, last)), scale))


# ------------------------------------------------------------------------------ from exact to known
def blurred(draw: st.DrawFn, fact: FactDeclaration, value: Exact) -> Known | None:
    """Something known that allows a value: exact, a range, one of several, or absent (None)."""
    form = pick(draw, ("exact", "wide", "absent", "wide", "absent"))
    if form == "absent":
        return None
    if form == "exact" or value is None or isinstance(value, frozenset):
        return known_of(value)
    if fact.kind in ORDERED:
        assert not isinstance(value, str)
        return _range(draw, fact, value)
    members: frozenset[Scalar] = frozenset({value}) | some(draw, listed(fact))
    return Options(members)


def _range(draw: st.DrawFn, fact: FactDeclaration, value: Number) -> Span:
    steps = (0, 1, 2, 7, 400, None)
    below, above = pick(draw, steps), pick(draw, steps)
    scale = 10**fact.decimals
    low: Bound = -INFINITY if below is None else exact(value - Fraction(below, scale))
    high: Bound = INFINITY if above is None else exact(value + Fraction(above, scale))
    least, greatest = _bounds(fact)
    if least is not None and low != -INFINITY:
        low = max(low, least)
    if greatest is not None and high != INFINITY:
        high = min(high, greatest)
    return Span(low, high)


def _bounds(fact: FactDeclaration) -> tuple[Number | None, Number | None]:
    """Where a fact begins and ends: dates begin and end with the calendar."""
    is_date = fact.kind is Kind.DATE
    low = FIRST_DAY if fact.low is None and is_date else fact.low
    return low, LAST_DAY if fact.high is None and is_date else fact.high


def narrower(draw: st.DrawFn, fact: FactDeclaration, known: Known | None, value: Exact) -> Known:
    """Something known that allows no more than `known`, and still allows `value`; never absent."""
    match known:
        case Span(low, high):
            assert isinstance(value, int | Fraction)
            return Span(_toward(draw, value, low, fact), _toward(draw, value, high, fact))
        case Options(members):
            assert isinstance(value, str | bool)
            return Options(some(draw, sorted(members, key=str)) | {value})
        case None:
            return blurred(draw, fact, value) or known_of(value)
        case _:
            return known


def _toward(draw: st.DrawFn, value: Number, end: Bound, fact: FactDeclaration) -> Bound:
    """A number some quarters of the way from a value to an end, in whole steps."""
    quarters = draw(whole(0, 4))
    scale = 10**fact.decimals
    if quarters == 4:
        return end
    if isinstance(end, float):
        return exact(value + Fraction(quarters if end > 0 else -quarters, scale))
    return exact(value + Fraction(int((end - value) * quarters * scale / 4), scale))
