"""Is the report a sound document that needs nothing else, whatever the file says?"""

import re
from itertools import pairwise

import pytest

from matcher.language.text import LANGUAGES
from matcher.portfolio.page import write_report
from matcher.portfolio.page.style import STYLE
from tests.portfolio.page.document import read

LOADING = ("script", "link", "img", "iframe", "object", "embed", "base", "video", "audio", "form")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_is_a_document_in_its_language(many, lang):
    page = many.page(lang)
    assert page.startswith("<!doctype html>\n")
    root = read(page)
    (html,) = root.every("html")
    assert html.attributes["lang"] == lang
    assert root.having(name="viewport")[0].attributes["content"].startswith("width=device-width")
    assert len(page.encode()) < 500_000


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_lead_somewhere(many, lang):
    root = read(many.page(lang))
    ids = [e.attributes["id"] for e in root.every() if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    named = [
        e.attributes["aria-labelledby"] for e in root.having() if "aria-labelledby" in e.attributes
    ]
    linked = [e.attributes["href"] for e in root.every("a")]
    wanted = [i for one in named for i in one.split()] + [h[1:] for h in linked if h[0] == "#"]
    filled = re.findall(r"url\(#(\w+)\)", STYLE)
    assert wanted
    assert set(wanted) | set(filled) <= set(ids)


def test_headings_go_down_one_step_at_a_time(page):
    levels = [int(e.name[1]) for e in read(page).every("h1", "h2", "h3", "h4")]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_keyboard_can_skip_to_the_content(page):
    first = read(page).every("a")[0]
    assert first.attributes == {"href": "#main", "class": "skip"}


def test_it_loads_nothing(page):
    root = read(page)
    (policy,) = (e for e in root.every("meta") if "http-equiv" in e.attributes)
    assert "default-src 'none'; style-src 'unsafe-inline'" in policy.attributes["content"]
    assert not root.every(*LOADING)
    for element in root.every():
        names = set(element.attributes)
        assert not names & {"src", "srcset", "style", "xlink:href", "action", "background"}
        assert not [name for name in names if name.startswith("on")]
        assert element.name == "a" or "href" not in names
    for link in root.every("a"):
        assert re.match(r"#|https?://|mailto:", link.attributes["href"])
    assert not re.search(r"url\((?!#)|@import|expression", STYLE)


def test_what_strangers_write_stays_text(make):
    header = '<img src=x onerror=alert(1)>;"<script>a</script>";Ville;"a\x07&amp;"'
    made = make(f"Nom;{header}\nA;b;c;Paris;d\n<b>;e;f;Lyon;g\n", "<script>alert(1)<⁄script> &.csv")
    root = read(made.page())
    assert not root.every("script", "img", "b") or all(
        b.text.isprintable() for b in root.every("b")
    )
    assert not root.every("script", "img")
    assert "<script>alert(1)<⁄script> &.csv" in root.every("header")[0].text
    assert "<script>alert(1)<⁄script> &.csv" in root.every("title")[0].text
    cells = [cell.text for cell in root.every("th")]
    assert "<img src=x onerror=alert(1)>" in cells
    assert "a&amp;" in cells
    assert "\x07" not in made.page()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_same_run_gives_the_same_file_and_no_other(many, lang, tmp_path):
    path = tmp_path / "rapport.html"
    write_report(path, many.run, many.catalogue, many.clients, lang)
    assert path.read_text(encoding="utf-8") == many.page(lang)
    assert list(tmp_path.iterdir()) == [path]


def test_a_failure_leaves_no_file(many, tmp_path):
    with pytest.raises(AttributeError):
        write_report(tmp_path / "r.html", many.run, None, many.clients, "fr")
    assert not list(tmp_path.iterdir())


# ----------------------------------------------------------------------------------------- contrast
def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#\w+)", block))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * c for c in colour[1:])
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_told_apart(scheme):
    found = colours(STYLE.split(f"color-scheme: {scheme};", 1)[1].split("}", 1)[0])
    for ink in ("ink", "soft", "accent"):
        for paper in ("paper", "box"):
            assert contrast(found[ink], found[paper]) >= 4.5, (ink, paper)
    for edge in ("yes", "open", "no", "line"):
        assert contrast(found[edge], found["paper"]) >= 3, edge
