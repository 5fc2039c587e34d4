"""Is the public interface what it was, and does it keep what it is told to itself?"""

import inspect
import logging
import pickle
import subprocess
import sys

import pytest

import matcher
from matcher import Catalogue, Decision, Profile, ProfileError, Report

PUBLIC = [
    "Catalogue",
    "Decision",
    "MatcherError",
    "Outcome",
    "Profile",
    "ProfileError",
    "Report",
    "RuleError",
    "Session",
    "Status",
    "WindowState",
]
# Names that programs use; taking one away, or renaming it, breaks them.
MEMBERS = {
    Catalogue: {"load", "digest", "schemes", "facts", "scheme", "fact", "profile", "match"},
    Report: {"decision", "decisions", "ranked", "conflicts", "to_dict", "to_json", "profile", "on"},
    Decision: {
        "scheme",
        "name",
        "outcome",
        "can_apply_now",
        "window",
        "criteria",
        "unmet",
        "unknown",
        "why_not",
        "missing",
        "ask_authority",
        "reserves",
        "signals",
        "assessed",
        "uncoded",
        "aid",
        "apply",
        "summary",
    },
    Profile: {"values", "declined", "answers", "notices", "about"},
}
PRIVATE = "4242424"
GIVEN = {
    "about": f"Dupont SA {PRIVATE}",
    "applicant.kind": "entreprise_privee",
    "applicant.siren": "732829320",
    "applicant.turnover_eur": int(PRIVATE),
    "applicant.equity_eur": "declined",
    "site.insee": "41194",
}
TOLD = (PRIVATE, "732829320", "Dupont", "41194", "equity_eur")


def test_public_names():
    assert sorted(matcher.__all__) == PUBLIC
    for name in PUBLIC:
        assert getattr(matcher, name).__doc__, f"{name} says what it is"


@pytest.mark.parametrize("owner", MEMBERS, ids=lambda owner: owner.__name__)
def test_public_members(owner):
    known = set(dir(owner)) | set(getattr(owner, "__dataclass_fields__", ()))
    assert known >= MEMBERS[owner]


def test_the_arguments_of_match_and_to_json():
    assert list(inspect.signature(Catalogue.match).parameters) == [
        "self",
        "profile",
        "on",
        "schemes",
    ]
    parameters = inspect.signature(Report.to_json).parameters
    assert list(parameters) == ["self", "lang", "indent", "elsewhere"]
    assert parameters["elsewhere"].default is False
    assert list(inspect.signature(Catalogue.load).parameters) == ["path"]


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Outcome", ["eligible", "ineligible", "undetermined"]),
        ("Status", ["met", "unmet", "unknown"]),
        ("WindowState", ["open", "upcoming", "closed", "unknown"]),
    ],
)
def test_the_words_of_answers(name, values):
    assert [str(member) for member in getattr(matcher, name)] == values


def test_errors_are_of_one_family():
    assert issubclass(matcher.RuleError, matcher.MatcherError)
    assert issubclass(matcher.ProfileError, matcher.MatcherError)
    assert not issubclass(matcher.MatcherError, ValueError)


def test_an_error_may_travel_between_processes(catalogue):
    with pytest.raises(ProfileError) as error:
        catalogue.profile({"applicant.headcount": "x"})
    again = pickle.loads(pickle.dumps(error.value))  # noqa: S301  our own bytes
    assert again.render("en") == error.value.render("en")


# --------------------------------------------------------------------------------------- discretion


@pytest.fixture(scope="module")
def report(catalogue):
    return catalogue.match(catalogue.profile(GIVEN), "2026-05-04")


def test_what_is_printed_of_answers_tells_nothing(report):
    decision = report.decisions[0]
    _ = (decision.criteria, decision.missing, decision.aid, report.to_json())
    for thing in (report, report.profile, decision, decision.facts, decision.values):
        shown = f"{thing!r} {thing}"
        assert not [word for word in TOLD if word in shown], type(thing).__name__
        assert len(shown) < 2_000, f"{type(thing).__name__}: {len(shown)} letters"


def test_the_catalogue_is_printed_in_a_few_words(catalogue):
    assert len(repr(catalogue)) < 500


def test_nothing_is_logged_or_printed(catalogue, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    profile = catalogue.profile(GIVEN)
    for _ in range(5):
        catalogue.match(profile, "2026-05-04", ["pret-vert"]).to_json()
    with pytest.raises(ProfileError):
        catalogue.profile({**GIVEN, "applicant.headcount": f"x{PRIVATE}"})
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert not [word for word in TOLD if word in logged]
    assert capsys.readouterr() == ("", "")


def test_an_error_tells_only_what_is_wrong(catalogue):
    with pytest.raises(ProfileError) as error:
        catalogue.profile({**GIVEN, "applicant.headcount": "beaucoup"})
    told = error.value.render("fr") + repr(error.value)
    assert "beaucoup" in told
    assert not [word for word in TOLD if word in told]


def test_importing_the_library_reads_no_clock_and_opens_no_connection(root):
    code = (
        "import sys; seen = []\n"
        "sys.addaudithook(lambda e, a: seen.append(e) if e.startswith('socket.') else None)\n"
        "from matcher import Catalogue\n"
        "Catalogue.load().match({'applicant.kind': 'epci'}, '2026-05-04').to_json()\n"
        "print(seen)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
