"""How are the parts that every rule file shares read: expressions, sources, sets, parameters?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from matcher.catalogue.model import ParameterValues, Source, Unknown, local_key
from matcher.catalogue.shapes import (
    BranchShape,
    DefinitionShape,
    LookupShape,
    ParameterShape,
    SetShape,
    SourceIds,
    UnknownShape,
)
from matcher.facts.shapes import SourceShape
from matcher.facts.tables import Tables
from matcher.facts.vocabulary import Vocabulary, exact
from matcher.language.diagnostics import Diagnostics, nearest
from matcher.language.expressions import read_test, read_value
from matcher.language.reading import day_of
from matcher.language.scope import FactName, ParameterName, Scope, SetName, Symbol
from matcher.language.text import Text
from matcher.language.tree import Any, Choose, Constant, Lookup, Node, Scalar, Test
from matcher.language.types import LISTED, Kind, Type, type_named
from matcher.language.yaml_text import Document, Path_

Written = str | bool | int | Decimal
NEVER = Any(())
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Context:
    """What is known while one file is read: its text, its names, and where mistakes go."""

    document: Document
    scope: Scope
    found: Diagnostics
    vocabulary: Vocabulary
    tables: Tables
    authorities: frozenset[str]
    sources: frozenset[str]
    editions: frozenset[str] = frozenset()
    audience: str | None = None

    def with_names(self, names: Mapping[str, Symbol]) -> Context:
        """The same, knowing more names."""
        return replace(self, scope=self.scope.with_names(names))

    # --------------------------------------------------------------------------------- expressions
    def test(self, path: Path_, written: Written) -> Test:
        """The tree of a test; a test that never holds stands in for a wrong one."""
        tree = read_test(_text(written), self.scope, self.document.text_place(path), self.found)
        return NEVER if tree is None else tree

    def optional_test(self, path: Path_, written: Written | None) -> Test | None:
        """The tree of a test that may be left out."""
        return None if written is None else self.test(path, written)

    def value(self, path: Path_, written: Written, wanted: Type) -> Node:
        """The tree of an expression of the wanted type."""
        if wanted.kind in LISTED:
            return self._choice(path, written, wanted)
        place = self.document.text_place(path)
        tree = read_value(_text(written), self.scope, place, self.found, wanted)
        return Constant(0, Kind.NUMBER) if tree is None else tree

    def _choice(self, path: Path_, written: Written, wanted: Type) -> Node:
        text = str(written)
        if wanted.members is not None and text not in wanted.members:
            near = nearest(text, wanted.members)
            self.found.add("E07", self.document.value_place(path), suggestion=near, value=text)
        return Constant(text, wanted.kind)

    # ---------------------------------------------------------------------------------- references
    def source_ids(self, path: Path_, ids: SourceIds | None) -> tuple[str, ...]:
        """The ids of sources, each of which the file must declare."""
        listed = [ids] if isinstance(ids, str) else ids or []
        for id_ in listed:
            self._known("C01", path, id_, self.sources)
        return tuple(listed)

    def edition_ids(self, path: Path_, ids: Sequence[str] | None) -> frozenset[str] | None:
        """The ids of editions, each of which the scheme must have."""
        for id_ in ids or ():
            self._known("C02", path, id_, self.editions)
        return None if ids is None else frozenset(ids)

    def authority(self, path: Path_, id_: str) -> str:
        """The id of an authority, which `rules/sets/` must declare."""
        self._known("C03", path, id_, self.authorities)
        return id_

    def fact(self, path: Path_, key: str) -> str:
        """The key of a fact, which the vocabulary must have."""
        self._known("E04", path, key, self.vocabulary)
        return key

    def statement(self, path: Path_, text: Text, parameters: Mapping[str, object]) -> Text:
        """A statement, each of whose `{names}` must be a parameter."""
        for part in _inserted(text.fr) ^ _inserted(text.en):
            self.found.add("C04", self.document.value_place(path), name=part)
        for part in _inserted(text.fr) & _inserted(text.en):
            self._known("C05", path, part, parameters)
        return text

    def set_value(self, path: Path_, fact: str, value: str | int) -> None:
        """A value of a set or a key of intakes, which the fact must be able to have."""
        symbol = self.scope.get(fact)
        if not isinstance(symbol, FactName):
            return
        kind, members = symbol.type.kind, symbol.type.members
        if isinstance(value, int) != (kind is Kind.INTEGER):
            place = self.document.value_place(path)
            self.found.add("E05", place, got=value, wanted=symbol.type)
        elif members is not None and value not in members:
            near = nearest(str(value), members)
            place = self.document.value_place(path)
            self.found.add("E07", place, suggestion=near, value=value)

    def _known(self, code: str, path: Path_, name: str, known: object) -> None:
        names = list(known)  # type: ignore[call-overload]
        if name not in names:
            place = self.document.value_place(path)
            self.found.add(code, place, suggestion=nearest(name, names), name=name)

    # --------------------------------------------------------------------------------- definitions
    def lookup(self, path: Path_, shape: LookupShape, *, given: bool = False) -> Lookup:
        """The tree of a table lookup."""
        self.fact((*path, "key"), shape.key)
        table = self.tables.get(shape.table)
        if table is None:
            self._known("C06", (*path, "table"), shape.table, self.tables)
        elif shape.column not in table.columns:
            self._known("C07", (*path, "column"), shape.column, table.columns)
        elif shape.absent is not None and not table.complete:
            self.found.add("C08", self.document.value_place(path), table=shape.table)
        return Lookup(shape.table, shape.key, shape.column, _scalar(shape.absent), given)

    def choose(self, path: Path_, lines: Sequence[BranchShape], wanted: Type) -> Choose:
        """The tree of a `first:` list."""
        branches: list[tuple[Test, Node | None]] = []
        otherwise: Node | None = None
        last = len(lines) - 1
        for index, line in enumerate(lines):
            here = (*path, index)
            if line.when is None:
                if index != last:
                    self.found.add("C09", self.document.place(here))
                otherwise = self._maybe((*here, "otherwise"), line.otherwise, wanted)
            else:
                test = self.test((*here, "when"), line.when)
                branches.append((test, self._result(here, line, wanted)))
        return Choose(tuple(branches), otherwise)

    def _result(self, path: Path_, line: BranchShape, wanted: Type) -> Node | None:
        if line.lookup is not None:
            return self.lookup((*path, "lookup"), line.lookup)
        return self._maybe((*path, "then"), line.then, wanted)

    def _maybe(self, path: Path_, written: Written | None, wanted: Type) -> Node | None:
        """The result of a line; the word `unknown` says that nothing follows."""
        if written is None or written == UNKNOWN:
            return None
        return self.value(path, written, wanted)

    def definition(self, path: Path_, shape: DefinitionShape) -> Node:
        """The tree of a local definition."""
        wanted = type_named(shape.type, shape.unit)
        if shape.first is not None:
            return self.choose((*path, "first"), shape.first, wanted)
        return self.value((*path, "value"), shape.value or "0", wanted)


def _text(written: Written) -> str:
    if isinstance(written, bool):
        return "true" if written else "false"
    return str(written)


def _scalar(written: Written | None) -> Scalar | None:
    return exact(Fraction(written)) if isinstance(written, Decimal) else written


def _inserted(text: str) -> set[str]:
    parts = text.split("{")[1:]
    return {part.split("}", 1)[0] for part in parts}


# ----------------------------------------------------------------------------------- declarations
def sources_of(shapes: Mapping[str, SourceShape]) -> dict[str, Source]:
    """The sources that a file declares."""
    return {
        id_: Source(id_, shape.title, shape.url, shape.dated, shape.read_on)
        for id_, shape in shapes.items()
    }


def sets_of(shapes: Mapping[str, SetShape], context: Context) -> dict[str, Symbol]:
    """The named sets that a file declares; their values must be possible for their fact."""
    names: dict[str, Symbol] = {}
    for name, shape in shapes.items():
        path: Path_ = ("sets", name)
        context.fact((*path, "fact"), shape.fact)
        context.source_ids((*path, "source"), shape.source)
        if name in context.scope.symbols:
            context.found.add("C22", context.document.place(path), name=name)
        for index, value in enumerate(shape.values):
            context.set_value((*path, "values", index), shape.fact, value)
        names[name] = SetName(frozenset(shape.values))
    return names


def parameters_of(
    shapes: Mapping[str, ParameterShape], context: Context
) -> dict[str, ParameterValues]:
    """The parameters that a file declares."""
    return {
        name: ParameterValues(
            _constant(("parameters", name, "default"), shape.default, shape.type, context),
            {
                edition: _constant(
                    ("parameters", name, "by_edition", edition), value, shape.type, context
                )
                for edition, value in shape.by_edition.items()
            },
            "euros" if shape.type == "euros" else shape.unit,
        )
        for name, shape in shapes.items()
    }


def _constant(path: Path_, written: int | Decimal | str, type_: str, context: Context) -> Constant:
    kind = Kind(type_)
    if kind is Kind.DATE and isinstance(written, str):
        day = day_of(written)
        if day is not None:
            return Constant(day, kind)
    elif kind is not Kind.DATE and not isinstance(written, str):
        number = exact(Fraction(written))
        if kind is not Kind.INTEGER or isinstance(number, int):
            return Constant(number, kind)
    place = context.document.value_place(path)
    context.found.add("E05", place, got=written, wanted=type_)
    return Constant(0, kind)


def parameter_names(shapes: Mapping[str, ParameterShape]) -> dict[str, Symbol]:
    """The names that parameters add to the scope."""
    return {
        name: ParameterName(type_named(shape.type, shape.unit)) for name, shape in shapes.items()
    }


def unknowns_of(
    shapes: Mapping[str, UnknownShape], owner: str, context: Context
) -> dict[str, Unknown]:
    """The unknowns that a file declares, stored as facts of their own."""
    unknowns: dict[str, Unknown] = {}
    for name, shape in shapes.items():
        path: Path_ = ("unknowns", name)
        if shape.by is not None:
            context.fact((*path, "by"), shape.by)
        low, high = (
            None if bound is None else _constant((*path, end), bound, shape.type, context)
            for end, bound in (("min", shape.min), ("max", shape.max))
        )
        unknowns[name] = Unknown(
            key=local_key(owner, name),
            id=name,
            type=type_named(shape.type, shape.unit),
            by=shape.by,
            low=low,
            high=high,
            states=shape.states.text(),
            ask=context.authority((*path, "ask"), shape.ask),
            sources=context.source_ids((*path, "source"), shape.source),
        )
    return unknowns


def unknown_names(unknowns: Mapping[str, Unknown]) -> dict[str, Symbol]:
    """The names that unknowns add to the scope."""
    return {name: FactName(unknown.key, unknown.type) for name, unknown in unknowns.items()}


def definition_names(shapes: Mapping[str, DefinitionShape], owner: str) -> dict[str, Symbol]:
    """The names that definitions add to the scope."""
    return {
        name: FactName(local_key(owner, name), type_named(shape.type, shape.unit))
        for name, shape in shapes.items()
    }
