"""Which sheets does a workbook hold, and in which parts are they written?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.portfolio.workbooks.archive import Archive
from matcher.portfolio.workbooks.errors import WorkbookError, no_such_sheet
from matcher.portfolio.workbooks.limits import Limits
from matcher.portfolio.workbooks.xml_text import LINK_ID, LINKS, MAIN, elements

_USUAL = "xl/workbook.xml"
_TRUE = ("1", "true", "on")
MOST_LINKS = 10_000
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: the name on its tab, whether it is hidden, the part of the file it is in."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True, slots=True)
class Package:
    """What a workbook says of itself: its worksheets in order, and where the rest is written."""

    sheets: tuple[Sheet, ...]
    epoch_1904: bool
    strings: str | None
    styles: str | None

    def sheet(self, name: str | None) -> Sheet:
        """The sheet of that name, hidden or not; without a name, the first that is visible."""
        if name is None:
            for sheet in self.sheets:
                if not sheet.hidden:
                    return sheet
            raise WorkbookError("no_sheet")
        for same in (str, str.casefold):
            for sheet in self.sheets:
                if same(sheet.name) == same(name):
                    return sheet
        raise no_such_sheet(name, (sheet.name for sheet in self.sheets if not sheet.hidden))


@dataclass(frozen=True, slots=True)
class _Link:
    """A relationship of a part with another one inside the file."""

    id: str
    kind: str
    target: str


def read_package(archive: Archive, limits: Limits) -> Package:
    """Read the parts that say where the others are."""
    main = _main_part(archive, limits)
    links = list(_links(archive, main, limits))
    targets = {link.id: link for link in links}
    sheets: list[Sheet] = []
    epoch_1904 = False
    count = 0
    for parent, name, attributes in elements(archive.chunks(main, limits.part_bytes), main, MAIN):
        if parent == "" and name != "workbook":
            raise archive.not_a_workbook()
        if name == "workbookPr":
            epoch_1904 = attributes.get("date1904", "").lower() in _TRUE
        elif (parent, name) == ("sheets", "sheet"):
            count += 1
            _check_count(count, limits)
            link = targets.get(_link_id(attributes))
            # A sheet that is a chart or a dialogue has no rows.
            if link is not None and link.kind == "worksheet":
                sheets.append(_sheet(attributes, link))
    return Package(
        tuple(sheets), epoch_1904, _first(links, "sharedStrings"), _first(links, "styles")
    )


def _check_count(count: int, limits: Limits) -> None:
    if count > limits.sheets:
        raise WorkbookError("too_many_sheets", parts={"limit": str(limits.sheets)})


def _sheet(attributes: dict[str, str], link: _Link) -> Sheet:
    hidden = attributes.get("state", "visible") != "visible"
    return Sheet(attributes.get("name", "")[:LONGEST_NAME], hidden, link.target)


def _link_id(attributes: dict[str, str]) -> str:
    return next((attributes[name] for name in LINK_ID if name in attributes), "")


def _main_part(archive: Archive, limits: Limits) -> str:
    """The part that lists the sheets, wherever the file puts it."""
    main = _first(_links(archive, "", limits), "officeDocument") or _USUAL
    if main not in archive or not main.casefold().endswith(".xml"):
        raise archive.not_a_workbook()
    return main


def _first(links: Iterator[_Link] | list[_Link], kind: str) -> str | None:
    return next((link.target for link in links if link.kind == kind), None)


def _links(archive: Archive, part: str, limits: Limits) -> Iterator[_Link]:
    """The relationships of a part; those that lead outside the file are left alone."""
    folder, name = posixpath.split(part)
    where = posixpath.join(folder, "_rels", f"{name}.rels")
    if where not in archive:
        return
    chunks = archive.chunks(where, limits.part_bytes)
    for count, (parent, tag, attributes) in enumerate(elements(chunks, where, LINKS)):
        if count > MOST_LINKS:
            raise WorkbookError("too_many_parts", parts={"limit": str(MOST_LINKS)})
        inside = attributes.get("TargetMode", "Internal") != "External"
        if (parent, tag) == ("Relationships", "Relationship") and inside:
            kind = attributes.get("Type", "").rpartition("/")[2]
            target = _resolved(folder, attributes.get("Target", ""))
            yield _Link(attributes.get("Id", ""), kind, target)


def _resolved(folder: str, target: str) -> str:
    """The part that a relationship leads to; it never leaves the archive."""
    target = target.replace("\\", "/")
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
