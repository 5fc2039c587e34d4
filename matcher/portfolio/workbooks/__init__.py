"""What is written in the cells of an Excel workbook that a stranger sent?

    for row in rows("clients.xlsx"):
        print(row.number, row.cells)

Values come as the text that a person would read back: `1234.56`, `2026-03-12`, `35 %`, `true`.
Nothing is ever evaluated, followed or written to disk, and what a file can cost is bounded.
"""

from __future__ import annotations

from matcher.portfolio.workbooks.errors import WorkbookError
from matcher.portfolio.workbooks.limits import LIMITS, UPLOAD_LIMITS, Limits
from matcher.portfolio.workbooks.merged import Merged
from matcher.portfolio.workbooks.package import Sheet
from matcher.portfolio.workbooks.reading import merged_ranges, rows, sheet_names, sheets
from matcher.portfolio.workbooks.sheet import Row

__all__ = [
    "LIMITS",
    "UPLOAD_LIMITS",
    "Limits",
    "Merged",
    "Row",
    "Sheet",
    "WorkbookError",
    "merged_ranges",
    "rows",
    "sheet_names",
    "sheets",
]
