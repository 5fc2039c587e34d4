"""Can several conditions hold together?

The cases of each term are narrowed by what must hold, then split in two until every condition is
decided: an exact search. It is given up after a fixed number of splits, and every step counts for
the budget of its scheme, so that a rule with very many alternatives costs little; nothing is then
said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import inf

from matcher.authoring.lints.budget import Budget
from matcher.authoring.lints.cases import Condition, Literal, Several
from matcher.meaning.logic import Truth

MAX_SPLITS = 1_000


def possible(
    conditions: Iterable[Condition], full: Sequence[int], budget: Budget | None = None
) -> Truth:
    """Whether the conditions can hold together; None when the search was given up.

    Raises `TooLargeError` once the budget is spent.
    """
    return _Search(budget or Budget(inf)).holds(list(full), list(conditions))


class _Search:
    """One search, and the budget of its scheme."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def holds(self, state: list[int], conditions: list[Condition]) -> Truth:
        """Whether the conditions can hold with the cases of a state, which is used up."""
        waiting = [(state, conditions)]
        splits = 0
        while waiting:
            state, conditions = waiting.pop()
            left = self._narrowed(state, conditions)
            if left is None:
                continue
            if not left:
                return True
            splits += 1
            if splits > MAX_SPLITS:
                self._budget.complete = False
                return None
            waiting.extend(_split(state, left))
        return False

    def _narrowed(self, state: list[int], conditions: list[Condition]) -> list[Condition] | None:
        """What is left to decide once the state is narrowed; None if nothing can hold."""
        waiting = conditions
        while True:
            before = list(state)
            self._budget.spend(len(state))
            left: list[Condition] = []
            waiting = list(waiting)
            while waiting:
                match self._residual(waiting.pop(), state):
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

    def _residual(self, condition: Condition, state: Sequence[int]) -> Condition:
        """What is left of a condition once the parts that a state decides are taken out."""
        match condition:
            case Literal(term, cases):
                inside = state[term] & cases
                return False if not inside else True if inside == state[term] else condition
            case Several(least, items):
                self._budget.spend(len(items))
                kept: list[Condition] = []
                for item in items:
                    part = self._residual(item, state)
                    if part is True:
                        least -= 1
                        if not least:
                            return True
                    elif part is not False:
                        kept.append(part)
                return _several(least, kept)
            case _:
                return condition


def _split(state: list[int], left: list[Condition]) -> Iterator[tuple[list[int], list[Condition]]]:
    """Both ways to decide the first open literal, the one where it holds last."""
    literal = _first(left[0])
    here = state[literal.term]
    for cases in (here & ~literal.cases, here & literal.cases):
        branch = list(state)
        branch[literal.term] = cases
        yield branch, [*left]


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
