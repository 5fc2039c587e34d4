"""What does a scheme ask in one edition: its values, its criteria, what may be waived?"""

import pytest

EDITIONS = """
editions:
  - {id: "2025", opens: "2025-01-01", closes: "2025-12-31", source: S1}
  - {id: "2026", opens: "2026-01-01", closes: "2026-12-31", source: S1}
"""


STATES = '{fr: "F", en: "E"}'


def criterion(id_, test, more=""):
    return f"""
    - id: {id_}
      states: {{fr: "Condition", en: "Condition"}}
      test: {test}
      source: S1
{more}"""


PARAMETERS = f"""
parameters:
  minimum: {{type: euros, default: 400000, by_edition: {{"2025": 300000}}}}
  months: {{type: integer, unit: years, default: 1, by_edition: {{"2026": 2}}}}
define:
  floor: {{type: euros, value: minimum}}
  doubled: {{type: euros, value: 2 * floor}}
{EDITIONS}
criteria:
  all:
    - id: cost
      states:
        fr: "Au moins {{minimum}} et {{months}}"
        en: "At least {{minimum}} and {{months}}"
      test: 2 * project.cost_eur >= doubled
      source: S1
"""
BY_EDITION = f"""
{EDITIONS}
criteria:
  all:
{criterion("always", "applicant.headcount >= 1")}
{criterion("only-2026", "project.cost_eur >= 100", '      editions: ["2026"]')}
    - any:
        id: choice
        states: {{fr: "L'un ou l'autre", en: "One or the other"}}
        editions: ["2025"]
        of:
          - {{id: one, states: {{fr: "F", en: "E"}}, test: site.polluted, source: S1}}
          - {{id: other, states: {{fr: "F", en: "E"}}, test: project.cost_eur >= 7, source: S1}}
signals:
  - id: then
    favours: true
    states: {{fr: "F", en: "E"}}
    test: site.polluted
    source: S1
    editions: ["2025"]
assessed:
  - {{id: later, states: {{fr: "F", en: "E"}}, source: S1, editions: ["2026"]}}
uncoded:
  - id: before
    states: {{fr: "F", en: "E"}}
    source: S1
    editions: ["2025"]
    when: site.polluted
aid:
  - {{id: old, form: grant, states: {STATES}, amount: 100, basis: S1, editions: ["2025"]}}
  - {{id: new, form: grant, states: {STATES}, amount: 200, basis: S1, editions: ["2026"]}}
"""
WAIVED = f"""
unknowns:
  local:
    type: euros
    by: site.region
    min: 10
    max: 90
    states: {STATES}
    ask: prefet
  waiver: {{type: boolean, states: {{fr: "Dérogation", en: "Waiver"}}, ask: ademe}}
{EDITIONS}
criteria:
  all:
{
    criterion(
        "floor",
        "project.cost_eur >= 100",
        '''      discretion:
        when: site.region in ["24", "84"]
        grants: project.cost_eur >= local
        editions: ["2026"]
''',
    )
}
{criterion("kind", 'applicant.kind == "societe"', "      discretion: {grants: waiver}")}
"""
CONCERNED = f"""
{EDITIONS}
criteria:
  all:
{criterion("clean", "project.cost_eur >= 100", "      only_when: site.polluted")}
"""
DATES = {"2025": "2025-05-04", "2026": "2026-05-04"}


@pytest.fixture(scope="module")
def catalogue(catalogue_of):
    return catalogue_of(
        {
            "parameters": PARAMETERS,
            "by-edition": BY_EDITION,
            "waived": WAIVED,
            "concerned": CONCERNED,
        }
    )


def decision(catalogue, scheme, edition, **known):
    given = {key.replace("__", "."): value for key, value in known.items()}
    return catalogue.match(given, DATES[edition], [scheme]).decisions[0]


@pytest.mark.parametrize(
    ("edition", "cost", "outcome", "fr", "en"),
    [
        ("2025", 299_999, "ineligible", "300\u202f000\u00a0€ et 1\u00a0an", "€300,000 and 1 year"),
        ("2025", 300_000, "eligible", "300\u202f000\u00a0€ et 1\u00a0an", "€300,000 and 1 year"),
        (
            "2026",
            399_999,
            "ineligible",
            "400\u202f000\u00a0€ et 2\u00a0ans",
            "€400,000 and 2 years",
        ),
        ("2026", 400_000, "eligible", "400\u202f000\u00a0€ et 2\u00a0ans", "€400,000 and 2 years"),
    ],
)
def test_each_edition_has_its_own_values(catalogue, edition, cost, outcome, fr, en):
    """In the tests, through definitions of definitions, and in the statements."""
    found = decision(catalogue, "parameters", edition, project__cost_eur=cost)
    assert found.outcome == outcome
    assert found.criteria[0].statement.fr == f"Au moins {fr}"
    assert found.criteria[0].statement.en == f"At least {en}"


def test_each_edition_has_its_own_parts(catalogue):
    known = {"applicant__headcount": 3, "project__cost_eur": 5}
    old = decision(catalogue, "by-edition", "2025", **known)
    new = decision(catalogue, "by-edition", "2026", **known)
    assert [c.id for c in old.criteria] == ["always", "one", "other"]
    assert [c.id for c in new.criteria] == ["always", "only-2026"]
    assert [s.id for s in old.signals] == ["then"]
    assert not new.signals
    assert ([r.id for r in old.assessed], [r.id for r in new.assessed]) == ([], ["later"])
    assert ([r.id for r in old.uncoded], [r.id for r in new.uncoded]) == (["before"], [])
    known["project__cost_eur"] = 100
    for edition, part in (("2025", "old"), ("2026", "new")):
        found = decision(catalogue, "by-edition", edition, **known)
        assert [a.id for a in found.aid] == [part]


@pytest.mark.parametrize(
    ("edition", "region", "cost", "status"),
    [
        ("2026", "24", 100, "met"),
        ("2026", "11", 99, "unmet"),
        ("2026", "24", 99, "met"),  # the prefect chose 90 at most
        ("2026", "24", 90, "met"),
        ("2026", "24", 89, "unknown"),
        ("2026", "24", 10, "unknown"),
        ("2026", "24", 9, "unmet"),
        ("2026", None, 50, "unknown"),
        ("2026", None, 9, "unmet"),
        ("2025", "24", 99, "unmet"),
    ],
)
def test_a_failed_test_may_be_waived_where_an_authority_decides(
    catalogue, edition, region, cost, status
):
    known = {"project__cost_eur": cost, "applicant__kind": "societe"}
    known |= {"site__region": region} if region else {}
    found = decision(catalogue, "waived", edition, **known)
    assert found.criteria[0].status == status


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ({"value": 60, "for": "24"}, "met"),
        ({"value": 80, "for": "24"}, "unmet"),
        ({"value": 60, "for": "84"}, "unknown"),
    ],
)
def test_the_answer_of_an_authority_decides_for_its_place(catalogue, answer, status):
    authority = [{"unknown": "waived/local", "on": "2026-05-01", **answer}]
    given = {"project.cost_eur": 70, "site.region": "24", "authority": authority}
    found = catalogue.match(given, "2026-05-04", ["waived"]).decisions[0]
    assert found.criteria[0].status == status


@pytest.mark.parametrize(("value", "outcome"), [(True, "eligible"), (False, "ineligible")])
def test_a_waiver_without_a_place_holds_for_the_profile(catalogue, value, outcome):
    authority = [{"unknown": "waived/waiver", "value": value, "on": "2026-05-01"}]
    given = {"project.cost_eur": 100, "applicant.kind": "commune", "authority": authority}
    assert catalogue.match(given, "2026-05-04", ["waived"]).decisions[0].outcome == outcome
    del given["authority"]
    open_ = catalogue.match(given, "2026-05-04", ["waived"]).decisions[0]
    assert open_.outcome == "undetermined"
    assert [question.unknown for question in open_.ask_authority] == ["waived/waiver"]


@pytest.mark.parametrize(
    ("polluted", "cost", "status", "applies"),
    [
        (True, 100, "met", True),
        (True, 99, "unmet", True),
        (True, None, "unknown", True),
        (False, 99, "met", False),
        (False, None, "met", False),
        (None, 100, "met", True),
        (None, 99, "unknown", True),
        (None, None, "unknown", True),
    ],
)
def test_a_criterion_is_met_where_it_does_not_apply(catalogue, polluted, cost, status, applies):
    known = {"site__polluted": polluted, "project__cost_eur": cost}
    given = {key: value for key, value in known.items() if value is not None}
    (criterion_,) = decision(catalogue, "concerned", "2026", **given).criteria
    assert (criterion_.status, criterion_.applies) == (status, applies)
