"""Does the one-page summary say what matters, on one page, and keep what is sensitive back?"""

import re
import shutil
import subprocess
from html.parser import HTMLParser

import pytest

from matcher import Catalogue
from matcher.answers.one_page import one_page
from matcher.answers.one_page_html import one_page_html
from matcher.answers.one_page_markdown import one_page_markdown

DATE = "2026-05-04"
CATALOGUE = Catalogue.load()
EXAMPLES = (
    *("pme-plasturgie-romorantin", "epci-sologne-des-rivieres", "pme-mecanique-angers"),
    *("sirene-tranche-effectif-mazamet", "code-postal-seul", "eti-verrerie-pau"),
)
VOID = {"meta", "br", "link", "img", "input", "hr"}


class Tags(HTMLParser):
    """Reads a page, and finds what is not closed, what runs, and what is loaded from elsewhere."""

    def __init__(self):
        super().__init__()
        self.open, self.seen, self.links, self.faults = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        self.faults += [name for name, _ in attrs if name.startswith("on") or name == "src"]
        self.links += [value for name, value in attrs if name == "href"]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}>")


def report(source, on=DATE):
    return CATALOGUE.match(CATALOGUE.profile(source), on)


@pytest.fixture(params=EXAMPLES)
def example(request, root):
    return report(root / "profiles" / "examples" / f"{request.param}.yaml")


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_is_sound_and_loads_nothing(example, lang):
    page = one_page_html(one_page(example), lang)
    tags = Tags()
    tags.feed(page)
    assert not tags.open
    assert not tags.faults
    assert "script" not in tags.seen
    assert "link" not in tags.seen
    assert f'<html lang="{lang}">' in page
    assert tags.seen.count("h1") == 1
    assert all(link.startswith(("https://", "http://", "mailto:")) for link in tags.links)
    assert "url(" not in page


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_scheme_is_on_the_page_once_at_least(example, lang):
    text = one_page_markdown(one_page(example), lang)
    bare = text.replace("\\", "")
    for decision in example.decisions:
        assert " ".join(decision.name.in_(lang).split()) in bare, decision.scheme


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_both_forms_say_who_decides_and_from_which_rules(example, lang):
    page = one_page(example)
    for text in (one_page_html(page, lang), one_page_markdown(page, lang)):
        assert example.content.digest in text
        assert ("décide" if lang == "fr" else "decides") in text
        assert ("4 mai 2026" if lang == "fr" else "4 May 2026") in text


def test_what_can_be_applied_for_comes_first_with_its_aid_and_address(root):
    page = one_page(report(root / "profiles" / "examples" / "pme-plasturgie-romorantin.yaml"))
    now = page.sections[0]
    assert now.id == "now"
    assert {sheet.name.fr for sheet in now.sheets} >= {"Prêt Vert"}
    words = {point.word.fr for sheet in now.sheets for point in sheet.points}
    assert {"Aide", "Étapes", "Démarche"} <= words


def test_nothing_to_apply_for_is_said():
    page = one_page(report({}))
    assert page.sections[0].id == "now"
    assert page.sections[0].remark is not None


def test_sensitive_answers_stay_out():
    known = report({"applicant.kind": "entreprise_privee", "applicant.ebitda_eur": 123_456_789})
    for lang in ("fr", "en"):
        for text in (
            one_page_html(one_page(known), lang),
            one_page_markdown(one_page(known), lang),
        ):
            assert "456" not in re.sub(r"<style>.*</style>", "", text, flags=re.DOTALL)


HOSTILE = '<script>alert(1)</script> [x](javascript:alert(1)) *gras* "guillemets" & | # ` _'


def test_what_a_profile_says_of_itself_cannot_break_out():
    known = report({"about": HOSTILE, "applicant.kind": "epci"})
    page = one_page_html(one_page(known), "fr")
    tags = Tags()
    tags.feed(page)
    assert "script" not in tags.seen
    assert not tags.open
    assert "&lt;script&gt;" in page
    text = one_page_markdown(one_page(known), "fr")
    assert "<script>" not in text
    assert "\\[x\\]" in text


def test_the_same_answers_give_the_same_bytes(root):
    path = root / "profiles" / "examples" / "pme-mecanique-angers.yaml"
    assert one_page_html(one_page(report(path)), "fr") == one_page_html(
        one_page(report(path)), "fr"
    )


BROWSER = shutil.which("chromium") or shutil.which("google-chrome")


@pytest.mark.skipif(BROWSER is None, reason="no browser to print with")
@pytest.mark.parametrize("name", EXAMPLES[:2])
def test_it_prints_on_one_sheet(root, tmp_path, name):
    known = report(root / "profiles" / "examples" / f"{name}.yaml")
    source, printed = tmp_path / "page.html", tmp_path / "page.pdf"
    source.write_text(one_page_html(one_page(known), "fr"), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    home = f"--user-data-dir={tmp_path / 'browser'}"
    subprocess.run(
        [BROWSER, *options, home, f"--print-to-pdf={printed}", source.as_uri()],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert len(re.findall(rb"/Type\s*/Page\b", printed.read_bytes())) == 1
