"""Does an engine give each conformance row its expected truth?

Another engine joins with one line in ENGINES. What a row looks like is said in README.md.
"""

import csv
import datetime
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from matcher import Catalogue
from matcher.facts.read_profile import Vocabularies, read_profile
from matcher.language.diagnostics import Diagnostics, Place, ProfileError
from matcher.language.expressions import read_test
from matcher.language.scope import SetName, base_scope
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import truth

HERE = Path(__file__).parent
ON = "2026-06-15"
TRUTHS = {"true": True, "false": False, "unknown": None}
SETS = {
    "two_kinds": SetName(frozenset({"a", "b"})),
    "odd_levels": SetName(frozenset({1, 3, 5, 7})),
}

# Name of the engine: a function of a test and known facts that says True, False or None.
ENGINES = {"reference": truth}


@dataclass(frozen=True)
class Row:
    """One line of a file: an expression, facts as a profile gives them, what is expected."""

    place: str
    expression: str
    facts: str
    expected: str
    on: str


def rows_of(path):
    """The rows of one file; lines that are empty or begin with # are comments."""
    lines = path.read_text(encoding="utf-8").split("\n")
    header, *rest = [(n, line) for n, line in enumerate(lines, 1) if line and line[0] != "#"]
    assert header[1] == "expression;facts;truth;on", path
    for number, line in rest:
        cells = next(csv.reader([line], delimiter=";", quoting=csv.QUOTE_NONE))
        assert len(cells) in (3, 4), f"{path.name}:{number}: three or four cells"
        expression, facts, expected, *on = (cell.strip() for cell in cells)
        place = f"{path.stem}:{number}"
        yield Row(place, expression, facts or "{}", expected, "".join(on) or ON)


FILES = sorted(HERE.glob("*.csv"))
ROWS = [row for path in FILES for row in rows_of(path)]
DECIDED = [row for row in ROWS if row.expected in TRUTHS]
REFUSED = [row for row in ROWS if row.expected not in TRUTHS]


CONTENT = Catalogue.load(HERE / "catalogue" / "rules").content
SCOPE = base_scope({key: f.type() for key, f in CONTENT.vocabulary.items()}).with_names(SETS)


@cache
def parsed(expression):
    """The tree of an expression, or the codes of what is wrong with it."""
    found = Diagnostics()
    tree = read_test(expression, SCOPE, Place(), found)
    return tree, [diagnostic.code for diagnostic in found]


@cache
def known(facts, on):
    """What a row makes known; raises `ProfileError`."""
    speaks_of = Vocabularies(facts=CONTENT.vocabulary, tables=CONTENT.tables)
    profile = read_profile(facts.encode(), speaks_of)
    day = datetime.date.fromisoformat(on).toordinal()
    return KnownFacts(profile.values, CONTENT.computation, day, profile.answers)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("row", DECIDED, ids=lambda row: row.place)
def test_a_row_has_its_truth(engine, row):
    tree, codes = parsed(row.expression)
    assert tree is not None, f"{row.expression}: {codes}"
    found = ENGINES[engine](tree, known(row.facts, row.on))
    assert found is TRUTHS[row.expected], f"{row.expression}   {row.facts}   on {row.on}"


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: row.place)
def test_a_row_is_refused(row):
    tree, codes = parsed(row.expression)
    if row.expected.startswith("P"):
        assert tree is not None, codes
        with pytest.raises(ProfileError) as refusal:
            known(row.facts, row.on)
        codes = [diagnostic.code for diagnostic in refusal.value.diagnostics]
    assert codes == [row.expected]


def test_there_are_enough_rows():
    expressions = {(row.expression, row.facts, row.on) for row in ROWS}
    assert len(expressions) == len(ROWS), "a row stands twice"
    assert len(ROWS) >= 700
    assert all(row.expected in TRUTHS or row.expected[0] in "EP" for row in ROWS)
