"""Which small facts, rules and tables do the tests of columns speak of?"""

import datetime
from dataclasses import replace
from pathlib import Path

import polars as pl

from matcher.facts.vocabulary import LARGEST
from matcher.language.text import Text
from matcher.language.tree import (
    Constant,
    Fact,
    Lookup,
    Member,
)
from matcher.language.types import Kind
from matcher.meaning.derive import Computation
from matcher.testing import Setting
from matcher.testing.setting import TableInMemory
from matcher.testing.vocabulary import declared
from tests.engines.columnar.as_columns import by_columns, by_reference

DAY = datetime.date(2026, 6, 15).toordinal()
ORDERS = ("<", "<=", ">", ">=", "==", "!=")
RELATIONS = ("overlaps", "within", "includes")
NONE = Text("rien", "nothing")
MOST_CENTS = LARGEST * 100
KINDS = {
    "flag": Kind.BOOLEAN,
    "other": Kind.BOOLEAN,
    "staff": Kind.INTEGER,
    "jobs": Kind.INTEGER,
    "cost": Kind.EUROS,
    "aid": Kind.EUROS,
    "start": Kind.DATE,
    "order": Kind.DATE,
    "place": Kind.CODE,
    "kind": Kind.CHOICE,
    "label": Kind.CHOICE,
    "tags": Kind.SET,
}
VOCABULARY = {key: declared(key, kind) for key, kind in KINDS.items()}
VOCABULARY |= {key: replace(VOCABULARY[key], none=NONE) for key in ("order", "label")}
PLAIN = Setting(VOCABULARY, DAY)

flag, other = (Member(Fact(key), frozenset({True})) for key in ("flag", "other"))
staff, jobs, cost, aid, start, order = map(Fact, ("staff", "jobs", "cost", "aid", "start", "order"))


def agree(frame, *tests, setting=PLAIN):
    """The truths by columns, which are those of the reference."""
    found = by_columns(frame, tests, setting)
    assert found == by_reference(frame, tests, setting)
    return found


def computing(trees, kinds, tables=()):
    """The setting where some facts are computed."""
    facts = {key: declared(key, kind) for key, kind in kinds.items()}
    computation = Computation(trees, tables={table.name: table for table in tables})
    return replace(PLAIN, vocabulary={**VOCABULARY, **facts}, computation=computation)


def table(name, column):
    """A complete table in memory: one cell by key."""
    rows = {key: {"key": key, "area": cell} for key, cell in column.items()}
    text = Text(name, name)
    return TableInMemory(name, text, "", "", True, {"area": "code"}, None, Path(), rows)


def number(value):
    return Constant(value, Kind.NUMBER)


def date(text):
    return datetime.date.fromisoformat(text)


def day(text):
    return Constant(date(text).toordinal(), Kind.DATE)


def among(key, *values):
    return Member(Fact(key), frozenset(values))


def dated(name, *days):
    return pl.Series(name, [day and date(day) for day in days], dtype=pl.Date)


AREAS = table("areas", {f"P{n}": "A1" for n in range(0, 9_000, 3)})
ZONES = table("zones", {f"P{n}": "Z1" for n in range(0, 9_000, 2)})
PLACED = computing(
    {
        "area": (Lookup("areas", "place", "area", "A0"),),
        "zone": (Lookup("zones", "place", "area"),),
    },
    {"area": Kind.CODE, "zone": Kind.CODE},
    [AREAS, ZONES],
)
