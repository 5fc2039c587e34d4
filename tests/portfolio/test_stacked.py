"""Are several tables on one sheet read only where their columns are those of the first one?"""

import pytest

from matcher.language.diagnostics import MatcherError
from matcher.portfolio.parts import LINE

FIRST = """\
Clients du Loir-et-Cher
Client;SIRET;Effectif;CA (k€)
Alpha;73282932000074;75;12500
Bêta;;12;1800
TOTAL;;87;14300
;;;
"""
SAME = """\
Clients du Loiret
Client;SIRET;Effectif;CA (k€)
Gamma;;240;38000
"""
MOVED = """\
Clients hors zone
Client;CA (k€);Effectif;SIRET
Delta;30;4000;
Epsilon;31;4100;
"""
IN_EUROS = """\
Client;SIRET;Effectif;CA
Delta;;30;4000000
"""


def lines_of(opened, read_all, text, **options):
    source = opened(text, **options)
    (rows,) = read_all(source)
    assert rows.rows == source.total
    return rows.frame[LINE].to_list(), dict(rows.rejects.select("line", "kind").rows())


def test_a_table_with_the_same_columns_goes_on(opened, read_all):
    lines, rejects = lines_of(opened, read_all, FIRST + SAME)
    assert lines == [3, 4, 9]
    assert rejects == {5: "total", 7: "titre", 8: "en-têtes"}


@pytest.mark.parametrize("second", [MOVED, IN_EUROS])
def test_a_table_with_other_columns_is_not_read_under_the_wrong_headers(opened, read_all, second):
    lines, rejects = lines_of(opened, read_all, FIRST + second)
    assert lines == [3, 4]
    below = len(FIRST.splitlines()) + second.splitlines().index(
        next(line for line in second.splitlines() if line.startswith("Client;"))
    )
    assert set(rejects.values()) >= {"en-têtes", "autre tableau"}
    assert all(kind == "autre tableau" for line, kind in rejects.items() if line > below + 1)


def test_the_first_columns_may_come_back(opened, read_all):
    lines, rejects = lines_of(opened, read_all, FIRST + MOVED + SAME, lang="en")
    assert lines == [3, 4, 13]
    assert rejects == {
        5: "total",
        7: "title",
        8: "headers",
        9: "other table",
        10: "other table",
        11: "title",
        12: "headers",
    }


def test_words_that_are_headers_elsewhere_do_not_make_a_row_of_headers(opened, read_all):
    text = "Client;Ville;Effectif;Notes\nVille;Client;12;Effectif\nEffectif;Client;;\nB;Roanne;3;\n"
    lines, rejects = lines_of(opened, read_all, text)
    assert lines == [2, 3, 4]
    assert not rejects


TRANSPOSED = """\
Fiche clients 2026;;
Nom du client;Alpha;Bêta
SIRET;73282932000074;
Effectif;75;12
Code APE;2222Z;25.50A
"""


@pytest.mark.parametrize("top", [0, 1, 2])
def test_a_list_with_its_headers_in_a_column_is_refused_with_what_to_do(opened, top):
    with pytest.raises(MatcherError) as error:
        opened("".join(TRANSPOSED.splitlines(keepends=True)[top:]))
    assert "Transposé" in error.value.render("fr")
    assert "Transpose" in error.value.render("en")


def test_words_in_a_column_are_not_headers(opened):
    source = opened("Nom;Statut\nA;Commune\nB;EPCI\nC;Région\nD;Département\n")
    assert source.total == 4
