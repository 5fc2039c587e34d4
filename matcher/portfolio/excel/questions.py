"""Sheet "À demander au client": which question unlocks which schemes, and for whom?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from itertools import chain, islice

from matcher.language.text import Text
from matcher.portfolio.clients import Client
from matcher.portfolio.excel.page import Cell, Column, Page
from matcher.portfolio.excel.styles import Look
from matcher.portfolio.excel.subject import Subject
from matcher.portfolio.excel.words import COLUMNS, WARNING
from matcher.portfolio.page.unlocking import is_alone, waiting
from matcher.portfolio.standing import Standing

TITLE = Text("Ce qu'il faut demander aux clients", "What to ask the clients")
HOW = Text(
    "Pour chaque question, les dispositifs non clos qu'elle fait avancer (lignes repliables), et "
    "les clients concernés. « À elle seule » : rien d'autre ne manque.",
    "For each question, the schemes not closed that it advances (rows that fold), and the clients "
    "concerned. “Alone”: nothing else is missing.",
)
NOTHING = Text("Aucune question n'est à poser.", "There is no question to ask.")
MOST_NAMED = 15
Lines = list[int]
"""The rows of some clients by their lines, in order."""


@dataclass
class _Waiting:
    """Who waits for one fact, for one scheme: those who wait for it alone, and the others."""

    alone: list[Lines] = field(default_factory=list)
    among: list[Lines] = field(default_factory=list)

    @property
    def counts(self) -> tuple[int, int]:
        """How many rows there are of each: a row is in one list at most."""
        return sum(map(len, self.alone)), sum(map(len, self.among))


@dataclass
class _Question:
    """One fact to ask for: who waits for it, by scheme."""

    fact: str
    schemes: dict[str, _Waiting] = field(default_factory=dict)

    @property
    def order(self) -> tuple[int, int, str]:
        """That which settles or advances most first."""
        counts = [one.counts for one in self.schemes.values()]
        alone, among = (sum(count) for count in zip(*counts, strict=True))
        return -alone - among, -alone, self.fact


def write_questions(page: Page, subject: Subject) -> None:
    """The whole sheet."""
    page.print_setup()
    page.sheet.outline_settings(symbols_below=False)
    page.line(subject.say(TITLE), Look.TITLE, 24)
    page.line(subject.opening, Look.NOTE)
    page.line(subject.say(WARNING), Look.NOTE)
    page.line(subject.say(HOW), Look.NOTE)
    page.begin(_columns(subject))
    questions = questions_of(subject.clients)
    for question in questions:
        _write_question(page, subject, question)
    page.end()
    if not questions:
        page.line(subject.say(NOTHING), Look.NOTE)


def _columns(subject: Subject) -> list[Column]:
    widths = {"question": 52, "schemes": 36, "alone": 13, "among": 13, "clients": 10, "who": 80}
    numbers = ("alone", "among", "clients")
    return [
        Column(subject.say(COLUMNS[key]), width, Look.NUMBER if key in numbers else Look.TEXT)
        for key, width in widths.items()
    ]


def questions_of(clients: Iterable[Client]) -> list[_Question]:
    """The questions to ask. Rows that wait for the same are looked at together."""
    alike: dict[tuple[str, tuple[str, ...], bool], Lines] = {}
    for client in clients:
        for standing in waiting(client):
            alike.setdefault(_key(standing), []).append(client.line)
    found: dict[str, _Question] = {}
    for (scheme, missing, alone), lines in alike.items():
        for fact in missing:
            question = found.setdefault(fact, _Question(fact))
            one = question.schemes.setdefault(scheme, _Waiting())
            (one.alone if alone else one.among).append(lines)
    return sorted(found.values(), key=lambda question: question.order)


def _key(standing: Standing) -> tuple[str, tuple[str, ...], bool]:
    return standing.scheme, standing.missing, is_alone(standing)


def _write_question(page: Page, subject: Subject, question: _Question) -> None:
    schemes = question.schemes
    ranked = sorted(schemes, key=lambda id_: (*(-count for count in schemes[id_].counts), id_))
    page.add(_head(subject, question), [Look.BOLD, Look.BOLD])
    label = subject.label(question.fact)
    for id_ in ranked:
        one = schemes[id_]
        alone, among = one.counts
        names = _names(subject, one.alone, one.among)
        cells: list[Cell] = [label, subject.names[id_], alone, among, alone + among, names]
        page.add(cells, level=1)


def _head(subject: Subject, question: _Question) -> list[Cell]:
    """The question, and all the rows it concerns, once each."""
    alone = [lines for one in question.schemes.values() for lines in one.alone]
    among = [lines for one in question.schemes.values() for lines in one.among]
    first = set(chain(*alone))
    every = first.union(*among)
    asked = subject.say(subject.catalogue.content.vocabulary[question.fact].question)
    counted = COLUMNS["schemes_one" if len(question.schemes) == 1 else "schemes_count"]
    return [
        f"{subject.label(question.fact)}\n{asked}",
        subject.say(counted, count=str(len(question.schemes))),
        len(first),
        len(every) - len(first),
        len(every),
        _names(subject, alone, among),
    ]


def _names(subject: Subject, alone: Sequence[Lines], among: Sequence[Lines]) -> str:
    """The first ones, those who lack only this before the others; and how many others."""
    labels = subject.labels
    ordered = chain(merge(*alone), merge(*among))
    shown = list(islice(_once(labels[line] for line in ordered), MOST_NAMED))
    every = set(map(labels.__getitem__, set[int]().union(*alone, *among)))
    return subject.and_more(shown, len(every) - len(shown))


def _once(names: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for name in names:
        if name not in seen:
            seen.add(name)
            yield name
