"""What does a test say in SQL? A second judge, on DuckDB: its own reading of the tree.

Nothing here is shared with the columnar engine but what is known of each fact. Connectives are
SQL's; numbers are 128-bit integers, which DuckDB checks for overflow; dates move by SQL's
intervals. An exact fact is one column, null where it is absent, and is compared as SQL compares.
Where the value of a node is known only to lie between two ends it is two expressions, null where
that end is open. `CASE` sends unknown to its next branch: each condition below is written so that
this is what is meant. (No DECIMAL: of DECIMAL(38, 2) and DECIMAL(38, 0), DuckDB's GREATEST is
rounded to a whole number.)
"""

import datetime
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cache, reduce

import duckdb

from matcher.facts.values import INFINITY, Members, Nothing, Options, Span, is_exact
from matcher.language.tree import (
    AS_OF,
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
    Member,
    Not,
    Product,
    Relation,
    Shift,
    Sum,
)
from matcher.language.types import ORDERED, Kind
from matcher.language.walk import facts_of

MOST_TESTS = 100
MOST_TEXT = 30_000
MOST_MONTHS = 130_000
FIRST, LAST = "DATE '0001-01-01'", "DATE '9999-12-31'"
HAS = {"overlaps": "list_has_any({0}, {1})", "within": "list_has_all({1}, {0})"}
HAS["includes"] = "list_has_all({0}, {1})"


class TooLongError(Exception):
    """A test of so many nested choices that DuckDB would plan it for seconds."""


def by_duckdb(known, tests, kinds, day):
    """For each of some known facts, the truth of each test. `kinds` are those of the facts."""
    if not known:
        return []
    read = {key: kinds[key] for test in tests for key in facts_of(test) if key != AS_OF}
    columns = {key: Column(key, kind, [f.get(key) for f in known]) for key, kind in read.items()}
    writer = Sql(columns, day)
    texts = [writer.test(test) for test in tests]
    if max(map(len, texts), default=0) > MOST_TEXT:
        raise TooLongError
    parts = [texts[n : n + MOST_TESTS] for n in range(0, len(texts), MOST_TESTS)]
    found = [_base().execute(_query(columns, len(known), part)).fetchall() for part in parts]
    return [sum(rows, ()) for rows in zip(*found, strict=True)]


@cache
def _base():
    """One database in memory, that holds nothing."""
    return duckdb.connect(config={"threads": 1})


def _query(columns, rows, tests):
    names = [name for column in columns.values() for name in column.casts]
    casts = [cast for column in columns.values() for cast in column.casts.values()]
    cells = [cell for column in columns.values() for cell in column.cells.values()]
    lines = [", ".join((str(n), *(cell[n] for cell in cells))) for n in range(rows)]
    typed = [f"CAST({name} AS {cast}) AS {name}" for name, cast in zip(names, casts, strict=True)]
    values = (
        f"(VALUES {', '.join(f'({line})' for line in lines)}) AS given({_listed(['n', *names])})"
    )
    facts = f"SELECT {_listed(['n', *typed])} FROM {values}"  # noqa: S608  our own rules
    return f"WITH facts AS ({facts}) SELECT {_listed(tests)} FROM facts ORDER BY n"  # noqa: S608


def _listed(parts):
    return ", ".join(parts)


# ------------------------------------------------------------------------------------ the columns
class Column:
    """What is known of a fact in each row: the cells, and their types, by column."""

    def __init__(self, key, kind, known):
        self.kind = kind
        self.exact = all(is_exact(one) for one in known if one is not None)
        self.none = _named(key, "@none") if Nothing() in known else None
        self.low = _named(key, "" if self.exact else "@min")
        self.high = self.low if self.exact or kind not in ORDERED else _named(key, "@max")
        ends = {self.low: 0, self.high: -1} if kind in ORDERED else {self.low: 0}
        cast = self._type()
        self.places = _places(known) if cast == "HUGEINT" else 0
        self.cells = {
            name: [_cells(one, cast, self.places)[end] for one in known]
            for name, end in ends.items()
        }
        self.casts = dict.fromkeys(self.cells, cast)
        if self.none:
            self.cells[self.none] = [str(one == Nothing()) for one in known]
            self.casts[self.none] = "BOOLEAN"

    def _type(self):
        match self.kind:
            case Kind.BOOLEAN | Kind.DATE as kind:
                return str(kind).upper()
            case Kind.INTEGER | Kind.NUMBER | Kind.EUROS:
                return "HUGEINT"
            case Kind.CHOICE | Kind.CODE if self.exact:
                return "VARCHAR"
            case _:
                return "VARCHAR[]"


def _places(known):
    """How many decimals some numbers have."""
    spans = [one for one in known if isinstance(one, Span)]
    ends = [end for span in spans for end in (span.low, span.high) if abs(end) != INFINITY]
    return max(map(_decimals, ends), default=0)


def _named(key, suffix):
    return f'"{key}{suffix}"'


def _cells(known, cast, places):
    """One cell, or both ends."""
    match known:
        case Span(low, high) if cast == "DATE":
            return _quoted(_day(low)), _quoted(_day(high))
        case Span(low, high):
            return _quoted(_units(low, places)), _quoted(_units(high, places))
        case Options(members) if cast != "VARCHAR[]":
            return (_quoted(next(iter(members)) if len(members) == 1 else None),)
        case Options(items) | Members(items):
            assert not any(set(item) & set(",[]'\" ") for item in items)
            return (_quoted(f"[{', '.join(sorted(items))}]"),)
        case _:
            return "NULL", "NULL"


def _quoted(cell):
    return "NULL" if cell is None else "'" + str(cell).replace("'", "''") + "'"


def _day(end):
    return None if abs(end) == INFINITY else datetime.date.fromordinal(end).isoformat()


def _decimals(number):
    return next(n for n in range(39) if 10**n % Fraction(number).denominator == 0)


def _units(end, places):
    return None if abs(end) == INFINITY else int(end * 10**places)


# --------------------------------------------------------------------------------------- the tree
@dataclass(frozen=True)
class Ends:
    """The ends of a value and whether there is none, in SQL; numbers in units of a decimal."""

    low: str
    high: str
    none: str = "FALSE"
    places: int = 0


UNKNOWN = Ends("NULL", "NULL")


class Sql:
    """Writes tests over some columns, on a day."""

    def __init__(self, columns, day):
        self.columns = columns
        self.day = day

    def test(self, test):
        """A test, as a nullable boolean."""
        match test:
            case All(items):
                return _joined("AND", [self.test(item) for item in items], "TRUE")
            case Any(items):
                return _joined("OR", [self.test(item) for item in items], "FALSE")
            case Not(item):
                return f"(NOT {self.test(item)})"
            case AtLeast(count, items):
                return _at_least(count, [self.test(item) for item in items])
            case Compare(left, op, right):
                return _compared(self.ends(left), op, self.ends(right))
            case Member(Fact(key), values):
                column = self.columns[key]
                return _never_none(_member(column, values), column)
            case Relation(relation, Fact(key), values):
                return _related(relation, self.columns[key], values)
            case IsNone(Fact(key)):
                column = self.columns[key]
                absent = f"{column.low} IS NULL AND {column.high} IS NULL"
                none = column.none or "FALSE"
                return f"CASE WHEN {none} THEN TRUE WHEN {absent} THEN NULL ELSE FALSE END"

    def ends(self, node):
        """A number or a date, as two ends."""
        match node:
            case None:
                return UNKNOWN
            case Fact(key) if key == AS_OF:
                return _same(f"DATE '{_day(self.day)}'")
            case Fact(key):
                column = self.columns[key]
                return Ends(column.low, column.high, column.none or "FALSE", column.places)
            case Constant(value, Kind.DATE):
                return _same(f"DATE '{_day(value)}'")
            case Constant(value):
                return _number(value)
            case Sum(terms):
                return _sum([self.ends(term) for term in terms])
            case Product(factors):
                return self._product(factors)
            case Extreme(which, items):
                return _extreme(which, [self.ends(item) for item in items])
            case Shift(date, months):
                return _shifted(self.ends(date), self.ends(months))
            case Elapsed(since):
                return self._elapsed(self.ends(since))
            case Between(low, high):
                return _hull([("TRUE", self.ends(low)), ("TRUE", self.ends(high))])
            case Choose(branches, otherwise):
                return self._chosen(branches, otherwise)

    def _product(self, factors):
        """The written factors last."""
        written = [factor.value for factor in factors if isinstance(factor, Constant)]
        others = [self.ends(factor) for factor in factors if not isinstance(factor, Constant)]
        whole = reduce(_multiplied, others) if others else _number(1)
        for number in written:
            places = _decimals(number)
            whole = _multiple(whole, _units(number, places), whole.places + places)
        return whole

    def _elapsed(self, since):
        until = f"DATE '{_day(self.day)}'"

        def years(date):
            apart = f"(year({until}) - year({date}))"
            return (
                f"({apart} - CASE WHEN {_moved(date, f'12 * {apart}')} > {until} THEN 1 ELSE 0 END)"
            )

        low = years(since.high)
        return Ends(low, low if since.low == since.high else years(since.low), since.none)

    def _chosen(self, branches, otherwise):
        """The branches that may be the first whose test holds: an unknown test excludes nothing."""
        possible, before = [], []
        for test, then in branches:
            held = self.test(test)
            may = _joined("AND", [*before, f"({held} IS DISTINCT FROM FALSE)"], "TRUE")
            possible.append((may, self.ends(then)))
            before.append(f"({held} IS DISTINCT FROM TRUE)")
        return _hull([*possible, (_joined("AND", before, "TRUE"), self.ends(otherwise))])


def _joined(word, parts, empty):
    return f"({f' {word} '.join(parts)})" if parts else empty


def _at_least(count, parts):
    sure = _joined("+", [f"CASE WHEN {part} THEN 1 ELSE 0 END" for part in parts], "0")
    may = _joined("+", [f"CASE WHEN NOT {part} THEN 0 ELSE 1 END" for part in parts], "0")
    return f"CASE WHEN {sure} >= {count} THEN TRUE WHEN {may} < {count} THEN FALSE END"


def _never_none(test, column):
    return test if column.none is None else f"({test} AND NOT {column.none})"


# ------------------------------------------------------------------------------------ memberships
def _member(column, values):
    if not values:
        return "FALSE"
    match column.kind:
        case Kind.BOOLEAN:
            named = {True: column.low, False: f"(NOT {column.low})"}
            return _joined("OR", [named[value] for value in sorted(values)], "FALSE")
        case Kind.INTEGER:
            return _is_number(column, sorted(values))
        case _ if column.exact:
            return f"({column.low} IN ({_listed(map(_quoted, sorted(values)))}))"
        case _:
            words = _words(values)
            yes, maybe = (HAS[how].format(column.low, words) for how in ("within", "overlaps"))
            return f"CASE WHEN {yes} THEN TRUE WHEN NOT {maybe} THEN FALSE END"


def _is_number(column, values):
    values = [value * 10**column.places for value in values]
    if column.exact:
        return f"({column.low} IN ({_listed(map(str, values))}))"
    assert column.places == 0
    low, high = column.low, column.high
    inside = [f"COALESCE({low} <= {v}, TRUE) AND COALESCE({v} <= {high}, TRUE)" for v in values]
    count = _joined("+", [f"CASE WHEN {part} THEN 1 ELSE 0 END" for part in inside], "0")
    return (
        f"CASE WHEN {count} = {high} - {low} + 1 THEN TRUE "
        f"WHEN {count} = 0 AND ({low} IS NOT NULL OR {high} IS NOT NULL) THEN FALSE END"
    )


def _related(relation, column, values):
    if not values and relation != "within":
        return str(relation == "includes").upper()
    return _never_none(HAS[relation].format(column.low, _words(values)), column)


def _words(values):
    return f"[{_listed(map(_quoted, sorted(values)))}]::VARCHAR[]"


# ----------------------------------------------------------------------------------------- values
def _same(text):
    return Ends(text, text)


def _number(number):
    text = f"CAST('{_units(number, _decimals(number))}' AS HUGEINT)"
    return Ends(text, text, places=_decimals(number))


def _alike(parts):
    """The same values in units of the same decimal."""
    most = max(part.places for part in parts)
    return [_multiple(part, 10 ** (most - part.places), most) for part in parts]


def _compared(a, op, b):
    a, b = _alike([a, b])
    if op in (">", ">="):
        return _compared(b, "<" if op == ">" else "<=", a)
    held = f"(NOT {_held(a, '==', b)})" if op == "!=" else _held(a, op, b)
    known = [f"NOT {end.none}" for end in (a, b) if end.none != "FALSE"]
    return _joined("AND", [held, *known], "")


def _held(a, op, b):
    if a.low == a.high and b.low == b.high:
        return f"({a.low} {'=' if op == '==' else op} {b.low})"
    if op == "==":
        sure = f"{a.low} = {a.high} AND {b.low} = {b.high} AND {a.low} = {b.low}"
        apart = f"{a.high} < {b.low} OR {b.high} < {a.low}"
        return f"CASE WHEN {sure} THEN TRUE WHEN {apart} THEN FALSE END"
    never = "<=" if op == "<" else "<"
    return f"CASE WHEN {a.high} {op} {b.low} THEN TRUE WHEN {b.high} {never} {a.low} THEN FALSE END"


def _any_none(parts):
    return _joined("OR", sorted({part.none for part in parts} - {"FALSE"}), "FALSE")


def _sum(parts):
    """Null, an open end, wherever one of the ends is."""
    same = _alike(parts)
    low, high = (_joined("+", [getattr(p, end) for p in same], "0") for end in ("low", "high"))
    return Ends(low, high, _any_none(parts), same[0].places)


def _multiple(part, number, places):
    """The units times a whole number, in units of another decimal."""
    if number == 0:
        return Ends("0", "0", part.none)
    if number == 1:
        return replace(part, places=places)
    ends = [f"({end} * CAST('{number}' AS HUGEINT))" for end in (part.low, part.high)]
    return Ends(*(ends if number > 0 else reversed(ends)), part.none, places)


def _multiplied(a, b):
    """The extremes of the four corners; zero times anything is zero, an open end included."""
    none, places = _any_none([a, b]), a.places + b.places
    if a.low == a.high and b.low == b.high:
        whole = f"CASE WHEN {a.low} = 0 OR {b.low} = 0 THEN 0 ELSE {a.low} * {b.low} END"
        return Ends(whole, whole, none, places)
    corners = [(x, y) for x in ((a.low, -1), (a.high, 1)) for y in ((b.low, -1), (b.high, 1))]
    found = [
        f"CASE WHEN {_sign(*x)} * {_sign(*y)} = 0 THEN 0 ELSE {x[0]} * {y[0]} END"
        for x, y in corners
    ]
    low, high = (
        f"CASE WHEN {_joined('OR', [_open(x, y, sign) for x, y in corners], '')} THEN NULL "
        f"ELSE {how}({_listed(found)}) END"
        for sign, how in (("<", "LEAST"), (">", "GREATEST"))
    )
    return Ends(low, high, none, places)


def _sign(end, otherwise):
    return f"COALESCE(sign({end}), {otherwise})"


def _open(x, y, sign):
    return f"(({x[0]} IS NULL OR {y[0]} IS NULL) AND {_sign(*x)} * {_sign(*y)} {sign} 0)"


def _extreme(which, parts):
    how = "LEAST" if which == "min" else "GREATEST"
    same = _alike(parts)
    lows, highs = [part.low for part in same], [part.high for part in same]
    of_known = [f"{how}({_listed(ends)})" for ends in (lows, highs)]
    open_ = _joined("OR", [f"{end} IS NULL" for end in (lows if which == "min" else highs)], "")
    guarded = 0 if which == "min" else 1
    of_known[guarded] = f"CASE WHEN {open_} THEN NULL ELSE {of_known[guarded]} END"
    return Ends(*of_known, _any_none(parts), same[0].places)


def _hull(possible):
    """What the parts that are possible allow; none only where all of them are none."""
    same = _alike([part for _, part in possible])
    possible = [(may, part) for (may, _), part in zip(possible, same, strict=True)]
    ends = []
    for name, how in (("low", "LEAST"), ("high", "GREATEST")):
        parts = [(may, getattr(part, name)) for may, part in possible]
        open_ = _joined("OR", [f"({may} AND {end} IS NULL)" for may, end in parts], "")
        known = _listed(f"CASE WHEN {may} THEN {end} END" for may, end in parts)
        ends.append(f"CASE WHEN {open_} THEN NULL ELSE {how}({known}) END")
    some = any(part.none != "FALSE" for _, part in possible)
    none = _joined("AND", [f"((NOT {may}) OR {part.none})" for may, part in possible], "")
    return Ends(*ends, none if some else "FALSE", same[0].places)


def _moved(date, months):
    """A date some months later, within the calendar; the end of a shorter month clamps."""
    few = f"CAST(LEAST(GREATEST({months}, -{MOST_MONTHS}), {MOST_MONTHS}) AS INTEGER)"
    whole = f"LEAST(GREATEST({date} + to_months({few}), {FIRST}), {LAST})"
    return f"CASE WHEN {date} IS NULL OR {months} IS NULL THEN NULL ELSE CAST({whole} AS DATE) END"


def _shifted(date, months):
    assert months.places == 0
    low, high = (_moved(getattr(date, e), getattr(months, e)) for e in ("low", "high"))
    return Ends(low, high, _any_none([date, months]))
