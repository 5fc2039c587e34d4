"""Is each mistake told with its code, at its place, in both languages, and explained on a page?

The mistakes are data: see tests/bad/README.md.
"""

import re
import shutil
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from matcher import Catalogue
from matcher.authoring.cases import case_results
from matcher.authoring.lints.run import lint
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at
from matcher.language.diagnostics import (
    Diagnostic,
    Diagnostics,
    MatcherError,
    Place,
    RuleError,
    Severity,
    diagnostic,
    nearest,
)
from matcher.language.messages import MESSAGES
from matcher.language.text import LANGUAGES, Text
from matcher.language.yaml_text import Document, read_yaml_file

ROOT = Path(__file__).resolve().parents[2]
BAD = ROOT / "tests" / "bad"
GOOD = BAD / "good"
PAGES = ROOT / "docs" / "diagnostics"
DAY = "2026-12-01"
CODE = re.compile(r"\b[YSEVTCKPW]\d\d\b")
WRITING = {"file", "good", "bad", "times", "encoding", "remove", "load", "scheme", "on"}
TELLING = {"at", "at_file", "also"}


@dataclass(frozen=True)
class Mistake:
    """One file of tests/bad/."""

    path: Path
    says: dict[str, Any] = field(repr=False)

    @property
    def code(self) -> str:
        return self.path.name[:3]

    def get(self, key: str) -> Any:
        return self.says.get(key)


MISTAKES = [Mistake(path, read_yaml_file(path).data) for path in sorted(BAD.glob("*.yaml"))]
each_mistake = pytest.mark.parametrize("mistake", MISTAKES, ids=lambda m: m.path.stem)
each_code = pytest.mark.parametrize("code", sorted(MESSAGES))


# ------------------------------------------------------------------------------- making the mistake


def found_in(whole: str, part: str) -> tuple[int, str]:
    """Where a text stands in a file, and the indentation of its first line."""
    hits = []
    for hit in re.finditer(re.escape(part.split("\n", maxsplit=1)[0]), whole):
        line = whole[whole.rfind("\n", 0, hit.start()) + 1 : hit.start()]
        indent = " " * (len(line) - len(line.lstrip(" ")))
        if whole.startswith(part.replace("\n", "\n" + indent), hit.start()):
            hits.append((hit.start(), indent))
    assert len(hits) == 1, f"{part!r} stands {len(hits)} times in the file of good/, once is wanted"
    return hits[0]


def changed(says: dict[str, Any]) -> tuple[str, int]:
    """The file with the mistake, and where the change begins."""
    if "bad" not in says:
        return (GOOD / says["file"]).read_text(encoding="utf-8"), 0
    if "good" not in says:
        copies = range(says.get("times", 1))
        return "".join(says["bad"].replace("{n}", str(n)) for n in copies), 0
    whole = (GOOD / says["file"]).read_text(encoding="utf-8")
    start, indent = found_in(whole, says["good"])
    good, bad = (says[key].replace("\n", "\n" + indent) for key in ("good", "bad"))
    return whole[:start] + bad + whole[start + len(good) :], start


def make(mistake: Mistake, folder: Path) -> None:
    """A copy of good/ with the mistake in it."""
    shutil.copytree(GOOD, folder, dirs_exist_ok=True)
    if mistake.get("remove"):
        (folder / mistake.get("file")).unlink()
    elif "bad" in mistake.says:
        text, _ = changed(mistake.says)
        data = text.encode(mistake.get("encoding") or "utf-8")
        (folder / mistake.get("file")).write_bytes(data)


def told(mistake: Mistake, folder: Path) -> list[Diagnostic]:
    """The diagnostics of the copy: mistakes, or else warnings."""
    documents: dict[str, Document] = {}
    day = date.fromisoformat(mistake.get("on") or DAY).toordinal()
    try:
        layout = layout_at(folder / (mistake.get("load") or "rules"))
        content, _ = load_content(layout, documents)
        catalogue = Catalogue(content)
        faults = [result.fault for result in case_results(catalogue) if result.fault]
        profile = catalogue.profile(folder / "profile.yaml")
        asked = mistake.get("scheme")
        catalogue.match(profile, DAY, [asked] if asked else None)
    except MatcherError as error:
        return list(error.diagnostics)
    return faults or list(lint(content, documents, layout, day).warnings)


def shown_file(mistake: Mistake, folder: Path) -> str:
    """The file that the message must name."""
    name = next((mistake.says[k] for k in ("at_file", "load", "file") if k in mistake.says), "")
    return str(folder / name) if name else ""


def expected(mistake: Mistake, folder: Path) -> list[tuple[str, str]]:
    """The codes and places that must be told."""
    wanted = {mistake.code: mistake.says["at"], **mistake.says.get("also", {})}
    return [(code, str(place_of(at, mistake, folder))) for code, at in wanted.items()]


def place_of(at: str | list[int], mistake: Mistake, folder: Path) -> Place:
    """The place that `at` means."""
    file = shown_file(mistake, folder)
    if isinstance(at, list):
        return Place(file, *at)
    if not at:
        return Place(file)
    text, start = changed(mistake.says) if not mistake.get("remove") else ("", 0)
    if mistake.get("at_file"):
        text, start = (GOOD / mistake.get("at_file")).read_text(encoding="utf-8"), 0
    where = text.find(at, start) if at in text[start:] else text.find(at)
    assert where >= 0, f"at: {at!r} is not in the file"
    return Place(file, text.count("\n", 0, where) + 1, where - text.rfind("\n", 0, where))


# ------------------------------------------------------------------------------------- the mistakes


def test_the_good_tree_is_good():
    layout = layout_at(GOOD / "rules")
    documents: dict[str, Document] = {}
    content, found = load_content(layout, documents)
    catalogue = Catalogue(content)
    assert not list(found)
    assert lint(content, documents, layout, date.fromisoformat(DAY).toordinal()).warnings == ()
    assert all(result.passed for result in case_results(catalogue))
    assert catalogue.profile(GOOD / "profile.yaml").notices == ()


@pytest.fixture(scope="module")
def tried(tmp_path_factory):
    """What is told of a mistake, and the folder where it was made; each is tried once."""
    kept: dict[Path, tuple[Path, list[Diagnostic]]] = {}

    def try_it(mistake: Mistake) -> tuple[Path, list[Diagnostic]]:
        if mistake.path not in kept:
            folder = tmp_path_factory.mktemp("mistake")
            make(mistake, folder)
            kept[mistake.path] = folder, told(mistake, folder)
        return kept[mistake.path]

    return try_it


@each_mistake
def test_a_mistake_is_told_once_with_its_code_and_at_its_place(mistake, tried):
    assert not set(mistake.says) - WRITING - TELLING, "see tests/bad/README.md"
    folder, found = tried(mistake)
    assert [(d.code, str(d.place)) for d in found] == expected(mistake, folder)


@each_mistake
def test_a_mistake_is_worded_in_both_languages(mistake, tried):
    _, found = tried(mistake)
    for one in found:
        assert one.message("fr") != one.message("en")
        for lang in LANGUAGES:
            values = {p.in_(lang) if isinstance(p, Text) else p for _, p in one.parts}
            plain = replace(one, suggestion=None)
            for text in (one.message(lang), one.fix(lang), plain.fix(lang)):
                assert text.endswith((".", "?", ")"))
                assert set(re.findall(r"\{(\w*)\}", text)) <= values | {""}
                assert "{{" not in text
                assert "None" not in text


# ----------------------------------------------------------------------------- codes and their uses


@each_code
def test_both_languages_insert_the_same(code):
    def inserted(lang: str, part: int) -> set[str]:
        return set(re.findall(r"(?<!\{)\{(\w+)\}", MESSAGES[code][lang][part]))

    assert inserted("fr", 0) == inserted("en", 0)
    assert inserted("fr", 1) == inserted("en", 1)


@each_code
def test_a_code_has_a_fixture_a_page_and_a_line_in_the_index(code):
    assert [m for m in MISTAKES if m.code == code], f"tests/bad/{code}-….yaml is missing"
    page = PAGES / f"{code}.md"
    assert page.is_file(), f"docs/diagnostics/{code}.md is missing"
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    assert index.count(f"[{code}]({code}.md)") == 1


def test_no_fixture_and_no_page_without_a_code():
    named = {m.code for m in MISTAKES} | {p.stem for p in PAGES.glob("*.md")} - {"index"}
    texts = [p.read_text(encoding="utf-8") for p in PAGES.glob("*.md")]
    named |= {code for text in texts for code in CODE.findall(text)}
    assert named <= set(MESSAGES)


def test_the_program_uses_every_code_and_no_other():
    quoted = re.compile(r'"([YSEVTCKPW]\d\d)"')
    sources = (p for p in (ROOT / "matcher").rglob("*.py") if p.name != "messages.py")
    used = {code for p in sources for code in quoted.findall(p.read_text(encoding="utf-8"))}
    assert used == set(MESSAGES)


# ---------------------------------------------------------------------------------------- the pages


@each_code
def test_a_page_has_both_languages_and_a_title_with_its_code(code):
    text = (PAGES / f"{code}.md").read_text(encoding="utf-8")
    assert text.startswith(f"# {code}: ")
    for part in ("**English.**", "**Français.**", "**Why.**", "**Pourquoi.**"):
        assert text.count(part) == 1, f"docs/diagnostics/{code}.md: {part}"


def shown_mistakes() -> list[Mistake]:
    """The first fixture of each code, where it is a change of a line or two."""
    firsts = {m.code: m for m in reversed(MISTAKES)}.values()
    return [m for m in firsts if m.get("good") and not m.get("times") and not m.get("encoding")]


@pytest.mark.parametrize("mistake", shown_mistakes(), ids=lambda m: m.path.stem)
def test_a_page_shows_the_mistake_and_its_correction(mistake):
    """The example of the first fixture of a code is the one of its page."""
    page = (PAGES / f"{mistake.code}.md").read_text(encoding="utf-8")
    lines = {line.strip() for line in page.splitlines()}
    for key in ("bad", "good"):
        missing = [line for line in whole_lines(mistake, key) if line.strip() not in lines]
        assert not missing, f"docs/diagnostics/{mistake.code}.md does not show {missing}"


def whole_lines(mistake: Mistake, key: str) -> list[str]:
    """The lines of the file that hold the `good` or the `bad` text."""
    good = (GOOD / mistake.get("file")).read_text(encoding="utf-8")
    text = good if key == "good" else changed(mistake.says)[0]
    start, indent = found_in(good, mistake.get("good"))
    part = mistake.says[key].replace("\n", "\n" + indent)
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", start + max(len(part) - 1, 0))
    return [line for line in text[first:last].split("\n") if line.strip()]


# ---------------------------------------------------------------------------------- the diagnostics


def test_a_place_reads_as_editors_open_it():
    assert str(Place("a.yaml", 3, 7)) == "a.yaml:3:7"
    assert str(Place("a.yaml")) == "a.yaml"
    assert str(Place()) == ""
    assert Place("a.yaml", 3, 7).shifted(2) == Place("a.yaml", 3, 9)
    assert Place("a.yaml").shifted(2) == Place("a.yaml")


def test_a_suggestion_replaces_the_fix():
    one = diagnostic("C20", Place("a.yaml", 1, 1), suggestion="fonds-vert", name="fond-vert")
    assert one.fix("fr") == "Vouliez-vous dire « fonds-vert » ?"
    assert one.fix("en") == "Did you mean “fonds-vert”?"
    assert one.render("en").splitlines() == [
        "a.yaml:1:1: C20 The scheme “fond-vert” does not exist in this catalogue.",
        "    → Did you mean “fonds-vert”?",
    ]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("headcout", "headcount"),
        ("Headcount", "headcount"),
        ("xyz", None),
        ("", None),
    ],
)
def test_the_nearest_word(word, near):
    assert nearest(word, ["headcount", "turnover", "naf"]) == near


def test_mistakes_are_told_in_the_order_of_the_files():
    found = Diagnostics()
    found.add("Y10", Place("b.yaml"))
    found.add("Y10", Place("a.yaml", 10, 1))
    found.add("Y10", Place("a.yaml", 9, 1))
    assert [str(d.place) for d in found] == ["a.yaml:9:1", "a.yaml:10:1", "b.yaml"]
    assert len(found.errors) == 3
    with pytest.raises(RuleError) as raised:
        found.raise_errors()
    assert len(raised.value.diagnostics) == 3
    assert str(raised.value).count("Le fichier est vide") == 3
    assert raised.value.render("en").count("The file is empty") == 3


def test_without_a_mistake_nothing_is_raised():
    Diagnostics().raise_errors()


def test_a_value_with_braces_is_not_taken_for_a_place_to_fill():
    one = diagnostic("P01", Place(), key="{key.__class__}")
    assert "{key.__class__}" in one.message("fr")


def test_warnings_do_not_stop():
    found = Diagnostics()
    found.add("W07", Place("a.yaml", 1, 1), name="site.area")
    found.raise_errors()
    assert [d.severity for d in found] == [Severity.WARNING]
    found.add("Y10", Place("a.yaml"))
    assert [d.severity for d in found.errors] == [Severity.ERROR]
