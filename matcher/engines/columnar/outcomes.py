"""What follows from the truths of the criteria for a scheme, row by row?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from matcher.catalogue.plan import PlannedCriterion, PlannedGroup
from matcher.engines.columnar.editions import Use
from matcher.engines.columnar.kleene import Truths, as_expr, counted, every, some
from matcher.language.tree import Test

Held = Callable[[Test], Truths]


def group_truths(group: PlannedGroup | PlannedCriterion, held: Held) -> Truths:
    """Whether a group holds, row by row."""
    if isinstance(group, PlannedCriterion):
        return held(group.test)
    items = [group_truths(item, held) for item in group.items]
    match group.connective:
        case "all":
            return every(items)
        case "any":
            return some(items)
        case "at_least":
            return counted(group.count, items)


def outcome(use: Use, held: Held) -> Truths:
    """Whether a scheme is within reach; unknown where the editions that may be used differ."""
    return agreed([group_truths(plan.criteria, held) for plan in (use.plan, *use.rivals)])


def statuses(use: Use, held: Held) -> Mapping[str, Truths]:
    """The truth of each criterion of the edition used; unknown where another edition differs."""
    said: dict[str, list[Truths]] = {}
    for plan in (use.plan, *use.rivals):
        for leaf in plan.leaves:
            said.setdefault(leaf.criterion.id, []).append(held(leaf.test))
    return {leaf.criterion.id: agreed(said[leaf.criterion.id]) for leaf in use.plan.leaves}


def agreed(truths: list[Truths]) -> Truths:
    """What all of them say; unknown where two differ."""
    first, *others = truths
    if not others:
        return first
    if not any(isinstance(item, pl.Expr) for item in truths):
        return first if len(set(truths)) == 1 else None
    exprs = [as_expr(item) for item in truths]
    same = pl.all_horizontal([exprs[0].eq_missing(other) for other in exprs[1:]])
    return pl.when(same).then(exprs[0])
