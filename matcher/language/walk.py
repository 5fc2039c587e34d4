"""Which nodes lie under a node, and what does a tree become when some of them are replaced?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from matcher.language.tree import (
    All,
    Any,
    AtLeast,
    Between,
    Choose,
    Compare,
    Constant,
    Elapsed,
    Extreme,
    Fact,
    IsNone,
    Lookup,
    Member,
    Node,
    Not,
    Number,
    Parameter,
    Product,
    Relation,
    Shift,
    Sum,
    Test,
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes just below a node, in reading order."""
    match node:
        case Fact() | Parameter() | Constant() | Lookup():
            return ()
        case Sum(items) | Product(items) | All(items) | Any(items):
            return items
        case Extreme(_, items) | AtLeast(_, items):
            return items
        case Shift(date, months):
            return (date, months)
        case Elapsed(item) | IsNone(item) | Not(item):
            return (item,)
        case Member(item) | Relation(_, item):
            return (item,)
        case Compare(left, _, right) | Between(left, right):
            return (left, right)
        case Choose(branches, otherwise):
            below = [part for branch in branches for part in branch]
            return tuple(part for part in (*below, otherwise) if part is not None)


def nodes(node: Node) -> Iterator[Node]:
    """A node and all the nodes under it, in reading order."""
    yield node
    for child in children(node):
        yield from nodes(child)


def facts_of(node: Node) -> tuple[str, ...]:
    """The keys of the facts that a tree reads, each once, in reading order."""
    found: dict[str, None] = {}
    for part in nodes(node):
        match part:
            case Fact(key):
                found[key] = None
            case Lookup(key=key):
                found[key] = None
            case Elapsed():
                found["as_of"] = None
            case _:
                pass
    return tuple(found)


def compared(trees: Iterable[Node]) -> Mapping[str, frozenset[Number]]:
    """The numbers with which some trees compare each fact."""
    found: dict[str, set[Number]] = {}
    for part in (part for tree in trees for part in nodes(tree)):
        match part:
            case Compare(Fact(key), _, other) | Compare(other, _, Fact(key)):
                found.setdefault(key, set()).update(_numbers(other))
            case _:
                pass
    return {key: frozenset(numbers) for key, numbers in found.items()}


def _numbers(node: Node) -> Iterator[Number]:
    """The numbers that may be the value of a node."""
    match node:
        case Constant(value) if not isinstance(value, str | bool):
            yield value
        case Choose(branches, otherwise):
            for result in (*(result for _, result in branches), otherwise):
                yield from () if result is None else _numbers(result)
        case Extreme(_, items):
            for item in items:
                yield from _numbers(item)
        case Between(low, high):
            yield from (*_numbers(low), *_numbers(high))
        case _:
            pass


Replace = Callable[[Node], Node]


def with_parameters(node: Node, values: Mapping[str, Constant]) -> Node:
    """The tree with each parameter replaced by its value."""

    def replaced(part: Node) -> Node:
        match part:
            case Parameter(name):
                return values[name]
            case _:
                return rebuilt(part, replaced)

    return replaced(node)


def rebuilt(node: Node, each: Replace) -> Node:
    """The same node over children that went through `each`."""
    match node:
        case Fact() | Parameter() | Constant() | Lookup():
            return node
        case Sum(items):
            return Sum(tuple(map(each, items)))
        case Product(items):
            return Product(tuple(map(each, items)))
        case Extreme(which, items):
            return Extreme(which, tuple(map(each, items)))
        case Shift(date, months):
            return Shift(each(date), each(months))
        case Elapsed(item):
            return Elapsed(each(item))
        case Between(low, high):
            return Between(each(low), each(high))
        case Choose(branches, otherwise):
            lines = tuple((_test(each(t)), _optional(v, each)) for t, v in branches)
            return Choose(lines, _optional(otherwise, each))
        case _:
            return _rebuilt_test(node, each)


def _rebuilt_test(node: Test, each: Replace) -> Test:
    match node:
        case Compare(left, op, right):
            return Compare(each(left), op, each(right))
        case Member(item, values, named):
            return Member(each(item), values, named)
        case Relation(relation, item, members, named):
            return Relation(relation, each(item), members, named)
        case IsNone(item):
            return IsNone(each(item))
        case Not(item):
            return Not(_test(each(item)))
        case All(items):
            return All(tuple(_test(each(item)) for item in items))
        case Any(items):
            return Any(tuple(_test(each(item)) for item in items))
        case AtLeast(count, items):
            return AtLeast(count, tuple(_test(each(item)) for item in items))


def _optional(node: Node | None, each: Replace) -> Node | None:
    return None if node is None else each(node)


def _test(node: Node) -> Test:
    if isinstance(node, Test):
        return node
    raise TypeError(f"a test is wanted here, not {type(node).__name__}")
