"""Whatever is typed, does the interview answer, and keep what was answered before?"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Session
from matcher.cli.ask.events import (
    Answered,
    AskAuthority,
    AskFact,
    AskRecord,
    Declined,
    Over,
    Pick,
    Recorded,
    WentBack,
)
from matcher.cli.ask.interview import Interview

PLAUSIBLE = (
    *("1", "2", "3", "o", "n", "oui", "non", "-", "!", "<", "?", "*", "", "aucun", "1, 3", "99"),
    *("400 k€", "entre 50 et 99", "12/03/2026", "Romorantin", "41200", "22.22Z", "plastique"),
    *("site.insee: Angers", "applicant.headcount: 85", "applicant.headcount: -", "x.y: 1"),
    *("applicant.unit_headcount: 120", "site.region: corse", "applicant.kind: ?", "100 000"),
)
lines = st.lists(
    st.one_of(st.sampled_from(PLAUSIBLE), st.sampled_from(PLAUSIBLE), st.text(max_size=30)),
    max_size=8,
)
CHANGING = (Answered, Declined, Recorded, WentBack)


@pytest.fixture(scope="module")
def beginnings(catalogue, plastics):
    """A session that knows nothing, one that knows nearly all, each drawn from anew."""
    return ({}, catalogue.profile(plastics))


@settings(max_examples=25)
@given(lines=lines, much=st.booleans())
def test_any_lines(catalogue, beginnings, lines, much):
    talk = Interview(Session(catalogue, "2026-05-04", beginnings[much]))
    for line in lines:
        before = talk.session.profile
        events = talk.reply(line)
        assert isinstance(talk.prompt, AskFact | Pick | AskAuthority | AskRecord | Over)
        if not any(isinstance(event, CHANGING) for event in events):
            assert talk.session.profile is before, "nothing that was answered is lost"
        elif not any(isinstance(event, WentBack) for event in events):
            lost = before.values.keys() - talk.session.profile.values.keys()
            assert len(lost) <= 2, "only the fact declined, and what was read off it"
    whole = catalogue.match(talk.session.profile, "2026-05-04")
    assert whole.to_json() == talk.session.report.to_json()


@settings(max_examples=8)
@given(lines=lines)
def test_going_back_all_the_way_leads_to_the_beginning(catalogue, lines):
    talk = Interview(Session(catalogue, "2026-05-04"))
    first = talk.prompt
    for line in lines:
        talk.reply(line)
    for _ in range(len(lines) * 2 + 2):
        talk.reply("<")
    assert talk.prompt == first or isinstance(talk.prompt, Over)
    if not isinstance(talk.prompt, Over):
        assert not talk.session.profile.values
