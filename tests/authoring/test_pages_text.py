"""Does a hostile text stay a text, and does a plain one stay as it is?"""

import datetime
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.api import Catalogue
from matcher.authoring.pages import page_of, shared_page
from matcher.authoring.pages_text import escaped, link, mail, opening, prose
from matcher.language.text import LANGUAGES

DAY = datetime.date(2026, 11, 22).toordinal()
LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")

HOSTILE = (
    "1. <script>alert(1)</script> [x](javascript:alert(1)) ![y](http://evil.example/p.png) | a | b "
    "`code` **bold** _em_ ~~no~~ &lt; <https://evil.example> # title \\"
)
TEMPLATE = """id: hostile
language: 1
name: {{fr: {text}, en: {text}}}
summary: {{fr: {text}, en: {text}}}
operators: [ademe]
audience: [commune]
confidence: low
sources:
  {text}: {{title: {text}, url: "http://evil.example/(a)_b", dated: {text}, read_on: {text}}}
unknowns:
  silent: {{type: boolean, states: {{fr: {text}, en: {text}}}, ask: ademe, source: {text}}}
editions:
  - id: {text}
    opens: "2026-01-01"
    closes: "unknown"
    source: {text}
    note: {{fr: {text}, en: {text}}}
criteria:
  all:
    - id: one
      states: {{fr: {text}, en: {text}}}
      test: applicant.public
      discretion: {{grants: silent}}
      remedy: {{fr: {text}, en: {text}}}
      source: {text}
    - any:
        id: group
        states: {{fr: {text}, en: {text}}}
        of: [{{id: two, states: {{fr: {text}, en: {text}}}, test: silent, source: {text}}}]
signals:
  - {{id: s, favours: true, states: {{fr: {text}, en: {text}}}, test: silent, source: {text}}}
assessed: [{{id: a, states: {{fr: {text}, en: {text}}}, source: {text}}}]
uncoded: [{{id: u, states: {{fr: {text}, en: {text}}}, source: {text}}}]
aid:
  - id: grant
    form: grant
    states: {{fr: {text}, en: {text}}}
    terms: [{{fr: {text}, en: {text}}}]
    basis: {text}
apply:
  url: "http://evil.example"
  contact: {text}
  steps: [{{fr: {text}, en: {text}}}]
  documents: [{{fr: {text}, en: {text}}}]
  delay: {{fr: {text}, en: {text}}}
notes: [{{fr: {text}, en: {text}}}]
cases:
  - name: {text}
    as_of: "2026-05-01"
    given: {{applicant.public: true}}
    expect: {{outcome: undetermined, window: unknown}}
"""


def scheme_of(text, folder):
    """A catalogue of one scheme, every text of which is the same."""
    quoted = "'" + text.replace("'", "''") + "'"
    path = folder / "hostile.yaml"
    path.write_text(TEMPLATE.format(text=quoted), encoding="utf-8")
    return Catalogue.load(path)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hostile_text_stays_a_text(lang, tmp_path):
    calm = page_of("hostile", scheme_of("calm", tmp_path), lang, DAY).splitlines()
    hostile = page_of("hostile", scheme_of(HOSTILE, tmp_path), lang, DAY).splitlines()
    assert [marks(line) for line in calm] == [marks(line) for line in hostile]
    page = "\n".join(hostile)
    assert page.count(escaped(HOSTILE.split("https", maxsplit=1)[0])[3:40]) > 20
    assert not re.search(r"<(?!a id=\"|/a>)", page)
    assert {target.split(":")[0] for target in LINK.findall(page) if ":" in target} <= {
        "https",
        "mailto",
    }
    assert "](http:" not in page


def marks(line):
    """How a line begins, as Markdown reads it."""
    return re.match(r"\s*(#+ |- |\d+\. |> |\| )?(\*\*|\*|<a id=\"[\w-]+\"></a>)?", line)[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hostile_scheme_stays_in_its_cells(lang, tmp_path):
    for name in ("index.md", "calendar.md"):
        calm = shared_page(name, scheme_of("calm", tmp_path), lang, DAY).splitlines()
        hostile = shared_page(name, scheme_of(HOSTILE, tmp_path), lang, DAY).splitlines()
        assert [line.count("|") for line in calm] == [line.count("|") for line in hostile]


@given(st.text())
def test_escaped_text_means_only_itself(text):
    shown = escaped(text)
    assert not set(re.sub(r"&#\d+;", "", shown)) & set("\\`*_{}[]<>#|~^&\n\r\t\0")
    flat_text = re.sub(r"[ \x00-\x1f\x7f]+", " ", text).strip()
    assert re.sub(r" +", " ", unescape(shown)).strip() == flat_text


@given(st.text())
def test_prose_is_escaped_text_with_links(text):
    shown = LINK.sub(lambda found: found[0].split("](")[0][1:], prose(text))
    assert re.sub(r"\s+", " ", shown).strip() == re.sub(r"\s+", " ", escaped(text)).strip()


@pytest.mark.parametrize(
    "text", ["1. a", "2024) a", "- a", "+ a", "=== a", "!!! note", ": a", "7."]
)
def test_no_text_begins_a_list(text):
    assert re.match(r"\d*&#\d+;", opening(escaped(text)))


@pytest.mark.parametrize("text", ["0.5 if", "12 mois", "1er mars", "a - b", "« a »"])
def test_a_plain_text_is_left_as_it_is(text):
    assert opening(escaped(text)) == text


def test_only_web_and_mail_addresses_become_links():
    assert link("a", "https://example.org/a_(b)|c\"'<>`") == (
        "[a](https://example.org/a_%28b%29%7Cc%22%27%3C%3E%60)"
    )
    for url in (
        "http://a.example",
        "javascript:alert(1)",
        "data:x",
        "//a.example",
        "https://a b",
        None,
    ):
        assert link("a", url) == "a"
    assert mail("a.b@example.org") == "[a.b@example.org](mailto:a.b@example.org)"
    assert mail("a@b.org?bcc=x") == "a@b.org?bcc=x"
