"""How does an interview look on a terminal with rich: the list of schemes beside the question?

Each step is drawn anew on an empty screen, so that a small window holds it whole: what happened,
the list as far as there is room, the question. On a wide window the list stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, Group
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Styled

from matcher.answers.report import Report
from matcher.cli.ask import words
from matcher.cli.ask.blocks import Blocks, Line
from matcher.cli.ask.events import AskFact, Event, ListWanted, Prompt
from matcher.cli.ask.listing import rows, tally
from matcher.cli.ask.screen import row_text, wrapped

STYLES = {
    "strong": "bold",
    "good": "green",
    "warn": "yellow",
    "bad": "red",
    "dim": "dim",
    "": "none",
}
WIDE, BESIDE = 140, 76
MOST_ROWS, FEWEST_ROWS = 12, 3
MANY_CHOICES = 9
FRAME = 2
"""Lines that the frame of the list takes."""
KEPT = 2
"""Lines kept for the keys and for what is typed."""


class RichScreen:
    """A screen drawn anew at each step."""

    def __init__(self, blocks: Blocks, console: Console) -> None:
        self.blocks = blocks
        self.console = console
        self._greeting: list[Line] = []

    def welcome(self, lines: Iterable[Line]) -> None:
        """Show what comes before the first question: above it."""
        self._greeting = list(lines)

    def show(self, events: tuple[Event, ...], prompt: Prompt, report: Report) -> None:
        """Show what happened, the list and what is asked."""
        self.console.clear()
        first = bool(self._greeting)
        if first:
            self._greet()
        wide = self.console.width >= WIDE
        room = self.console.width - BESIDE - 1 if wide else self.console.width
        told = list(self.blocks.told(events))
        columns = (
            2 if isinstance(prompt, AskFact) and len(prompt.fact.choices) > MANY_CHOICES else 1
        )
        asked = list(self.blocks.asked(prompt, columns, room))
        whole = any(isinstance(event, ListWanted) for event in events)
        used = sum(len(wrapped(line, room)) for line in [*told, *asked]) + KEPT + FRAME + 1
        listing = None if first else self._list(report, used, whole=whole, wide=wide)
        self._draw(told, asked, listing, wide=wide)
        self._print([self.blocks.keys(prompt)])

    def _greet(self) -> None:
        """The welcome stands on the first screen, where no list has changed yet."""
        title, *rest = self._greeting
        self.console.rule(Styled(title.text, "bold"))
        self._print([*rest, Line("")])
        self._greeting = []

    def _draw(
        self, told: list[Line], asked: list[Line], listing: Panel | None, *, wide: bool
    ) -> None:
        if listing is None:
            self._print([*told, *([Line("")] if told else []), *asked])
        elif wide:
            beside = Table.grid(expand=True)
            beside.add_column(ratio=1)
            beside.add_column(width=BESIDE)
            room = self.console.width - BESIDE - 1
            left = self._styled([*told, *([Line("")] if told else []), *asked], room)
            beside.add_row(left, listing)
            self.console.print(beside)
        else:
            self._print(told)
            self.console.print(listing)
            self._print(asked)

    def _list(self, report: Report, used: int, *, whole: bool, wide: bool) -> Panel | None:
        """The list of schemes, as far as there is room."""
        room = self.console.height - KEPT - FRAME - 1 if wide else self.console.height - used
        most = len(report.decisions) if whole else min(MOST_ROWS, room)
        if most < FEWEST_ROWS:
            return None
        width = (BESIDE if wide else self.console.width) - 4
        lang = self.blocks.lang
        found = rows(report, lang)[:most]
        lines = [Styled(row_text(row, width), STYLES[row.style]) for row in found]
        empty = [Styled(self.blocks.say(words.EMPTY_LIST))]
        title = Styled(tally(report, lang))
        return Panel(Group(*(lines or empty)), title=title, border_style="dim")

    def close(self, events: tuple[Event, ...], lines: Iterable[Line]) -> None:
        """Show what happened last, and how the interview ends."""
        self.console.clear()
        self._print([*self.blocks.told(events), *lines])

    def say(self, text: str, style: str = "") -> None:
        """Show a text on a line of its own."""
        self._print([Line(text, style)])

    def _print(self, lines: Iterable[Line]) -> None:
        self.console.print(self._styled(lines, self.console.width), end="", soft_wrap=True)

    def _styled(self, lines: Iterable[Line], width: int) -> Styled:
        text = Styled()
        for line in lines:
            for part in wrapped(line, width):
                text.append(part + "\n", STYLES[line.style])
        return text
