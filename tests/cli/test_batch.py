"""What does a person see who matches a whole list from a terminal?"""

import json
import os
import signal
import subprocess
import sys
import time

import pexpect
import polars as pl
import pytest
from click.testing import CliRunner

from matcher.cli import main
from matcher.cli.batch.progress import Progress, counting, moves, progress_text
from matcher.language.text import Text
from matcher.portfolio.watched import MATCHING, READING

LIST = """\
Client;Effectif;Code APE;Code postal;Ville;Montant du projet (k€)
Forge;12;25.50A;42300;Roanne;120
Scierie;quarante;16.10A;61400;Mortagne-au-Perche;1,2 M€
Contradiction;12;25.50A;42300;Paris;120
"""
LIGHT = ("--format", "parquet", "--scheme", "pat", "--scheme", "tremplin", "--on", "2026-05-04")


@pytest.fixture
def clients(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "clients.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def told(*args, lang="fr"):
    result = CliRunner().invoke(main, ["batch", *map(str, args), "--lang", lang])
    return result.exit_code, result.output


def test_a_list_goes_through(clients, tmp_path):
    code, text = told(clients, *LIGHT, "--format", "csv", "--out", "out")
    assert code == 0, text
    assert "3 lignes lues = 2 résultats + 1 rejet\n" in text.replace("\u202f", " ")
    assert "Effectif (1 × ; ligne 3)" in text
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"mapping.yaml", "rejects.csv", "results", "results.csv", "run.json"} <= made
    assert "Traceback" not in text


def test_in_english(clients):
    code, text = told(clients, *LIGHT, "--out", "out", lang="en")
    assert code == 0
    assert "3 rows read = 2 results + 1 reject\n" in text
    assert "lignes" not in text


def test_a_dry_run_writes_nothing(clients, tmp_path):
    code, text = told(clients, "--dry-run")
    assert code == 0
    assert "Forge" in text
    assert [path.name for path in tmp_path.iterdir()] == ["clients.csv"]


def test_a_mapping_is_corrected_and_used_again(clients, tmp_path):
    assert told(clients, *LIGHT, "--out", "first")[0] == 0
    mapping = tmp_path / "first" / "mapping.yaml"
    text = mapping.read_text(encoding="utf-8").replace("project.eligible_cost_eur", "project.fish")
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(text, encoding="utf-8")
    code, output = told(clients, *LIGHT, "--map", wrong)
    assert code == 2
    assert "project.fish" in output
    assert told(clients, *LIGHT, "--map", mapping, "--out", "second")[0] == 0


def test_the_folder_is_named_after_the_list_and_taken_once(clients, tmp_path):
    for _ in range(2):
        assert told(clients, *LIGHT)[0] == 0
    clients.write_text(LIST.replace("Forge", "Forges"), encoding="utf-8")
    assert told(clients, *LIGHT)[0] == 0
    folders = sorted(path.name for path in tmp_path.iterdir() if path.is_dir())
    assert folders == ["matcher-clients-2026-05-04", "matcher-clients-2026-05-04-2"]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("absent.csv",), "absent.csv"),
        (("clients.csv", "--on", "demain"), "demain"),
        (("clients.csv", "--scheme", "tremplun"), "tremplin"),
        (("clients.csv", "--sheet", "Feuil1"), "--sheet"),
        (("empty.csv",), "vide"),
        (("strange.csv",), "en-tête"),
        (("binary.csv",), "binary.csv"),
    ],
)
@pytest.mark.usefixtures("clients")
def test_what_cannot_be_done_is_said(tmp_path, args, said):
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "strange.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    (tmp_path / "binary.csv").write_bytes(bytes(range(256)) * 40)
    code, text = told(*args, "--format", "parquet")
    assert code == 2, text
    assert said in text
    assert "Traceback" not in text


def test_the_columns_are_confirmed_in_a_terminal(clients, tmp_path):
    command = [sys.executable, "-m", "matcher", "batch", str(clients), *LIGHT]
    child = pexpect.spawn(command[0], command[1:], cwd=tmp_path, encoding="utf-8", timeout=60)
    child.expect("bien comprises")
    child.sendline("n")
    child.expect("--map")
    child.expect(pexpect.EOF)
    assert (tmp_path / "mapping.yaml").exists()
    assert not list(tmp_path.glob("matcher-*"))


def test_an_interruption_leaves_nothing_half_done(tmp_path):
    lines = [f"C{n};{n % 300};25.50A;{n % 90}0" for n in range(600_000)]
    path = tmp_path / "many.csv"
    text = "\n".join(["Client;Effectif;Code APE;Montant du projet (k€)", *lines])
    path.write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "matcher", "batch", str(path), *LIGHT, "--out", str(out)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 60
    while not list(out.glob(".work/*.json")) and time.monotonic() < deadline:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 130, errors
    assert "reprendra" in errors
    parts = [pl.read_parquet(path) for path in out.glob("results/*.parquet")]
    assert not json.loads((out / "run.json").read_text(encoding="utf-8"))["finished"]

    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Reprise" in done.stdout
    whole = pl.read_parquet(out / "results" / "*.parquet")
    assert whole.height == 600_000 > sum(part.height for part in parts)
    left = [name for _, _, names in os.walk(out) for name in names if name.startswith(".")]
    assert left == []


def test_how_far_it_got():
    text = progress_text(250_000, 1_000_000, 2.0, "en")
    assert "25%" in text
    assert "6 s left" in text
    assert "125" in text
    assert "lignes/s" in progress_text(10, None, 1.0, "fr")


def _unsized():
    """The environment without what keeps a line still or says how wide the terminal is."""
    named = ("CI", "NO_COLOR", "COLUMNS", "LINES")
    return {name: value for name, value in os.environ.items() if name not in named}


DOING = Text("Étude de 12 lignes", "Matching 12 rows")


@pytest.mark.parametrize("width", [30, 60, 80, 160])
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_line_of_a_terminal_says_what_fits(width, lang):
    progress = Progress(1_000_000, lang, shown=True, rows=250_000, doing=DOING, started=0.0)
    line = progress.line(2.0, width)
    assert len(line) <= width
    assert "25" in line
    assert ("reste 6 s" if lang == "fr" else "6 s left") in line
    assert (DOING.in_(lang) in line) or width < 100
    assert ("█" in line) == (width == 160)


def test_a_step_that_counts_nothing_says_how_long_it_has_lasted():
    progress = Progress(1_000, "fr", shown=True, doing=DOING, started=0.0)
    progress.since = 10.0
    assert progress.line(13.2, 80).endswith("Étude de 12 lignes … 3 s")


@pytest.mark.parametrize(
    ("name", "value"), [("NO_COLOR", "1"), ("CI", "true"), ("TERM", "dumb"), (None, None)]
)
def test_nothing_moves_where_nobody_looks(monkeypatch, capsys, name, value):
    for other in ("NO_COLOR", "CI"):
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert moves()
    if name is None:
        monkeypatch.setattr("sys.stderr.isatty", lambda: False)
    else:
        monkeypatch.setenv(name, value)
    assert not moves()
    with counting(10, "fr", DOING) as progress:
        progress(5)
        time.sleep(0.25)
    assert capsys.readouterr().err == ""


def test_a_terminal_is_told_each_step(clients, tmp_path):
    text = LIST + "".join(f"C{n};{n % 300};25.50A;42300;Roanne;{n}\n" for n in range(30_000))
    clients.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "matcher", "batch", str(clients), "--yes", "--out", "out"]
    child = pexpect.spawn(
        command[0],
        [*command[1:], *LIGHT, "--format", "csv"],
        cwd=tmp_path,
        encoding="utf-8",
        timeout=60,
        env={**_unsized(), "TERM": "xterm"},
        dimensions=(30, 70),
    )
    child.expect(READING.fr)
    child.expect(MATCHING.fr.split("{", maxsplit=1)[0])
    child.expect("résultats")
    child.expect(pexpect.EOF)


# -------------------------------------------------------------------------------- rows left out
MESSY = """Client;SIRET;État administratif;Effectif
Forge;;Actif;12
Scierie;;Fermé;40
Moulin;;Fermé;3
TOTAL;;;55
"""


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_why_rows_were_left_out_is_said_once_for_each_reason(clients, tmp_path, lang):
    clients.write_text(MESSY, encoding="utf-8")
    code, text = told(clients, *LIGHT, "--format", "excel", "--out", "out", lang=lang)
    assert code == 0, text
    closed, total = (
        ("établissement fermé", "ligne de total")
        if lang == "fr"
        else ("establishment closed", "row of totals")
    )
    lines = [line for line in text.splitlines() if closed in line or total in line]
    # Twice each: the preview shows the first rows, the end counts them all.
    ends = [line for line in lines if "×" in line]
    assert len(ends) == 2
    assert ends[0].strip().startswith("2 ×")
    assert "3, 4" in ends[0]
    assert "5" in ends[1]
    assert (tmp_path / "out" / "rejects.csv").read_text("utf-8-sig").count("\n") == 4


@pytest.mark.parametrize("width", [60, 80, 160])
def test_the_preview_is_as_wide_as_the_terminal(clients, tmp_path, width):
    command = [sys.executable, "-m", "matcher", "batch", str(clients), "--dry-run"]
    child = pexpect.spawn(
        command[0],
        command[1:],
        cwd=tmp_path,
        encoding="utf-8",
        timeout=60,
        env={**_unsized(), "CI": "1"},
        dimensions=(200, width),
    )
    shown = child.read().splitlines()
    assert max(map(len, shown)) <= width
    assert any("Scierie" in line for line in shown)
    assert any(len(line) > width * 0.7 for line in shown)


@pytest.mark.parametrize("command", ["batch", "compare"])
def test_without_polars_it_says_what_to_install(command):
    hidden = "import sys; sys.modules['polars'] = None; from matcher.cli import main"
    code = f"{hidden}; main(['{command}', '--help'])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "pip install 'aides-matcher[batch]'" in done.stderr
    assert "Traceback" not in done.stderr
