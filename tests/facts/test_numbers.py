"""Are amounts and dates read as people write them, exactly, and never guessed?"""

import datetime
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.facts.numbers import LARGEST, boolean_written, date_written, number_written


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (0, 0),
        (400000, 400000),
        (-3, -3),
        ("400000", 400000),
        ("400 000", 400000),
        ("400\u00a0000", 400000),
        ("400\u202f000", 400000),
        ("400_000", 400000),
        ("+3", 3),
        ("-3", -3),
        ("1 234,56", Fraction(123456, 100)),
        ("1234.56", Fraction(123456, 100)),
        ("0,35", Fraction(35, 100)),
        ("85.0", 85),
        (85.0, 85),
        (0.1, Fraction(1, 10)),
        (0.35, Fraction(35, 100)),
        (1e3, 1000),
        (Decimal("0.10"), Fraction(1, 10)),
        (Decimal("1E+3"), 1000),
        (Fraction(1, 3), Fraction(1, 3)),
        (10**15, 10**15),
        ("1 000 000 000 000 000", 10**15),
    ],
)
def test_a_number_is_exact(raw, number):
    read = number_written(raw)
    assert read == number
    assert type(read) is type(number)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("1 234,56 €", Fraction(123456, 100)),
        ("400 000 €", 400_000),
        ("400\u202f000\u00a0€", 400_000),
        ("-1 234 567,89 €", Fraction(-123456789, 100)),
        ("400 k€", 400_000),
        ("400 K€", 400_000),
        ("1,2 M€", 1_200_000),
        ("1,5 Md€", 1_500_000_000),
        ("0,5 M€", 500_000),
        ("85€", 85),
        ("-3 €", -3),
        ("1 000 000 Md€", LARGEST),
    ],
)
def test_euros_have_signs_that_other_numbers_have_not(raw, number):
    assert number_written(raw, euros=True) == number
    assert number_written(raw) is None


def test_a_share_may_be_in_percent():
    assert number_written("35 %", share=True) == Fraction(35, 100)
    assert number_written("12,5%", share=True) == Fraction(125, 1000)
    assert number_written("35 %") is None
    assert number_written("35 %", euros=True) is None


@pytest.mark.parametrize(
    "raw",
    [
        None,
        True,
        False,
        "",
        " ",
        "€",
        "beaucoup",
        "12 personnes",
        "400k",
        "400 000 euros",
        "1.234.567",
        "1,234.56",
        "1.234,56",
        "1'000",
        "12,",
        ",5",
        ".5",
        "--3",
        "3-5",
        "1e5",
        "1e400",
        "0x10",
        "NaN",
        "nan",
        "inf",
        "-Infinity",
        float("nan"),
        float("inf"),
        float("-inf"),
        Decimal("NaN"),
        Decimal("sNaN"),
        Decimal("Infinity"),
        Decimal("1e400"),
        1e300,
        10**15 + 1,
        -(10**15) - 1,
        "9" * 19,
        "9 999 999 Md€",
        [1],
        {"min": 1},
        b"12",
        1j,
        datetime.date(2026, 5, 4),
    ],
)
def test_what_is_not_surely_a_number_is_not_read(raw):
    assert number_written(raw, euros=True, share=True) is None


@pytest.mark.parametrize(
    "raw", ["20 30", "1 23", "12 34", "1 2345", "1234 567", "1  000", "1_2", "12_34", "1 000 00"]
)
def test_spaces_separate_thousands_and_nothing_else(raw):
    assert number_written(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(Decimal("1e99999999"), id="huge"),
        pytest.param(Decimal("1e-99999999"), id="tiny"),
        pytest.param(10**100_000, id="long"),
    ],
)
def test_a_number_of_any_size_is_refused_at_once(raw):
    begun = time.perf_counter()
    assert number_written(raw) is None
    assert time.perf_counter() - begun < 0.1


@given(st.integers(-LARGEST, LARGEST))
def test_every_whole_number_is_read_back(number):
    assert number_written(number) == number
    assert number_written(str(number)) == number
    assert number_written(f"{number:_}".replace("_", "\u202f")) == number


@given(st.decimals(-(10**12), 10**12, places=2))
def test_every_amount_in_cents_is_read_back(amount):
    exact = Fraction(amount)
    for written in (amount, str(amount), str(amount).replace(".", ","), f"{amount} €"):
        assert number_written(written, euros=True) == exact


@given(
    st.one_of(
        st.text(max_size=30),
        st.floats(),
        st.decimals(),
        st.binary(max_size=5),
        st.none(),
        st.lists(st.integers(), max_size=2),
    )
)
def test_nothing_crashes_it(raw):
    for options in ({}, {"euros": True}, {"share": True}):
        read = number_written(raw, **options)
        assert read is None or isinstance(read, int | Fraction)
        assert read is None or abs(read) <= LARGEST
    assert date_written(raw) is None or isinstance(date_written(raw), int)
    assert boolean_written(raw) in (None, True, False)


# -------------------------------------------------------------------------------------------- dates

MAY = datetime.date(2026, 5, 4).toordinal()


@pytest.mark.parametrize(
    "raw",
    [
        "2026-05-04",
        " 2026-05-04 ",
        "04/05/2026",
        "4/5/2026",
        datetime.date(2026, 5, 4),
        datetime.datetime(2026, 5, 4, 23, 59),  # noqa: DTZ001
    ],
)
def test_a_date_is_iso_or_french(raw):
    assert date_written(raw) == MAY


@pytest.mark.parametrize(
    "raw",
    [
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "2026-00-10",
        "31/02/2026",
        "05/13/2026",
        "4/5/26",
        "2026-5-4",
        "2026/05/04",
        "04-05-2026",
        "04.05.2026",
        "20260504",
        "2026-W19-1",
        "2026-124",
        "2026-05",
        "2026",
        "2026-05-04T10:00:00",
        "4 mai 2026",
        "0000-01-01",
        "99999-01-01",
        "",
        None,
        20260504,
        46146,
        True,
        ["2026-05-04"],
    ],
)
def test_what_is_not_surely_a_date_is_not_read(raw):
    assert date_written(raw) is None


def test_leap_days():
    assert date_written("2024-02-29") == datetime.date(2024, 2, 29).toordinal()
    assert date_written("29/02/2024") == datetime.date(2024, 2, 29).toordinal()
    assert date_written("2100-02-29") is None


@given(st.dates())
def test_every_date_is_read_back(day):
    assert date_written(day.isoformat()) == day.toordinal()
    assert date_written(f"{day.day:02}/{day.month:02}/{day.year:04}") == day.toordinal()


# -------------------------------------------------------------------------------------------- truth


@pytest.mark.parametrize("raw", [True, "true", "True", "oui", "OUI", " Oui ", "yes", "vrai"])
def test_yes(raw):
    assert boolean_written(raw) is True


@pytest.mark.parametrize("raw", [False, "false", "False", "non", "NON", "no", "faux"])
def test_no(raw):
    assert boolean_written(raw) is False


@pytest.mark.parametrize("raw", [None, 0, 1, "", "0", "1", "peut-être", "ouii", "n", "y", [], {}])
def test_neither(raw):
    assert boolean_written(raw) is None
