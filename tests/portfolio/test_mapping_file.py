"""Can the reading of the columns be saved, corrected and used again, and are mistakes told?"""

import pytest

from matcher.language.diagnostics import MatcherError
from matcher.portfolio.mapping_file import mapping_text

TEXT = "Société;N° SIRET;Effectif;Montant du projet (k€);Tranche;Notes\nA;;5;12,5;21;x\n"


@pytest.fixture
def mapped(opened, tmp_path):
    def open_with(mapping, text=TEXT):
        path = tmp_path / "colonnes.yaml"
        path.write_text(mapping, encoding="utf-8")
        return opened(text, mapping=path)

    return open_with


def test_a_saved_mapping_reads_the_same(opened, mapped, read_all):
    first = opened(TEXT)
    second = mapped(mapping_text(first.mapping, first.detected))
    assert [(c.header, c.use, c.fact, c.unit) for c in first.mapping.columns] == [
        (c.header, c.use, c.fact, c.unit) for c in second.mapping.columns
    ]
    assert read_all(first)[0].frame.equals(read_all(second)[0].frame)


def test_a_saved_mapping_holds_no_cell(opened):
    text = "Client;SIRET;Effectif\nSecret SARL;73282932000074;4321\n"
    source = opened(text)
    saved = mapping_text(source.mapping)
    assert "Secret" not in saved
    assert "4321" not in saved
    assert "73282932000074" not in saved


def test_an_edited_mapping_is_obeyed(mapped, read_all):
    source = mapped(
        "version: 1\ncolumns:\n"
        '  "Effectif": keep\n'
        '  "Tranche": {fact: site.headcount, brackets: true}\n'
        '  "Montant du projet (k€)": {fact: project.aid_requested_eur, unit: "M€"}\n'
        '  "Notes": client\n  "Société": ignore\n'
    )
    (rows,) = read_all(source)
    row = rows.frame.row(0, named=True)
    assert row["Effectif"] == "5"
    assert row["site.headcount@min"] == 50
    assert row["project.aid_requested_eur"] == 1_250_000_000
    assert "Société" not in row
    assert source.mapping.client == "Notes"


def test_headers_of_a_mapping_are_recognised(mapped, read_all):
    source = mapped(
        "version: 1\ncolumns:\n  machin: {fact: applicant.headcount}\n", "titre\nmachin\n12\n"
    )
    assert read_all(source)[0].frame["applicant.headcount"].to_list() == [12]


def test_words_of_a_mapping(mapped, read_all):
    source = mapped(
        'version: 1\ncolumns:\n  Type: {fact: project.type, values: {"usine": "creation"}}\n',
        "SIRET;Type\n;Usine\n;extension\n",
    )
    assert read_all(source)[0].frame["project.type"].to_list() == ["creation", "extension"]


def test_a_column_of_the_mapping_that_is_not_there_is_told(mapped):
    source = mapped('version: 1\ncolumns:\n  "Effectifs": {fact: applicant.headcount}\n')
    assert any("« Effectifs »" in n.fr and "« Effectif »" in n.fr for n in source.notes)


MISTAKES = {
    "unknown fact": ('"Effectif": {fact: applicant.headcout}', "applicant.headcount"),
    "derived fact": ('"Effectif": {fact: applicant.young_sme}', "calculé"),
    "unknown use": ('"Effectif": garder', "Effectif"),
    "unknown key": ('"Effectif": {fact: applicant.headcount, units: "k€"}', "unit"),
    "wrong unit": ('"Effectif": {fact: applicant.headcount, unit: "k€"}', "unité"),
    "one fact twice": (
        '"Effectif": {fact: applicant.headcount}\n  "Tranche": {fact: applicant.headcount}',
        "deux colonnes",
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_told(mapped, name):
    line, words = MISTAKES[name]
    with pytest.raises(MatcherError) as error:
        mapped(f"version: 1\ncolumns:\n  {line}\n")
    assert words in error.value.render("fr")
    assert error.value.render("fr") != error.value.render("en")
