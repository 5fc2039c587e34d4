"""Are Excel, Parquet, JSON lines and Sirene extracts read like the others?"""

import datetime
import pickle

import polars as pl
import pytest
import xlsxwriter

from matcher.language.diagnostics import MatcherError
from matcher.portfolio.columns import Use
from matcher.portfolio.parts import HIDDEN, LINE
from matcher.portfolio.source import open_source


# ----------------------------------------------------------------------------------------- Excel
@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "clients.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Lisez-moi").write("A1", "Bonjour")
    sheet = book.add_worksheet("Clients")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write("A1", "Portefeuille 2026")
    sheet.merge_range("A3:C3", "Entreprise", None)
    sheet.merge_range("D3:F3", "Projet", None)
    headers = ["Raison sociale", "SIRET", "Effectif", "Montant (k€)", "Démarrage prévu", "Commune"]
    sheet.write_row(3, 0, headers)
    sheet.write_row(4, 0, ["Alpha", 73282932000074, 85, 1234.5])
    sheet.write_datetime(4, 4, datetime.date(2026, 3, 12), day)
    sheet.write(4, 5, "Romorantin-Lanthenay")
    sheet.write_row(5, 0, ["Bêta", "732 829 320 00074", "50 à 99", "1,2 M€", "mars 2026", 1001])
    sheet.write_row(7, 0, ["Gamma", 7.89e13, "n/a", 1.25])
    sheet.write_row(8, 0, ["Delta", "", 1, 2, "", "", "", "de trop"])
    book.close()
    return path


def test_a_workbook(workbook, catalogue, read_all):
    source = open_source(workbook, catalogue)
    assert "feuilles non lues : Lisez-moi" in [note.fr for note in source.notes]
    assert source.detected.sheet == "Clients"
    assert source.detected.other_sheets == ("Lisez-moi",)
    (rows,) = read_all(source)
    assert rows.frame[LINE].to_list() == [5, 6, 8, 9]
    assert rows.frame["site.siret"].to_list() == ["73282932000074"] * 2 + [None] * 2
    assert rows.frame["project.eligible_cost_eur"].to_list() == [
        123_450_000,
        120_000_000,
        125_000,
        200_000,
    ]
    assert rows.frame["site.insee"].to_list() == ["41194", "01001", None, None]
    assert rows.frame["Raison sociale"].to_list() == ["Alpha", "Bêta", "Gamma", "Delta"]
    assert rows.frame["colonne 8"].to_list() == [None, None, None, "de trop"]
    assert rows.rejects.is_empty()


def test_the_parts_of_a_workbook(workbook, catalogue, read_all, monkeypatch):
    monkeypatch.setattr("matcher.portfolio.excel_files.PART_ROWS", 1)
    source = open_source(workbook, catalogue)
    assert [rows.frame[LINE].to_list() for rows in read_all(source)] == [[5], [6], [8], [9]]
    again = [source.read_part(part) for part in reversed(list(source.parts()))]
    assert [rows.frame[LINE].to_list() for rows in again] == [[9], [8], [6], [5]]


# --------------------------------------------------------------------------------------- Parquet
@pytest.fixture
def table():
    return pl.DataFrame(
        {
            "siret": ["73282932000074", None, "73282932000075"],
            "effectif": [85, -1, None],
            "CA": [1234.56, 0.1 + 0.2, float("nan")],
            "date de création": [datetime.date(2020, 1, 2), None, None],
            "project.started": [True, None, False],
            "client": ["a", "b", "c"],
            "project.other_aids": [["cee", "feder"], [], None],
        }
    )


def test_typed_columns(table, catalogue, tmp_path, read_all):
    table.write_parquet(tmp_path / "t.parquet")
    source = open_source(tmp_path / "t.parquet", catalogue)
    (rows,) = read_all(source)
    assert source.total == 3
    assert rows.frame["applicant.headcount"].to_list() == [85, None, None]
    assert rows.frame["applicant.turnover_eur"].to_list() == [123_456, None, None]
    assert rows.frame["applicant.created_on"].to_list() == [datetime.date(2020, 1, 2), None, None]
    assert rows.frame["project.started"].to_list() == [True, None, False]
    assert rows.frame["project.other_aids"].to_list() == ["cee,feder", None, None]
    assert {w.column for w in rows.warnings if not w.read} == {"siret", "effectif", "CA"}


def test_a_folder_of_parquet_files(table, catalogue, tmp_path, monkeypatch, read_all):
    monkeypatch.setattr("matcher.portfolio.parquet_files.PART_ROWS", 2)
    folder = tmp_path / "parts"
    folder.mkdir()
    table.write_parquet(folder / "b.parquet")
    table.select(reversed(table.columns)).write_parquet(folder / "a.parquet")
    source = open_source(folder, catalogue)
    parts = [(part.id, part.file, part.line) for part in source.parts()]
    assert parts == [
        ("00000", "a.parquet", 1),
        ("00001", "a.parquet", 3),
        ("00002", "b.parquet", 4),
        ("00003", "b.parquet", 6),
    ]
    assert sum(rows.rows for rows in read_all(source)) == source.total == 6
    lines = [line for rows in read_all(source) for line in rows.frame[LINE]]
    assert lines == [1, 2, 3, 4, 5, 6]


def test_files_with_other_columns_are_refused(table, catalogue, tmp_path):
    table.write_parquet(tmp_path / "a.parquet")
    table.drop("CA").write_parquet(tmp_path / "b.parquet")
    with pytest.raises(MatcherError, match=r"b\.parquet"):
        open_source(tmp_path, catalogue)


def test_a_broken_parquet_file_is_told(catalogue, tmp_path):
    (tmp_path / "x.parquet").write_bytes(b"PAR1" + b"\0" * 100)
    with pytest.raises(MatcherError, match="Parquet"):
        open_source(tmp_path / "x.parquet", catalogue)


def test_parts_travel_between_processes(table, catalogue, tmp_path):
    table.write_parquet(tmp_path / "t.parquet")
    source = open_source(tmp_path / "t.parquet", catalogue)
    part = next(source.parts())
    assert pickle.loads(pickle.dumps(part)) == part  # noqa: S301


# ------------------------------------------------------------------------------------ JSON lines
LINES = """\
{"applicant": {"headcount": {"min": 50, "max": 99}, "kind": "epci"}, "site.insee": "41194", \
"client": "A"}

[1]
{"applicant.headcount": 12.5, "project.other_aids": ["cee", "ademe"]}
{"applicant.headcount": 85, "applicant": {"turnover_eur": 1250.10}}
{"applicant.headcount": 1e2}
"""


def test_json_lines(opened, read_all):
    source = opened(LINES, "clients.jsonl")
    (rows,) = read_all(source)
    assert rows.frame[LINE].to_list() == [1, 4, 5, 6]
    assert rows.frame["applicant.headcount@min"].to_list() == [50, None, 85, 100]
    assert rows.frame["applicant.headcount@max"].to_list() == [99, None, 85, 100]
    assert rows.frame["applicant.turnover_eur"].to_list() == [None, None, 125_010, None]
    assert rows.frame["project.other_aids"].to_list() == [None, "ademe,cee", None, None]
    assert rows.rejects["line"].to_list() == [3]
    assert rows.rows == source.total == 5
    assert rows.blank == 1


# ---------------------------------------------------------------------------------------- Sirene
ESTABLISHMENTS = """\
siren,nic,siret,statutDiffusionEtablissement,\
dateCreationEtablissement,trancheEffectifsEtablissement,\
anneeEffectifsEtablissement,etablissementSiege,libelleVoieEtablissement,codePostalEtablissement,\
libelleCommuneEtablissement,codeCommuneEtablissement,etatAdministratifEtablissement,\
enseigne1Etablissement,activitePrincipaleEtablissement,nomenclatureActivitePrincipaleEtablissement
732829320,00074,73282932000074,O,1987-03-02,21,2023,true,X,41200,ROMORANTIN,41194,A,\
ELAN,22.22Z,NAFRev2
732829320,00074,73282932000074,P,1999-01-01,NN,,false,[ND],[ND],PARIS 1,75101,A,\
SECRET,13.20Z,NAFRev2
732829320,00074,73282932000074,O,1999-01-01,53,2023,false,X,01000,SAINT-DENIS,01003,A,,\
20.1C,NAFRev1
732829320,00082,73282932000082,O,1999-01-01,11,2019,false,X,41200,ROMORANTIN,41194,F,,\
22.22Z,NAFRev2
"""
UNITS = """\
denominationUniteLegale,nomUniteLegale,trancheEffectifsUniteLegale,activitePrincipaleUniteLegale,\
categorieEntreprise,categorieJuridiqueUniteLegale,dateCreationUniteLegale,statutDiffusionUniteLegale
ELAN PLASTIQUES,,31,22.21Z,PME,5710,1985-01-01,O
SECRET SA,DUPONT,12,22.21Z,ETI,5599,1985-01-01,O
,MARTIN,00,22.21Z,,1000,1985-01-01,P
ELAN PLASTIQUES,,31,22.21Z,PME,5710,1985-01-01,O
"""


def test_an_extract_of_establishments(opened, read_all):
    source = opened(ESTABLISHMENTS)
    assert source.mapping.register == "sirene"
    (rows,) = read_all(source)
    frame = rows.frame
    assert frame["site.headcount@min"].to_list() == [50, None, 10_000]
    assert frame["site.headcount@max"].to_list() == [99, None, None]
    assert frame["site.insee"].to_list() == ["41194", "75056", "01165"]
    assert frame["applicant.naf"].to_list() == ["22.22Z", "13.20Z", None]
    assert frame["applicant.naf_version"].to_list() == ["rev2", "rev2", None]
    assert rows.rejects.rows() == [
        (
            5,
            "etatAdministratifEtablissement",
            "état administratif",
            "établissement fermé au registre",
        )
    ]
    ignored = {c.header for c in source.mapping.columns if c.use is Use.IGNORED}
    assert {"nic", "libelleVoieEtablissement", "codePostalEtablissement"} <= ignored


def test_names_of_units_with_partial_diffusion_are_not_reproduced(opened, read_all):
    (rows,) = read_all(opened(ESTABLISHMENTS))
    assert rows.frame[HIDDEN].to_list() == [False, True, False]
    assert rows.frame["enseigne1Etablissement"].to_list() == ["ELAN", None, None]
    assert rows.frame["libelleCommuneEtablissement"][1] is None


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_unit_that_has_ceased_is_nobody_to_call(opened, read_all, lang):
    both = zip(ESTABLISHMENTS.splitlines(), UNITS.splitlines(), strict=True)
    states = ["etatAdministratifUniteLegale", "A", "C", "", "C"]
    text = "".join(f"{site},{unit},{s}\n" for (site, unit), s in zip(both, states, strict=True))
    (rows,) = read_all(opened(text, lang=lang))
    assert rows.frame[LINE].to_list() == [2, 4]
    told = {line: reason for line, _, _, reason in rows.rejects.rows()}
    ceased, closed = (
        ("unité légale cessée au registre", "établissement fermé au registre")
        if lang == "fr"
        else ("legal unit ceased in the register", "establishment closed in the register")
    )
    assert told == {3: ceased, 5: closed}


def test_an_extract_joined_with_legal_units(opened, read_all):
    both = zip(ESTABLISHMENTS.splitlines(), UNITS.splitlines(), strict=True)
    text = "".join(f"{site},{unit}\n" for site, unit in both)
    source = opened(text)
    (rows,) = read_all(source)
    frame = rows.frame
    assert frame["applicant.unit_headcount@min"].to_list() == [200, 20, 0]
    assert frame["applicant.unit_headcount@max"].to_list() == [249, 49, 0]
    assert frame["applicant.naf"].to_list() == ["22.21Z"] * 3
    assert frame["applicant.size"].to_list() == ["micro|moyenne|petite", "eti", None]
    assert frame["applicant.kind"].to_list() == [
        "entreprise_privee",
        "entreprise_privee|etablissement_credit",
        "entreprise_individuelle",
    ]
    assert frame["denominationUniteLegale"].to_list() == ["ELAN PLASTIQUES", None, None]
    assert frame["nomUniteLegale"].to_list() == [None, None, None]
    assert source.mapping.client == "denominationUniteLegale"
