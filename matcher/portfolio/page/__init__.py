"""What is in the report of a portfolio, as one web page that needs nothing else?

    from matcher.portfolio.page import write_report

One HTML file without script, font or image from elsewhere: it can be sent, kept, read on a
telephone and printed. Behind every picture there is a table of the same numbers.
"""

from __future__ import annotations

from matcher.portfolio.page.report import report_page, write_report

__all__ = ["report_page", "write_report"]
