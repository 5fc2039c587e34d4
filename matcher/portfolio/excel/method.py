"""Sheet "Méthode": with what, on which day and from which texts were the answers found?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from matcher.api import package_version
from matcher.language.text import Text
from matcher.portfolio.columns import Use
from matcher.portfolio.excel.matrix import EXAMPLES, cell_text
from matcher.portfolio.excel.page import Cell, Page
from matcher.portfolio.excel.styles import Look, look_of
from matcher.portfolio.excel.subject import Subject
from matcher.portfolio.excel.words import WARNING
from matcher.portfolio.shown import MOST_SHOWN

TITLE = Text("Méthode, lecture et sources", "Method, reading and sources")
PARTS = {
    "run": Text("Ce qui a été fait", "What was done"),
    "words": Text("Comment lire les mots et les couleurs", "How to read words and colours"),
    "limits": Text("Ce que ce classeur ne dit pas", "What this workbook does not say"),
    "columns": Text("Comment chaque colonne a été comprise", "How each column was understood"),
    "warnings": Text("Cellules corrigées ou laissées de côté", "Cells corrected or left aside"),
    "sources": Text("Textes d'où viennent les conditions", "Texts the conditions come from"),
}
DONE = {
    "date": Text("Date de la question", "Date of the question"),
    "file": Text("Fichier", "File"),
    "sheet": Text("Feuille", "Sheet"),
    "catalogue": Text("Catalogue (empreinte)", "Catalogue (digest)"),
    "version": Text("Version du programme", "Version of the program"),
    "schemes": Text("Dispositifs examinés", "Schemes examined"),
    "rows": Text("Lignes lues", "Rows read"),
    "results": Text("Lignes avec une réponse", "Rows with an answer"),
    "rejects": Text("Lignes rejetées", "Rejected rows"),
    "blank": Text("Lignes vides", "Blank lines"),
    "shown": Text("Lignes montrées dans ce classeur", "Rows shown in this workbook"),
}
ONLY_SOME = Text(
    "Les {most} lignes les plus prometteuses seulement ; toutes sont dans les autres fichiers.",
    "The {most} most promising rows only; all of them are in the other files.",
)
MEANINGS: tuple[Text, ...] = (
    Text(
        "Toutes les conditions publiées sont remplies et l'on peut déposer. « Sous réserve » : "
        "une condition n'est pas calculable, ou l'autorité apprécie.",
        "Every published condition is met and one can apply. “Subject to conditions”: some "
        "condition cannot be computed, or the authority assesses it.",
    ),
    Text(
        "Les conditions sont remplies, mais l'ouverture est à venir ou à confirmer.",
        "The conditions are met, but the opening is to come or to be confirmed.",
    ),
    Text(
        "Il manque une réponse du client ou de l'autorité : ni oui, ni non.",
        "An answer of the client or of the authority is missing: neither yes nor no.",
    ),
    Text(
        "Le dispositif est clos à cette date, quel que soit le reste.",
        "The scheme is closed on that date, whatever the rest.",
    ),
    Text(
        "Au moins une condition n'est pas remplie ; la feuille du dispositif dit laquelle.",
        "At least one condition is not met; the sheet of the scheme says which.",
    ),
)
LIMITS: tuple[Text, ...] = (
    WARNING,
    Text(
        "Une donnée absente n'est jamais devinée : la réponse reste « à préciser ».",
        "A missing value is never guessed: the answer stays “to be clarified”.",
    ),
    Text(
        "Les montants sont ceux des textes publiés : « jusqu'à » annonce un plafond, jamais une "
        "promesse. Les montants de plusieurs aides ne s'additionnent pas.",
        "Amounts are those of published texts: “up to” is a ceiling, never a promise. The amounts "
        "of several aids do not add up.",
    ),
    Text(
        "Le même fichier, le même catalogue et la même date donnent le même classeur.",
        "The same file, catalogue and date give the same workbook.",
    ),
)
USES = {
    Use.CLIENT: Text("nom du client", "name of the client"),
    Use.KEPT: Text("gardée, sans effet sur les réponses", "kept, without effect on the answers"),
    Use.IGNORED: Text("ignorée", "ignored"),
}
READ = Text("lue après correction", "read after a correction")
UNREAD = Text("laissée inconnue", "left unknown")
CELLS = Text("{count} cellules, d'abord lignes {lines}", "{count} cells, first on lines {lines}")
ONE_CELL = Text("1 cellule, ligne {lines}", "1 cell, on line {lines}")
SOURCES = (
    Text("Dispositif", "Scheme"),
    Text("Texte", "Text"),
    Text("Adresse", "Address"),
    Text("Lu le", "Read on"),
)
CONFIDENCE = {
    "high": Text("confiance élevée", "high confidence"),
    "medium": Text("confiance moyenne", "medium confidence"),
    "low": Text("confiance faible", "low confidence"),
}
WIDTHS = (44, 78, 64, 14)
Row = Sequence[Cell]


def write_method(page: Page, subject: Subject) -> None:
    """The whole sheet."""
    page.print_setup()
    for index, width in enumerate(WIDTHS):
        page.sheet.set_column(index, index, width)
    page.line(subject.say(TITLE), Look.TITLE, 24)
    page.line(subject.opening, Look.NOTE)
    _part(page, subject, "run", _run(subject))
    _words(page, subject)
    _limits(page, subject)
    _part(page, subject, "columns", _columns(subject))
    _part(page, subject, "warnings", _warnings(subject))
    _part(page, subject, "sources", _sources(subject), SOURCES)


def _part(
    page: Page, subject: Subject, part: str, rows: Iterable[Row], head: Sequence[Text] = ()
) -> None:
    found = list(rows)
    if not found:
        return
    page.skip()
    page.line(subject.say(PARTS[part]), Look.PART, 20)
    if head:
        page.cells([subject.say(text) for text in head], WIDTHS, Look.HEADER)
    for cells in found:
        page.cells(cells, WIDTHS, Look.TEXT)


def _run(subject: Subject) -> Iterator[Row]:
    job, summary = subject.run.job, subject.run.summary
    values: dict[str, Cell] = {
        "date": job.on,
        "file": job.input.name,
        "sheet": job.sheet,
        "catalogue": subject.catalogue.digest,
        "version": package_version(),
        "schemes": len(subject.schemes),
        "rows": summary.rows,
        "results": summary.results,
        "rejects": summary.rejects,
        "blank": summary.blank,
        "shown": len(subject.clients),
    }
    for key, value in values.items():
        if value is not None:
            some = key == "shown" and len(subject.clients) < summary.results
            note = subject.say(ONLY_SOME, most=str(MOST_SHOWN)) if some else None
            yield [subject.say(DONE[key]), value, *([note] if note else [])]


def _words(page: Page, subject: Subject) -> None:
    page.skip()
    page.line(subject.say(PARTS["words"]), Look.PART, 20)
    for standing, meaning in zip(EXAMPLES, MEANINGS, strict=True):
        cells = [cell_text(subject, standing), subject.say(meaning)]
        page.cells(cells, WIDTHS, Look.TEXT, look_of(standing))


def _limits(page: Page, subject: Subject) -> None:
    page.skip()
    page.line(subject.say(PARTS["limits"]), Look.PART, 20)
    for text in LIMITS:
        page.line(subject.say(text), Look.NOTE)


def _columns(subject: Subject) -> Iterator[Row]:
    for column in subject.run.job.mapping.columns:
        use = subject.label(column.fact) if column.fact else subject.say(USES[column.use])
        yield [column.header, use, subject.say(column.why)]


def _warnings(subject: Subject) -> Iterator[Row]:
    for warned in subject.run.summary.warnings:
        lines = ", ".join(map(str, warned.lines))
        how = subject.say(READ if warned.read else UNREAD)
        said = ONE_CELL if warned.count == 1 else CELLS
        where = subject.say(said, count=str(warned.count), lines=lines)
        yield [warned.column, f"{subject.say(warned.reason)} ({how})", where]


def _sources(subject: Subject) -> Iterator[Row]:
    for scheme in subject.schemes:
        name = f"{subject.names[scheme.id]} ({subject.say(CONFIDENCE[scheme.confidence])})"
        for source in scheme.sources.values():
            yield [name, source.title, source.url, _date(source.read_on)]


def _date(iso: str) -> Cell:
    try:
        return datetime.date.fromisoformat(iso)
    except ValueError:
        return iso
