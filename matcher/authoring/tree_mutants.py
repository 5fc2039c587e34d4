"""What slight mistakes could an author make in one expression?

Each mutant is the same tree but for one node: a threshold one step off, `<` for `<=`, `and` for
`or`, a condition or a member of a list left out, a test or a boolean turned round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from matcher.facts.vocabulary import exact
from matcher.language.tree import (
    All,
    Any,
    AtLeast,
    Choose,
    Compare,
    Constant,
    Extreme,
    IsNone,
    Member,
    Node,
    Not,
    Number,
    Order,
    Parameter,
    Product,
    Relation,
    Shift,
    Test,
)
from matcher.language.types import Kind
from matcher.language.walk import children, facts_of, rebuilt

HUNDREDTH = Fraction(1, 100)
Step = Number | None
StepOf = Callable[[Compare], Number]

_NEIGHBOUR: dict[Order, Order] = {
    "<": "<=",
    "<=": "<",
    ">": ">=",
    ">=": ">",
    "==": "!=",
    "!=": "==",
}


@dataclass(frozen=True, slots=True)
class TreeMutant:
    """A tree with one node changed; `change` is the kind of mistake."""

    change: str
    tree: Node


def tree_mutants(tree: Node, step_of: StepOf) -> Iterator[TreeMutant]:
    """The mutants of a tree; `step_of` gives the least step of what a comparison compares."""
    yield from _mutants(tree, None, step_of)


def _mutants(node: Node, step: Step, step_of: StepOf) -> Iterator[TreeMutant]:
    yield from _here(node, step)
    for index, child in enumerate(children(node)):
        for mutant in _mutants(child, _step_below(node, index, step, step_of), step_of):
            yield TreeMutant(mutant.change, with_child(node, index, mutant.tree))


def with_child(node: Node, index: int, new: Node) -> Node:
    """The same node with another child at one position."""
    positions = count()
    return rebuilt(node, lambda child: new if next(positions) == index else child)


def _step_below(node: Node, index: int, step: Step, step_of: StepOf) -> Step:
    match node:
        case Compare():
            return step_of(node)
        case Shift():
            return 1 if index == 1 else step
        case Product():
            return None
        case _:
            return step


# --------------------------------------------------------------------------------- at one node
def _here(node: Node, step: Step) -> Iterator[TreeMutant]:
    match node:
        case Constant():
            yield from (TreeMutant("threshold", moved) for moved in moved_constants(node, step))
        case Compare(left, op, right):
            yield TreeMutant("comparison", Compare(left, _NEIGHBOUR[op], right))
        case All(items) if len(items) > 1:
            yield TreeMutant("connective", Any(items))
            yield from _without_each(node)
        case Any(items) if len(items) > 1:
            yield TreeMutant("connective", All(items))
            yield from _without_each(node)
        case AtLeast(wanted, items):
            for other in (wanted - 1, wanted + 1):
                if 1 <= other <= len(items):
                    yield TreeMutant("threshold", AtLeast(other, items))
        case Extreme(which, items):
            yield TreeMutant("extreme", Extreme("max" if which == "min" else "min", items))
        case Choose():
            yield from _without_each_line(node)
        case IsNone():
            yield TreeMutant("negation", Not(node))
        case Member() | Relation():
            yield from _values_mutants(node)
        case _:
            pass


def moved_constants(constant: Constant, step: Step) -> Iterator[Constant]:
    """The constant one step lower and one step higher."""
    value = constant.value
    if isinstance(value, bool | str) or value == -1:
        return
    by = _own_step(value, constant.kind) if step is None else step
    for moved in (value - by, value + by):
        yield Constant(exact(Fraction(moved)), constant.kind)


def _own_step(value: Number, kind: Kind) -> Number:
    """The step of a number that is compared with nothing: a factor, a rate, an amount."""
    if kind in (Kind.DATE, Kind.EUROS, Kind.INTEGER) or (isinstance(value, int) and value > 1):
        return 1
    decimals = max(2, len(str(Fraction(value).denominator)) - 1)
    return Fraction(1, 10**decimals)


def _without_each(node: All | Any) -> Iterator[TreeMutant]:
    for index, item in enumerate(node.items):
        rest = (*node.items[:index], *node.items[index + 1 :])
        if isinstance(node, All) and _only_guards(item, rest):
            continue
        yield TreeMutant("dropped", type(node)(rest) if len(rest) > 1 else rest[0])


def _only_guards(item: Test, rest: tuple[Test, ...]) -> bool:
    """Whether `x is not none` only guards a comparison of x: with none, that is false anyway."""
    match item:
        case Not(IsNone(operand)):
            guarded = set(facts_of(operand))
            return any(isinstance(o, Compare) and guarded & set(facts_of(o)) for o in rest)
        case _:
            return False


def _without_each_line(node: Choose) -> Iterator[TreeMutant]:
    if len(node.branches) == 1:
        if node.otherwise is not None:
            yield TreeMutant("line", node.otherwise)
        return
    for index in range(len(node.branches)):
        rest = (*node.branches[:index], *node.branches[index + 1 :])
        yield TreeMutant("line", Choose(rest, node.otherwise))


def _values_mutants(node: Member | Relation) -> Iterator[TreeMutant]:
    """A list written in the expression; named sets are changed where they are declared."""
    if len(node.values) == 1:
        yield TreeMutant("negation", Not(node))
    elif node.named is None:
        for value in sorted(node.values, key=str):
            yield TreeMutant("member", without_value(node, value))


def without_value(node: Member | Relation, value: object) -> Test:
    """The same membership, one value left out of the list."""
    match node:
        case Member(operand, values, named):
            return Member(operand, values - {value}, named)
        case Relation(relation, operand, texts, named):
            return Relation(relation, operand, texts - {value}, named)


def parameters_of(node: Node) -> Iterator[tuple[str, bool]]:
    """The parameters of a tree, and whether each is a factor of a product."""
    match node:
        case Parameter(name):
            yield name, False
        case Product(factors):
            for factor in factors:
                yield from ((name, True) for name, _ in parameters_of(factor))
        case _:
            for child in children(node):
                yield from parameters_of(child)
