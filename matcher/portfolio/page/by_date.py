"""Which dates come next, and how many rows do they concern?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from matcher.language.text import Text
from matcher.portfolio.page.by_scheme import ELIGIBLE, TO_CLARIFY
from matcher.portfolio.page.chart import Bar, Chart, Group, Look, Series
from matcher.portfolio.page.deadlines import Deadline, deadlines
from matcher.portfolio.page.draw import figure
from matcher.portfolio.page.html import Markup, lines, tag
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.page.voice import Noun

ID = "dates"
TITLE = Text("Prochaines échéances", "Next dates")
CAPTION = Text("Lignes concernées par chaque échéance", "Rows concerned by each date")
INTRO = Text(
    "Clôtures, relèves et ouvertures publiées, à partir du {date}, qui concernent au moins une "
    "ligne éligible ou à préciser. Vérifiez la date auprès de l'opérateur avant de déposer.",
    "Published closings, intakes and openings from {date} on, that concern at least one row that "
    "is eligible or to be clarified. Check the date with the operator before you file.",
)
NOTHING = Text(
    "Aucune échéance publiée ne concerne ces lignes.", "No published date concerns these rows."
)
SCHEME = Text("Échéance et dispositif", "Date and scheme")
ROWS = Text("lignes", "rows")
SERIES = ((Look.YES, ELIGIBLE), (Look.OPEN, TO_CLARIFY))
BY = Text("au plus tard le {high}", "by {high}")
BETWEEN = Text("entre le {low} et le {high}", "between {low} and {high}")
GROUP = Text("{when} ({left})", "{when} ({left})")
TODAY = Text("le jour même", "that very day")
IN = Text("dans {days}", "in {days}")
DAYS = Noun(Text("jour", "day"), Text("jours", "days"))


def section(subject: Subject) -> Markup:
    """The section of the page."""
    voice = subject.voice
    found = chart(subject)
    if not found.groups:
        return tag("p", voice.say(NOTHING))
    intro = voice.say(INTRO, date=voice.day(subject.day))
    return lines(tag("p", intro, class_="soft"), figure(found, voice))


def chart(subject: Subject) -> Chart:
    """The picture: a bar for each date, in their order."""
    voice = subject.voice
    groups = tuple(_groups(subject))
    return Chart(
        id=ID,
        title=voice.say(CAPTION),
        of=voice.say(SCHEME),
        series=tuple(Series(look, *voice.both(noun)) for look, noun in SERIES),
        groups=groups,
        whole=max((bar.total for group in groups for bar in group.bars), default=1),
        total=voice.say(ROWS),
    )


def _groups(subject: Subject) -> Iterator[Group]:
    """The schemes of each date."""
    for _, found in groupby(deadlines(subject), key=lambda one: one.span):
        same = tuple(found)
        date, left = when(subject, same[0]), _left(subject, same[0])
        title = subject.voice.say(GROUP, when=date[0].upper() + date[1:], left=left)
        yield Group(tuple(_bar(subject, deadline) for deadline in same), title)


def _bar(subject: Subject, deadline: Deadline) -> Bar:
    counts = deadline.eligible, deadline.to_clarify
    note = f"({subject.voice.say(deadline.what)})"
    return Bar(subject.name(deadline.scheme), counts, note=note, at_most=deadline.at_most)


def when(subject: Subject, deadline: Deadline) -> str:
    """The date: `31 décembre 2026`, `au plus tard le 31 décembre 2026`."""
    voice = subject.voice
    low, high = int(deadline.span.low), int(deadline.span.high)
    if low == high:
        return voice.day(low)
    if low < subject.day:
        return voice.say(BY, high=voice.day(high))
    return voice.say(BETWEEN, low=voice.day(low), high=voice.day(high))


def _left(subject: Subject, deadline: Deadline) -> str:
    """How many days are left, at least; at most where it may be past."""
    voice = subject.voice
    low, high = int(deadline.span.low), int(deadline.span.high)
    days = (high if low < subject.day else low) - subject.day
    return voice.say(IN, days=voice.counted(days, DAYS)) if days > 0 else voice.say(TODAY)
