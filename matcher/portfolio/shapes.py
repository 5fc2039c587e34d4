"""What may stand in `profiles/columns.yaml`, and in the mapping file of a client file?"""

from __future__ import annotations

from typing import Literal

from matcher.language.shape import FactKey, Name, Prose, Shape, TextShape


class WordsShape(Shape):
    """Words found in cells."""

    unknown: list[Prose]
    errors: list[Prose]
    yes: list[Prose]
    no: list[Prose]
    none: list[Prose]
    saint: dict[str, Prose] = {}
    totals: list[Prose] = []


class LikelyShape(Shape):
    """Headers that probably mean a fact, and what to confirm."""

    headers: list[Prose]
    note: TextShape


class NarrowShape(Shape):
    """Another fact of the same row that tells homonyms apart.

    The rows of `table` at its value list the codes in `column`; without a table, `column` of the
    table of the codes must hold its value.
    """

    fact: FactKey
    column: Name
    table: Name | None = None


class FactWordsShape(Shape):
    """How the columns and cells of one fact are written."""

    headers: list[Prose] = []
    by_cells: bool = False
    brackets: list[Prose] = []
    likely: LikelyShape | None = None
    values: dict[str, Prose] = {}
    narrowed_by: list[NarrowShape] = []


class HiddenShape(Shape):
    """When the name and address of a row must not be reproduced."""

    columns: list[Prose]
    values: list[Prose]


class ClosedShape(Shape):
    """Which cells of which columns say that a row is of something closed, and how that is told."""

    headers: list[Prose]
    values: list[Prose]
    reason: TextShape


class RegisterColumnShape(Shape):
    """What one column of a register holds."""

    fact: FactKey | None = None
    use: Literal["client", "kept"] = "kept"
    bracket: bool = False
    fallback: TextShape | None = None
    values: dict[str, Prose] = {}
    personal: bool = False


class RegisterShape(Shape):
    """An official register, recognised by the names of its columns."""

    title: TextShape
    recognised_by: list[Prose]
    at_least: int
    hidden_when: HiddenShape
    closed_when: list[ClosedShape] = []
    columns: dict[str, RegisterColumnShape]


class LexiconShape(Shape):
    """The whole of `profiles/columns.yaml`."""

    words: WordsShape
    units: dict[str, Prose]
    endings: list[Prose]
    client: list[Prose]
    breakdowns: list[FactKey] = []
    facts: dict[str, FactWordsShape]
    closed: list[ClosedShape] = []
    registers: dict[Name, RegisterShape]


class FactColumnShape(Shape):
    """A column read as a fact."""

    fact: FactKey
    unit: Prose | None = None
    brackets: bool = False
    numbers: Literal["fr", "en"] | None = None
    dates: Literal["dmy", "mdy"] = "dmy"
    values: dict[str, Prose] = {}


class MappingShape(Shape):
    """A mapping file."""

    version: Literal[1]
    sheet: Prose | None = None
    columns: dict[str, FactColumnShape | Literal["client", "keep", "ignore"]]
