"""How is the XML of a stranger read, in pieces and without trusting it?

A document type is refused as soon as it opens, so there are no entities to expand and nothing
outside to fetch. What expat must hold whole (a tag, a comment) is bounded while it grows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.parsers import expat

from matcher.portfolio.workbooks.errors import WorkbookError
from matcher.portfolio.workbooks.limits import MOST_DEPTH, MOST_TOKEN

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
MAIN = frozenset({f"{_TRANSITIONAL}spreadsheetml/2006/main", f"{_STRICT}spreadsheetml/main"})
LINKS = frozenset({f"{_TRANSITIONAL}package/2006/relationships"})
LINK_ID = (
    f"{_TRANSITIONAL}officeDocument/2006/relationships id",
    f"{_STRICT}officeDocument/relationships id",
)

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")

Element = tuple[str, str, dict[str, str]]


def guarded(part: str) -> expat.XMLParserType:
    """A parser that refuses a document type; names come as `namespace name`."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise WorkbookError("doctype", parts={"part": part})

    parser.StartDoctypeDeclHandler = refuse
    return parser


def fed(parser: expat.XMLParserType, chunks: Iterable[bytes], part: str) -> Iterator[None]:
    """Feed the parser, pausing after each piece so that what was read can be taken away."""
    size = 0
    for chunk in chunks:
        size += len(chunk)
        parse(parser, chunk, part)
        if size - parser.CurrentByteIndex > MOST_TOKEN:
            raise WorkbookError("damaged", parts={"part": part})
        yield
    parse(parser, b"", part, last=True)
    yield


def parse(parser: expat.XMLParserType, chunk: bytes, part: str, *, last: bool = False) -> None:
    """Feed one piece; text that is no XML is a damaged workbook."""
    try:
        parser.Parse(chunk, last)
    except (expat.ExpatError, LookupError, ValueError) as error:  # unknown encodings are the latter
        raise WorkbookError("damaged", parts={"part": part}) from error


def elements(chunks: Iterable[bytes], part: str, namespaces: frozenset[str]) -> Iterator[Element]:
    """Each element of a small part as it opens: its parent's name, its own, its attributes.

    The name of an element of another namespace is empty.
    """
    parser = guarded(part)
    open_names = [""]
    found: list[Element] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        own = local if namespace in namespaces else ""
        found.append((open_names[-1], own, attributes))
        open_names.append(own)
        if len(open_names) > MOST_DEPTH:
            raise WorkbookError("too_deep", parts={"part": part})

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda _name: open_names.pop()
    for _ in fed(parser, chunks, part):
        yield from found
        found.clear()


def unescaped(text: str) -> str:
    """A text as Excel shows it: `_x000D_` is a character, and lines end with a line feed."""
    if "_x" in text:
        text = _ESCAPE.sub(_character, text)
        if any("\ud800" <= character <= "\udfff" for character in text):
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _character(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))
