"""Does `matcher ask` work from a file of answers, and write what it is told to?"""

import os
import re

import pytest

from matcher import Catalogue

DATE = "2026-05-04"
ANSWERS = """# An imaginary company
société
1

romorantin
22.22Z
project.started: non
project.eligible_cost_eur: 1,2 M€
applicant.headcount: entre 50 et 99
fin
"""


def held(run, given, *options, lang="fr"):
    return run("ask", "--on", DATE, "--lang", lang, *options, given=given)


def test_a_file_of_answers_gives_the_report(run):
    done = held(run, ANSWERS)
    assert done.exit_code == 0
    assert "› romorantin" in done.stdout, "answers are echoed"
    assert "✓ Commune du projet : Romorantin-Lanthenay (41, Loir-et-Cher)" in done.stdout
    assert "Réponse au 4 mai 2026" in done.stdout
    assert "imaginary" not in done.stdout, "comments are not answers"
    assert "\x1b" not in done.stdout


def test_the_report_is_that_of_match(run, tmp_path):
    saved = tmp_path / "profil.yaml"
    asked = held(run, ANSWERS, "--save", saved).stdout
    matched = run("match", saved, "--on", DATE).stdout
    assert asked.endswith(matched)


@pytest.mark.parametrize(("lang", "word"), [("fr", "et ailleurs ?"), ("en", "elsewhere")])
def test_other_communes_are_shown_to_who_asks(run, lang, word):
    title = {"fr": "Si le site n'est pas arrêté", "en": "If the site is not settled"}[lang]
    answers = "applicant.kind: 1\nsite.insee: Angers\n"
    quiet = held(run, f"{answers}fin\n", lang=lang).stdout
    asked = held(run, f"{answers}{word}\nfin\n", lang=lang).stdout
    assert "Angrie" not in quiet
    assert asked.index(title) < asked.index("Angrie")


def test_the_end_of_the_file_ends_the_interview(run):
    done = held(run, "1\nromorantin")
    assert done.exit_code == 0
    assert "Réponse au 4 mai 2026" in done.stdout
    assert held(run, "").exit_code == 0


def test_a_mistake_is_told_with_its_line_and_the_next_line_answers(run):
    done = held(run, "# rien\n\nbidon\n1\n")
    assert re.search(r"✗ Ligne 3 : Tapez un numéro", done.stdout)
    assert done.stdout.count("Qui dépose la demande") == 2
    assert "✓ Nature du demandeur" in done.stdout


def test_in_english(run):
    done = held(run, "company\n1\nromorantin\nnonsense\nend\n", lang="en")
    assert "✓ Commune of the project: Romorantin-Lanthenay" in done.stdout
    assert "✗ Line 4: " in done.stdout
    assert "Answer as of 4 May 2026" in done.stdout
    assert "dispositif" not in done.stdout.split("Answer as of")[0]


def test_answers_left_over_are_counted(run):
    done = held(run, "fin\n# non\n1\n2\n")
    assert "2 ligne(s)" in done.stderr


def test_the_interview_goes_on_from_a_profile(run, plastics):
    done = held(run, "-\nfin\n", "--profile", plastics)
    assert "Reprise de" in done.stdout
    assert "PME de plasturgie" not in done.stdout.split("Reprise")[0]
    assert "Qui dépose la demande" not in done.stdout


def test_nothing_left_to_ask_says_whom_to_ask(run, plastics):
    done = held(run, "-\n" * 40, "--profile", plastics)
    assert "dépend d'une autorité" in done.stdout
    assert "Préfecture de région" in done.stdout


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--save", "exists.yaml"], "existe déjà"),
        (["--summary", "page.pdf"], ".md ou en .html"),
        (["--save", "nowhere/x.yaml"], "n'existe pas"),
        (["--profile", "missing.yaml"], "Y01"),
        (["--on", "demain"], "E12"),
    ],
)
def test_what_cannot_be_done_is_said_before_the_first_question(
    run, tmp_path, monkeypatch, options, complaint
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "exists.yaml").write_text("about: precious\n", encoding="utf-8")
    done = run("ask", *options, given="1\n")
    assert done.exit_code == 2
    assert complaint in done.stderr
    assert done.stdout == ""
    assert (tmp_path / "exists.yaml").read_text(encoding="utf-8") == "about: precious\n"


def test_a_profile_may_be_saved_back_where_it_came_from(run, tmp_path):
    path = tmp_path / "client.yaml"
    path.write_text("about: x\napplicant.kind: epci\n", encoding="utf-8")
    done = held(run, "site.insee: 41194\nfin\n", "--profile", path, "--save", path)
    assert done.exit_code == 0
    profile = Catalogue.load().profile(path)
    assert set(profile.values) == {"applicant.kind", "site.insee"}
    assert profile.about == "x"


def test_summaries_are_written(run, tmp_path):
    page, text = tmp_path / "s.html", tmp_path / "s.md"
    done = held(run, ANSWERS, "--summary", page, "--summary", text)
    assert "Écrit" in done.stderr
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert text.read_text(encoding="utf-8").startswith("# Aides pour votre projet")


@pytest.mark.parametrize(
    "given",
    [
        b"\xff\xfe\x00\x80\n1\n",
        b"\xef\xbb\xbf1\n",
        b"1\r\nromorantin\r\n",
        b"\x00\x1b[2J\n",
        b"x" * 100_000 + b"\n1\n",
        "1\n\u2028\u0085é\ud7ff\n".encode(),
    ],
    ids=["not UTF-8", "mark of order", "Windows", "control", "one huge line", "odd separators"],
)
def test_any_bytes_will_do(process, given):
    encoding = "utf-8" if given[:1] == b"1" else "ascii"
    done = process("ask", "--on", DATE, given=given, PYTHONIOENCODING=encoding)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr
    assert b"\x1b[2J" not in done.stdout


def test_it_works_without_rich(process, tmp_path):
    """rich is an extra: the interview is complete without it."""
    (tmp_path / "rich").mkdir()
    (tmp_path / "rich" / "__init__.py").write_text("raise ImportError", encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = process("ask", "--on", DATE, given=ANSWERS.encode(), PYTHONPATH=path)
    assert done.returncode == 0
    assert "Romorantin-Lanthenay" in done.stdout.decode()


def test_help_shows_the_keys(run):
    text = run("ask", "--help").stdout
    for sign in ("?", "-", "!", "<", "*", "fin"):
        assert sign in text
