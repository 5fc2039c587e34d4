"""Are the cells of spreadsheets as they really are read exactly, or not at all, with a reason?"""

import datetime

import polars as pl
import pytest
import xlsxwriter

from matcher.engines.columnar.frame import values_of
from matcher.facts.values import Span, option, point
from matcher.portfolio.source import open_source

SIRET, OTHER = "73282932000074", "73282932000082"


def read(opened, read_all, header, *cells):
    """What the cells of a column say, and the reasons of those that were not read."""
    quoted = (cell.replace('"', '""') for cell in cells)
    source = opened(f"Client;{header}\n" + "".join(f'x;"{cell}"\n' for cell in quoted))
    (rows,) = read_all(source)
    (column,) = source.mapping.facts
    facts = source.lexicon.facts
    values = [values_of(row, facts).get(column.fact) for row in rows.frame.iter_rows(named=True)]
    return values, [w.reason.fr for w in rows.warnings if not w.read]


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        ("entre 10 et 20 salariés", Span(10, 20)),
        ("+ de 250", Span(251, float("inf"))),
        ("+de 250 salariés", Span(251, float("inf"))),
        ("- de 10", Span(-float("inf"), 9)),
        ("250+", Span(250, float("inf"))),
        (">250", Span(251, float("inf"))),
        ("50 ETP", point(50)),
        ("50-99 salariés", Span(50, 99)),
    ],
)
def test_headcounts(opened, read_all, cell, span):
    assert read(opened, read_all, "Effectif", cell) == ([span], [])


@pytest.mark.parametrize(
    "cell",
    ["~50", "env. 50", "une cinquantaine", "+250", "10/20", "50 (dont 10 intérim)", "TPE", "49,5"],
)
def test_headcounts_that_are_not_guessed(opened, read_all, cell):
    values, reasons = read(opened, read_all, "Effectif", cell)
    assert values == [None]
    assert len(reasons) == 1


@pytest.mark.parametrize("cell", ["n.c.", "NC", "?", "-", "à préciser", ""])
def test_cells_that_say_nothing(opened, read_all, cell):
    assert read(opened, read_all, "Effectif", cell) == ([None], [])


@pytest.mark.parametrize(
    ("cell", "euros"),
    [("1.2M", 1_200_000), ("350 K€ HT", 350_000), ("1 250 K€", 1_250_000), ("0", 0), ("0 €", 0)],
)
def test_amounts(opened, read_all, cell, euros):
    assert read(opened, read_all, "CA", cell) == ([point(euros)], [])


@pytest.mark.parametrize("cell", ["350 K€ TTC", "1M2", "350 000 + 50 000", "2 M€ (2024)", "~350k€"])
def test_amounts_that_are_not_guessed(opened, read_all, cell):
    values, reasons = read(opened, read_all, "CA", cell)
    assert values == [None]
    assert len(reasons) == 1


def test_a_small_number_among_thousands_is_not_taken_for_euros(opened, read_all):
    cells = ["350 k€", "1,2 M€", "450", "300 à 400", "900 €", "0", "1 200 000", "12 500,00"]
    values, reasons = read(opened, read_all, "CA", *cells)
    read_as = [350_000, 1_200_000, None, None, 900, 0, 1_200_000, None]
    assert values == [None if euros is None else point(euros) for euros in read_as]
    assert ["k€" in reason for reason in reasons] == [True]


def test_the_unit_of_the_header_is_that_of_all(opened, read_all):
    values, reasons = read(opened, read_all, "CA (k€)", "350", "1,2 M€")
    assert values == [point(350_000), point(1_200_000)]
    assert not reasons


def test_a_mapping_with_a_unit_settles_the_small_numbers(opened, read_all, tmp_path):
    mapping = tmp_path / "map.yaml"
    mapping.write_text(
        'version: 1\ncolumns:\n  CA: {fact: applicant.turnover_eur, unit: "k€"}\n', encoding="utf-8"
    )
    (rows,) = read_all(opened("Client;CA\nA;350\nB;1,2 M€\n", mapping=mapping))
    assert rows.frame["applicant.turnover_eur"].to_list() == [35_000_000, 120_000_000]


# ------------------------------------------------------------------------------------------ dates
def days(first, last):
    return Span(*(datetime.date.fromisoformat(day).toordinal() for day in (first, last)))


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("mars 2026", "2026-03-01", "2026-03-31"),
        ("T2 2026", "2026-04-01", "2026-06-30"),
        ("T2-2026", "2026-04-01", "2026-06-30"),
        ("Q4 2026", "2026-10-01", "2026-12-31"),
        ("2e trimestre 2026", "2026-04-01", "2026-06-30"),
        ("1er semestre 2027", "2027-01-01", "2027-06-30"),
        ("S2 2026", "2026-07-01", "2026-12-31"),
        ("courant 2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_periods(opened, read_all, cell, first, last):
    assert read(opened, read_all, "Date de démarrage", cell) == ([days(first, last)], [])


@pytest.mark.parametrize(
    "cell",
    ["été 2026", "fin 2026", "dès que possible", "S3 2026", "T5 2026", "mars-26", "31/12/26"],
)
def test_dates_that_are_not_guessed(opened, read_all, cell):
    values, reasons = read(opened, read_all, "Date de démarrage", cell)
    assert values == [None]
    assert len(reasons) == 1


# ------------------------------------------------------------------------------------ identifiers
@pytest.mark.parametrize(
    "cell",
    [
        f"Plasturgie {SIRET}",
        f"SIRET : {SIRET[:9]} {SIRET[9:]}",
        f"{SIRET} / Plasturgie (41)",
        f"{SIRET[:9]}\n{SIRET[9:]}",
        f"{SIRET}.0",
    ],
)
def test_the_only_number_of_a_cell_is_found(opened, read_all, cell):
    assert read(opened, read_all, "SIRET", cell) == ([option(SIRET)], [])


@pytest.mark.parametrize("sign", ["\n", " / ", " ; ", " et "])
def test_several_sites_in_a_cell_are_told(opened, read_all, sign):
    values, reasons = read(opened, read_all, "SIRET", f"{SIRET}{sign}{OTHER}")
    assert values == [None]
    assert ["une ligne par établissement" in reason for reason in reasons] == [True]


@pytest.mark.parametrize(
    ("cell", "siret"),
    [
        ("5480015600017", "05480015600017"),
        ("5480015000010", None),  # the key of the SIREN does not hold
        ("5480015600018", None),
        ("1.23E+13", None),
        ("7,32829320E+13", None),
        ("Plasturgie 73282932000075", None),
        ("73282932000000", None),
    ],
)
def test_digits_that_a_spreadsheet_lost(opened, read_all, cell, siret):
    values, reasons = read(opened, read_all, "SIRET", cell)
    assert values == [None if siret is None else option(siret)]
    assert len(reasons) == (siret is None)


def test_a_rounded_siret_is_not_taken_where_its_key_holds_by_chance(opened, read_all):
    """In a clean column, and in a cell with spaces: the key of this one is right."""
    rounded = next(
        number for start in range(732829000, 732829999) if _key(number := f"{start}00000")
    )
    values, reasons = read(opened, read_all, "SIRET", rounded, f"{rounded[:9]} {rounded[9:]}")
    assert values == [None, None]
    assert ["00000" in reason for reason in reasons] == [True]


def _key(digits):
    doubled = [int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0


# ----------------------------------------------------------------------------------------- places
@pytest.mark.parametrize(
    ("cell", "insee"),
    [
        ("Roanne (42)", "42187"),
        ("42300 Roanne", "42187"),
        ("Saint-Denis (93)", "93066"),
        ("97400 St Denis", "97411"),
        ("Lyon 3e", "69123"),
        ("Paris 12", "75056"),
        ("Marseille 1er", "13055"),
    ],
)
def test_a_name_beside_a_code(opened, read_all, cell, insee):
    assert read(opened, read_all, "Ville", cell) == ([option(insee)], [])


@pytest.mark.parametrize(
    "cell",
    ["Roanne (41)", "41200 Roanne", "Roanne / Lyon", "Roanne\nLyon", "Roanne CEDEX", "Lyon 12"],
)
def test_places_that_are_not_guessed(opened, read_all, cell):
    values, reasons = read(opened, read_all, "Ville", cell)
    assert values == [None]
    assert len(reasons) == 1


# ----------------------------------------------------------------------------------------- typed
def test_a_text_with_points_is_not_a_number_of_the_spreadsheet(catalogue, read_all, tmp_path):
    path = tmp_path / "clients.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for index, row in enumerate([["Client", "CA"], ["A", "350.000"], ["B", 1250.5]]):
            sheet.write_row(index, 0, row)
    (rows,) = read_all(open_source(path, catalogue))
    assert rows.frame["applicant.turnover_eur"].to_list() == [None, 125_050]
    assert "numbers: fr" in rows.warnings[0].reason.fr


def test_decimals_that_a_type_adds_are_no_thousands(catalogue, read_all, tmp_path):
    path = tmp_path / "clients.parquet"
    amounts = pl.Series("CA", ["350", "1250.5", None]).cast(pl.Decimal(20, 3))
    pl.DataFrame([pl.Series("Client", ["A", "B", "C"]), amounts]).write_parquet(path)
    (rows,) = read_all(open_source(path, catalogue))
    assert rows.frame["applicant.turnover_eur"].to_list() == [35_000, 125_050, None]
