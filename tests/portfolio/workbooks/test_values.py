"""Do the values of cells come back as the text that a person would read?"""

import datetime

import pytest

from matcher.portfolio.workbooks import Row, rows, sheet_names, sheets
from matcher.portfolio.workbooks.formats import converter


def cell(book, column=0):
    (row,) = rows(book)
    return row.cells[column]


def one(make, xml, **parts):
    return cell(make(f'<row r="1">{xml}</row>', **parts))


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("1234", "1234"),
        ("-1234", "-1234"),
        ("0", "0"),
        ("-0", "0"),
        ("007", "7"),
        ("1234.56", "1234.56"),
        ("1234.0", "1234"),
        ("0.30000000000000004", "0.3"),
        ("1.1000000000000001", "1.1"),
        ("2.9999999999999996", "3"),
        ("12345678900012", "12345678900012"),
        ("123456789012345", "123456789012345"),
        ("1234567890123456789", "1234567890123460000"),
        ("1.2345678900012E+13", "12345678900012"),
        ("5E-05", "0.00005"),
        ("1E+300", "1E+300"),
        ("NaN", "NaN"),
        ("INF", "INF"),
        ("1_000", "1_000"),
        ("1e999", "1e999"),
        ("9" * 5000, "9" * 5000),
        ("", None),
    ],
)
def test_a_number(make, stored, shown):
    assert one(make, f'<c r="A1"><v>{stored}</v></c>') == shown if shown else True
    if shown is None:
        assert not list(rows(make(f'<row r="1"><c r="A1"><v>{stored}</v></c></row>')))


@pytest.mark.parametrize(
    ("code", "stored", "shown"),
    [
        ("General", "0.35", "0.35"),
        ("Standard", "46093", "46093"),
        ("dd/mm/yyyy", "46093", "2026-03-12"),
        ("dd/mm/yyyy;@", "46093", "2026-03-12"),
        ("[$-40C]d mmmm yyyy;@", "46093", "2026-03-12"),
        ("mmm-yy", "46093", "2026-03-12"),
        ("yyyy", "46093", "2026-03-12"),
        ("JJ/MM/AAAA", "46093", "2026-03-12"),
        ("dd/mm/yyyy hh:mm", "46093.604166666664", "2026-03-12T14:30:00"),
        ("dd/mm/yyyy", "46093.604166666664", "2026-03-12T14:30:00"),
        ("dd/mm/yyyy", "46092.99999999999", "2026-03-12"),
        ("hh:mm", "0.604166666666667", "14:30:00"),
        ('hh"h"mm', "0.604166666666667", "14:30:00"),
        ("h:mm AM/PM", "0.604166666666667", "14:30:00"),
        ("mm:ss", "0.0104166666666667", "00:15:00"),
        ("[h]:mm", "1.5", "36:00:00"),
        ("[mm]:ss", "0.0104166666666667", "00:15:00"),
        ("hh:mm", "46093.5", "2026-03-12T12:00:00"),
        ("dd/mm/yyyy", "60", "1900-02-29"),
        ("dd/mm/yyyy", "61", "1900-03-01"),
        ("dd/mm/yyyy", "59", "1900-02-28"),
        ("dd/mm/yyyy", "1", "1900-01-01"),
        ("dd/mm/yyyy", "0", "1900-01-00"),
        ("dd/mm/yyyy", "-3", "-3"),
        ("dd/mm/yyyy", "2958465", "9999-12-31"),
        ("dd/mm/yyyy", "2958466", "2958466"),
        ("dd/mm/yyyy", "1E+300", "1E+300"),
        ("0%", "0.35", "35 %"),
        ("0.00%", "0.125", "12.5 %"),
        ("0%", "1", "100 %"),
        ("0%", "0.29", "29 %"),
        ("0%", "0.1234567", "12.34567 %"),
        ('0.0" %"', "35", "35"),
        ("00000", "1000", "01000"),
        ("00000", "75001", "75001"),
        ("000\\ 000\\ 000\\ 00000", "1234567800012", "01234567800012"),
        ('0#" "##" "##" "##" "##', "123456789", "0123456789"),
        ("00000", "-5", "-5"),
        ("00", "1.5", "1.5"),
        ("#,##0.00", "1234.5", "1234.5"),
        ("# ##0", "1234", "1234"),
        ("##0", "5", "5"),
        ('#,##0\\ "jours";[Red]\\-#,##0', "12", "12"),
        ('_-* #,##0.00\\ "€"_-', "1234.5", "1234.5"),
        ("[Red]0", "5", "5"),
        ("0.00E+00", "12000", "12000"),
        ("@", "12", "12"),
        ("", "12", "12"),
        ("[" * 900, "12", "12"),
    ],
)
def test_a_number_format(code, stored, shown):
    assert converter(code, epoch_1904=False)(stored) == shown


def test_the_system_of_1904():
    assert converter("dd/mm/yyyy", epoch_1904=True)("0") == "1904-01-01"
    assert converter("dd/mm/yyyy", epoch_1904=True)("44631") == "2026-03-12"


def test_dates_and_numbers_of_xlsxwriter(write):
    day = datetime.datetime(2026, 3, 12, 14, 30)  # noqa: DTZ001 - as Excel keeps it

    def fill(book, sheet):
        sheet.write_datetime(0, 0, day, book.add_format({"num_format": 14}))
        sheet.write_number(0, 1, 0.35, book.add_format({"num_format": 9}))
        sheet.write_number(0, 2, 0.5, book.add_format({"num_format": 21}))
        sheet.write_number(0, 3, 0.1 + 0.2)
        sheet.write_boolean(0, 4, True)
        sheet.write_string(0, 5, "Société Générale")
        sheet.write_blank(0, 6, None, book.add_format({"bold": True}))

    shown = ("2026-03-12T14:30:00", "35 %", "12:00:00", "0.3", "true", "Société Générale")
    for epoch in (False, True):
        (row,) = rows(write(fill, default_date_format="d", date_1904=epoch))
        assert row == Row(1, shown)


@pytest.mark.parametrize(
    ("xml", "shown"),
    [
        ('<c r="A1" t="b"><v>1</v></c>', "true"),
        ('<c r="A1" t="b"><v>0</v></c>', "false"),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c r="A1" t="e"><f>A2</f><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1" t="str"><f>A2</f><v>oui</v></c>', "oui"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A1"><f t="array" ref="A1:A2">1&lt;2</f><v>2</v></c>', "2"),
        ('<c r="A1" t="d"><v>2026-03-12T00:00:00Z</v></c>', "2026-03-12"),
        ('<c r="A1" t="d"><v>2026-03-12T14:30:00</v></c>', "2026-03-12T14:30:00"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a "),
        ('<c r="A1" t="inlineStr"><is><r><t>a</t></r>\n<r><t>b</t></r></is></c>', "ab"),
        (
            '<c r="A1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウ</t></rPh></is></c>',
            "東京",
        ),
        ('<c r="A1" t="str"><v>a_x000D_\nb</v></c>', "a\nb"),
        ('<c r="A1" t="str"><v>_x005F_x000D_</v></c>', "_x000D_"),
        ('<c r="A1" t="str"><v>_xD83D__xDE00_</v></c>', "😀"),
        ('<c r="A1" t="str"><v>_xD83D_</v></c>', "\ufffd"),
        ('<c r="A1" t="str"><v><![CDATA[<b>]]></v></c>', "<b>"),
        ('<c r="A1" t="str"><v>a<!-- b -->c</v></c>', "ac"),
        ('<c t="str"><v>no reference</v></c>', "no reference"),
        ('<c r="A1" t="zz"><v>unknown type</v></c>', "unknown type"),
        ('<c r="A1" t="s"><v>0</v></c>', "Durand & fils"),
        ('<c r="A1" t="s"><v>1</v></c>', "ab"),
        ('<c r="A1"><extLst><x><v>9</v></x></extLst><v>1</v></c>', "1"),
        ("<c>\n <v>1</v>\n </c>", "1"),
    ],
)
def test_a_type_of_cell(make, xml, shown):
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = (
        f'<sst xmlns="{main}"><si><t>Durand &amp; fils</t></si>'
        "<si><r><rPr><b/></rPr><t>a</t></r>\n<r><t>b</t></r><rPh><t>c</t></rPh></si></sst>"
    )
    assert one(make, xml, strings=strings) == shown


@pytest.mark.parametrize(
    "xml",
    [
        '<c r="A1" s="0"/>',
        '<c r="A1" t="str"><v></v></c>',
        '<c r="A1" t="inlineStr"><is><t></t></is></c>',
        '<c r="A1" t="inlineStr"/>',
        "",
    ],
)
def test_an_empty_row_is_passed_over(make, xml):
    found = list(rows(make(f'<row r="1">{xml}</row><row r="9"><c r="B9"><v>1</v></c></row>')))
    assert found == [Row(9, (None, "1"))]


def test_a_formula_without_its_result_is_told(make):
    (row,) = rows(make('<row r="3"><c r="A3"><v>1</v></c><c r="D3"><f>A3*2</f></c></row>'))
    assert row == Row(3, ("1",), uncomputed=(3,))


def test_the_state_of_one_cell_does_not_leak_into_the_next(make):
    xml = (
        '<row r="1"><c r="A1"><f>1</f><v>1</v></c><c r="B1"/>'
        '<c r="C1"><v>5</v><is><t>x</t></is></c><c r="D1" t="inlineStr"/>'
        '<c r="F1"><v>7</v></c><c r="E1"><v>6</v></c></row>'
    )
    assert list(rows(make(xml))) == [Row(1, ("1", None, "5", None, "6", "7"))]


def test_other_spellings_of_the_same_sheet(make, sheet_xml):
    xml = sheet_xml('<row r="1"><c r="A1" t="inlineStr"><is><t>été</t></is></c></row>')
    expected = [Row(1, ("été",))]
    prefixed = (xml.replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")).replace(
        "xmlns=", "xmlns:x="
    )
    strict = xml.replace(
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    wide = xml.replace("UTF-8", "UTF-16").encode("utf-16")
    latin = xml.replace("UTF-8", "ISO-8859-1").encode("latin-1")
    for each in (xml, prefixed, strict, wide, latin, "\ufeff" + xml):
        assert list(rows(make(sheet=each))) == expected


def test_the_sheets(write):
    def fill(book, sheet):
        sheet.write_string(0, 0, "first")
        book.add_worksheet("Cachée").hide()
        book.get_worksheet_by_name("Cachée").write_string(0, 0, "hidden")
        book.add_worksheet("Vide")
        book.add_chartsheet("Graphique").set_chart(fake_chart(book))

    book = write(fill)
    assert sheet_names(book) == ("Clients", "Vide")
    assert [(sheet.name, sheet.hidden) for sheet in sheets(book)] == [
        ("Clients", False),
        ("Cachée", True),
        ("Vide", False),
    ]
    assert [row.cells for row in rows(book)] == [("first",)]
    assert [row.cells for row in rows(book, "cachée")] == [("hidden",)]
    assert list(rows(book, "Vide")) == []


def fake_chart(book):
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Clients!$A$1:$A$2"})
    return chart
