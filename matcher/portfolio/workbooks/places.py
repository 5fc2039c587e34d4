"""Where does a cell stand: `AB12` is which row and which column?"""

from __future__ import annotations

import re

from matcher.portfolio.workbooks.limits import MOST_ROWS, MOST_SHEET_COLUMNS

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 27 is AB."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int | None:
    """The column, from 0, of one to three letters; None if Excel has no such column."""
    if not (0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()):
        return None
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1 if column <= MOST_SHEET_COLUMNS else None


# What nearly all references are looked up in.
COLUMNS = {column_letters(column): column for column in range(702)}


def cell_place(reference: str) -> tuple[int, int] | None:
    """Row (from 1) and column (from 0) of `AB12` or `$AB$12`; None if it is no cell."""
    found = _CELL.fullmatch(reference)
    if found is None:
        return None
    row, column = int(found[2]), column_number(found[1])
    return None if column is None or row > MOST_ROWS else (row, column)
