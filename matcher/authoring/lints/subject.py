"""What do the lints look at: the catalogue, the texts it was read from, and a date?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from matcher.authoring.lints.budget import STEPS_AN_EXPRESSION, Budget, TooLargeError
from matcher.authoring.lints.meaning import Meaning
from matcher.authoring.lints.reading import Reader
from matcher.catalogue.content import Content
from matcher.catalogue.model import Scheme
from matcher.catalogue.plan import plan_of
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.diagnostics import Diagnostic, Place
from matcher.language.tree import Choose, Constant, Node, Test
from matcher.language.yaml_text import Document, Path_


@dataclass(frozen=True)
class Subject:
    """A catalogue to look at on a date (a day number).

    `documents` are the texts by the name that messages show. `files` are those to report on: a
    person who checks one scheme is not told about the others.
    """

    content: Content
    documents: Mapping[str, Document]
    day: int
    files: frozenset[str]

    @cached_property
    def meanings(self) -> tuple[tuple[Scheme, tuple[Meaning, ...]], ...]:
        """What each scheme asks in each of its editions."""
        facts: dict[str, FactDeclaration] = dict(self.content.vocabulary)
        facts |= {key: u.declaration() for key, u in self.content.unknowns.items()}
        reader = Reader(facts, self.content.derivations, self._computed)
        return tuple(
            (scheme, tuple(_meanings(scheme, reader, self.budget(scheme, "searches"))))
            for scheme in self.schemes
        )

    def budget(self, scheme: Scheme, work: str) -> Budget:
        """The budget of a scheme for one sort of work, the same each time."""
        return self._budgets.setdefault((scheme.id, work), Budget())

    @cached_property
    def _budgets(self) -> dict[tuple[str, str], Budget]:
        return {}

    @property
    def unfinished(self) -> tuple[Scheme, ...]:
        """The schemes that could not be looked at to the end."""
        ended = {id_ for (id_, _), budget in self._budgets.items() if not budget.complete}
        return tuple(scheme for scheme in self.schemes if scheme.id in ended)

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes to report on."""
        return tuple(s for s in self.content.schemes.values() if s.file in self.files)

    @cached_property
    def _computed(self) -> Mapping[str, Node]:
        """The facts computed by a test, and by it alone."""
        return {
            key: derivation.trees[0]
            for key, derivation in self.content.derivations.items()
            if len(derivation.trees) == 1
            and not self.content.vocabulary[key].overridable
            and _by_tests(derivation.trees[0])
        }

    # -------------------------------------------------------------------------------------- places
    def part(self, scheme: Scheme, name: str, *keys: str | int) -> Place:
        """Where a part or a definition of a scheme stands, or one of its keys."""
        document = self.documents[scheme.file]
        paths = self._paths[scheme.file].get(name, [()])
        path = next((path for path in paths if (*path, *keys) in document.places), paths[0])
        return document.place((*path, *keys))

    def derivation(self, fact: str) -> Place:
        """Where the computation of a fact stands."""
        return self._derivations[fact]

    @cached_property
    def _derivations(self) -> Mapping[str, Place]:
        return {
            item["fact"]: document.place(("derived", index))
            for document in self.documents.values()
            for index, item in enumerate(document.data.get("derived", ()))
        }

    @cached_property
    def _paths(self) -> Mapping[str, Mapping[str, list[Path_]]]:
        files = [scheme.file for scheme in self.schemes]
        return {file: _paths(self.documents[file].data) for file in files}


Lint = Callable[[Subject], Iterator[Diagnostic]]


def _meanings(scheme: Scheme, reader: Reader, budget: Budget) -> Iterator[Meaning]:
    """What a scheme asks in each of its editions, as far as the budget goes."""
    with suppress(TooLargeError):
        for edition in scheme.editions or (None,):
            plan = plan_of(scheme, edition)
            yield Meaning(plan, reader, budget)
            budget.spend(STEPS_AN_EXPRESSION * (len(plan.leaves) + len(plan.signals)))


def _by_tests(tree: Node) -> bool:
    """Whether a tree is a test, or a choice among constants and tests."""
    if not isinstance(tree, Choose):
        return isinstance(tree, Test)
    results = [*(value for _, value in tree.branches), tree.otherwise]
    return all(result is None or isinstance(result, Test | Constant) for result in results)


PARTS = ("criteria", "signals", "assessed", "uncoded", "aid", "editions")


def _paths(data: object) -> dict[str, list[Path_]]:
    """The paths of each definition and of each part that has an id, by name."""
    assert isinstance(data, dict)
    found: dict[str, list[Path_]] = {name: [("define", name)] for name in data.get("define", {})}
    for section in PARTS:
        for id_, path in _below(data.get(section), (section,)):
            found.setdefault(id_, []).append(path)
    return found


def _below(data: object, path: Path_) -> Iterator[tuple[str, Path_]]:
    if isinstance(data, dict):
        if isinstance(data.get("id"), str):
            yield data["id"], path
        for key, value in data.items():
            yield from _below(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _below(value, (*path, index))
