"""How does a text that we write for a spreadsheet stay a text?

A spreadsheet program takes for a formula any cell of a CSV file that begins with `=`, `+`, `-` or
`@`, and a formula can fetch a page or start a program. `safe_cell` is for every text of a CSV
file; numbers are not texts: write a negative amount as the number it is.

In a workbook a text is typed as such: it needs `clean_cell` only, provided that the workbook is
opened with `WORKBOOK_OPTIONS` and texts are written with `write_string`. xlsxwriter would else make
formulas and links of texts, and it drops a text above the limit of Excel without a word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

WORKBOOK_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
LONGEST_CELL = 32_767  # of Excel, in UTF-16 units
CUT = "…"

_ILLEGAL = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{fffe}\x{ffff}"
# What a program may take away before it looks at the first character.
_GAP = r'[ \t\r\n\x{85}\x{a0}\x{2000}-\x{200f}\x{2028}-\x{202f}\x{205f}\x{2060}\x{3000}\x{feff}"]'
_MARK = r"[=+\-@\x{ff1d}\x{ff0b}\x{ff0d}\x{ff20}]"
# A file with commas opened where semicolons part the cells (or the reverse) is cut inside texts.
_PART = r"[;,|\t\r\n]"


def _python(pattern: str) -> str:
    """The same pattern for `re`, which writes `\\x{a0}` otherwise than Polars does."""
    return re.sub(r"\\x\{([0-9a-f]+)\}", lambda found: f"\\u{found[1]:0>4}", pattern)


_ILLEGAL_TEXT = re.compile(f"[{_python(_ILLEGAL)}\ud800-\udfff]")
_OPENING = re.compile(_python(f"(?:{_GAP}*{_MARK}|[\\t\\r\\n])"))
# Started only where a run of gaps and separators begins: the time stays in proportion to the text.
_GAP_OR_PART = _python(_GAP)[:-1] + ";,|]"
_INNER = re.compile(f"(?<!{_GAP_OR_PART})({_GAP_OR_PART}+)(?={_python(_MARK)})")
_HARMLESS_SIGNS = frozenset("+-\uff0b\uff0d")
_CALL = re.compile(r"\w\(")
_SUSPECT = f"(?:^|{_PART}){_GAP}*{_MARK}|^[\\t\\r\\n]|[{_ILLEGAL}]"


def clean_cell(text: str) -> str:
    """A text that Excel accepts: no control characters, at most 32,767 characters."""
    text = _ILLEGAL_TEXT.sub("", text)
    if len(text) * 2 <= LONGEST_CELL:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT


def safe_cell(text: str) -> str:
    """A text that no spreadsheet program takes for a formula, changed as little as can be.

    An apostrophe goes before the text, or before what would begin a cell if the file were cut at
    the wrong separator: `=1+1` becomes `'=1+1`. Safe texts are returned as they are, so doing it
    twice changes nothing more.
    """
    text = _ILLEGAL_TEXT.sub("", text)
    calls = {"|", "!"} <= set(text) or _CALL.search(text) is not None

    def apart(found: re.Match[str]) -> str:
        run, mark = found[1], text[found.end()]
        # A list with dashes, or a phone number after a comma, is common and calls nothing.
        if not re.search(_PART, run) or (mark in _HARMLESS_SIGNS and not calls):
            return run
        return f"{run}'"

    opening = "'" if _OPENING.match(text) else ""
    return clean_cell(opening + _INNER.sub(apart, text))


def safe_column(expr: pl.Expr) -> pl.Expr:
    """`safe_cell` for a column of texts: only those that look suspect are taken one by one."""
    import polars as pl

    return expr.map_batches(_safe_series, return_dtype=pl.String)


def _safe_series(texts: pl.Series) -> pl.Series:
    import polars as pl

    suspect = texts.str.contains(_SUSPECT) | (texts.str.len_bytes() > LONGEST_CELL)
    where = suspect.fill_null(value=False).arg_true()
    if not len(where):
        return texts
    safe = pl.Series([safe_cell(text) for text in texts.gather(where)], dtype=pl.String)
    return texts.scatter(where, safe)
