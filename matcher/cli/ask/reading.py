"""Where do the lines of an interview come from: a person at a terminal, or a file in a pipe?"""

from __future__ import annotations

import contextlib
import sys
from typing import Protocol, TextIO

import click

COMMENT = "#"
LONGEST_LINE = 4_000


class Lines(Protocol):
    """Gives lines until there are none; `number` is that of the last one, 0 for a person."""

    number: int

    def next(self) -> str | None:
        """The next line; None at the end."""

    def left(self) -> int:
        """How many lines were not used."""


class TypedLines:
    """What a person types; Ctrl-D ends it, Ctrl-C raises `KeyboardInterrupt`."""

    number = 0

    def __init__(self, *, err: bool = False) -> None:
        self.err = err
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401  the arrow keys work in what is typed

    def next(self) -> str | None:
        """The next line; None at the end."""
        try:
            if not self.err:
                return cleaned(input("› "))
            click.echo("› ", nl=False, err=True)
            line = sys.stdin.readline()
        except EOFError:
            return None
        return cleaned(line) if line else None

    def left(self) -> int:
        """A person leaves nothing."""
        return 0


class PipedLines:
    """The lines of a file: empty ones and comments (`#`) say nothing; each answer is echoed."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.number = 0

    def next(self) -> str | None:
        """The next line; None at the end."""
        line = self._answer()
        if line is not None:
            click.echo(f"› {line}")
        return line

    def left(self) -> int:
        """How many answers were not used."""
        count = 0
        while self._answer() is not None:
            count += 1
        return count

    def _answer(self) -> str | None:
        while line := self.stream.readline(LONGEST_LINE):
            self.number += 1
            rest = line
            while rest and not rest.endswith("\n"):
                rest = self.stream.readline(LONGEST_LINE)
            text = cleaned(line)
            if text and not text.startswith(COMMENT):
                return text
        return None


def cleaned(line: str) -> str:
    """A line without what cannot be shown: control characters, half characters, a mark of order."""
    whole = line.encode(errors="replace").decode()
    return "".join(char if char.isprintable() else " " for char in whole.lstrip("\ufeff")).strip()
