"""Is a column recognised by its cells where its header says little, and only then?"""

import pytest

from matcher.portfolio.columns import Confidence, Use


@pytest.mark.parametrize(
    ("cells", "taken"),
    [
        (["SAS", "Sarl", "SAS", "EPCI"], True),
        (["SAS", "SARL", "commune", "association", "prospect"], True),
        (["actif", "prospect", "perdu"], False),
        (["SAS", "prospect", "perdu"], False),
        (["SAS", "SAS", "SAS"], False),
        (["", "", ""], False),
    ],
)
def test_a_column_of_legal_forms(opened, cells, taken):
    rows = "\n".join(f"C{n};{cell};12" for n, cell in enumerate(cells))
    column = opened(f"Client;Statut;Effectif\n{rows}\n").mapping.columns[1]
    assert (column.use is Use.FACT) is taken
    assert (column.confidence is Confidence.LIKELY) is taken


def test_a_header_is_stronger_than_cells(opened):
    source = opened("Client;Statut;Forme juridique\nA;SAS;commune\nB;SARL;EPCI\n")
    assert [column.use for column in source.mapping.columns[1:]] == [Use.KEPT, Use.FACT]
