"""Does the command behave in a pipe, on a terminal, in a narrow window, with another encoding?"""

import os
import re
import subprocess
import sys

import pytest

DATE = "2026-05-04"
ESCAPE = "\x1b"


def test_a_reader_that_goes_away_is_no_error(root, example):
    """`matcher match … | head -1`: no traceback, no complaint."""
    arguments = ["match", example, "--on", DATE, "--format", "json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "matcher", *arguments],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout.readline() == b"{\n"
    process.stdout.close()
    complaint = process.stderr.read().decode()
    process.stderr.close()
    process.wait()
    assert complaint == ""


def test_a_pipe_gets_no_colour(process, example):
    done = process("match", example, "--on", DATE, "--details")
    assert done.returncode == 0
    assert ESCAPE not in done.stdout.decode()


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals")
class TestTerminal:
    def test_a_terminal_gets_colours(self, terminal, example):
        seen = terminal("match", example, "--on", DATE, "--scheme", "pret-vert", TERM="xterm")
        assert seen.code == 0
        assert ESCAPE + "[32m" in seen.text

    def test_no_color_is_respected(self, terminal, example):
        for words in (
            ["match", example, "--on", DATE, "--scheme", "pret-vert"],
            ["schemes", "vta"],
        ):
            seen = terminal(*words, TERM="xterm", NO_COLOR="1")
            assert seen.code == 0
            assert ESCAPE not in seen.text

    def test_each_colour_is_closed_on_its_line(self, terminal, example):
        """Else a line that wraps, or a pager, keeps the colour."""
        seen = terminal("match", example, "--on", DATE, TERM="xterm", COLUMNS="70")
        for line in seen.text.splitlines():
            opened = len(re.findall(r"\x1b\[[1-9]\d*m", line))
            assert opened == line.count(ESCAPE + "[0m"), repr(line)


@pytest.mark.parametrize("columns", ["60", "80", "110"])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_lines_fit_the_window(run, example, columns, lang):
    text = run("match", example, "--on", DATE, "--details", "--lang", lang, columns=columns).stdout
    wide = [line for line in text.splitlines() if len(line) > int(columns)]
    longest = [max(line.split(), key=len) for line in wide]
    assert all(word.startswith(("http", "/")) or "@" in word for word in longest), "only an address"
    rests = [len(ln) - len(word) for ln, word in zip(wide, longest, strict=True)]
    assert all(rest < 30 for rest in rests), "alone on its line, or after its label"


@pytest.mark.parametrize("columns", ["1", "0", "-5", "x", "100000"])
def test_any_width_of_window_will_do(run, example, columns):
    result = run("match", example, "--on", DATE, "--scheme", "vta", columns=columns)
    assert result.exit_code == 0
    assert max(len(line) for line in result.stdout.splitlines()) < 200


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "latin-1"])
def test_a_window_without_our_signs_still_gets_an_answer(process, example, encoding):
    """A Windows console, or a report sent to a file there: `✓` is not in its alphabet."""
    done = process(
        "match", example, "--on", DATE, "--scheme", "pret-vert", PYTHONIOENCODING=encoding
    )
    assert "Traceback" not in done.stderr.decode(errors="replace")
    assert done.returncode == 0
    assert b"pret-vert" in done.stdout


def test_accents_are_read_whatever_the_locale(process, tmp_path):
    path = tmp_path / "é.yaml"
    path.write_text("about: société\nsite.insee: Châteauroux\n", encoding="utf-8")
    done = process(
        "match", path, "--on", DATE, "--scheme", "vta", "--format", "json", LC_ALL="C", LANG="C"
    )
    assert done.returncode == 0
    assert "36044" in done.stdout.decode("utf-8")


def test_errors_go_to_the_other_stream(process):
    done = process("match", "nowhere.yaml", "--on", DATE)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Y01" in done.stderr


def test_starting_is_fast_enough_to_import_only_what_is_needed(root):
    """`matcher schemes` does not load what only authors or servers use."""
    code = (
        "import sys; from click.testing import CliRunner; from matcher.cli import main\n"
        "CliRunner().invoke(main, ['schemes'])\n"
        "print([m for m in sys.modules if m.startswith('matcher.authoring')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=dict(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
