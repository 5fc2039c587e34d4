"""How are the facts that follow from others computed for a whole frame?

The columns of `matcher.meaning.derive`: what is computed narrows what is given; where they allow
nothing in common the fact counts as absent and the row is marked as contradictory. What reads
tables is asked of the reference for each distinct combination; the rest is vectorised.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from matcher.engines.columnar import ends
from matcher.engines.columnar.answers import columns_of
from matcher.engines.columnar.by_rows import Asker, Reads, RowFacts, reads_of
from matcher.engines.columnar.ends import BeyondColumnsError, Ends
from matcher.engines.columnar.expressions import Expressions
from matcher.engines.columnar.frame import SEVERAL
from matcher.engines.columnar.kleene import as_expr
from matcher.engines.columnar.places import ABSENT, Column, Place, Places, Same, place_in
from matcher.facts.values import Known, overlap
from matcher.facts.vocabulary import FactDeclaration, Vocabulary
from matcher.language.tree import Choose, Constant, Node
from matcher.language.types import ORDERED, Kind
from matcher.language.walk import nodes
from matcher.meaning.derive import Computation
from matcher.meaning.evaluate import value

MOST_CHOICES = 8
CONFLICT = "@conflict"


@dataclass
class Derivation:
    """Adds to a frame the facts computed from it, each once, in the order they need each other."""

    frame: pl.DataFrame
    vocabulary: Vocabulary
    computation: Computation
    asker: Asker
    given: dict[str, Place] = field(default_factory=dict)
    known: dict[str, Place] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._schema = self.frame.schema

    @property
    def places(self) -> Places:
        """Where the facts are, so far."""
        return Places(self.given, self.known)

    def add(self, keys: Sequence[str]) -> None:
        """Compute the facts of some keys and all that they need."""
        for key in keys:
            self._add(key)

    def _add(self, key: str) -> None:
        if key in self.known:
            return
        given = self._given(key)
        if key in self.computation.silences:
            silence = self.computation.silences[key]
            self.known[key] = Same(silence.bounds)
            return
        trees = self.computation.trees.get(key, ())
        if not trees:
            self.known[key] = given
            return
        reads = reads_of(trees)
        for below in reads.given:
            self._given(below)
        self.add(reads.known)
        self.known[key] = self._computed(key, trees, given)

    def _given(self, key: str) -> Place:
        if key not in self.given:
            fact = self.vocabulary.get(key)
            self.given[key] = ABSENT if fact is None else place_in(self._schema, fact)
        return self.given[key]

    # ------------------------------------------------------------------------------------- one fact
    def _computed(self, key: str, trees: Sequence[Node], given: Place) -> Place:
        fact = self.vocabulary[key]
        try:
            return self._vectorised(fact, trees, given)
        except BeyondColumnsError:
            return self._asked(fact, trees, given)

    def _asked(self, fact: FactDeclaration, trees: Sequence[Node], given: Place) -> Place:
        """What the reference says, for each distinct combination."""
        reads = reads_of(trees)
        own = given if isinstance(given, Column) else None
        if own is not None:
            reads = Reads(reads.known, tuple(dict.fromkeys((*reads.given, fact.key))))
        overridable = fact.key in self.computation.overridable

        def how(facts: RowFacts) -> tuple[Known | None, bool]:
            stated = facts.given.get(fact.key) if own is not None else None
            return _narrowed(stated, trees, facts, overridable=overridable)

        about = ("derived", fact.key)
        read_by = trees if own is None else ()  # what is given is kept whole
        found, positions = self.asker.ask(self.frame, self.places, reads, how, about, read_by)
        if any(conflict for _, conflict in found) and positions is not None:
            flags = pl.Series([conflict for _, conflict in found], dtype=pl.Boolean)
            self._conflict(fact.key, flags.gather(positions))
        known = [known for known, _ in found]
        place, series = columns_of(f"={fact.key}", fact.kind, known, positions)
        self.frame = self.frame.with_columns(series)
        return place

    def _conflict(self, key: str, cells: pl.Series | pl.Expr) -> None:
        self.frame = self.frame.with_columns(cells.alias(CONFLICT + key))
        self.conflicts.append(key)

    # ----------------------------------------------------------------------------------- vectorised
    def _vectorised(self, fact: FactDeclaration, trees: Sequence[Node], given: Place) -> Place:
        if len(trees) != 1 or _looks_up(trees[0]) or (isinstance(given, Column) and given.none):
            raise BeyondColumnsError(fact.key)
        writer = Expressions(self.places, self.asker.day, self.asker.tables)
        match fact.kind:
            case Kind.BOOLEAN:
                place = self._boolean(fact, writer, trees[0], given)
            case Kind.CHOICE if not isinstance(given, Column):
                place = self._choice(fact, writer, trees[0])
            case kind if kind in ORDERED:
                place = self._ends(fact, writer, trees[0], given)
            case _:
                raise BeyondColumnsError(fact.key)
        return place

    def _boolean(
        self, fact: FactDeclaration, writer: Expressions, tree: Node, given: Place
    ) -> Place:
        held = writer.booleans(tree)
        self._refuse_rows(writer)
        if not isinstance(held, pl.Expr) and not isinstance(given, Column):
            raise BeyondColumnsError("the same in all rows")
        name = f"={fact.key}"
        derived = as_expr(held)
        if isinstance(given, Column):
            stated = pl.col(given.low)
            if fact.key in self.computation.overridable:
                derived = pl.coalesce(stated, derived)
            else:
                self._conflict(fact.key, (stated != derived).fill_null(value=False))
                agreed = pl.coalesce(stated, derived)
                derived = pl.when(~pl.col(CONFLICT + fact.key)).then(agreed)
        self.frame = self.frame.with_columns(derived.alias(name))
        return Column(Kind.BOOLEAN, name, name)

    def _choice(self, fact: FactDeclaration, writer: Expressions, tree: Node) -> Place:
        universe = sorted({choice for part in nodes(tree) for choice in _written_choice(part)})
        if not isinstance(tree, Choose) or not 0 < len(universe) <= MOST_CHOICES:
            raise BeyondColumnsError(fact.key)
        bits = writer.choices(tree, universe)
        self._refuse_rows(writer)
        categories = tuple(_categories(universe))
        cells = (bits - 1).cat.to(pl.Enum(categories)).alias(f"={fact.key}")
        self.frame = self.frame.with_columns(cells)
        return Column(fact.kind, f"={fact.key}", f"={fact.key}", categories=categories)

    def _ends(self, fact: FactDeclaration, writer: Expressions, tree: Node, given: Place) -> Place:
        derived = writer.ends(tree)
        self._refuse_rows(writer)
        if derived.none is not False:
            raise BeyondColumnsError("a computed value may be none")
        if isinstance(given, Column):
            derived = self._with_given(fact, derived, given.ends())
        return self._placed(fact, derived)

    def _with_given(self, fact: FactDeclaration, derived: Ends, given: Ends) -> Ends:
        if fact.key not in self.computation.overridable:
            return self._narrowed(fact, derived, given)
        derived, given = ends.alike([derived, given])
        there = [end.is_not_null() for end in (given.low, given.high) if end is not None]
        stated = pl.any_horizontal(there)

        def chosen(one: ends.End, other: ends.End) -> pl.Expr:
            return pl.when(stated).then(_cells(one, fact)).otherwise(_cells(other, fact))

        exact = given.exact and derived.exact
        low = chosen(given.low, derived.low)
        high = low if exact else chosen(given.high, derived.high)
        return Ends(low, high, derived.scale, max(derived.size, given.size), exact)

    def _narrowed(self, fact: FactDeclaration, derived: Ends, given: Ends) -> Ends:
        both = ends.common([derived, given])
        low, high = _cells(both.low, fact), _cells(both.high, fact)
        self._conflict(fact.key, (low > high).fill_null(value=False))
        agree = ~pl.col(CONFLICT + fact.key)
        return replace(both, low=pl.when(agree).then(low), high=pl.when(agree).then(high))

    def _placed(self, fact: FactDeclaration, found: Ends) -> Column:
        names = (f"={fact.key}",) if found.exact else (f"={fact.key}@min", f"={fact.key}@max")
        cells = (found.low, found.high)
        dtype = pl.Date if fact.kind is Kind.DATE else ends.dtype_of(found.size)
        self.frame = self.frame.with_columns(
            _cells(end, fact).cast(dtype).alias(name)
            for end, name in zip(cells, names, strict=False)
        )
        return Column(fact.kind, names[0], names[-1], None, found.scale, found.size)

    def _refuse_rows(self, writer: Expressions) -> None:
        if writer.by_rows:
            raise BeyondColumnsError("a part is left to the reference")


def _cells(end: ends.End, fact: FactDeclaration) -> pl.Expr:
    dtype = pl.Date if fact.kind is Kind.DATE else pl.Int64
    return pl.lit(None, dtype=dtype) if end is None else end


def _narrowed(
    given: Known | None, trees: Sequence[Node], facts: RowFacts, *, overridable: bool
) -> tuple[Known | None, bool]:
    """What is known of a fact, and whether what is given contradicts what is computed."""
    if given is not None and overridable:
        return given, False
    try:
        derived: Known | None = None
        for tree in trees:
            derived = overlap(derived, value(tree, facts))
        return overlap(given, derived), False
    except ValueError:
        return None, given is not None


def _looks_up(tree: Node) -> bool:
    return any(type(part).__name__ == "Lookup" for part in nodes(tree))


def _written_choice(part: Node) -> tuple[str, ...]:
    match part:
        case Constant(str() as choice):
            return (choice,)
        case _:
            return ()


def _categories(universe: Sequence[str]) -> Iterator[str]:
    """The cell that says each set of choices, in the order of their bits."""
    for bits in range(1, 1 << len(universe)):
        yield SEVERAL.join(c for place, c in enumerate(universe) if bits >> place & 1)
