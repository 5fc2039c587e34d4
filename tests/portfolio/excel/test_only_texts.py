"""Can anything in the client file become a formula or a link of the workbook? Nothing can."""

import re

import pytest

from matcher.portfolio.excel.names import sheet_names
from tests.portfolio.excel.conftest import FORMULA, HEADS


def test_no_formula_and_no_link_in_any_part(book, english):
    for one in (book, english):
        for name, part in one.parts().items():
            assert not FORMULA.search(part.decode()), name
            if name.endswith(".rels"):
                assert b'TargetMode="External"' not in part
        assert not any("external" in name.lower() for name in one.parts())


def test_hostile_headers(make):
    """Headers of kept columns are texts of the client file too."""
    hostile = "=cmd|' /C calc'!A1"
    one = make(f'{HEADS};"{hostile}"\nUn;SAS;60;25.50A;42187;1;1;;;=2+2\n')
    assert hostile in one.table("À appeler", "Rang")[0]
    assert not any(FORMULA.search(part.decode()) for part in one.parts().values())


def test_every_cell_with_a_text_is_typed_as_one(book):
    """A cell holds a shared text, a number that we wrote, or nothing."""
    for place in range(1, len(book.sheets) + 1):
        types = set(re.findall(r'<c [^>]*?t="(\w+)"', book.cells(place)))
        assert types <= {"s"}, place


# ------------------------------------------------------------------------------- names of sheets
@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        (["Fonds", "fonds", "FONDS"], ["Fonds", "fonds 2", "FONDS 3"]),
        (["a/b:c*[d]?\\e"], ["a b c d e"]),
        (["'cité'", ""], ["cité", "-"]),
        (["History"], ["History 2"]),
        (["x" * 40, "x" * 41], ["x" * 30 + "…", "x" * 28 + "… 2"]),
        (["🔥" * 20], ["🔥" * 15 + "…"]),
    ],
)
def test_names_that_excel_accepts(wanted, named):
    assert sheet_names(wanted) == named


def test_names_of_all_the_schemes(catalogue):
    for lang in ("fr", "en"):
        names = sheet_names(s.name.in_(lang) for s in catalogue.content.schemes.values())
        assert len({name.casefold() for name in names}) == len(catalogue.schemes)
        assert all(0 < len(name.encode("utf-16-le")) <= 62 for name in names)
        assert not any(set(name) & set("[]:*?/\\") for name in names)
