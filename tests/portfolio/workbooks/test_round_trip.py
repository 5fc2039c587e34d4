"""Does what a program writes in a workbook come back, and does a spoilt one do no harm?"""

import datetime
import io
import math
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.portfolio.workbooks import Limits, Row, WorkbookError, merged_ranges, rows, sheets

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
NUMBERS = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.floats(-1e14, 1e14).map(lambda number: float(f"{number:.15g}")),
)
DAYS = st.dates(datetime.date(1900, 3, 1), datetime.date(9999, 12, 31))
VALUES = st.one_of(st.none(), TEXTS, st.booleans(), NUMBERS, DAYS)
TABLES = st.lists(st.lists(VALUES, max_size=6), max_size=8)


def put(book, sheet, table):
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for row, cells in enumerate(table):
        for column, value in enumerate(cells):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, datetime.date):
                sheet.write_datetime(row, column, value, day)
            elif value is not None:
                sheet.write_number(row, column, value)


def is_read_as(text, value):
    if isinstance(value, bool):
        return text == str(value).lower()
    if isinstance(value, str):
        # Lines end with a line feed; xlsxwriter leaves out the two characters that XML cannot hold.
        return text == value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, datetime.date):
        return text == value.isoformat()
    return value is text or math.isclose(float(text), value, rel_tol=1e-15, abs_tol=1e-300)


@settings(max_examples=150)
@given(table=TABLES, in_texts=st.booleans())
def test_values_come_back(write, table, in_texts):
    table = [[None if value in ("\ufffe", "\uffff") else value for value in row] for row in table]
    table = [
        [
            v.replace("\ufffe", "").replace("\uffff", "") or None if isinstance(v, str) else v
            for v in row
        ]
        for row in table
    ]
    book = write(lambda book, sheet: put(book, sheet, table), constant_memory=in_texts)
    found = {row.number: row.cells for row in rows(book)}
    for number, cells in enumerate(table, start=1):
        shown = found.pop(number, ())
        assert len(shown) <= len(cells)
        for value, text in zip(cells, shown + (None,) * (len(cells) - len(shown)), strict=True):
            assert is_read_as(text, value), (value, text)
    assert not found


def harmless(data):
    """Read all that can be read; nothing but `WorkbookError` may come out of it."""
    limits = Limits(sheet_bytes=2**22, strings_part_bytes=2**22, part_bytes=2**22)
    told = []
    try:
        for sheet in sheets(io.BytesIO(data), limits=limits):
            merged_ranges(io.BytesIO(data), sheet.name, limits=limits)
        found = list(rows(io.BytesIO(data), fill_merged=True, limits=limits))
    except WorkbookError as error:
        told = [error.render("fr"), error.render("en")]
    else:
        assert all(isinstance(row, Row) for row in found)
    assert all(told)


@pytest.fixture(scope="module")
def valid(write):
    def fill(book, sheet):
        sheet.merge_range("A1:C1", "Clients")
        sheet.write_row("A2", ["Nom", "Part", "Date"])
        sheet.write_rich_string("A3", "a", book.add_format({"bold": True}), "b", "c")
        sheet.write_number("B3", 0.35, book.add_format({"num_format": "0%"}))
        sheet.write_datetime("C3", datetime.date(2026, 3, 12), book.add_format({"num_format": 14}))
        sheet.write_formula("D3", "=1+1", value=2)
        sheet.write_formula("E3", "=B3", value="oui")
        sheet.write_boolean("F3", True)
        book.add_worksheet("Autre").hide()

    return write(fill).getvalue()


@pytest.mark.parametrize("seed", range(10))
def test_bytes_changed_in_the_file(valid, seed):
    chance = random.Random(seed)  # noqa: S311 - the same files on each run
    for _ in range(60):
        data = bytearray(valid)
        for _ in range(chance.choice((1, 1, 2, 8, 64))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        harmless(bytes(data))
        harmless(valid[: chance.randrange(len(valid))])


@pytest.mark.parametrize("seed", range(10))
def test_bytes_changed_in_the_parts(valid, zip_of, seed):
    """Past the checksums: the archive is sound, what it holds is not."""
    chance = random.Random(seed)  # noqa: S311 - the same files on each run
    with zipfile.ZipFile(io.BytesIO(valid)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist() if name[:3] != "doc"}
    names = [name for name in parts if "theme" not in name]
    for _ in range(60):
        spoilt = dict(parts)
        for name in chance.sample(names, chance.choice((1, 1, 2))):
            spoilt[name] = changed(spoilt[name], chance)
        harmless(zip_of(spoilt, zipfile.ZIP_STORED).getvalue())


def changed(text, chance):
    data = bytearray(text)
    for _ in range(chance.choice((1, 1, 3, 10))):
        at = chance.randrange(len(data))
        kind = chance.randrange(4)
        if kind == 0:
            data[at] = chance.randrange(256)
        elif kind == 1:
            del data[at : at + chance.randrange(30)]
        elif kind == 2:
            data[at:at] = data[chance.randrange(len(data)) :][: chance.randrange(60)]
        else:
            data[at] = chance.choice(b'<>/"=& 0123456789ARrcvts')
        if not data:
            return b""
    return bytes(data)
