"""How is the report of a portfolio put together and written?"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.api import Catalogue
from matcher.language.text import Text
from matcher.portfolio.clients import Client
from matcher.portfolio.locations import Location, write_text
from matcher.portfolio.page import by_answer, by_date, by_place, by_scheme, keys, method, unread
from matcher.portfolio.page.draw import PATTERNS
from matcher.portfolio.page.html import Markup, lines, tag, theirs, void
from matcher.portfolio.page.style import STYLE
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.page.voice import Noun, Voice
from matcher.portfolio.run import Run

TITLE = Text("Aides à l'industrie : votre portefeuille", "Industrial support: your portfolio")
OF = Text("{file}, au {date}", "{file}, as of {date}")
SHEET = Text("{file}, feuille {sheet}, au {date}", "{file}, sheet {sheet}, as of {date}")
COUNTED = Text(
    "{rows} = {results} + {rejects}. {blank}",
    "{rows} = {results} + {rejects}. {blank}",
)
READ = Noun(Text("ligne lue", "row read"), Text("lignes lues", "rows read"))
RESULTS = Noun(Text("résultat", "result"), Text("résultats", "results"))
REJECTS = Noun(Text("rejet", "reject"), Text("rejets", "rejects"))
BLANK = Noun(
    Text("ligne vide ignorée.", "blank line left out."),
    Text("lignes vides ignorées.", "blank lines left out."),
)
DECIDES = Text(
    "Nous informons, l'autorité décide. Ces réponses viennent de textes publiés et des données du "
    "fichier : elles ne promettent aucune aide.",
    "We inform, the authority decides. These answers come from published texts and from the data "
    "of the file: they promise no aid.",
)
SKIP = Text("Aller au contenu", "Skip to the content")
CONTENTS = Text("Sommaire", "Contents")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

Section = Callable[[Subject], Markup]
FIRST: tuple[tuple[str, Text, Section], ...] = ((keys.ID, keys.TITLE, keys.section),)
ANSWERS: tuple[tuple[str, Text, Section], ...] = (
    (by_scheme.ID, by_scheme.TITLE, by_scheme.section),
    (by_answer.ID, by_answer.TITLE, by_answer.section),
    (by_place.ID, by_place.TITLE, by_place.section),
    (by_date.ID, by_date.TITLE, by_date.section),
)
LAST: tuple[tuple[str, Text, Section], ...] = (
    (unread.ID, unread.TITLE, unread.section),
    (method.ID, method.TITLE, method.section),
)


def write_report(
    place: Location, run: Run, catalogue: Catalogue, clients: Sequence[Client], lang: str
) -> None:
    """Write the report of a run, whole or not at all."""
    write_text(place, report_page(run, catalogue, clients, lang))


def report_page(run: Run, catalogue: Catalogue, clients: Sequence[Client], lang: str) -> str:
    """The report as an HTML document, the same for the same run and catalogue."""
    subject = Subject(run, catalogue, clients, Voice("en" if lang == "en" else "fr"))
    page = tag("html", Markup("\n"), lines(_head(subject), _body(subject)), lang=subject.voice.lang)
    return f"<!doctype html>\n{page}\n"


def _head(subject: Subject) -> Markup:
    title = f"{subject.voice.say(TITLE)} — {subject.run.job.input.name}"
    return tag(
        "head",
        Markup("\n"),
        lines(
            void("meta", charset="utf-8"),
            void("meta", http_equiv="Content-Security-Policy", content=POLICY),
            void("meta", name="viewport", content="width=device-width, initial-scale=1"),
            void("meta", name="robots", content="noindex"),
            void("meta", name="referrer", content="no-referrer"),
            tag("title", title),
            tag("style", Markup(f"\n{STYLE}\n")),
        ),
    )


def _body(subject: Subject) -> Markup:
    voice = subject.voice
    wanted = (*FIRST, *(ANSWERS if subject.summary.results else ()), *LAST)
    sections = [_section(id_, voice.say(title), make(subject)) for id_, title, make in wanted]
    return tag(
        "body",
        Markup("\n"),
        lines(
            tag("a", voice.say(SKIP), href="#main", class_="skip"),
            PATTERNS,
            _header(subject),
            _contents(voice, [(id_, title) for id_, title, _ in wanted]),
            tag("main", Markup("\n"), lines(*sections), id="main"),
            tag("footer", tag("p", voice.say(DECIDES))),
        ),
    )


def _section(id_: str, title: str, content: Markup) -> Markup:
    heading = tag("h2", title, id=id_)
    return tag("section", Markup("\n"), lines(heading, content), aria_labelledby=id_)


def _contents(voice: Voice, sections: Sequence[tuple[str, Text]]) -> Markup:
    items = [tag("li", tag("a", voice.say(title), href=f"#{id_}")) for id_, title in sections]
    return tag("nav", tag("ul", *items), aria_label=voice.say(CONTENTS))


# ------------------------------------------------------------------------------------------- header
def _header(subject: Subject) -> Markup:
    voice, job = subject.voice, subject.run.job
    said = SHEET if job.sheet else OF
    parts = {"file": theirs(job.input.name), "sheet": theirs(job.sheet or "")}
    of = voice.rich(said, **parts, date=voice.date(subject.day))
    return tag(
        "header",
        Markup("\n"),
        lines(
            tag("h1", voice.say(TITLE)),
            tag("p", of, class_="of"),
            tag("p", _counts(subject)),
            tag("p", voice.say(DECIDES), class_="decides"),
        ),
    )


def _counts(subject: Subject) -> str:
    voice, summary = subject.voice, subject.summary
    blank = voice.counted(summary.blank, BLANK) if summary.blank else ""
    return voice.say(
        COUNTED,
        rows=voice.counted(summary.rows, READ),
        results=voice.counted(summary.results, RESULTS),
        rejects=voice.counted(summary.rejects, REJECTS),
        blank=blank,
    ).strip()
