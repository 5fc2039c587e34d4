"""What may stand in a scheme file, a file of derived facts and a file of sets?"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from matcher.catalogue.shapes_cases import CaseShape
from matcher.facts.shapes import AcceptedShape, Number, SourceShape
from matcher.language.shape import (
    Day,
    Expression,
    FactKey,
    Name,
    Prose,
    Shape,
    Slug,
    TextShape,
    Url,
)

SourceIds = Prose | list[Prose]
When = Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$|^unknown$|^never$")]


class SetShape(Shape):
    """A named set of values of one fact."""

    fact: FactKey
    values: Annotated[list[str | int], Field(min_length=1, max_length=2_000)]
    source: SourceIds | None = None


class AuthorityShape(Shape):
    """Somebody one can ask."""

    name: TextShape
    url: Url | None = None
    email: Prose | None = None


class NomenclatureShape(Shape):
    """A classification of codes: its last day, its successor, the codes that keep their meaning."""

    until: Day
    next: TextShape
    lasting: list[Prose] = []
    source: SourceIds | None = None


class SetsShape(Shape):
    """A file of `rules/sets/`."""

    sources: dict[Prose, SourceShape] = {}
    sets: dict[Name, SetShape] = {}
    authorities: dict[Slug, AuthorityShape] = {}
    nomenclatures: dict[Name, NomenclatureShape] = {}
    accepts: list[AcceptedShape] = []


class UnknownShape(Shape):
    """What nobody has published, or what an authority decides."""

    type: Literal["boolean", "euros", "integer", "number", "date"]
    unit: Name | None = None
    by: FactKey | None = None
    min: Number | None = None
    max: Number | None = None
    states: TextShape
    ask: Slug
    source: SourceIds | None = None


class ParameterShape(Shape):
    """A number or a date of the text, which may differ by edition."""

    type: Literal["euros", "integer", "number", "date"]
    unit: Name | None = None
    default: Number | str
    by_edition: dict[Prose, Number | str] = {}
    source: SourceIds | None = None


class LookupShape(Shape):
    """A cell of a reference table."""

    table: Name
    key: FactKey
    column: Name
    absent: Expression | None = None


class BranchShape(Shape):
    """A line of `first`: `when` and `then` (or `lookup`), or `otherwise`."""

    when: Expression | None = None
    then: Expression | None = None
    lookup: LookupShape | None = None
    otherwise: Expression | None = None

    @model_validator(mode="after")
    def _one_form(self) -> BranchShape:
        results = [x for x in (self.then, self.lookup, self.otherwise) if x is not None]
        if len(results) != 1 or (self.when is None) != (self.otherwise is not None):
            raise ValueError("when + then, when + lookup, or otherwise")
        return self


class DefinitionShape(Shape):
    """A local definition."""

    type: Literal["boolean", "euros", "integer", "number", "date"]
    unit: Name | None = None
    value: Expression | None = None
    first: list[BranchShape] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> DefinitionShape:
        if (self.value is None) == (self.first is None):
            raise ValueError("value, or first")
        return self


class RangeShape(Shape):
    """A date known only to lie between two days."""

    from_: When | None = Field(default=None, alias="from")
    to: When | None = None


class IntakesShape(Shape):
    """The known dates at which applications are taken in."""

    by: FactKey | None = None
    known: Any
    otherwise: Literal["unknown", "open"] = "unknown"
    afterwards: Literal["closed", "unknown", "open"] = "closed"
    ask: Slug | None = None


class EditionShape(Shape):
    """One opening."""

    id: Prose
    opens: When | RangeShape
    closes: When | RangeShape
    when: Expression | None = None
    source: SourceIds
    intakes: IntakesShape | None = None
    note: TextShape | None = None
    ask: Slug | None = None


class DiscretionShape(Shape):
    """Where `when` holds and the test fails, `grants` decides."""

    when: Expression = "true"
    grants: Expression
    editions: list[Prose] | None = None


class CriterionShape(Shape):
    """One condition."""

    id: Slug
    states: TextShape
    test: Expression
    source: SourceIds
    editions: list[Prose] | None = None
    only_when: Expression | None = None
    discretion: DiscretionShape | None = None
    remedy: TextShape | None = None
    ask: Slug | None = None
    otherwise: Slug | None = None
    overlaps_with: list[Slug] = []


def _kind_of_item(item: Any) -> str:
    is_group = isinstance(item, dict) and not {"all", "any", "at_least"}.isdisjoint(item)
    return "group" if is_group else "criterion"


def _kind_of_body(body: Any) -> str:
    return "items" if isinstance(body, list) else "body"


Item = Annotated[
    Annotated[CriterionShape, Tag("criterion")] | Annotated["GroupShape", Tag("group")],
    Discriminator(_kind_of_item),
]
Items = Annotated[list[Item], Field(min_length=1)]


class GroupBody(Shape):
    """The items of a group that has an id, a statement or editions of its own."""

    id: Slug | None = None
    states: TextShape | None = None
    editions: list[Prose] | None = None
    of: Items


Body = Annotated[
    Annotated[Items, Tag("items")] | Annotated[GroupBody, Tag("body")],
    Discriminator(_kind_of_body),
]


class GroupShape(Shape):
    """Criteria under `all`, `any`, or `at_least: k` with `of`."""

    all_: Body | None = Field(default=None, alias="all")
    any_: Body | None = Field(default=None, alias="any")
    at_least: Annotated[int, Field(ge=1)] | None = None
    of: Items | None = None
    id: Slug | None = None
    states: TextShape | None = None
    editions: list[Prose] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> GroupShape:
        forms = [x for x in (self.all_, self.any_, self.at_least) if x is not None]
        if len(forms) != 1 or (self.at_least is None) != (self.of is None):
            raise ValueError("all, any, or at_least + of")
        return self


class SignalShape(Shape):
    """Something favourable or unfavourable."""

    id: Slug
    favours: bool
    states: TextShape
    test: Expression
    source: SourceIds
    editions: list[Prose] | None = None


class RemarkShape(Shape):
    """An assessed or an uncoded condition."""

    id: Slug
    states: TextShape
    source: SourceIds
    when: Expression | None = None
    editions: list[Prose] | None = None


class AidShape(Shape):
    """One part of the aid."""

    id: Slug
    form: Literal[
        "grant",
        "repayable_advance",
        "loan",
        "guarantee",
        "tax_credit",
        "service",
        "label",
        "other",
    ]
    states: TextShape
    when: Expression | None = None
    amount: Expression | None = None
    ceiling: Expression | None = None
    floor: Expression | None = None
    rate: Expression | None = None
    terms: list[TextShape] = []
    basis: SourceIds
    discretionary: bool = False
    editions: list[Prose] | None = None


class ApplyShape(Shape):
    """How to apply."""

    url: Annotated[str, Field(pattern=r"^(https?://|mailto:)\S+$")] | None = None
    contact: Prose | None = None
    steps: list[TextShape] = []
    documents: list[TextShape] = []
    delay: TextShape | None = None


class ThroughTerritoryShape(Shape):
    """Where the territory of an applicant that is not eligible may apply on its behalf."""

    when: Expression
    states: TextShape
    source: SourceIds


class NoteShape(TextShape):
    """A contradiction or an open question of the sources."""

    source: SourceIds | None = None


class EquivalentShape(Shape):
    """A slight mistake that would change no answer, named as `rules test --mutate` names it."""

    mutant: Prose
    because: TextShape


class SchemeShape(Shape):
    """A file of `rules/schemes/`."""

    id: Slug
    language: Literal[1]
    family: Slug | None = None
    name: TextShape
    summary: TextShape
    operators: Annotated[list[Slug], Field(min_length=1)]
    audience: list[Name]
    confidence: Literal["high", "medium", "low"]
    sources: Annotated[dict[Prose, SourceShape], Field(min_length=1)]
    sets: dict[Name, SetShape] = {}
    parameters: dict[Name, ParameterShape] = {}
    unknowns: dict[Name, UnknownShape] = {}
    define: dict[Name, DefinitionShape] = {}
    editions: list[EditionShape] = []
    criteria: GroupShape
    signals: list[SignalShape] = []
    assessed: list[RemarkShape] = []
    uncoded: list[RemarkShape] = []
    aid: list[AidShape] = []
    opens_way_to: list[Slug] = []
    excludes: list[Slug] = []
    replaces: list[Slug] = []
    through_territory: ThroughTerritoryShape | None = None
    apply: ApplyShape | None = None
    notes: list[NoteShape] = []
    accepts: list[AcceptedShape] = []
    equivalent_mutants: list[EquivalentShape] = []
    cases: list[CaseShape] = []


class AlsoShape(Shape):
    """One more way to know a derived fact; its key is read as given, not as derived."""

    lookup: LookupShape


class DerivationShape(Shape):
    """How one fact is computed."""

    fact: FactKey
    states: TextShape
    source: SourceIds | None = None
    test: Expression | None = None
    value: Expression | None = None
    first: list[BranchShape] | None = None
    lookup: LookupShape | None = None
    also: list[AlsoShape] = []

    @model_validator(mode="after")
    def _one_form(self) -> DerivationShape:
        forms = [x for x in (self.test, self.value, self.first, self.lookup) if x is not None]
        if len(forms) != 1:
            raise ValueError("test, value, first, or lookup")
        return self


class DerivedShape(Shape):
    """A file of `rules/derived/`."""

    sources: dict[Prose, SourceShape] = {}
    sets: dict[Name, SetShape] = {}
    parameters: dict[Name, ParameterShape] = {}
    unknowns: dict[Name, UnknownShape] = {}
    derived: list[DerivationShape]
    accepts: list[AcceptedShape] = []


GroupShape.model_rebuild()
GroupBody.model_rebuild()
