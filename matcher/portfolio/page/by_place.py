"""Where are the rows, and where are those that can apply?

The places are those of the facts that the shipped file of columns declares for reports.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.decisions import speaker_of
from matcher.engines.columnar.frame import SEVERAL, listed
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.portfolio.lexicon import read_lexicon
from matcher.portfolio.page.by_scheme import TO_CLARIFY
from matcher.portfolio.page.chart import Bar, Chart, Group, Look, Series
from matcher.portfolio.page.draw import figure
from matcher.portfolio.page.html import Markup, lines, tag
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.page.unplaced import unplaced
from matcher.portfolio.page.voice import Noun
from matcher.portfolio.summary import Place

ID = "places"
TITLE = Text("Par lieu", "By place")
MOST_DRAWN, MOST_LISTED = 20, 200
LONGEST_CODE = 5
"""Longer codes are for machines: a person knows a place by its name."""
CAPTION = Text(
    "Lignes éligibles à au moins un dispositif ouvert — {fact}",
    "Rows eligible for at least one open scheme — {fact}",
)
INTRO = Text(
    "Chaque ligne est comptée une fois dans chaque figure, parmi les éligibles ou les autres. « À "
    "préciser » : parmi elles, celles qui ont au moins un dispositif ouvert à préciser.",
    "Each row is counted once in each picture, as eligible or other. “To be clarified”: those of "
    "them that have at least one open scheme to be clarified.",
)
NOTHING = Text("Aucun lieu n'est connu.", "No place is known.")
SERIES = (
    (Look.YES, Noun(Text("éligible", "eligible"), Text("éligibles", "eligible"))),
    (Look.NO, Noun(Text("autre ligne", "other row"), Text("autres lignes", "other rows"))),
)
ROWS = Text("lignes", "rows")
OTHERS = Text("Autres ({count})", "Others ({count})")
DETAIL = Text("Le détail des autres", "The others one by one")
NOT_LISTED = Text("({count} de plus, non détaillés)", "({count} more, not listed)")
OR = Text(" ou ", " or ")


def section(subject: Subject) -> Markup:
    """The section of the page: a picture for each fact."""
    found = charts(subject)
    if not found:
        return tag("p", subject.voice.say(NOTHING))
    intro = tag("p", subject.voice.say(INTRO), class_="soft")
    return lines(intro, *(figure(chart, subject.voice) for chart in found))


def charts(subject: Subject) -> list[Chart]:
    """The pictures, in the order in which the facts are declared."""
    counted = {key for key, _ in subject.summary.places}
    declared = [key for key in read_lexicon().breakdowns if key in counted]
    return [_chart(subject, key, index) for index, key in enumerate(declared)]


def _chart(subject: Subject, key: str, index: int) -> Chart:
    voice = subject.voice
    fact = subject.catalogue.fact(key)
    places = {value: place for (of, value), place in subject.summary.places.items() if of == key}
    bars = sorted((_bar(subject, fact, v, p) for v, p in places.items() if v), key=_order)
    drawn, others = bars[:MOST_DRAWN], bars[MOST_DRAWN:]
    last = [*_others(subject, others), *_without(subject, fact)]
    label = voice.say(fact.label)
    return Chart(
        id=f"{ID}-{index}",
        title=voice.say(CAPTION, fact=label),
        of=label,
        series=tuple(Series(look, *voice.both(noun)) for look, noun in SERIES),
        groups=(Group((*drawn, *last)),),
        whole=max((bar.total for bar in drawn), default=1),
        total=voice.say(ROWS),
        more=(voice.both(TO_CLARIFY),),
        beyond=_beyond(subject, others),
    )


def _without(subject: Subject, fact: FactDeclaration) -> Iterator[Bar]:
    """The rows that have no place, by reason."""
    for name, place in unplaced(subject, fact):
        counts = _counts(place)
        yield Bar(subject.voice.say(name), counts, more=(place.open,), drawn=False)


def _order(bar: Bar) -> tuple[int, int, int, str]:
    return -bar.counts[0], -bar.more[0], -bar.total, bar.name


def _bar(subject: Subject, fact: FactDeclaration, value: str, place: Place) -> Bar:
    name, code = _named(subject, fact, value)
    return Bar(name, _counts(place), note=code, more=(place.open,))


def _counts(place: Place) -> tuple[int, ...]:
    return place.can_apply, place.rows - place.can_apply


def _others(subject: Subject, others: list[Bar]) -> Iterator[Bar]:
    """The places after the first ones, together; they would dwarf the others in the picture."""
    if others:
        count = subject.voice.number(len(others))
        yield _sum(subject.voice.say(OTHERS, count=count), others)


def _sum(name: str, bars: list[Bar]) -> Bar:
    counts = tuple(map(sum, zip(*(bar.counts for bar in bars), strict=True)))
    more = tuple(map(sum, zip(*(bar.more for bar in bars), strict=True)))
    return Bar(name, counts, more=more, drawn=False)


def _beyond(subject: Subject, others: list[Bar]) -> Group | None:
    """The others in the table, as many as a person may still read."""
    if not others:
        return None
    listed_, left = others[:MOST_LISTED], others[MOST_LISTED:]
    count = subject.voice.number(len(left))
    rest = [_sum(subject.voice.say(NOT_LISTED, count=count), left)] if left else []
    return Group((*listed_, *rest), subject.voice.say(DETAIL))


# ------------------------------------------------------------------------- how places are named
def _named(subject: Subject, fact: FactDeclaration, value: str) -> tuple[str, str]:
    """The name of a place and its code; several names where it is one of several places."""
    table = subject.catalogue.content.tables.get(fact.codes or "")
    if table is None or "name" not in table.columns:
        said = speaker_of(subject.catalogue.content).known(fact.key, listed(value, fact.kind))
        return subject.voice.say(said), ""
    rows = {code: table.row(code) for code in value.split(SEVERAL)}
    names = [row["name"] if row else code for code, row in rows.items()]
    known = all(len(code) <= LONGEST_CODE for code in rows)
    return subject.voice.say(OR).join(names), f"({', '.join(rows)})" if known else ""
