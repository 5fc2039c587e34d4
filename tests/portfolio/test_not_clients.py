"""Are sums and closed establishments told apart from clients, and is none lost on the way?"""

import pytest

from matcher.portfolio.lexicon import Words
from matcher.portfolio.parts import LINE

HEAD = "Client;SIRET;Effectif;CA (k€);Ville;Notes\n"
ALPHA = "Alpha;73282932000074;75;12500;Roanne;bon dossier\n"


def kept(opened, read_all, text, **options):
    """The lines that are clients, and the rejects."""
    source = opened(text, **options)
    (rows,) = read_all(source)
    assert rows.rows == source.total
    return rows.frame[LINE].to_list(), rows.rejects


@pytest.mark.parametrize(
    "row",
    [
        "TOTAL;;87;14300;;",
        "total;;;;;",
        "Total général;;87;14 300 k€;;",
        "TOTAL GE\u0301NE\u0301RAL;;87;14300;;",
        "Sous-total Loiret;;87;14300;;",
        "Sous total : 12 clients;;87;14300;;",
        "TOTAL 2026;;87;1 000 000,50;;",
        "Somme;;87;#REF!;;",
        "Moyenne;;43,5;7150;;",
        "Grand Total;;87;14300;;",
        ";TOTAL;87;14300;;",
        ";;;;Total :;",
        ";12;;;TOTAL;",
        ";;;14300;;Total",
        "Total;3;87;14300;;12,5 %",
    ],
)
def test_a_row_that_sums_up_the_others_is_no_client(opened, read_all, row):
    lines, rejects = kept(opened, read_all, HEAD + ALPHA + row + "\n")
    assert lines == [2]
    assert rejects.rows()[0][0] == 3
    assert rejects["kind"].to_list() == ["total"]
    assert "SIRET" in rejects["reason"][0]


@pytest.mark.parametrize(
    "row",
    [
        "Total;73282932000074;87;14300;;",
        "Total;732 829 320;87;14300;;",
        "Total;;87;14300;Courbevoie;",
        "Total;;87;14300;;rappeler en mars",
        "Total;;87;14300;;02 54 00 00 00",
        "TOTAL ENERGIES;;87;14300;;",
        "Totalgaz;;87;14300;;",
        "Sommeil SA;;87;14300;;",
        "Maximo;;87;14300;;",
        "Moyenneville Bois;;87;14300;;",
        ";;87;14300;;",
    ],
)
def test_a_client_with_such_a_name_stays_a_client(opened, read_all, row):
    lines, rejects = kept(opened, read_all, HEAD + ALPHA + row + "\n")
    assert lines == [2, 3]
    assert rejects.is_empty()


def test_the_reason_is_told_in_english(opened, read_all):
    _, rejects = kept(opened, read_all, HEAD + ALPHA + "TOTAL;;1;1;;\n", lang="en")
    assert rejects["reason"].to_list() == [
        "row of totals or averages, not a client (if it is one, give its SIRET)"
    ]


def test_totals_do_not_warn_of_their_cells(opened, read_all):
    (rows,) = read_all(
        opened(HEAD + ALPHA + "TOTAL;néant ?;douze;#REF!;;\n".replace("néant ?", ""))
    )
    assert not [w for w in rows.warnings if 3 in w.lines]


# ----------------------------------------------------------------------------------------- closed
CLOSED = """\
Client;SIRET;État administratif;Effectif
A;73282932000074;Actif;1
B;;Fermé;2
C;; FERMÉE ;3
D;;F;4
E;;A;5
F;;;6
G;;fermé en août ?;7
"""


def test_a_list_that_says_which_establishments_are_closed(opened, read_all):
    lines, rejects = kept(opened, read_all, CLOSED)
    assert lines == [2, 6, 7, 8]
    assert rejects["line"].to_list() == [3, 4, 5]
    assert rejects["column"].unique().to_list() == ["État administratif"]
    assert rejects["reason"].unique().to_list() == ["établissement fermé ou entreprise cessée"]


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("Statut Sirene", "radiée"),
        ("etatAdministratifEtablissement", "F"),
        ("Établissement fermé", "oui"),
        ("État de l'entreprise", "Cessée"),
        ("Establishment status", "Closed"),
    ],
)
def test_headers_that_speak_of_the_establishment(opened, read_all, header, cell):
    text = f"Client;Effectif;{header}\nA;1;\nB;2;{cell}\n"
    assert kept(opened, read_all, text)[0] == [2]


@pytest.mark.parametrize("header", ["Statut", "État", "Dossier", "Statut du dossier"])
def test_the_state_of_a_file_is_not_that_of_an_establishment(opened, read_all, header):
    text = f"Client;Effectif;{header}\nA;1;Ouvert\nB;2;Fermé\n"
    assert kept(opened, read_all, text)[0] == [2, 3]


def test_who_knows_better_leaves_the_column_out(opened, read_all, tmp_path):
    mapping = tmp_path / "map.yaml"
    mapping.write_text('version: 1\ncolumns:\n  "État administratif": ignore\n', encoding="utf-8")
    lines, rejects = kept(opened, read_all, CLOSED, mapping=mapping)
    assert len(lines) == 7
    assert rejects.is_empty()


# ------------------------------------------------------------------------------------------ words
def test_words_with_numbers_and_ends():
    words = Words(("total", "écart-type", "sous-total*"))
    assert all(map(words.has, ["TOTAL", "Total 12", "Ecart type", "écart-type :", "Sous-total 41"]))
    assert not any(map(words.has, ["totaux", "Total Énergies", "le total", "", "12"]))
    assert not Words(()).has("total")
