"""Which questions, once answered, would settle or advance most schemes for most rows?"""

from __future__ import annotations

from matcher.language.text import Text
from matcher.portfolio.page.chart import Bar, Chart, Group, Look, Series
from matcher.portfolio.page.draw import figure
from matcher.portfolio.page.html import Markup, lines, tag
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.page.unlocking import Unlocked
from matcher.portfolio.page.voice import Noun

ID = "questions"
TITLE = Text("Les questions à poser d'abord", "The questions to ask first")
MOST_DRAWN = 10
CAPTION = Text(
    "Dispositifs à préciser qui attendent la réponse à chaque question",
    "Schemes to be clarified that wait for the answer to each question",
)
INTRO = Text(
    "Un dispositif est compté une fois par ligne, s'il est ouvert, à venir, ou si son ouverture "
    "est à confirmer.",
    "A scheme is counted once for each row, if it is open, upcoming, or to be confirmed.",
)
PARTIAL = Text(
    "Calculé sur les {rows} les plus prometteuses, pas sur tout le fichier.",
    "Computed on the {rows} that are most promising, not on the whole file.",
)
NOTHING = Text("Aucune donnée ne manque.", "Nothing is missing.")
QUESTION = Text("Question", "Question")
TOTAL = Text("dispositifs", "schemes")
ROWS = Noun(Text("ligne concernée", "row concerned"), Text("lignes concernées", "rows concerned"))
OTHERS = Text("Les autres questions", "The other questions")
ALONE = Noun(
    Text("n'attend que cette réponse", "waits for this answer alone"),
    Text("n'attendent que cette réponse", "wait for this answer alone"),
)
AMONG = Noun(
    Text("attend aussi d'autres réponses", "waits for other answers too"),
    Text("attendent aussi d'autres réponses", "wait for other answers too"),
)
SERIES = ((Look.YES, ALONE), (Look.OPEN, AMONG))


def section(subject: Subject) -> Markup:
    """The section of the page."""
    voice = subject.voice
    found = chart(subject)
    if not found.groups[0].bars:
        return tag("p", voice.say(NOTHING))
    return lines(tag("p", voice.say(INTRO), class_="soft"), remark(subject), figure(found, voice))


def remark(subject: Subject) -> Markup:
    """Says so where only some of the rows were looked at."""
    if not subject.partial:
        return Markup("")
    voice = subject.voice
    return tag("p", tag("strong", voice.say(PARTIAL, rows=voice.counted(len(subject.clients)))))


def chart(subject: Subject) -> Chart:
    """The picture: the questions that settle or advance most first."""
    voice = subject.voice
    bars = tuple(_bar(subject, one) for one in subject.questions)
    drawn, others = bars[:MOST_DRAWN], bars[MOST_DRAWN:]
    return Chart(
        id=ID,
        title=voice.say(CAPTION),
        of=voice.say(QUESTION),
        series=tuple(Series(look, *voice.both(noun)) for look, noun in SERIES),
        groups=(Group(drawn),),
        whole=max((bar.total for bar in drawn), default=1),
        total=voice.say(TOTAL),
        more=(voice.both(ROWS),),
        beyond=Group(others, voice.say(OTHERS)) if others else None,
    )


def _bar(subject: Subject, one: Unlocked) -> Bar:
    fact = subject.catalogue.fact(one.fact)
    return Bar(subject.voice.say(fact.question), (one.alone, one.among), more=(one.rows,))
