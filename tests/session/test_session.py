"""What does an application see of a session: changes, notifications, questions, mistakes?"""

import logging
import subprocess
import sys
from dataclasses import FrozenInstanceError

import pytest

from matcher import Outcome, ProfileError, Session, Status
from matcher.answers.live import CriterionChange
from matcher.engines.session.engine import DirectRules

ON = "2026-05-04"


def kinds(session):
    return {(n.kind, n.scheme, n.other) for n in session.notifications}


def refused(session, *answer):
    """The codes and the messages of an answer that must be refused and change nothing."""
    before = session.report.to_json(), session.save(), session.changed, session.notifications
    with pytest.raises(ProfileError) as caught:
        session.answer(*answer)
    assert before == (
        session.report.to_json(),
        session.save(),
        session.changed,
        session.notifications,
    )
    for diagnostic in caught.value.diagnostics:
        for lang in ("fr", "en"):
            assert diagnostic.message(lang)
            assert diagnostic.fix(lang)
    return {diagnostic.code for diagnostic in caught.value.diagnostics}, caught.value.render("fr")


# --------------------------------------------------------------------------- answers and changes
def test_durable_rules_is_there_and_fires(session, durable):
    assert session.engine == durable.name == "durable-rules"


def test_an_answer_says_what_it_decided(session):
    (change,) = [c for c in session.answer("a.kind", "firm") if c.scheme == "guide"]
    assert change in session.changed
    assert (change.kind, change.before, change.after) == (
        "can_apply",
        Outcome.UNDETERMINED,
        Outcome.ELIGIBLE,
    )
    assert change.criteria == (CriterionChange("firm", Status.UNKNOWN, Status.MET),)
    assert change.text.fr == "« Guide » : éligible, demandes ouvertes (auparavant : à préciser)"
    assert change.text.en == "“Guide”: eligible, open for applications (before: to be clarified)"


@pytest.mark.parametrize(
    ("steps", "scheme", "kind"),
    [
        ([("p.green", True)], "grant-old", "would_qualify"),
        ([("a.staff", 80)], "grant", "ruled_out"),
        ([("a.kind", "firm"), ("a.kind", "town")], "guide", "lost"),
        ([("a.kind", "town"), ("a.kind", None)], "guide", "reopened"),
        ([("a.staff", 10)], "grant", "progress"),
        ([("p.green", True), ("p.themes", ["heat"])], "bonus", "progress"),
        ([("p.green", True), ("p.cost", 3)], "grant-old", None),
    ],
)
def test_changes_have_a_kind(session, steps, scheme, kind):
    for key, value in steps:
        session.answer(key, value)
    changes = [change for change in session.changed if change.scheme == scheme]
    assert [change.kind for change in changes] == ([] if kind is None else [kind])
    assert all(change.text.fr and change.text.en for change in changes)


def test_a_window_that_depends_on_an_answer_counts(session):
    def calls():
        return [change.kind for change in session.changed if change.scheme == "calls"]

    session.answer("p.digital", True)
    assert calls() == ["would_qualify"], "the window waits for the place"
    session.answer("s.place", "south")
    assert calls() == ["can_apply"]
    session.answer("s.place", "north")
    assert calls() == ["would_qualify"], "its last intake has passed"
    assert session.why("calls")[-1].text.fr == "« Appels » : critères réunis, clos"


def test_an_answer_that_changes_nothing_says_so(session):
    session.answer("a.kind", "firm")
    assert session.answer("a.kind", "firm") == ()
    assert session.changed == ()
    session.undo()
    assert not session.profile.values, "the second time was not a step"


def test_changing_and_withdrawing_give_the_decisions_of_a_fresh_session(session, small):
    session.answer("a.staff", 80)
    session.answer("a.staff", {"min": 10, "max": 20})
    assert (
        session.report.to_json()
        == small.match(small.profile({"a.staff": {"min": 10, "max": 20}}), ON).to_json()
    )
    session.withdraw("a.staff")
    assert session.report.to_json() == Session(small, ON).report.to_json()


def test_undo_goes_back_over_answers_declines_and_withdrawals(session):
    reports = [session.report.to_json()]
    for step in (
        lambda: session.answer("a.kind", "firm"),
        lambda: session.decline("p.cost"),
        lambda: session.answer("s.place", "south"),
        lambda: session.record("loan/lower_minimum", 200, on="2026-05-01"),
        lambda: session.withdraw("a.kind"),
    ):
        step()
        reports.append(session.report.to_json())
    for wanted in reversed(reports[:-1]):
        session.undo()
        assert session.report.to_json() == wanted
    assert session.undo() == ()


def test_a_declined_fact_is_not_asked_again(session):
    session.answer("a.kind", "firm")
    seen = []
    while (question := session.next_question()) is not None:
        assert question.fact not in seen
        seen.append(question.fact)
        session.decline(question.fact)
    assert seen
    assert session.profile.declined == set(seen)


def test_questions_end_when_everything_is_decided(session):
    values = {
        "a.kind": "firm",
        "a.size": "small",
        "p.cost": 500,
        "p.themes": [],
        "s.place": "north",
    }
    while (question := session.next_question()) is not None:
        session.answer(question.fact, values.get(question.fact, False))
    open_ = [d for d in session.decisions if d.outcome is Outcome.UNDETERMINED and d.missing]
    assert not open_


def test_an_authority_answers(session):
    session.answer("a.kind", "firm")
    session.answer("p.cost", 500)
    session.answer("s.place", "south")
    asked = {q.unknown for d in session.decisions for q in d.ask_authority}
    assert "loan/lower_minimum" in asked
    (change,) = session.record("loan/lower_minimum", 400, on="2026-05-01")
    assert (change.scheme, change.kind) == ("loan", "can_apply")
    assert session.record("loan/lower_minimum", 600, holds_for="south")[0].kind == "lost"
    assert session.record("loan/lower_minimum", 300, holds_for="north") == ()
    assert len(session.profile.answers["loan/lower_minimum"]) == 2
    session.withdraw("loan/lower_minimum")
    assert session.profile.answers == {}


# ----------------------------------------------------------------------------------- notifications
def test_schemes_that_lead_to_others(session):
    session.answer("a.kind", "firm")
    assert kinds(session) == {("opens", "guide", "loan")}, "a closed grant is not worth telling"
    (notification,) = session.notifications
    assert notification.text.fr == (
        "« Guide » est accessible d'après vos réponses, et ouvre la voie à « Prêt »"
    )
    session.answer("a.kind", "town")
    assert kinds(session) == set()


def test_schemes_that_rule_each_other_out(session):
    for key in ("p.green", "p.digital"):
        session.answer(key, True)
    session.answer("a.size", "small")
    assert ("excludes", "bonus", "grant") in kinds(session)
    assert ("excludes", "grant", "loan") not in kinds(session), "the loan is not decided yet"
    session.answer("a.kind", "firm")
    session.answer("p.cost", 2000)
    texts = {(n.scheme, n.other): n.text.fr for n in session.notifications if n.kind == "excludes"}
    assert texts["grant", "loan"] == (
        "« Subvention » et « Prêt » s'excluent l'un l'autre : ne comptez pas sur les deux"
    )
    assert (
        texts["bonus", "grant"] == "« Subvention » exclut « Prime » : ne comptez pas sur les deux"
    )
    session.withdraw("p.digital")
    session.answer("p.local", False)
    assert not [n for n in session.notifications if n.kind == "excludes"]


def test_a_closed_scheme_names_the_one_that_replaces_it(session):
    assert kinds(session) == set(), "nobody knows yet whether it would have been for them"
    session.answer("p.green", True)
    (told,) = session.notifications
    assert (told.kind, told.scheme, told.other) == ("replaces", "grant-new", "grant-old")
    assert told.text.fr == "« Ancienne aide » est clos : voyez « Nouvelle aide », qui le remplace"
    session.answer("p.green", False)
    assert kinds(session) == set(), "neither is for this applicant"


def test_the_territory_may_apply(session):
    session.answer("a.kind", "firm")
    session.answer("s.place", "north")
    (told,) = [n for n in session.notifications if n.kind == "territory"]
    assert (told.scheme, told.other) == ("works", None)
    assert told.text.fr == "« Travaux » : votre commune peut le demander"
    session.answer("s.place", "south")
    assert ("territory", "works", None) not in kinds(session)


def test_editions_that_differ_leave_a_scheme_open(session):
    session.answer("p.green", True)
    session.answer("p.cost", 500)
    new = session.report.decision("grant-new")
    assert new.outcome is Outcome.UNDETERMINED, "it depends on the place"
    assert session.engine == "durable-rules"
    why = [rule.text.fr for rule in session.why("grant-new") if rule.rule.startswith("all")]
    assert {text.split(" : ")[0] for text in why} == {
        "Conditions (édition north)",
        "Conditions (édition south)",
        "Conditions (hors édition)",
    }
    session.answer("s.place", "south")
    assert session.report.decision("grant-new").outcome is Outcome.INELIGIBLE
    assert session.why("grant-new")[0].text.fr.startswith("Conditions : ")
    session.answer("s.place", "north")
    assert session.report.decision("grant-new").outcome is Outcome.ELIGIBLE


def test_subscribers_are_told_what_began_and_what_ended(session):
    told = []
    end = session.subscribe(told.append)
    session.answer("a.kind", "firm")
    assert told[-1].changed == session.changed
    assert [n.kind for n in told[-1].began] == ["opens"]
    session.withdraw("a.kind")
    assert [n.kind for n in told[-1].ended] == ["opens"]
    session.answer("a.kind", None)
    assert len(told) == 2, "nothing changed"
    end()
    end()
    session.answer("a.kind", "firm")
    assert len(told) == 2


def test_a_subscriber_that_fails_loses_nothing(session):
    def fails(_):
        raise RuntimeError

    end = session.subscribe(fails)
    with pytest.raises(RuntimeError):
        session.answer("a.kind", "firm")
    end()
    assert session.report.decision("guide").outcome is Outcome.ELIGIBLE
    session.undo()
    assert not session.profile.values


def test_what_is_told_cannot_be_changed(session):
    session.answer("a.kind", "firm")
    for record in (session.changed[0], session.notifications[0], session.trace[0]):
        with pytest.raises(FrozenInstanceError):
            record.scheme = "other"


# ------------------------------------------------------------------------------------------ reasons
def test_why_names_the_rules_that_fired(session):
    session.answer("p.green", True)
    session.answer("a.staff", 80)
    rules = [(rule.rule, rule.concludes) for rule in session.why("grant")]
    assert rules == [
        ("otherwise", "unk"),
        ("all.no", "no"),
        ("scheme.ineligible", "ineligible"),
    ]
    texts = [rule.text for rule in session.why("grant")]
    assert texts[0].fr.endswith(
        "il en faut au moins 2 ; il reste à savoir : Un projet numérique ; Un projet local"
    )
    assert texts[1].fr.endswith("non rempli : Une petite entreprise")
    assert texts[2].en == "“Grant”: criteria not met, open for applications"


def test_why_names_groups_and_relations(session):
    session.answer("p.ordered", "none")
    session.answer("a.young", True)
    texts = [rule.text.fr for rule in session.why("bonus")]
    assert texts == [
        "Un projet prudent : toutes les conditions sont remplies",
        "Conditions : une condition suffit ; rempli : Un projet prudent",
        "« Prime » : critères réunis, demandes ouvertes",
    ]
    session.answer("a.kind", "firm")
    assert [rule.rule for rule in session.why("loan")] == ["otherwise", "otherwise", "link.opens"]


def test_the_trace_holds_the_rules_of_the_last_answer(session):
    session.answer("p.themes", ["heat"])
    assert {(rule.rule, rule.scheme) for rule in session.trace} == {
        ("any.yes", "bonus"),
        ("scheme.apply", "bonus"),
    }


def test_every_rule_says_something_in_both_languages(shipped):
    session = Session(shipped, ON)
    for key, value in (("applicant.kind", "entreprise_privee"), ("site.insee", "41194")):
        session.answer(key, value)
        for rule in session.trace:
            assert rule.text.fr
            assert rule.text.en
            assert "{" not in rule.text.fr
    for scheme in shipped.schemes:
        assert session.why(scheme)


def test_a_scheme_that_does_not_exist_has_no_reasons(session):
    with pytest.raises(ProfileError) as caught:
        session.why("lone")
    assert caught.value.diagnostics[0].suggestion == "loan"


# ----------------------------------------------------------------------------------------- mistakes
@pytest.mark.parametrize(
    ("answer", "codes"),
    [
        (("a.staff", "beaucoup"), {"P02"}),
        (("a.staff", -3), {"P03"}),
        (("a.staff", {"min": 9, "max": 3}), {"P04"}),
        (("a.kind", "société"), {"P05"}),
        (("a.siret", "123"), {"P07"}),
        (("a.staff", "none"), {"P08"}),
        (("a.stuff", 3), {"P01"}),
        (("about", "x"), {"P01"}),
        (("authority", []), {"P01"}),
        (("loan/lower_minimum", "x"), {"P02"}),
        (("loan/lower", 3), {"P01"}),
        (("a.created", "2026-13-01"), {"P02"}),
        (("p.cost", object()), {"P02"}),
        (("p.cost", float("nan")), {"P02"}),
    ],
)
def test_an_answer_that_is_not_possible_is_refused(session, answer, codes):
    session.answer("a.kind", "firm")
    session.answer("s.place", "south")
    assert refused(session, *answer)[0] == codes


def test_an_answer_that_contradicts_another_is_refused_and_both_are_named(session):
    session.answer("a.staff", 10)
    codes, text = refused(session, "a.size", "large")
    assert codes == {"P10"}
    assert "a.size" in text
    assert "a.staff" in text


def test_two_identifiers_that_do_not_agree_are_refused(session):
    session.answer("a.siren", "552081317")
    assert refused(session, "a.siret", "73282932000074")[0] == {"P10"}
    session.withdraw("a.siren")
    session.answer("a.siret", "73282932000074")
    assert session.profile.values.keys() == {"a.siret", "a.siren"}
    session.withdraw("a.siret")
    assert session.profile.values == {}, "the SIREN was read off the SIRET"


def test_a_commune_and_a_postcode_that_do_not_agree_are_refused(shipped):
    session = Session(shipped, ON)
    session.answer("site.insee", "41194")
    codes, text = refused(session, "site.postcode", "75001")
    assert codes == {"P10"}
    assert "Code postal" in text


def test_an_answer_that_cannot_be_on_this_date_is_refused(session):
    session.answer("a.created", "2025-06-01")
    assert refused(session, "a.young", False)[0] == {"P10"}


def test_a_profile_that_already_contradicts_itself_on_this_date_is_put_up_with(small):
    session = Session(small, ON, {"a.created": "2025-06-01", "a.young": False})
    session.answer("p.green", True)
    session.answer("a.created", "2001-01-01")
    session.undo()
    assert session.report.conflicts == ("a.young",)


def test_an_authority_nobody_asks_is_refused(session):
    with pytest.raises(ProfileError) as caught:
        session.record("loan/other", 3)
    assert caught.value.diagnostics[0].code == "P13"
    with pytest.raises(ProfileError) as caught:
        session.record("loan/lower_minimum", 3)
    assert caught.value.diagnostics[0].code == "P16", "the place is not known"


def test_withdrawing_needs_a_fact(session):
    with pytest.raises(ProfileError):
        session.withdraw("a.stuff")
    with pytest.raises(ProfileError):
        session.decline("a.stuff")
    assert session.withdraw("a.staff") == ()


def test_a_session_needs_a_day_and_a_profile_that_can_be_read(small):
    with pytest.raises(ProfileError):
        Session(small, "demain")
    with pytest.raises(ProfileError):
        Session(small, ON, {"a.staff": -1})


def test_how_an_answer_was_read_is_told(session):
    session.answer("a.siret", "732 829 320 00074")
    assert [notice.fact for notice in session.notices] == ["a.siret"]
    session.answer("a.kind", "firm")
    assert session.notices == ()


# ------------------------------------------------------------------------------------ other engine
def test_without_durable_rules_a_session_says_the_same_and_says_so_once():
    code = (
        "import logging, sys; sys.modules['durable_rules_engine'] = None\n"
        "logging.basicConfig(format='%(message)s')\n"
        "from matcher import Catalogue, Session\n"
        "catalogue = Catalogue.load(sys.argv[1])\n"
        "for _ in range(3):\n"
        "    session = Session(catalogue, '2026-05-04')\n"
        "    session.answer('a.kind', 'firm')\n"
        "    session.answer('p.green', True)\n"
        "print(session.engine, [c.kind for c in session.changed], len(session.notifications))\n"
    )
    rules = __file__.removesuffix("test_session.py") + "catalogue/rules"
    done = subprocess.run(
        [sys.executable, "-c", code, rules], capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[0] == "direct"
    assert done.stderr.count("evaluate directly") == 1
    assert done.stderr.count("\n") == 1


class Mistaken(DirectRules):
    """An engine that fires one rule too many, or another one."""

    name = "mistaken"

    def __init__(self, instead):
        self.instead = instead

    def fired(self, facts):
        return [
            frozenset(self.instead.get(rule, rule) for rule in rules)
            for rules in super().fired(facts)
        ]


@pytest.mark.parametrize(
    "instead",
    [{"scheme.apply": "scheme.ineligible"}, {"otherwise": "all.yes"}, {"otherwise": "?"}],
)
def test_an_engine_that_is_wrong_is_told_and_not_believed(session, small, caplog, instead):
    session._follower.engine = Mistaken(instead)
    with caplog.at_level(logging.ERROR):
        session.answer("a.kind", "firm")
        session.answer("a.siret", "73282932000074")
    assert session.engine == "direct"
    fresh = small.match(small.profile(session.save().encode()), ON)
    assert session.report.to_json() == fresh.to_json()
    assert len(caplog.records) == 1, "said once"
    for value in ("firm", "7328", "a.kind"):
        assert value not in caplog.text


def test_a_session_shows_no_value(session):
    session.answer("a.siret", "73282932000074")
    session.answer("p.cost", 123456)
    for shown in (repr(session), repr(session.profile), repr(session.report)):
        assert "7328" not in shown
        assert "123456" not in shown
