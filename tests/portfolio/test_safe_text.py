"""Can a text that we write become a formula?"""

import csv
import io
import re
import time
import zipfile

import polars as pl
import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from matcher.portfolio.safe_text import (
    LONGEST_CELL,
    WORKBOOK_OPTIONS,
    clean_cell,
    safe_cell,
    safe_column,
)

PIECES = st.sampled_from([*"=+-@\t\r\n\0 ;,|'\"a(!", "＝", "\u00a0", "\ufeff", "cmd|' /C calc'!A0"])
TEXTS = st.one_of(st.text(max_size=30), st.lists(PIECES, max_size=12).map("".join))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        '"=1',
        '" =1"',
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "\x00=1",
        "\x1f\x0b=1",
        "＝1",
        "\tDurand",
        '=HYPERLINK("http://example.org";"ici")',
        "=cmd|' /C calc'!A0",
    ],
)
def test_a_formula_becomes_a_text(text):
    safe = safe_cell(text)
    assert safe.startswith("'")
    assert safe.endswith(text[-1:])


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("x;=1", "x;'=1"),
        ("x, =1", "x, '=1"),
        ('x","=1', 'x","\'=1'),
        ("x\n@SUM(1)", "x\n'@SUM(1)"),
        ("x;+cmd|' /C calc'!A0", "x;'+cmd|' /C calc'!A0"),
        ('x;-HYPERLINK("u")', 'x;\'-HYPERLINK("u")'),
    ],
)
def test_a_file_cut_at_the_wrong_separator_holds_no_formula(text, safe):
    assert safe_cell(text) == safe


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Durand & fils",
        "a = b",
        "a=b",
        "L'Haÿ-les-Roses",
        "'déjà protégé",
        "Lyon, +33 4 72 00 00 00",
        "Pièces :\n- Kbis (moins de 3 mois)\n- bilan",
        "1 234,56 €",
        "jean@example.org",
        "a;b;c",
        "deux\nlignes",
    ],
)
def test_other_texts_are_left_alone(text):
    assert safe_cell(text) == text == clean_cell(text)


@given(TEXTS)
@example("'\n=1")
def test_no_text_begins_as_a_formula(text):
    safe = safe_cell(text)
    bare = safe.lstrip(' \t\r\n"\u00a0\ufeff\u200b')
    assert not bare.startswith(tuple("=+-@＝＋－＠"))
    assert not safe.startswith(("\t", "\r", "\n"))
    for cut in re.split("[;,|\t\r\n]", safe):
        assert not cut.strip(' "\u00a0\ufeff').startswith(("=", "@"))
    assert safe_cell(safe) == safe
    assert safe.replace("'", "") == clean_cell(text).replace("'", "")


@given(st.lists(st.none() | TEXTS, max_size=8))
def test_a_column_is_made_safe_as_each_cell_is(texts):
    frame = pl.DataFrame({"a": texts}, schema={"a": pl.String})
    found = frame.lazy().select(safe_column(pl.col("a"))).collect()["a"].to_list()
    assert found == [None if text is None else safe_cell(text) for text in texts]


def test_a_long_text_fits_in_a_cell():
    for text in ("a" * 40_000, "😀" * 20_000, "=" * 40_000, "é" * LONGEST_CELL):
        safe = safe_cell(text)
        assert len(safe.encode("utf-16-le")) // 2 <= LONGEST_CELL
        assert pl.select(safe_column(pl.lit(text))).item() == safe
    assert clean_cell("é" * LONGEST_CELL) == "é" * LONGEST_CELL
    assert clean_cell("a\ud800b") == "ab"


@pytest.mark.parametrize("unit", ["\t", " ", "=", ";=", '"', ";", "(", ";+", "'"])
def test_the_time_is_in_proportion_to_the_text(unit):
    before = time.process_time()
    safe_cell(unit * 200_000)
    assert time.process_time() - before < 2


def test_csv_keeps_what_is_safe():
    texts = ["=1", 'a"b', "x;y", "deux\nlignes", "'=1"]
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerow([safe_cell(text) for text in texts] + [-5])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""), delimiter=";")
    assert row == ["'=1", 'a"b', "x;y", "deux\nlignes", "'=1", "-5"]


def test_a_workbook_with_our_options_holds_neither_formula_nor_link():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **WORKBOOK_OPTIONS}) as book:
        sheet = book.add_worksheet()
        for row, text in enumerate(["=1+1", "http://example.org", "12", "a\x00b", "{=1}"]):
            sheet.write(row, 0, clean_cell(text))
    with zipfile.ZipFile(file) as archive:
        written = archive.read("xl/worksheets/sheet1.xml").decode()
    assert written.count('t="s"') == 5
    assert "<f>" not in written
    assert "hyperlink" not in written
