"""What may stand in a case, the example of a rule's author?"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from matcher.facts.shapes import Number
from matcher.language.shape import Day, Expression, FactKey, Name, Prose, Shape, Slug


class AnswerShape(Shape):
    """An authority's answer in a case."""

    unknown: Name
    value: Expression
    for_: str | None = Field(default=None, alias="for")
    on: Day | None = None


class AmountExpectShape(Shape):
    """Bounds of an amount that a case expects."""

    min: Number | None = None
    max: Number | None = None


class AidExpectShape(Shape):
    """The amounts of an aid component that a case expects; none: that it applies."""

    amount: Number | AmountExpectShape | None = None
    ceiling: Number | AmountExpectShape | None = None
    floor: Number | AmountExpectShape | None = None
    rate: Number | AmountExpectShape | None = None


class ExpectShape(Shape):
    """What a case expects."""

    outcome: Literal["eligible", "ineligible", "undetermined"]
    window: Literal["open", "upcoming", "closed", "unknown"]
    edition: Prose | None = None
    unmet: list[Slug] | None = None
    unknown: list[Slug] | None = None
    missing: list[FactKey] | None = None
    ask: list[Name] | None = None
    aid: dict[Slug, Literal["absent", "possible"] | AidExpectShape] | None = None


class CaseShape(Shape):
    """An example by the author of the rule."""

    name: Prose
    as_of: Day
    given: dict[FactKey, Any]
    authority: list[AnswerShape] = []
    expect: ExpectShape
