"""Is it told plainly what a file is, when it is no workbook that can be read?"""

import io
import zipfile

import pytest

from matcher.portfolio.workbooks import LIMITS, WorkbookError, rows, sheet_names
from matcher.portfolio.workbooks.wording import REASONS

COMPOUND = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(3000)


def wide(name):
    return name.encode("utf-16-le")


def refused(source, **options):
    with pytest.raises(WorkbookError) as caught:
        list(rows(source, **options))
    error = caught.value
    for lang in ("fr", "en"):
        message, fix = error.render(lang).split("\n    → ")
        assert message
        assert fix
        assert "{" not in message + fix
    assert error.render("fr") != error.render("en")
    return error


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty_file"),
        (COMPOUND + wide("Workbook"), "old_excel"),
        (COMPOUND + wide("Root Entry") + wide("EncryptedPackage"), "password"),
        (COMPOUND + bytes(2**20 - 3020) + wide("EncryptedPackage"), "password"),
        (COMPOUND + wide("DRMContent"), "password"),
        ("nom;ville\nDurand;Évreux\n".encode("latin-1"), "text"),
        ("\ufeffnom;ville\n".encode(), "text"),
        ("nom\tville\n".encode("utf-16"), "text"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "html"),
        (b"  \r\n<!DOCTYPE HTML><html>", "html"),
        ("<html>".encode("utf-16"), "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "xml_2003"),
        (b'<?xml version="1.0"?><a/>', "not_a_workbook"),
        (b"%PDF-1.7", "other_document"),
        (b"PAR1....", "other_document"),
        (b"\x00\x01\x02\x03", "not_a_workbook"),
        (b"PK\x03\x04", "damaged"),
        (b"PK\x05\x06" + bytes(18), "not_a_workbook"),
    ],
)
def test_a_file_that_is_no_archive(content, reason):
    assert refused(io.BytesIO(content)).reason == reason


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "opendocument"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "other_document"),
        ({"Index/Document.iwa": "x"}, "numbers"),
        ({"Index.zip": "x"}, "numbers"),
        ({"xl/workbook.bin": "x"}, "binary_excel"),
        ({"word/document.xml": "x"}, "other_document"),
        ({"ppt/presentation.xml": "x"}, "other_document"),
        ({"clients/Clients 2026.XLSX": "x"}, "zipped"),
        ({"a.txt": "x"}, "not_a_workbook"),
    ],
)
def test_an_archive_that_is_no_workbook(zip_of, parts, reason):
    assert refused(zip_of(parts)).reason == reason


def test_the_main_part_decides(make):
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/officeDocument" Target="{{}}"/></Relationships>'
    )
    for target, reason in {
        "xl/workbook.bin": "binary_excel",
        "word/document.xml": "other_document",
    }.items():
        parts = {"_rels/.rels": links.format(target), target: "<x/>"}
        assert refused(make(**parts)).reason == reason


def test_a_path(tmp_path, make):
    good = tmp_path / "clients.xlsx"
    good.write_bytes(make('<row r="1"><c r="A1"><v>1</v></c></row>').getvalue())
    assert sheet_names(good) == sheet_names(str(good)) == ("Clients",)
    assert [row.cells for row in rows(good)] == [("1",)]
    lock = tmp_path / "~$clients.xlsx"
    lock.write_bytes(b"Durand")
    assert refused(lock).reason == "lock_file"
    assert refused(tmp_path / "missing.xlsx").reason == "unreadable"
    assert refused(tmp_path).reason == "unreadable"
    assert refused("a\0b").reason == "unreadable"


def test_an_error_names_the_file_without_its_folders(tmp_path):
    path = tmp_path / "Clients é.xlsx"
    path.write_bytes(b"")
    error = refused(path)
    assert error.render("fr").startswith("Clients é.xlsx : Le fichier est vide")
    assert error.render("en").startswith("Clients é.xlsx: The file is empty")
    assert str(error) == error.render("fr")
    assert str(tmp_path) not in repr(error) + str(error)


def test_a_sheet_that_is_not_there(write):
    def fill(book, _sheet):
        book.add_worksheet("Données")

    error = refused(write(fill), sheet="donnees")
    assert error.reason == "no_such_sheet"
    assert "« Données », « Clients »" in error.fix("fr")
    assert "“Données”, “Clients”" in error.fix("en")


def test_only_hidden_sheets(make):
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="A" state="veryHidden" r:id="r1"/></sheets></workbook>'
    )
    parts = {"xl/workbook.xml": book}
    assert sheet_names(make(**parts)) == ()
    assert refused(make(**parts)).reason == "no_sheet"
    assert list(rows(make(**parts), "A")) == []


def test_an_encrypted_part(make):
    data = bytearray(make().getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    at = data.find(b"PK\x01\x02", data.rfind(b"PK\x03\x04"))
    while data[at + 46 : at + 46 + len(entry.filename)] != entry.filename.encode():
        at = data.find(b"PK\x01\x02", at + 1)
    data[at + 8] |= 1
    assert refused(io.BytesIO(data)).reason == "password"


def test_every_reason_is_told_in_both_languages():
    for reason, texts in REASONS.items():
        assert set(texts) == {"fr", "en"}, reason
        for wording in texts.values():
            assert wording.what.endswith("."), reason
            assert wording.fix.endswith((".", "{known}.")), reason


def test_the_limits_can_be_told():
    assert LIMITS.columns == 2000
