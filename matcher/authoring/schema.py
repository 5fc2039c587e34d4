"""Which JSON Schemas do editors and readers of answers need?

The schema of a scheme file is that of the shapes which check it, with the keys of the facts; the
schema of a report is that of the JSON form.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from matcher.answers.json_form import SCHEMA_VERSION
from matcher.catalogue.content import Content
from matcher.catalogue.shapes import DerivedShape, SchemeShape, SetsShape
from matcher.facts.shapes import TableShape, VocabularyShape
from matcher.language.shape import Shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
FILES: dict[str, type[Shape]] = {
    "scheme": SchemeShape,
    "derived": DerivedShape,
    "sets": SetsShape,
    "vocabulary": VocabularyShape,
    "table": TableShape,
}


def file_schema(kind: str, content: Content) -> dict[str, Any]:
    """The JSON Schema of a kind of rule file (`scheme`, `derived`, `sets`, `vocabulary`, `table`).

    Where a fact is named, the schema lists the facts of the catalogue with their French labels.
    """
    schema = FILES[kind].model_json_schema(by_alias=True)
    schema["$schema"] = DIALECT
    keys = sorted(content.vocabulary)
    definitions = schema.setdefault("$defs", {})
    if "CaseShape" in definitions:
        given = definitions["CaseShape"]["properties"]["given"]
        given["properties"] = {
            key: {"description": content.vocabulary[key].label.fr} for key in keys
        }
        given.pop("propertyNames", None)
        given["additionalProperties"] = False
    for shape in definitions.values():
        for name, part in shape.get("properties", {}).items():
            if name in ("fact", "by", "key") and part.get("type") == "string":
                part.pop("pattern", None)
                part["enum"] = keys
            if name in ("forgets", "asked_first", "asked_first_of_territories"):
                part["items"] = {"type": "string", "enum": keys}
    return schema


# ----------------------------------------------------------------------------------------- reports
class _Open(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Pair(_Open):
    fr: str
    en: str


_Text = _Pair | str
_Status = Literal["met", "unmet", "unknown"]


class _Source(_Open):
    title: str
    url: str | None
    dated: str | None
    read_on: str


class _Looked(_Open):
    fact: str
    label: _Text
    value: _Text
    known: bool


class _Criterion(_Open):
    id: str
    status: _Status
    applies: bool
    statement: _Text
    wants: _Text
    source: list[str]
    values: list[_Looked]
    ask: str | None = None
    remedy: _Text | None = None
    otherwise: str | None = None


class _FactChange(_Open):
    fact: str
    label: _Text
    before: Any = Field(alias="from", description="What is known today, as a profile gives it.")
    to: Any
    text: _Text


class _NearestChange(_Open):
    changes: list[_FactChange]
    outcome: Literal["eligible", "undetermined"] = Field(description="The answer after them.")
    text: _Text


class _Standing(_Open):
    criterion: str
    facts: list[str]


class _NoChange(_Open):
    reason: Literal["fixed", "not_found"]
    standing: list[_Standing]
    text: _Text


class _Missing(_Open):
    fact: str
    label: _Text
    question: _Text
    reason: Literal["absent", "range", "several", "declined"]
    alternatives: list[list[str]]


class _Authority(_Open):
    id: str
    name: _Text
    url: str | None
    email: str | None


class _Question(_Open):
    unknown: str | None
    states: _Text
    authority: _Authority
    about: str


class _Window(_Open):
    state: Literal["open", "upcoming", "closed", "unknown"]
    edition: str | None
    opens: list[str | None]
    closes: list[str | None]
    permanent: bool
    next_intake: str | None
    note: _Text | None


class _Reserve(_Open):
    kind: Literal["uncoded", "confidence", "audience", "assessed"]
    text: _Text


class _Signal(_Open):
    id: str
    statement: _Text
    favours: bool
    status: _Status
    source: list[str]


class _Remark(_Open):
    id: str
    statement: _Text
    source: list[str]


class _Amount(_Open):
    min: str | None = Field(description="Exact decimal, or null for no known bound.")
    max: str | None
    text: _Text


class _Aid(_Open):
    id: str
    form: str
    statement: _Text
    certain: bool
    discretionary: bool
    amounts: dict[str, _Amount]
    terms: list[_Text]
    basis: list[str]


class _Apply(_Open):
    url: str | None
    contact: str | None
    steps: list[_Text]
    documents: list[_Text]
    delay: _Text | None


class _Relations(_Open):
    opens_way_to: list[str]
    excludes: list[str]
    replaces: list[str]
    through_territory: _Text | None


class _Decision(_Open):
    scheme: str
    name: _Text
    outcome: Literal["eligible", "ineligible", "undetermined"]
    summary: _Text
    window: _Window
    criteria: list[_Criterion]
    why_not: list[list[str]]
    nearest_changes: list[_NearestChange]
    no_change: _NoChange | None
    missing: list[_Missing]
    ask_authority: list[_Question]
    reserves: list[_Reserve]
    signals: list[_Signal]
    assessed: list[_Remark]
    uncoded: list[_Remark]
    aid: list[_Aid]
    apply: _Apply | None
    relations: _Relations
    sources: dict[str, _Source]


class _Catalogue(_Open):
    version: str
    digest: str


class _Notice(_Open):
    fact: str
    text: _Text


class _Place(_Open):
    code: str
    name: str


class _Offer(_Open):
    outcome: Literal["eligible", "undetermined"] = Field(description="The answer in these places.")
    to_clarify: list[str]
    places: list[_Place]
    text: _Text


class _Area(_Open):
    by: str = Field(description="The column of the table of places that says which are near.")
    states: _Text
    shared: list[_Place]
    searched: int


class _SchemeElsewhere(_Open):
    scheme: str
    area: _Area | None
    offers: list[_Offer]
    reason: Literal["not_place", "not_known", "none_near"] | None
    holding: list[str]
    text: _Text


class _Elsewhere(_Open):
    fact: str | None
    here: list[_Place]
    forgotten: list[str]
    reason: Literal["unknown", "bound", "not_declared"] | None
    text: _Text | None
    schemes: list[_SchemeElsewhere]


class _Report(_Open):
    schema_version: int = Field(json_schema_extra={"const": SCHEMA_VERSION})
    on: str = Field(json_schema_extra={"format": "date"})
    catalogue: _Catalogue
    profile: dict[str, Any]
    notices: list[_Notice]
    conflicts: list[str]
    decisions: list[_Decision]
    elsewhere: _Elsewhere | None = Field(default=None, description="Only if it is asked for.")
    notice: _Text


def report_schema() -> dict[str, Any]:
    """The JSON Schema of the JSON form of a report."""
    schema = _Report.model_json_schema()
    return {**schema, "$schema": DIALECT, "title": "matcher report"}
