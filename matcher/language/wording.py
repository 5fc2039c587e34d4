"""What does the wording of a mistake hold?"""

from __future__ import annotations

from typing import NamedTuple


class Wording(NamedTuple):
    """What is wrong, and what to write instead."""

    what: str
    fix: str


def both(fr: str, fr_fix: str, en: str, en_fix: str) -> dict[str, Wording]:
    """The same wording in French and in English."""
    return {"fr": Wording(fr, fr_fix), "en": Wording(en, en_fix)}
