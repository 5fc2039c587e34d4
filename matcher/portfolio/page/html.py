"""How is HTML written so that no text of a stranger can become a part of it?

`tag` escapes every text that is not `Markup` already, and closes what it opens.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from matcher.answers.markup import html_escaped
from matcher.portfolio.safe_text import clean_cell

LONGEST = 200
CUT = "…"


class Markup(str):
    """A text that is HTML already."""

    __slots__ = ()


Attribute: TypeAlias = str | int | None
"""None leaves the attribute out."""


def text(written: str) -> Markup:
    """A text, whose characters mean nothing to HTML. Control characters are left out."""
    return Markup(html_escaped(clean_cell(written)))


def tag(name: str, /, *children: str, **attributes: Attribute) -> Markup:
    """An element. `class_` is the attribute `class`, `aria_label` is `aria-label`."""
    return Markup(f"<{name}{_attributes(attributes)}>{together(children)}</{name}>")


def void(name: str, /, **attributes: Attribute) -> Markup:
    """An element that has no content, and no end tag."""
    return Markup(f"<{name}{_attributes(attributes)}>")


def together(parts: Iterable[str]) -> Markup:
    """Several pieces one after the other, without anything between them."""
    return Markup("".join(_safe(part) for part in parts))


def lines(*parts: str) -> Markup:
    """Several pieces, each on lines of its own; the empty ones are left out."""
    return Markup("\n".join(_safe(part) for part in parts if part))


def theirs(written: str) -> Markup:
    """What somebody else wrote, in a line of ours: cut if it is long, whatever its direction."""
    short = written if len(written) <= LONGEST else written[: LONGEST - 1] + CUT
    return tag("bdi", short)


def _safe(part: str) -> str:
    return part if isinstance(part, Markup) else text(part)


def _attributes(attributes: dict[str, Attribute]) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{text(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
