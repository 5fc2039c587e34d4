"""One sheet per scheme: who can apply, who is near, and what stands in the way of the others?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from matcher.catalogue.model import Scheme
from matcher.language.text import Text
from matcher.portfolio.clients import Client
from matcher.portfolio.excel.page import Cell, Column, Page
from matcher.portfolio.excel.styles import Look, look_of
from matcher.portfolio.excel.subject import Subject
from matcher.portfolio.excel.words import COLUMNS

COUNTS = Text(
    "Lignes : {rows}. Éligible et ouvert : {now}. À préciser : {near}. Non éligible : {no}.",
    "Rows: {rows}. Eligible and open: {now}. To be clarified: {near}. Not eligible: {no}.",
)
APPLY = Text("Démarche : {how}", "How to apply: {how}")
WITH = Text("Avec : {who}", "With: {who}")
CUT = Text(
    "Les {shown} premières lignes sur {rows} ; les autres sont dans « {sheet} ».",
    "The first {shown} rows of {rows}; the others are in “{sheet}”.",
)
MOST_SCHEMES = 60
MOST_ROWS = 300
MOST_SAID = 4
BETWEEN = "\n"
WIDTHS = {
    "client": (30, Look.BOLD),
    "place": (20, Look.TEXT),
    "line": (8, Look.NUMBER),
    "outcome": (16, Look.TEXT),
    "window": (24, Look.TEXT),
    "deadline": (12, Look.DATE),
    "amount": (32, Look.TEXT),
    "figure": (14, Look.EUROS),
    "unmet": (46, Look.TEXT),
    "unknown": (46, Look.TEXT),
    "missing": (40, Look.TEXT),
    "asks": (24, Look.TEXT),
}


def schemes_with_a_sheet(subject: Subject) -> list[Scheme]:
    """All of them; of very many, those for which something can come of somebody."""
    if len(subject.schemes) <= MOST_SCHEMES:
        return list(subject.schemes)
    live = {s.scheme for client in subject.clients for s in client.standings if s.live}
    return [scheme for scheme in subject.schemes if scheme.id in live]


def write_scheme(page: Page, subject: Subject, scheme: Scheme, matrix: str) -> None:
    """The sheet of one scheme."""
    page.print_setup()
    page.line(subject.names[scheme.id], Look.TITLE, 24)
    page.line(subject.opening, Look.NOTE)
    for text in _about(subject, scheme):
        page.line(text, Look.NOTE)
    page.begin([Column(subject.say(COLUMNS[key]), *rest) for key, rest in WIDTHS.items()])
    near = subject.nearness
    ranked = sorted(
        subject.clients, key=lambda client: (near(client.by_scheme[scheme.id]), client.line)
    )
    for client in ranked[:MOST_ROWS]:
        look = look_of(client.by_scheme[scheme.id])
        page.add(_cells(subject, scheme.id, client), [None, None, None, look])
    page.end()
    if len(ranked) > MOST_ROWS:
        page.skip()
        shown, rows = str(MOST_ROWS), str(len(ranked))
        page.line(subject.say(CUT, shown=shown, rows=rows, sheet=matrix), Look.NOTE)


def _about(subject: Subject, scheme: Scheme) -> Iterable[str]:
    standings = [client.by_scheme[scheme.id] for client in subject.clients]
    now = sum(standing.can_apply for standing in standings)
    near = sum(standing.outcome == "undetermined" for standing in standings)
    no = sum(standing.outcome == "ineligible" for standing in standings)
    counts = {"rows": len(standings), "now": now, "near": near, "no": no}
    yield subject.say(COUNTS, **{key: str(count) for key, count in counts.items()})
    yield subject.say(WITH, who=", ".join(map(subject.authority, scheme.operators)))
    how = scheme.apply
    if how is not None and (how.url or how.contact):
        yield subject.say(APPLY, how=" · ".join(part for part in (how.url, how.contact) if part))


def _cells(subject: Subject, scheme: str, client: Client) -> list[Cell]:
    standing = client.by_scheme[scheme]
    said = subject.criteria(standing)
    return [
        subject.labels[client.line],
        subject.say(client.place) if client.place else None,
        client.line,
        subject.outcome(standing),
        subject.window(standing),
        standing.closes if standing.live else None,
        subject.say(standing.amount) if standing.amount else None,
        standing.most,
        _listed(subject, [said[id_] for id_ in standing.unmet]),
        _listed(subject, [said[id_] for id_ in standing.unknown]),
        _listed(subject, [subject.label(fact) for fact in standing.missing]),
        _listed(subject, [subject.authority(id_) for id_ in standing.asks]),
    ]


def _listed(subject: Subject, texts: Sequence[str]) -> str:
    return subject.few((f"• {text}" for text in texts), MOST_SAID, BETWEEN)
