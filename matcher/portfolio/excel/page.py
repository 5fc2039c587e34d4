"""How is one sheet written, cell by cell, so that a text can only ever be a text?"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from matcher.portfolio.excel.styles import Look, Styles
from matcher.portfolio.safe_text import clean_cell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Cell = str | int | Decimal | datetime.date | None
A3, A4 = 8, 9
POINTS_A_LINE, MOST_LINES = 13.0, 14


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its header, its width in characters, the look of its cells."""

    header: str
    width: float
    look: Look = Look.TEXT


class Page:
    """A sheet that is filled from the top."""

    def __init__(self, sheet: Worksheet, styles: Styles) -> None:
        self.sheet = sheet
        self.styles = styles
        self.row = 0
        self._columns: Sequence[Column] = ()
        self._header = 0

    def write(self, column: int, cell: Cell, look: Look) -> None:
        """One cell of the current row, typed as what it is."""
        style = self.styles[look]
        match cell:
            case None | "":
                self.sheet.write_blank(self.row, column, None, style)
            case str():
                self.sheet.write_string(self.row, column, clean_cell(cell), style)
            case datetime.date():
                self.sheet.write_datetime(self.row, column, cell, style)
            case _:
                self.sheet.write_number(self.row, column, float(cell), style)

    def line(self, text: str, look: Look, height: float | None = None) -> None:
        """A line of text above or below a table; it runs over the cells at its right."""
        if height is not None:
            self.sheet.set_row(self.row, height)
        self.write(0, text, look)
        self.row += 1

    def cells(self, cells: Sequence[Cell], widths: Sequence[float], *looks: Look) -> None:
        """A row outside of a table: the last look is for the first cell, if there are two."""
        self.sheet.set_row(self.row, _height(cells, widths))
        for index, cell in enumerate(cells):
            self.write(index, cell, _typed(cell, looks[-1] if index == 0 else looks[0]))
        self.row += 1

    def skip(self, lines: int = 1) -> None:
        """Empty lines."""
        self.row += lines

    # -------------------------------------------------------------------------------------- tables
    def begin(self, columns: Sequence[Column], *, height: float = 44, freeze: int = 1) -> None:
        """The header of a table; `freeze` columns stay in sight."""
        self._columns, self._header = columns, self.row
        self.sheet.set_row(self.row, height)
        for index, column in enumerate(columns):
            self.sheet.set_column(index, index, column.width)
            self.write(index, column.header, Look.HEADER)
        self.row += 1
        self.sheet.freeze_panes(self.row, freeze)
        self.sheet.repeat_rows(self._header)

    def add(
        self, cells: Sequence[Cell], looks: Sequence[Look | None] = (), *, level: int = 0
    ) -> None:
        """A row of the table; `looks` replace those of the columns, `level` folds it."""
        given = [*looks, *[None] * (len(cells) - len(looks))]
        options = {"level": level} if level else {}
        widths = [column.width for column in self._columns]
        self.sheet.set_row(self.row, _height(cells, widths), None, options)
        for index, (cell, look) in enumerate(zip(cells, given, strict=True)):
            self.write(index, cell, look or self._columns[index].look)
        self.row += 1

    def end(self) -> None:
        """Filters over the whole table."""
        if self.row > self._header + 1:
            self.sheet.autofilter(self._header, 0, self.row - 1, len(self._columns) - 1)

    def print_setup(self, *, landscape: bool = True, wide: int = 1) -> None:
        """Numbered pages: A4 as wide as the table, or several A3 beside one another."""
        if landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(A4 if wide == 1 else A3)
        self.sheet.fit_to_pages(wide, 0)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.set_footer("&L&8&A&R&8&P / &N")


def _typed(cell: Cell, look: Look) -> Look:
    """The look of a cell of any type, where its column does not say."""
    if isinstance(cell, datetime.date):
        return Look.DAY
    return look if isinstance(cell, str) or cell is None else Look.COUNT


def _height(cells: Sequence[Cell], widths: Sequence[float]) -> float:
    """High enough for the longest text: not every program works it out when it opens a file."""
    lines = 1
    for cell, width in zip(cells, widths, strict=False):
        if isinstance(cell, str) and (len(cell) > width * 0.95 or "\n" in cell):
            lines = max(lines, _lines(cell, width))
    return min(lines, MOST_LINES) * POINTS_A_LINE + 2


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column, counted generously."""
    parts = text.split("\n")
    return sum(-(-max(len(part), 1) // max(int(width * 1.05), 1)) for part in parts)
