"""How far has a long run got, how fast does it go, and how long will it take?"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click

from matcher.answers.formats import number_text
from matcher.language.text import Text

EVERY = 0.1
ROWS = Text("{done} lignes, {rate} lignes/s", "{done} rows, {rate} rows/s")
SHARE = Text(
    "{share} %, {done} lignes sur {total}, {rate} lignes/s, reste {left}",
    "{share}%, {done} of {total} rows, {rate} rows/s, {left} left",
)
BAR = 24


@dataclass
class Progress:
    """Counts rows, and says so on one line of a terminal; says nothing elsewhere."""

    total: int | None
    lang: str
    shown: bool = field(default_factory=sys.stderr.isatty)
    rows: int = 0
    started: float = field(default_factory=time.monotonic)
    last: float = 0.0

    def __call__(self, rows: int) -> None:
        """Count some more rows."""
        self.rows += rows
        now = time.monotonic()
        if self.shown and now - self.last >= EVERY:
            self.last = now
            self._say(now)

    def _say(self, now: float) -> None:
        elapsed = max(now - self.started, 1e-3)
        line = progress_text(self.rows, self.total, elapsed, self.lang)
        sys.stderr.write(f"\r\x1b[2K{line}")
        sys.stderr.flush()

    def clear(self) -> None:
        """Take the line away."""
        if self.shown:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


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
def counting(total: int | None, lang: str) -> Iterator[Progress]:
    """A count that is shown while it lasts."""
    progress = Progress(total, lang)
    try:
        yield progress
    finally:
        progress.clear()


def step(text: Text, lang: str) -> None:
    """Say what is being done, in a terminal only."""
    if sys.stderr.isatty():
        click.echo(text.in_(lang) + "…", err=True)
