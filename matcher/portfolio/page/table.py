"""How is a table written, so that it can be read aloud and on a telephone?

It has a caption, its headers say what they head, and it scrolls by itself where it is too wide.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from matcher.language.text import Text
from matcher.portfolio.page.html import Markup, lines, tag
from matcher.portfolio.page.voice import Voice

Cell: TypeAlias = str
"""A text, or HTML already."""
Body: TypeAlias = tuple[str, tuple[tuple[Cell, ...], ...]]
"""Rows, under a title that may be empty."""
SCROLLS = Text("Tableau : {title}", "Table: {title}")


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the first cell of each row names it; `numbers` are the columns that hold numbers."""

    caption: str
    head: tuple[str, ...]
    bodies: tuple[Body, ...]
    numbers: tuple[int, ...] = ()
    kind: str | None = None


def table(content: Table, voice: Voice) -> Markup:
    """The table, in a region that scrolls if it must."""
    heads = [
        tag("th", cell, scope="col", class_=_kind(content, place))
        for place, cell in enumerate(content.head)
    ]
    whole = tag(
        "table",
        Markup("\n"),
        lines(
            tag("caption", content.caption),
            tag("thead", tag("tr", *heads)),
            *(_body(body, content) for body in content.bodies if body[1]),
        ),
        class_=content.kind,
    )
    named = voice.say(SCROLLS, title=content.caption)
    return tag("div", whole, class_="wide", role="region", aria_label=named, tabindex="0")


def _kind(content: Table, column: int) -> str | None:
    return "n" if column in content.numbers else None


def _body(body: Body, content: Table) -> Markup:
    title, rows = body
    width = len(content.head)
    heading = tag("tr", tag("th", title, scope="rowgroup", colspan=width)) if title else Markup("")
    return tag("tbody", Markup("\n"), lines(heading, *(_row(row, content) for row in rows)))


def _row(row: tuple[Cell, ...], content: Table) -> Markup:
    first, *others = row
    cells = [
        tag("td", cell, class_=_kind(content, place)) for place, cell in enumerate(others, start=1)
    ]
    return tag("tr", tag("th", first, scope="row"), *cells)
