"""Does the workbook say what `Catalogue.match` says, in sheets that a person finds their way in?"""

import datetime
from dataclasses import replace

import pytest

from matcher.answers.decisions import outcome_text
from matcher.answers.views import Outcome
from matcher.engines.columnar.frame import values_of
from matcher.facts.profile import Profile
from matcher.portfolio.clients import grouped
from matcher.portfolio.excel import book as book_module
from matcher.portfolio.excel import scheme_sheets, write_workbook
from matcher.portfolio.excel.matrix import EXAMPLES
from matcher.portfolio.excel.questions import questions_of
from matcher.portfolio.excel.rank import calls, lacking, nearness
from matcher.portfolio.excel.styles import look_of
from matcher.portfolio.excel.words import SHEETS, WINDOWS
from matcher.portfolio.page.unlocking import unlocking
from matcher.portfolio.parts import LINE
from tests.portfolio.excel.conftest import HOSTILE, ON, text_of

FIXED = 6


# ------------------------------------------------------------------------------------- the sheets
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_sheets_in_order(lang, book, english, catalogue):
    one = book if lang == "fr" else english
    first, last = [SHEETS[key].in_(lang) for key in ("calls", "matrix", "questions")], one.sheets
    assert list(one.sheets[:3]) == first
    assert last[-2:] == (SHEETS["rejects"].in_(lang), SHEETS["method"].in_(lang))
    assert len(one.sheets) == len(catalogue.schemes) + 5


def test_no_word_of_the_other_language(english):
    """The words of the workbook; what rules and clients say is in their own tests."""
    said = {cell for sheet in english.sheets for row in english.rows(sheet) for cell in row}
    for text in (*SHEETS.values(), *WINDOWS.values()):
        if text.fr != text.en:
            assert text.fr not in said
    assert not any("À préciser" in cell or "Éligible" in cell for cell in said)


def test_a_list_of_one_row(make):
    one = make("Client;Code commune\nSeule;41194\n")
    assert len(one.table("À appeler", "Rang")) >= 1
    assert SHEETS["rejects"].fr not in one.sheets


def test_a_list_of_which_no_row_could_be_read(make):
    one = make("Client;Code commune;Code postal\nSeule;41194;42300\n")
    assert not one.clients
    assert SHEETS["rejects"].fr in one.sheets


def test_a_sheet_for_each_scheme_up_to_many(make, monkeypatch):
    """Of very many schemes, those for which something can come of somebody have a sheet."""
    whole = make(text_of(["Un"]))
    monkeypatch.setattr(scheme_sheets, "MOST_SCHEMES", 5)
    some = make(text_of(["Un"]))
    live = {s.scheme for client in some.clients for s in client.standings if s.live}
    assert len(some.sheets) == len(live) + 5 < len(whole.sheets)


# ------------------------------------------------------------------------------------- the matrix
def test_the_matrix_says_what_match_says(book, catalogue):
    vocabulary = catalogue.content.vocabulary
    table = {row["Ligne du fichier"]: row for row in book.table("Clients × dispositifs", "Client")}
    for row in book.run.shown().to_dicts():
        report = catalogue.match(Profile(values_of(row, vocabulary)), ON)
        written = table[str(row[LINE])]
        for decision in report.decisions:
            cell = written[decision.name.fr].split("\n")[0]
            window = WINDOWS[decision.window.state].fr
            assert cell == f"{outcome_text(decision).fr} · {window}"
        now = sum(decision.can_apply_now for decision in report.decisions)
        assert written["Éligible et ouvert"] == str(now)


def test_rows_of_a_client_are_folded_under_a_line(book):
    names = [row["Client"] for row in book.table("Clients × dispositifs", "Client")]
    start = names.index("Groupe Martin (les 2 lignes, au mieux)")
    assert names[start + 1 : start + 3] == ["Groupe Martin"] * 2
    assert names.count("Groupe Martin") == 2
    assert book.cells(2).count('outlineLevel="1"') == 2


def test_the_legend_shows_every_look():
    assert len({look_of(standing) for standing in EXAMPLES}) == len(EXAMPLES)
    assert {standing.outcome for standing in EXAMPLES} == set(Outcome)


# -------------------------------------------------------------------------------------- the calls
def test_calls_are_ranked(book):
    ranked = calls(grouped(book.clients), nearness)
    written = book.table("À appeler", "Rang")
    assert [row["Client"] for row in written[: len(ranked)]] == [
        call.rows[0].label.fr for call in ranked
    ]
    counts = [len(call.now) for call in ranked]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] >= 1
    assert "sous réserve" in written[0]["Peut déposer maintenant"]
    for call in ranked:
        near = [lacking(standing) for standing in call.near if standing.window == "open"]
        assert near == sorted(near)


def test_a_date_is_a_date_and_an_amount_a_number(book):
    dates = [row["Prochaine échéance"] for row in book.table("À appeler", "Rang")]
    assert any(dates)
    assert all(datetime.date.fromisoformat(day) for day in dates if day)
    scheme = next(s for s in book.sheets if s.startswith("C3IV"))
    figures = [row["Plus grand montant connu"] for row in book.table(scheme, "Client")]
    assert any(figures)
    assert all(float(figure.split()[0]) > 0 for figure in figures if figure)


def test_contact_columns_are_kept(book):
    contacts = {row["Client"]: row["Courriel"] for row in book.table("À appeler", "Rang")}
    assert contacts["Commune de Roanne"] == "mairie@roanne.fr"
    assert contacts["Groupe Martin"] == "martin@ex.fr"


# ---------------------------------------------------------------------------------- the questions
def test_questions_are_those_of_the_report(book):
    """The same counts and order as the page, worked out otherwise."""
    for one, other in zip(questions_of(book.clients), unlocking(book.clients), strict=True):
        counts = [waits.counts for waits in one.schemes.values()]
        assert (one.fact, *map(sum, zip(*counts, strict=True))) == (
            other.fact,
            other.alone,
            other.among,
        )


def test_who_is_asked_what(book):
    table = book.table("À demander au client", "Question")
    labels = {row["Question"].split("\n")[0] for row in table if row["Question"]}
    facts = {f for c in book.clients for s in c.standings if s.near for f in s.missing}
    vocabulary = book.catalogue.content.vocabulary
    assert labels == {vocabulary[fact].label.fr for fact in facts}


# ------------------------------------------------------------------------------------ the schemes
def test_a_scheme_sheet_says_why_and_what_is_missing(book):
    scheme = next(s for s in book.catalogue.schemes if s.startswith("pacte"))
    name = book.catalogue.content.schemes[scheme].name.fr
    table = {r["Ligne du fichier"]: r for r in book.table(name, "Client")}
    for client in book.clients:
        standing = client.by_scheme[scheme]
        row = table[str(client.line)]
        assert bool(standing.unmet) is bool(row["Conditions non remplies"])
        assert bool(standing.unknown) is bool(row["Conditions à préciser"])
        assert bool(standing.missing) is bool(row["À demander au client"])


def test_a_long_list_is_cut_and_says_so(make, monkeypatch):
    monkeypatch.setattr(scheme_sheets, "MOST_ROWS", 3)
    one = make(text_of(["Un"]))
    assert "Les 3 premières lignes sur" in one.rows(one.sheets[5])[-1][0]


# ------------------------------------------------------------------------------------- the method
def test_method_says_with_what(book):
    said = "\n".join(cell for row in book.rows("Méthode") for cell in row)
    for wanted in (
        "2026-11-22",
        "clients & co.csv",
        book.catalogue.digest,
        "l'autorité qui instruit la demande décide",
        "nom du client",
        "Éligible · ouvert",
    ):
        assert wanted in said
    for scheme in book.catalogue.content.schemes.values():
        for source in scheme.sources.values():
            assert source.title in said
    assert str(book.path.parent) not in said


def test_rejects_are_told(book):
    (row,) = book.table("Rejets", "Ligne du fichier")
    assert "contredit" in row["Raison"]
    assert row["Ligne du fichier"] == str(2 + len(HOSTILE) + 6)


# --------------------------------------------------------------------------------------- the file
def test_the_same_input_gives_the_same_bytes(book, tmp_path):
    again = tmp_path / "again.xlsx"
    write_workbook(again, book.run, book.catalogue, book.clients, "fr")
    assert again.read_bytes() == book.path.read_bytes()


def test_the_properties_say_nothing_of_the_machine(book):
    core = book.parts()["docProps/core.xml"].decode()
    assert "2026-11-22T00:00:00Z" in core
    assert "<dc:creator></dc:creator>" in core


def test_a_failure_leaves_what_was_there(book, tmp_path, monkeypatch):
    path = tmp_path / "book.xlsx"
    path.write_text("before")

    def fail(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(book_module, "write_method", fail)
    with pytest.raises(KeyboardInterrupt):
        write_workbook(path, book.run, book.catalogue, book.clients, "fr")
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_row_that_says_too_much_is_cut(book, tmp_path):
    """Excel refuses a cell above 32,767 characters; the library drops it without a word."""
    first = book.clients[0]
    long = replace(first, name="n" * 40_000, own={**first.own, "Courriel": "c" * 40_000})
    path = tmp_path / "long.xlsx"
    write_workbook(path, book.run, book.catalogue, [long, *book.clients[1:]], "fr")
    written = replace(book, path=path).table("À appeler", "Rang")
    assert any(len(row["Client"]) == 32_767 and row["Client"].endswith("…") for row in written)


def test_names_are_written_as_they_are(book):
    written = {row["Client"] for row in book.table("Clients × dispositifs", "Client")}
    assert set(HOSTILE) <= written
