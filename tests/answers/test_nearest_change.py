"""What is offered to an applicant who is refused, in which words, and why is nothing?"""

import pytest

from matcher import Outcome
from matcher.answers.formats import iso
from matcher.answers.nearest_change_trial import MOST_TRIALS
from matcher.facts.values import Span

ON = "2026-05-04"
FACTS = """
  plan.cost_eur: {type: euros, min: 0, max: 1000000000, changeable: true,
    label: {fr: "Assiette éligible", en: "Eligible base"}}
  plan.loan_eur: {type: euros, min: 0, max: 1000000000, changeable: true,
    label: {fr: "Prêt demandé", en: "Loan requested"}}
  plan.bank_eur: {type: euros, min: 0, max: 1000000000, changeable: true,
    label: {fr: "Part de la banque", en: "Share of the bank"}}
  plan.months: {type: integer, unit: months, min: 0, max: 60, changeable: true,
    label: {fr: "Durée du contrat", en: "Length of the contract"}}
  plan.audit_years: {type: number, unit: years, min: 0, max: 100, changeable: true,
    label: {fr: "Ancienneté de l'audit", en: "Age of the audit"}}
  plan.letter: {type: boolean, changeable: true,
    label: {fr: "Courrier de soutien", en: "Support letter"}}
  plan.agreement: {type: boolean, changeable: true,
    label: {fr: "Accord de la commune", en: "Agreement of the commune"}}
  plan.filed: {type: date, changeable: true,
    label: {fr: "Date de dépôt", en: "Filing date"}}
  plan.ordered: {type: date, changeable: true,
    none: {fr: "Rien n'est commandé", en: "Nothing is ordered"},
    label: {fr: "Date de commande", en: "Date of the order"}}
  plan.contract:
    type: choice
    changeable: true
    label: {fr: "Type de contrat", en: "Type of contract"}
    choices:
      stage: {fr: "Stage", en: "Internship"}
      cdd: {fr: "CDD", en: "Fixed-term contract"}
      cdi: {fr: "CDI", en: "Permanent contract"}
      mission: {fr: "Mission", en: "Assignment"}
      service: {fr: "Service civique", en: "Civic service"}
  plan.expenses:
    type: set
    changeable: true
    label: {fr: "Nature des dépenses", en: "Kinds of expenditure"}
    choices:
      machines: {fr: "Machines", en: "Machines"}
      terrain: {fr: "Terrain", en: "Land"}
      loyers: {fr: "Loyers", en: "Rents"}
"""


@pytest.fixture(scope="module")
def refused(catalogue_of):
    """The decision of a scheme with some tests, all of which must hold, on a few facts."""

    def decision(tests, **facts):
        criteria = [
            f"    - {{id: c{n}, states: {{fr: Un, en: One}}, source: S1, test: '{test}'}}"
            for n, test in enumerate(tests)
        ]
        body = "\n".join(["criteria:", "  all:", *criteria])
        given = {key.replace("__", "."): value for key, value in facts.items()}
        return catalogue_of({"essai": body}, FACTS).match(given, ON).decisions[0]

    return decision


def offered(decision, lang="fr"):
    return [plain(nearest.text.in_(lang)) for nearest in decision.nearest_changes]


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def moves(decision):
    """The values of each way out."""
    return [
        {change.fact: change.after for change in nearest.changes}
        for nearest in decision.nearest_changes
    ]


# ------------------------------------------------------------------------------------- what is said
SENTENCES = [
    (
        "plan.cost_eur >= 400_000",
        {"plan__cost_eur": 350_000},
        "il manque 50 000 € d'assiette éligible : passez de 350 000 € à 400 000 €",
        "€50,000 short on the eligible base: go from €350,000 to €400,000",
    ),
    (
        "plan.cost_eur > 400_000",
        {"plan__cost_eur": 350_000.50},
        (
            "il manque plus de 49 999,50 € d'assiette éligible : "
            "passez de 350 000,50 € à plus de 400 000 €"
        ),
        (
            "more than €49,999.50 short on the eligible base: "
            "go from €350,000.50 to more than €400,000"
        ),
    ),
    (
        "plan.cost_eur > 400_000",
        {"plan__cost_eur": 400_000},
        "Assiette éligible : passez de 400 000 € à plus de 400 000 €",
        "Eligible base: go from €400,000 to more than €400,000",
    ),
    (
        "plan.loan_eur <= 3_000_000",
        {"plan__loan_eur": 3_250_000},
        "250 000 € de prêt demandé en trop : passez de 3 250 000 € à 3 000 000 €",
        "€250,000 too much on the loan requested: go from €3,250,000 to €3,000,000",
    ),
    (
        "2 * plan.cost_eur - 100 >= 3 * project.cost_eur",
        {"plan__cost_eur": 1_000, "project__cost_eur": {"min": 700, "max": 900}},
        (
            "il manque 100 € d'assiette éligible : passez de 1 000 € à 1 100 € ; "
            "d'autres points resteraient à préciser"
        ),
        (
            "€100 short on the eligible base: go from €1,000 to €1,100; "
            "other points would remain to be clarified"
        ),
    ),
    (
        "plan.cost_eur >= 400_000",
        {"plan__cost_eur": {"min": 200_000, "max": 350_000}},
        "Assiette éligible : 400 000 € (aujourd'hui : entre 200 000 € et 350 000 €)",
        "Eligible base: €400,000 (today: between €200,000 and €350,000)",
    ),
    (
        "12 <= plan.months <= 18",
        {"plan__months": 24},
        "Durée du contrat : passez de 24 mois à 18 mois",
        "Length of the contract: go from 24 months to 18 months",
    ),
    (
        "plan.audit_years < 4",
        {"plan__audit_years": 6},
        "Ancienneté de l'audit : passez de 6 ans à moins de 4 ans",
        "Age of the audit: go from 6 years to less than 4 years",
    ),
    (
        'plan.filed < "2026-06-10"',
        {"plan__filed": "2026-06-20"},
        "Date de dépôt : avancez du 20 juin 2026 au 9 juin 2026",
        "Filing date: bring forward from 20 June 2026 to 9 June 2026",
    ),
    (
        'plan.filed >= "2026-09-01"',
        {"plan__filed": "2026-06-20"},
        "Date de dépôt : reportez du 20 juin 2026 au 1er septembre 2026",
        "Filing date: postpone from 20 June 2026 to 1 September 2026",
    ),
    (
        "plan.letter",
        {"plan__letter": False},
        "Courrier de soutien : oui au lieu de non",
        "Support letter: yes instead of no",
    ),
    (
        'plan.contract == "cdd"',
        {"plan__contract": "stage"},
        "Type de contrat : « CDD » au lieu de « Stage »",
        "Type of contract: “Fixed-term contract” instead of “Internship”",
    ),
    (
        'subset(plan.expenses, ["machines"])',
        {"plan__expenses": ["machines", "terrain", "loyers"]},
        "Nature des dépenses : retirez « Terrain » et retirez « Loyers »",
        "Kinds of expenditure: remove “Land” and remove “Rents”",
    ),
    (
        'includes(plan.expenses, ["machines"]) and disjoint(plan.expenses, ["loyers"])',
        {"plan__expenses": ["loyers"]},
        "Nature des dépenses : ajoutez « Machines » et retirez « Loyers »",
        "Kinds of expenditure: add “Machines” and remove “Rents”",
    ),
    (
        "plan.ordered is none",
        {"plan__ordered": "2026-06-10"},
        "Date de commande : Rien n'est commandé (aujourd'hui : 10 juin 2026)",
        "Date of the order: Nothing is ordered (today: 10 June 2026)",
    ),
]


@pytest.mark.parametrize(("test", "given", "fr", "en"), SENTENCES)
def test_a_change_is_said_in_both_languages(refused, test, given, fr, en):
    decision = refused([test.replace("'", "''")], **given)
    assert offered(decision) == [fr]
    assert offered(decision, "en") == [en]


# ---------------------------------------------------------------------------------- what is offered
def test_several_changes_are_offered_together(refused):
    decision = refused(
        ["plan.cost_eur >= 400_000", "plan.letter", "plan.agreement"],
        plan__cost_eur=350_000,
        plan__letter=False,
        plan__agreement=True,
    )
    (nearest,) = decision.nearest_changes
    assert [change.fact for change in nearest.changes] == ["plan.cost_eur", "plan.letter"]
    assert nearest.outcome is Outcome.ELIGIBLE
    assert plain(nearest.text.fr) == (
        "il manque 50 000 € d'assiette éligible : passez de 350 000 € à 400 000 € ; "
        "Courrier de soutien : oui au lieu de non"
    )


def test_the_smallest_moves_come_first_and_three_at_most(refused):
    decision = refused(
        ["plan.cost_eur >= 1_000 or plan.months >= 12 or plan.letter or plan.agreement"],
        plan__cost_eur=500,
        plan__months=11,
        plan__letter=False,
        plan__agreement=False,
    )
    found = [list(values) for values in moves(decision)]
    assert found == [["plan.months"], ["plan.cost_eur"], ["plan.letter"]]


def test_choices_that_would_do_as_well_are_offered_after_other_facts(refused):
    test = 'plan.contract in ["cdi", "cdd", "mission", "service"] or plan.letter'
    decision = refused([test], plan__contract="stage", plan__letter=False)
    assert offered(decision) == [
        "Courrier de soutien : oui au lieu de non",
        "Type de contrat : « CDD » au lieu de « Stage »",
        "Type de contrat : « CDI » au lieu de « Stage »",
    ]


def test_fewer_facts_are_better_than_smaller_moves(refused):
    decision = refused(
        ["plan.cost_eur >= 1_000_000 or (plan.months >= 12 and plan.audit_years <= 3)"],
        plan__cost_eur=1,
        plan__months=11,
        plan__audit_years=4,
    )
    assert moves(decision) == [{"plan.cost_eur": Span(1_000_000, 1_000_000)}]


def test_one_change_may_lead_to_another(refused):
    """A larger loan wants a larger share of the bank."""
    decision = refused(
        ["plan.loan_eur >= 50_000", "plan.bank_eur >= plan.loan_eur"],
        plan__loan_eur=20_000,
        plan__bank_eur=30_000,
    )
    assert moves(decision) == [
        {"plan.loan_eur": Span(50_000, 50_000), "plan.bank_eur": Span(50_000, 50_000)}
    ]


def test_the_nearest_of_several_ranges_is_found(refused):
    tests = ["plan.cost_eur <= 100 or 250 <= plan.cost_eur <= 300 or plan.cost_eur == 240.07"]
    assert moves(refused(tests, plan__cost_eur=150)) == [{"plan.cost_eur": Span(100, 100)}]
    found = moves(refused(tests, plan__cost_eur=220))
    assert [float(values["plan.cost_eur"].low) for values in found] == [240.07]


def test_no_more_than_the_bounds_of_the_vocabulary(refused):
    decision = refused(["plan.months >= 72"], plan__months=12)
    assert decision.nearest_changes == ()
    assert decision.no_change.reason == "fixed"
    assert decision.no_change.standing[0].criterion == "c0"
    assert plain(decision.no_change.text.fr) == (
        "aucun changement n'y suffit : plus aucune valeur possible de « Durée du contrat » "
        "ne convient"
    )


def test_nobody_is_advised_to_backdate(refused):
    ahead = refused(['plan.filed <= "2026-05-04"'], plan__filed="2026-06-20")
    assert moves(ahead) == [{"plan.filed": ahead.facts.get("as_of")}]
    too_late = refused(['plan.filed <= "2026-05-03"'], plan__filed="2026-06-20")
    assert too_late.nearest_changes == ()
    assert too_late.no_change.reason == "fixed"


def test_what_is_past_does_not_change(refused):
    decision = refused(['plan.filed >= "2026-06-01"'], plan__filed="2026-05-03")
    assert decision.nearest_changes == ()
    assert [one.facts for one in decision.no_change.standing] == [("plan.filed",)]
    ordered = refused(["plan.ordered is none"], plan__ordered="2026-04-01")
    assert ordered.nearest_changes == ()


def test_a_value_that_contradicts_the_profile_is_not_offered(refused):
    """What is derived of the nature of an applicant is not undone by half."""
    decision = refused(["applicant.small"], applicant__headcount=80)
    assert decision.nearest_changes == ()
    assert [one.facts for one in decision.no_change.standing] == [("applicant.small",)]


# -------------------------------------------------------------------------------- why there is none
def test_the_facts_that_hold_a_refusal_are_named(refused):
    decision = refused(
        ['applicant.kind == "association" and plan.letter', "plan.agreement", "site.polluted"],
        applicant__kind="societe",
        plan__letter=False,
        plan__agreement=False,
        site__polluted=False,
    )
    why = decision.no_change
    assert decision.nearest_changes == ()
    assert why.reason == "fixed"
    assert [(one.criterion, one.facts) for one in why.standing] == [
        ("c0", ("applicant.kind",)),
        ("c2", ("site.polluted",)),
    ]
    assert plain(why.text.fr) == (
        "aucun changement n'y suffit : « Nature du demandeur » et « Sol pollué » "
        "ne peuvent pas changer"
    )
    assert plain(why.text.en) == (
        "no change is enough: “Kind of applicant” and “Polluted soil” cannot change"
    )


def test_a_test_that_can_never_hold_is_not_a_matter_of_facts(refused):
    why = refused(['as_of <= "2020-01-01"']).no_change
    assert why.text.fr == "aucun changement n'y suffit"
    assert why.standing[0].facts == ()


def test_no_false_hope_and_no_false_certainty(refused):
    """Each half may hold, never both: the search says that it found nothing, not that none is."""
    tests = ["plan.cost_eur > 100 and not plan.cost_eur >= 100.005"]
    decision = refused(tests, plan__cost_eur=50)
    assert decision.nearest_changes == ()
    assert decision.no_change.reason == "not_found"


def test_the_search_is_bounded(refused):
    keys = ["plan.cost_eur", "plan.loan_eur", "plan.bank_eur", "plan.months", "plan.audit_years"]
    tests = [f"{key} + 0 > 7 and not {key} >= 7.001" for key in keys if key != "plan.months"]
    given = {key.replace(".", "__"): 1 for key in keys}
    decision = refused(tests, **given)
    assert decision.outcome is Outcome.INELIGIBLE
    assert decision.nearest_changes == ()
    assert MOST_TRIALS <= 1_000


# -------------------------------------------------------------------------------- the shipped rules
TI = "fonds-vert-territoires-industrie"
COMPANY = {
    "applicant.kind": "entreprise_privee",
    "site.insee": "41194",
    "project.eligible_cost_eur": 350_000,
}


def test_the_base_that_the_green_fund_lacks(shipped):
    decision = shipped.match(COMPANY, ON, [TI]).decisions[0]
    assert offered(decision) == [
        (
            "il manque 50 000 € d'assiette éligible : passez de 350 000 € à 400 000 € ; "
            "d'autres points resteraient à préciser"
        )
    ]


def test_file_before_ordering(shipped):
    """The order is for 10 June, the application for the 20th: it can still be filed before."""
    dates = {"project.firm_commitment_date": "2026-06-10", "filing.date": "2026-06-20"}
    decision = shipped.match({**COMPANY, "project.eligible_cost_eur": 500_000, **dates}, ON, [TI])
    assert any(
        "Date de dépôt : avancez du 20 juin 2026" in s for s in offered(decision.decisions[0])
    )
    ordered = {"project.firm_commitment_date": "2026-04-10", "filing.date": "2026-06-20"}
    late = shipped.match({**COMPANY, **ordered}, ON, [TI]).decisions[0]
    assert late.nearest_changes == ()
    assert "« Premier engagement ferme ou début des travaux »" in plain(late.no_change.text.fr)


def test_every_way_out_of_every_case_of_the_rules_leads_out(shipped):
    refusals = ways = 0
    for id_, cases in shipped.content.cases.items():
        for case in cases:
            given = dict(case.given)
            answers = [{**a, "unknown": f"{id_}/{a['unknown']}"} for a in case.authority]
            profile = shipped.profile({**given, **({"authority": answers} if answers else {})})
            on = iso(case.as_of)
            decision = shipped.match(profile, on, [id_]).decisions[0]
            refusals += decision.outcome is Outcome.INELIGIBLE
            for nearest in decision.nearest_changes:
                ways += 1
                changed = {change.fact: change.after for change in nearest.changes}
                after = type(profile)({**profile.values, **changed}, answers=profile.answers)
                again = shipped.match(after, on, [id_]).decisions[0]
                assert again.outcome is nearest.outcome is not Outcome.INELIGIBLE, case.name
    assert refusals > 400
    assert ways > 100
