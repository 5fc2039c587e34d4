"""How are truths, values and tables written in a generated page?"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence

from matcher.facts.values import INFINITY, Bound, Known, Members, Nothing, Options, Span
from matcher.meaning.logic import Truth

TRUTHS: tuple[Truth, ...] = (True, None, False)
WORDS: Mapping[Truth, str] = {True: "true", None: "unknown", False: "false"}


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    for cells in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def matrix(row: str, column: str, joined: Callable[[Truth, Truth], Truth]) -> Iterator[str]:
    """The table of a function of two truths."""
    head = [f"{row} ↓ {column} →", *(WORDS[held] for held in TRUTHS)]
    rows = [[f"**{WORDS[a]}**", *(WORDS[joined(a, b)] for b in TRUTHS)] for a in TRUTHS]
    yield from table(head, rows)


def shown(known: Known | None, *, dates: bool = False) -> str:
    """What is known of a value, in words."""
    match known:
        case None:
            return "absent"
        case Nothing():
            return "none"
        case Options(members):
            return " or ".join(sorted(map(str, members)))
        case Members(items):
            return "{" + ", ".join(sorted(items)) + "}"
        case Span(low, high):
            return _shown_span(low, high, day_text if dates else _number_text)


def _shown_span(low: Bound, high: Bound, said: Callable[[Bound], str]) -> str:
    match low > -INFINITY, high < INFINITY:
        case True, True:
            return said(low) if low == high else f"{said(low)} to {said(high)}"
        case True, False:
            return f"at least {said(low)}"
        case False, True:
            return f"at most {said(high)}"
        case _:
            return "absent"


def _number_text(bound: Bound) -> str:
    return str(bound) if isinstance(bound, int) else f"{float(bound):g}"


def day_text(bound: Bound) -> str:
    """A day number as an ISO date."""
    return datetime.date.fromordinal(int(bound)).isoformat()


def day_number(text: str) -> int:
    """An ISO date as a day number."""
    return datetime.date.fromisoformat(text).toordinal()
