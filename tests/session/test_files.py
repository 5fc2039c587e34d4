"""Does a saved session read back to the same report, by a session and by `matcher match`?"""

import json

import pytest
from click.testing import CliRunner
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matcher import Catalogue, Session
from matcher.cli import main
from matcher.facts.values import INFINITY, Span
from matcher.facts.vocabulary import LARGEST
from matcher.facts.write_profile import Given, plain_value, profile_text
from matcher.testing import content_of, profiles, schemes
from matcher.testing import settings as drawn_settings

ON = "2026-05-04"


def examples(root):
    return sorted((root / "profiles" / "examples").glob("*.yaml"))


def test_every_example_goes_round(root, shipped, tmp_path):
    assert examples(root)
    for path in examples(root):
        session = Session.load(shipped, path, ON)
        saved = tmp_path / path.name
        text = session.save(saved)
        assert saved.read_text(encoding="utf-8") == text
        again = Session.load(shipped, saved, ON)
        wanted = session.report.to_json()
        assert again.report.to_json() == wanted
        assert again.save() == text
        assert shipped.match(shipped.profile(saved), ON).to_json() == wanted
        assert session.profile.about == shipped.profile(path).about
        assert [f.name for f in tmp_path.iterdir() if f.name.startswith(".")] == []


def test_the_command_reads_a_saved_session(shipped, tmp_path):
    session = Session(shipped, ON)
    session.answer("applicant.kind", "entreprise_privee")
    session.answer("site.insee", "Romorantin-Lanthenay")
    session.answer("applicant.headcount", {"min": 50, "max": 99})
    session.answer("project.eligible_cost_eur", "1 234 567,89 €")
    session.answer("project.firm_commitment_date", "none")
    session.decline("applicant.turnover_eur")
    session.save(tmp_path / "profil.yaml")
    done = CliRunner().invoke(
        main, ["match", str(tmp_path / "profil.yaml"), "--on", ON, "--format", "json"]
    )
    assert done.exit_code == 0
    assert json.loads(done.stdout) == json.loads(session.report.to_json())
    assert "1234567.89" in session.save()


def test_everything_that_can_be_answered_is_kept(small):
    session = Session(small, ON, {"about": 'Un « essai »\n—\u202f: #1\x85\U0001f3ed \\ "x"'})
    answers = {
        "a.kind": {"one_of": ["firm", "town"]},
        "a.staff": {"min": 3},
        "a.created": "29/02/2024",
        "p.cost": "0,10 €",
        "p.ordered": "none",
        "p.themes": [],
        "p.green": "oui",
        "s.place": "south",
        "a.siret": "732 829 320 00074",
    }
    for key, value in answers.items():
        session.answer(key, value)
    session.decline("p.local")
    session.record("loan/lower_minimum", {"min": 1, "max": "2.50"}, on="2026-05-01")
    session.record("loan/lower_minimum", 7, holds_for="north")
    text = session.save()
    assert text.isprintable() or "\n" in text
    again = Session.load(small, text.encode(), ON)
    assert again.profile == session.profile
    assert again.report.to_json() == session.report.to_json()
    assert again.save() == text
    assert "siren" not in text, "it is read off the SIRET"
    assert 'created: "2024-02-29"' in text
    assert "cost: 0.1" in text


def test_an_empty_session_goes_round(small, session):
    assert Session.load(small, session.save().encode(), ON).save() == session.save()


def test_a_file_that_cannot_be_written_stays_as_it_was(session, tmp_path, monkeypatch):
    path = tmp_path / "profil.yaml"
    session.save(path)
    before = path.read_bytes()
    session.answer("a.kind", "firm")

    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("pathlib.Path.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        session.save(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@settings(max_examples=60)
@given(st.data())
def test_any_profile_goes_round(data):
    setting = data.draw(drawn_settings())
    scheme = data.draw(schemes(setting.vocabulary))
    catalogue = Catalogue(content_of(setting, scheme))
    profile = data.draw(profiles(setting))
    assume(all(abs(end) <= LARGEST for end in ends(profile)))
    given_ = Given.of(profile, lambda key: catalogue.fact(key).kind)
    for source in (profile_text(given_, catalogue.facts).encode(), given_.source()):
        read = catalogue.profile(source)
        known = {
            key: value for key, value in profile.values.items() if plain(value, key, catalogue)
        }
        assert dict(read.values) == known
        assert read.declined == profile.declined


def ends(profile):
    """The finite ends of the ranges; a file cannot hold one that is too large."""
    spans = [value for value in profile.values.values() if isinstance(value, Span)]
    return [end for span in spans for end in (span.low, span.high) if abs(end) != INFINITY]


def plain(value, key, catalogue):
    """What a value is written as; nothing at all for one that says nothing."""
    return plain_value(value, catalogue.fact(key).kind) != {}


@pytest.mark.parametrize("text", ["a\u2028b", "\x00\x1f\x7f", "\ufeff", "\ud83d", "é « x »", ""])
def test_any_text_about_a_profile_goes_round(small, text):
    read = small.profile(profile_text(Given(about=text), ()).encode())
    assert read.about == text
