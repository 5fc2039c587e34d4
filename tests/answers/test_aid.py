"""Are amounts exact, promises never made, and reserves always told?"""

import decimal

import pytest

from matcher.answers.wording import aid_text

AID = """
unknowns:
  bonus: {type: euros, min: 0, max: 50000, states: {fr: "Bonus", en: "Bonus"}, ask: prefet}
  silent: {type: euros, states: {fr: "Muet", en: "Silent"}, ask: prefet}
parameters:
  cap: {type: euros, default: 80000}
define:
  rate:
    type: number
    first:
      - {when: applicant.headcount < 50, then: 0.35}
      - {when: applicant.headcount < 250, then: "between(0.15, 0.25)"}
      - {otherwise: 0.10}
criteria:
  all:
    - {id: staff, states: {fr: "F", en: "E"}, test: applicant.headcount >= 1, source: S1}
aid:
  - id: share
    form: grant
    states: {fr: "Part, {cap} au plus", en: "Share, {cap} at most"}
    rate: rate
    amount: rate * project.cost_eur
    basis: S1
  - id: capped
    form: grant
    states: {fr: "F", en: "E"}
    ceiling: min(cap, 0.29 * project.cost_eur)
    floor: 1000
    basis: S1
  - {id: discretionary, form: grant, states: &, ceiling: cap, discretionary: true, basis: S1}
  - {id: bonus, form: repayable_advance, states: &, amount: 1000 + bonus, basis: S1}
  - id: silent
    form: loan
    states: &
    ceiling: silent
    basis: S1
    terms: [{fr: "Sur 7 ans", en: "Over 7 years"}]
  - {id: label, form: label, states: &, basis: S1}
  - {id: depends, form: service, states: &, when: site.polluted, amount: 5, basis: S1}
  - id: precise
    form: other
    states: &
    amount: project.cost_eur * 0.123456789012345678
    basis: S1
""".replace("&", '{fr: "F", en: "E"}')
REMARKS = """
criteria:
  all:
    - {id: staff, states: {fr: "F", en: "E"}, test: applicant.headcount >= 1, source: S1}
signals:
  - id: good
    favours: true
    states: {fr: "Bon", en: "Good"}
    test: project.cost_eur >= 100
    source: S1
  - {id: bad, favours: false, states: {fr: "Mauvais", en: "Bad"}, test: site.polluted, source: S1}
assessed:
  - {id: maturity, states: {fr: "Maturité", en: "Maturity"}, source: S1}
  - {id: soil, states: {fr: "Sol", en: "Soil"}, source: S1, when: site.polluted}
uncoded:
  - {id: rules, states: {fr: "Règles d'aides d'État", en: "State aid rules"}, source: S1}
  - {id: clean, states: {fr: "Dépollution", en: "Clean-up"}, source: S1, when: site.polluted}
"""


@pytest.fixture(scope="module")
def aid(catalogue_of):
    return catalogue_of({"aid": AID})


def amounts(catalogue, **given):
    known = {"applicant.headcount": 10, "site.polluted": True, **given}
    (decision,) = catalogue.match(known, "2026-05-04").decisions
    return {part.id: part for part in decision.aid}


def ends(part, key="amount"):
    return part.amounts[key].low, part.amounts[key].high


@pytest.mark.parametrize(
    ("given", "part", "key", "low", "high"),
    [
        ({"project.cost_eur": 100}, "share", "amount", "35", "35"),
        ({"project.cost_eur": "123456.78"}, "share", "amount", "43209.873", "43209.873"),
        ({"project.cost_eur": "123456.78"}, "share", "rate", "0.35", "0.35"),
        ({"project.cost_eur": {"min": 100, "max": 200}}, "share", "amount", "35", "70"),
        ({"project.cost_eur": {"min": 100}}, "share", "amount", "35", None),
        (
            {"project.cost_eur": 1000, "applicant.headcount": 100},
            "share",
            "amount",
            "150",
            "250",
        ),
        ({"applicant.headcount": {"min": 10, "max": 300}}, "share", "rate", "0.1", "0.35"),
        ({"project.cost_eur": 100}, "capped", "ceiling", "29", "29"),
        ({"project.cost_eur": 10**9}, "capped", "ceiling", "80000", "80000"),
        ({}, "capped", "ceiling", None, "80000"),
        ({}, "capped", "floor", "1000", "1000"),
        ({}, "discretionary", "ceiling", "80000", "80000"),
        ({}, "bonus", "amount", "1000", "51000"),
        ({}, "silent", "ceiling", None, None),
    ],
)
def test_amounts_are_exact(aid, given, part, key, low, high):
    """Decimal text between two bounds; `0.29 * 100` is 29. A cost is never below zero."""
    found = amounts(aid, **given)[part]
    if (low, part) == (None, "capped"):
        assert ends(found, key)[1] == high
        assert ends(found, key)[0] in (None, "0")
    else:
        assert ends(found, key) == (low, high)


def test_no_digit_is_lost(aid):
    found = amounts(aid, **{"project.cost_eur": "987654321.98"})["precise"]
    assert ends(found)[0] == "121932631.24581618445447340244"


@pytest.mark.parametrize("digits", [3, 6, 28, 50])
def test_amounts_do_not_depend_on_the_settings_of_the_host(aid, digits):
    """A program may round its own decimals as it likes: ours stay exact."""
    given = {"applicant.headcount": 10, "project.cost_eur": "123456.78"}
    with decimal.localcontext() as context:
        context.prec = digits
        data = aid.match(given, "2026-05-04").to_dict("fr")
    (decision,) = data["decisions"]
    assert decision["aid"][0]["amounts"]["amount"]["min"] == "43209.873"
    assert data["profile"]["project.cost_eur"] == "123456.78"


@pytest.mark.parametrize(
    ("given", "part", "key", "fr", "en"),
    [
        ({"project.cost_eur": 100}, "share", "amount", "35\u00a0€", "€35"),
        (
            {"project.cost_eur": {"min": 100, "max": 200}},
            "share",
            "amount",
            "de 35\u00a0€ à 70\u00a0€",
            "from €35 to €70",
        ),
        (
            {"project.cost_eur": {"min": 100}},
            "share",
            "amount",
            "au moins 35\u00a0€",
            "at least €35",
        ),
        ({}, "share", "rate", "35\u00a0%", "35%"),
        ({}, "silent", "ceiling", "non chiffré", "no figure"),
        (
            {},
            "bonus",
            "amount",
            "de 1\u202f000\u00a0€ à 51\u202f000\u00a0€",
            "from €1,000 to €51,000",
        ),
    ],
)
def test_amounts_in_words(aid, given, part, key, fr, en):
    text = amounts(aid, **given)[part].amounts[key].text
    assert (text.fr, text.en) == (fr, en)


def test_a_discretionary_ceiling_is_a_legal_ceiling(aid):
    parts = amounts(aid)
    assert parts["discretionary"].discretionary
    assert "plafond légal : 80\u202f000\u00a0€" in aid_text(parts["discretionary"]).fr
    assert "legal ceiling: €80,000" in aid_text(parts["discretionary"]).en
    assert "légal" not in aid_text(parts["capped"]).fr


def test_what_is_not_published_has_no_amount(aid):
    parts = amounts(aid)
    assert parts["label"].amounts == {}
    assert [term.fr for term in parts["silent"].terms] == ["Sur 7 ans"]
    assert parts["share"].statement.fr == "Part, 80\u202f000\u00a0€ au plus"


@pytest.mark.parametrize(
    ("polluted", "certain"), [(True, True), ({"one_of": [True, False]}, False), (False, None)]
)
def test_a_part_that_may_apply_is_not_certain(aid, polluted, certain):
    part = amounts(aid, **{"site.polluted": polluted}).get("depends")
    assert (None if part is None else part.certain) is certain
    if certain is False:
        assert "condition à préciser" in aid_text(part).fr


def test_a_refusal_shows_no_aid(aid):
    assert amounts(aid, **{"applicant.headcount": 0}) == {}


# ------------------------------------------------------------------------------- what never decides


@pytest.fixture(scope="module")
def remarks(catalogue_of):
    return catalogue_of({"remarks": REMARKS})


def decision_on(catalogue, **given):
    known = {"applicant.headcount": 10, **given}
    return catalogue.match(known, "2026-05-04").decisions[0]


@pytest.mark.parametrize(
    ("cost", "polluted", "statuses"),
    [
        (100, True, ["met", "met"]),
        (99, False, ["unmet", "unmet"]),
        (None, None, ["unknown", "unknown"]),
    ],
)
def test_signals_are_told_and_never_decide(remarks, cost, polluted, statuses):
    given = {"project.cost_eur": cost, "site.polluted": polluted}
    found = decision_on(remarks, **{k: v for k, v in given.items() if v is not None})
    assert [(s.id, s.favours) for s in found.signals] == [("good", True), ("bad", False)]
    assert [str(s.status) for s in found.signals] == statuses
    assert (found.outcome, found.missing) == ("eligible", ())


@pytest.mark.parametrize(
    ("polluted", "kinds"),
    [
        (False, [("uncoded", "rules"), ("assessed", "maturity")]),
        (
            True,
            [
                ("uncoded", "rules"),
                ("uncoded", "clean"),
                ("assessed", "maturity"),
                ("assessed", "soil"),
            ],
        ),
        (
            None,
            [
                ("uncoded", "rules"),
                ("uncoded", "clean"),
                ("assessed", "maturity"),
                ("assessed", "soil"),
            ],
        ),
    ],
)
def test_conditions_without_a_fact_are_reserves(remarks, polluted, kinds):
    """Where it is not known whether one is concerned, it is told."""
    found = decision_on(remarks, **({} if polluted is None else {"site.polluted": polluted}))
    remarked = [("uncoded", r.id) for r in found.uncoded]
    remarked += [("assessed", r.id) for r in found.assessed]
    assert remarked == kinds
    assert [r.kind for r in found.reserves] == [kind for kind, _ in kinds]
    assert found.outcome == "eligible"
    assert found.summary.fr == "Éligible sous réserve"
    assert found.summary.en == "Eligible, subject to conditions"


def test_few_sources_are_a_reserve(catalogue_of):
    body = REMARKS.partition("signals:")[0]
    low = catalogue_of({"low": body}, confidence="low")
    assert [r.kind for r in decision_on(low).reserves] == ["confidence"]
    high = catalogue_of({"high": body})
    assert decision_on(high).reserves == ()
    assert decision_on(high).summary.fr == "Éligible"


@pytest.mark.parametrize(
    ("kind", "reserved"),
    [
        ("societe", False),
        ("commune", True),
        ({"one_of": ["societe", "commune"]}, False),
        ({"one_of": ["association", "commune"]}, True),
        (None, False),
    ],
)
def test_another_audience_is_a_reserve_and_never_decides(catalogue_of, kind, reserved):
    body = REMARKS.partition("signals:")[0]
    catalogue = catalogue_of({"audience": body})
    found = decision_on(catalogue, **({} if kind is None else {"applicant.kind": kind}))
    assert found.outcome == "eligible"
    assert [r.kind for r in found.reserves] == (["audience"] if reserved else [])


def test_the_source_of_an_amount_is_cited(aid):
    for part in amounts(aid).values():
        assert [source.id for source in part.sources] == ["S1"]
        assert part.sources[0].url == "https://example.org/s1"
