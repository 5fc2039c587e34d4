"""Can several conditions hold together?

The cases of each term are narrowed by what must hold, then split in two until every condition is
decided: an exact search. It is given up after a fixed number of splits, so that a rule with very
many alternatives costs little; nothing is then said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.authoring.lints.cases import Condition, Literal, Several
from matcher.meaning.logic import Truth

MAX_SPLITS = 1_000


class _GivenUpError(Exception):
    """The search takes too long."""


def possible(conditions: Iterable[Condition], full: Sequence[int]) -> Truth:
    """Whether the conditions can hold together; None when the search was given up."""
    try:
        return _Search().holds(list(full), list(conditions))
    except _GivenUpError:
        return None


class _Search:
    """One search, and how often it has split the cases of a term."""

    def __init__(self) -> None:
        self._splits = 0

    def holds(self, state: list[int], conditions: list[Condition]) -> bool:
        """Whether the conditions can hold with the cases of a state, which is used up."""
        left = _narrowed(state, conditions)
        if not left:
            return left is not None
        self._splits += 1
        if self._splits > MAX_SPLITS:
            raise _GivenUpError
        literal = _first(left[0])
        for cases in (state[literal.term] & literal.cases, state[literal.term] & ~literal.cases):
            branch = list(state)
            branch[literal.term] = cases
            if self.holds(branch, [*left]):
                return True
        return False


def _narrowed(state: list[int], conditions: list[Condition]) -> list[Several] | None:
    """What is left to decide once the state is narrowed; None if nothing can hold."""
    waiting = conditions
    while True:
        before = list(state)
        left: list[Several] = []
        waiting = list(waiting)
        while waiting:
            match residual(waiting.pop(), state):
                case False:
                    return None
                case Literal(term, cases):
                    state[term] &= cases
                case Several(least, items) as open_one:
                    if least == len(items):
                        waiting.extend(items)
                    else:
                        left.append(open_one)
                case _:
                    pass
        if state == before:
            return left
        waiting = list(left)


def residual(condition: Condition, state: Sequence[int]) -> Condition:
    """What is left of a condition once the parts that a state decides are taken out."""
    match condition:
        case Literal(term, cases):
            inside = state[term] & cases
            return False if not inside else True if inside == state[term] else condition
        case Several(least, items):
            kept: list[Condition] = []
            for item in items:
                part = residual(item, state)
                if part is True:
                    least -= 1
                    if not least:
                        return True
                elif part is not False:
                    kept.append(part)
            return _several(least, kept)
        case _:
            return condition


def _several(least: int, items: list[Condition]) -> Condition:
    if least <= 0:
        return True
    if least > len(items):
        return False
    return items[0] if len(items) == 1 else Several(least, tuple(items))


def _first(condition: Condition) -> Literal:
    """The first literal of a condition that is not decided."""
    while isinstance(condition, Several):
        condition = condition.items[0]
    assert isinstance(condition, Literal)
    return condition
