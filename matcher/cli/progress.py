"""How does a long command show that it is at work?"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

SHOWN_AFTER = 1.0
T = TypeVar("T")


def with_progress(items: Sequence[T], label: str) -> Iterator[T]:
    """The items, one by one; on a terminal, what runs for more than a second says where it is."""
    began = time.monotonic()
    shown = False
    for index, item in enumerate(items):
        if sys.stderr.isatty() and time.monotonic() - began > SHOWN_AFTER:
            shown = True
            _write(f"\r\033[K{label} {index + 1}/{len(items)} : {item}")
        yield item
    if shown:
        _write("\r\033[K")


def _write(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()
