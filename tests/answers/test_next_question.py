"""Which question comes next, why it is asked, and when the questions end."""

import pytest

from matcher.answers.likely_answers import Hints, likely_answers, share_of_yes
from matcher.answers.next_question import next_question, ranked_questions
from matcher.facts.values import INFINITY, NO, NOTHING, YES, Options, Span, option, point

ON = "2026-05-04"
PRIVATE = """
  applicant.insolvency:
    type: boolean
    sensitive: true
    label: {fr: "Procédure collective", en: "Insolvency"}
  project.ordered:
    type: boolean
    label: {fr: "Commandé", en: "Ordered"}
"""


def criterion(id_, test):
    states = f'{{fr: "{id_} fr", en: "{id_} en"}}'
    return f"{{id: {id_}, states: {states}, test: {test!r}, source: S1}}"


def all_of(*tests):
    items = ", ".join(criterion(f"c{i}", test) for i, test in enumerate(tests))
    return f"criteria: {{all: [{items}]}}"


def ranked(catalogue, **facts):
    given = {key.replace("__", "."): value for key, value in facts.items()}
    return ranked_questions(catalogue.match(given, ON))


def order(catalogue, **facts):
    return [question.fact for question in ranked(catalogue, **facts)]


STAFF, CLEAN, COST = "applicant.headcount >= 10", "not site.polluted", "project.cost_eur >= 100"
FIRM = 'applicant.kind == "societe"'
SOLVENT = "not applicant.insolvency"


# -------------------------------------------------------------------------------------- which one
def test_the_fact_that_decides_most_comes_first(catalogue_of):
    catalogue = catalogue_of({"one": all_of(STAFF, COST), "two": all_of(CLEAN, COST)})
    assert order(catalogue)[0] == "project.cost_eur"


def test_an_answer_that_would_likely_rule_out_comes_before_one_that_would_not(catalogue_of):
    """One kind in three is a company, and most sites are clean."""
    catalogue = catalogue_of({"one": all_of(CLEAN, FIRM)})
    assert order(catalogue) == ["applicant.kind", "site.polluted"]


def test_sensitive_questions_come_last_however_useful(catalogue_of):
    catalogue = catalogue_of(
        {"one": all_of(SOLVENT, CLEAN), "two": all_of(SOLVENT), "three": all_of(SOLVENT)},
        facts=PRIVATE,
    )
    assert order(catalogue) == ["site.polluted", "applicant.insolvency"]
    assert [question.sensitive for question in ranked(catalogue)] == [False, True]


def test_more_money_at_stake_breaks_a_tie(catalogue_of):
    aid = 'aid: [{id: a, form: grant, states: {fr: "S", en: "G"}, amount: 500000, basis: S1}]'
    bodies = {"one": all_of(CLEAN), "two": f"{all_of('project.ordered')}\n{aid}"}
    assert order(catalogue_of(bodies, facts=PRIVATE))[0] == "project.ordered"


def test_open_schemes_first_then_those_that_may_open_then_closed_ones(shipped):
    """Whatever is declined, so that the questions run through all the schemes."""
    schemes = ["diag-eco-flux", "ingenierie-banque-des-territoires", "tremplin"]
    states = ["open", "unknown", "closed"]
    given, seen = {}, []
    while (question := next_question(shipped.match(given, "2026-11-22", schemes))) is not None:
        report = shipped.match(given, "2026-11-22", schemes)
        found = [str(report.decision(scheme).window_found.state) for scheme in question.decides]
        seen.append(min(map(states.index, found)))
        given[question.fact] = "declined"
    assert seen == sorted(seen)
    assert set(seen) == {0, 1, 2}


def test_a_date_that_gives_another_answer_too_is_asked_instead_of_it(shipped):
    """The date of the first order says whether the project has started."""
    asked = order(shipped)
    assert asked.index("project.firm_commitment_date") < asked.index("project.started")
    (question,) = (q for q in ranked(shipped) if q.fact == "project.firm_commitment_date")
    (started,) = (q for q in ranked(shipped) if q.fact == "project.started")
    assert set(started.settles) <= set(question.settles)


@pytest.mark.parametrize("day", ["2026-05-04", "2026-11-22"])
def test_facts_of_decided_schemes_are_not_asked(shipped, day):
    given = {"applicant.kind": "particulier", "applicant.microentrepreneur": True}
    report = shipped.match(given, day)
    wanted = {m.fact for d in report.decisions if d.outcome != "ineligible" for m in d.missing}
    assert {question.fact for question in ranked_questions(report)} <= wanted
    assert not wanted & given.keys()


def test_a_negative_amount_at_stake_is_nothing_at_stake(catalogue_of):
    amount = "amount: project.cost_eur - 10_000"
    aid = f'aid: [{{id: a, form: grant, states: {{fr: "S", en: "G"}}, {amount}, basis: S1}}]'
    catalogue = catalogue_of({"one": f"{all_of(CLEAN)}\n{aid}"})
    assert order(catalogue, project__cost_eur=0) == ["site.polluted"]


def test_the_next_question_is_the_first_of_all_through_an_interview(shipped):
    """It is found without trying every fact."""
    given = {}
    for value in [*["declined"] * 4, "unknown"]:
        report = shipped.match(given, ON)
        question = next_question(report)
        assert question == ranked_questions(report)[0]
        given[question.fact] = value


# -------------------------------------------------------------------------------------------- why
WHY = [
    ([STAFF], 1, "peut décider 1 dispositif", "may decide 1 scheme"),
    ([STAFF, STAFF], 2, "peut décider 2 dispositifs", "may decide 2 schemes"),
    ([f"{STAFF} or {CLEAN}"], 1, "peut décider 1 dispositif", "may decide 1 scheme"),
    (
        [STAFF, f"{STAFF} and {FIRM} or {COST}"],
        1,
        "peut décider 1 dispositif, en fait avancer 1 autre",
        "may decide 1 scheme, moves 1 other forward",
    ),
    (
        [f"{STAFF} and {FIRM} or {COST} and {CLEAN}"] * 2,
        0,
        "fait avancer 2 dispositifs",
        "moves 2 schemes forward",
    ),
]


@pytest.mark.parametrize(("tests", "settled", "fr", "en"), WHY)
def test_the_reason_tells_what_an_answer_decides_from_what_it_moves(
    catalogue_of, tests, settled, fr, en
):
    catalogue = catalogue_of({f"s{i}": all_of(test) for i, test in enumerate(tests)})
    (staff,) = (q for q in ranked(catalogue) if q.fact == "applicant.headcount")
    assert (staff.why.fr, staff.why.en) == (fr, en)
    assert len(staff.settles) == settled
    assert set(staff.settles) <= set(staff.decides)
    assert len(staff.decides) == len(tests)


# --------------------------------------------------------------------------------------- the end
UNKNOWNS = """
unknowns:
  waiver: {type: boolean, states: {fr: "Dérogation", en: "Waiver"}, ask: ademe}
  local: {type: boolean, states: {fr: "Accord", en: "Consent"}, ask: prefet}
"""


def test_what_could_decide_nothing_any_more_is_not_asked(catalogue_of):
    """Polluted or not, both authorities have to answer first."""
    inner = f"{{any: [{criterion('clean', CLEAN)}, {criterion('local', 'local')}]}}"
    body = f"{UNKNOWNS}\ncriteria: {{all: [{criterion('waived', 'waiver')}, {inner}]}}"
    report = catalogue_of({"one": body}).match({}, ON)
    (decision,) = report.decisions
    assert [missing.fact for missing in decision.missing] == ["site.polluted"]
    assert next_question(report) is None
    assert [question.unknown for question in decision.ask_authority] == ["one/waiver", "one/local"]


def test_what_could_still_rule_out_is_asked_before_an_authority(catalogue_of):
    body = f"{UNKNOWNS}\n{all_of('waiver', CLEAN)}"
    catalogue = catalogue_of({"one": body})
    assert order(catalogue) == ["site.polluted"]
    assert order(catalogue, site__polluted=True) == []
    report = catalogue.match({"site.polluted": False}, ON)
    assert next_question(report) is None
    assert [q.authority for q in report.decisions[0].ask_authority] == ["ademe"]


def test_a_declined_question_is_not_asked_again(catalogue_of):
    catalogue = catalogue_of({"one": all_of(STAFF, CLEAN)})
    assert order(catalogue, applicant__headcount="declined") == ["site.polluted"]
    assert order(catalogue, applicant__headcount="declined", site__polluted="declined") == []


# --------------------------------------------------------------------------------- likely answers
@pytest.fixture(scope="module")
def facts(catalogue_of):
    """The vocabulary of the small catalogues."""
    return catalogue_of({"one": all_of(CLEAN)}).content.vocabulary


HINTS = Hints({"project.cost_eur": {100, 1000}}, lambda _, most: ("a", "b")[:most], 739_000)


@pytest.mark.parametrize(
    ("key", "known", "answers"),
    [
        ("site.polluted", None, [YES, NO]),
        ("applicant.kind", None, [option(k) for k in ("societe", "association", "commune")]),
        ("applicant.kind", Options(frozenset({"societe", "commune"})), ["commune", "societe"]),
        ("project.cost_eur", None, [point(99), point(550), point(1001)]),
        ("project.cost_eur", Span(500, INFINITY), [point(999), point(1001)]),
        ("project.cost_eur", Span(100, 1000), [point(100), point(1000)]),
        ("project.cost_eur", point(3), [point(3)]),
        ("site.insee", None, [option("a"), option("b")]),
        ("applicant.siren", None, []),
    ],
)
def test_likely_answers_stand_for_all_the_others(facts, key, known, answers):
    found = [answer for answer, _ in likely_answers(facts[key], known, HINTS)]
    wanted = [option(answer) if isinstance(answer, str) else answer for answer in answers]
    assert found == wanted


def test_what_may_be_none_often_is(facts):
    shares = dict(likely_answers(facts["project.ordered_on"], None, HINTS))
    assert shares.pop(NOTHING) == 0.5
    assert sum(shares.values()) == pytest.approx(0.5)


def test_yes_is_rarer_than_no_until_somebody_says_yes():
    assert share_of_yes([]) == 0.25
    assert share_of_yes([point(3), NOTHING]) == 0.25
    assert share_of_yes([NO]) < 0.25 < share_of_yes([YES]) < share_of_yes([YES, YES]) < 1
