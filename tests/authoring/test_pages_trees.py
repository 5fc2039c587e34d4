"""Do tests, amounts and uncertain dates read as they are meant?"""

import datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.api import Catalogue
from matcher.authoring.pages_dates import Side, side_of, span_text, written_date
from matcher.authoring.pages_trees import Trees
from matcher.authoring.pages_writer import Writer
from matcher.facts.values import INFINITY, Span
from matcher.language.tree import (
    All,
    Any,
    Between,
    Choose,
    Compare,
    Constant,
    Fact,
    Member,
    Not,
    Product,
    Relation,
    Sum,
)
from matcher.language.types import Kind

DAY = datetime.date(2026, 11, 22).toordinal()


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.load()


def day(text):
    return datetime.date.fromisoformat(text).toordinal()


# ------------------------------------------------------------------------------------------- trees
SIZE, COST = Fact("applicant.size_eu"), Fact("project.eligible_cost_eur")
SMALL = Member(SIZE, frozenset({"petite"}))
MEDIUM = Member(SIZE, frozenset({"moyenne"}))


def number(value):
    return Constant(value, Kind.NUMBER)


RATE = Choose(
    ((SMALL, number(Fraction(1, 2))), (All((MEDIUM, Not(SMALL), SMALL, MEDIUM)), None)), number(0)
)


@pytest.fixture(scope="module")
def trees(catalogue):
    return Trees(Writer(catalogue, "en", DAY))


def lines(item, depth=0):
    yield "  " * depth + item.text
    for part in item.below:
        yield from lines(part, depth + 1)


@pytest.mark.parametrize(
    ("node", "wanted"),
    [
        (Compare(COST, ">=", number(5)), ["Eligible base: at least €5"]),
        (Not(Compare(COST, ">=", number(5))), ["Eligible base: less than €5"]),
        (All((SMALL,)), ["Size under the EU definition: Small enterprise"]),
        (
            Not(Any((SMALL, MEDIUM))),
            [
                "none of these conditions:",
                "  Size under the EU definition: Small enterprise",
                "  Size under the EU definition: Medium enterprise",
            ],
        ),
        (
            Compare(Choose(((SMALL, number(2)),), number(3)), "<", COST),
            [
                "Eligible base: more than the following value:",
                "  €2 if Size under the EU definition: Small enterprise",
                "  otherwise, €3",
            ],
        ),
        (
            Not(Relation("overlaps", Fact("project.covered_by"), frozenset({"c3iv"}))),
            ["Other State schemes that cover the project: does not include"],
        ),
        (
            Not(Member(Fact("site.region"), frozenset({"01", "11"}))),
            ["Region of the site: none of these values: Guadeloupe (01) · Île-de-France (11)"],
        ),
    ],
)
def test_a_test_reads_as_a_tree(node, wanted, trees):
    found = list(lines(trees.test(node)))
    assert len(found) == len(wanted)
    assert all(line.startswith(start) for line, start in zip(found, wanted, strict=True)), found


@pytest.mark.parametrize(
    ("node", "wanted"),
    [
        (Product((COST, number(Fraction(35, 100)))), ["Eligible base × 35%"]),
        (
            Product((COST, RATE)),
            [
                "Eligible base × the value on the first line that fits:",
                "  50% if Size under the EU definition: Small enterprise",
                "  unknown if all of these conditions:",
                *["    Size under the EU definition:"] * 4,
                "  otherwise, 0%",
            ],
        ),
        (
            Sum((COST, Product((number(-1), Constant(10, Kind.EUROS))))),
            ["Eligible base − €10"],
        ),
        (
            Sum((COST, Sum((COST, Choose(((SMALL, number(1)),), number(2)))))),
            [
                "the sum of:",
                "  Eligible base",
                "  Eligible base",
                "  a value that depends on the case:",
                "    €1 if Size under the EU definition: Small enterprise",
                "    otherwise, €2",
            ],
        ),
        (Between(number(1), COST), ["between 1 and Eligible base"]),
        (
            Between(RATE, number(1)),
            [
                "between these two values",
                "  the value on the first line that fits:",
                "    0.5 if",
                "    unknown if all",
                *["      Size under"] * 4,
                "    otherwise, 0",
                "  1",
            ],
        ),
    ],
)
def test_an_amount_reads_as_a_tree(node, wanted, trees):
    found = list(lines(trees.value(node)))
    assert len(found) == len(wanted), found
    assert all(line.startswith(start) for line, start in zip(found, wanted, strict=True)), found


# -------------------------------------------------------------------------------------------- dates
@pytest.mark.parametrize(
    ("span", "fr", "en"),
    [
        (Span(day("2026-03-01"), day("2026-03-01")), "1er mars 2026", "1 March 2026"),
        (Span(day("2026-03-01"), day("2026-03-31")), "mars 2026 (jour non publié)", "March 2026"),
        (Span(day("2026-01-01"), day("2026-12-31")), "2026 (jour non publié)", "2026 (day not"),
        (Span(day("2026-01-01"), day("2026-01-30")), "entre le 1er janvier 2026 et le 30", "betw"),
        (Span(-INFINITY, day("2026-01-30")), "au plus tard le 30 janvier 2026", "on or before"),
        (Span(day("2026-01-30"), INFINITY), "le 30 janvier 2026 ou plus tard", "on or after 30"),
        (Span(-INFINITY, INFINITY), "non publiée", "not published"),
        (Span(INFINITY, INFINITY), "sans date de fin", "no end date"),
    ],
)
def test_an_uncertain_date_is_said_as_it_is(span, fr, en):
    assert span_text(span).fr.startswith(fr)
    assert span_text(span).en.startswith(en)


@pytest.mark.parametrize(
    ("text", "fr"),
    [
        ("2024", "2024"),
        ("2024-06", "juin 2024"),
        ("2024-06-01", "1er juin 2024"),
        ("2024-13", ""),
    ],
)
def test_the_date_of_a_source(text, fr):
    assert written_date(text).fr == (fr or text)


@given(st.integers(1, 800_000), st.integers(1, 800_000), st.integers(1, 800_000))
def test_a_date_is_past_to_come_or_either(low, high, on):
    span = Span(min(low, high), max(low, high))
    sides = {Side.PAST if d < on else Side.NEXT for d in (span.low, span.high)}
    assert side_of(span, on) is (Side.EITHER if len(sides) > 1 else sides.pop())
