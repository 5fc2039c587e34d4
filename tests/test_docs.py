"""Do the documents tell the truth: does their code run, do their links lead somewhere?

In README and docs/, a `python` block is run, with what earlier blocks of the same page defined; one
with `>>>` is compared with what it prints. In a `console` block each `$ matcher …` is run and its
output compared; a line `…` stands for any lines, and `…` at an end of a line for any characters.
Other commands are not run. A `yaml` block that opens with the name of a file of docs/ is a part of
that file.
"""

import doctest
import json
import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from matcher import Catalogue
from matcher.authoring.cases import case_results
from matcher.authoring.schema import file_schema
from matcher.cli import main
from matcher.language.yaml_text import read_yaml_file

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted(
    path
    for path in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    if "diagnostics" not in path.parts
)
ANY_LINES = "…"
WIDTH = "100"

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*) *$")
_LINK = re.compile(
    r"(?<!!)\[[^\]\n]+\]\((?P<target>[^()\s]+)\)|!\[[^\]\n]*\]\((?P<image>[^)\s]+)\)"
)
_HEADING = re.compile(r"^#+ (?P<title>.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block of a page."""

    page: Path
    line: int
    language: str
    text: str

    def __str__(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    lines = page.read_text(encoding="utf-8").splitlines()
    start, language, indent = None, "", 0
    for number, line in enumerate(lines):
        fence = _FENCE.match(line)
        if start is None and fence:
            start, language, indent = number, fence["language"], len(fence["indent"])
        elif start is not None and line.strip() == "```":
            text = "\n".join(inner[indent:] for inner in lines[start + 1 : number])
            yield Block(page, start + 2, language, text + "\n")
            start = None
    assert start is None, f"{page}: a block is not closed"


def pages_with(language: str) -> list[Path]:
    return [page for page in PAGES if any(b.language == language for b in blocks(page))]


def name_of(page: Path) -> str:
    return str(page.relative_to(ROOT))


# ------------------------------------------------------------------------------------------ python


@pytest.fixture
def at_root(monkeypatch):
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", WIDTH)


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("page", pages_with("python"), ids=name_of)
def test_python_blocks_run(page, capsys):
    names: dict[str, object] = {}
    for block in blocks(page):
        if block.language == "python":
            run(block, names)
    capsys.readouterr()


def run(block: Block, names: dict[str, object]) -> None:
    if ">>>" not in block.text:
        code = compile("\n" * (block.line - 1) + block.text, str(block), "exec")
        exec(code, names)  # noqa: S102  our own pages
        return
    parsed = doctest.DocTestParser().get_doctest(block.text, names, str(block), str(block), 0)
    told: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS, verbose=False)
    runner.run(parsed, out=told.append, clear_globs=False)
    names.update(parsed.globs)
    assert not told, f"{block}\n" + "".join(told)


# ---------------------------------------------------------------------------------------- commands


@pytest.mark.usefixtures("at_root")
@pytest.mark.parametrize("page", pages_with("console"), ids=name_of)
def test_commands_print_what_the_page_shows(page):
    for block in blocks(page):
        if block.language == "console":
            for command, shown in commands(block):
                printed = output_of(command)
                missing = not_found(shown, printed)
                assert not missing, (
                    f"{block}: `{command}` no longer prints\n{missing}\nbut\n{printed[:4000]}"
                )


def commands(block: Block) -> Iterator[tuple[str, list[str]]]:
    """Each `$ matcher …` of a block and the lines shown under it."""
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        if command.startswith("matcher "):
            yield command, shown


def output_of(command: str) -> str:
    result = CliRunner().invoke(
        main, shlex.split(command)[1:], env={**os.environ, "COLUMNS": WIDTH}
    )
    assert not result.exception or isinstance(result.exception, SystemExit), result.exception
    return result.output


def not_found(shown: list[str], printed: str) -> str:
    """The first passage, between two `…`, that was not printed after the passages before it."""
    rest = plain(printed).splitlines()
    for passage in passages(shown):
        size = len(passage)
        at = next((i for i in range(len(rest)) if same(passage, rest[i : i + size])), None)
        if at is None:
            return "\n".join(passage)
        rest = rest[at + len(passage) :]
    return ""


def plain(text: str) -> str:
    """A text with ordinary spaces, and none at the end of its lines."""
    text = text.replace("\u00a0", " ").replace("\u202f", " ")
    return "\n".join(line.rstrip() for line in text.split("\n"))


def same(passage: list[str], lines: list[str]) -> bool:
    return len(passage) == len(lines) and all(map(same_line, passage, lines))


def same_line(shown: str, printed: str) -> bool:
    """Whether a line is the one shown; `…` at either end of it stands for any characters."""
    start, end = shown.startswith(ANY_LINES), shown.endswith(ANY_LINES)
    kept = shown.removeprefix(ANY_LINES).removesuffix(ANY_LINES)
    match start, end:
        case False, False:
            return shown == printed
        case True, True:
            return kept in printed
        case True, False:
            return printed.endswith(kept)
        case _:
            return printed.startswith(kept)


def passages(shown: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == ANY_LINES:
            found.append([])
        else:
            found[-1].append(plain(line))
    while found and found[-1] and not found[-1][-1]:
        found[-1].pop()
    return [passage for passage in found if passage]


# ------------------------------------------------------------------------------------- rule files


@pytest.mark.parametrize("page", pages_with("yaml"), ids=name_of)
def test_yaml_blocks_are_parts_of_the_files_they_name(page):
    for block in blocks(page):
        named = re.match(r"# (docs/\S+\.yaml)\n", block.text)
        if block.language == "yaml" and named:
            whole = (ROOT / named[1]).read_text(encoding="utf-8")
            assert block.text[named.end() :] in whole, f"{block}: not in {named[1]}"


@pytest.mark.parametrize("file", ["docs/template.yaml", "docs/examples/prime-robot.yaml"])
def test_the_files_that_authors_copy_are_clean(file, tmp_path):
    text = (ROOT / file).read_text(encoding="utf-8")
    copy = tmp_path / "mon-dispositif.yaml"
    copy.write_text(re.sub(r"(?m)^id: \S+", "id: mon-dispositif", text), encoding="utf-8")
    catalogue = Catalogue.load(copy)
    results = list(case_results(catalogue))
    assert len(results) >= 5
    assert [result.case.name for result in results if not result.passed] == []
    for document in ("docs/guide-authors.md", "docs/guide-authors.fr.md"):
        assert Path(file).name in (ROOT / document).read_text(encoding="utf-8")


@pytest.mark.parametrize("file", ["docs/template.yaml", "docs/examples/prime-robot.yaml"])
def test_an_editor_finds_no_mistake_in_them(file):
    schema = file_schema("scheme", Catalogue.load().content)
    plain_data = json.loads(json.dumps(read_yaml_file(ROOT / file).data, default=float))
    problems = [error.message for error in Draft202012Validator(schema).iter_errors(plain_data)]
    assert not problems


def test_the_hooks_for_other_repositories_are_commands():
    hooks = read_yaml_file(ROOT / ".pre-commit-hooks.yaml").data
    assert {hook["id"] for hook in hooks} == {"matcher-rules-check", "matcher-rules-test"}
    for hook in hooks:
        program, *arguments = hook["entry"].split()
        assert program == "matcher"
        result = CliRunner().invoke(main, [*arguments, "--help"])
        assert result.exit_code == 0, result.output
        assert hook["args"] == ["rules"]


# ------------------------------------------------------------------------------------------- links


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_inside_the_repository_lead_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    broken = [target for target in links(text) if not leads_somewhere(page, target)]
    assert not broken, f"{name_of(page)}: {broken}"


def links(text: str) -> list[str]:
    found = (match["target"] or match["image"] for match in _LINK.finditer(text))
    return [target for target in found if not re.match(r"[a-z]+:", target)]


def leads_somewhere(page: Path, target: str) -> bool:
    path, _, anchor = target.partition("#")
    wanted = (page.parent / path).resolve() if path else page
    if not wanted.exists():
        return False
    if not anchor or wanted.suffix != ".md":
        return True
    return anchor in {slug(m["title"]) for m in _HEADING.finditer(wanted.read_text("utf-8"))}


def slug(title: str) -> str:
    """The anchor that GitHub gives to a heading."""
    plain = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", title).strip().lower()
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


# -------------------------------------------------------------------------------------- the checks


def test_a_stale_output_is_seen():
    printed = "one\ntwo\nthree\nfour\n"
    assert not not_found(["one", ANY_LINES, "three", "four"], printed)
    assert not not_found([], printed)
    assert not_found(["one", "three"], printed)
    assert not_found(["four", ANY_LINES, "one"], printed)
    assert not not_found(["on…", "…wo", "…hre…"], printed)
    assert not_found(["…x"], printed)


def test_a_stale_example_is_seen():
    block = Block(ROOT / "README.md", 1, "python", ">>> 1 + 1\n3\n")
    with pytest.raises(AssertionError, match="Expected"):
        run(block, {})


def test_a_broken_link_is_seen():
    assert links("[a](b.md) and [c](https://d.fr)") == ["b.md"]
    assert not leads_somewhere(ROOT / "README.md", "docs/nothing.md")
    assert not leads_somewhere(ROOT / "README.md", "docs/language.md#nothing")
    assert leads_somewhere(ROOT / "README.md", "docs/language.md#2-expressions")
