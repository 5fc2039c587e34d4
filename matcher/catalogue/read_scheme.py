"""What scheme does a file describe?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from matcher.catalogue import context as common
from matcher.catalogue.check_scheme import check_scheme
from matcher.catalogue.context import Context
from matcher.catalogue.model import (
    AidComponent,
    Apply,
    Case,
    Connective,
    Criterion,
    Discretion,
    Group,
    ParameterValues,
    Relations,
    Remark,
    Scheme,
    Signal,
    ThroughTerritory,
    local_key,
)
from matcher.catalogue.plan import with_own_values
from matcher.catalogue.read_editions import editions_of
from matcher.catalogue.shapes import (
    AidShape,
    ApplyShape,
    CriterionShape,
    DiscretionShape,
    GroupBody,
    GroupShape,
    RemarkShape,
    SchemeShape,
    SignalShape,
    ThroughTerritoryShape,
)
from matcher.catalogue.shapes_cases import CaseShape
from matcher.language.diagnostics import nearest
from matcher.language.reading import day_of
from matcher.language.text import Text
from matcher.language.types import EUROS, NUMBER
from matcher.language.yaml_text import Path_

Parameters = Mapping[str, ParameterValues]


def read_scheme(shape: SchemeShape, base: Context) -> Scheme:
    """The scheme of one file; mistakes are recorded in the context."""
    context = _context(shape, base)
    unknowns = common.unknowns_of(shape.unknowns, shape.id, context)
    context = context.with_names(common.unknown_names(unknowns))
    context = context.with_names(common.definition_names(shape.define, shape.id))
    parameters = common.parameters_of(shape.parameters, context)
    for name, unknown in unknowns.items():
        context.statement(("unknowns", name, "states"), unknown.states, parameters)
    for text in (shape.name.text(), shape.summary.text()):
        context.statement(("name",), text, {})
    scheme = Scheme(
        id=shape.id,
        file=base.document.file,
        family=shape.family,
        name=shape.name.text(),
        summary=shape.summary.text(),
        operators=tuple(context.authority(("operators",), o) for o in shape.operators),
        audience=_audience(shape.audience, context),
        confidence=shape.confidence,
        sources=common.sources_of(shape.sources),
        parameters=parameters,
        unknowns=unknowns,
        definitions={
            local_key(shape.id, name): context.definition(("define", name), definition)
            for name, definition in shape.define.items()
        },
        editions=editions_of(shape.editions, shape.operators, context),
        criteria=_group(("criteria",), shape.criteria, parameters, context),
        signals=_signals(shape.signals, parameters, context),
        assessed=_remarks("assessed", shape.assessed, parameters, context),
        uncoded=_remarks("uncoded", shape.uncoded, parameters, context),
        aid=tuple(
            _aid(("aid", index), part, parameters, context) for index, part in enumerate(shape.aid)
        ),
        relations=_relations(shape, context),
        apply=_apply(shape.apply) if shape.apply else None,
        notes=tuple(note.text() for note in shape.notes),
    )
    if check_scheme(scheme, context):
        return with_own_values(scheme)
    return scheme


def read_cases(shape: SchemeShape, context: Context) -> tuple[Case, ...]:
    """The cases of one file."""
    return tuple(_case(index, case, context) for index, case in enumerate(shape.cases))


def _context(shape: SchemeShape, base: Context) -> Context:
    editions = frozenset(edition.id for edition in shape.editions)
    context = replace(base, sources=frozenset(shape.sources), editions=editions)
    for name, parameter in shape.parameters.items():
        context.edition_ids(("parameters", name, "by_edition"), list(parameter.by_edition))
    context = context.with_names(common.sets_of(shape.sets, context))
    _unique_names(shape, context)
    return context.with_names(common.parameter_names(shape.parameters))


def _unique_names(shape: SchemeShape, context: Context) -> None:
    """No name of a file may hide another: an expression must mean one thing."""
    seen = set(context.scope.symbols)
    for key in ("parameters", "unknowns", "define"):
        for name in getattr(shape, key):
            if name in seen:
                context.found.add("C22", context.document.place((key, name)), name=name)
            seen.add(name)


def _audience(kinds: Sequence[str], context: Context) -> frozenset[str]:
    declared = context.vocabulary.get(context.audience or "")
    known = [choice for choice, _ in declared.choices] if declared else list(kinds)
    for index, kind in enumerate(kinds):
        if kind not in known:
            place = context.document.value_place(("audience", index))
            context.found.add("E07", place, suggestion=nearest(kind, known), value=kind)
    return frozenset(kinds)


# --------------------------------------------------------------------------------------- criteria
def _group(path: Path_, shape: GroupShape, parameters: Parameters, context: Context) -> Group:
    if shape.at_least is not None:
        body = _plain_body(shape, shape.of or [])
        if shape.at_least > len(body.of):
            context.found.add("C14", context.document.place((*path, "at_least")))
        return _body((*path, "of"), "at_least", body, shape.at_least, parameters, context)
    connective: Connective = "all" if shape.all_ is not None else "any"
    written = shape.all_ if shape.all_ is not None else shape.any_
    here = (*path, connective)
    if isinstance(written, GroupBody):
        return _body((*here, "of"), connective, written, 0, parameters, context)
    plain = _plain_body(shape, written or [])
    return _body(here, connective, plain, 0, parameters, context)


def _plain_body(shape: GroupShape, items: list[CriterionShape | GroupShape]) -> GroupBody:
    """The items of a group written as a plain list, with what the group itself carries."""
    return GroupBody.model_construct(
        id=shape.id, states=shape.states, editions=shape.editions, of=items
    )


def _body(
    path: Path_,
    connective: Connective,
    body: GroupBody,
    count: int,
    parameters: Parameters,
    context: Context,
) -> Group:
    items: list[Criterion | Group] = []
    for index, item in enumerate(body.of):
        here = (*path, index)
        if isinstance(item, GroupShape):
            items.append(_group(here, item, parameters, context))
        else:
            items.append(_criterion(here, item, parameters, context))
    states = body.states.text() if body.states else None
    if states is not None:
        context.statement((*path[:-1], "states"), states, parameters)
    editions = context.edition_ids((*path[:-1], "editions"), body.editions)
    return Group(connective, tuple(items), count, body.id, states, editions)


def _criterion(
    path: Path_, shape: CriterionShape, parameters: Parameters, context: Context
) -> Criterion:
    return Criterion(
        id=shape.id,
        states=context.statement((*path, "states"), shape.states.text(), parameters),
        test=context.test((*path, "test"), shape.test),
        written=" ".join(str(shape.test).split()),
        sources=context.source_ids((*path, "source"), shape.source),
        editions=context.edition_ids((*path, "editions"), shape.editions),
        only_when=context.optional_test((*path, "only_when"), shape.only_when),
        discretion=_discretion((*path, "discretion"), shape.discretion, context),
        remedy=_optional(shape.remedy.text() if shape.remedy else None, path, parameters, context),
        ask=context.authority((*path, "ask"), shape.ask) if shape.ask else None,
        otherwise=shape.otherwise,
        overlaps_with=tuple(shape.overlaps_with),
    )


def _optional(
    text: Text | None, path: Path_, parameters: Parameters, context: Context
) -> Text | None:
    return None if text is None else context.statement((*path, "remedy"), text, parameters)


def _discretion(path: Path_, shape: DiscretionShape | None, context: Context) -> Discretion | None:
    if shape is None:
        return None
    return Discretion(
        when=context.test((*path, "when"), shape.when),
        grants=context.test((*path, "grants"), shape.grants),
        editions=context.edition_ids((*path, "editions"), shape.editions),
    )


# --------------------------------------------------------------------------------------- the rest
def _signals(
    shapes: Sequence[SignalShape], parameters: Parameters, context: Context
) -> tuple[Signal, ...]:
    return tuple(
        Signal(
            id=shape.id,
            states=context.statement(("signals", i, "states"), shape.states.text(), parameters),
            favours=shape.favours,
            test=context.test(("signals", i, "test"), shape.test),
            sources=context.source_ids(("signals", i, "source"), shape.source),
            editions=context.edition_ids(("signals", i, "editions"), shape.editions),
        )
        for i, shape in enumerate(shapes)
    )


def _remarks(
    key: str, shapes: Sequence[RemarkShape], parameters: Parameters, context: Context
) -> tuple[Remark, ...]:
    return tuple(
        Remark(
            id=shape.id,
            states=context.statement((key, i, "states"), shape.states.text(), parameters),
            when=context.optional_test((key, i, "when"), shape.when),
            sources=context.source_ids((key, i, "source"), shape.source),
            editions=context.edition_ids((key, i, "editions"), shape.editions),
        )
        for i, shape in enumerate(shapes)
    )


def _aid(path: Path_, shape: AidShape, parameters: Parameters, context: Context) -> AidComponent:
    amounts = {
        key: None
        if (written := getattr(shape, key)) is None
        else context.value((*path, key), written, NUMBER if key == "rate" else EUROS)
        for key in ("amount", "ceiling", "floor", "rate")
    }
    return AidComponent(
        id=shape.id,
        form=shape.form,
        states=context.statement((*path, "states"), shape.states.text(), parameters),
        when=context.optional_test((*path, "when"), shape.when),
        terms=tuple(term.text() for term in shape.terms),
        sources=context.source_ids((*path, "basis"), shape.basis),
        discretionary=shape.discretionary,
        editions=context.edition_ids((*path, "editions"), shape.editions),
        **amounts,
    )


def _relations(shape: SchemeShape, context: Context) -> Relations:
    return Relations(
        opens_way_to=tuple(shape.opens_way_to),
        excludes=tuple(shape.excludes),
        replaces=tuple(shape.replaces),
        through_territory=_through_territory(shape.through_territory, context),
    )


def _through_territory(
    shape: ThroughTerritoryShape | None, context: Context
) -> ThroughTerritory | None:
    if shape is None:
        return None
    path: Path_ = ("through_territory",)
    return ThroughTerritory(
        when=context.test((*path, "when"), shape.when),
        states=context.statement((*path, "states"), shape.states.text(), {}),
        sources=context.source_ids((*path, "source"), shape.source),
    )


def _apply(shape: ApplyShape) -> Apply:
    return Apply(
        url=shape.url,
        contact=shape.contact,
        steps=tuple(step.text() for step in shape.steps),
        documents=tuple(document.text() for document in shape.documents),
        delay=shape.delay.text() if shape.delay else None,
    )


def _case(index: int, shape: CaseShape, context: Context) -> Case:
    place = context.document.place(("cases", index))
    as_of = day_of(shape.as_of)
    if as_of is None:
        where = context.document.value_place(("cases", index, "as_of"))
        context.found.add("E12", where, text=shape.as_of)
    return Case(
        name=shape.name,
        as_of=as_of or 1,
        given=shape.given,
        authority=tuple(a.model_dump(by_alias=True, exclude_none=True) for a in shape.authority),
        expect=shape.expect.model_dump(exclude_none=True),
        line=place.line,
        column=place.column,
    )
