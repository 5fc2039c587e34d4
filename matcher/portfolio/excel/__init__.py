"""How is a portfolio told to people in an Excel workbook?

write_workbook(folder / "classeur.xlsx", run, catalogue, clients, "fr")
"""

from __future__ import annotations

from matcher.portfolio.excel.book import write_workbook

__all__ = ["write_workbook"]
