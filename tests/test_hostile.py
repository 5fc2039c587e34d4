"""Do rules and profiles from strangers cost little, and end in one clear message?

Exit codes: 0 done, 1 `rules check` found mistakes, 2 the input is unusable. Never a traceback. The
worst inputs run in a process of their own, with little memory and little time.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.cli import main

ROOT = Path(__file__).resolve().parent.parent
GOOD = ROOT / "tests" / "bad" / "good"
SCHEME = "rules/schemes/fonds-exemple.yaml"
MEMORY = 600_000_000
SECONDS = 20
NOISE = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(100))
LIMITED = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
from matcher.cli import main
main()
"""


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def tree(tmp_path):
    """A small catalogue without mistakes, to be spoiled."""
    return Path(shutil.copytree(GOOD, tmp_path / "catalogue"))


def change(tree, good, bad, file=SCHEME):
    path = tree / file
    text = path.read_text(encoding="utf-8")
    assert text.count(good) == 1
    path.write_text(text.replace(good, bad), encoding="utf-8")


def run(*arguments, stdin=None, within=5.0):
    """The exit code and what was written; anything but a plain exit fails the test."""
    begun = time.perf_counter()
    result = CliRunner().invoke(main, list(map(str, arguments)), input=stdin)
    spent = time.perf_counter() - begun
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise AssertionError(f"{arguments[0]} crashes") from result.exception
    assert spent < within, f"{spent:.1f} s"
    return result.exit_code, result.output


def run_apart(*arguments, stdin=None, folder=None):
    """The same in a process with little memory and little time."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *map(str, arguments)],
        cwd=folder or ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        input=stdin,
        capture_output=True,
        timeout=SECONDS,
        check=False,
    )
    errors = done.stderr.decode("utf-8", "replace")
    assert "Traceback" not in errors, errors[-2_000:]
    assert done.returncode in (0, 1, 2), f"killed: {done.returncode}\n{errors[-2_000:]}"
    return done.returncode, done.stdout.decode("utf-8", "replace") + errors


def rules_are_refused(tree, code=None):
    """`rules check` tells a mistake, shortly."""
    exit_code, told = run("rules", "check", tree / "rules")
    assert exit_code == 1
    assert code is None or f" {code} " in told
    assert len(told.splitlines()) < 220


def rules_are_not_used(tree, code=None):
    """Neither does `match` answer with these rules."""
    rules_are_refused(tree, code)
    exit_code, told = run("match", tree / "profile.yaml", "--rules", tree / "rules", "--on", DAY)
    assert exit_code == 2
    assert code is None or f" {code} " in told


def rules_are_fine(tree):
    assert run("rules", "check", tree / "rules")[0] == 0
    exit_code, told = run("match", tree / "profile.yaml", "--rules", tree / "rules", "--on", DAY)
    assert exit_code == 0
    return told


DAY = "2026-05-04"


def test_the_good_tree_is_fine(tree):
    assert "fonds-exemple" in rules_are_fine(tree)


# --------------------------------------------------------------------------------- texts of schemes

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param(b"", "Y10", id="empty"),
        pytest.param(b"- a\n", "S03", id="list"),
        pytest.param(b"texte\n", "S03", id="text"),
        pytest.param(b"[" * 900, "Y05", id="900 brackets"),
        pytest.param(b"[" * 100_000, "Y05", id="100 000 brackets"),
        pytest.param(b"{a: " * 100_000, "Y05", id="100 000 braces"),
        pytest.param(b"- " * 100_000, "Y05", id="100 000 dashes"),
        pytest.param(BOMB.encode(), "Y07", id="bomb of aliases"),
        pytest.param(b"&a [*a]", "Y07", id="alias of itself"),
        pytest.param(b"<<: {id: x}", "Y07", id="merge key"),
        pytest.param(b"id: !!python/object/apply:os.system [date]", "Y08", id="python object"),
        pytest.param(b"id: a\n---\nid: b\n", "Y09", id="two documents"),
        pytest.param(b"\x00\x01\x02" * 100, "Y04", id="control characters"),
        pytest.param(NOISE, "Y03", id="random bytes"),
        pytest.param("id: été".encode("utf-16"), "Y03", id="UTF-16"),
        pytest.param(b"id: " + b"x" * 2_000_000, "Y02", id="2 MB"),
        pytest.param(b"id: " + b"x" * 30_000, "Y13", id="long text"),
        pytest.param(b"? " * 1_000, "Y12", id="keys in keys"),
        pytest.param(b"id: a\n" * 5_000, "Y11", id="5 000 times a key"),
        pytest.param(b"".join(b"k%d: 1\n" % n for n in range(5_000)), "S02", id="5 000 keys"),
        pytest.param(b"a:\n" * 3_000, "Y11", id="3 000 empty keys"),
        pytest.param(b"%YAML 9.9\n---\nid: a\n", None, id="other version of YAML"),
        pytest.param(b"%TAG ! tag:x,2026:\n---\nid: !y a\n", "Y08", id="own tags"),
    ],
)
def test_the_text_of_a_scheme(tree, raw, code):
    (tree / SCHEME).write_bytes(raw)
    rules_are_refused(tree, code)


@pytest.mark.parametrize("name", ["x.yaml", "é.yaml", "-x.yaml", "a b.yaml"])
def test_any_file_name(tree, name):
    (tree / "rules" / "schemes" / name).write_text("id: [", encoding="utf-8")
    rules_are_not_used(tree, "Y04")


def test_files_that_are_not_files(tree):
    schemes = tree / "rules" / "schemes"
    (schemes / "folder.yaml").mkdir()
    rules_are_not_used(tree, "Y01")
    (schemes / "folder.yaml").rmdir()
    rules_are_fine(tree)
    (schemes / "loop.yaml").symlink_to("loop.yaml")
    rules_are_not_used(tree, "Y01")
    (schemes / "loop.yaml").unlink()
    (schemes / "broken.yaml").symlink_to("absent")
    rules_are_not_used(tree, "Y01")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_block(tree):
    os.mkfifo(tree / "rules" / "schemes" / "pipe.yaml")
    exit_code, _ = run_apart("rules", "check", tree / "rules")
    assert exit_code in (0, 1)


# ------------------------------------------------------------------------------------- expressions

TEST = "test: applicant.headcount >= 10"


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param("1 + " * 900 + "1 > 0", id="long sum"),
        pytest.param("applicant.headcount" + " + 1" * 600 + " > 0", id="long sum of a fact"),
        pytest.param("2" + "*2" * 1_500 + " > 0", id="long product"),
        pytest.param("- " * 1_500 + "1 > 0", id="minus minus"),
        pytest.param("-" * 1_500 + "1 > 0", id="minuses"),
        pytest.param("not " * 900 + "true", id="not not"),
        pytest.param("a" + ".a" * 1_900, id="dots"),
        pytest.param("(" * 1_500 + "1" + ")" * 1_500, id="parentheses"),
        pytest.param("(" * 200 + "true" + ")" * 200, id="200 parentheses"),
        pytest.param("[" * 900, id="open brackets"),
        pytest.param("min(1, " * 400 + "1" + ")" * 400 + " > 0", id="calls in calls"),
        pytest.param("true and (" * 300 + "true" + ")" * 300, id="and in and"),
        pytest.param("x if y else " * 300 + "z", id="if else"),
        pytest.param("lambda: " * 400 + "1", id="lambdas"),
        pytest.param("f'{" * 50 + "1" + "}'" * 50, id="f-strings"),
        pytest.param("applicant.headcount > 9" + "9" * 3_900, id="long number"),
        pytest.param("9 ** 9 ** 9 ** 9 > 1", id="powers"),
        pytest.param("1 << 99999999 > 1", id="shift"),
        pytest.param("'a' * 99999999 == 'b'", id="repeated text"),
        pytest.param("__import__('os').system('date')", id="import"),
        pytest.param("applicant.headcount.__class__.__mro__ == 1", id="dunder"),
        pytest.param("(lambda: 1)() > 0", id="call of a lambda"),
        pytest.param("[x for x in (1, 2)] == 1", id="comprehension"),
        pytest.param("(x := 1) > 0", id="walrus"),
        pytest.param("applicant.headcount >= 1e400", id="1e400"),
        pytest.param("applicant.headcount >= nan", id="nan"),
        pytest.param("applicant.kind == '\\\\x00'", id="escape"),
        pytest.param("1or 2", id="number and word"),
        pytest.param("applicant.kind in " + "('x'," * 500, id="open tuples"),
        pytest.param("add_months(as_of, 999999999999) > as_of", id="far month"),
        pytest.param("at_least(99999999999999999999, true)", id="at least many"),
        pytest.param("é" * 3_000, id="accents"),
        pytest.param("applicant.headcount >= 10 # assez", id="comment"),
        pytest.param("applicant.headcount >= 10 # assez\nand applicant.small", id="hidden end"),
        pytest.param("applicant.headcount >= 10; import os", id="two statements"),
    ],
)
def test_an_expression_is_refused_without_being_run(tree, expression):
    change(tree, TEST, "test: " + json.dumps(expression, ensure_ascii=False))
    exit_code, told = run("rules", "check", tree / "rules", within=3)
    assert exit_code == 1
    assert " E" in told


@pytest.mark.parametrize(
    "expression",
    [
        pytest.param("applicant.headcount" + " + 1" * 15 + " > 0", id="sum of 16"),
        pytest.param(" or ".join(["applicant.headcount >= 10"] * 60), id="60 alternatives"),
        pytest.param("0 <= " * 100 + "applicant.headcount", id="chain of 100"),
        pytest.param("not not not applicant.small", id="three nots"),
        pytest.param("(" * 12 + "applicant.small" + ")" * 12, id="12 parentheses"),
    ],
)
def test_what_an_author_may_well_write_is_read(tree, expression):
    change(tree, TEST, "test: " + json.dumps(expression))
    rules_are_fine(tree)


def test_definitions_that_double(tree):
    lines = "".join(f"  d{n}: {{type: euros, value: d{n - 1} + d{n - 1}}}\n" for n in range(1, 30))
    define = "define:\n  d0: {type: euros, value: project.cost_eur}\n"
    change(tree, "define:\n", define + lines)
    change(tree, "amount: rate * base", "amount: d29")
    exit_code, _ = run_apart("rules", "check", tree / "rules")
    assert exit_code == 1
    exit_code, _ = run_apart("match", tree / "profile.yaml", "--rules", tree / "rules")
    assert exit_code == 2


def test_a_large_definition_used_everywhere(tree):
    define = f"define:\n  d0: {{type: euros, value: {' + '.join(['project.cost_eur'] * 60)}}}\n"
    define += f"  d1: {{type: euros, value: {' + '.join(['d0'] * 25)}}}\n"
    change(tree, "define:\n", define)
    use = " or ".join(["d1 > 3"] * 20)
    criteria = "".join(
        f'    - {{id: c{n}, states: {{fr: "a", en: "b"}}, test: {use}, source: S1}}\n'
        for n in range(200)
    )
    change(tree, "criteria:\n  all:\n", "criteria:\n  all:\n" + criteria)
    exit_code, _ = run_apart("match", tree / "profile.yaml", "--rules", tree / "rules")
    assert exit_code in (0, 2)


@pytest.mark.parametrize(
    ("count", "test"),
    [
        (300, "applicant.headcount >= {0} or project.cost_eur >= 1000 * {0}"),
        (
            60,
            " or ".join(f"(applicant.headcount >= 9 * {{0}} + {n} and {n} < 5)" for n in range(15)),
        ),
        (60, f"at_least(8, {', '.join(f'applicant.headcount >= {{0}} + {n}' for n in range(16))})"),
    ],
    ids=["alternatives", "long alternatives", "counting"],
)
def test_what_deserves_a_second_look_is_looked_at_in_bounded_time(tree, count, test):
    criteria = "".join(
        f'    - {{id: c{n}, states: {{fr: "Texte {n}", en: "Text no. {n}"}}, '
        f'test: "{test.format(n)}", source: S1}}\n'
        for n in range(1, count + 1)
    )
    change(tree, "criteria:\n  all:\n", "criteria:\n  all:\n" + criteria)
    exit_code, told = run_apart("rules", "check", tree / "rules")
    assert exit_code in (0, 1)
    assert len(told.splitlines()) < 260


def test_definitions_in_a_long_chain(tree):
    lines = "".join(f"  d{n}: {{type: euros, value: d{n - 1} + 1}}\n" for n in range(1, 600))
    define = "define:\n  d0: {type: euros, value: project.cost_eur}\n"
    change(tree, "define:\n", define + lines)
    change(tree, "amount: rate * base", "amount: d599")
    rules_are_not_used(tree)


def test_derived_facts_in_a_long_chain(tree):
    facts = "".join(
        f'  x.f{n}:\n    type: euros\n    label: {{fr: "a", en: "b"}}\n' for n in range(400)
    )
    derived = "".join(
        f'  - {{fact: x.f{n}, states: {{fr: "a", en: "b"}}, value: x.f{n - 1} + 1}}\n'
        for n in range(1, 400)
    )
    for file, more in (("profiles/facts/facts.yaml", facts), ("rules/derived/facts.yaml", derived)):
        path = tree / file
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    change(tree, "amount: rate * base", "amount: x.f399")
    (tree / "profile.yaml").write_text("x.f0: 3\n", encoding="utf-8")
    rules_are_not_used(tree)


def test_groups_in_groups(tree):
    leaf = '{id: leaf, states: {fr: "a", en: "b"}, test: applicant.small, source: S1}'
    for depth, fine in ((8, True), (40, False)):
        nested = "{any: [" * depth + leaf + "]}" * depth
        shutil.copy(GOOD / SCHEME, tree / SCHEME)
        change(tree, "    - id: not-started\n", f"    - {nested}\n    - id: not-started\n")
        rules_are_fine(tree) if fine else rules_are_refused(tree, "Y05")


def test_thousands_of_mistakes(tree):
    signals = "".join(
        f'  - {{id: s{n}, favours: true, states: {{fr: "a", en: "b"}}, '
        f"test: applicant.headcounts_{n} > 3, source: S1}}\n"
        for n in range(2_000)
    )
    change(tree, "signals:\n", "signals:\n" + signals)
    exit_code, told = run("rules", "check", tree / "rules", within=10)
    assert exit_code == 1
    assert "2000 erreurs" in told
    assert len(told.splitlines()) < 220


def test_thousands_of_wrong_communes_against_the_real_table(tmp_path):
    codes = ", ".join(f'"98{n:03}"' for n in range(1_000))
    text = (GOOD / "rules/schemes/fonds-voisin.yaml").read_text(encoding="utf-8")
    text = text.replace("[prefet]", "[ademe]")
    path = tmp_path / "fonds-voisin.yaml"
    path.write_text(text + f"sets:\n  x: {{fact: site.insee, values: [{codes}]}}\n", "utf-8")
    exit_code, told = run_apart("rules", "check", path)
    assert exit_code == 1
    assert "1000 erreurs" in told


# ------------------------------------------------------------------------------------------ tables


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00" * 1_000, id="NUL"),
        pytest.param(NOISE, id="random bytes"),
        pytest.param("code,name\n11,Île\n".encode("cp1252"), id="Windows-1252"),
        pytest.param(b'code,name\n11,"' + b"x" * 200_000, id="open quote"),
        pytest.param(b"code,name\n" + b"," * 200_000, id="200 000 cells"),
        pytest.param(b"code,name\n" + b"11,a\n" * 50_000, id="50 000 times a key"),
        pytest.param(b"code,name\n" + b'11,"a\nb"\n', id="line break in a cell"),
        pytest.param(b"code,name\r11,a\r", id="line ends of old"),
    ],
)
def test_the_rows_of_a_table(tree, raw):
    (tree / "rules/reference/regions.csv").write_bytes(raw)
    rules_are_refused(tree)


def test_a_table_of_any_size(tree):
    with (tree / "rules/reference/regions.csv").open("wb") as stream:
        stream.truncate(3_000_000_000)
    exit_code, told = run_apart("rules", "check", tree / "rules")
    assert exit_code == 1
    assert " T02 " in told
    exit_code, _ = run_apart("match", tree / "profile.yaml", "--rules", tree / "rules")
    assert exit_code == 2


# ---------------------------------------------------------------------------------- texts of rules

NASTY = '"\\e[31m<script>alert(1)</script>\\n# [x](javascript:alert(1)) \\u202e"'


def test_control_characters_in_texts_are_refused(tree):
    change(tree, '"Fonds exemple"', NASTY)
    rules_are_not_used(tree)


def test_markup_in_texts_stays_text(tree):
    change(tree, '"Fonds exemple"', '"<script>alert(1)</script> [x](javascript:alert(1)) `a` | b"')
    rules_are_fine(tree)
    arguments = ("match", tree / "profile.yaml", "--rules", tree / "rules", "--on", DAY)
    _, markdown = run(*arguments, "--format", "markdown")
    assert "<script>" not in markdown
    assert "[x](javascript" not in markdown
    _, text = run(*arguments, "--format", "json")
    name = json.loads(text)["decisions"][0]["name"]["fr"]
    assert name.startswith("<script>")


@pytest.mark.parametrize(
    "inserted",
    ["{0.__class__}", "{minimum_cost.__class__}", "{minimum_cost!r}", "{minimum_cost:>9}", "{}"],
)
def test_what_is_inserted_in_a_statement_is_a_parameter_and_nothing_else(tree, inserted):
    change(
        tree,
        '{fr: "Le projet coûte au moins {minimum_cost}", '
        'en: "The project costs at least {minimum_cost}"}',
        f'{{fr: "Au moins {inserted}", en: "At least {inserted}"}}',
    )
    rules_are_refused(tree, "C05")


# ----------------------------------------------------------------------------------------- profiles


def profile_is_refused(tree, raw, code):
    path = tree / "profile.txt"
    path.write_bytes(raw)
    arguments = ("--rules", tree / "rules", "--on", DAY)
    exit_code, told = run("match", path, *arguments)
    assert exit_code == 2
    assert f" {code} " in told
    assert len(told.splitlines()) < 220
    exit_code, told = run("match", "-", *arguments, "--lang", "en", "--format", "json", stdin=raw)
    assert exit_code == 2
    assert f"{code} " in told


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        pytest.param(b"", "Y10", id="empty"),
        pytest.param(b"[]", "P12", id="list"),
        pytest.param(b'{"a":', "Y04", id="broken JSON"),
        pytest.param(b"[" * 100_000, "Y05", id="100 000 brackets"),
        pytest.param(b'{"a":' * 100_000, "Y05", id="100 000 braces"),
        pytest.param(b'{"about": "' + b"x" * 2_000_000 + b'"}', "Y02", id="large JSON"),
        pytest.param(b"a: " + b"x " * 1_000_000, "Y02", id="large YAML"),
        pytest.param(BOMB.encode(), "Y07", id="bomb of aliases"),
        pytest.param(b"a: !!python/object/apply:os.system [date]", "Y08", id="python object"),
        pytest.param(b'{"a": 1, "a": 2}', "Y11", id="key twice"),
        pytest.param(b'{"project.cost_eur": 1e400}', "P02", id="1e400"),
        pytest.param(b'{"project.cost_eur": NaN}', "P02", id="NaN"),
        pytest.param(b'{"project.cost_eur": ' + b"9" * 5_000 + b"}", "P02", id="long number"),
        pytest.param(b'{"applicant.kind": "\\u001b[31mx"}', "P05", id="terminal escape"),
        pytest.param(b'{"applicant.kind": "\\ud800"}', "P05", id="half a character"),
        pytest.param(b'{"\\ud800": 1}', "P01", id="half a character as key"),
        pytest.param(b'{"{key}": "{value}"}', "P01", id="braces"),
        pytest.param(b'{"site.insee": "..\\/..\\/etc\\/passwd"}', "P06", id="path as code"),
        pytest.param(
            json.dumps({f"x{n}": 1 for n in range(5_000)}).encode(), "P17", id="5 000 facts"
        ),
        pytest.param(
            json.dumps({"applicant": {f"headcounts_{n}": 1 for n in range(5_000)}}).encode(),
            "P17",
            id="5 000 nested facts",
        ),
        pytest.param(
            json.dumps({"site.insee": {"one_of": ["x"] * 10_000}}).encode(),
            "P06",
            id="10 000 codes",
        ),
        pytest.param(
            json.dumps({"authority": [{"unknown": "x"}] * 3_000}).encode(), "P16", id="answers"
        ),
    ],
)
def test_the_text_of_a_profile(tree, raw, code):
    profile_is_refused(tree, raw, code)


@pytest.mark.parametrize("raw", [b"[" * 1_000_000, b'{"a":' * 200_000, b"- " * 400_000])
def test_the_deepest_profile_in_little_memory(tree, raw):
    for source in (b"", b" " * 500_000):
        text = (source + raw)[:1_000_000]
        exit_code, told = run_apart("match", "-", "--rules", tree / "rules", stdin=text)
        assert exit_code == 2
        assert "Y05 " in told


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no /dev/zero here")
def test_a_profile_without_end(tree):
    exit_code, told = run_apart("match", "/dev/zero", "--rules", tree / "rules")
    assert exit_code == 2
    assert " Y02 " in told
    with Path("/dev/zero").open("rb") as endless:
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, "match", "-", "--rules", str(tree / "rules")],
            cwd=ROOT,
            stdin=endless,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("match", "absent.yaml"),
        ("match", "."),
        ("match", "a" * 5_000),
        ("match", "profile.yaml", "--on", "demain"),
        ("match", "profile.yaml", "--on", "2026-02-30"),
        ("match", "profile.yaml", "--on", "9" * 5_000),
        ("match", "profile.yaml", "--scheme", "fonds-exmple"),
        ("match", "profile.yaml", "--scheme", "\x1b[31m"),
        ("match", "profile.yaml", "--format", "xml"),
        ("match",),
        ("schemes", "fonds-exmple"),
        ("nulle-part",),
    ],
)
def test_arguments(tree, monkeypatch, arguments):
    monkeypatch.chdir(tree)
    rules = ("--rules", "rules") if arguments[0] in ("match", "schemes") else ()
    exit_code, told = run(*arguments, *rules)
    assert exit_code == 2
    assert told.strip()
    assert "\x1b" not in told


@pytest.mark.parametrize("path", ["absent", "absent.yaml", "empty", "a" * 5_000, "profile.yaml/x"])
def test_paths_of_rules(tree, monkeypatch, path):
    monkeypatch.chdir(tree)
    (tree / "empty").mkdir()
    for arguments in (("rules", "check", path), ("match", "profile.yaml", "--rules", path)):
        exit_code, told = run(*arguments)
        assert exit_code == 2
        assert "C21 " in told


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar(tree, on):
    (tree / "profile.yaml").write_text(
        "applicant.created_on: 9999-12-31\nproject.ordered_on: {min: 0001-01-01}\n", "utf-8"
    )
    for form in ("table", "json", "markdown"):
        exit_code, _ = run(
            "match", tree / "profile.yaml", "--rules", tree / "rules", "--on", on, "--format", form
        )
        assert exit_code == 0


def test_the_message_names_the_file_and_the_place(tree):
    change(tree, "confidence: high", "confidence: sure")
    _, told = run("rules", "check", tree / "rules", "--lang", "en")
    path = tree / SCHEME
    assert told.splitlines()[0].startswith(f"{path}:7:13: S06 ")
    assert told.splitlines()[1].startswith("    → ")
