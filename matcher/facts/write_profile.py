"""How is what is known written as a profile, so that it reads back the same?"""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from matcher.facts.profile import Answer, Profile
from matcher.facts.read_profile import ABOUT, AUTHORITY
from matcher.facts.values import Bound, Known, Members, Nothing, Options, Span
from matcher.language.types import Kind

NONE, DECLINED = "none", "declined"
_SPACES = "\u00a0\u202f"
Plain: TypeAlias = "bool | int | Decimal | str | list[Plain] | dict[str, Plain]"
"""A value as a mapping of facts may give it."""


def plain_value(known: Known, kind: Kind) -> Plain:
    """A value as a profile gives it, exactly; `{}` for a range without ends, which says nothing."""
    match known:
        case Nothing():
            return NONE
        case Members(items):
            return list[Plain](sorted(items))
        case Options(members):
            listed: list[Plain] = [_scalar(member) for member in sorted(members, key=str)]
            return listed[0] if len(listed) == 1 else {"one_of": listed}
        case Span(low, high) if low == high:
            return _bound(low, kind)
        case Span(low, high):
            ends = {"min": low, "max": high}
            return {
                end: _bound(bound, kind)
                for end, bound in ends.items()
                if not isinstance(bound, float)
            }


@dataclass(frozen=True)
class Given:
    """What a profile file holds: facts, what authorities answered, and what it is about."""

    facts: Mapping[str, Plain] = field(default_factory=dict)
    authority: tuple[Mapping[str, Plain], ...] = ()
    about: str = ""

    @classmethod
    def of(cls, profile: Profile, kind: Callable[[str], Kind]) -> Given:
        """What was given of a profile; `kind` tells the kind of a fact or of an unknown."""
        values = {key: plain_value(known, kind(key)) for key, known in profile.values.items()}
        facts = {k: v for k, v in values.items() if v != {} and k not in profile.filled}
        facts.update(dict.fromkeys(sorted(profile.declined), DECLINED))
        authority = tuple(
            _plain_answer(key, answer, kind(key))
            for key, answers in profile.answers.items()
            for answer in answers
        )
        return cls(facts, authority, profile.about)

    def source(self) -> dict[str, object]:
        """The profile as a mapping, which reads back to the same."""
        return {ABOUT: self.about, **self.facts, AUTHORITY: list(self.authority)}


def _plain_answer(unknown: str, answer: Answer, kind: Kind) -> dict[str, Plain]:
    item: dict[str, Plain] = {"unknown": unknown, "value": plain_value(answer.value, kind)}
    if answer.holds_for is not None:
        item["for"] = answer.holds_for
    if answer.on is not None:
        item["on"] = _date(answer.on)
    return item


def _scalar(member: object) -> bool | str:
    return member if isinstance(member, bool) else str(member)


def _bound(bound: Bound, kind: Kind) -> Plain:
    if kind is Kind.DATE:
        return _date(int(bound))
    exact = Fraction(bound)
    if exact.denominator == 1:
        return int(exact)
    return Decimal(exact.numerator) / Decimal(exact.denominator)


def _date(day: int) -> str:
    return datetime.date.fromordinal(day).isoformat()


# ------------------------------------------------------------------------------------------- text
def profile_text(given: Given, order: Iterable[str]) -> str:
    """A profile file: the facts by group in some order, then what authorities answered."""
    return "\n".join(_lines(given, order)) + "\n"


def _lines(given: Given, order: Iterable[str]) -> Iterator[str]:
    yield f"about: {_quoted(given.about)}"
    groups: dict[str, list[str]] = {}
    for key in order:
        if key not in given.facts:
            continue
        group, _, name = key.partition(".")
        written = _written(given.facts[key])
        groups.setdefault(group, []).append(f"  {name}: {written}" if name else written)
    for group, lines in groups.items():
        yield from ["", f"{group}:", *lines]
    items = [f"  - {_written(dict(item))}" for item in given.authority]
    if items:
        yield from ["", "authority:", *items]


def _written(value: Plain) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return value if value in (NONE, DECLINED) else _quoted(value)
        case list():
            return "[" + ", ".join(map(_written, value)) + "]"
        case dict():
            entries = (f"{key}: {_written(item)}" for key, item in value.items())
            return "{" + ", ".join(entries) + "}"
        case Decimal():
            return format(value, "f")
        case _:
            return str(value)


def _quoted(text: str) -> str:
    """A text between quotes; what cannot be printed is written as its code."""
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() or c in _SPACES else f"\\U{ord(c):08x}" for c in quoted)
