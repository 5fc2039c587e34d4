"""What do the rows of one worksheet hold?

The handlers below are called by expat for every tag of a sheet, up to a hundred million times: they
are written for speed, and keep nothing but the row under way. What is not a row, a cell or a value
is skipped by another pair of handlers, that count its depth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matcher.portfolio.workbooks.errors import WorkbookError
from matcher.portfolio.workbooks.limits import MOST_DEPTH, MOST_ROWS, Limits
from matcher.portfolio.workbooks.places import COLUMNS, column_letters, column_number
from matcher.portfolio.workbooks.values import number_text
from matcher.portfolio.workbooks.xml_text import MAIN, guarded, unescaped

MOST_TOLD = 10
SHORT = 1_000

Convert = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something: its number as Excel shows it, and its cells from column A.

    `cells` ends with the last cell that holds something, so rows differ in length. `uncomputed`
    are the columns (from 0) of formulas whose result was never stored, read as None; `left_out`
    names the first cells that lie beyond the columns that are read.
    """

    number: int
    cells: tuple[str | None, ...]
    uncomputed: tuple[int, ...] = ()
    left_out: tuple[str, ...] = ()


class SheetParser:
    """Turns the XML of a worksheet into rows: feed `parser`, then take from `done`."""

    def __init__(
        self,
        part: str,
        types: Mapping[str, Convert],
        styles: Mapping[str, Convert],
        limits: Limits,
    ) -> None:
        self.done: list[Row] = []
        self.parser = guarded(part)
        self._part = part
        self._types = types
        self._styles = styles
        self._limits = limits
        self._columns = limits.columns
        self._room = limits.cells
        self._namespace = ""
        self._depth = 0
        self._number = 0
        self._in_row = False
        self._forget_row()
        self._cell: dict[str, str] | None = None
        self._value: str | None = None
        self._is_formula = False
        self._in_value = False
        self._nested = 0
        self._runs: list[str] = []
        self._texts: list[str] = []
        self._around_rows()

    # ------------------------------------------------------------------------- which handlers act

    def _around_rows(self) -> None:
        """Handlers of what stands before and after the rows."""
        self.parser.StartElementHandler = self._start_around
        self.parser.EndElementHandler = self._end_around
        self.parser.CharacterDataHandler = None

    def _among_rows(self) -> None:
        """Handlers of rows and cells. Texts go straight to a list, without a call to Python."""
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._texts.append

    def _skip(self, back: Callable[[], None]) -> None:
        """Handlers of an element that does not matter, until it closes."""
        self._depth = 1
        self._back = back
        self.parser.StartElementHandler = self._start_skipped
        self.parser.EndElementHandler = self._end_skipped
        self.parser.CharacterDataHandler = None

    def _start_skipped(self, _name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise WorkbookError("too_deep", parts={"part": self._part})

    def _end_skipped(self, _name: str) -> None:
        self._depth -= 1
        if not self._depth:
            self._back()

    def release(self) -> None:
        """Undo the cycle of parser and handlers, so that memory is freed at once."""
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None

    # ---------------------------------------------------------------------------- around the rows

    def _start_around(self, name: str, _attributes: dict[str, str]) -> None:
        if not self._namespace:
            self._open_sheet(name)
        elif name == self._sheet_data:
            self._among_rows()
        else:
            self._skip(self._around_rows)

    def _end_around(self, _name: str) -> None:
        """Only the root closes here."""

    def _open_sheet(self, name: str) -> None:
        self._namespace, _, local = name.rpartition(" ")
        if self._namespace not in MAIN or local != "worksheet":
            raise self._damaged(self._part)
        self._sheet_data, self._row_tag, self._c, self._v, self._f, self._is, self._t, self._r = (
            f"{self._namespace} {tag}"
            for tag in ("sheetData", "row", "c", "v", "f", "is", "t", "r")
        )

    # ----------------------------------------------------------------------------- among the rows

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self._c:
            if self._cell is not None or not self._in_row:
                raise self._damaged(self._part)
            self._cell = attributes
        elif self._cell is not None and (name == self._v or name == self._t):
            if self._in_value:
                raise self._damaged(self._part)
            self._in_value = True
            self._texts.clear()
        elif name == self._row_tag and not self._in_row:
            self._open_row(attributes.get("r"))
        elif self._cell is not None and (name == self._is or name == self._r):
            self._nested += 1
            if self._nested > MOST_DEPTH:
                raise WorkbookError("too_deep", parts={"part": self._part})
        else:
            self._is_formula = self._is_formula or name == self._f
            self._skip(self._among_rows)

    def _end(self, name: str) -> None:
        if name == self._c:
            self._close_cell()
        elif name == self._v or name == self._t:
            texts = self._texts
            text = texts[0] if len(texts) == 1 else "".join(texts)
            texts.clear()
            self._in_value = False
            if name == self._v:
                self._value = text
            else:
                self._runs.append(text)
        elif name == self._row_tag:
            self._close_row()
        elif name == self._sheet_data:
            self._around_rows()
        else:
            self._nested -= 1

    def check(self) -> None:
        """Refuse a cell that grows too long before it ends: called between two pieces."""
        size = sum(map(len, self._texts)) + sum(map(len, self._runs)) + len(self._runs)
        if size > self._limits.cell_characters:
            raise self._text_too_long(self._next)

    # ------------------------------------------------------------------------------- rows and cells

    def _open_row(self, text: str | None) -> None:
        number = self._number + 1
        if text is not None:
            number = int(text) if len(text) <= 7 and text.isascii() and text.isdigit() else 0
        if not self._number < number <= MOST_ROWS:
            raise self._damaged(f"{self._part}, {(text or '')[:20]}")
        self._number = number
        self._row_text = str(number)
        self._in_row = True
        self._texts.clear()

    def _forget_row(self) -> None:
        self._cells: list[str | None] = []
        self._next = 0
        self._uncomputed: list[int] = []
        self._left_out: list[str] = []

    def _close_row(self) -> None:
        cells = self._cells
        while cells and cells[-1] is None:
            cells.pop()
        if cells or self._uncomputed or self._left_out:
            self._room -= len(cells)
            if self._room < 0:
                raise WorkbookError("too_many_cells", parts={"limit": str(self._limits.cells)})
            self.done.append(
                Row(self._number, tuple(cells), tuple(self._uncomputed), tuple(self._left_out))
            )
        self._in_row = False
        self._forget_row()

    def _close_cell(self) -> None:
        attributes = self._cell
        assert attributes is not None
        self._cell = None
        column = self._column(attributes)
        self._next = column + 1
        value = self._value
        if value is None:
            self._close_cell_without_value(column)
            return
        self._value = None
        kind = attributes.get("t", "n")
        if kind == "n":
            text = self._styles.get(attributes.get("s", "0"), number_text)(value)
        else:
            text = self._types.get(kind, unescaped)(value)
        if self._is_formula or self._runs:
            self._is_formula = False
            self._runs.clear()
        if not text:
            return
        # Nearly all cells follow one another: the others are put with more care.
        if column == len(self._cells) < self._columns and len(text) <= SHORT:
            self._cells.append(text)
        else:
            self._put(column, text)

    def _close_cell_without_value(self, column: int) -> None:
        """A text inside the cell, a formula that was never computed, or a mere format."""
        if self._runs:
            text = self._types["inlineStr"]("".join(self._runs))
            self._runs.clear()
            if text:
                self._put(column, text)
        elif self._is_formula and len(self._uncomputed) < self._limits.columns:
            self._uncomputed.append(column)
        self._is_formula = False

    def _put(self, column: int, text: str) -> None:
        if len(text) > self._limits.cell_characters:
            raise self._text_too_long(column)
        cells = self._cells
        gap = column - len(cells)
        if column >= self._limits.columns:
            if len(self._left_out) < MOST_TOLD:
                self._left_out.append(f"{column_letters(column)}{self._number}")
        elif gap == 0:
            cells.append(text)
        elif gap > 0:
            cells.extend([None] * gap)
            cells.append(text)
        elif cells[column] is None:
            cells[column] = text
        else:
            raise self._damaged(f"{column_letters(column)}{self._number}")

    def _column(self, attributes: dict[str, str]) -> int:
        """The column, from 0, of a cell of this row: `AB12` on row 12."""
        reference = attributes.get("r")
        if reference is None:
            return self._next
        if reference.endswith(self._row_text):
            letters = reference[: -len(self._row_text)]
            column = COLUMNS.get(letters)
            if column is None:
                column = column_number(letters)
            if column is not None:
                return column
        raise self._damaged(f"{self._part}, {reference[:20]}")

    def _damaged(self, part: str) -> WorkbookError:
        return WorkbookError("damaged", parts={"part": part})

    def _text_too_long(self, column: int) -> WorkbookError:
        limit = str(self._limits.cell_characters)
        place = f"{column_letters(column)}{self._number}"
        return WorkbookError("text_too_long", place=place, parts={"limit": limit})
