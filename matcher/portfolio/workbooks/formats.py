"""What kind of value does a number format make of a number?

Only what changes the meaning is read from a format: date, time, percentage, leading zeros. Colours,
separators, decimals and units are looks; the number below is what counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from matcher.portfolio.workbooks.errors import WorkbookError
from matcher.portfolio.workbooks.values import (
    Convert,
    date_text,
    number_text,
    padded,
    percent_text,
    time_text,
)
from matcher.portfolio.workbooks.xml_text import MAIN, elements

MOST_STYLES = 100_000
LONGEST_FORMAT = 1_000
LONGEST_ID = 10

_BUILT_IN = {
    **dict.fromkeys((9, 10), "0%"),
    **dict.fromkeys((*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((*range(18, 22), *range(32, 36), 45, 47, 55, 56), "h:mm:ss"),
    46: "[h]:mm:ss",
}
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
# Quoted text, escaped characters, spaces as wide as a character, fillers, colours and conditions.
_LOOKS = re.compile(
    r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|AM/PM|A/P|General|Standard', re.IGNORECASE | re.DOTALL
)
_MINUTES = re.compile(r"(?<=h)[^a-z]*m{1,2}(?![a-z])|m{1,2}(?=[^a-z]*s)", re.IGNORECASE)
_DAYS = re.compile(r"[dmy]", re.IGNORECASE)
_CLOCK = re.compile(r"[hs]", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s\-]")
_CODE = re.compile(r"#*(0[0#]+)")


def converter(code: str, *, epoch_1904: bool) -> Convert:
    """What turns a stored number into text under a number format, read from its first section."""
    if _ELAPSED.search(code):
        return time_text(epoch_1904, elapsed=True)
    bare = _LOOKS.sub("", code).split(";")[0]
    if _DAYS.search(_MINUTES.sub("", bare)):
        return date_text(epoch_1904)
    if _CLOCK.search(bare):
        return time_text(epoch_1904, elapsed=False)
    if "%" in bare:
        return percent_text
    digits = _CODE.fullmatch(_BETWEEN.sub("", bare))
    return padded(len(digits[1])) if digits else number_text


def styles(chunks: Iterable[bytes], part: str, *, epoch_1904: bool) -> dict[str, Convert]:
    """The converter of each style that cells can name, by its number as it is written."""
    codes: dict[str, str] = {}
    ids: list[str] = []
    for parent, name, attributes in elements(chunks, part, MAIN):
        if (parent, name) == ("numFmts", "numFmt"):
            code = attributes.get("formatCode", "")
            codes[attributes.get("numFmtId", "")[:LONGEST_ID]] = code[:LONGEST_FORMAT]
        elif (parent, name) == ("cellXfs", "xf"):
            ids.append(attributes.get("numFmtId", "0")[:LONGEST_ID])
        if len(ids) + len(codes) > MOST_STYLES:
            raise WorkbookError("damaged", parts={"part": part})
    return _by_style(ids, codes, epoch_1904=epoch_1904)


def _by_style(
    ids: Iterable[str], codes: Mapping[str, str], *, epoch_1904: bool
) -> dict[str, Convert]:
    built_in = {str(number): code for number, code in _BUILT_IN.items()}
    known = {**built_in, **codes}
    made: dict[str, Convert] = {}
    found: dict[str, Convert] = {}
    for style, number in enumerate(ids):
        if number not in made:
            made[number] = converter(known.get(number, ""), epoch_1904=epoch_1904)
        if made[number] is not number_text:
            found[str(style)] = made[number]
    return found
