"""How are the bare numbers of an amount said: as euros, as a share, or with a unit?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TypeAlias

from matcher.answers.formats import euros_text, number_text, percent_text, with_unit
from matcher.answers.sentences import Speaker
from matcher.language.text import Text
from matcher.language.tree import (
    Between,
    Choose,
    Constant,
    Elapsed,
    Extreme,
    Fact,
    Node,
    Number,
    Product,
    Shift,
    Sum,
)
from matcher.language.types import NUMERIC, Kind

Measure: TypeAlias = Callable[[Number], Text]
EUROS: Measure = euros_text
SHARE: Measure = percent_text
PLAIN: Measure = number_text


def measure_of(node: Node, speaker: Speaker) -> Measure | None:
    """How the bare numbers that meet a value are said; None when it is a bare number itself."""
    match node:
        case Constant(_, Kind.EUROS):
            return EUROS
        case Fact(key):
            return _of_fact(key, speaker)
        case Elapsed():
            return lambda number: with_unit(number, "years")
        case Product(items):
            found = [measure_of(item, speaker) for item in items]
            return EUROS if EUROS in found else next((m for m in found if m), None)
        case Sum() | Extreme() | Choose() | Between():
            found = [measure_of(item, speaker) for item in results(node)]
            return next((m for m in found if m), None)
        case _:
            return None


def _of_fact(key: str, speaker: Speaker) -> Measure | None:
    fact = speaker.declaration(key)
    if fact is None or fact.kind not in NUMERIC:
        return None
    if fact.kind is Kind.EUROS:
        return EUROS
    return None if fact.unit is None else lambda number: with_unit(number, fact.unit)


def results(node: Node) -> Iterator[Node]:
    """The parts of a value that are values of the same kind; tests and conditions left out."""
    match node:
        case Sum(items) | Extreme(_, items):
            yield from items
        case Between(low, high):
            yield from (low, high)
        case Choose(branches, otherwise):
            yield from (value for _, value in branches if value is not None)
            if otherwise is not None:
                yield otherwise
        case Shift(date, _):
            yield date
        case _:
            return


def is_share(node: Node, speaker: Speaker) -> bool:
    """Whether a value is made of numbers from 0 to 1, one of them at least between the two."""
    found = list(_numbers(node, speaker))
    whole = all(isinstance(n, int | Fraction) and 0 <= n <= 1 for n in found)
    return whole and any(isinstance(n, Fraction) and 0 < n < 1 for n in found)


def _numbers(node: Node, speaker: Speaker) -> Iterator[object]:
    """The numbers a value may be; None for each part that is not one, facts without unit aside."""
    if isinstance(node, Constant):
        yield node.value
        return
    below = list(results(node))
    if not below and not _is_pure(node, speaker):
        yield None
    for part in below:
        yield from _numbers(part, speaker)


def _is_pure(node: Node, speaker: Speaker) -> bool:
    fact = speaker.declaration(node.key) if isinstance(node, Fact) else None
    return fact is not None and fact.kind is Kind.NUMBER and fact.unit is None
