"""How does an interview look as plain lines: in a pipe, or on a terminal without rich?"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable
from typing import Protocol

import click

from matcher.answers.report import Report
from matcher.cli.ask import words
from matcher.cli.ask.blocks import Blocks, Line, cut
from matcher.cli.ask.events import Event, ListWanted, Prompt
from matcher.cli.ask.listing import Row, rows, tally

SHORT_LIST = 6
NARROWEST, WIDEST = 40, 100


class Screen(Protocol):
    """Where an interview is shown."""

    def welcome(self, lines: Iterable[Line]) -> None:
        """Show what comes before the first question."""

    def show(self, events: tuple[Event, ...], prompt: Prompt, report: Report) -> None:
        """Show what happened and what is asked."""

    def close(self, events: tuple[Event, ...], lines: Iterable[Line]) -> None:
        """Show what happened last, and how the interview ends."""

    def say(self, text: str, style: str = "") -> None:
        """Show a text on a line of its own."""


def screen_width() -> int:
    """How long a line may be, on a narrow window or a wide one."""
    columns = shutil.get_terminal_size((80, 24)).columns
    return max(NARROWEST, min(columns, WIDEST))


class PlainScreen:
    """Lines one after the other; `listing` shows the list of schemes with each question."""

    def __init__(self, blocks: Blocks, *, listing: bool, err: bool = False) -> None:
        self.blocks = blocks
        self.listing = listing
        self.err = err

    @property
    def width(self) -> int:
        """How long a line may be."""
        return screen_width()

    def welcome(self, lines: Iterable[Line]) -> None:
        """Show what comes before the first question."""
        self._lines(lines)
        self._lines([Line(self.blocks.say(words.KEYS))])

    def show(self, events: tuple[Event, ...], prompt: Prompt, report: Report) -> None:
        """Show what happened and what is asked."""
        self._lines(self.blocks.told(events))
        whole = any(isinstance(event, ListWanted) for event in events)
        if whole or (self.listing and events):
            found = rows(report, self.blocks.lang)
            self.say(tally(report, self.blocks.lang))
            for row in found if whole else found[:SHORT_LIST]:
                self.say(row_text(row, self.width))
        self.say("")
        self._lines(self.blocks.asked(prompt, width=self.width))

    def close(self, events: tuple[Event, ...], lines: Iterable[Line]) -> None:
        """Show what happened last, and how the interview ends."""
        self._lines(self.blocks.told(events))
        self.say("")
        self._lines(lines)

    def say(self, text: str, style: str = "") -> None:  # noqa: ARG002  plain lines have no style
        """Show a text on a line of its own."""
        click.echo(text, err=self.err)

    def _lines(self, lines: Iterable[Line]) -> None:
        for line in lines:
            for part in wrapped(line, self.width):
                self.say(part)


def wrapped(line: Line, width: int) -> list[str]:
    """A line as lines of the screen; long words, such as addresses, stay whole."""
    text = line.text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    indent = text[: len(text) - len(text.lstrip())]
    return textwrap.wrap(
        text.strip(),
        width,
        initial_indent=indent,
        subsequent_indent=" " * line.hang,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def row_text(row: Row, width: int) -> str:
    """A row of the list as text: mark, name, outcome and window, in columns."""
    tail = f"{row.outcome:<15} {row.window:<20}"
    name = cut(row.name, width - len(tail) - 4)
    return f" {row.mark} {name.ljust(width - len(tail) - 4)} {tail}".rstrip()
