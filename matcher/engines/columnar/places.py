"""Where is each fact of a frame, or what is known of it in all rows?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias

import polars as pl

from matcher.engines.columnar.ends import Ends, fixed
from matcher.engines.columnar.frame import DTYPES, MAX, MIN, NONE, SEVERAL, scale_of
from matcher.engines.columnar.kleene import Truths
from matcher.facts.tables import Tables
from matcher.facts.values import Known, Nothing, Span
from matcher.facts.vocabulary import LARGEST, FactDeclaration, Vocabulary
from matcher.language.types import LISTED, ORDERED, Kind

MOST_FEW = 1_000
NO_UNIVERSES: Mapping[str, pl.Enum] = MappingProxyType({})


@dataclass(frozen=True)
class Column:
    """The columns of a fact: its value, or its lower and upper ends, and whether there is none.

    `categories` are the cells that the column may hold, where they are known; `size` bounds the
    units of a number.
    """

    kind: Kind
    low: str
    high: str
    none: str | None = None
    scale: int = 1
    size: int = 0
    categories: tuple[str, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        some = (self.low, self.high) if self.high != self.low else (self.low,)
        return some if self.none is None else (*some, self.none)

    def ends(self) -> Ends:
        """The bounds of a number or date, row by row."""
        exact = self.low == self.high
        low = pl.col(self.low)
        high = low if exact else pl.col(self.high)
        return Ends(low, high, self.scale, self.size, exact, self.is_none())

    def is_none(self) -> Truths:
        """Where there is none."""
        return False if self.none is None else pl.col(self.none).fill_null(value=False)

    def is_there(self) -> pl.Expr:
        """Where something is known."""
        return pl.any_horizontal(
            [pl.col(name).is_not_null() for name in dict.fromkeys((self.low, self.high))]
            + ([pl.col(self.none).fill_null(value=False)] if self.none else [])
        )


@dataclass(frozen=True)
class Same:
    """What is known of a fact in all rows: nothing, or one value."""

    known: Known | None = None
    kind: Kind | None = None

    def ends(self) -> Ends:
        """The bounds of a number or date."""
        match self.known:
            case Span() as known:
                return fixed(known, date=self.kind is Kind.DATE)
            case Nothing():
                return Ends(None, None, none=True)
            case _:
                return Ends(None, None)


Place: TypeAlias = Column | Same
ABSENT = Same()


@dataclass(frozen=True)
class Places:
    """Where the facts are: as the frame gives them, and with what was computed from them."""

    given: Mapping[str, Place]
    known: Mapping[str, Place] = field(default_factory=dict)

    def get(self, key: str, *, given: bool = False) -> Place:
        """Where a fact is; `given`: as the frame gives it."""
        place = self.given.get(key, ABSENT)
        return place if given else self.known.get(key, place)


# ------------------------------------------------------------------------------- of a given frame
def with_categories(
    frame: pl.DataFrame, facts: Vocabulary, universes: Mapping[str, pl.Enum] = NO_UNIVERSES
) -> pl.DataFrame:
    """The frame whose choices, codes and sets are categories, which compare fast.

    `universes` are the categories of facts whose codes are known: the same for all frames. A code
    of which nearly every row has its own stays a text.
    """
    frame = frame.with_columns(_absent_beside_none(frame.columns, facts))
    schema = frame.schema
    texts = [k for k, dtype in schema.items() if dtype == pl.String and _is_listed(k, facts)]
    found = [_categories(frame[key], universes.get(key)) for key in texts]
    return frame.with_columns([cells for cells in found if cells is not None])


def _is_listed(key: str, facts: Vocabulary) -> bool:
    return key in facts and facts[key].kind in LISTED | {Kind.SET}


def _absent_beside_none(columns: Sequence[str], facts: Vocabulary) -> list[pl.Expr]:
    """The value of a fact of which a frame only says whether there is none."""
    keys = [name.removesuffix(NONE) for name in columns if name.endswith(NONE)]
    alone = [k for k in keys if k in facts and not {k, k + MIN, k + MAX} & set(columns)]
    return [pl.lit(None, dtype=DTYPES[facts[key].kind]).alias(key) for key in alone]


def universes_of(facts: Vocabulary, tables: Tables) -> Mapping[str, pl.Enum]:
    """The categories of the facts whose choices or codes are listed."""
    found = {}
    for key, fact in facts.items():
        named = [tables[name] for name in (fact.codes, fact.or_codes) if name and name in tables]
        words = {code for table in named for code in table.keys()}  # noqa: SIM118  a table
        if fact.kind is Kind.CHOICE or words:
            found[key] = pl.Enum(sorted(words) or [choice for choice, _ in fact.choices])
    return found


def _categories(cells: pl.Series, universe: pl.Enum | None) -> pl.Series | None:
    if universe is not None:
        known = cells.cast(universe, strict=False)
        if known.null_count() == cells.null_count():
            return known
    unique = cells.drop_nulls().unique()
    several = unique.str.contains(SEVERAL, literal=True).any()
    if not several and len(unique) > max(len(cells) // 4, MOST_FEW):
        return None
    return cells.cast(pl.Enum(unique.sort()))


def place_in(schema: pl.Schema, fact: FactDeclaration) -> Place:
    """Where a frame has a fact. Raises `ValueError` for a column of the wrong type."""
    key = fact.key
    none = key + NONE if key + NONE in schema else None
    is_range = key + MIN in schema or key + MAX in schema
    names = (key + MIN, key + MAX) if is_range else (key, key)
    if names[0] not in schema and names[1] not in schema:
        return ABSENT
    _check_types(schema, fact, names, none)
    dtype = schema[names[0]]
    categories = None
    if isinstance(dtype, pl.Enum):
        categories = tuple(dtype.categories)
    scale = scale_of(fact)
    size = 0 if fact.kind is Kind.DATE else _largest(fact) * scale
    return Column(fact.kind, *names, none, scale, size, categories)


def _check_types(
    schema: pl.Schema, fact: FactDeclaration, names: tuple[str, str], none: str | None
) -> None:
    for name in names:
        if name not in schema:
            raise ValueError(f"column {name} is missing: a range has two columns")
        if not _fits(schema[name], fact.kind):
            raise ValueError(f"column {name} of type {schema[name].base_type()} is no {fact.kind}")
    if none is not None and schema[none] != pl.Boolean:
        raise ValueError(f"column {none} of type {schema[none].base_type()} is no boolean")


def _largest(fact: FactDeclaration) -> int:
    if fact.low is None or fact.high is None:
        return LARGEST
    return int(max(abs(Fraction(fact.low)), abs(Fraction(fact.high)))) + 1


def _fits(dtype: pl.DataType, kind: Kind) -> bool:
    match kind:
        case Kind.BOOLEAN:
            return dtype == pl.Boolean
        case Kind.DATE:
            return dtype == pl.Date
        case _ if kind in ORDERED:
            return dtype == pl.Int64
        case _:
            return dtype == pl.String or isinstance(dtype, pl.Enum)
