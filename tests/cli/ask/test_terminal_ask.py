"""Does the interview behave on a real terminal, Ctrl-C and Ctrl-D included?"""

import os
import re
import sys

import pytest

pexpect = pytest.importorskip("pexpect")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")

WAIT = 30
PROMPT = "› "
CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@pytest.fixture
def person(root, tmp_path):
    """Somebody at a terminal, in a folder of their own."""
    started = []

    def sits_down(*arguments, rows=24, columns=80, **env):
        child = pexpect.spawn(
            sys.executable,
            ["-m", "matcher", "ask", "--on", "2026-05-04", *map(str, arguments)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(root), "TERM": "xterm", **env},
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=WAIT,
        )
        started.append(child)
        child.expect_exact(PROMPT)
        return child

    yield sits_down
    for child in started:
        child.close(force=True)


def answers(child, *lines):
    """Type lines, each once it is asked for; what the screen showed for the last."""
    for line in lines:
        child.sendline(line)
        child.expect_exact(PROMPT)
    return shown(child)


def shown(child):
    return CODES.sub("", child.before or "")


def ended(child):
    child.expect(pexpect.EOF)
    text = shown(child)
    child.close()
    return text, child.exitstatus


def test_from_the_first_question_to_the_summary_and_the_profile(person, tmp_path):
    child = person()
    assert "Quelles aides pour votre projet" in shown(child)
    assert "Rien ne quitte cet ordinateur" in shown(child)
    screen = answers(child, "1")
    assert "écartés" in screen
    assert "PACTE Industrie" in screen, "the live list"
    screen = answers(child, "romorantin")
    assert "Romorantin-Lanthenay" in screen
    child.sendline("fin")
    child.expect_exact("Toutes les conditions")
    child.expect_exact(PROMPT)
    assert "synthèse d'une page" in shown(child)
    answers(child, "page")
    child.sendline("mon-projet")
    text, code = ended(child)
    assert code == 0
    assert "matcher ask --profile mon-projet.yaml" in text
    assert {path.name for path in tmp_path.iterdir()} == {
        "page.html",
        "page.md",
        "mon-projet.yaml",
    }


def test_the_screen_holds_the_question_whole(person):
    child = person(rows=24)
    for line in ("1", "plast", "romorantin", "-", "?", "*", "<"):
        child.sendline(line)
        child.expect_exact(PROMPT)
        if line in ("?", "*"):
            continue
        screen = child.before.split("\x1b[2J")[-1]
        assert len(CODES.sub("", screen).splitlines()) <= 24, screen


def test_a_wide_window_has_the_list_beside(person):
    child = person(rows=40, columns=140)
    screen = answers(child, "1")
    beside = [line for line in screen.splitlines() if "2. " in line and "│" in line]
    first = [line for line in screen.splitlines() if "╭" in line]
    assert beside or first


def test_ctrl_c_keeps_what_was_answered_in_a_file_it_names(person, tmp_path):
    child = person()
    answers(child, "1", "romorantin")
    child.sendintr()
    text, code = ended(child)
    assert code == 130
    assert "Traceback" not in text
    (path,) = tmp_path.iterdir()
    assert re.fullmatch(r"matcher-\d{4}-\d\d-\d\d-\d{4}\.yaml", path.name)
    assert f"matcher ask --profile {path.name}" in text
    again = person("--profile", path.name)
    assert "Reprise de" in shown(again)
    assert "dépose la demande" not in shown(again)
    again.sendintr()
    text, code = ended(again)
    assert code == 130
    assert [one.name for one in tmp_path.iterdir()] == [path.name], "nothing new, no new file"


def test_ctrl_c_never_replaces_a_file(person, tmp_path):
    for _ in range(2):
        child = person()
        answers(child, "1")
        child.sendintr()
        ended(child)
    assert len(list(tmp_path.iterdir())) == 2


def test_ctrl_c_at_the_very_first_question(person, tmp_path):
    child = person()
    child.sendintr()
    text, code = ended(child)
    assert code == 130
    assert "Rien n'était répondu" in text
    assert not list(tmp_path.iterdir())


def test_ctrl_c_while_files_are_offered(person, tmp_path):
    child = person()
    answers(child, "1", "fin")
    child.sendintr()
    text, code = ended(child)
    assert code == 130
    assert "matcher ask --profile" in text
    assert len(list(tmp_path.glob("*.yaml"))) == 1


def test_ctrl_d_ends_with_the_report(person):
    child = person()
    answers(child, "1")
    child.sendeof()
    child.expect_exact("Toutes les conditions")


def test_a_file_that_exists_is_replaced_only_if_somebody_says_so(person, tmp_path):
    precious = tmp_path / "mine.yaml"
    precious.write_text("about: precious\n", encoding="utf-8")
    child = person()
    answers(child, "1", "fin", "n")
    child.sendline("mine.yaml")
    child.expect_exact("Le remplacer")
    child.expect_exact(PROMPT)
    child.sendline("n")
    child.expect_exact(PROMPT)
    assert precious.read_text(encoding="utf-8") == "about: precious\n"
    child.sendline("mine.yaml")
    child.expect_exact(PROMPT)
    child.sendline("o")
    _, code = ended(child)
    assert code == 0
    assert "entreprise_privee" in precious.read_text(encoding="utf-8")


def test_other_communes_are_offered_at_the_end_where_one_would_change_an_answer(person):
    child = person()
    answers(child, "1", "Angers")
    child.sendline("fin")
    child.expect_exact("voir les communes voisines")
    child.expect_exact(PROMPT)
    assert "Angrie" not in shown(child)
    assert "Angrie" in answers(child, "o")
    answers(child, "n")
    child.sendline("n")
    assert ended(child)[1] == 0


@pytest.mark.parametrize("lines", [("1", "romorantin"), ("1", "Angers", "ailleurs")])
def test_other_communes_are_not_offered_for_nothing_nor_twice(person, lines):
    child = person()
    answers(child, *lines)
    child.sendline("fin")
    child.expect_exact("synthèse d'une page")
    assert "voir les communes voisines" not in shown(child)


def test_a_plain_terminal_is_enough(person):
    """Without rich, or with a terminal that has no screen to draw on."""
    child = person(TERM="dumb")
    assert "\x1b[" not in child.before
    assert "PACTE Industrie" in answers(child, "1")
