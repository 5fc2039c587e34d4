"""How is each derived fact computed, as the files of `rules/derived/` say it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from matcher.catalogue import context as common
from matcher.catalogue.check_scheme import MAX_CHAIN, cyclic
from matcher.catalogue.context import Context
from matcher.catalogue.model import Derivation, Unknown
from matcher.catalogue.shapes import DerivationShape, DerivedShape
from matcher.language.scope import FactName
from matcher.language.tree import AS_OF, Lookup, Node
from matcher.language.types import Type
from matcher.language.walk import facts_of, nodes, with_parameters
from matcher.language.yaml_text import Path_


def read_derived(
    shape: DerivedShape, owner: str, base: Context
) -> tuple[list[Derivation], dict[str, Unknown]]:
    """The derivations of one file, and the unknowns it declares."""
    context = replace(base, sources=frozenset(shape.sources))
    context = context.with_names(common.sets_of(shape.sets, context))
    context = context.with_names(common.parameter_names(shape.parameters))
    unknowns = common.unknowns_of(shape.unknowns, owner, context)
    context = context.with_names(common.unknown_names(unknowns))
    values = {
        name: values.default
        for name, values in common.parameters_of(shape.parameters, context).items()
    }
    sources = common.sources_of(shape.sources)
    derivations = []
    for index, item in enumerate(shape.derived):
        path: Path_ = ("derived", index)
        trees = tuple(with_parameters(tree, values) for tree in _trees(path, item, context))
        ids = context.source_ids((*path, "source"), item.source)
        named = tuple(sources[id_] for id_ in ids if id_ in sources)
        derivations.append(Derivation(item.fact, trees, item.states.text(), named))
    return derivations, {unknown.key: unknown for unknown in unknowns.values()}


def _trees(path: Path_, shape: DerivationShape, context: Context) -> list[Node]:
    context.fact((*path, "fact"), shape.fact)
    symbol = context.scope.get(shape.fact)
    if not isinstance(symbol, FactName):
        return []
    also: list[Node] = [
        context.lookup((*path, "also", i, "lookup"), more.lookup, given=True)
        for i, more in enumerate(shape.also)
    ]
    return [_main(path, shape, symbol.type, context), *also]


def _main(path: Path_, shape: DerivationShape, wanted: Type, context: Context) -> Node:
    if shape.test is not None:
        return context.test((*path, "test"), shape.test)
    if shape.first is not None:
        return context.choose((*path, "first"), shape.first, wanted)
    if shape.lookup is not None:
        return context.lookup((*path, "lookup"), shape.lookup)
    return context.value((*path, "value"), "0" if shape.value is None else shape.value, wanted)


def check_derivations(
    derivations: Sequence[tuple[Derivation, Context, Path_]], contexts: Mapping[str, Context]
) -> None:
    """Record facts derived twice, computed from themselves, or clashing only on some dates."""
    seen: set[str] = set()
    reads: dict[str, set[str]] = {}
    for derivation, context, path in derivations:
        if derivation.fact in seen:
            context.found.add("C18", context.document.place(path), name=derivation.fact)
        seen.add(derivation.fact)
        reads[derivation.fact] = _computed_from(derivation)
    inner = {key: {read for read in of if read in reads} for key, of in reads.items()}
    looping = cyclic(inner)
    for key in looping:
        context = contexts[key]
        context.found.add("C15", context.document.place(("derived",)), name=key)
    if not looping:
        _check_chains(inner, contexts)


def _check_chains(reads: Mapping[str, set[str]], contexts: Mapping[str, Context]) -> None:
    """Refuse facts that are computed through too many others."""
    left = {key: set(read) for key, read in reads.items()}
    for depth in range(len(reads) + 1):
        ready = [key for key, read in left.items() if not read]
        if ready and depth >= MAX_CHAIN:
            context = contexts[ready[0]]
            place = context.document.place(("derived",))
            limits = {"limit": "…", "depth": MAX_CHAIN}
            context.found.add("C24", place, suggestion=None, name=ready[0], **limits)
            return
        left = {key: read - set(ready) for key, read in left.items() if read}


def _computed_from(derivation: Derivation) -> set[str]:
    """The facts whose derived value is read; a lookup of a given key reads no derivation."""
    keys: set[str] = set()
    for tree in derivation.trees:
        given = {n.key for n in nodes(tree) if isinstance(n, Lookup) and n.given}
        keys |= set(facts_of(tree)) - given - {AS_OF}
    return keys
