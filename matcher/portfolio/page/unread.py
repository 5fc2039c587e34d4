"""What of the file was not read, or was read after a correction, and what was each column for?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.language.text import Text
from matcher.portfolio.columns import Column, Use
from matcher.portfolio.page.html import Markup, lines, tag, text, theirs, together
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.page.table import Cell, Table, table
from matcher.portfolio.page.voice import Noun, Voice
from matcher.portfolio.parts import Warned
from matcher.portfolio.rejected import Rejected, rejected
from matcher.portfolio.run import REJECTS

ID = "unread"
TITLE = Text("Ce qui n'a pas été lu", "What was not read")
MOST = 100
NOTHING = Text(
    "Chaque cellule des colonnes reconnues a été lue telle quelle.",
    "Every cell of the columns that were recognised was read as it is.",
)
REJECTED = Text(
    "{rows} : sans réponse. Le fichier {file}, à côté de ce rapport, dit pourquoi ligne à ligne.",
    "{rows}: without an answer. The file {file}, beside this report, says why, row by row.",
)
REJECTED_ROWS = Noun(
    Text("ligne rejetée", "rejected row"), Text("lignes rejetées", "rejected rows")
)
WHY = Text("Lignes rejetées, par raison", "Rejected rows, by reason")
UNREAD = Text("Cellules non lues : donnée laissée inconnue", "Cells not read: value left unknown")
CHANGED = Text("Cellules lues après une correction", "Cells read after a correction")
COLUMNS = Text("Comment chaque colonne a été comprise", "How each column was understood")
COLUMN, REASON = Text("Colonne", "Column"), Text("Raison", "Reason")
VALUE, CHANGE = Text("Valeur", "Value"), Text("Correction", "Correction")
USE, WHY_USED = Text("Comprise comme", "Understood as"), Text("Pourquoi", "Why")
CELLS, ROWS = Text("Cellules", "Cells"), Text("Lignes", "Rows")
FIRST = Text("Premières lignes", "First rows")
MORE = Text("… et {count} autres", "… and {count} others")
USES = {
    Use.FACT: Text("donnée", "fact"),
    Use.CLIENT: Text("nom du client", "name of the client"),
    Use.KEPT: Text("gardée, sans effet sur les réponses", "kept, without effect on the answers"),
    Use.IGNORED: Text("ignorée", "ignored"),
}


def section(subject: Subject) -> Markup:
    """The section of the page."""
    voice, warnings = subject.voice, subject.summary.warnings
    unread = [warned for warned in warnings if not warned.read]
    changed = [warned for warned in warnings if warned.read]
    told = bool(subject.summary.rejects or warnings)
    return lines(
        *_rejected(subject),
        Markup("") if told else tag("p", voice.say(NOTHING)),
        _warnings(voice, UNREAD, REASON, unread),
        _folded(voice, CHANGED, _warnings(voice, CHANGED, CHANGE, changed)),
        _folded(voice, COLUMNS, _columns(subject)),
    )


def _folded(voice: Voice, title: Text, content: Markup) -> Markup:
    return tag("details", tag("summary", voice.say(title)), content) if content else content


# ---------------------------------------------------------------------------------------- rejected
def _rejected(subject: Subject) -> Iterator[Markup]:
    voice, count = subject.voice, subject.summary.rejects
    if not count:
        return
    rows = tag("strong", voice.counted(count, REJECTED_ROWS))
    yield tag("p", voice.rich(REJECTED, rows=rows, file=tag("code", REJECTS)))
    found = rejected(subject.run)
    body = [
        (
            _theirs(one.column),
            voice.typed(one.kind),
            voice.typed(one.reason),
            voice.number(one.count),
            _first(voice, one),
        )
        for one in found[:MOST]
    ]
    head = tuple(map(voice.say, (COLUMN, VALUE, REASON, ROWS, FIRST)))
    yield table(Table(voice.say(WHY), head, (("", tuple(body)),), numbers=(3,)), voice)
    yield _more(voice, len(found))


# ---------------------------------------------------------------------------------------- warnings
def _warnings(voice: Voice, title: Text, what: Text, warnings: Sequence[Warned]) -> Markup:
    """The problems met in the cells, the most frequent first."""
    if not warnings:
        return Markup("")
    ordered = sorted(warnings, key=lambda one: (-one.count, one.column, one.reason.fr))
    body = [
        (_theirs(w.column), voice.say(w.reason), voice.number(w.count), _first(voice, w))
        for w in ordered[:MOST]
    ]
    head = tuple(map(voice.say, (COLUMN, what, CELLS, FIRST)))
    shown = table(Table(voice.say(title), head, (("", tuple(body)),), numbers=(2,)), voice)
    return lines(shown, _more(voice, len(ordered)))


def _first(voice: Voice, one: Warned | Rejected) -> str:
    return ", ".join(map(voice.number, one.lines)) + ("…" if one.count > len(one.lines) else "")


def _theirs(column: str) -> Cell:
    return theirs(column) if column else text("—")


def _more(voice: Voice, count: int) -> Markup:
    if count <= MOST:
        return Markup("")
    return tag("p", voice.say(MORE, count=voice.number(count - MOST)))


# ----------------------------------------------------------------------------------------- columns
def _columns(subject: Subject) -> Markup:
    voice, columns = subject.voice, subject.run.job.mapping.columns
    body = tuple(_column(subject, column) for column in columns[:MOST])
    head = tuple(map(voice.say, (COLUMN, USE, WHY_USED)))
    shown = table(Table(voice.say(COLUMNS), head, (("", body),)), voice)
    return lines(shown, _more(voice, len(columns)))


def _column(subject: Subject, column: Column) -> tuple[Cell, ...]:
    voice = subject.voice
    use = voice.say(USES[column.use])
    if column.fact is not None:
        use = voice.say(subject.catalogue.fact(column.fact).label)
    unit = f" ({column.unit})" if column.unit else ""
    return _theirs(column.header), together([use, unit]), voice.say(column.why)
