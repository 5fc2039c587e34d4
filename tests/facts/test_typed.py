"""Is what people type read as they mean it, and never guessed?"""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher import Catalogue, ProfileError
from matcher.facts.numbers import date_written
from matcher.facts.search import Search
from matcher.facts.typed import TypedReader
from matcher.facts.typed_forms import Read, Unread, Which, how_to_answer

CATALOGUE = Catalogue.load()
READER = TypedReader(CATALOGUE.content.tables, date_written("2026-11-22"))
COST = "project.eligible_cost_eur"
COMMITMENT = "project.firm_commitment_date"


def typed(key, text):
    return READER.read(CATALOGUE.fact(key), text)


def value(key, text):
    found = typed(key, text)
    return found.value if isinstance(found, Read) else type(found).__name__


def candidates(key, text):
    found = typed(key, text)
    assert isinstance(found, Which), found
    return [candidate.value for candidate in found.candidates]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("1,2 M€", 1_200_000),
        ("1.2 m", 1_200_000),
        ("400 k€", 400_000),
        ("400K€", 400_000),
        ("400 keur", 400_000),
        ("1 234,56", Decimal("1234.56")),
        ("1\u202f234,56\u00a0€", Decimal("1234.56")),
        ("400000", 400_000),
        ("400 000 € HT", 400_000),
        ("1.250.000", 1_250_000),
        ("1,234,567.50", Decimal("1234567.5")),
        ("1.234.567,50", Decimal("1234567.5")),
        ("1'200'000", 1_200_000),
        ("1 million d'euros", 1_000_000),
        ("1 million d’euros", 1_000_000),
        ("2 milliards", 2_000_000_000),
        ("aucun", 0),
        ("-5", -5),
        ("> 400 k€", {"min": Decimal("400000.01")}),
        ("plus de 400 k€", {"min": Decimal("400000.01")}),
        ("+ de 400 k€", {"min": Decimal("400000.01")}),
        ("au moins 400 000", {"min": 400_000}),
        ("≥ 400 000", {"min": 400_000}),
        ("500 000 ou plus", {"min": 500_000}),
        ("jusqu'à 200 000 €", {"max": 200_000}),
        ("moins de 1 M€", {"max": Decimal("999999.99")}),
        ("entre 350 et 450 k€", {"min": 350_000, "max": 450_000}),
        ("entre 350 k€ et 1 M€", {"min": 350_000, "max": 1_000_000}),
        ("entre 500 000 et 1,2 M€", {"min": 500_000, "max": 1_200_000}),
        ("de 350 à 450 k€", {"min": 350_000, "max": 450_000}),
        ("350-450k", {"min": 350_000, "max": 450_000}),
        ("between 350 and 450 k€", {"min": 350_000, "max": 450_000}),
        ("environ 400 k€", "Unread"),
        ("~400k", "Unread"),
        ("12 5", "Unread"),
        ("1 2345", "Unread"),
        ("4e5", "Unread"),
        ("NaN", "Unread"),
        ("inf", "Unread"),
        ("1,234", 1234),
        ("entre 2 M€ et 1 M€", "Unread"),
        ("entre 1.000 et 2.000", "Unread"),
        ("beaucoup", "Unread"),
        ("35 %", "Unread"),
        ("0,001", "Unread"),
        ("9" * 40, "Unread"),
    ],
)
def test_amounts(text, said):
    assert value(COST, text) == said


def test_a_point_or_a_comma_before_three_digits_is_asked_about():
    assert candidates(COST, "400.000") == [400_000, 400]
    assert candidates(COST, "1,250 M€") == [1_250_000_000, 1_250_000]
    labels = [candidate.label for candidate in typed(COST, "1.250 k€").candidates]
    assert [label.fr for label in labels] == ["1 250 000", "1 250"]


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("applicant.headcount", "85 salariés", 85),
        ("applicant.headcount", "entre 50 et 99", {"min": 50, "max": 99}),
        ("applicant.headcount", "50 à 99", {"min": 50, "max": 99}),
        ("applicant.headcount", "50-99", {"min": 50, "max": 99}),
        ("applicant.headcount", "50+", {"min": 50}),
        ("applicant.headcount", "moins de 50", {"max": 49}),
        ("applicant.headcount", "> 250", {"min": 251}),
        ("applicant.headcount", "1.200", 1200),
        ("applicant.headcount", "3,5", "Unread"),
        ("applicant.headcount", "2 ans", "Unread"),
        ("applicant.vte_vert_aids", "aucune", 0),
        ("contract.months", "2 ans", 24),
        ("contract.months", "18 mois", 18),
        ("contract.fte", "80 %", Decimal("0.8")),
        ("contract.fte", "0,8", Decimal("0.8")),
        ("post.local_share_pct", "35 %", 35),
        ("post.local_share_pct", "au moins 20 %", {"min": 20}),
    ],
)
def test_numbers_with_their_units(key, text, said):
    assert value(key, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("12/03/2026", "2026-03-12"),
        ("12.03.2026", "2026-03-12"),
        ("2026-03-12", "2026-03-12"),
        ("12 mars 2026", "2026-03-12"),
        ("le 1er août 2026", "2026-08-01"),
        ("1 AOUT 2026", "2026-08-01"),
        ("March 12, 2026", "2026-03-12"),
        ("12th March 2026", "2026-03-12"),
        ("aujourd'hui", "2026-11-22"),
        ("mars 2026", {"min": "2026-03-01", "max": "2026-03-31"}),
        ("T2 2026", {"min": "2026-04-01", "max": "2026-06-30"}),
        ("4e trimestre 2026", {"min": "2026-10-01", "max": "2026-12-31"}),
        ("1er semestre 2027", {"min": "2027-01-01", "max": "2027-06-30"}),
        ("courant 2026", {"min": "2026-01-01", "max": "2026-12-31"}),
        ("après le T1 2026", {"min": "2026-04-01"}),
        ("02/2028", {"min": "2028-02-01", "max": "2028-02-29"}),
        ("2026", {"min": "2026-01-01", "max": "2026-12-31"}),
        ("avant le 01/07/2026", {"max": "2026-06-30"}),
        ("après 2025", {"min": "2026-01-01"}),
        ("depuis 2020", {"min": "2020-01-01"}),
        ("entre mars 2026 et juin 2026", {"min": "2026-03-01", "max": "2026-06-30"}),
        ("rien", "none"),
        ("pas encore", "none"),
        ("non", "none"),
        ("31/02/2026", "Unread"),
        ("12/03/26", "Unread"),
        ("jui 2026", "Unread"),
        ("après 9999", "Unread"),
        ("0000", "Unread"),
        ("12", "Unread"),
    ],
)
def test_dates(text, said):
    assert value(COMMITMENT, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Romorantin", "41194"),
        ("ROMORANTIN LANTHENAY", "41194"),
        ("41194", "41194"),
        ("75001", "75056"),
        ("Paris", "75056"),
        ("angers", "49007"),
        ("Angers (49)", "49007"),
        ("49000 Angers", "49007"),
        ("2a004", "2A004"),
        ("la ferte bernard", "72132"),
        ("Ferté-Bernard", "72132"),
        ("St-Étienne 42", "42218"),
        ("Tours en Savoie", "73298"),
        ("xyzxyz", "Unread"),
        ("a", "Unread"),
    ],
)
def test_communes(text, said):
    assert value("site.insee", text) == said


def test_several_communes_are_listed_with_their_departement():
    found = typed("site.insee", "saint denis")
    assert isinstance(found, Which)
    assert found.candidates[0].label.fr == "Saint-Denis (974, La Réunion)"
    assert found.more >= 0
    assert "41194" in candidates("site.insee", "41200")
    assert "41200" in candidates("site.insee", "41200"), "an Insee code as well"
    assert candidates("site.insee", "49000")[0] == "49007", "the largest first"


def test_a_former_commune_is_known_by_its_present_one():
    communes = CATALOGUE.content.tables["communes"]
    search = Search(communes, CATALOGUE.content.tables)
    (found,) = search.found("Brénaz")
    assert communes.row(found)["name"] != "Brénaz"


@pytest.mark.parametrize(
    ("key", "text", "said"),
    [
        ("applicant.naf", "22.22Z", "22.22Z"),
        ("applicant.naf", "2222z", "22.22Z"),
        ("applicant.naf", "emballages plastiques", "22.22Z"),
        ("applicant.naf", "qwerty", "Unread"),
        ("applicant.siren", "732 829 320", "732 829 320"),
        ("applicant.siren", "sologne des rivieres", "244100806"),
        ("site.region", "bretagne", "53"),
        ("site.region", "53", "53"),
        ("site.postcode", "41200", "41200"),
        ("site.siret", "732 829 320 00074", "732 829 320 00074"),
        ("applicant.kind", "1", "entreprise_privee"),
        ("applicant.kind", "commune", "commune"),
        ("applicant.kind", "cfa", "organisme_formation"),
        ("applicant.kind", "sole trader", "entreprise_individuelle"),
        ("applicant.kind", "1 ou 2", {"one_of": ["entreprise_privee", "entreprise_individuelle"]}),
        ("applicant.kind", "22", "Unread"),
        ("applicant.kind", "0", "Unread"),
        ("applicant.kind", "1 ou 99", "Unread"),
        ("applicant.kind", "établissement", "Which"),
        ("project.expense_kind", "1, 3", ["investissement_industriel", "incorporel"]),
        ("project.expense_kind", "1 et 3", ["investissement_industriel", "incorporel"]),
        ("project.expense_kind", "3 1 3", ["incorporel", "investissement_industriel"]),
        ("project.expense_kind", "machines, etudes", ["investissement_industriel", "etudes"]),
        ("project.expense_kind", "aucun", []),
        ("project.expense_kind", "0", []),
        ("project.expense_kind", "1, 99", "Unread"),
        ("project.started", "o", True),
        ("project.started", "Oui", True),
        ("project.started", "1", True),
        ("project.started", "n", False),
        ("project.started", "peut-être", "Unread"),
        ("project.started", "", "Unread"),
    ],
)
def test_codes_and_choices(key, text, said):
    assert value(key, text) == said


def test_activities_are_found_by_a_part_of_the_code_or_by_a_word():
    assert set(candidates("applicant.naf", "22.2")) >= {"22.21Z", "22.22Z"}
    assert "22.22Z" in candidates("applicant.naf", "plastique")


def test_a_country_is_two_letters():
    """Its name would read as the code of another country."""
    assert CATALOGUE.profile({"applicant.hq_country": "fr"})
    with pytest.raises(ProfileError) as refused:
        CATALOGUE.profile({"applicant.hq_country": "France"})
    assert "FR" in refused.value.render("fr")


odd = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="0123456789 .,'-+€%kM/<>=à~", max_size=25),
    st.from_regex(
        r"(entre|de|plus de|avant|au moins|between) [0-9. ]{1,9}( et | à )?[0-9kM€/]{0,9}"
    ),
)


@given(key=st.sampled_from(CATALOGUE.facts), text=odd)
def test_whatever_is_typed_is_read_asked_about_or_explained(key, text):
    found = typed(key, text)
    assert isinstance(found, Read | Which | Unread)
    if isinstance(found, Which):
        assert found.candidates


@given(
    number=st.integers(0, 10**11).map(lambda cents: Fraction(cents, 100)),
    spaced=st.booleans(),
    comma=st.booleans(),
)
def test_an_amount_is_read_to_the_cent(number, spaced, comma):
    whole, cents = divmod(int(number * 100), 100)
    text = (
        f"{whole:,}".replace(",", " " if spaced else "") + ("," if comma else ".") + f"{cents:02}"
    )
    assert Fraction(str(value(COST, text))) == number


def test_every_kind_says_how_to_answer():
    for key in CATALOGUE.facts:
        how = how_to_answer(CATALOGUE.fact(key))
        assert how.fr
        assert how.en
