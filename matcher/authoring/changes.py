"""What is one thing changed in a scheme, and how does it change what surrounds it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Generic, Protocol, TypeVar

from matcher.authoring.tree_mutants import StepOf, tree_mutants
from matcher.authoring.written import difference_written, written
from matcher.catalogue.model import Editions
from matcher.language.tree import Node

Spot = tuple[str, ...]
"""Where a part stands in a file: keys, and the ids of the parts of lists."""


class HasEditions(Protocol):
    """A part that may hold for some editions only."""

    @property
    def editions(self) -> Editions:
        """The editions; None for all of them."""


T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Whole = TypeVar("Whole")
Holder = TypeVar("Holder", bound=HasEditions)


@dataclass(frozen=True, slots=True)
class Changed(Generic[T_co]):
    """A part with one thing changed: the kind of mistake, where, what was there and what is now."""

    part: T_co
    kind: str
    spot: Spot
    before: str
    after: str

    def within(self, build: Callable[[T_co], Whole], *spot: str) -> Changed[Whole]:
        """The whole that holds the changed part."""
        whole = build(self.part)
        return Changed(whole, self.kind, (*spot, *self.spot), self.before, self.after)

    @property
    def name(self) -> str:
        """Names the change within its file."""
        return f"{'.'.join(self.spot)}: {self.before} → {self.after or '∅'}"


# --------------------------------------------------------------- from a part to what holds it
def inside(changes: Iterable[Changed[Any]], whole: Whole, field: str) -> Iterator[Changed[Whole]]:
    """The whole record, given the changes of one of its fields."""
    for change in changes:
        yield change.within(partial(with_field, whole, field), field)


def items_changed(
    items: tuple[T, ...],
    changes_of: Callable[[T], Iterator[Changed[T]]],
    key: Callable[[T], str] = lambda item: str(getattr(item, "id", "")),
) -> Iterator[Changed[tuple[T, ...]]]:
    """The lists in which one item is changed."""
    for index, item in enumerate(items):
        for change in changes_of(item):
            yield change.within(partial(replaced, items, index), *filter(None, [key(item)]))


def values_changed(
    values: Mapping[str, T], changes_of: Callable[[str, T], Iterator[Changed[T]]]
) -> Iterator[Changed[Mapping[str, T]]]:
    """The mappings in which one value is changed."""
    for key, value in values.items():
        for change in changes_of(key, value):
            yield change.within(partial(_with_key, values, key), key.rsplit("/", 1)[-1])


def _with_key(values: Mapping[str, T], key: str, value: T) -> Mapping[str, T]:
    return {**values, key: value}


def replaced(items: tuple[T, ...], index: int, *new: T) -> tuple[T, ...]:
    """The list with another item, or none, at one position."""
    return (*items[:index], *new, *items[index + 1 :])


def with_field(part: T, field: str, value: object) -> T:
    """A record with another value in one field."""
    record: Any = part
    changed: T = replace(record, **{field: value})
    return changed


# ------------------------------------------------------------------------ changes of any record
def expression_changes(tree: Node, step_of: StepOf) -> Iterator[Changed[Node]]:
    """The mutants of one expression, with its text before and after."""
    for mutant in tree_mutants(tree, step_of):
        before, after = difference_written(tree, mutant.tree)
        yield Changed(mutant.tree, mutant.change, (), before, after)


def field_changes(part: T, field: str, step_of: StepOf) -> Iterator[Changed[T]]:
    """The mutants of the expression in one field of a part, if there is one."""
    tree: Node | None = getattr(part, field)
    if tree is not None:
        yield from inside(expression_changes(tree, step_of), part, field)


def without_field(part: T, field: str) -> Iterator[Changed[T]]:
    """The part without the expression of one field, if there is one."""
    tree: Node | None = getattr(part, field)
    if tree is not None:
        yield dropped(with_field(part, field, None), f"{field}: {written(tree)}", field)


def dropped(whole: T, text: str, *spot: str) -> Changed[T]:
    """The whole from which something was left out."""
    return Changed(whole, "dropped", spot, text, "")


def edition_list_changes(part: Holder) -> Iterator[Changed[Holder]]:
    """The part for all editions, or without one of those it lists."""
    listed = part.editions
    if listed is None:
        return
    rests = [listed - {edition} for edition in sorted(listed)] if len(listed) > 1 else []
    for other in (None, *rests):
        changed = with_field(part, "editions", other)
        after = "" if other is None else _listed(other)
        yield Changed(changed, "editions", ("editions",), _listed(listed), after)


def _listed(editions: frozenset[str]) -> str:
    return "editions: [" + ", ".join(f'"{e}"' for e in sorted(editions)) + "]"
