"""What is known about one applicant, one site and one project?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from matcher.facts.values import Known
from matcher.language.text import Text


@dataclass(frozen=True, slots=True)
class Answer:
    """An authority's answer: the value, the `by` value it holds for, its day number, its author."""

    value: Known
    holds_for: str | None = None
    on: int | None = None
    given_by: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was changed or set aside while a profile was read."""

    fact: str
    text: Text


@dataclass(frozen=True, slots=True)
class Profile:
    """Known values by fact key. `declined` facts are absent and are not to be asked again.

    `filled` are the facts that nobody gave: they were read off another one.
    Its representation holds no value, so that logs cannot leak one.
    """

    values: Mapping[str, Known] = field(repr=False)
    declined: frozenset[str] = field(default=frozenset(), repr=False)
    answers: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict, repr=False)
    notices: tuple[Notice, ...] = field(default=(), repr=False)
    about: str = field(default="", repr=False)
    file: str = field(default="", repr=False)
    filled: frozenset[str] = field(default=frozenset(), repr=False, compare=False)
