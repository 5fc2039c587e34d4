"""What are the sheets of this workbook, and what does one of them hold, row after row?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.portfolio.workbooks.archive import Archive, Source, open_archive
from matcher.portfolio.workbooks.errors import WorkbookError
from matcher.portfolio.workbooks.formats import styles
from matcher.portfolio.workbooks.limits import LIMITS, Limits
from matcher.portfolio.workbooks.merged import Merged, filled, merged_in
from matcher.portfolio.workbooks.package import Package, Sheet, read_package
from matcher.portfolio.workbooks.sheet import Convert, Row, SheetParser
from matcher.portfolio.workbooks.strings import SharedStrings, shared_strings
from matcher.portfolio.workbooks.values import boolean_text, written_date_text
from matcher.portfolio.workbooks.xml_text import fed, unescaped


def sheets(path: Source, *, limits: Limits = LIMITS) -> tuple[Sheet, ...]:
    """All the worksheets in the order of the tabs, the hidden ones too; charts are left out."""
    with open_archive(path, limits) as archive:
        return read_package(archive, limits).sheets


def sheet_names(path: Source, *, limits: Limits = LIMITS) -> tuple[str, ...]:
    """The names of the visible worksheets, in the order of the tabs."""
    return tuple(sheet.name for sheet in sheets(path, limits=limits) if not sheet.hidden)


def merged_ranges(
    path: Source, sheet: str | None = None, *, limits: Limits = LIMITS
) -> tuple[Merged, ...]:
    """The merged cells of a sheet (the first visible one without a name), from the top."""
    with open_archive(path, limits) as archive:
        part = read_package(archive, limits).sheet(sheet).part
        return merged_in(archive.chunks(part, limits.sheet_bytes), part, limits)


def rows(
    path: Source, sheet: str | None = None, *, fill_merged: bool = False, limits: Limits = LIMITS
) -> Iterator[Row]:
    """The rows of a sheet that hold something, as they are read; empty ones are passed over.

    Without a name, the first visible sheet; a hidden one is read if it is named. Hidden and
    filtered rows are read like the others. `fill_merged` repeats the value of merged cells in each
    of them, at the price of going through the sheet twice. Mistakes of the file are raised as they
    are met, from the first `next` on; the file is closed when the iterator is.
    """
    with open_archive(path, limits) as archive:
        package = read_package(archive, limits)
        chosen = package.sheet(sheet)
        parser = SheetParser(chosen.part, *_converters(archive, package, limits), limits)
        found = _rows(archive, parser, chosen.part, limits)
        if fill_merged:
            chunks = archive.chunks(chosen.part, limits.sheet_bytes)
            found = filled(found, merged_in(chunks, chosen.part, limits), limits)
        try:
            yield from found
        except WorkbookError as error:
            error.place = ", ".join(part for part in (chosen.name, error.place) if part)
            raise
        finally:
            parser.release()


def _rows(archive: Archive, parser: SheetParser, part: str, limits: Limits) -> Iterator[Row]:
    for _ in fed(parser.parser, archive.chunks(part, limits.sheet_bytes), part):
        parser.check()
        yield from parser.done
        parser.done.clear()


def _converters(
    archive: Archive, package: Package, limits: Limits
) -> tuple[Mapping[str, Convert], Mapping[str, Convert]]:
    """What makes a text of each type of cell, and of a number under each style."""
    texts = SharedStrings(limits)
    if package.strings is not None and package.strings in archive:
        chunks = archive.chunks(package.strings, limits.strings_part_bytes)
        texts = shared_strings(chunks, package.strings, limits)
    by_style: Mapping[str, Convert] = {}
    if package.styles is not None and package.styles in archive:
        chunks = archive.chunks(package.styles, limits.part_bytes)
        by_style = styles(chunks, package.styles, epoch_1904=package.epoch_1904)
    by_type: dict[str, Convert] = {
        "s": texts.text,
        "str": unescaped,
        "inlineStr": unescaped,
        "b": boolean_text,
        "e": str.strip,
        "d": written_date_text,
    }
    return by_type, by_style
