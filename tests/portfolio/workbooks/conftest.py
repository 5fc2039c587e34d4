"""How are workbooks made for the tests: by xlsxwriter when honest, part by part when hostile?"""

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ROOT_LINKS = (
    f'{HEAD}<Relationships xmlns="{LINKS}">'
    f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>"
)
BOOK_LINKS = (
    f'{HEAD}<Relationships xmlns="{LINKS}">'
    f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    f'<Relationship Id="r3" Type="{OFFICE}/styles" Target="styles.xml"/>'
    "</Relationships>"
)
BOOK = (
    f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="Clients" sheetId="1" r:id="r1"/></sheets></workbook>'
)
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
STYLES = "xl/styles.xml"


def sheet_of(rows: str, after: str = "") -> str:
    """The XML of a sheet around its rows."""
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def styles_of(*codes: str) -> str:
    """The XML of styles whose n-th one has the n-th number format."""
    formats = "".join(
        f'<numFmt numFmtId="{200 + i}" formatCode="{code}"/>' for i, code in enumerate(codes)
    )
    cells = "".join(f'<xf numFmtId="{200 + i}"/>' for i in range(len(codes)))
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts>'
        f"<cellXfs>{cells}</cellXfs></styleSheet>"
    )


def zipped(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    """An archive of parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    file.seek(0)
    return file


def made(rows: str = "", **others: str | bytes) -> io.BytesIO:
    """A workbook with these rows; other parts by their path, `__` for the slash."""
    parts: dict[str, str | bytes] = {
        "_rels/.rels": ROOT_LINKS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_LINKS,
        SHEET: sheet_of(rows),
    }
    for name, text in others.items():
        parts[{"sheet": SHEET, "strings": STRINGS, "styles": STYLES}.get(name, name)] = text
    return zipped(parts)


@pytest.fixture(scope="session")
def make() -> Callable[..., io.BytesIO]:
    return made


@pytest.fixture(scope="session")
def zip_of() -> Callable[..., io.BytesIO]:
    return zipped


@pytest.fixture(scope="session")
def sheet_xml() -> Callable[..., str]:
    return sheet_of


@pytest.fixture(scope="session")
def styles_xml() -> Callable[..., str]:
    return styles_of


@pytest.fixture(scope="session")
def write() -> Callable[..., io.BytesIO]:
    """A workbook that xlsxwriter writes: `fill(book, sheet)` puts what is in it."""

    def written(fill: Callable[..., None], **options: object) -> io.BytesIO:
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True, **options}) as book:
            fill(book, book.add_worksheet("Clients"))
        file.seek(0)
        return file

    return written


@pytest.fixture(scope="session")
def within() -> Callable[..., object]:
    """`with within(megabytes)`: what is allocated in it, expat and zlib included, stays below."""

    @contextmanager
    def bounded(megabytes: float) -> Iterator[None]:
        tracemalloc.start()
        try:
            yield
            peak = tracemalloc.get_traced_memory()[1] / 2**20
        finally:
            tracemalloc.stop()
        assert peak < megabytes, f"{peak:.1f} MiB at the peak"

    return bounded
