"""How does a drawn object show itself on a failing example?"""

from __future__ import annotations

from typing import Protocol


class Printer(Protocol):
    """What Hypothesis prints an example with."""

    def text(self, text: str) -> None:
        """Print some text."""


class Readable:
    """Something that a failing example shows as its `repr` says, not field by field."""

    def _repr_pretty_(self, printer: Printer, cycle: object) -> None:
        assert not cycle
        printer.text(repr(self))
