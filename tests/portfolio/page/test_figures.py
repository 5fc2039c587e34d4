"""Are the numbers of the report those of the results, in the pictures and in the tables?"""

import datetime
import re
from collections import Counter
from dataclasses import replace

import polars as pl
import pytest

from matcher.answers.views import Outcome
from matcher.engines.columnar.frame import values_of
from matcher.facts.profile import Profile
from matcher.language.text import LANGUAGES
from matcher.portfolio.page import by_answer, by_date, by_place, by_scheme, keys, report_page
from matcher.portfolio.page.chart import Chart
from matcher.portfolio.page.deadlines import deadlines
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.page.voice import Voice
from matcher.portfolio.results import WINDOW
from tests.portfolio.page.document import Element, read

SECTIONS = (by_scheme.ID, by_answer.ID, by_place.ID, by_date.ID)


@pytest.fixture(scope="module")
def subject(many) -> Subject:
    return Subject(many.run, many.catalogue, many.clients, Voice("fr"))


@pytest.fixture(scope="module")
def results(many) -> pl.DataFrame:
    return pl.concat([pl.read_parquet(path) for path in many.run.results])


@pytest.fixture(scope="module")
def reports(many):
    """The answer of the reference for each row, by its line."""
    vocabulary = many.catalogue.content.vocabulary
    return {
        row["@line"]: many.catalogue.match(Profile(values_of(row, vocabulary)), many.run.job.on)
        for row in many.run.shown().iter_rows(named=True)
    }


# ------------------------------------------------------------------------ pictures and their tables
def numbers(text: str) -> list[int]:
    return [int(re.sub(r"\D", "", found)) for found in re.findall(r"\d[\d\u202f,]*", text)]


def pictures(root: Element) -> list[tuple[Element, Element]]:
    """Each figure, and the table that follows it."""
    found = []
    for section in root.every("section"):
        parts = [c for c in section.children if isinstance(c, Element)]
        for figure, after in zip(parts, [*parts[1:], None], strict=True):
            if figure.name == "figure":
                assert after is not None
                assert after.name == "details"
                found.append((figure, after.every("table")[0]))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_has_its_table_with_the_same_numbers(many, lang):
    root = read(many.page(lang))
    found = pictures(root)
    assert len(found) == len(root.every("figure")) == 5
    for figure, table in found:
        rows = [row for row in table.every("tr") if row.every("td")]
        bars = figure.having(class_="bars")
        items = [item for group in bars for item in group.children if isinstance(item, Element)]
        assert items
        for item, row in zip(items, rows, strict=False):
            name, counts = (item.having(class_=kind)[0].text for kind in ("name", "counts"))
            cells = [numbers(cell.text)[0] for cell in row.every("td")]
            assert row.every("th")[0].text == name
            told = [numbers(number.text)[0] for number in item.every("b")]
            assert set(told) <= set(cells), (name, counts, cells)
            assert (sum(told) == 0) == (sum(cells) == 0)


def test_every_table_can_be_read_aloud(page):
    for table in read(page).every("table"):
        (caption,) = table.every("caption")
        assert caption.text.strip()
        assert all(head.attributes["scope"] for head in table.every("th"))
        widths = {
            sum(int(c.attributes.get("colspan", 1)) for c in row.every("th", "td"))
            for row in table.every("tr")
        }
        assert len(widths) == 1


def test_every_drawing_says_its_numbers(page):
    root = read(page)
    drawn = [svg for svg in root.every("svg") if svg.attributes.get("aria-hidden") != "true"]
    assert len(drawn) > 40
    for svg in drawn:
        assert svg.attributes["role"] == "img"
        title, desc = svg.every("title")[0], svg.every("desc")[0]
        assert title.text
        assert numbers(desc.text)
        assert svg.attributes["aria-labelledby"].split() == [
            title.attributes["id"],
            desc.attributes["id"],
        ]
        looks = [piece.attributes["class"] for piece in svg.every("rect")]
        assert len(looks) == len(set(looks))


def test_pieces_lie_side_by_side_within_the_line(page):
    for svg in read(page).having(class_="bar"):
        ends = [0.0]
        for piece in svg.every("rect"):
            start = float(piece.attributes["x"].rstrip("%"))
            assert start == pytest.approx(ends[-1])
            ends.append(start + float(piece.attributes["width"].rstrip("%")))
        assert ends[-1] <= 100.2


# ------------------------------------------------------------------------------ against the results
def counted(chart: Chart) -> dict[tuple[str, str], tuple[int, ...]]:
    return {(g.title, bar.name): bar.counts for g in chart.groups for bar in g.bars}


def test_schemes_are_counted_as_in_the_results(subject, results):
    chart = by_scheme.chart(subject)
    wanted = Counter()
    for scheme in subject.schemes:
        for outcome, window in results.select(scheme.id, scheme.id + WINDOW).iter_rows():
            wanted[window, scheme.name.fr, outcome] += 1
    titles = {str(w): t.fr.format(date="4 mai 2026") for w, t in by_scheme.WINDOWS.items()}
    found = Counter()
    for (title, name), counts in counted(chart).items():
        (window,) = [w for w, said in titles.items() if said == title]
        for (outcome, _, _), count in zip(by_scheme.SERIES, counts, strict=True):
            found[window, name.replace("\u00a0", " "), str(outcome)] += count
    assert +found == wanted
    assert len(chart.groups) >= 3


def test_key_figures_are_those_of_the_results(subject, results, reports, page):
    now = sum(any(d.can_apply_now for d in r.decisions) for r in reports.values())
    assert keys.can_apply(subject) == now > 0
    without = {k: v for k, v in subject.summary.places.items() if k[0] == "nothing"}
    bare = Subject(
        _with_places(subject.run, without), subject.catalogue, subject.clients, subject.voice
    )
    assert keys.can_apply(bare) == now
    header = read(page).every("header")[0].text
    assert f"81 lignes lues = {results.height} résultats + 1 rejet" in header.replace("\u00a0", " ")


def _with_places(run, places):
    return replace(run, summary=replace(run.summary, places=places))


def test_places_are_counted_as_the_reference_finds_them(subject, reports):
    for chart, key in zip(by_place.charts(subject), ("site.departement", "site.ti"), strict=True):
        wanted = Counter()
        for report in reports.values():
            known = report.decisions[0].facts.get(key)
            codes = sorted(known.members) if known is not None else []
            rows = [
                subject.catalogue.content.tables[subject.catalogue.fact(key).codes].row(c)
                for c in codes
            ]
            name = " ou ".join(row["name"] for row in rows) or None
            wanted[name, any(d.can_apply_now for d in report.decisions)] += 1
        found = Counter()
        for bar in chart.groups[0].bars:
            name = None if not bar.drawn else bar.name
            found[name, True] += bar.counts[0]
            found[name, False] += bar.counts[1]
        assert +found == wanted


def test_outside_every_territory_is_not_unknown(subject, reports):
    _, chart = by_place.charts(subject)
    found = {bar.name: bar.total for bar in chart.groups[0].bars if not bar.drawn}
    unknown = outside = 0
    for report in reports.values():
        facts = report.decisions[0].facts
        unknown += facts.get("site.insee") is None
        outside += facts.get("site.insee") is not None and facts.get("site.ti") is None
    assert found == {"Hors de tous ces lieux": outside, "Lieu inconnu": unknown}
    assert unknown
    assert outside


def test_questions_are_those_that_the_reference_asks(subject, reports):
    alone, among = Counter(), Counter()
    for report in reports.values():
        for decision in report.decisions:
            if decision.outcome is Outcome.UNDETERMINED and decision.window.state != "closed":
                missing = [fact.question.fr for fact in decision.missing]
                waits_only = len(missing) == 1 and not decision.ask_authority
                (alone if waits_only else among).update(missing)
    chart = by_answer.chart(subject)
    bars = [*chart.groups[0].bars, *(chart.beyond.bars if chart.beyond else ())]
    typed = {bar.name.replace("\u00a0", " "): bar.counts for bar in bars}
    assert typed == {q: (alone[q], among[q]) for q in {*alone, *among}}
    assert [bar.total for bar in bars] == sorted((bar.total for bar in bars), reverse=True)


def test_deadlines_are_to_come_and_concern_somebody(subject, reports):
    found = deadlines(subject)
    assert len(found) > 5
    for one in found:
        assert one.span.high >= subject.day
        assert one.eligible + one.to_clarify > 0
        assert not one.at_most
    assert [one.span.high for one in found] == sorted(one.span.high for one in found)
    coming = Counter()
    for report in reports.values():
        for decision in report.decisions:
            if decision.window.next_intake and decision.outcome is not Outcome.INELIGIBLE:
                day = datetime.date.fromisoformat(decision.window.next_intake).toordinal()
                coming[decision.scheme, day] += 1
    assert coming
    told = Counter()
    for one in found:
        if one.what.fr.startswith("relève"):
            told[one.scheme.id, one.span.low] += one.eligible + one.to_clarify
    assert coming.items() <= told.items()


# ----------------------------------------------------------------------------------- some rows only
def test_it_says_that_only_some_rows_were_looked_at(many):
    page = report_page(many.run, many.catalogue, many.clients[:10], "fr")
    assert "Calculé sur les 10\u00a0lignes les plus prometteuses" in page
    assert "Calculé sur" not in many.page()
    english = report_page(many.run, many.catalogue, many.clients[:1], "en")
    assert "Computed on the 1\u00a0row that" in english or "most promising" in english


def test_nobody_has_an_answer(make):
    made = make("Nom;Ville;Code postal\nA;Paris;42300\nB;Paris;42300\n")
    root = read(made.page())
    assert "Aucune ligne n'a pu être évaluée" in root.every("main")[0].text
    assert not root.every("figure")
    assert "2\u00a0lignes rejetées" in root.every("main")[0].text
    linked = {a.attributes["href"][1:] for a in root.every("nav")[0].every("a")}
    assert linked == {h2.attributes["id"] for h2 in root.every("h2")}


def test_one_row_is_in_the_singular(make):
    root = read(make("Nom;Ville\nA;Romorantin-Lanthenay\n").page())
    header = root.every("header")[0].text.replace("\u00a0", " ")
    assert "1 ligne lue = 1 résultat + 0 rejet." in header


def test_what_was_not_read_is_told(many):
    root = read(many.page())
    tables = {t.every("caption")[0].text: t for t in root.every("table")}
    unread = next(t for caption, t in tables.items() if caption.startswith("Cellules non lues"))
    told = [[c.text for c in row.every("th", "td")] for row in unread.every("tr")[1:]]
    wanted = [(w.column, w.count) for w in many.run.summary.warnings if not w.read]
    assert sorted((row[0], numbers(row[2])[0]) for row in told) == sorted(wanted)
    rejected = next(t for caption, t in tables.items() if caption.startswith("Lignes rejetées"))
    assert numbers(rejected.every("tr")[1].every("td")[2].text) == [1]


# ---------------------------------------------------------------------------------------- languages
FRENCH = re.compile(r"\b(lignes?|dispositifs?|éligibles?|préciser|colonne|données?|aucune?)\b")


def test_english_is_complete(many):
    root = read(many.page("en"))
    for section in root.every("section", "header", "footer", "nav"):
        sources = {id(t) for t in section.having(class_="sources")}
        text = " ".join(_texts(section, sources))
        assert not FRENCH.search(text), FRENCH.search(text)
    assert "1,2" in many.page("en") or "4 May 2026" in many.page("en")


def _texts(element: Element, left_out: set[int]) -> list[str]:
    if id(element) in left_out:
        return []
    return [
        text
        for child in element.children
        for text in ([child] if isinstance(child, str) else _texts(child, left_out))
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_blank_is_left_unfilled(many, lang):
    assert not re.search(r"\{\w+\}", many.page(lang).split("</style>", 1)[1])
