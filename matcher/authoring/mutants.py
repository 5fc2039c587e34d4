"""What slight mistakes could an author make in one scheme?

Each mutant is the scheme with one thing changed: one node of one expression, one value of one
parameter, one member of one named set, one date of one edition, or one part left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TypeAlias

from matcher.authoring.changes import (
    Changed,
    dropped,
    edition_list_changes,
    expression_changes,
    field_changes,
    inside,
    items_changed,
    replaced,
    values_changed,
    with_field,
    without_field,
)
from matcher.authoring.edition_mutants import edition_mutants
from matcher.authoring.steps import Steps
from matcher.authoring.tree_mutants import HUNDREDTH, StepOf, moved_constants, without_value
from matcher.authoring.trees import AMOUNTS, decisive_trees, with_trees
from matcher.authoring.written import constant_written, written
from matcher.catalogue.content import Content
from matcher.catalogue.model import (
    AidComponent,
    Criterion,
    Discretion,
    Group,
    ParameterValues,
    Scheme,
)
from matcher.catalogue.plan import ALWAYS
from matcher.language.tree import Constant, Member, Node, Number, Relation, Scalar
from matcher.language.types import Kind
from matcher.language.walk import nodes, rebuilt

Mutant: TypeAlias = Changed[Scheme]
Item: TypeAlias = Criterion | Group


def mutants_of(scheme: Scheme, content: Content) -> Iterator[Mutant]:
    """The mutants of a scheme, in the order of its file."""
    steps = Steps(scheme, content, decisive_trees(scheme))
    yield from _set_mutants(scheme)
    parameters = values_changed(scheme.parameters, partial(_parameter_mutants, steps))
    yield from inside(parameters, scheme, "parameters")
    definitions = values_changed(
        scheme.definitions, lambda _, tree: expression_changes(tree, steps.of)
    )
    for change in inside(definitions, scheme, "definitions"):
        yield replace(change, spot=("define", *change.spot[1:]))
    editions = items_changed(scheme.editions, lambda e: edition_mutants(e, steps.of))
    yield from inside(editions, scheme, "editions")
    yield from inside(_group_mutants(scheme.criteria, steps.of), scheme, "criteria")
    yield from inside(_aid_mutants(scheme.aid, steps.of), scheme, "aid")


# ------------------------------------------------------------------------------- sets, parameters
def _set_mutants(scheme: Scheme) -> Iterator[Mutant]:
    """A named set without one of its members, wherever the scheme uses it."""
    named: dict[str, frozenset[Scalar]] = {}
    for tree in decisive_trees(scheme):
        for part in nodes(tree):
            if isinstance(part, Member | Relation) and part.named and len(part.values) > 1:
                named.setdefault(part.named, frozenset(part.values))
    for name, values in named.items():
        for value in sorted(values, key=str):
            text = f"{name}: {constant_written(value, Kind.CODE)}"
            yield Changed(_without_member(scheme, name, value), "member", ("sets", name), text, "")


def _without_member(scheme: Scheme, name: str, value: Scalar) -> Scheme:
    def changed(node: Node) -> Node:
        if isinstance(node, Member | Relation) and node.named == name:
            return without_value(node, value)
        return rebuilt(node, changed)

    return with_trees(scheme, changed)


def _parameter_mutants(
    steps: Steps, name: str, values: ParameterValues
) -> Iterator[Changed[ParameterValues]]:
    step = steps.parameter(name)
    yield from inside(_moved(values.default, step), values, "default")
    editions = values_changed(values.by_edition, lambda _, value: _moved(value, step))
    yield from inside(editions, values, "by_edition")


def _moved(constant: Constant, step: Number | None) -> Iterator[Changed[Constant]]:
    rate = constant.kind is Kind.NUMBER and step is None
    for moved in moved_constants(constant, HUNDREDTH if rate else step):
        before, after = (constant_written(c.value, c.kind) for c in (constant, moved))
        yield Changed(moved, "threshold", (), before, after)


# --------------------------------------------------------------------------------------- criteria
def _group_mutants(group: Group, step_of: StepOf) -> Iterator[Changed[Group]]:
    yield from _connective_mutants(group)
    for index, item in enumerate(group.items):
        if len(group.items) > 1 or group.connective == "all":
            rest = replace(group, items=replaced(group.items, index))
            yield dropped(rest, f"criteria: {item.id or _ids(item)}", *filter(None, [item.id]))
    items = items_changed(group.items, partial(_item_mutants, step_of))
    for change in items:
        yield change.within(partial(with_field, group, "items"))
    yield from edition_list_changes(group)


def _connective_mutants(group: Group) -> Iterator[Changed[Group]]:
    spot = (group.id,) if group.id else ()
    if group.connective == "at_least":
        for count in (group.count - 1, group.count + 1):
            if 1 <= count <= len(group.items):
                texts = f"at_least: {group.count}", f"at_least: {count}"
                yield Changed(replace(group, count=count), "threshold", spot, *texts)
    elif len(group.items) > 1:
        other: Group = replace(group, connective="any" if group.connective == "all" else "all")
        texts = f"{group.connective}: {_ids(group)}", f"{other.connective}: {_ids(group)}"
        yield Changed(other, "connective", spot, *texts)


def _ids(item: Item) -> str:
    if isinstance(item, Criterion):
        return item.id
    return "[" + ", ".join(inner.id or _ids(inner) for inner in item.items) + "]"


def _item_mutants(step_of: StepOf, item: Item) -> Iterator[Changed[Item]]:
    if isinstance(item, Group):
        yield from _group_mutants(item, step_of)
    else:
        yield from _criterion_mutants(item, step_of)


def _criterion_mutants(criterion: Criterion, step_of: StepOf) -> Iterator[Changed[Criterion]]:
    yield from field_changes(criterion, "test", step_of)
    yield from field_changes(criterion, "only_when", step_of)
    yield from without_field(criterion, "only_when")
    yield from edition_list_changes(criterion)
    discretion = criterion.discretion
    if discretion is not None:
        without = replace(criterion, discretion=None)
        yield dropped(without, f"discretion: {written(discretion.grants)}", "discretion")
        yield from inside(_discretion_mutants(discretion, step_of), criterion, "discretion")


def _discretion_mutants(discretion: Discretion, step_of: StepOf) -> Iterator[Changed[Discretion]]:
    yield from field_changes(discretion, "when", step_of)
    if discretion.when != ALWAYS:
        always = replace(discretion, when=ALWAYS)
        yield dropped(always, f"when: {written(discretion.when)}", "when")
    yield from field_changes(discretion, "grants", step_of)
    yield from edition_list_changes(discretion)


# -------------------------------------------------------------------------------------------- aid
def _aid_mutants(
    parts: tuple[AidComponent, ...], step_of: StepOf
) -> Iterator[Changed[tuple[AidComponent, ...]]]:
    for index, part in enumerate(parts):
        yield dropped(replaced(parts, index), f"aid: {part.id}", part.id)
    yield from items_changed(parts, partial(_component_mutants, step_of))


def _component_mutants(step_of: StepOf, part: AidComponent) -> Iterator[Changed[AidComponent]]:
    for field in ("when", *AMOUNTS):
        yield from field_changes(part, field, step_of)
        yield from without_field(part, field)
    yield from edition_list_changes(part)
