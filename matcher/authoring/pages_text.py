"""How is a text written in a Markdown page, so that it means only itself?

Rules may come from strangers: every character that Markdown or HTML could read as more than a
character is written as an entity, and only `https:` and `mailto:` addresses become links.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from matcher.answers.formats import NBSP

INDENT = "    "
_SPECIAL = frozenset("\\`*_{}[]<>#|~^&")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_LIST_NUMBER = re.compile(r"^(\d+)([.)])(?=\s|$)")
_MARKERS = frozenset("-+:!?=")
_WEB = re.compile(r"https://[^\s<>\"\u00a0]*[^\s<>\"\u00a0.,;:!?)»”]")
_TARGET = re.compile(r"https://[^\s\x00-\x20]+", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_KEPT_IN_URL = ":/?#@!$&+,;=%-._~"
_BEFORE = re.compile(r" ([:;?!»%€])")
_AFTER = re.compile("« ")


def escaped(text: str) -> str:
    """A text on one line, none of whose characters means anything to Markdown or HTML.

    A colon before `//` is one of them: some readers of Markdown make a link of any address.
    """
    flat = _SPACES.sub(" ", text).strip(" ")
    plain = "".join(_entity(char) if _is_special(char) else char for char in flat)
    return plain.replace("://", f"{_entity(':')}//")


def opening(text: str) -> str:
    """An escaped text at the start of a line: there, `1.` and `-` would begin a list."""
    if text[:1] in _MARKERS:
        return _entity(text[0]) + text[1:]
    return _LIST_NUMBER.sub(lambda found: found[1] + _entity(found[2]), text)


def _is_special(char: str) -> bool:
    return char in _SPECIAL or ord(char) < 32 or ord(char) == 127


def _entity(char: str) -> str:
    return f"&#{ord(char)};" if ord(char) >= 32 and ord(char) != 127 else " "


def prose(text: str) -> str:
    """An escaped text whose web addresses are links."""
    parts, end = [], 0
    for found in _WEB.finditer(text):
        parts += [_escaped_part(text[end : found.start()]), link(escaped(found[0]), found[0])]
        end = found.end()
    return "".join([*parts, _escaped_part(text[end:])]).strip(" ")


def _escaped_part(text: str) -> str:
    """A part of a text, escaped, with the spaces at its ends."""
    left = " " if text[:1].isspace() else ""
    right = " " if text[-1:].isspace() and text.strip() else ""
    return left + escaped(text) + right


def link(label: str, url: str | None) -> str:
    """A label, already escaped, that leads to a web address; the label alone for any other."""
    if url is None or not _TARGET.fullmatch(url):
        return label
    return f"[{label}]({quote(url, safe=_KEPT_IN_URL)})"


def mail(address: str) -> str:
    """An address one can write to; a text that is no address stays a text."""
    if not _ADDRESS.fullmatch(address):
        return prose(address)
    return f"[{escaped(address)}](mailto:{quote(address, safe='@+-._')})"


def typeset(page: str) -> str:
    """A French page whose spaces before `: ; ? ! » % €` and after `«` do not break."""
    return _AFTER.sub(f"«{NBSP}", _BEFORE.sub(NBSP + r"\1", page))


# ------------------------------------------------------------------------------------------ blocks
@dataclass(frozen=True, slots=True)
class Item:
    """One line of a list, already escaped, and the lines below it."""

    text: str
    below: tuple[Item, ...] = ()

    def named(self, name: str) -> Item:
        """The item after its name in italics."""
        return replace(self, text=f"*{name}* {self.text}")


def bullets(items: Iterable[Item], *, numbered: bool = False, depth: int = 0) -> Iterator[str]:
    """The lines of a list; only its first level is numbered."""
    for number, item in enumerate(items, 1):
        mark = f"{number}." if numbered else "-"
        yield f"{INDENT * depth}{mark} {opening(item.text)}"
        yield from bullets(item.below, depth=depth + 1)


def section(title: str, lines: Iterable[str], *, level: int = 2) -> Iterator[str]:
    """A title and its lines; nothing at all when there is no line."""
    found = list(lines)
    if found:
        yield from ("", f"{'#' * level} {title}", "", *found)


def anchor(name: str) -> str:
    """A place one can link to."""
    return f'<a id="{name}"></a>'
