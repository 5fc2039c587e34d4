"""Which row holds the headers, when titles come first or when they run over two rows?"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MOST_ROWS = 30
MOST_COLUMNS = 16_384
FEWEST_DOWN = 3
_DIGITS = re.compile(r"\d")

Cells = Sequence[str | None]
Known = Callable[[str], bool]
"""Whether a header is recognised."""


@dataclass(frozen=True, slots=True)
class Header:
    """The headers, and on which rows they stand (`first` and `last`, from 0)."""

    names: tuple[str, ...]
    first: int
    last: int
    recognised: int


def find_header(rows: Sequence[Cells], known: Known) -> Header | None:
    """The row, or the two rows, with most headers that are recognised; None if none has any."""
    found = [
        candidate
        for index in range(min(len(rows), MOST_ROWS))
        for candidate in _candidates(rows, index, known)
        if candidate.recognised
    ]
    best = max(found, key=lambda h: (h.recognised, h.first - h.last, -h.first), default=None)
    return _with_units(best, rows, known) if best else None


def is_transposed(rows: Sequence[Cells], header: Header, known: Known) -> bool:
    """Whether the headers stand one below the other, with one client to a column."""
    if header.recognised > 1:
        return False
    labels = next((i for i, name in enumerate(header.names) if name and known(name)), 0)
    down = [name for row in rows[header.first : MOST_ROWS] if (name := _cell(row, labels))]
    told = sum(1 for name in down if known(name))
    return told >= FEWEST_DOWN and told * 2 >= len(down) == len(set(down))


def _candidates(rows: Sequence[Cells], index: int, known: Known) -> list[Header]:
    found = [_header(_named(rows[index]), index, index, known)]
    if index + 1 < len(rows) and _may_go_on(rows[index], rows[index + 1]):
        joined = _joined(rows[index], rows[index + 1])
        names = _either(joined, _named(rows[index + 1]), known)
        found.append(_header(names, index, index + 1, known))
    return found


def _with_units(header: Header, rows: Sequence[Cells], known: Known) -> Header:
    """The headers with the units that a row of its own gives below them."""
    below = header.last + 1
    if below >= len(rows) or not _only_units(rows[below]):
        return header
    longer = _header(_joined(header.names, rows[below]), header.first, below, known)
    return longer if longer.recognised >= header.recognised else header


def _header(names: tuple[str, ...], first: int, last: int, known: Known) -> Header:
    return Header(names, first, last, sum(1 for name in names if name and known(name)))


def _named(row: Cells) -> tuple[str, ...]:
    return tuple(" ".join((cell or "").split()) for cell in row)


def _may_go_on(top: Cells, bottom: Cells) -> bool:
    """Whether a second row may be headers: words and no figure but in short notes."""
    said = [cell for cell in bottom if cell and cell.strip()]
    figures = sum(1 for cell in said if _DIGITS.search(cell))
    return bool(said) and any(top) and figures * 3 <= len(said)


def _only_units(row: Cells) -> bool:
    """Whether the cells of a row are blank or look like units: "(k€)", "%", "jj/mm/aaaa"."""
    said = [cell.strip() for cell in row if cell and cell.strip()]
    return (
        bool(said)
        and all(len(cell) <= 12 and not _DIGITS.search(cell) for cell in said)
        and (any("€" in cell or "%" in cell or cell.startswith("(") for cell in said))
    )


def _joined(top: Cells, bottom: Cells) -> tuple[str, ...]:
    """Two rows as one: a merged cell of the upper row stands for those to its right."""
    names: list[str] = []
    above = ""
    for index in range(max(len(top), len(bottom))):
        up, down = (_cell(row, index) for row in (top, bottom))
        above = up or above
        if not down:
            names.append(up)
        elif up and _is_unit(down):
            names.append(f"{up} {down}")
        else:
            names.append(down if not above else f"{above} {down}")
    return tuple(names)


def _is_unit(text: str) -> bool:
    return text.startswith("(") or "€" in text


def _cell(row: Cells, index: int) -> str:
    return " ".join((row[index] or "").split()) if index < len(row) else ""


def _either(names: Sequence[str], lower: Sequence[str], known: Known) -> tuple[str, ...]:
    """The joined headers, but the lower row alone where only that is recognised."""
    padded = [*lower, *([""] * (len(names) - len(lower)))]
    return tuple(
        low if low and not known(name) and known(low) else name
        for name, low in zip(names, padded, strict=False)
    )


def unique(names: Sequence[str], column: str) -> tuple[str, ...]:
    """Headers without blanks or twins: "colonne 3", "Effectif (2)"."""
    found: dict[str, None] = {}
    for index, name in enumerate(names, 1):
        wanted = name or f"{column} {index}"
        shown, count = wanted, 2
        while shown in found:
            shown, count = f"{wanted} ({count})", count + 1
        found[shown] = None
    return tuple(found)
