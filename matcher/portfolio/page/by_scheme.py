"""Which answers did the rows get, scheme by scheme?

A scheme stands once under each window in which rows find it: it may be open in one region only.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text
from matcher.portfolio.page.chart import Bar, Chart, Group, Look, Series
from matcher.portfolio.page.draw import figure
from matcher.portfolio.page.html import Markup, lines, tag
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.page.voice import Noun

ID = "schemes"
TITLE = Text("Réponses par dispositif", "Answers by scheme")
CAPTION = Text("Lignes du fichier, par dispositif et par réponse", "Rows by scheme and by answer")
INTRO = Text(
    "« Éligible » et « non éligible » se disent des seules conditions écrites ; « à préciser », "
    "quand une donnée manque ou qu'elle n'est pas publiée. Un dispositif dont l'ouverture dépend "
    "du lieu ou du demandeur figure sous chacune des situations rencontrées.",
    "“Eligible” and “not eligible” are said of the written conditions alone; “to be clarified” "
    "where a piece of information is missing or unpublished. A scheme whose window depends on the "
    "place or on the applicant stands under each of the situations met.",
)
SCHEME, ROWS = Text("Dispositif", "Scheme"), Text("lignes", "rows")
ELIGIBLE = Noun(Text("éligible", "eligible"), Text("éligibles", "eligible"))
TO_CLARIFY = Noun.same(Text("à préciser", "to be clarified"))
NOT_ELIGIBLE = Noun(Text("non éligible", "not eligible"), Text("non éligibles", "not eligible"))
SERIES = (
    (Outcome.ELIGIBLE, Look.YES, ELIGIBLE),
    (Outcome.UNDETERMINED, Look.OPEN, TO_CLARIFY),
    (Outcome.INELIGIBLE, Look.NO, NOT_ELIGIBLE),
)
WINDOWS = {
    WindowState.OPEN: Text("Ouverts le {date}", "Open on {date}"),
    WindowState.UPCOMING: Text("À venir", "Upcoming"),
    WindowState.UNKNOWN: Text("Ouverture à confirmer", "Opening to be confirmed"),
    WindowState.CLOSED: Text("Clos", "Closed"),
}


def section(subject: Subject) -> Markup:
    """The section of the page."""
    intro = tag("p", subject.voice.say(INTRO), class_="soft")
    return lines(intro, figure(chart(subject), subject.voice))


def chart(subject: Subject) -> Chart:
    """The picture: most eligible rows first, then most to be clarified."""
    voice = subject.voice
    return Chart(
        id=ID,
        title=voice.say(CAPTION),
        of=voice.say(SCHEME),
        series=tuple(Series(look, *voice.both(noun)) for _, look, noun in SERIES),
        groups=tuple(_groups(subject)),
        whole=subject.summary.results,
        total=voice.say(ROWS),
    )


def _groups(subject: Subject) -> Iterator[Group]:
    date = subject.voice.day(subject.day)
    for window, title in WINDOWS.items():
        bars = sorted(_bars(subject, window), key=_order)
        if bars:
            yield Group(tuple(bars), subject.voice.say(title, date=date))


def _bars(subject: Subject, window: WindowState) -> Iterator[Bar]:
    for scheme in subject.schemes:
        counts = tuple(subject.rows(scheme, outcome, window) for outcome, _, _ in SERIES)
        if any(counts):
            yield Bar(subject.name(scheme), counts)


def _order(bar: Bar) -> tuple[int, int, str]:
    eligible, to_clarify, _ = bar.counts
    return -eligible, -to_clarify, bar.name
