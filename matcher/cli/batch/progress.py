"""How far has a long run got, how fast does it go, and how long will it take?

One line of a terminal says what is being done, and moves while it is. In a pipe, and where nothing
should move (NO_COLOR, CI, a dumb terminal), nothing is said.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from matcher.answers.formats import number_text
from matcher.language.text import Text

EVERY = 0.1
STILL = ("NO_COLOR", "CI")
DOING = Text("{doing} … {elapsed}", "{doing} … {elapsed}")
ROWS = Text("{done} lignes, {rate} lignes/s", "{done} rows, {rate} rows/s")
SHARE = Text(
    "{share} %, {done} lignes sur {total}, {rate} lignes/s, reste {left}",
    "{share}%, {done} of {total} rows, {rate} rows/s, {left} left",
)
LEAST = Text("{share} %, reste {left}", "{share}%, {left} left")
BAR = 24
NARROWEST, USUAL, WIDEST = 40, 100, 160
TURNS = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"


def moves() -> bool:
    """Whether a line may move: somebody looks at a terminal, and has not asked for stillness."""
    still = any(os.environ.get(name) for name in STILL) or os.environ.get("TERM") == "dumb"
    return sys.stderr.isatty() and not still


def terminal_width() -> int:
    """How wide a text may be: as wide as the terminal, within what can be read; 100 elsewhere."""
    if not sys.stdout.isatty():
        return USUAL
    return min(max(shutil.get_terminal_size().columns, NARROWEST), WIDEST)


@dataclass
class Progress:
    """Counts rows and says what is being done, on one line of a terminal; nothing elsewhere."""

    total: int | None
    lang: str
    shown: bool = field(default_factory=moves)
    rows: int = 0
    doing: Text | None = None
    started: float = field(default_factory=time.monotonic)
    since: float = field(default_factory=time.monotonic)

    def __call__(self, rows: int) -> None:
        """Count some more rows."""
        self.rows += rows

    def begin(self, doing: Text) -> None:
        """Say what is being done from now on."""
        self.doing, self.since = doing, time.monotonic()
        if self.shown:
            self.say()

    def line(self, now: float, width: int) -> str:
        """What is shown at a moment, as much of it as fits: how far it got before the rest."""
        turn = TURNS[int(now / EVERY) % len(TURNS)]
        said = [f"{turn} {text}" for text in self._said(now)]
        return next((text for text in said if len(text) <= width), said[-1][:width])

    def _said(self, now: float) -> list[str]:
        """The step and how far it got, where that is known: from the longest to the shortest."""
        doing = "" if self.doing is None else self.doing.in_(self.lang)
        if not self.rows:
            return [DOING.in_(self.lang).format(doing=doing, elapsed=_left(now - self.since))]
        elapsed = max(now - self.started, 1e-3)
        whole = progress_text(self.rows, self.total, elapsed, self.lang)
        short = whole.lstrip("█░ ")
        named = [f"{doing} · {whole}", f"{doing} · {short}"] if doing else []
        return [*named, whole, short, self._least(elapsed)]

    def _least(self, elapsed: float) -> str:
        """How far it got, in the fewest words."""
        if not self.total:
            return _count(self.rows, self.lang)
        left = _left(max(self.total - self.rows, 0) * elapsed / max(self.rows, 1))
        share = str(min(self.rows * 100 // self.total, 100))
        return LEAST.in_(self.lang).format(share=share, left=left)

    def say(self) -> None:
        """Show the line, as long as the terminal is wide: what goes on below would stay."""
        width = shutil.get_terminal_size().columns - 1
        _write(f"\r\x1b[2K{self.line(time.monotonic(), width)}")


def progress_text(rows: int, total: int | None, elapsed: float, lang: str) -> str:
    """The line that says how far a run has got."""
    rate = rows / elapsed
    parts = {"done": _count(rows, lang), "rate": _count(round(rate), lang)}
    if not total:
        return ROWS.in_(lang).format(**parts)
    share = min(rows / total, 1.0)
    bar = "█" * int(share * BAR) + "░" * (BAR - int(share * BAR))
    left = _left((total - rows) / rate if rate else 0)
    parts |= {"share": str(int(share * 100)), "total": _count(total, lang), "left": left}
    return f"{bar} {SHARE.in_(lang).format(**parts)}"


def _count(number: int, lang: str) -> str:
    return number_text(number).in_(lang)


def _left(seconds: float) -> str:
    minutes, rest = divmod(max(int(seconds + 0.5), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours} h {minutes:02}"
        if hours
        else f"{minutes} min {rest:02}"
        if minutes
        else f"{rest} s"
    )


@contextmanager
def counting(total: int | None, lang: str, doing: Text | None = None) -> Iterator[Progress]:
    """A count that is shown while it lasts, and a step that is under way."""
    progress = Progress(total, lang, doing=doing)
    if not progress.shown:
        yield progress
        return
    over = threading.Event()
    teller = threading.Thread(target=_telling, args=(progress, over), daemon=True)
    teller.start()
    try:
        yield progress
    finally:
        over.set()
        teller.join()
        _write("\r\x1b[2K")


def _telling(progress: Progress, over: threading.Event) -> None:
    """Show the line again and again: a step may last without counting anything."""
    while not over.wait(EVERY):
        progress.say()


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def step(text: Text, lang: str) -> None:
    """Say what is being done, in a terminal only."""
    if sys.stderr.isatty():
        click.echo(text.in_(lang) + "…", err=True)
