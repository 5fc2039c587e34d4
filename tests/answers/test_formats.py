"""Are amounts, numbers, dates and units written as one writes them in each language?"""

import datetime
from fractions import Fraction

import pytest

from matcher.answers.formats import (
    UNITS,
    date_text,
    euros_text,
    iso,
    listed,
    number_text,
    percent_text,
    scalar_text,
    with_unit,
)
from matcher.facts.values import INFINITY
from matcher.language.text import Text
from matcher.language.types import Kind

THIN, HARD = "\u202f", "\u00a0"


def pair(text):
    return text.fr.replace(THIN, "_").replace(HARD, "~"), text.en


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (0, "0~€", "€0"),
        (1, "1~€", "€1"),
        (999, "999~€", "€999"),
        (1_000, "1_000~€", "€1,000"),
        (400_000, "400_000~€", "€400,000"),
        (10**15, "1_000_000_000_000_000~€", "€1,000,000,000,000,000"),
        (Fraction("1234.56"), "1_234,56~€", "€1,234.56"),
        (Fraction("1234.5"), "1_234,50~€", "€1,234.50"),
        (Fraction("0.01"), "0,01~€", "€0.01"),
        (Fraction("0.005"), "0,00~€", "€0.00"),
        (Fraction("999.999"), "1_000,00~€", "€1,000.00"),
        (-400_000, "−400_000~€", "−€400,000"),
        (Fraction("-0.5"), "−0,50~€", "−€0.50"),
        (Fraction(1, 3), "0,33~€", "€0.33"),
    ],
)
def test_amounts(value, fr, en):
    assert pair(euros_text(value)) == (fr, en)


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (0, "0", "0"),
        (12_500, "12_500", "12,500"),
        (Fraction("0.5"), "0,5", "0.5"),
        (Fraction("1234.125"), "1_234,125", "1,234.125"),
        (Fraction("-3.5"), "−3,5", "−3.5"),
        (Fraction(1, 3), "0,333333", "0.333333"),
    ],
)
def test_numbers(value, fr, en):
    assert pair(number_text(value)) == (fr, en)


@pytest.mark.parametrize(
    ("value", "fr", "en"),
    [
        (Fraction("0.35"), "35~%", "35%"),
        (Fraction("0.29"), "29~%", "29%"),
        (Fraction("0.125"), "12,5~%", "12.5%"),
        (1, "100~%", "100%"),
        (0, "0~%", "0%"),
        (Fraction("1.5"), "150~%", "150%"),
        (Fraction("0.0005"), "0,05~%", "0.05%"),
    ],
)
def test_shares(value, fr, en):
    assert pair(percent_text(value)) == (fr, en)


@pytest.mark.parametrize(
    ("day", "fr", "en"),
    [
        ("2026-03-01", "1er mars 2026", "1 March 2026"),
        ("2026-03-12", "12 mars 2026", "12 March 2026"),
        ("2024-02-29", "29 février 2024", "29 February 2024"),
        ("2025-08-31", "31 août 2025", "31 August 2025"),
        ("1998-12-01", "1er décembre 1998", "1 December 1998"),
    ],
)
def test_dates(day, fr, en):
    number = datetime.date.fromisoformat(day).toordinal()
    assert pair(date_text(number)) == (fr, en)
    assert iso(number) == day


@pytest.mark.parametrize(
    ("value", "unit", "fr", "en"),
    [
        (0, "persons", "0~personne", "0 people"),
        (1, "persons", "1~personne", "1 person"),
        (Fraction("1.5"), "persons", "1,5~personne", "1.5 people"),
        (2, "persons", "2~personnes", "2 people"),
        (1, "years", "1~an", "1 year"),
        (5, "years", "5~ans", "5 years"),
        (24, "months", "24~mois", "24 months"),
        (1_500, "mwh", "1_500~MWh", "1,500 MWh"),
        (49, "percent", "49~%", "49%"),
        (Fraction("49.99"), "percent", "49,99~%", "49.99%"),
        (3, None, "3", "3"),
    ],
)
def test_units(value, unit, fr, en):
    assert pair(with_unit(value, unit)) == (fr, en)


def test_each_unit_in_use_has_its_words(shipped):
    facts = {f.unit for f in shipped.content.vocabulary.values()}
    unknowns = {u.type.unit for u in shipped.content.unknowns.values()}
    parameters = {
        p.unit for scheme in shipped.content.schemes.values() for p in scheme.parameters.values()
    }
    assert not (facts | unknowns | parameters) - set(UNITS) - {None, "euros", "*"}


@pytest.mark.parametrize(
    ("bound", "kind", "unit", "fr", "en"),
    [
        (740_000, Kind.DATE, None, "19 janvier 2027", "19 January 2027"),
        (5, Kind.EUROS, "euros", "5~€", "€5"),
        (5, Kind.INTEGER, "jobs", "5~emplois", "5 jobs"),
        (INFINITY, Kind.EUROS, None, "∞", "∞"),
        (-INFINITY, Kind.NUMBER, None, "−∞", "−∞"),
    ],
)
def test_values_of_a_kind(bound, kind, unit, fr, en):
    assert pair(scalar_text(bound, kind, unit)) == (fr, en)


@pytest.mark.parametrize(
    ("count", "fr", "en"),
    [(0, "", ""), (1, "a", "A"), (2, "a ou b", "A or B"), (3, "a, b ou c", "A, B or C")],
)
def test_lists(count, fr, en):
    parts = [Text(word, word.upper()) for word in "abc"[:count]]
    assert pair(listed(parts)) == (fr, en)
    assert pair(listed(parts, last_fr="et", last_en="and"))[0] == fr.replace("ou", "et")
