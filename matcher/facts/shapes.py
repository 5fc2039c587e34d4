"""What may stand in a vocabulary file and in the description of a reference table?"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from matcher.language.shape import FactKey, Name, Prose, Shape, TextShape, Url

Number = int | Decimal


class SourceShape(Shape):
    """A text that something rests on."""

    title: Prose
    url: Url | None = None
    dated: Prose | None = None
    read_on: Prose


class AcceptedShape(Shape):
    """A warning that was looked into and stays, and why."""

    warning: Annotated[str, Field(pattern=r"^W\d\d$")]
    at: Prose
    because: TextShape


class NearShape(Shape):
    """One way in which codes are near: those that share a cell of a column of their table."""

    column: Name
    codes: Name
    states: TextShape


class UnlessShape(Shape):
    """Some values of a fact."""

    fact: FactKey
    values: Annotated[list[Name], Field(min_length=1)]


class ElsewhereShape(Shape):
    """Where else a place could be, if somebody asks."""

    near: Annotated[list[NearShape], Field(min_length=1)]
    unless: UnlessShape | None = None
    forgets: list[FactKey] = []


class FactShape(Shape):
    """One fact of the vocabulary."""

    type: Literal["boolean", "integer", "number", "euros", "date", "code", "choice", "set"]
    unit: Name | None = None
    min: Number | str | None = None
    max: Number | str | None = None
    decimals: Annotated[int, Field(ge=0, le=6)] | None = None
    label: TextShape
    question: TextShape | None = None
    help: TextShape | None = None
    choices: dict[Name, TextShape] | None = None
    codes: Name | None = None
    or_codes: Name | None = None
    check: Literal["siren", "siret", "postcode", "country", "naf"] | None = None
    nomenclature: Name | None = None
    brackets: Name | None = None
    none: TextShape | None = None
    asked: bool = True
    settable: bool = True
    sensitive: bool = False
    changeable: bool = False
    overridable: bool = False
    elsewhere: ElsewhereShape | None = None


class RolesShape(Shape):
    """Which facts the program itself must know: who applies, and what an interview begins with."""

    audience: FactKey | None = None
    public: FactKey | None = None
    asked_first: list[FactKey] = []
    asked_first_of_territories: list[FactKey] = []


class VocabularyShape(Shape):
    """A file of `profiles/facts/`."""

    roles: RolesShape | None = None
    facts: dict[FactKey, FactShape]
    accepts: list[AcceptedShape] = []


class TableShape(Shape):
    """The description of a reference table, `rules/reference/NAME.yaml`."""

    table: Name
    title: TextShape
    source: SourceShape
    licence: Prose
    vintage: Prose
    complete: bool
    key: Name
    columns: dict[Name, Literal["text", "code", "integer", "boolean"]]
    refresh: Prose
    aliases: Name | None = None
    notes: list[TextShape] = []
