"""What is each sheet called, within what Excel allows?

At most 31 characters, none of `[]:*?/\\`, no apostrophe at an end, and no two alike whatever the
case.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST = 31
FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]+")
KEPT_BY_EXCEL = frozenset({"history", "historique"})
CUT = "…"


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """A name for each sheet, as near as can be to what is wanted."""
    taken: set[str] = set(KEPT_BY_EXCEL)
    found: list[str] = []
    for name in wanted:
        plain = " ".join(FORBIDDEN.sub(" ", name).split()).strip("'") or "-"
        one = _free(plain, taken)
        taken.add(one.casefold())
        found.append(one)
    return found


def _free(name: str, taken: set[str]) -> str:
    one, count = _short(name, LONGEST), 1
    while one.casefold() in taken:
        count += 1
        end = f" {count}"
        one = _short(name, LONGEST - len(end)) + end
    return one


def _short(name: str, longest: int) -> str:
    """Excel counts in UTF-16 units."""
    if _units(name) <= longest:
        return name
    while _units(name) > longest - len(CUT):
        name = name[:-1]
    return name.rstrip(" ,;-–'") + CUT


def _units(name: str) -> int:
    return len(name.encode("utf-16-le")) // 2
