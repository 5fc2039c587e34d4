"""Does a look at rules that are too long end early, say so once, and pretend nothing?"""

import itertools

import pytest

from matcher.authoring.lints.budget import Budget, TooLargeError
from matcher.authoring.lints.cases import Literal, Several
from matcher.authoring.lints.run import Findings
from matcher.authoring.lints.search import possible
from matcher.cli import lints
from matcher.language.diagnostics import MOST_TOLD, Place, diagnostic
from matcher.language.yaml_text import Document

EITHER = [
    Several(1, (Literal(a, 1), Literal(b, 1))) for a, b in itertools.combinations(range(9), 2)
]
FULL = [3] * 9


def test_all_the_searches_of_a_scheme_spend_one_budget():
    budget = Budget(2_000)
    assert possible(EITHER, FULL, budget) is True
    assert budget.complete
    with pytest.raises(TooLargeError):
        [possible(EITHER, FULL, budget) for _ in range(100)]
    assert not budget.complete
    with pytest.raises(TooLargeError):
        budget.spend(0)


def test_very_many_alternatives_need_no_deep_calls():
    many = [Several(1, (Literal(2 * n, 1), Literal(2 * n + 1, 1))) for n in range(990)]
    assert possible(many, [3] * 2_000, Budget(10**9)) is True


def told(found, lang, monkeypatch, capsys):
    monkeypatch.setattr(lints, "lint", lambda *_: found)
    documents: dict[str, Document] = {}
    lints.tell_warnings(None, documents, None, 0, lang)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("lang", "more", "notice"),
    [
        ("fr", "… et 50 autres", "Examen inachevé, règles trop longues : a, b."),
        ("en", "… and 50 more", "Look not finished, rules too long: a, b."),
    ],
)
def test_the_first_warnings_are_told_and_the_notice_comes_last(
    lang, more, notice, monkeypatch, capsys
):
    one = diagnostic("W02", Place("f.yaml", 1, 1), name="x", editions="")
    lines = told(Findings((one,) * (MOST_TOLD + 50), 0, ("a", "b")), lang, monkeypatch, capsys)
    assert len(lines) == 2 * MOST_TOLD + 3
    assert lines[-3] == more
    assert lines[-2].startswith(str(MOST_TOLD + 50))
    assert lines[-1].startswith(notice)


def test_schemes_that_are_too_long_are_not_all_named(monkeypatch, capsys):
    ids = tuple(f"s{n}" for n in range(14))
    assert "s9 et 4 autres." in told(Findings((), 0, ids), "fr", monkeypatch, capsys)[-1]
    assert "s9 and 4 more." in told(Findings((), 0, ids), "en", monkeypatch, capsys)[-1]
