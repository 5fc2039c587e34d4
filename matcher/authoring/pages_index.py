"""Which schemes are there, for whom, run by whom, and where does each stand on a date?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.authoring.page import table
from matcher.authoring.pages_status import CONFIDENCE, STATES, Status, status_of, status_text
from matcher.authoring.pages_text import section
from matcher.authoring.pages_writer import Writer
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text

TITLE = Text("Dispositifs", "Schemes")
INTRO = Text(
    "Situation au **{date}**, pour {count} dispositifs. Une fiche par dispositif : ce qu'il "
    "demande, ce qu'il apporte, son calendrier, la démarche et les sources.",
    "As of **{date}**, for {count} schemes. One page a scheme: what it asks, what it brings, its "
    "calendar, how to apply and the sources.",
)
DECIDES = Text(
    "Information indicative : l'autorité qui instruit la demande décide.",
    "For information only: the authority that examines the application decides.",
)
SEE = Text(
    "Voir aussi le [calendrier](calendar.md), le [vocabulaire](facts.md) et les "
    "[tables de référence](tables.md).",
    "See also the [calendar](calendar.md), the [vocabulary](facts.md) and the "
    "[reference tables](tables.md).",
)
HEAD = (
    Text("Dispositif", "Scheme"),
    Text("Pour qui", "For whom"),
    Text("Opérateur", "Operator"),
    Text("Situation", "Status"),
    Text("Confiance", "Confidence"),
)
GROUPS = {
    WindowState.OPEN: Text("Ouverts", "Open"),
    WindowState.UNKNOWN: Text("À confirmer", "To be confirmed"),
    WindowState.UPCOMING: Text("À venir", "Upcoming"),
    WindowState.CLOSED: Text("Clos", "Closed"),
}
NOTES = {
    WindowState.UNKNOWN: Text(
        "La réponse dépend d'une région, d'une relève ou d'une date que personne n'a publiée. La "
        "fiche dit qui peut répondre.",
        "The answer depends on a region, an intake or a date that nobody has published. The page "
        "says who can tell.",
    )
}
SCALE_TITLE = Text("Ce que veut dire la confiance", "What confidence means")
SCALE = (
    Text(
        "**élevée** : une page officielle ou proche de l'être donne la règle, et aucune autre ne "
        "la contredit ;",
        "**high**: an official or nearly official page gives the rule and no other contradicts it;",
    ),
    Text(
        "**moyenne** : une source secondaire datée, ou une lacune sur une condition ;",
        "**medium**: a dated secondary source, or a gap on one condition;",
    ),
    Text(
        "**faible** : des sources rares, locales ou anciennes. Une réponse « éligible » y est "
        "toujours donnée sous réserve.",
        "**low**: few, local or old sources. An “eligible” answer is then always subject to "
        "confirmation.",
    ),
)
OTHERS = Text("et {count} autres", "and {count} others")
CATALOGUE = Text("Catalogue `{digest}`.", "Catalogue `{digest}`.")
MOST_KINDS = 4


def index_page(writer: Writer) -> str:
    """The page that lists the schemes."""
    return "\n".join(_lines(writer)) + "\n"


def _lines(writer: Writer) -> Iterator[str]:
    found = [status_of(scheme, writer) for scheme in writer.content.schemes.values()]
    count = str(len(found))
    yield f"# {writer.put(TITLE)}"
    yield ""
    yield writer.put(INTRO, date=writer.date(writer.day), count=count)
    yield ""
    yield f"> {writer.put(DECIDES)}"
    yield ""
    yield writer.put(SEE)
    for state, title in GROUPS.items():
        group = [status for status in found if status.window.state is state]
        name = f"{writer.put(title)} ({len(group)})"
        yield from section(name, _group(state, group, writer))
    scale = [f"- {writer.put(step)}" for step in SCALE]
    yield from section(writer.put(SCALE_TITLE), scale)
    yield from ("", f"*{writer.put(CATALOGUE, digest=writer.content.digest)}*")


def _group(state: WindowState, group: Sequence[Status], writer: Writer) -> Iterator[str]:
    if not group:
        return
    if state in NOTES:
        yield from (writer.put(NOTES[state]), "")
    head = [writer.put(cell) for cell in HEAD]
    yield from table(head, [_row(status, writer) for status in by_date(group)])


def by_date(group: Sequence[Status]) -> list[Status]:
    """Open and upcoming ones by the day they end; closed ones the last first."""
    closed = all(status.window.state is WindowState.CLOSED for status in group)
    return sorted(group, key=lambda s: (-s.last_day if closed else s.last_day, s.scheme.id))


def _row(status: Status, writer: Writer) -> list[str]:
    scheme = status.scheme
    operators = [writer.short_authority(id_) for id_ in scheme.operators]
    return [
        f"{writer.scheme(scheme.id)}<br>{writer.name(scheme.summary)}",
        _some(writer.short_audience(scheme), writer),
        _some(operators, writer),
        status_text(status, writer),
        writer.put(CONFIDENCE[scheme.confidence]),
    ]


def _some(names: Sequence[str], writer: Writer) -> str:
    """A few names, and how many there are besides."""
    if len(names) <= MOST_KINDS:
        return ", ".join(names)
    more = writer.put(OTHERS, count=str(len(names) - MOST_KINDS + 1))
    return f"{', '.join(names[: MOST_KINDS - 1])} {more}"


def state_name(state: WindowState, writer: Writer) -> str:
    """A state in one word."""
    return writer.put(STATES[state])
