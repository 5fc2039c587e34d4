"""Are the changes found, of the right kind, and blamed on the right criterion?"""

import pytest

from matcher import Catalogue
from matcher.portfolio.comparing.kinds import Kind
from tests.portfolio.compare.schemes import (
    CLIENTS,
    CRITERIA,
    DEARER,
    EASY,
    EDITIONS,
    FUND,
    MINIMUM,
    OPEN,
    TWO_EDITIONS,
)

SPRING, AUTUMN = "2026-05-04", "2026-10-04"


@pytest.fixture(scope="session")
def loaded(rules_of):
    """The catalogue of some schemes."""
    return lambda bodies: Catalogue.load(rules_of(bodies))


def test_a_window_closes(results, told, loaded):
    fund = loaded({"fonds": FUND})
    found = told(results(CLIENTS, fund, SPRING), results(CLIENTS, fund, AUTUMN), fund)
    assert found.kinds == {"fonds": {"lost": 3, "closed": 2}}
    lost = [name for name, _, kind, _ in found.changes if kind == "lost"]
    assert lost == ["Alpha", "Beta", "Eta"]
    assert all(not criteria for *_, criteria in found.changes), "no criterion changed"
    row = found.rows()[0]
    assert row["en cause"] == "calendrier : ouvert → clos"
    assert (row["réponse avant"], row["réponse après"]) == ("éligible", "éligible")
    assert (row["fenêtre avant"], row["fenêtre après"]) == ("ouvert", "clos")
    text = found.table()
    assert "0 client gagne au moins un dispositif ouvert, 3 en perdent au moins un." in text
    assert "ouvert jusqu'au 31 août 2026 (édition 2026) → clos depuis le 31 août 2026" in text
    assert "critères" not in text


def test_what_closes_one_way_opens_the_other(results, told, loaded):
    fund = loaded({"fonds": FUND})
    found = told(results(CLIENTS, fund, AUTUMN), results(CLIENTS, fund, SPRING), fund)
    assert found.kinds == {"fonds": {"gained": 3, "opened": 2}}


def test_a_threshold_that_changes_is_named_with_both_values(results, told, loaded):
    before, after = loaded({"fonds": FUND}), loaded({"fonds": DEARER})
    found = told(results(CLIENTS, before), results(CLIENTS, after), before, after)
    assert found.kinds == {"fonds": {"lost": 1}}
    assert found.changes == [("Beta", "fonds", "lost", [("cost", "met", "unmet")])]
    said = "« Le projet coûte au moins 150\u202f000\u00a0€ » (avant : « Le projet coûte au moins "
    said += "100\u202f000\u00a0€ ») : rempli → non rempli"
    assert found.rows()[0]["en cause"] == said
    assert "not met" in found.rows("en")[0]["because of"]
    assert found.schemes["fonds"].responsible(Kind.LOST)[0][1] == 1
    assert "catalogues différents" in found.table()


def test_a_client_whose_facts_change(results, told, loaded):
    fund = loaded({"fonds": FUND})
    later = CLIENTS.replace("Delta;;", "Delta;300000;").replace("Zeta;200000;;", "Zeta;200000;3;")
    found = told(results(CLIENTS, fund), results(later, fund), fund)
    assert found.changes == [
        ("Delta", "fonds", "gained", [("cost", "unknown", "met")]),
        ("Zeta", "fonds", "ruled_out", [("headcount", "unknown", "unmet")]),
    ]


def test_an_alternative_that_did_not_count_is_not_blamed(results, told, loaded):
    """It no longer employs ten people, which it need not; its project shrank."""
    fund = loaded({"fonds": FUND})
    text = CLIENTS + "Theta;200000;20;oui\n"
    later = CLIENTS + "Theta;50000;5;oui\n"
    found = told(results(text, fund), results(later, fund), fund)
    ((change, count),) = found.schemes["fonds"].responsible(Kind.LOST)
    assert (change.criterion, count) == ("cost", 1)
    assert found.changes[0][3] == [("cost", "met", "unmet"), ("headcount", "met", "unmet")]
    assert "Dix personnes" in found.rows()[0]["autres critères qui ont changé"]


def test_without_the_catalogue_criteria_have_their_ids(results, told, loaded):
    before, after, other = (loaded({"fonds": b}) for b in (FUND, DEARER, DEARER + "\n# autre\n"))
    found = told(results(CLIENTS, before), results(CLIENTS, after), other)
    assert found.rows()[0]["en cause"] == "« cost » : rempli → non rempli"
    assert found.rows()[0]["nom du dispositif"] == "Essai fonds"
    assert "--rules" in found.table()
    assert "Le projet coûte" not in found.table()


# --------------------------------------------------------------------- what the catalogue changes
MORE = """
    - id: section
      states: {fr: "Industrie", en: "Industry"}
      test: applicant.section in ["C"]
      source: S1
"""


def test_a_criterion_that_is_added_or_removed(results, told, loaded):
    before, after = loaded({"fonds": FUND}), loaded({"fonds": FUND + MORE})
    old, new = results(CLIENTS, before), results(CLIENTS, after)
    found = told(old, new, before, after)
    assert found.kinds == {"fonds": {"lost": 3}}
    assert found.rows()[0]["en cause"] == "« Industrie » : nouveau critère → à préciser"
    assert found.json["schemes"][0]["criteria"][0]["added"] is True
    back = told(new, old, before, after)
    assert back.kinds == {"fonds": {"gained": 3}}
    assert back.rows()[0]["en cause"] == "« Industrie » : à préciser → critère retiré"


def test_the_order_of_the_criteria_means_nothing(results, told, loaded):
    first, *others = CRITERIA.split("    - id: cost")
    cost, anyof = ("    - id: cost" + others[0]).split("    - any:")
    turned = first + "    - any:" + anyof + cost
    before, after = (loaded({"fonds": MINIMUM + EDITIONS + c}) for c in (CRITERIA, turned))
    found = told(results(CLIENTS, before), results(CLIENTS, after), before, after)
    assert found.comparison.old.criteria("fonds") != found.comparison.new.criteria("fonds")
    assert not found.schemes["fonds"].counts


def test_criteria_that_are_combined_otherwise(results, told, loaded):
    before, after = loaded({"fonds": FUND}), loaded({"fonds": FUND.replace("- any:", "- all:")})
    found = told(results(CLIENTS, before), results(CLIENTS, after), before, after)
    assert found.kinds == {"fonds": {"lost": 3, "ruled_out": 2}}
    assert {row["en cause"] for row in found.rows()} == {
        "aucun critère seul ne l'explique : les critères sont combinés autrement"
    }


def test_another_edition_with_another_criterion(results, told, loaded):
    fund = loaded({"fonds": TWO_EDITIONS})
    found = told(results(CLIENTS, fund, SPRING), results(CLIENTS, fund, AUTUMN), fund)
    assert found.kinds == {"fonds": {"lost": 3}}
    row = found.rows()[0]
    assert (row["édition avant"], row["édition après"]) == ("2026", "suite")
    assert row["en cause"] == "« Rien n'est commandé » : non demandé → à préciser"


def test_a_new_scheme_and_one_that_is_gone(results, told, loaded):
    before, after = loaded({"fonds": FUND}), loaded({"fonds": FUND, "facile": EASY})
    old, new = results(CLIENTS, before), results(CLIENTS, after)
    found = told(old, new, before, after)
    assert found.kinds == {"facile": {"gained": 6}}
    assert found.schemes["facile"].presence == "added"
    assert found.rows()[0]["en cause"] == "nouveau dispositif"
    assert found.rows()[0]["réponse avant"] == "absent"
    assert "nouveau dispositif" in found.table()
    back = told(new, old, before, after)
    assert back.kinds == {"facile": {"lost": 6}}
    assert back.rows()[0]["en cause"] == "dispositif retiré"
    assert back.rows()[0]["nom du dispositif"] == "Essai facile"


def test_a_scheme_that_was_not_studied_is_not_gone(results, told, loaded):
    both = loaded({"fonds": FUND, "facile": EASY})
    found = told(results(CLIENTS, both), results(CLIENTS, both, schemes=("fonds",)), both)
    assert not found.kinds
    assert found.schemes["facile"].presence == "only_studied_in_old"
    assert "non comparé" in found.table()


def test_many_criteria_fill_several_columns(results, told, loaded):
    many = "".join(
        f'    - {{id: c{i}, states: {{fr: "C{i}", en: "C{i}"}}, test: project.cost_eur >= {i}, '
        "source: S1}\n"
        for i in range(40)
    )
    bodies = [OPEN + "criteria:\n  all:\n" + many.replace(">= 39", f">= {n}") for n in (39, 150000)]
    before, after = (loaded({"fonds": body}) for body in bodies)
    found = told(results(CLIENTS, before), results(CLIENTS, after), before, after)
    assert ("Beta", "fonds", "lost", [("c39", "met", "unmet")]) in found.changes
    more = loaded({"fonds": "criteria:".join([OPEN, "\n  all:\n" + MORE + many])})
    found = told(results(CLIENTS, before), results(CLIENTS, more), before, more)
    assert ("Beta", "fonds", "lost", [("section", None, "unknown")]) in found.changes


# ------------------------------------------------------------------------- with the shipped rules
SITES = """Numéro SIRET du site;Effectif du site;Âge de l'entreprise;À jour fiscal et social;\
Micro-entrepreneur
55210055400013;180;12;oui;non
10000001700010;80;12;oui;non
10000002500013;180;;oui;non
"""


def test_a_shipped_threshold_that_changes(results, told, catalogue, stricter):
    after = Catalogue.load(stricter)
    found = told(results(SITES, catalogue), results(SITES, after), catalogue, after)
    (id_,) = found.kinds
    assert found.kinds[id_] == {"lost": 1, "ruled_out": 1}
    lost, ruled = found.rows()
    assert lost["Numéro SIRET du site"] == "55210055400013"
    for row in (lost, ruled):
        assert "de 20\u00a0personnes à 100\u00a0personnes" in row["en cause"]
        assert "de 20\u00a0personnes à 250\u00a0personnes" in row["en cause"]


def test_two_dates_with_the_shipped_rules(results, told, catalogue):
    old, new = (results(SITES, catalogue, on) for on in ("2026-05-04", "2027-03-30"))
    found = told(old, new)
    assert found.kinds
    assert "closed" in {kind for kinds in found.kinds.values() for kind in kinds}
