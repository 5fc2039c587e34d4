"""What should a reader remember, in a few sentences?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.language.text import Text
from matcher.portfolio.page.by_date import when
from matcher.portfolio.page.by_scheme import ELIGIBLE, TO_CLARIFY
from matcher.portfolio.page.deadlines import Deadline, deadlines
from matcher.portfolio.page.draw import AT_MOST
from matcher.portfolio.page.html import Markup, lines, tag
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.page.unlocking import Unlocked, one_answer_away
from matcher.portfolio.page.voice import Noun, Voice

ID = "keys"
TITLE = Text("À retenir", "In short")
NOBODY = Text(
    "Aucune ligne n'a pu être évaluée : voyez plus bas ce qui n'a pas été lu.",
    "No row could be assessed: see below what was not read.",
)
NOW = Noun(
    Text(
        "sur {total} est éligible, d'après le fichier, à au moins un dispositif ouvert le {date}.",
        "of {total} is eligible, from the file, for at least one scheme open on {date}.",
    ),
    Text(
        "sur {total} sont éligibles, d'après le fichier, à au moins un dispositif ouvert le "
        "{date}.",
        "of {total} are eligible, from the file, for at least one scheme open on {date}.",
    ),
)
NEAR = Noun(
    Text(
        "n'attend plus qu'une réponse pour au moins un dispositif ouvert à préciser{shown}.",
        "waits for one more answer only, for at least one open scheme to be clarified{shown}.",
    ),
    Text(
        "n'attendent plus qu'une réponse pour au moins un dispositif ouvert à préciser{shown}.",
        "wait for one more answer only, for at least one open scheme to be clarified{shown}.",
    ),
)
SHOWN = Text(
    ", parmi les {rows} les plus prometteuses", ", among the {rows} that are most promising"
)
NEXT = Text(
    "Prochaine échéance : {what}, {scheme} ({counts}){others}.",
    "Next date: {what}, {scheme} ({counts}){others}.",
)
OTHERS = Noun(
    Text(" ; une autre échéance le même jour", "; another one on the same day"),
    Text(" ; {count} autres échéances le même jour", "; {count} others on the same day"),
)
ASK = Text(
    "La question à poser d'abord : elle fait avancer {schemes}, pour {rows}{shown}.",
    "The question to ask first: it advances {schemes}, for {rows}{shown}.",
)
ANSWERS = Noun(
    Text("réponse à préciser", "answer to be clarified"),
    Text("réponses à préciser", "answers to be clarified"),
)
REJECTED = Noun(
    Text("est laissée de côté : voyez pourquoi plus bas.", "was left out: see why below."),
    Text("sont laissées de côté : voyez pourquoi plus bas.", "were left out: see why below."),
)


def section(subject: Subject) -> Markup:
    """The section of the page."""
    if not subject.summary.results:
        return tag("p", tag("strong", subject.voice.say(NOBODY)))
    return tag("ul", Markup("\n"), lines(*_items(subject)), class_="keys")


def _items(subject: Subject) -> Iterator[Markup]:
    voice, summary = subject.voice, subject.summary
    total, date = voice.number(summary.results), voice.day(subject.day)
    yield _counted(voice, can_apply(subject), NOW, total=total, date=date)
    near = one_answer_away(subject.clients)
    yield _counted(voice, near, NEAR, shown=_shown(subject))
    if found := deadlines(subject):
        yield _item(when(subject, found[0]), _next(subject, found))
    for asked in subject.questions[:1]:
        question = subject.catalogue.fact(asked.fact).question
        yield _item(voice.say(question), _ask(subject, asked))
    if summary.rejects:
        yield _counted(voice, summary.rejects, REJECTED)


def _counted(voice: Voice, count: int, after: Noun, **parts: str) -> Markup:
    said = after.one if voice.is_one(count) else after.many
    return _item(voice.counted(count), voice.say(said, **parts))


def _item(strong: str, after: str) -> Markup:
    return tag("li", tag("strong", strong), " ", after)


def _shown(subject: Subject) -> str:
    if not subject.partial:
        return ""
    return subject.voice.say(SHOWN, rows=subject.voice.counted(len(subject.clients)))


def _next(subject: Subject, found: Sequence[Deadline]) -> str:
    """The next date: what it is, whom it concerns, and how many others are on that day."""
    voice, first = subject.voice, found[0]
    counts = (first.eligible, ELIGIBLE), (first.to_clarify, TO_CLARIFY)
    told = ", ".join(voice.counted(count, noun) for count, noun in counts if count)
    others = sum(one.span == first.span for one in found) - 1
    words = OTHERS.one if others == 1 else OTHERS.many
    return voice.say(
        NEXT,
        what=voice.say(first.what),
        scheme=subject.name(first.scheme),
        counts=voice.say(AT_MOST, count=told) if first.at_most else told,
        others=voice.say(words, count=voice.number(others)) if others else "",
    )


def _ask(subject: Subject, asked: Unlocked) -> str:
    voice = subject.voice
    schemes = voice.counted(asked.alone + asked.among, ANSWERS)
    rows, shown = voice.counted(asked.rows), _shown(subject)
    return voice.say(ASK, schemes=schemes, rows=rows, shown=shown)


def can_apply(subject: Subject) -> int:
    """How many rows are eligible for at least one open scheme."""
    return subject.summary.everywhere.can_apply
