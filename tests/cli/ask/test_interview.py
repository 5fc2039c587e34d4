"""Does an interview ask, refuse, go back and end as a person expects, whatever shows it?"""

import pytest

from matcher.answers.views import Reason
from matcher.cli.ask.commands import Command, command_typed
from matcher.cli.ask.events import (
    Answered,
    AskAuthority,
    AskFact,
    AskRecord,
    Declined,
    Explained,
    LaterOnly,
    ListWanted,
    LookedElsewhere,
    MayBeElsewhere,
    Over,
    Pick,
    Recorded,
    Refused,
    Reminded,
    Skipped,
    WentBack,
)


def asked(interview):
    assert isinstance(interview.prompt, AskFact)
    return interview.prompt.fact.key


def only(interview, line, kind):
    events = interview.reply(line)
    assert isinstance(events[0], kind), events
    return events[0]


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("?", Command.HELP),
        (" - ", Command.UNKNOWN),
        ("je ne sais pas", Command.UNKNOWN),
        ("!", Command.DECLINE),
        ("<", Command.BACK),
        ("*", Command.LIST),
        ("Et ailleurs ?", Command.ELSEWHERE),
        ("elsewhere", Command.ELSEWHERE),
        ("FIN", Command.END),
        ("q", Command.END),
        ("", Command.NOTHING),
        ("-5", None),
        ("finance", None),
        ("non", None),
    ],
)
def test_keys(text, command):
    assert command_typed(text) is command


def test_who_and_where_come_first(interview):
    talk = interview()
    assert asked(talk) == "applicant.kind"
    assert only(talk, "1", Answered).said.fr.startswith("Société")
    assert asked(talk) == "site.insee"
    assert only(talk, "romorantin", Answered).said.fr == "Romorantin-Lanthenay (41, Loir-et-Cher)"


def test_what_is_known_is_not_asked(interview):
    talk = interview({"applicant.kind": "epci", "site.insee": "41194", "applicant.naf": "22.22Z"})
    assert asked(talk) not in ("applicant.kind", "site.insee", "applicant.naf")


def test_a_territory_chooses_among_public_bodies_first(interview):
    talk = interview(territory=True)
    first = [choice for choice, _ in talk.prompt.fact.choices[:3]]
    assert first == ["collectivite", "commune", "epci"]
    assert len(talk.prompt.fact.choices) == len(talk.vocabulary["applicant.kind"].choices)
    talk.reply("3")
    assert asked(talk) == "applicant.siren"
    assert only(talk, "Sologne des Rivières", Answered).said.fr == "244100806"


def test_an_answer_says_what_it_changed(interview):
    event = only(interview(), "epci", Answered)
    assert {change.kind for change in event.changes} >= {"ruled_out"}


def test_several_meanings_are_listed_and_chosen_by_number(interview):
    talk = interview({"applicant.kind": "entreprise_privee"})
    assert talk.reply("41200") == ()
    assert isinstance(talk.prompt, Pick)
    only(talk, "99", Refused)
    assert isinstance(talk.prompt, Pick), "the list is still there"
    place = [candidate.value for candidate in talk.prompt.candidates].index("41194") + 1
    only(talk, str(place), Answered)
    assert talk.session.profile.values["site.insee"].members == {"41194"}


def test_a_list_is_left_by_typing_something_clearer_or_going_back(interview):
    talk = interview({"applicant.kind": "entreprise_privee"})
    talk.reply("41200")
    only(talk, "<", Reminded)
    assert asked(talk) == "site.insee"
    talk.reply("41200")
    only(talk, "Romorantin", Answered)
    talk.reply("<")
    talk.reply("41200")
    only(talk, "-", Skipped)


def test_what_cannot_be_is_refused_and_asked_again(interview):
    talk = interview({"applicant.headcount": 50})
    before, question = talk.session.profile, asked(talk)
    for line in (
        "nonsense of any kind",
        "applicant.headcount: -3",
        "applicant.headcount: beaucoup",
        "applicant.unit_headcount: 120",
        "applicant.siren: 123456789",
        "site.insee: 99999",
        "applicant.de_minimis_room_eur: 3",
        "site.inse: 41194",
    ):
        refused = only(talk, line, Refused)
        assert refused.why.fr
        assert refused.why.en
        assert talk.session.profile is before
        assert asked(talk) == question


def test_a_contradiction_names_both_facts_in_words(interview):
    talk = interview({"applicant.headcount": 50})
    refused = only(talk, "applicant.unit_headcount: 120", Refused)
    assert "Effectif de l'unité légale (SIREN)" in refused.why.fr
    assert "« Effectif »" in refused.why.fr
    assert "applicant." not in refused.why.fr
    assert "applicant.headcount: …" in refused.how.fr
    only(talk, "applicant.headcount: 150", Answered)
    only(talk, "applicant.unit_headcount: 120", Answered)


def test_a_siret_must_agree_with_the_siren(interview):
    talk = interview({"site.siret": "73282932000074"})
    refused = only(talk, "applicant.siren: 552 100 554", Refused)
    assert "SIREN" in refused.why.fr
    assert "SIRET" in refused.why.fr


def test_not_knowing_is_not_declining(interview):
    talk = interview()
    only(talk, "-", Skipped)
    assert asked(talk) != "applicant.kind"
    missing = {
        entry.fact: entry.reason
        for decision in talk.session.report.decisions
        for entry in decision.missing
    }
    assert missing["applicant.kind"] is Reason.ABSENT
    only(talk, "!", Declined)
    assert talk.session.profile.declined


def test_what_was_skipped_never_comes_again(interview, plastics):
    talk = interview(plastics)
    seen = []
    while isinstance(talk.prompt, AskFact):
        seen.append(asked(talk))
        talk.reply("-")
    assert len(seen) == len(set(seen))
    assert seen


def test_a_range_is_not_asked_about_twice(interview, plastics):
    talk = interview(plastics)
    only(talk, "site.headcount: entre 10 et 300", Answered)
    while isinstance(talk.prompt, AskFact):
        assert asked(talk) != "site.headcount"
        talk.reply("-")


def test_back_takes_one_step_after_the_other_back(interview):
    talk = interview()
    questions, profiles = [], []
    for line in ("1", "-", "22.22Z", "!", "n"):
        questions.append(asked(talk))
        profiles.append(dict(talk.session.profile.values))
        talk.reply(line)
    for question, profile in zip(reversed(questions), reversed(profiles), strict=True):
        assert only(talk, "<", WentBack).label is not None
        assert asked(talk) == question
        assert dict(talk.session.profile.values) == profile
    assert only(talk, "<", WentBack).label is None


def test_back_after_an_answer_that_changed_nothing(interview):
    talk = interview({"applicant.headcount": 50})
    talk.reply("1")
    only(talk, "applicant.headcount: 50", Answered)
    only(talk, "<", WentBack)
    assert "applicant.kind" in talk.session.profile.values


def test_back_restores_what_a_profile_brought(interview):
    talk = interview({"applicant.headcount": {"min": 50, "max": 99}})
    only(talk, "applicant.headcount: 85", Answered)
    only(talk, "<", WentBack)
    span = talk.session.profile.values["applicant.headcount"]
    assert (span.low, span.high) == (50, 99)


def test_help_gives_the_meaning_and_the_source(interview):
    talk = interview({"applicant.kind": "entreprise_privee", "site.insee": "41194"})
    explained = only(talk, "?", Explained)
    assert explained.help.fr
    assert explained.how.fr
    assert explained.waiting[0].statement.fr
    assert explained.waiting[0].sources[0].title
    only(talk, "project.started: ?", Explained)


def test_nothing_and_the_list_change_nothing(interview):
    talk = interview()
    before = talk.prompt
    only(talk, "", Reminded)
    only(talk, "*", ListWanted)
    assert talk.prompt == before


def test_another_question_may_be_answered_or_skipped_at_any_time(interview):
    talk = interview()
    only(talk, "project.started = non", Answered)
    only(talk, "applicant.naf: -", Skipped)
    only(talk, "applicant.headcount: !", Declined)
    assert asked(talk) == "applicant.kind"


@pytest.mark.parametrize("word", ["fin", "q", "end"])
def test_an_interview_may_be_ended_at_any_time(interview, word):
    talk = interview()
    talk.reply("1")
    talk.reply(word)
    assert talk.prompt == Over(stopped=True)
    assert talk.reply("1") == ()


def skipped_to_the_end(talk):
    told = []
    while isinstance(talk.prompt, AskFact):
        told += talk.reply("-")
    return told


def test_it_says_when_only_other_schemes_are_left(interview, plastics):
    talk = interview(plastics)
    told = [*talk.opening, *skipped_to_the_end(talk)]
    later = [event for event in told if isinstance(event, LaterOnly)]
    assert later[0] == LaterOnly(closed=False)
    assert len(later) == len(set(later)), "said once"


@pytest.fixture
def ajaccio(root):
    """A project in Corsica, where the prefect may choose the minimum."""
    return root / "profiles" / "examples" / "pme-agroalimentaire-ajaccio.yaml"


def test_an_authority_s_answer_is_recorded_with_its_date(interview, ajaccio):
    talk = interview(ajaccio)
    given = dict(talk.session.profile.answers)
    skipped_to_the_end(talk)
    assert isinstance(talk.prompt, AskAuthority)
    keys = [one.question.unknown for one in talk.prompt.questions[: talk.prompt.recordable]]
    assert None not in keys
    wanted = "fonds-vert-territoires-industrie/local_minimum"
    talk.reply(str(keys.index(wanted) + 1))
    assert isinstance(talk.prompt, AskRecord)
    only(talk, "beaucoup", Refused)
    assert talk.reply("200 k€") == ()
    assert talk.prompt.part == "on"
    only(talk, "mars 2026", Refused)
    only(talk, "20/04/2026", Recorded)
    answer = talk.session.profile.answers[wanted][-1]
    assert answer.value.low == 200_000
    assert answer.holds_for == "94"
    assert answer.on is not None
    only(talk, "<", WentBack)
    assert talk.session.profile.answers == given


def test_a_recording_may_be_left_and_its_place_is_asked_for(interview, ajaccio):
    talk = interview(ajaccio)
    talk.session.withdraw("site.insee")
    skipped_to_the_end(talk)
    keys = [one.question.unknown for one in talk.prompt.questions[: talk.prompt.recordable]]
    index = str(keys.index("fonds-vert-territoires-industrie/local_minimum") + 1)
    talk.reply(index)
    talk.reply("<")
    assert isinstance(talk.prompt, AskAuthority)
    talk.reply(index)
    talk.reply("200 000")
    assert talk.prompt.part == "place"
    only(talk, "-", Refused)
    talk.reply("corse")
    only(talk, "-", Recorded)
    talk.reply("")
    assert talk.prompt == Over(stopped=False)


# ------------------------------------------------------------------------------------- elsewhere
def kinds(events):
    return [type(event) for event in events]


def test_other_communes_are_mentioned_once_where_the_place_rules_something_out(interview):
    talk = interview({"applicant.kind": "entreprise_privee"})
    assert MayBeElsewhere in kinds(talk.reply("site.insee: Angers"))
    assert MayBeElsewhere not in kinds(talk.reply("site.insee: 62009"))


def test_other_communes_are_not_mentioned_where_they_are_no_use(interview):
    talk = interview({"applicant.kind": "entreprise_privee"})
    assert MayBeElsewhere not in kinds(talk.reply("site.insee: romorantin"))
    talk = interview()
    assert MayBeElsewhere not in kinds(talk.reply("commune"))
    assert MayBeElsewhere not in kinds(talk.reply("site.insee: Angers"))


def test_who_asks_sees_the_communes_around_and_the_same_question_again(interview):
    talk = interview({"applicant.kind": "entreprise_privee", "site.insee": "49007"})
    question, profile = talk.prompt, talk.session.profile
    seen = only(talk, "et ailleurs ?", LookedElsewhere)
    assert any("Angrie" in text.fr for _, text in seen.told.lines)
    assert (talk.prompt, talk.session.profile) == (question, profile)
    assert talk.looked_elsewhere


def test_one_may_ask_at_any_point(interview):
    talk = interview()
    assert "n'est pas connue" in only(talk, "ailleurs", LookedElsewhere).told.before[0].fr
    talk.reply("site.insee: Saint-Denis")
    assert isinstance(talk.prompt, Pick)
    only(talk, "ailleurs", LookedElsewhere)
    assert isinstance(talk.prompt, Pick)
