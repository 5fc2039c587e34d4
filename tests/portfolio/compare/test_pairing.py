"""Is each row put together with itself, whatever the order, and is doubt told?"""

import json

import pytest

from matcher import Catalogue, MatcherError
from tests.portfolio.compare.conftest import Told
from tests.portfolio.compare.schemes import CLIENTS, FUND

HEADER = "Raison sociale;Numéro SIRET du site;Effectif du site;Projet\n"
SIRETS = ("55210055400013", "10000001700010", "10000002500013")
A, B, C = SIRETS


def rows(*lines):
    return HEADER + "".join(f"{line}\n" for line in lines)


@pytest.fixture(scope="session")
def fund(rules_of):
    return Catalogue.load(rules_of({"fonds": FUND}))


@pytest.fixture
def pairs(results, told, catalogue):
    """The pairs of two lists, by line; one shipped scheme is enough."""

    def paired(old, new):
        scheme = (catalogue.schemes[0],)
        found = told(*(results(text, catalogue, schemes=scheme) for text in (old, new)))
        paired.found = found.comparison
        clients = found.comparison.pairs.clients()
        return dict(clients.select("old_line", "new_line").rows())

    return paired


def test_another_order_changes_nothing(results, told, fund):
    head, *lines = CLIENTS.splitlines()
    shuffled = [*lines[3:], *reversed(lines[:3])]
    assert shuffled != lines
    old, new = results(CLIENTS, fund), results("\n".join([head, *shuffled]), fund)
    found = told(old, new, fund)
    assert not found.changes
    assert found.comparison.pairs.by == {"@name": len(lines)}
    assert "Rien n'a changé pour personne." in found.table()


def test_by_siret_whatever_the_name(pairs):
    old = rows(f"Alpha;{A};10;", f"Beta;{B};10;")
    assert pairs(old, rows(f"Beta SAS;{B};10;", f"Alpha;{A};10;")) == {2: 3, 3: 2}
    assert pairs.found.pairs.by == {"site.siret": 2}
    assert pairs.found.pairs.doubts == 0


def test_by_name_whatever_the_case_and_the_spaces(pairs):
    assert pairs(rows("Forge  Durand;;10;"), rows(" FORGE DURAND ;;12;")) == {2: 2}


def test_different_identifiers_are_different_clients(pairs):
    assert pairs(rows(f"Alpha;{A};10;"), rows(f"Alpha;{B};10;")) == {}
    assert pairs.found.pairs.only_old.len() == pairs.found.pairs.only_new.len() == 1


def test_an_identifier_that_was_added_since(pairs):
    old = rows("Alpha;;10;", f"Alpha;{B};10;")
    assert pairs(old, rows(f"Alpha;{A};10;", f"Alpha;{B};10;")) == {2: 2, 3: 3}


def test_the_kept_columns_tell_the_projects_of_a_client_apart(pairs):
    old = rows(f"Alpha;{A};10;Presse", f"Alpha;{A};10;Four")
    new = rows(f"Alpha;{A};10;Four", f"Alpha;{A};10;Presse", f"Alpha;{A};10;Laser")
    assert pairs(old, new) == {2: 3, 3: 2}
    assert pairs.found.pairs.doubts == 0
    assert pairs.found.pairs.several
    assert pairs.found.pairs.only_new.to_list() == [2]


def test_rows_that_nothing_tells_apart_go_in_order_and_it_is_said(pairs):
    old = rows(f"Alpha;{A};10;", f"Alpha;{A};80;", f"Beta;{B};10;")
    assert pairs(old, old.replace(";80;", ";90;")) == {2: 2, 3: 3, 4: 4}
    assert pairs.found.pairs.doubts == 2
    assert "à vérifier : 2" in Told(pairs.found).table()
    assert "to be checked: 2" in Told(pairs.found).table("en")


def test_one_row_too_many_is_alone(pairs):
    old = rows(f"Alpha;{A};10;", f"Alpha;{A};10;")
    assert pairs(old, rows(f"Alpha;{A};10;")) == {2: 2}
    assert pairs.found.pairs.only_old.to_list() == [1]
    assert pairs.found.pairs.doubts == 1


def test_rows_without_any_key_are_alone(pairs):
    text = rows(";;10;", f"Alpha;{A};10;")
    assert pairs(text, text) == {3: 3}
    assert pairs.found.pairs.only_old.len() == 1


def test_the_same_file_goes_by_line(results, told, fund, tmp_path):
    """Nothing else is sure where a name stands on several lines."""
    source = tmp_path / "same.csv"
    source.write_text(CLIENTS + "Alpha;1;1;non\n", encoding="utf-8")
    old, new = (results.again(source, fund, on) for on in ("2026-05-04", "2026-05-05"))
    found = told(old, new, fund)
    assert found.comparison.pairs.by == {"@line": 8}
    assert found.comparison.pairs.doubts == 0
    assert not found.changes
    assert "même fichier" in found.table()


def test_clients_that_come_and_go(results, told, fund):
    later = CLIENTS.replace("Alpha;", "Omega;")
    found = told(results(CLIENTS, fund), results(later, fund), fund)
    assert [row["client"] for row in found.json["appeared"]] == ["Omega"]
    assert [row["client"] for row in found.json["gone"]] == ["Alpha"]
    come, gone = found.rows()
    told_of = ("client", "changement", "ligne avant", "ligne après")
    assert [come[name] for name in told_of] == ["Omega", "nouvelle ligne", "", "2"]
    assert [gone[name] for name in told_of] == ["Alpha", "ligne disparue", "2", ""]
    assert "Lignes nouvelles : 1\n    · Omega (ligne 2)" in found.table()


def test_rows_that_one_side_rejects(results, told, catalogue):
    text = "Raison sociale;Code postal;Ville\nAlpha;42300;Roanne\nBeta;75001;Paris\n"
    contradictory = text.replace("42300;Roanne", "42300;Paris")
    scheme = catalogue.schemes[:1]
    old, new = (results(t, catalogue, schemes=scheme) for t in (text, contradictory))
    found = told(old, new)
    assert (old.rejects, new.rejects) == (0, 1)
    assert found.comparison.rejected == (0, 0), "not the same file: nobody knows whose row it was"
    assert "lignes rejetées, qui ne sont pas comparées : 0 dans l'ancien, 1" in found.table()


def test_rows_of_the_same_file_that_one_date_rejects(results, told, catalogue):
    """Made by hand: one row of the old results is a reject of the new ones."""
    text = "Raison sociale;Code postal;Ville\nAlpha;42300;Roanne\nBeta;75001;Paris\n"
    contradictory = text.replace("42300;Roanne", "42300;Paris")
    scheme = catalogue.schemes[:1]
    old, new = (results(t, catalogue, schemes=scheme) for t in (text, contradictory))
    told_of_old = json.loads((old.folder / "run.json").read_text(encoding="utf-8"))
    told_of_new = json.loads((new.folder / "run.json").read_text(encoding="utf-8"))
    told_of_new |= {name: told_of_old[name] for name in ("input", "file", "sheet")}
    (new.folder / "run.json").write_text(json.dumps(told_of_new), encoding="utf-8")
    found = told(old.folder, new.folder)
    assert found.comparison.rejected == (1, 0)
    assert "dont 1 que le nouveau rejette" in found.table()


def test_nothing_tells_who_is_who(results, told, catalogue):
    text = "Effectif;Projet\n10;Presse\n"
    scheme = catalogue.schemes[:1]
    old, new = (results(t, catalogue, schemes=scheme) for t in (text, text + "9;Four\n"))
    with pytest.raises(MatcherError) as caught:
        told(old, new)
    assert "client" in caught.value.render("fr")
    assert "mapping.yaml" in caught.value.render("en")


def test_the_names_are_those_of_the_mapping(results, told, catalogue, tmp_path):
    mapping = tmp_path / "m.yaml"
    mapping.write_text('version: 1\ncolumns:\n  "Dossier": client\n', encoding="utf-8")
    text = "Dossier;Effectif\nD1;10\nD2;20\n"
    old, new = (
        results(t, catalogue, schemes=catalogue.schemes[:1], mapping=mapping)
        for t in (text, "Dossier;Effectif\nD2;20\nD1;10\n")
    )
    assert told(old, new).comparison.pairs.by == {"@name": 2}
    for one in (old, new):
        (one.folder / "mapping.yaml").unlink()
    with pytest.raises(MatcherError):
        told(old, new)
