"""When does each edition of a scheme open and close, as the file says it?"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence

from matcher.catalogue.context import Context
from matcher.catalogue.model import ONLY, Edition, Intakes
from matcher.catalogue.shapes import EditionShape, IntakesShape, RangeShape
from matcher.facts.values import INFINITY, Span
from matcher.language.reading import day_of
from matcher.language.text import Text
from matcher.language.yaml_text import Path_

FOREVER = Span(INFINITY, INFINITY)
WHENEVER = Span(-INFINITY, INFINITY)


def editions_of(
    shapes: Sequence[EditionShape], operators: Sequence[str], context: Context
) -> tuple[Edition, ...]:
    """The editions of a scheme, in the order of the file."""
    editions = tuple(
        _edition(("editions", index), shape, operators[0], context)
        for index, shape in enumerate(shapes)
    )
    _refuse_twins(editions, context)
    return editions


def _edition(path: Path_, shape: EditionShape, operator: str, context: Context) -> Edition:
    opens = _span((*path, "opens"), shape.opens, context)
    closes = _span((*path, "closes"), shape.closes, context)
    if closes.high < opens.low:
        context.found.add("C10", context.document.place((*path, "closes")), edition=shape.id)
    ask = context.authority((*path, "ask"), shape.ask or operator)
    return Edition(
        id=shape.id,
        opens=opens,
        closes=closes,
        when=context.optional_test((*path, "when"), shape.when),
        intakes=_intakes((*path, "intakes"), shape.intakes, ask, context),
        note=shape.note.text() if shape.note else None,
        sources=context.source_ids((*path, "source"), shape.source),
        ask=ask,
    )


def _span(path: Path_, written: str | RangeShape, context: Context) -> Span:
    match written:
        case "never":
            return FOREVER
        case "unknown":
            return WHENEVER
        case str():
            return _period(path, written, context)
        case RangeShape(from_=low, to=high):
            first = _period((*path, "from"), low, context).low if low else -INFINITY
            last = _period((*path, "to"), high, context).high if high else INFINITY
            return Span(first, last)


def _period(path: Path_, written: str, context: Context) -> Span:
    """The first and last day of a day, a month or a year."""
    try:
        match [int(part) for part in written.split("-")]:
            case [year]:
                return _days(datetime.date(year, 1, 1), datetime.date(year, 12, 31))
            case [year, month]:
                last = calendar.monthrange(year, month)[1]
                return _days(datetime.date(year, month, 1), datetime.date(year, month, last))
            case [year, month, day]:
                return _days(datetime.date(year, month, day), datetime.date(year, month, day))
            case _:
                pass
    except ValueError:
        pass
    context.found.add("E12", context.document.value_place(path), text=written)
    return WHENEVER


def _days(first: datetime.date, last: datetime.date) -> Span:
    return Span(first.toordinal(), last.toordinal())


def _intakes(path: Path_, shape: IntakesShape | None, ask: str, context: Context) -> Intakes | None:
    if shape is None:
        return None
    if shape.by is not None:
        context.fact((*path, "by"), shape.by)
    known = shape.known if isinstance(shape.known, dict) else {ONLY: shape.known}
    if (shape.by is None) != (ONLY in known):
        context.found.add("C11", context.document.place((*path, "known")))
        known = {}
    asked = context.authority((*path, "ask"), shape.ask) if shape.ask else ask
    if shape.by is not None:
        for place in known:
            context.set_value((*path, "known", place), shape.by, str(place))
    days = {
        str(place): _dates(_under((*path, "known"), place), dates, context)
        for place, dates in known.items()
    }
    return Intakes(shape.by, days, shape.otherwise, shape.afterwards, asked)


def _under(path: Path_, place: object) -> Path_:
    return path if place == ONLY else (*path, str(place))


def _dates(path: Path_, written: object, context: Context) -> tuple[int, ...]:
    if not isinstance(written, list) or not written:
        wanted = Text("une liste de dates", "a list of dates")
        place = context.document.value_place(path)
        context.found.add("S03", place, key=path[-1], wanted=wanted)
        return ()
    dates = written
    days = [day_of(str(date)) for date in dates]
    if None in days:
        bad = dates[days.index(None)]
        context.found.add("E12", context.document.value_place(path), text=bad)
    return tuple(sorted(day for day in days if day is not None))


def _refuse_twins(editions: Sequence[Edition], context: Context) -> None:
    for index, edition in enumerate(editions):
        place = context.document.place(("editions", index))
        for earlier in editions[:index]:
            if edition.id == earlier.id:
                context.found.add("C12", place, name=edition.id)
            elif _overlap_surely(edition, earlier):
                context.found.add("C13", place, edition=edition.id, other=earlier.id)


def _overlap_surely(one: Edition, other: Edition) -> bool:
    if one.when is not None or other.when is not None:
        return False
    return one.opens.high <= other.closes.low and other.opens.high <= one.closes.low
