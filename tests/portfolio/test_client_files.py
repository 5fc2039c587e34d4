"""Are the files that people really send understood as they meant them, and is nothing lost?"""

import datetime
import re

import pytest

from matcher.engines.columnar.frame import values_of
from matcher.facts.values import Members, Span, option, point
from matcher.language.diagnostics import MatcherError
from matcher.portfolio.columns import Confidence, Use
from matcher.portfolio.parts import LINE
from matcher.portfolio.preview import preview, preview_text

DAY = datetime.date.toordinal

# An export of a French Excel: a title, an empty line, amounts in k€, a comment over two lines.
FRENCH = """\
Portefeuille de la vallée – mars 2026;;;;;;;;;;
;;;;;;;;;;
Client;N° SIRET;Effectif;Code APE;Montant du projet (k€);CA;Démarrage prévu;Commentaires;Commune;\
Code postal;Projet commencé
Plastiques Élan;732 829 320 00074;50 à 99;2222Z;1 234,56;1,2 M€;12/03/2026;"Très ""bon"" dossier;
à rappeler";Saint-Denis;93200;NON
Méca Ouest;7,89E+13;85;25.62B;450;850 k€;mars 2026;=1+1;Romorantin-Lanthenay;41200;OUI
;;;;;;;;;;
X;1;2;3;4;5;6;7;8;9;10;11;12
Zed;;environ 50;ZZ;NC;#REF!;31/02/2026;;Saint-Denis;;NSP
;;;;;;;;;;
"""
ENGLISH = """\
Company name,SIRET number,Headcount,NAF code,Turnover (€),Project start,Already started,Notes
"Alpha, Ltd",73282932000074,"1,250",22.22Z,"1,234,567.89",03/25/2026,Yes,"a, b"
Beta,,at least 50,2562B,"2,500",04/01/2026,No,
"""
TWO_ROWS = """\
Entreprise;;;Projet;;
Nom;SIRET;Effectif;Montant;Date de démarrage;Aide demandée
;;;(k€);;(k€)
Alpha;73282932000074;12;150,5;2026-04-01;30
"""
TWO_LINES = """\
Entreprise;;;Projet;;
Nom;SIRET;Effectif;Montant (k€);Date de démarrage;Aide demandée
Alpha;73282932000074;12;150,5;2026-04-01;30
"""


def known(rows, source):
    """What is known in each row, by line, as a profile holds it."""
    return {
        row[LINE]: values_of(row, source.lexicon.facts) for row in rows.frame.iter_rows(named=True)
    }


def told(rows):
    """Each warning: its column, its lines, and whether the cell was read all the same."""
    return {(w.column, w.lines, w.read) for w in rows.warnings}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_french_export(opened, read_all, encoding, ends):
    text = FRENCH.replace("\n", ends)
    source = opened(text, encoding=encoding)
    assert source.detected.delimiter == ";"
    assert source.detected.header_line == 3
    (rows,) = read_all(source)
    facts = known(rows, source)
    assert facts[4] == {
        "applicant.headcount": Span(50, 99),
        "applicant.naf": option("22.22Z"),
        "applicant.siren": option("732829320"),
        "applicant.turnover_eur": point(1_200_000),
        "project.eligible_cost_eur": point(1_234_560),
        "project.planned_start": point(DAY(datetime.date(2026, 3, 12))),
        "project.started": option(False),
        "site.insee": option("93066"),
        "site.postcode": option("93200"),
        "site.siret": option("73282932000074"),
    }
    assert facts[6]["project.eligible_cost_eur"] == point(450_000)
    assert facts[6]["site.insee"] == option("41194")
    assert "site.siret" not in facts[6]
    assert facts[9] == {}
    assert rows.frame["Client"].to_list() == ["Plastiques Élan", "Méca Ouest", "Zed"]
    comment = rows.frame["Commentaires"].to_list()
    assert comment[0].replace("\r", "\n").replace("\n\n", "\n") == 'Très "bon" dossier;\nà rappeler'
    assert comment[1] == "=1+1"


def test_rows_in_are_results_and_rejects(opened, read_all):
    source = opened(FRENCH)
    (rows,) = read_all(source)
    assert rows.rejects.rows() == [
        (8, "", "ligne de 13 cellules", "plus de cellules que d'en-têtes")
    ]
    assert rows.rows == rows.frame.height + rows.rejects.height == source.total == 4
    assert rows.blank == 2


def test_an_unreadable_cell_loses_the_fact_and_not_the_row(opened, read_all):
    (rows,) = read_all(opened(FRENCH))
    unread = {(column, lines) for column, lines, read in told(rows) if not read}
    assert unread == {
        ("N° SIRET", (6,)),
        ("Effectif", (9,)),
        ("Code APE", (9,)),
        ("CA", (9,)),
        ("Démarrage prévu", (9,)),
        ("Commune", (9,)),
    }


def test_nothing_told_repeats_a_value(opened, read_all):
    (rows,) = read_all(opened(FRENCH))
    texts = [w.reason.fr + w.reason.en for w in rows.warnings] + rows.rejects["reason"].to_list()
    for secret in ("7,89E", "ZZ", "Saint-Denis", "732"):
        assert not [text for text in texts if secret in text]
    assert "Plastiques" not in repr(rows)


def test_an_english_export(opened, read_all):
    source = opened(ENGLISH)
    assert source.detected.delimiter == ","
    (rows,) = read_all(source)
    facts = known(rows, source)
    assert rows.frame["applicant.turnover_eur"].to_list() == [123_456_789, 250_000]
    assert facts[2]["applicant.headcount"] == point(1250)
    assert facts[3]["applicant.headcount"] == Span(50, float("inf"))
    assert rows.frame["project.planned_start"].to_list() == [
        datetime.date(2026, 3, 25),
        datetime.date(2026, 4, 1),
    ]
    assert rows.frame["Notes"].to_list() == ["a, b", None]
    assert source.mapping.client == "Company name"


@pytest.mark.parametrize("text", [TWO_ROWS, TWO_LINES])
def test_a_header_over_two_rows(opened, read_all, text):
    source = opened(text)
    (rows,) = read_all(source)
    (row,) = known(rows, source).values()
    assert row["applicant.headcount"] == point(12)
    assert row["project.eligible_cost_eur"] == point(150_500)
    assert row["project.aid_requested_eur"] == point(30_000 if text == TWO_ROWS else 30)
    assert source.mapping.client is not None


def test_ambiguous_numbers_are_not_guessed(opened, read_all):
    text = 'SIRET;CA\n73282932000074;"1,250"\n'
    source = opened(text)
    (rows,) = read_all(source)
    assert rows.frame["applicant.turnover_eur"].to_list() == [None]
    assert "numbers: fr" in rows.warnings[0].reason.fr


def test_other_cells_settle_ambiguous_numbers(opened, read_all):
    (rows,) = read_all(opened('SIRET;CA\n;"1,250"\n;"12,5"\n'))
    assert rows.frame["applicant.turnover_eur"].to_list() == [125, 1250]


def test_a_contradicting_siret_and_siren_reject_the_row(opened, read_all):
    text = "Siret;Siren\n73282932000074;732829320\n73282932000074;552100554\n73282932000074;\n"
    (rows,) = read_all(opened(text))
    assert rows.frame["applicant.siren"].to_list() == ["732829320", "732829320"]
    assert rows.rejects.rows() == [
        (3, "Siren", "identifiant", "le SIRET et le SIREN se contredisent")
    ]


def test_an_open_quote_loses_one_row(opened, read_all):
    text = 'Nom;Effectif\nA;1\n"B;2\nC;3\n' + "D;4\n" * 3
    (rows,) = read_all(opened(text))
    assert rows.rejects["line"].to_list() == [3]
    assert rows.frame["applicant.headcount"].to_list() == [1, 3, 4, 4, 4]


def test_an_undecodable_row_is_rejected(opened, read_all):
    text = "Nom;Effectif\nÉlan été;1\nÀ côté;2\n".encode() + b"caf\xe9;3\n" + "é;4\n".encode()
    (rows,) = read_all(opened(text))
    assert rows.rejects["line"].to_list() == [4]
    assert rows.frame["applicant.headcount"].to_list() == [1, 2, 4]


def test_two_columns_that_claim_a_fact(opened, read_all):
    source = opened("SIRET;CA 2023;CA 2025 (k€);CA 2024\n;1;2;3\n")
    assert [c.use for c in source.mapping.columns] == [Use.FACT, Use.KEPT, Use.FACT, Use.KEPT]
    assert "CA 2025 (k€)" in source.mapping.columns[1].why.fr
    (rows,) = read_all(source)
    assert rows.frame["applicant.turnover_eur"].to_list() == [200_000]
    assert rows.frame["CA 2023"].to_list() == ["1"]


def test_what_is_not_recognised_is_kept_with_a_hint(opened):
    source = opened("SIRET;Effectif femmes;Chifre d'affaires;CA N-1;CA (KF)\n;1;2;3;4\n")
    assert [c.use for c in source.mapping.columns[1:]] == [Use.KEPT] * 4
    assert "effectif" in source.mapping.columns[1].why.fr
    assert "chiffre d affaires" in source.mapping.columns[2].why.fr


def test_an_amount_of_the_project_is_to_be_confirmed(opened):
    column = opened("SIRET;Budget\n;1\n").mapping.columns[1]
    assert column.fact == "project.eligible_cost_eur"
    assert column.confidence is Confidence.LIKELY


def test_derived_facts_cannot_be_columns(opened, catalogue, read_all):
    derived = next(k for k, f in catalogue.content.vocabulary.items() if not f.settable)
    source = opened(f"SIRET;{derived};@line\n;1;2\n")
    assert source.mapping.columns[1].use is Use.KEPT
    (rows,) = read_all(source)
    assert derived not in rows.frame.columns
    assert rows.frame[f"{derived} *"].to_list() == ["1"]
    assert rows.frame["@line *"].to_list() == ["2"]
    assert source.kept == (f"{derived} *", "@line *")


def test_columns_without_a_name_or_a_cell_are_left_out(opened, read_all):
    (rows,) = read_all(opened("SIRET;Effectif;;\n;1;;x\n"))
    assert [c for c in rows.frame.columns if c.startswith("colonne")] == ["colonne 4"]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_delimiters(opened, read_all, delimiter):
    text = "Client;SIRET;Effectif;Notes\nA;;12;x\n".replace(";", delimiter)
    source = opened(text)
    assert source.detected.delimiter == delimiter
    assert read_all(source)[0].frame["applicant.headcount"].to_list() == [12]


def test_the_delimiter_that_a_spreadsheet_announces(opened, read_all):
    (rows,) = read_all(opened("sep=,\nEffectif,Nom\n1,a;b;c\n"))
    assert rows.frame["Nom"].to_list() == ["a;b;c"]
    assert rows.frame[LINE].to_list() == [3]


def test_one_column_is_enough(opened, read_all):
    (rows,) = read_all(opened("SIRET\n73282932000074\n\n732 829 320 00074\n"))
    assert rows.frame["site.siret"].to_list() == ["73282932000074"] * 2
    assert rows.frame[LINE].to_list() == [2, 4]


def test_codes_that_a_spreadsheet_spoiled(opened, read_all):
    text = "SIRET;Code INSEE;Code postal;Département\n;1001;1000;1\n;75101;75001;75\n"
    (rows,) = read_all(opened(text))
    assert rows.frame["site.insee"].to_list() == ["01001", "75056"]
    assert rows.frame["site.postcode"].to_list() == ["01000", "75001"]
    assert rows.frame["site.departement"].to_list() == ["01", "75"]


@pytest.mark.parametrize("name", ["Saint-Denis", "St Denis", "SAINT DENIS"])
def test_homonyms_are_told_apart_by_the_row(opened, read_all, name):
    text = f"SIRET;Commune;Département\n;{name};974\n;{name};93\n;{name};\n;{name};Réunion\n"
    (rows,) = read_all(opened(text))
    found = rows.frame["site.insee"].to_list()
    assert found[:3] == ["97411", "93066", None]


def test_sets_and_choices(opened, read_all):
    text = "SIRET;project.other_aids;Forme juridique;Taille\n"
    text += ";FEDER, Bpifrance;SAS;PME\n;aucune;EI;ETI\n"
    source = opened(text)
    (rows,) = read_all(source)
    facts = known(rows, source)
    assert facts[2]["project.other_aids"] == Members(frozenset({"feder", "bpifrance"}))
    assert facts[3]["project.other_aids"] == Members(frozenset())
    assert facts[2]["applicant.kind"] == option("entreprise_privee")
    assert rows.frame["applicant.size"].to_list() == ["micro|moyenne|petite", "eti"]


def test_none_has_a_column_of_its_own(opened, read_all):
    (rows,) = read_all(opened("Nom;Première commande\nA;aucune\nB;2026-03-01\nC;\n"))
    assert rows.frame["project.firm_commitment_date@none"].to_list() == [True, False, False]


def test_parts_cover_the_file_once(monkeypatch, opened):
    monkeypatch.setattr("matcher.portfolio.text_files.PART_ROWS", 3)
    body = "".join(f'"n{i}\nx";{i}\n' if i % 4 == 0 else f"n{i};{i}\n" for i in range(20))
    source = opened("Nom;Effectif\n" + body)
    parts = list(source.parts())
    assert len(parts) == 7
    read = [source.read_part(part) for part in reversed(parts)]
    counts = [n for rows in reversed(read) for n in rows.frame["applicant.headcount"]]
    assert counts == list(range(20))
    lines = [n for rows in reversed(read) for n in rows.frame[LINE]]
    assert lines == sorted(set(lines))
    assert lines[-1] == 26


REFUSED = {
    "empty": (b"", "vide"),
    "blank": (b"\n\n;;\n", "vide"),
    "nothing recognised": (b"a;b\n1;2\n", "SIRET"),
    "binary": (b"abc\0def" * 100, "pas un texte"),
    "pdf": (b"%PDF-1.7 ...", "PDF"),
    "gzip": (b"\x1f\x8b\x08\0\0", "gzip"),
    "too wide": (b"SIRET" + b";x" * 17_000 + b"\n", "16\u202f384|16 384"),
    "json array": (b'[{"a": 1}]', "."),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_plain_words(opened, name):
    data, words = REFUSED[name]
    with pytest.raises(MatcherError) as error:
        opened(data)
    for lang in ("fr", "en"):
        assert "clients.csv" in error.value.render(lang)
    assert re.search(words, error.value.render("fr"))


def test_a_missing_file_is_told(catalogue, tmp_path):
    from matcher.portfolio.source import open_source

    with pytest.raises(MatcherError, match="n'existe pas"):
        open_source(tmp_path / "nulle-part.csv", catalogue)


def test_a_header_alone_has_no_row(opened, read_all):
    source = opened("SIRET;Effectif\n")
    (rows,) = read_all(source)
    assert rows.rows == 0
    assert source.total == 0
    assert rows.frame.columns[:3] == [LINE, "site.siret", "applicant.headcount"]


def test_very_long_cells_and_lines_cost_little(opened, read_all):
    text = "Nom;Effectif\nA;" + "9" * 100_000 + "\nB;5\n"
    (rows,) = read_all(opened(text))
    assert rows.frame["applicant.headcount"].to_list() == [None, 5]
    assert "500" in rows.warnings[0].reason.fr


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_preview_shows_columns_rows_and_problems(opened, catalogue, lang):
    shown = preview(opened(FRENCH, lang=lang), catalogue)
    text = preview_text(shown, lang)
    assert len(shown.rows) == 3
    for part in ("Plastiques Élan", "N° SIRET", "93066", "?", "k€"):
        assert part in text
    assert ("Assiette éligible" if lang == "fr" else "Eligible base") in text
    assert all(len(line) <= 200 for line in text.splitlines())
