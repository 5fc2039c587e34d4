"""What do the files of a rules folder and a vocabulary folder say, all taken together?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from matcher.catalogue import context as common
from matcher.catalogue.check_scheme import criteria_of
from matcher.catalogue.content import Content
from matcher.catalogue.context import Context
from matcher.catalogue.layout import Layout, digest_of, files_in
from matcher.catalogue.model import Authority, Case, Derivation, Scheme, Unknown
from matcher.catalogue.read_derived import check_derivations, read_derived
from matcher.catalogue.read_scheme import read_cases, read_scheme
from matcher.catalogue.shapes import DerivedShape, SchemeShape, SetsShape
from matcher.facts.read_roles import read_roles
from matcher.facts.read_tables import read_tables
from matcher.facts.read_vocabulary import read_vocabulary
from matcher.facts.tables import Tables
from matcher.facts.vocabulary import Vocabulary
from matcher.language.diagnostics import Diagnostics, Place, RuleError, nearest
from matcher.language.scope import Scope, Symbol, base_scope
from matcher.language.shape import shaped
from matcher.language.types import Type
from matcher.language.yaml_text import Document, Path_, read_yaml_file


def load_content(
    layout: Layout, documents: dict[str, Document] | None = None
) -> tuple[Content, Diagnostics]:
    """The catalogue of a layout, and its warnings; raises `RuleError` with all errors found.

    `documents` receives the text of each file that was read, by the name that messages show.
    """
    found = Diagnostics()
    loader = _Loader(layout, found, {} if documents is None else documents)
    content = loader.content()
    found.raise_errors()
    return content, found


@dataclass
class _Loader:
    """Reads the folders in the order in which they depend on each other."""

    layout: Layout
    found: Diagnostics
    documents: dict[str, Document]
    authorities: dict[str, Authority] = field(default_factory=dict)

    def content(self) -> Content:
        tables = self._tables()
        documents = self._documents(files_in(self.layout.facts))
        vocabulary = read_vocabulary(documents, tables, self.found)
        self.found.raise_errors()
        roles = read_roles(documents, vocabulary, self.found)
        scope = base_scope(_types(vocabulary, tables))
        scope = self._with_sets(scope, vocabulary, tables)
        base = replace(self._base(scope, vocabulary, tables), audience=roles.audience)
        derivations, unknowns = self._derivations(base)
        schemes, cases = self._schemes(base)
        return Content(
            vocabulary=vocabulary,
            tables=tables,
            authorities=self.authorities,
            derivations=derivations,
            derived_unknowns=unknowns,
            schemes=schemes,
            read_cases=lambda: cases,
            digest=digest_of(self.layout),
            roles=roles,
        )

    def _documents(self, paths: Iterable[Path]) -> list[Document]:
        documents = []
        for path in paths:
            try:
                documents.append(read_yaml_file(path, shown_as=self.layout.shown(path)))
            except RuleError as error:
                self.found.extend(error.diagnostics)
        self.documents.update({document.file: document for document in documents})
        return documents

    def _tables(self) -> Tables:
        folder = self.layout.rules / "reference"
        return read_tables(self._documents(files_in(folder)), folder, self.found)

    def _base(self, scope: Scope, vocabulary: Vocabulary, tables: Tables) -> Context:
        empty = Document("", {}, {})
        authorities = frozenset(self.authorities)
        return Context(empty, scope, self.found, vocabulary, tables, authorities, frozenset())

    def _with_sets(self, scope: Scope, vocabulary: Vocabulary, tables: Tables) -> Scope:
        names: dict[str, Symbol] = {}
        for document in self._documents(files_in(self.layout.rules / "sets")):
            shape = shaped(document, SetsShape, self.found)
            if shape is None:
                continue
            for id_, authority in shape.authorities.items():
                if id_ in self.authorities:
                    self.found.add("C12", document.place(("authorities", id_)), name=id_)
                name = authority.name.text()
                self.authorities[id_] = Authority(id_, name, authority.url, authority.email)
            context = Context(
                document,
                scope,
                self.found,
                vocabulary,
                tables,
                frozenset(),
                frozenset(shape.sources),
            )
            for key, nomenclature in shape.nomenclatures.items():
                context.source_ids(("nomenclatures", key, "source"), nomenclature.source)
            declared = common.sets_of(shape.sets, context)
            for twin in declared.keys() & names.keys():
                self.found.add("C22", document.place(("sets", twin)), name=twin)
            names.update(declared)
        return scope.with_names(names)

    def _derivations(self, base: Context) -> tuple[dict[str, Derivation], dict[str, Unknown]]:
        read: list[tuple[Derivation, Context, Path_]] = []
        unknowns: dict[str, Unknown] = {}
        for document in self._documents(files_in(self.layout.rules / "derived")):
            shape = shaped(document, DerivedShape, self.found)
            if shape is None:
                continue
            context = _in(document, base)
            owner = Path(document.file).stem
            derivations, more = read_derived(shape, owner, context)
            unknowns.update(more)
            read.extend((d, context, ("derived", i)) for i, d in enumerate(derivations))
        check_derivations(read, {d.fact: context for d, context, _ in read})
        return {d.fact: d for d, _, _ in read}, unknowns

    def _schemes(self, base: Context) -> tuple[dict[str, Scheme], dict[str, tuple[Case, ...]]]:
        schemes: dict[str, Scheme] = {}
        cases: dict[str, tuple[Case, ...]] = {}
        documents: dict[str, Document] = {}
        for document in self._documents(self.layout.scheme_files()):
            shape = shaped(document, SchemeShape, self.found)
            if shape is None:
                continue
            context = _in(document, base)
            if Path(document.file).stem != shape.id:
                self.found.add("C23", document.value_place(("id",)), name=shape.id)
            if shape.id in schemes:
                first = schemes[shape.id].file
                self.found.add("C19", document.place(("id",)), name=shape.id, other=first)
            schemes[shape.id] = read_scheme(shape, context)
            cases[shape.id] = read_cases(shape, context)
            documents[shape.id] = document
        unread = {path.stem for path in self.layout.scheme_files()} - set(schemes)
        self._relations(schemes, documents, unread)
        return dict(sorted(schemes.items())), cases

    def _relations(
        self,
        schemes: Mapping[str, Scheme],
        documents: Mapping[str, Document],
        unread: AbstractSet[str],
    ) -> None:
        """Relations may name schemes of other files, and those whose own mistakes hide them."""
        known = [*schemes, *self.layout.others, *unread]
        for id_, scheme in schemes.items():
            for key in ("opens_way_to", "excludes", "replaces"):
                place = documents[id_].place((key,))
                self._known(getattr(scheme.relations, key), known, place)
            elsewhere = [c.otherwise for c in criteria_of(scheme.criteria) if c.otherwise]
            self._known(elsewhere, known, documents[id_].place(("criteria",)))

    def _known(self, ids: Sequence[str], known: Sequence[str], place: Place) -> None:
        for id_ in ids:
            if id_ not in known:
                self.found.add("C20", place, suggestion=nearest(id_, known), name=id_)


def _in(document: Document, base: Context) -> Context:
    return replace(base, document=document)


def _types(vocabulary: Vocabulary, tables: Tables) -> dict[str, Type]:
    """The type of each fact; the codes of small tables are known when rules are read."""
    types: dict[str, Type] = {}
    for key, fact in vocabulary.items():
        listed = [tables[name] for name in (fact.codes, fact.or_codes) if name and name in tables]
        members = frozenset(chain.from_iterable(table.keys() for table in listed))
        types[key] = fact.type(members if listed else None)
    return types
