"""Does a reference table say what its rows say, and unknown where they are silent?"""

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from matcher.facts.read_tables import read_tables
from matcher.facts.tables import Table, folded, found_cell
from matcher.facts.values import Options, Span, option, point
from matcher.language.diagnostics import Diagnostics
from matcher.language.text import Text
from matcher.language.tree import Lookup
from matcher.language.yaml_text import read_yaml

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "rules" / "reference"
ROWS = """\
insee,name,region,population,listed
01004,Ambérieu-en-Bugey,84,15934,true
01247,"Mijoux, village",84,,false
2A004,Ajaccio,94,73822|74000,true|false
41194,L'Haÿ-les-Œufs,24|44,0,
93066,Saint-Denis,11,150000,true
97411,Saint-Denis,04,154000,true
"""
COLUMNS = {"name": "text", "region": "code", "population": "integer", "listed": "boolean"}


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("reference") / "places.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def table_at(path, complete=True, columns=None):
    return Table(
        name="places",
        title=Text("Lieux", "Places"),
        source="Essai",
        vintage="2026",
        complete=complete,
        columns=columns or COLUMNS,
        aliases=None,
        path=path,
    )


@pytest.fixture(scope="module")
def places(path):
    return table_at(path)


# --------------------------------------------------------------------------------------------- rows


def test_a_row_by_its_key(places):
    assert places.row("01004") == {
        "insee": "01004",
        "name": "Ambérieu-en-Bugey",
        "region": "84",
        "population": "15934",
        "listed": "true",
    }
    assert places.row("01247")["name"] == "Mijoux, village"
    assert places.row("97411")["name"] == "Saint-Denis"


@pytest.mark.parametrize(
    "key",
    [
        "",
        "99999",
        "0100",
        "1004",
        "010044",
        "insee",
        "01004,Ambérieu-en-Bugey",
        "Ambérieu-en-Bugey",
        "\n01004",
        "01004\n",
        '"01004"',
        "84",
        "é",
        "01004\x00",
        "\ud800",
    ],
)
def test_what_is_not_a_key_has_no_row(places, key):
    assert places.row(key) is None


def test_every_key(places):
    assert places.keys() == ["01004", "01247", "2A004", "41194", "93066", "97411"]


def test_a_table_may_end_without_a_line_end_and_have_windows_ones(tmp_path):
    for name, text in (("a", ROWS.rstrip("\n")), ("b", ROWS.replace("\n", "\r\n"))):
        path = tmp_path / f"{name}.csv"
        path.write_bytes(text.encode())
        table = table_at(path)
        assert table.row("97411")["listed"] == "true"
        assert table.row("97411")["population"] == "154000"
        assert table.cell("01004", "listed", None) == option(True)


# -------------------------------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("key", "column", "value"),
    [
        ("01004", "region", option("84")),
        ("01004", "population", point(15934)),
        ("01004", "listed", option(True)),
        ("01247", "listed", option(False)),
        ("01247", "population", None),
        ("41194", "listed", None),
        ("41194", "population", point(0)),
        ("41194", "region", Options(frozenset({"24", "44"}))),
        ("2A004", "population", Span(73822, 74000)),
        ("2A004", "listed", Options(frozenset({True, False}))),
        ("99999", "region", None),
    ],
)
def test_a_cell_is_one_value_one_of_several_or_unknown(places, key, column, value):
    assert places.cell(key, column, None) == value


def test_absence_means_something_in_a_complete_table_only(path):
    assert table_at(path).cell("99999", "listed", False) == option(False)
    assert table_at(path).cell("99999", "population", 0) == point(0)
    assert table_at(path).cell("99999", "region", "11") == option("11")
    assert table_at(path, complete=False).cell("99999", "listed", False) is None
    assert table_at(path).cell("01004", "listed", False) == option(True)
    assert table_at(path).cell("41194", "listed", False) is None


# ------------------------------------------------------------------------------------------ lookups


def looked_up(places, known, column, absent=None):
    return found_cell({"places": places}, Lookup("places", "site.insee", column, absent), known)


def test_a_lookup_follows_what_is_known_of_its_key(places):
    assert looked_up(places, None, "region") is None
    assert looked_up(places, option("93066"), "region") == option("11")
    saint_denis = Options(frozenset({"93066", "97411"}))
    assert looked_up(places, saint_denis, "region") == Options(frozenset({"04", "11"}))
    assert looked_up(places, saint_denis, "listed") == option(True)
    assert looked_up(places, saint_denis, "population") == Span(150000, 154000)
    assert looked_up(places, Options(frozenset({"93066", "01247"})), "population") is None
    assert looked_up(places, Options(frozenset({"93066", "99999"})), "region") is None
    some = Options(frozenset({"93066", "99999"}))
    assert looked_up(places, some, "listed", False) == Options(frozenset({True, False}))


# -------------------------------------------------------------------------------------------- names


def test_names_are_found_whatever_their_case_and_accents(places):
    assert places.named("amberieu en bugey") == ["01004"]
    assert places.named("SAINT-DENIS") == ["93066", "97411"]
    assert places.named("Atlantide") == []
    assert places.named("") == []


def test_a_table_without_names_finds_none(path):
    columns = {key: kind for key, kind in COLUMNS.items() if key != "name"}
    assert table_at(path, columns=columns).named("Saint-Denis") == []


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("Île-de-France", "ile de france"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("L’Haÿ-les-Roses", "l hay les roses"),
        ("  Saint   Denis ", "saint denis"),
        ("", ""),
        ("—", ""),
    ],
)
def test_folding(name, bare):
    assert folded(name) == bare


# ------------------------------------------------------------------------------------- descriptions

DESCRIPTION = """\
table: places
title: {fr: "Lieux", en: "Places"}
source: {title: "Essai", read_on: "2026-11-22"}
licence: "Licence Ouverte 2.0"
vintage: "2026"
complete: true
key: insee
columns: {name: text, region: code, population: integer, listed: boolean}
refresh: "à la main"
"""


def described(folder, rows, description=DESCRIPTION):
    """The table, and the mistakes told: code, line and French text."""
    data = rows if isinstance(rows, bytes) else rows.encode()
    (folder / "places.csv").write_bytes(data)
    found = Diagnostics()
    tables = read_tables([read_yaml(description, "places.yaml")], folder, found)
    return tables.get("places"), [(d.code, d.place.line, d.message("fr")) for d in found]


def test_a_good_table(tmp_path):
    table, found = described(tmp_path, ROWS)
    assert found == []
    assert table.row("93066")["region"] == "11"


@pytest.mark.parametrize(
    ("rows", "line"),
    [
        pytest.param(b"", 1, id="empty"),
        pytest.param(ROWS.replace("insee,", "code,"), 1, id="other key"),
        pytest.param(ROWS.replace("name,region", "region,name"), 1, id="other order of columns"),
        pytest.param(ROWS.replace(",listed", ""), 1, id="column missing"),
        pytest.param("\ufeff" + ROWS, 1, id="mark at the start"),
        pytest.param(ROWS.replace(",", ";"), 1, id="semicolons"),
        pytest.param(ROWS.encode("cp1252"), 1, id="Windows-1252"),
        pytest.param(ROWS.replace(",15934,true", ",15934"), 2, id="cell missing"),
        pytest.param(ROWS.replace("84,15934", "84,1,5934"), 2, id="cell too many"),
        pytest.param(ROWS.replace("15934", "beaucoup"), 2, id="not an integer"),
        pytest.param(ROWS.replace("15934", "15 934"), 2, id="integer with a space"),
        pytest.param(ROWS.replace("15934", "1.5"), 2, id="decimal"),
        pytest.param(ROWS.replace("15934,true", "15934,oui"), 2, id="not a boolean"),
        pytest.param(ROWS.replace("15934,true", "15934,True"), 2, id="capital boolean"),
        pytest.param(ROWS.replace("73822|74000", "73822|"), 4, id="choice without a value"),
        pytest.param(ROWS.replace("01247", "01004"), 3, id="key twice"),
        pytest.param(ROWS.replace("01004", "99999"), 3, id="not sorted"),
        pytest.param(ROWS.replace("01004,", ","), 2, id="empty key"),
        pytest.param(ROWS.replace("Ajaccio", '"Ajac\ncio"'), 4, id="line break in a cell"),
        pytest.param(ROWS.replace("Ajaccio", '"Ajaccio'), 4, id="open quote"),
        pytest.param(ROWS.replace("01247,", "\n01247,"), 3, id="empty line"),
    ],
)
def test_a_wrong_row_is_told_with_its_line(tmp_path, rows, line):
    _, found = described(tmp_path, rows)
    assert [(code, where) for code, where, _ in found[:1]] == [("T02", line)]


def test_many_wrong_rows_are_not_all_told(tmp_path):
    rows = "insee,name,region,population,listed\n" + "".join(
        f"{n:05},a,b,beaucoup,true\n" for n in range(5_000)
    )
    _, found = described(tmp_path, rows)
    assert 0 < len(found) <= 100


def test_a_table_without_its_rows(tmp_path):
    found = Diagnostics()
    assert read_tables([read_yaml(DESCRIPTION, "places.yaml")], tmp_path, found) == {}
    assert [d.code for d in found] == ["T01"]


# ----------------------------------------------------------------------------------------- for real


def real(name):
    """A table of the repository."""
    found = Diagnostics()
    text = (REFERENCE / f"{name}.yaml").read_text(encoding="utf-8").replace("aliases:", "# ")
    tables = read_tables([read_yaml(text, name)], REFERENCE, found)
    assert not list(found)
    return tables[name]


@pytest.fixture(scope="module")
def communes():
    return real("communes")


def test_communes_are_found_by_their_code_and_by_their_name(communes):
    with (REFERENCE / "communes.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in [rows[0], *rows[::500], rows[-1]]:
        assert communes.row(row["insee"]) == row
        assert row["insee"] in communes.named(row["name"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=12))
def test_no_text_crashes_a_search(communes, text):
    row = communes.row(text)
    assert row is None or row["insee"] == text
    assert isinstance(communes.named(text), list)
