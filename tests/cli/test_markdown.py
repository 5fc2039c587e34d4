"""Can a text of a rule or of a profile break out of the Markdown report?"""

import json
import re
import shutil

import pytest

from matcher import Catalogue, ProfileError
from matcher.answers.markup import markdown_escaped as escaped
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at
from matcher.cli.markdown import report_markdown

HOSTILE = (
    "<script>alert(1)</script>",
    "a | b | c",
    "*gras* _italique_ `code`",
    "[lien](javascript:alert(1))",
    "![image](http://example.org/x.png)",
    "# Titre",
    "texte\n\n# Titre\n\n- liste",
    "texte\n> citation",
    "texte\n---\n",
    "texte\r\n    code",
    "texte\u2028# Titre",
    "\\<b>",
    "~~barré~~ ==x==",
    "<!-- commentaire",
    "&lt;b&gt; &#60;",
)
# What a line of a report may begin with.
LINE = re.compile(r"(# |## |\*\*|- |  - |> |\[\w+\] |$|Réponse au |Answer as of |\d+ )")
MARKUP = re.compile(r"(?<!\\)[<>|]")
LINK = re.compile(r"<https://example\.org/[a-z0-9]+>")


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_escaped_text_is_one_line_without_markup(text):
    shown = escaped(text)
    assert len(shown.splitlines()) <= 1
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_\[\]<>#|]", shown)
    plain = re.sub(r"\\(.)", r"\1", shown)
    assert "".join(plain.split()) == "".join(text.split()), "nothing of it is lost"


@pytest.fixture(scope="module")
def catalogue(root, tmp_path_factory):
    """A scheme every text of which is hostile."""
    rules = tmp_path_factory.mktemp("rules") / "rules"
    shutil.copytree(root / "tests" / "bad" / "good", rules.parent, dirs_exist_ok=True)
    for path in (rules / "schemes").glob("*.yaml"):
        path.unlink()
    everything = " ".join(text for text in HOSTILE if "\r" not in text and "\u2028" not in text)

    def pair(word):
        return "{" + f"fr: {json.dumps(f'{word} {everything}')}, en: {json.dumps(everything)}" + "}"

    text = f"""
id: hostile
language: 1
name: {pair("nom")}
summary: {pair("résumé")}
operators: [ademe]
audience: [societe]
confidence: low
sources:
  S1: {{title: {json.dumps(everything)}, url: "https://example.org/s1", read_on: "2026-11-22"}}
unknowns:
  local: {{type: euros, states: {pair("seuil")}, ask: prefet}}
editions:
  - {{id: "2026", opens: "2026-01-01", closes: "2026-12-31", source: S1, note: {pair("note")}}}
criteria:
  all:
    - id: a
      states: {pair("a")}
      test: applicant.headcount >= 10
      source: S1
      remedy: {pair("r")}
    - {{id: b, states: {pair("b")}, test: project.cost_eur >= local, source: S1}}
    - {{id: c, states: {pair("c")}, test: site.polluted, source: S1}}
    - {{id: d, states: {pair("d")}, test: site.flagged, source: S1}}
signals:
  - {{id: s, favours: true, states: {pair("s")}, test: site.polluted, source: S1}}
assessed:
  - {{id: t, states: {pair("t")}, source: S1}}
uncoded:
  - {{id: u, states: {pair("u")}, source: S1}}
aid:
  - {{id: g, form: grant, states: {pair("g")}, amount: 100, basis: S1, terms: [{pair("z")}]}}
apply:
  url: "https://example.org/apply"
  steps: [{pair("p")}]
"""
    (rules / "schemes" / "hostile.yaml").write_text(text, encoding="utf-8")
    facts = rules.parent / "profiles" / "facts" / "facts.yaml"
    declared = f"  site.flagged: {{type: boolean, label: {pair('l')}}}\n"
    facts.write_text(facts.read_text(encoding="utf-8") + declared, encoding="utf-8")
    for path in (rules / "sets").glob("*.yaml"):
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole.replace("Préfecture de région", "Préfecture <b>|*"), encoding="utf-8")
    return Catalogue(load_content(layout_at(rules))[0])


GIVEN = [
    {},
    {"project.cost_eur": 5},
    {"applicant.headcount": 5},
    {"applicant.headcount": 50, "project.cost_eur": 5, "site.polluted": True, "site.flagged": True},
]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize("given", GIVEN, ids=len)
def test_a_hostile_rule_stays_in_its_place(catalogue, given, lang):
    text = report_markdown(catalogue.match(given, "2026-05-04"), lang)
    assert text.count("\n## ") == 1, "one scheme, one title"
    assert len(re.findall(r"^# ", text, re.MULTILINE)) == 1
    for line in text.split("\n"):
        assert LINE.match(line), line[:200]
        bare = LINK.sub("", line.removeprefix("> "))
        assert not MARKUP.search(bare), line[:300]
        assert "\r" not in line
        assert "\u2028" not in line


@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_value_stays_in_its_place(value):
    """Free-text codes are the only texts of a profile that a report shows."""
    shipped = Catalogue.load()
    try:
        profile = shipped.profile({"applicant.hq_country": value, "about": value})
    except ProfileError:
        return
    text = report_markdown(shipped.match(profile, "2026-05-04"), "fr")
    assert text.count("\n## ") == len(shipped.schemes)
    for line in text.split("\n"):
        assert LINE.match(line), line[:200]
        assert not MARKUP.search(re.sub(r"<(https?://|mailto:)[^<>\s]+>|^> ", "", line)), line[:300]


def test_the_shipped_reports_are_well_formed(root):
    shipped = Catalogue.load()
    for path in sorted((root / "profiles" / "examples").glob("*.yaml"))[:4]:
        text = report_markdown(shipped.match(shipped.profile(path), "2026-05-04"), "fr")
        for line in text.split("\n"):
            assert LINE.match(line), line[:200]
