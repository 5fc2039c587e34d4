"""How is one item, some items or a whole number drawn, quickly?

Strategies are made once and kept: a case takes a hundred draws. Examples shrink towards the first
item, the empty set and zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@lru_cache(maxsize=4096)
def whole(low: int, high: int) -> st.SearchStrategy[int]:
    """The whole numbers between two bounds, both included."""
    return st.integers(low, high)


def pick(draw: st.DrawFn, items: Sequence[T]) -> T:
    """One of some items."""
    return items[draw(whole(0, len(items) - 1))]


def some(draw: st.DrawFn, items: Sequence[T]) -> frozenset[T]:
    """A set of some items, possibly empty."""
    mask = draw(whole(0, (1 << len(items)) - 1))
    return frozenset(item for index, item in enumerate(items) if mask >> index & 1)


def chance(draw: st.DrawFn, out_of: int) -> bool:
    """True once in so many times; shrinks to false."""
    return draw(whole(0, out_of - 1)) == out_of - 1
