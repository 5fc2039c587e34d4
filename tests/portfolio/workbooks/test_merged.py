"""Are merged cells found, and is their value repeated when asked?"""

import pytest

from matcher.portfolio.workbooks import Limits, Merged, WorkbookError, merged_ranges, rows


def test_two_lines_of_header(write):
    def fill(_book, sheet):
        sheet.merge_range("A1:C1", "Clients au 12 mars")
        sheet.merge_range("A2:A3", "Nom")
        sheet.merge_range("B2:C2", "Adresse")
        sheet.write_row("B3", ["CP", "Ville"])
        sheet.write_row("A4", ["Durand", "75001", "Paris"])

    book = write(fill)
    plain = [row.cells for row in rows(book)]
    assert plain[:3] == [("Clients au 12 mars",), ("Nom", "Adresse"), (None, "CP", "Ville")]
    assert [row.cells for row in rows(book, fill_merged=True)] == [
        ("Clients au 12 mars",) * 3,
        ("Nom", "Adresse", "Adresse"),
        ("Nom", "CP", "Ville"),
        ("Durand", "75001", "Paris"),
    ]
    assert merged_ranges(book) == (Merged(1, 0, 1, 2), Merged(2, 0, 3, 0), Merged(2, 1, 2, 2))


def test_no_row_is_added(make, sheet_xml):
    xml = sheet_xml(
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="9"><c r="B9"><v>2</v></c></row>',
        '<mergeCells><mergeCell ref="A2:A5"/><mergeCell ref="A7:B8"/></mergeCells>',
    )
    found = [(row.number, row.cells) for row in rows(make(sheet=xml), fill_merged=True)]
    assert found == [(2, ("1",)), (9, (None, "2"))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_the_ranges_are_found_far_into_the_sheet(make, sheet_xml, encoding):
    many = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 5000))
    xml = sheet_xml(many, '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>')
    data = xml.replace("UTF-8", "UTF-16").encode(encoding) if "16" in encoding else xml
    assert merged_ranges(make(sheet=data)) == (Merged(1, 0, 1, 1),)


@pytest.mark.parametrize("ref", ["", "A1:", "A0", "A1:XFE1", "A1:B1048577", "1:1", "A1:B2:C3"])
def test_an_impossible_range(make, sheet_xml, ref):
    book = make(sheet=sheet_xml("", f'<mergeCells><mergeCell ref="{ref}"/></mergeCells>'))
    if ref == "A1:":
        assert merged_ranges(book) == (Merged(1, 0, 1, 0),)
        return
    with pytest.raises(WorkbookError) as caught:
        merged_ranges(book)
    assert caught.value.reason == "damaged"


def test_merging_everything_has_an_end(make, sheet_xml, within):
    many = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 3000))
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 500
    book = make(sheet=sheet_xml(many, f"<mergeCells>{merges}</mergeCells>"))
    with within(30), pytest.raises(WorkbookError) as caught:
        list(rows(book, fill_merged=True, limits=Limits(filled_cells=200_000)))
    assert caught.value.reason == "too_many_merged"
    with pytest.raises(WorkbookError) as caught:
        merged_ranges(book, limits=Limits(merged=499))
    assert caught.value.reason == "too_many_merged"
