"""How is a picture drawn, and where is the table of its numbers?

Each bar is a small drawing as wide as its line. Names and numbers stand beside it as text, so that
they wrap on a telephone rather than shrink.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.language.text import Text
from matcher.portfolio.page.chart import Bar, Chart, Series
from matcher.portfolio.page.html import Markup, lines, tag, together
from matcher.portfolio.page.table import Cell, Table, table
from matcher.portfolio.page.voice import Voice

THINNEST = 20
"""The least width of a piece, in ten-thousandths: one row among a million is seen."""
SHOW = Text("Les chiffres en tableau", "The numbers as a table")
AT_MOST = Text("au plus {count}", "at most {count}")
NAMED = Text("{name} : {count}", "{name}: {count}")
NONE = Text("aucune", "none")

_HATCHED = tag(
    "pattern",
    tag("rect", width=7, height=7, class_="p-paper"),
    tag("rect", width=3, height=7, class_="p-open"),
    id="hatched",
    width=7,
    height=7,
    patternUnits="userSpaceOnUse",
    patternTransform="rotate(45)",
)
_DOTTED = tag(
    "pattern",
    tag("rect", width=6, height=6, class_="p-paper"),
    tag("circle", cx=3, cy=3, r=1, class_="p-no"),
    id="dotted",
    width=6,
    height=6,
    patternUnits="userSpaceOnUse",
)
PATTERNS = tag("svg", tag("defs", _HATCHED, _DOTTED), class_="defs", aria_hidden="true")
"""What bars are filled with; once in a page."""


def figure(chart: Chart, voice: Voice) -> Markup:
    """The picture with its legend, then its table, folded away."""
    groups = [_group(chart, index, voice) for index in range(len(chart.groups))]
    return lines(
        tag(
            "figure",
            tag("figcaption", chart.title, id=f"{chart.id}-title"),
            _legend(chart.series),
            *groups,
            aria_labelledby=f"{chart.id}-title",
        ),
        tag("details", tag("summary", voice.say(SHOW)), table(table_of(chart, voice), voice)),
    )


def _legend(series: tuple[Series, ...]) -> Markup:
    items = [tag("li", _swatch(one), one.many) for one in series]
    return tag("ul", *items, class_="legend")


def _swatch(series: Series) -> Markup:
    box = tag("rect", x="0", y="0", width="100%", height="100%", class_=f"f-{series.look}")
    return tag("svg", box, aria_hidden="true")


def _group(chart: Chart, index: int, voice: Voice) -> Markup:
    group = chart.groups[index]
    bars = [
        _bar(chart, bar, f"{chart.id}-{index}-{place}", voice)
        for place, bar in enumerate(group.bars)
    ]
    title = tag("h3", group.title) if group.title else Markup("")
    return lines(title, tag("ul", Markup("\n"), lines(*bars), class_="bars"))


def _bar(chart: Chart, bar: Bar, id_: str, voice: Voice) -> Markup:
    note = together([" ", tag("small", bar.note)]) if bar.note else Markup("")
    counts = together(_counts(chart, bar, voice))
    return tag(
        "li",
        tag("p", bar.name, note, class_="name"),
        _drawing(chart, bar, id_, voice) if bar.drawn else Markup(""),
        tag("p", counts, class_="counts"),
    )


def _counts(chart: Chart, bar: Bar, voice: Voice) -> Iterator[str]:
    """The numbers of a bar, those not drawn in brackets; zeros are in the table only."""
    words = [(one.one, one.many) for one in chart.series]
    drawn = list(_numbered(bar.counts, words, bar, voice))
    more = list(_numbered(bar.more, chart.more, bar, voice))
    if not drawn:
        yield voice.say(NONE)
    for index, part in enumerate(drawn):
        yield from (" · " if index else "", part)
    for index, part in enumerate(more):
        yield from (", " if index else " (", part)
    if more:
        yield ")"


def _numbered(
    counts: Sequence[int], words: Sequence[tuple[str, str]], bar: Bar, voice: Voice
) -> Iterator[Markup]:
    for count, (one, many) in zip(counts, words, strict=True):
        if count:
            label = one if voice.is_one(count) else many
            yield together([tag("b", said(count, bar, voice)), " ", label])


def said(count: int, bar: Bar, voice: Voice) -> str:
    """A number of a bar, as it is written everywhere."""
    number = voice.number(count)
    return voice.say(AT_MOST, count=number) if bar.at_most and count else number


def _drawing(chart: Chart, bar: Bar, id_: str, voice: Voice) -> Markup:
    told = ", ".join(
        voice.say(NAMED, name=one.many, count=said(count, bar, voice))
        for count, one in zip(bar.counts, chart.series, strict=True)
    )
    return tag(
        "svg",
        tag("title", bar.name, id=f"{id_}-t"),
        tag("desc", told, id=f"{id_}-d"),
        *_pieces(chart, bar),
        class_="bar",
        role="img",
        aria_labelledby=f"{id_}-t {id_}-d",
    )


def _pieces(chart: Chart, bar: Bar) -> Iterator[Markup]:
    """Rectangles side by side, in hundredths of the width: patterns keep their size."""
    begun = 0
    for count, series in zip(bar.counts, chart.series, strict=True):
        start, end = _share(begun, chart.whole), _share(begun + count, chart.whole)
        if count:
            width = _percent(max(end - start, THINNEST))
            look = f"f-{series.look}"
            yield tag("rect", x=_percent(start), y="0", width=width, height="100%", class_=look)
        begun += count


def _share(count: int, whole: int) -> int:
    """In ten-thousandths, rounded down."""
    return 10_000 * count // max(whole, 1)


def _percent(share: int) -> str:
    return f"{share // 100}.{share % 100:02}%"


# --------------------------------------------------------------------------------------- the table
def table_of(chart: Chart, voice: Voice) -> Table:
    """The numbers of a picture, all of them, with their sums."""
    head = (chart.of, *(one.many for one in chart.series), chart.total)
    head = (*head, *(many for _, many in chart.more))
    groups = chart.groups if chart.beyond is None else (*chart.groups, chart.beyond)
    bodies = tuple((group.title, tuple(_row(bar, voice) for bar in group.bars)) for group in groups)
    return Table(chart.title, head, bodies, numbers=tuple(range(1, len(head))))


def _row(bar: Bar, voice: Voice) -> tuple[Cell, ...]:
    name = f"{bar.name} {bar.note}" if bar.note else bar.name
    counts = [said(count, bar, voice) for count in (*bar.counts, bar.total, *bar.more)]
    return (name, *counts)
