"""What are drawn profiles about: which facts, computed how, on which day?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import strategies as st

from matcher.facts.profile import Profile
from matcher.facts.tables import Table
from matcher.facts.vocabulary import FactDeclaration, Vocabulary
from matcher.language.text import Text
from matcher.language.tree import Choose, Constant, Lookup, Node
from matcher.language.types import Kind
from matcher.language.walk import facts_of
from matcher.meaning.derive import Computation, KnownFacts
from matcher.testing.drawing import chance, pick, some
from matcher.testing.readable import Readable
from matcher.testing.rules import Author, never_none
from matcher.testing.vocabulary import CHOICES, CODES, days, declared, vocabularies

TABLE = "places"
COLUMNS = {"area": "code", "listed": "boolean"}
DERIVED: Mapping[str, tuple[Kind, str | None]] = {
    "y.size": (Kind.CHOICE, None),
    "y.area": (Kind.CHOICE, None),
    "y.listed": (Kind.BOOLEAN, None),
    "y.amount": (Kind.EUROS, "euros"),
    "y.deadline": (Kind.DATE, None),
    "y.eligible": (Kind.BOOLEAN, None),
}


@dataclass(frozen=True, repr=False)
class Setting(Readable):
    """What profiles are about: facts, how some are computed, and the day of the question.

    `unknowns` are the facts that only an authority can give.
    """

    vocabulary: Vocabulary
    day: int
    computation: Computation = field(default_factory=Computation)
    unknowns: Vocabulary = field(default_factory=dict)

    def __repr__(self) -> str:
        none = [key for key, fact in self.vocabulary.items() if fact.none is not None]
        facts = f"facts {', '.join(self.vocabulary)}; may be none: {', '.join(none) or '-'}"
        return f"day {self.day}; {facts}; computed: {dict(self.computation.trees)}"

    @property
    def base(self) -> Iterator[FactDeclaration]:
        """The facts that a profile gives: those that are not computed."""
        return (f for key, f in self.vocabulary.items() if key not in self.computation.trees)

    @property
    def base_keys(self) -> tuple[str, ...]:
        """The keys of the facts that a profile gives."""
        return tuple(fact.key for fact in self.base)

    def reading(self, tests: Iterable[Node]) -> Setting:
        """The setting with only the facts that some trees read, directly or not."""
        waiting = [key for test in tests for key in facts_of(test)]
        kept: set[str] = set()
        while waiting:
            key = waiting.pop()
            if key not in kept:
                kept.add(key)
                for tree in self.computation.trees.get(key, ()):
                    waiting.extend(facts_of(tree))
                silence = self.computation.silences.get(key)
                waiting.extend([silence.by] if silence and silence.by else [])
        facts = {key: fact for key, fact in self.vocabulary.items() if key in kept}
        trees = {key: tree for key, tree in self.computation.trees.items() if key in kept}
        return replace(self, vocabulary=facts, computation=replace(self.computation, trees=trees))

    def facts(self, profile: Profile) -> KnownFacts:
        """What a profile makes known of every fact."""
        return KnownFacts(profile.values, self.computation, self.day, profile.answers)


@dataclass(frozen=True)
class TableInMemory(Table):
    """A reference table without a file: its rows, by key."""

    rows: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def row(self, key: str) -> dict[str, str] | None:
        """The cells of the row of a key, or None when the table has no such row."""
        found = self.rows.get(key)
        return None if found is None else dict(found)

    def keys(self) -> list[str]:
        """Every key, in order."""
        return sorted(self.rows)


@st.composite
def settings(draw: st.DrawFn, *, derived: bool = False) -> Setting:
    """A vocabulary and a day; with `derived`, facts computed by tests, amounts and a table too."""
    vocabulary = draw(vocabularies())
    day = draw(days())
    return _with_derived(draw, vocabulary, day) if derived else Setting(vocabulary, day)


# ------------------------------------------------------------------------------------ derived facts
def _with_derived(draw: st.DrawFn, vocabulary: Vocabulary, day: int) -> Setting:
    known = dict(vocabulary)
    trees: dict[str, tuple[Node, ...]] = {}
    table = draw(tables())
    wanted = sorted(some(draw, sorted(DERIVED)))
    for key in wanted:
        kind, unit = DERIVED[key]
        trees[key] = (_tree(draw, key, table, known),)
        known[key] = declared(key, kind, unit)
        if chance(draw, 4):
            known[key] = replace(known[key], overridable=True)
    overridable = frozenset(key for key in wanted if known[key].overridable)
    computation = Computation(trees, overridable, {}, {TABLE: table})
    return Setting(known, day, computation)


def _tree(draw: st.DrawFn, key: str, table: Table, known: Vocabulary) -> Node:
    author, certain = Author(draw, known), Author(draw, never_none(known))
    match key:
        case "y.size":
            return _sizes(author)
        case "y.area" | "y.listed":
            column = key.removeprefix("y.")
            absent = pick(draw, (None, False)) if column == "listed" else None
            return Lookup(TABLE, "x.place", column, absent if table.complete else None)
        case "y.amount":
            return certain.chosen("euros", depth=1)
        case "y.deadline":
            return certain.chosen("date", depth=1)
        case _:
            return author.test(depth=2)


def _sizes(author: Author) -> Choose:
    """Several choices, the first whose test holds; sometimes nobody knows (None)."""
    results: list[Node | None] = [*(Constant(c, Kind.CHOICE) for c in CHOICES), None]
    lines = range(author.pick((1, 2, 3)))
    branches = tuple((author.test(depth=1), author.pick(results)) for _ in lines)
    return Choose(branches, author.pick(results))


@st.composite
def tables(draw: st.DrawFn) -> TableInMemory:
    """A table by place, complete or not: cells that are known, several, or unknown."""
    areas, listed = ("a", "b", "c", "a|b", "b|c|d", ""), ("true", "false", "true|false", "")
    rows = {
        key: {"key": key, "area": pick(draw, areas), "listed": pick(draw, listed)}
        for key in sorted(some(draw, CODES))
    }
    return TableInMemory(
        name=TABLE,
        title=Text("Lieux", "Places"),
        source="Places",
        vintage="2026",
        complete=chance(draw, 2),
        columns=COLUMNS,
        aliases=None,
        path=Path(),
        rows=rows,
    )
