"""Are the words by which columns are recognised sound, and do they recognise what they should?"""

from collections import defaultdict

import pytest

from matcher.facts.values import Options
from matcher.portfolio.cells import CellReader
from matcher.portfolio.columns import Column
from matcher.portfolio.headers import guess, unit_of
from matcher.portfolio.lexicon import plain
from matcher.portfolio.shapes import FactWordsShape


def test_every_fact_exists_and_may_be_given(lexicon):
    keys = [*lexicon.shape.facts]
    for register in lexicon.shape.registers.values():
        keys += [column.fact for column in register.columns.values() if column.fact]
    for words in lexicon.shape.facts.values():
        keys += [narrow.fact for narrow in words.narrowed_by]
    assert not [key for key in keys if key not in lexicon.facts]
    assert all(lexicon.facts[key].settable for key in keys)


def headers(words: FactWordsShape):
    return [*words.headers, *words.brackets, *(words.likely.headers if words.likely else [])]


def test_no_header_means_two_facts(lexicon):
    claims = defaultdict(set)
    for key, words in lexicon.shape.facts.items():
        for header in headers(words):
            claims[plain(header)].add(key)
    assert not {header: keys for header, keys in claims.items() if len(keys) > 1}


def test_every_header_and_label_is_recognised(lexicon):
    for key, words in lexicon.shape.facts.items():
        for header in headers(words):
            found = guess(header, lexicon)
            assert found is not None, header
            assert found.fact == key, header


def test_labels_and_keys_are_headers(lexicon):
    missed = []
    for key, fact in lexicon.facts.items():
        for header in (key, fact.label.fr, fact.label.en):
            found = guess(header, lexicon)
            if fact.settable and (found is None or found.fact != key):
                missed.append((header, found.fact if found else None))
    # A label that is the first word for another fact, or that two facts share, names neither.
    assert len(missed) <= 8, missed


def test_listed_values_are_values(catalogue, lexicon):
    for key, words in lexicon.shape.facts.items():
        reader = CellReader(
            lexicon.facts[key], Column(0, "x", fact=key), lexicon, catalogue.content.tables
        )
        for text in words.values:
            assert isinstance(reader.read(text).known, Options), (key, text)


def test_listed_values_of_registers_are_values(catalogue, lexicon):
    for register in lexicon.shape.registers.values():
        for name, shape in register.columns.items():
            if shape.fact is None:
                continue
            column = Column(0, name, fact=shape.fact, values=shape.values)
            reader = CellReader(
                lexicon.facts[shape.fact], column, lexicon, catalogue.content.tables
            )
            for text in shape.values:
                cell = reader.read(text.replace("*", "99"))
                assert cell.problem is None, (name, text)


def test_units_are_units(lexicon):
    euros = lexicon.facts["applicant.turnover_eur"]
    assert all(unit_of(unit, euros, lexicon) for unit in lexicon.shape.units)


RECOGNISED = {
    "N° SIRET": ("site.siret", None),
    "Code APE": ("applicant.naf", None),
    "Effectif au 31/12/2025": ("applicant.headcount", None),
    "EFFECTIF (ETP)": ("applicant.headcount", None),
    "Montant du projet (k€)": ("project.eligible_cost_eur", "k€"),
    "CA": ("applicant.turnover_eur", None),
    "CA HT 2025 en M€": ("applicant.turnover_eur", "M€"),
    "Chiffre d’affaires [K€]": ("applicant.turnover_eur", "k€"),
    "Coût du projet en milliers d'euros": ("project.eligible_cost_eur", "k€"),
    "Turnover (in k€)": ("applicant.turnover_eur", "k€"),
    "Durée du projet (ans)": ("project.duration_months", "ans"),
    "Date de création (jj/mm/aaaa)": ("applicant.created_on", None),
    "code_postal": ("site.postcode", None),
    "Emplois créés": ("project.jobs_created", None),
}


@pytest.mark.parametrize("header", RECOGNISED)
def test_usual_headers(lexicon, header):
    found = guess(header, lexicon)
    assert found is not None
    assert (found.fact, found.unit) == RECOGNISED[header]


@pytest.mark.parametrize("header", ["CA N-1", "CA (KF)", "Effectif femmes", "Téléphone", "", "  "])
def test_other_headers_are_not_guessed(lexicon, header):
    assert guess(header, lexicon) is None
