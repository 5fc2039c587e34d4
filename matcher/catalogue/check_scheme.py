"""Do the parts of one scheme fit together?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from matcher.catalogue.context import Context
from matcher.catalogue.model import Criterion, Editions, Group, Scheme
from matcher.language.diagnostics import nearest
from matcher.language.tree import Fact, Node
from matcher.language.walk import facts_of, nodes
from matcher.language.yaml_text import Path_

MAX_NODES_IN_SCHEME = 5_000
MAX_CHAIN = 32
MOST_UNFOLDED = 50_000


def check_scheme(scheme: Scheme, context: Context) -> bool:
    """Record what does not fit: twice the same id, cycles, editions left without a criterion.

    False if its definitions cannot be unfolded.
    """
    before = len(context.found)
    criteria = list(criteria_of(scheme.criteria))
    _unique("criteria", [c.id for c in criteria], context)
    for key in ("signals", "assessed", "uncoded", "aid"):
        _unique(key, [part.id for part in getattr(scheme, key)], context)
    _overlaps(criteria, context)
    _cycles(scheme, context)
    unfolds = len(context.found) == before
    for index, edition in enumerate(scheme.editions):
        if not any(_holds(editions, edition.id) for editions in _editions(scheme.criteria)):
            context.found.add("C16", context.document.place(("editions", index)), name=edition.id)
    return unfolds


def criteria_of(group: Group) -> Iterator[Criterion]:
    """The criteria of a group, in the order of the text."""
    for item in group.items:
        if isinstance(item, Group):
            yield from criteria_of(item)
        else:
            yield item


def _editions(group: Group) -> Iterator[list[Editions]]:
    for item in group.items:
        if isinstance(item, Group):
            yield from ([group.editions, *inner] for inner in _editions(item))
        else:
            yield [group.editions, item.editions]


def _holds(editions: Iterable[Editions], id_: str) -> bool:
    return all(listed is None or id_ in listed for listed in editions)


def _unique(key: str, ids: list[str], context: Context) -> None:
    for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        context.found.add("C12", context.document.place((key,)), name=id_)


def _overlaps(criteria: list[Criterion], context: Context) -> None:
    known = [criterion.id for criterion in criteria]
    for criterion in criteria:
        for other in criterion.overlaps_with:
            if other not in known:
                place = context.document.place(("criteria",))
                near = nearest(other, known)
                context.found.add("C17", place, suggestion=near, name=other)


def _cycles(scheme: Scheme, context: Context) -> None:
    reads = {
        key: {k for k in facts_of(tree) if k in scheme.definitions}
        for key, tree in scheme.definitions.items()
    }
    path: Path_ = ("define",)
    looping = cyclic(reads)
    for key in looping:
        context.found.add("C15", context.document.place(path), name=key.split("/")[-1])
    if not looping:
        _expansions(scheme, context)


def _expansions(scheme: Scheme, context: Context) -> None:
    """Refuse definitions that unfold without end: each use of one puts its whole tree in."""
    sizes: dict[str, int] = {}
    depths: dict[str, int] = {}
    for key in _inner_first(scheme.definitions):
        used = [k for k in _uses(scheme.definitions[key]) if k in sizes]
        own = sum(1 for _ in nodes(scheme.definitions[key]))
        sizes[key] = own + sum(sizes[k] for k in used)
        depths[key] = 1 + max((depths[k] for k in used), default=0)
        if sizes[key] > MAX_NODES_IN_SCHEME or depths[key] > MAX_CHAIN:
            name = key.split("/")[-1]
            place = context.document.place(("define", name))
            limits = {"limit": MAX_NODES_IN_SCHEME, "depth": MAX_CHAIN}
            context.found.add("C24", place, suggestion=None, name=name, **limits)
            return
    whole = sum(sizes.get(key, 1) for tree in _trees(scheme) for key in _uses(tree))
    if whole > MOST_UNFOLDED:
        limits = {"limit": MOST_UNFOLDED, "depth": MAX_CHAIN}
        place = context.document.place(("criteria",))
        context.found.add("C24", place, suggestion=None, name=scheme.id, **limits)


def _trees(scheme: Scheme) -> Iterator[Node]:
    """Every test and amount of a scheme in which definitions are put in."""
    for criterion in criteria_of(scheme.criteria):
        yield criterion.test
        if criterion.only_when is not None:
            yield criterion.only_when
        if criterion.discretion is not None:
            yield from (criterion.discretion.when, criterion.discretion.grants)
    yield from (signal.test for signal in scheme.signals)
    for part in scheme.aid:
        amounts = (part.when, part.amount, part.ceiling, part.floor, part.rate)
        yield from (tree for tree in amounts if tree is not None)


def _uses(tree: Node) -> list[str]:
    return [part.key for part in nodes(tree) if isinstance(part, Fact)]


def _inner_first(definitions: Mapping[str, Node]) -> list[str]:
    """The definitions, each after those it uses; they form no cycle."""
    left = {key: {k for k in _uses(tree) if k in definitions} for key, tree in definitions.items()}
    order: list[str] = []
    while left:
        ready = [key for key, used in left.items() if used <= set(order)]
        order += ready
        for key in ready:
            del left[key]
    return order


def cyclic(reads: dict[str, set[str]]) -> list[str]:
    """The keys that, directly or not, are computed from themselves."""
    left = {key: set(read) for key, read in reads.items()}
    while ready := [key for key, read in left.items() if not read]:
        for key in ready:
            del left[key]
        for read in left.values():
            read.difference_update(ready)
    return sorted(left)
