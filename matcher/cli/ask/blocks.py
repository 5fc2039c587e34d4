"""Which lines does the interview show for what happened and for what is asked?

A line is a text and the name of a style; how wide the screen is and what a style looks like is left
to who shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.answers.elsewhere_words import TITLE, Told
from matcher.answers.views import AuthorityQuestion
from matcher.cli.ask import words
from matcher.cli.ask.events import (
    Answered,
    AskAuthority,
    AskFact,
    AskRecord,
    Declined,
    Event,
    Explained,
    LaterOnly,
    ListWanted,
    LookedElsewhere,
    MayBeElsewhere,
    Pick,
    Prompt,
    Recorded,
    Refused,
    Reminded,
    Skipped,
    ToAuthority,
    Waiting,
    WentBack,
)
from matcher.cli.ask.listing import changes_line
from matcher.cli.shared import named
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.types import Kind

STRONG, GOOD, WARN, BAD, DIM, PLAIN = "strong", "good", "warn", "bad", "dim", ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the screen; where it is too long it goes on after `hang` spaces."""

    text: str
    style: str = PLAIN
    hang: int = 0


@dataclass(frozen=True)
class Blocks:
    """Makes the lines of an interview in one language; `names` are those of the schemes."""

    lang: str
    names: dict[str, Text]

    def say(self, text: Text, **parts: object) -> str:
        """A text of the interview with its parts put in."""
        said = text.in_(self.lang)
        for name, part in parts.items():
            shown = part.in_(self.lang) if isinstance(part, Text) else str(part)
            said = said.replace("{" + name + "}", shown)
        return said

    # ------------------------------------------------------------------------------ what happened
    def told(self, events: Iterable[Event]) -> Iterator[Line]:
        """What happened."""
        for event in events:
            yield from self._told(event)

    def _told(self, event: Event) -> Iterator[Line]:
        match event:
            case Answered(label, said, changes):
                yield Line(f"✓ {self._named(label, said)}", GOOD, 2)
                yield Line(f"  {changes_line(changes, self.names, self.lang)}", PLAIN, 2)
            case Recorded(label, changes):
                yield Line(f"✓ {self.say(words.RECORDED, label=label)}", GOOD, 2)
                yield Line(f"  {changes_line(changes, self.names, self.lang)}", PLAIN, 2)
            case Skipped(label):
                yield Line(f"– {self._named(label, words.SKIPPED)}", DIM, 2)
            case Declined(label, _):
                yield Line(f"– {self._named(label, words.DECLINED)}", DIM, 2)
            case WentBack(None):
                yield Line(self.say(words.NOTHING_BEFORE), WARN)
            case WentBack(label):
                yield Line(self.say(words.WENT_BACK, label=label), DIM)
            case Refused(why, how):
                yield Line(f"✗ {why.in_(self.lang)}", BAD, 2)
                if how is not None:
                    yield Line(f"  {how.in_(self.lang)}", BAD, 2)
            case Explained():
                yield from self._explained(event)
            case LaterOnly(closed):
                yield Line(self.say(words.CLOSED if closed else words.LATER), WARN)
            case LookedElsewhere(told):
                yield from self.elsewhere(told)
            case MayBeElsewhere():
                yield Line(self.say(words.MAY_BE_ELSEWHERE), WARN)
            case ListWanted() | Reminded():
                return

    def elsewhere(self, said: Told) -> Iterator[Line]:
        """What is answered in the communes around."""
        yield Line(TITLE.in_(self.lang), STRONG)
        yield from (Line(text.in_(self.lang)) for text in said.before)
        for name, text in said.lines:
            yield Line(f"  {name.in_(self.lang)}", PLAIN, 2)
            yield Line(f"    → {text.in_(self.lang)}", PLAIN, 6)
        yield from (Line(text.in_(self.lang)) for text in said.after)

    def _named(self, label: Text, said: Text) -> str:
        return named(label.in_(self.lang), said.in_(self.lang), self.lang)

    def _explained(self, event: Explained) -> Iterator[Line]:
        if event.help is not None:
            yield Line(event.help.in_(self.lang))
        yield Line(self._named(words.HOW, event.how), PLAIN, 2)
        for waiting in event.waiting:
            yield from self._waiting(waiting)
        if event.more:
            yield Line(f"  {self.say(words.OTHERS, count=event.more)}", DIM)

    def _waiting(self, waiting: Waiting) -> Iterator[Line]:
        what = f"{waiting.scheme.in_(self.lang)} — {waiting.statement.in_(self.lang)}"
        yield Line(f"· {named(words.WAITED_FOR.in_(self.lang), what, self.lang)}", PLAIN, 2)
        for source in waiting.sources[:1]:
            link = f" {source.url}" if source.url else ""
            yield Line(f"  {self.say(words.SOURCE)} : {source.title}{link}", DIM, 2)

    # ------------------------------------------------------------------------------ what is asked
    def asked(self, prompt: Prompt, columns: int = 1, width: int = 100) -> Iterator[Line]:
        """What is asked, with its choices in some columns."""
        match prompt:
            case AskFact(number, fact, why, known):
                question = fact.question.in_(self.lang)
                yield Line(f"{number}. {question}", STRONG, 3)
                yield Line(f"   {why.in_(self.lang)}", DIM, 3)
                if known is not None:
                    yield Line(f"   {self.say(words.KNOWN, value=known)}", PLAIN, 3)
                yield from self._choices(fact, columns, width)
            case Pick(fact, candidates, more):
                yield Line(f"{fact.label.in_(self.lang)} : {self.say(words.WHICH)}", STRONG)
                labels = [candidate.label.in_(self.lang) for candidate in candidates]
                yield from _numbered(labels, 1, width)
                if more:
                    yield Line(f"   {self.say(words.MORE, count=more)}", DIM)
            case AskAuthority(questions, recordable):
                yield from self.authorities(questions, recordable)
            case AskRecord(question, _, fact):
                yield Line(self._authority(question), DIM)
                yield Line(fact.question.in_(self.lang), STRONG)
                yield from self._choices(fact, columns, width)
            case _:
                return

    def _choices(self, fact: FactDeclaration, columns: int, width: int) -> Iterator[Line]:
        if fact.kind is Kind.BOOLEAN:
            one, two = (text.in_(self.lang) for text in words.YES_NO)
            yield Line(f"   1 {one}   2 {two}")
        elif fact.choices:
            labels = [label.in_(self.lang) for _, label in fact.choices]
            yield from _numbered(labels, columns, width)
        else:
            yield from self._hints(fact)

    def _hints(self, fact: FactDeclaration) -> Iterator[Line]:
        """How a value may be written, where there is nothing to choose from."""
        coded = fact.kind is Kind.CODE
        hint = words.HINT_NAMED if coded and fact.codes else words.HINTS.get(fact.kind)
        if hint is not None:
            yield Line(f"   {hint.in_(self.lang)}", DIM, 3)
        if fact.none is not None:
            none = Text("aucun", "none").in_(self.lang)
            yield Line(f"   {named(none, fact.none.in_(self.lang), self.lang)}", DIM, 3)

    def authorities(self, questions: Iterable[ToAuthority], recordable: int = 0) -> Iterator[Line]:
        """What only authorities can answer."""
        yield Line(self.say(words.NOTHING_MORE), STRONG)
        for index, asked in enumerate(questions):
            mark = str(index + 1) if index < recordable else "·"
            schemes = ", ".join(name.in_(self.lang) for name in asked.schemes[:3])
            more = f" (+ {len(asked.schemes) - 3})" if len(asked.schemes) > 3 else ""
            states = asked.question.states.in_(self.lang)
            who = self._authority(asked.question)
            yield Line(f"{mark:>3} {who} — {states} [{schemes}{more}]", PLAIN, 4)

    def _authority(self, question: AuthorityQuestion) -> str:
        contact = question.email or question.url or ""
        return f"{question.authority_name.in_(self.lang)} {contact}".strip()

    def keys(self, prompt: Prompt) -> Line:
        """The keys that can be used."""
        match prompt:
            case AskAuthority():
                return Line(self.say(words.KEYS_OF_AUTHORITIES), DIM)
            case Pick():
                return Line(self.say(words.KEYS_OF_LIST), DIM)
            case _:
                return Line(self.say(words.KEYS), DIM)


def _numbered(labels: list[str], columns: int, width: int) -> Iterator[Line]:
    """Choices with their numbers, from top to bottom in each column."""
    numbered = [f"{index:>4} {label}" for index, label in enumerate(labels, 1)]
    if columns == 1:
        yield from (Line(text, PLAIN, 5) for text in numbered)
        return
    each = width // columns
    height = -(-len(numbered) // columns)
    for row in range(height):
        cells = [cut(text, each - 1).ljust(each) for text in numbered[row::height]]
        yield Line("".join(cells).rstrip())


def cut(text: str, width: int) -> str:
    """A text of at most some letters."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"
