"""What do and, or, not and "at least" mean when some truths are unknown?

Kleene's strong three-valued logic, which is also SQL's: None is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Truth: TypeAlias = bool | None


def all_of(truths: Iterable[Truth]) -> Truth:
    """False if one is false, else unknown if one is unknown, else true (also of nothing)."""
    seen = set(truths)
    if False in seen:
        return False
    return None if None in seen else True


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if one is true, else unknown if one is unknown, else false (also of nothing)."""
    seen = set(truths)
    if True in seen:
        return True
    return None if None in seen else False


def at_least(count: int, truths: Iterable[Truth]) -> Truth:
    """True if `count` are true, false if too many are false for that, else unknown."""
    seen = list(truths)
    if seen.count(True) >= count:
        return True
    return None if seen.count(True) + seen.count(None) >= count else False


def negation(truth: Truth) -> Truth:
    """The opposite; the opposite of unknown is unknown."""
    return None if truth is None else not truth
