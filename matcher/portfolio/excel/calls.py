"""Sheet "À appeler": whom to call first, why, and what to ask them?"""

from __future__ import annotations

from collections.abc import Iterable

from matcher.language.text import Text
from matcher.portfolio.excel.page import Cell, Column, Page
from matcher.portfolio.excel.rank import Call, calls, lacking
from matcher.portfolio.excel.styles import Look
from matcher.portfolio.excel.subject import Subject
from matcher.portfolio.excel.words import COLUMNS, WARNING
from matcher.portfolio.standing import Standing

TITLE = Text("Qui appeler d'abord", "Whom to call first")
HOW = Text(
    "Classement : dispositifs éligibles et ouverts, puis éligibles bientôt, puis ceux auxquels il "
    "manque le moins de réponses. Une ligne par client, ses sites et projets réunis.",
    "Ranking: schemes eligible and open, then eligible soon, then those that lack the fewest "
    "answers. One line a client, with all sites and projects.",
)
OTHERS = Text(
    "{count} autres clients n'ont aujourd'hui rien d'ouvert ni à préciser : voir « {sheet} ».",
    "{count} other clients have nothing open or to be clarified today: see “{sheet}”.",
)
CUT = Text(
    "{count} clients de plus sont à rappeler plus tard : voir « {sheet} ».",
    "{count} more clients are to be called later: see “{sheet}”.",
)
RESERVE = Text("sous réserve", "subject to conditions")
LACKS = Text("{name} ({count} réponses)", "{name} ({count} answers)")
LACKS_ONE = Text("{name} (1 réponse)", "{name} (1 answer)")
MOST_CALLS, MOST_NAMED, MOST_ASKED, MOST_OWN = 2_000, 4, 5, 12


def write_calls(page: Page, subject: Subject, matrix: str) -> None:
    """The whole sheet."""
    page.print_setup()
    page.line(subject.say(TITLE), Look.TITLE, 24)
    page.line(subject.opening, Look.NOTE)
    page.line(subject.say(WARNING), Look.NOTE)
    page.line(subject.say(HOW), Look.NOTE)
    own = _own(subject)
    page.begin([*_columns(subject), *(Column(header, 18) for header in own)], freeze=2)
    ranked = calls(subject.groups, subject.nearness)
    for rank, call in enumerate(ranked[:MOST_CALLS], 1):
        page.add([*_cells(subject, rank, call), *_own_cells(call, own)], _looks(call))
    page.end()
    page.skip()
    rest = {CUT: len(ranked) - MOST_CALLS, OTHERS: len(subject.groups) - len(ranked)}
    for text, count in rest.items():
        if count > 0:
            page.line(subject.say(text, count=str(count), sheet=matrix), Look.NOTE)


def _columns(subject: Subject) -> list[Column]:
    widths = {
        "rank": (6, Look.NUMBER),
        "client": (30, Look.TEXT),
        "place": (20, Look.TEXT),
        "rows": (8, Look.NUMBER),
        "now_count": (9, Look.NUMBER),
        "now": (42, Look.TEXT),
        "later": (30, Look.TEXT),
        "near_count": (9, Look.NUMBER),
        "near": (42, Look.TEXT),
        "lacking": (40, Look.TEXT),
        "deadline": (12, Look.DATE),
        "most": (14, Look.EUROS),
        "line": (8, Look.NUMBER),
    }
    return [Column(subject.say(COLUMNS[key]), *rest) for key, rest in widths.items()]


def _cells(subject: Subject, rank: int, call: Call) -> list[Cell]:
    first = call.rows[0]
    return [
        rank,
        subject.labels[first.line],
        subject.few(_places(subject, call), 3),
        len(call.rows),
        len(call.now),
        subject.few((_said(subject, s) for s in call.now), MOST_NAMED, "\n"),
        subject.few((_said(subject, s) for s in call.later), MOST_NAMED, "\n"),
        len(call.near),
        subject.few((_near(subject, s) for s in call.near), MOST_NAMED, "\n"),
        subject.few((subject.label(fact) for fact in _asked(call)), MOST_ASKED, "\n"),
        call.deadline,
        call.most,
        first.line,
    ]


def _looks(call: Call) -> list[Look | None]:
    now, later, near = Look.NOW, Look.LATER, Look.NEAR
    looks: list[Look | None] = [None, Look.BOLD, None, None, None, now if call.now else None]
    return [*looks, later if call.later else None, None, near if call.near else None]


def _places(subject: Subject, call: Call) -> Iterable[str]:
    said = (subject.say(client.place) for client in call.rows if client.place)
    return dict.fromkeys(said)


def _said(subject: Subject, standing: Standing) -> str:
    reserve = subject.say(RESERVE) if standing.reserved else ""
    name, window = subject.names[standing.scheme], subject.window(standing)
    parts = (name, reserve, window, subject.amount(standing))
    return " · ".join(part for part in parts if part)


def _near(subject: Subject, standing: Standing) -> str:
    count = lacking(standing)
    text = LACKS_ONE if count == 1 else LACKS
    return subject.say(text, name=subject.names[standing.scheme], count=str(count))


def _asked(call: Call) -> Iterable[str]:
    """The questions of the nearest schemes, those of the nearest first."""
    return dict.fromkeys(fact for near in call.near[:MOST_NAMED] for fact in near.missing)


def _own(subject: Subject) -> list[str]:
    """The caller's own columns in which something is written, the name apart."""
    mapping = subject.run.job.mapping
    headers = [column.header for column in mapping.kept if column.header != mapping.client]
    used = [h for h in headers if any(client.own.get(h) for client in subject.clients)]
    return used[:MOST_OWN]


def _own_cells(call: Call, own: list[str]) -> list[Cell]:
    return [next((v for c in call.rows if (v := c.own.get(header))), None) for header in own]
