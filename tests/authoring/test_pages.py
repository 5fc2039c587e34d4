"""Do the generated pages say all that the rules say, in both languages, and nothing else?

A page is read here as text: no renderer is needed to see that a statement is there, that a link
leads to a page, or that a hostile text stays on its line.
"""

import datetime
import re

import pytest
from click.testing import CliRunner

from matcher.answers.texts import PlanTexts
from matcher.api import Catalogue
from matcher.authoring.pages import shared_page, site_pages
from matcher.authoring.pages_agenda import events
from matcher.authoring.pages_dates import Side, written_date
from matcher.authoring.pages_text import escaped, prose, typeset
from matcher.authoring.pages_trees import Trees
from matcher.authoring.pages_writer import SchemeWriter, Writer
from matcher.cli import main
from matcher.language.text import LANGUAGES, Text
from matcher.language.walk import facts_of

ON = "2026-11-22"
DAY = datetime.date.fromisoformat(ON).toordinal()
LINK = re.compile(r"\[[^\]]*\]\(([^)]*)\)")
BARE_ITEM = re.compile(r"\s*(-|\d+\.)\s*(\*[^*]*\*)?\s*")
ANCHOR = re.compile(r'<a id="([^"]+)"></a>')
SCHEMES = Catalogue.load().schemes


@pytest.fixture(scope="module")
def catalogue():
    return Catalogue.load()


@pytest.fixture(scope="module")
def pages(catalogue):
    return dict(site_pages(catalogue, DAY))


def day(text):
    return datetime.date.fromisoformat(text).toordinal()


def said(text, lang):
    """A text of the rules as a page of a language shows it."""
    shown = prose(text.in_(lang))
    return typeset(shown) if lang == "fr" else shown


def plain(page):
    """A page without the targets of its links and without its technical names."""
    return re.sub(r"`[^`]*`", "", re.sub(r"\]\([^)]*\)", "]", page))


# ------------------------------------------------------------------------------ nothing is left out
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id_", SCHEMES)
def test_a_page_states_everything_its_scheme_states(id_, lang, catalogue, pages):
    page = pages[f"{lang}/schemes/{id_}.md"]
    missing = [text for text in statements(catalogue, id_, lang) if said(text, lang) not in page]
    assert not missing


def statements(catalogue, id_, lang):
    """Every text of a scheme, in every edition, with the parameters put in."""
    scheme = catalogue.scheme(id_)
    yield scheme.name
    yield scheme.summary
    for edition in scheme.editions or (None,):
        plan = catalogue.plan(id_, edition.id if edition else None)
        texts = PlanTexts(plan, Writer(catalogue, lang, DAY).speaker)
        for found in texts.criteria:
            yield from (found.statement, *([found.remedy] if found.remedy else []))
        yield from (*texts.aid, *texts.signals)
        yield from (text for kind in texts.remarks.values() for _, _, text in kind)
        yield from (term for part in plan.aid for term in part.component.terms)
        if edition is not None:
            yield from ([edition.note] if edition.note else [])
    yield from scheme.notes
    yield from (Text(s.title, s.title) for s in scheme.sources.values())
    if scheme.apply:
        yield from (*scheme.apply.steps, *scheme.apply.documents)
    if scheme.relations.through_territory:
        yield scheme.relations.through_territory.states


@pytest.mark.parametrize("id_", SCHEMES)
def test_every_source_is_dated_and_anchored(id_, catalogue, pages):
    page = pages[f"fr/schemes/{id_}.md"]
    for number, source in enumerate(catalogue.scheme(id_).sources.values(), 1):
        line = next(at for at in page.splitlines() if f'<a id="source-{number}"></a>' in at)
        assert typeset(escaped(source.title)) in line
        assert f"lu le {written_date(source.read_on).fr}" in line


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("id_", SCHEMES)
def test_every_test_and_amount_names_every_fact_it_reads(id_, lang, catalogue):
    writer = SchemeWriter(catalogue, lang, DAY)
    trees = Trees(writer)
    for edition in catalogue.scheme(id_).editions or (None,):
        plan = catalogue.plan(id_, edition.id if edition else None)
        found = [(leaf.plain, trees.test(leaf.plain)) for leaf in plan.leaves]
        found += [(n, trees.value(n)) for part in plan.aid for n in part.amounts.values()]
        for node, item in found:
            text = flat(item)
            labels = [writer.name(writer.speaker.label(key)) for key in facts_of(node)]
            assert not [label for label in labels if label not in text], text


def flat(item):
    return " ".join([item.text, *(flat(part) for part in item.below)])


def test_every_fact_table_and_scheme_has_its_place(catalogue, pages):
    for lang in LANGUAGES:
        assert set(catalogue.facts) <= set(ANCHOR.findall(pages[f"{lang}/facts.md"]))
        tables = set(catalogue.content.tables)
        assert tables <= set(ANCHOR.findall(pages[f"{lang}/tables.md"]))
        index = pages[f"{lang}/index.md"]
        assert all(f"(schemes/{id_}.md)" in index for id_ in catalogue.schemes)


# ----------------------------------------------------------------------------- nothing is left over
def test_no_page_shows_what_a_program_would(pages):
    odd = re.compile(r"None|Fraction\(|frozenset|Span\(|Text\(|\bTrue\b|\bFalse\b|[{}]|\binf\b|∞")
    found = {path: odd.findall(plain(page)) for path, page in pages.items()}
    found = {path: words for path, words in found.items() if words}
    assert not found


def test_no_page_is_empty_or_has_an_empty_part(pages):
    for path, page in pages.items():
        assert page.startswith("# "), path
        assert page.endswith("\n"), path
        lines = page.splitlines()
        titles = [n for n, line in enumerate(lines) if line.startswith("#")]
        for start, end in zip(titles, [*titles[1:], len(lines)], strict=True):
            deeper = end < len(lines) and lines[end].count("#") > lines[start].count("#")
            assert deeper or any(lines[start + 1 : end]), f"{path}: {lines[start]}"
        bare = [n for n, line in enumerate(lines) if BARE_ITEM.fullmatch(line)]
        assert all(re.match(r" +- ", lines[n + 1]) for n in bare), path
        assert "| |" not in page, path


def test_no_identifier_is_shown_where_there_is_a_label(catalogue, pages):
    keys = set(catalogue.facts)
    for path, page in pages.items():
        if "/schemes/" in path or path.endswith(("index.md", "calendar.md")):
            words = set(re.findall(r"[\w.-]+", re.sub(r"\S+/\S+", "", plain(page))))
            assert not words & keys, path
            assert not words & {id_ for id_ in catalogue.schemes if "-" in id_}, path


def test_dates_and_amounts_are_written_as_people_write_them(pages):
    for path, page in pages.items():
        if "/schemes/" in path:
            body = plain(page).rsplit("\n## Sources", 1)[0]
            assert not re.findall(r"\d{4}-\d{2}-\d{2}", body), path
        if path.startswith("fr/"):
            assert not re.findall(r"\d [€%]| [:;?!]( |$)|€\d", plain(page)), path
        else:
            ours = plain(page).split("\n## Examples")[0]
            assert not re.findall(r"\d[\u00a0 ]€", ours), path


def test_every_link_leads_somewhere(pages):
    for path, page in pages.items():
        folder = path.rsplit("/", 1)[0]
        for target in LINK.findall(page):
            if target.startswith(("https://", "mailto:")):
                continue
            file, _, name = target.partition("#")
            there = path if not file else normal(f"{folder}/{file}")
            assert there in pages, (path, target)
            assert not name or name in ANCHOR.findall(pages[there]), (path, target)


def normal(path):
    parts = []
    for part in path.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_two_runs_write_the_same_pages(pages):
    assert dict(site_pages(Catalogue.load(), DAY)) == pages


def test_both_languages_have_the_same_pages(pages):
    french, english = (
        {path.split("/", 1)[1] for path in pages if path.startswith(lang)} for lang in LANGUAGES
    )
    assert french == english


# ------------------------------------------------------------------------------- index and calendar
@pytest.mark.parametrize(
    ("id_", "fr", "en"),
    [  # checked by hand against the table of the dossier, on 22 November 2026
        ("decarb-flash", "**Ouvert**, prochaine relève le 15 février 2027", "15 February 2027"),
        ("premiere-usine", "**Ouvert**, jusqu'au 6 avril 2027 compris", "until 6 April 2027"),
        ("c3iv", "**Ouvert**, jusqu'au 31 décembre 2028 compris", "until 31 December 2028"),
        ("pret-vert", "**Ouvert**, sans date de fin", "**Open**, no end date"),
        ("tremplin", "**Clos**, dernier jour : 16 octobre 2025", "last day: 16 October 2025"),
        ("sprint-innovation", "**Clos**, dernier jour : 31 août 2025", "last day: 31 August 2025"),
        (
            "rebond-ingenierie",
            "**Clos**, clôture : octobre 2026 (jour",
            "closing: October 2026",
        ),
        (
            "fonds-vert-territoires-industrie",
            "**À confirmer**, selon : Région du site ; clôture générale le 31 décembre 2026",
            "**To be confirmed**, depending on: Region of the site; overall closing on 31 December",
        ),
        ("vta", "**À confirmer**, clôture : entre le 30 janvier 2026 et le 31 déc", "**To be conf"),
        ("pat", "**À confirmer**, ouverture : le 1er janvier 2021 ou plus tard", "**To be conf"),
    ],
)
def test_the_index_says_where_a_scheme_stands(id_, fr, en, pages):
    for lang, wanted in (("fr", typeset(fr)), ("en", en)):
        rows = [row for row in pages[f"{lang}/index.md"].splitlines() if f"/{id_}.md" in row]
        assert len(rows) == 1
        assert wanted in rows[0]


def test_the_index_counts_every_scheme_once(catalogue, pages):
    counts = re.findall(r"^## .*\((\d+)\)$", pages["fr/index.md"], re.MULTILINE)
    assert sum(map(int, counts)) == len(catalogue.schemes)


def parts(page):
    """The lines under each title of the second level."""
    found = re.split(r"^## (.*)$", page, flags=re.MULTILINE)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


@pytest.mark.parametrize(
    ("part", "row"),
    [
        ("Dates à venir", "| **15 février 2027** | Relève | [DECARB FLASH 2025-2027]"),
        ("Dates à venir", "| **6 avril 2027** | Clôture | [Première Usine"),
        ("Dates à venir", "| **31 décembre 2028** | Clôture | [C3IV"),
        ("Dates à venir", "| **31 décembre 2026** | Clôture | [PACTE Industrie]"),
        (
            "Dates passées",
            "| **18 septembre 2026** | Relève, Nouvelle-Aquitaine (75) | [Fonds vert",
        ),
        ("Dates passées", "| octobre 2026 (jour non publié) | Clôture | [Rebond industriel"),
        ("Dates passées", "| **16 octobre 2025** | Clôture | [Tremplin"),
        ("Dates passées", "| **31 août 2025** | Clôture | [Sprint Innovation"),
        ("Dates incertaines", "| le 1er janvier 2021 ou plus tard | Ouverture | [Prime d'am"),
        ("Dates non publiées", "| non publiée | Clôture | [Prime d'aménagement du territoire"),
        ("Ouverts au 22 novembre 2026", "| [Diag Eco-Flux](schemes/diag-eco-flux.md) | **Ouvert**"),
        ("À confirmer au 22 novembre 2026", "| [Volontariat territorial en administration (VTA)]"),
    ],
)
def test_the_calendar_puts_a_date_where_it_belongs(part, row, pages):
    assert row in parts(pages["fr/calendar.md"])[part]


def test_the_calendar_holds_every_date_once(catalogue):
    writer = Writer(catalogue, "fr", DAY)
    page = shared_page("calendar.md", catalogue, "fr", DAY)
    tables = [text for title, text in parts(page).items() if not title.startswith(("Ouv", "À"))]
    rows = [line for text in tables for line in text.splitlines() if line.startswith("| ")]
    heads = sum(line.startswith(("| Date", "| ---")) for line in rows)
    assert len(rows) - heads == len(list(events(writer)))


def test_dates_to_come_are_in_order(catalogue, pages):
    part = parts(pages["fr/calendar.md"])["Dates à venir"]
    shown = re.findall(r"^\| \*\*(.*?)\*\*", part, re.MULTILINE)
    writer = Writer(catalogue, "fr", DAY)
    coming = sorted(e.span.low for e in events(writer) if e.side(DAY) is Side.NEXT)
    assert shown == [writer.date(d) for d in coming]


@pytest.mark.parametrize(("on", "word"), [("2026-12-31", "**Ouvert**"), ("2027-01-01", "**Clos**")])
def test_a_closing_day_is_still_open(on, word, catalogue):
    index = shared_page("index.md", catalogue, "fr", day(on))
    assert word in next(row for row in index.splitlines() if "/fonds-chaleur.md" in row)


def test_an_opening_day_is_open_already(catalogue):
    page = shared_page("calendar.md", catalogue, "fr", day("2024-03-14"))
    assert "Ouverture | [C3IV" in parts(page)["Dates passées"].split("### 2023")[0]


# -------------------------------------------------------------------------------- the command line
def run(*args):
    return CliRunner().invoke(main, ["rules", "docs", *args])


def test_the_command_writes_both_languages_once(tmp_path):
    first = run("--out", str(tmp_path), "--scheme", "c3iv", "--on", ON)
    assert first.exit_code == 0
    assert "2 pages, dont 2 changées" in first.output
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*.md"))
    assert written == ["en/schemes/c3iv.md", "fr/schemes/c3iv.md"]
    again = run("--out", str(tmp_path), "--scheme", "c3iv", "--on", ON, "--lang", "en")
    assert "2 pages, 0 of them changed" in again.output


def test_the_command_prints_one_page(pages):
    assert run("--scheme", "c3iv", "--on", ON, "--lang", "en").output == pages["en/schemes/c3iv.md"]
    assert run("--on", ON).output == pages["fr/index.md"]


def test_the_command_refuses_plainly(tmp_path):
    unknown = run("--scheme", "c3i", "--on", ON)
    assert unknown.exit_code == 2
    assert "c3iv" in unknown.output
    assert run("--on", "2026-02-30").exit_code == 2
    (tmp_path / "fr").write_text("", encoding="utf-8")
    blocked = run("--out", str(tmp_path), "--scheme", "c3iv", "--on", ON)
    assert blocked.exit_code == 2
    assert "Traceback" not in blocked.output


# ---------------------------------------------------------------------------------------- the site
def test_what_the_site_needs_is_locked(root):
    text = (root / "requirements" / "docs.lock").read_text(encoding="utf-8")
    assert "://" not in text, "requirements/docs.lock names a host: run `make lock`"
    blocks = text.replace("\\\n", " ").splitlines()
    assert not [line.split()[0] for line in blocks if "--hash=sha256:" not in line]
    wanted = (root / "requirements" / "docs.in").read_text(encoding="utf-8")
    names = re.findall(r"^([\w-]+)", wanted, re.MULTILINE)
    assert all(re.search(rf"^{name}==", text, re.MULTILINE) for name in names)
