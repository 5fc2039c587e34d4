"""What slight mistakes could an author make in the dates of an edition?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from matcher.answers.formats import iso
from matcher.authoring.changes import Changed, field_changes, inside, with_field, without_field
from matcher.authoring.tree_mutants import StepOf
from matcher.catalogue.model import Edition, Intakes
from matcher.facts.values import Bound, Span


def edition_mutants(edition: Edition, step_of: StepOf) -> Iterator[Changed[Edition]]:
    """The edition with one date a day off, or its condition changed or left out."""
    yield from _date_mutants(edition, "opens")
    yield from _date_mutants(edition, "closes")
    yield from field_changes(edition, "when", step_of)
    yield from without_field(edition, "when")
    if edition.intakes is not None:
        yield from inside(_intake_mutants(edition.intakes), edition, "intakes")


def _date_mutants(edition: Edition, field: str) -> Iterator[Changed[Edition]]:
    """An exact date is moved as a whole, a range by one end at a time."""
    span: Span = getattr(edition, field)
    before = f"{field}: {_shown(span)}"
    for moved in (*_moved(span, -1), *_moved(span, 1)):
        changed = with_field(edition, field, moved)
        yield Changed(changed, "date", (field,), before, f"{field}: {_shown(moved)}")


def _moved(span: Span, days: int) -> Iterator[Span]:
    low, high = span.low, span.high
    if low == high:
        if isinstance(low, int):
            yield Span(low + days, low + days)
        return
    if isinstance(low, int):
        yield Span(low + days, high)
    if isinstance(high, int):
        yield Span(low, high + days)


def _shown(span: Span) -> str:
    if span.low == span.high:
        return _day(span.low)
    return f"{{from: {_day(span.low)}, to: {_day(span.high)}}}"


def _day(bound: Bound) -> str:
    return f'"{iso(bound)}"' if isinstance(bound, int) else "—"


def _intake_mutants(intakes: Intakes) -> Iterator[Changed[Intakes]]:
    """The last known intake of each place a day off: it is the one that ends the window."""
    for place, dates in intakes.known.items():
        for days in (-1, 1):
            moved = dates[-1] + days
            known = {**intakes.known, place: (*dates[:-1], moved)}
            before, after = (f"{place}: […, {_day(day)}]" for day in (dates[-1], moved))
            yield Changed(replace(intakes, known=known), "date", ("known", place), before, after)
