"""Are the clients of a portfolio its rows, each with the answers of its profile?"""

import datetime
import pickle

import pytest

from matcher.engines.columnar.frame import values_of
from matcher.facts.profile import Profile
from matcher.portfolio import workers
from matcher.portfolio.clients import clients_of, grouped
from matcher.portfolio.jobs import Job
from matcher.portfolio.parts import LINE
from matcher.portfolio.run import run
from matcher.portfolio.source import open_source
from matcher.portfolio.workers import Rows, stands_of
from tests.portfolio.test_standings import assert_as_matched

ON = datetime.date(2026, 11, 22)
ROWS = """\
Client;SIREN;SIRET;Effectif;Code APE;Code commune;CA (k€);Coût du projet;Forme juridique;Courriel
Groupe Martin;;55210055400013;50 à 99;22.22Z;41194;12 500;850;SAS;a@b.fr
Autre;;;12;25.50A;42187;1 800,5;120;SARL;
groupe martin;;55210055400013;200;22.22Z;13055;12 500;5 000;SAS;c@d.fr
;;55210055400013;12;25.50A;75056;1 800,5;120;;
;;;;84.11Z;42187;;;Commune;
Groupe Martin;732829320;;3;22.22Z;41194;;;SAS;
"""


@pytest.fixture(scope="module")
def matched(catalogue, tmp_path_factory):
    """Matches a text as if it were a file."""

    def match(text, name="clients.csv"):
        path = tmp_path_factory.mktemp("clients") / name
        path.write_text(text, encoding="utf-8")
        mapping = open_source(path, catalogue).mapping
        out = path.parent / "out"
        return run(Job(path, mapping, None, ON.toordinal(), catalogue.schemes, out), catalogue)

    return match


@pytest.fixture(scope="module")
def done(matched):
    return matched(ROWS)


@pytest.fixture(scope="module")
def clients(done, catalogue):
    return clients_of(done, catalogue)


def test_each_client_is_a_row_with_the_answers_of_its_profile(done, clients, catalogue):
    rows = done.shown().to_dicts()
    assert [client.line for client in clients] == [row[LINE] for row in rows]
    for row, client in zip(rows, clients, strict=True):
        profile = Profile(values_of(row, catalogue.content.vocabulary))
        assert_as_matched(catalogue, client.standings, profile, ON)
        assert list(client.by_scheme) == list(catalogue.schemes)


def test_what_a_client_is_called(clients):
    assert [client.label.fr for client in clients] == [
        "Groupe Martin",
        "Autre",
        "groupe martin",
        "55210055400013",
        "Ligne 6",
        "Groupe Martin",
    ]
    assert clients[4].label.en == "Line 6"
    assert clients[0].identifiers == ("552100554", "55210055400013")
    assert "Romorantin" in clients[0].place.fr
    assert clients[0].own == {"Client": "Groupe Martin", "Courriel": "a@b.fr"}


def test_the_rows_of_a_client_are_together(clients):
    """A same name with another number in the register is another client."""
    assert [[c.line for c in rows] for rows in grouped(clients)] == [[2, 4], [3], [5], [6], [7]]


def test_a_name_that_must_not_be_reproduced(matched, catalogue):
    head = "siret;siren;nic;denominationUniteLegale;statutDiffusionEtablissement"
    text = f"{head};codeCommuneEtablissement;etatAdministratifEtablissement;"
    text += "activitePrincipaleEtablissement\n"
    text += "55210055400013;552100554;00013;DURAND JEANNE;P;41194;A;25.50A\n"
    (client,) = clients_of(matched(text), catalogue)
    assert client.name is None
    assert "DURAND" not in repr(client.own)
    assert client.label.fr == "55210055400013"


def test_a_client_can_be_sent_elsewhere(clients):
    assert pickle.loads(pickle.dumps(clients)) == clients  # noqa: S301


def test_no_value_in_a_representation(clients):
    assert "a@b.fr" not in repr(clients)


# ------------------------------------------------------------------------------- other processes
@pytest.fixture
def rows(catalogue):
    """Many rows, some of them the same."""
    numbers = [*range(1, 90), *range(1, 20)]
    values = [catalogue.profile({"applicant.headcount": n}).values for n in numbers]
    return Rows(values, ON.toordinal(), catalogue.schemes, given=frozenset(values[0]))


@pytest.fixture
def wanted(rows, catalogue):
    standings = rows.standings(catalogue)
    return [standings.of(values) for values in rows.values]


def test_other_processes_answer_the_same(rows, wanted, catalogue, monkeypatch):
    monkeypatch.setattr(workers, "PAYS_FROM", 10)
    monkeypatch.setattr(workers, "CHUNK", 20)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    told = []
    assert stands_of(rows, catalogue, None, told.append) == wanted
    assert sum(told) == len(rows.values)


@pytest.mark.parametrize("serve", ["raise SystemExit(3)", "print('no')", "import nothing_such"])
def test_processes_that_fail_are_done_without(serve, rows, wanted, catalogue, monkeypatch):
    monkeypatch.setattr(workers, "PAYS_FROM", 10)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "CHUNK", 20)
    monkeypatch.setattr(workers, "SERVE", serve)
    assert stands_of(rows, catalogue, None) == wanted


def test_another_catalogue_is_not_used(rows, wanted, catalogue, root, monkeypatch):
    """A process that would load other rules than ours says nothing."""
    monkeypatch.setattr(workers, "PAYS_FROM", 10)
    monkeypatch.setattr(workers, "_processors", lambda: 2)
    monkeypatch.setattr(workers, "CHUNK", 50)
    one = next((root / "rules" / "schemes").glob("*.yaml"))
    assert stands_of(rows, catalogue, one) == wanted
