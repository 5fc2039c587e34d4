"""How long does a workbook take to read? Run with `make bench`."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import xlsxwriter
from pytest_benchmark.fixture import BenchmarkFixture

from matcher.portfolio.workbooks import merged_ranges, rows

CLIENTS = 10_000
COLUMNS = 30


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten thousand clients: names, whole numbers, amounts, dates, percentages, short answers."""
    path = tmp_path_factory.mktemp("clients") / "clients.xlsx"
    start = datetime.date(2020, 1, 1)
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        percent = book.add_format({"num_format": "0%"})
        for row in range(CLIENTS):
            for column in range(0, COLUMNS, 6):
                sheet.write_string(row, column, f"Client {row} {column}")
                sheet.write_number(row, column + 1, row * 1000 + column)
                sheet.write_number(row, column + 2, row * 1.37)
                sheet.write_datetime(row, column + 3, start + datetime.timedelta(row % 3000), day)
                sheet.write_number(row, column + 4, row % 100 / 100, percent)
                sheet.write_string(row, column + 5, ("Oui", "Non", "PME")[row % 3])
    return path


def test_read_ten_thousand_clients(benchmark: BenchmarkFixture, clients: Path) -> None:
    cells = benchmark(lambda: sum(len(row.cells) for row in rows(clients)))
    assert cells == CLIENTS * COLUMNS


def test_look_for_merged_cells(benchmark: BenchmarkFixture, clients: Path) -> None:
    assert benchmark(lambda: merged_ranges(clients)) == ()
