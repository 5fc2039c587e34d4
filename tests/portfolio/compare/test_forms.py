"""Do the three forms say the same, in both languages, whatever the clients are called?"""

import csv
import io
import json
import re

import pytest

from matcher import Catalogue
from matcher.portfolio.comparing.as_table import MOST_CLIENTS
from matcher.portfolio.comparing.kinds import SAID
from tests.portfolio.compare.schemes import CLIENTS, DEARER, EASY, FUND

HOSTILE = [
    '=HYPERLINK("http://x")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\x1b[2J\x1b]0;titre\x07",
    "a\u202eb\u2028c",
    'guillemets "" ; et , virgules',
    "{rows} {0} %s",
    "[bold]x[/bold]",
    "x" * 300,
]
HEAD = CLIENTS.splitlines()[0]


def quoted(name):
    return '"' + name.replace('"', '""') + '"'


def named(names, cost):
    lines = [f"{quoted(name)};{cost};20;non" for name in names]
    return "\n".join([HEAD, *lines]) + "\n"


@pytest.fixture(scope="session")
def fund(rules_of):
    return Catalogue.load(rules_of({"fonds": FUND}))


@pytest.fixture
def hostile(results, told, fund):
    old, new = (results(named(HOSTILE, cost), fund) for cost in (50000, 200000))
    return told(old, new, fund)


def test_no_cell_becomes_a_formula(hostile):
    rows = hostile.rows()
    assert len(rows) == len(HOSTILE)
    for row in rows:
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in row.values())
        assert not any(re.search(r"[\x00-\x08\x1b]", cell) for cell in row.values())
    assert rows[0]["client"].startswith("'=")


def test_nothing_moves_the_cursor_of_a_terminal(hostile):
    text = hostile.table()
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e\u2028]", text)
    assert max(map(len, text.splitlines())) <= 100


def test_names_are_told_as_they_are(results, told, fund):
    old, new = (results(named(HOSTILE[6:9], cost), fund) for cost in (50000, 200000))
    text = told(old, new, fund).table()
    for name in HOSTILE[6:9]:
        assert name in text


def test_json_keeps_the_names(hostile):
    clients = {change["client"] for change in hostile.json["schemes"][0]["changes"]}
    assert HOSTILE[0] in clients
    assert hostile.json["schema_version"] == 1


def test_a_header_is_no_formula(results, told, fund):
    old, new = (
        results(
            CLIENTS.replace("Raison sociale", "Raison sociale;=1+1").replace("Alpha;", "Alpha;x;"),
            fund,
        )
        for _ in range(2)
    )
    assert not any(h.startswith("=") for h in told(old, new, fund).rows()[:1] or [""])


def test_long_lists_are_cut_and_say_how_many_are_left(results, told, fund):
    names = [f"Client {n}" for n in range(20)]
    old = results(named(names, 50000) + "Autre;1;1;non\n", fund)
    new = results(named(names, 200000) + "Autre;1;1;non\n", fund)
    text = told(old, new, fund).table()
    assert text.count("· Client") == MOST_CLIENTS
    assert "… et 15 autres, voyez --format csv" in text
    assert "… and 15 more, see --format csv" in told(old, new, fund).table("en")
    assert "(20)" in text, "the main criterion, and how many it concerns"


def test_what_happens_to_all_is_not_listed(results, told, fund):
    names = [f"Client {n}" for n in range(20)]
    old, new = (results(named(names, cost), fund) for cost in (50000, 200000))
    assert "tous les clients" in told(old, new, fund).table()


def test_the_forms_agree(results, told, rules_of):
    before, after = (
        Catalogue.load(rules_of(b)) for b in ({"fonds": FUND}, {"fonds": DEARER, "facile": EASY})
    )
    found = told(results(CLIENTS, before), results(CLIENTS, after), before, after)
    in_json = [(c, s, SAID_BY[k]) for c, s, k, _ in found.changes]
    assert [(r["client"], r["dispositif"], r["changement"]) for r in found.rows()] == in_json
    counted = {s["scheme"]: s["counts"] for s in found.json["schemes"]}
    assert {id_: dict(c) for id_, c in found.kinds.items()} == counted
    clients = {client for client, _, kind, _ in found.changes if kind == "gained"}
    assert found.json["clients"]["gained"] == len(clients)
    assert f"{len(clients)} clients gagnent" in found.table()
    assert f"{len(clients)} clients gain " in found.table("en")


SAID_BY = {str(kind): text.fr for kind, text in SAID.items()}
FRENCH = re.compile(r"[éèàç]|\b(ligne|dispositif|critère|rempli|le|la|les|du|au|perdu)\b")
ENGLISH = re.compile(r"\b(row|scheme|criterion|met|the|of|on|lost|gained|open)\b")


def test_both_languages_are_complete(results, told, rules_of):
    before, after = (
        Catalogue.load(rules_of(b)) for b in ({"fonds": FUND}, {"fonds": DEARER, "facile": EASY})
    )
    old = results(CLIENTS.replace("Delta;;", "Delta;1;"), before)
    new = results(CLIENTS.replace("Alpha", "Omega"), after, "2026-10-04")
    found = told(old, new, before, after)
    csv_en = "\n".join(",".join(row.values()) for row in found.rows("en"))
    for text in (found.table("en"), csv_en, ",".join(found.rows("en")[0])):
        assert not FRENCH.findall(text)
    for text in (found.table("fr"), ",".join(found.rows("fr")[0])):
        assert not ENGLISH.findall(text)


def test_the_whole_file_is_one_table(hostile):
    from matcher.portfolio.comparing.as_csv import csv_texts

    text = "".join(csv_texts(hostile.comparison, "fr"))
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len({len(line) for line in lines}) == 1
    assert json.dumps(lines)
