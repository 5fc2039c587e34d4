"""What is a person told of a portfolio: before, to confirm, and after?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from matcher.answers.formats import date_text, number_text
from matcher.answers.views import Outcome
from matcher.api import Catalogue
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text
from matcher.portfolio.locations import Location
from matcher.portfolio.object_stores import Stored
from matcher.portfolio.parts import Warned
from matcher.portfolio.rejected import rejected
from matcher.portfolio.run import Run

MAPPING = "mapping.yaml"
MOST_WARNINGS = 8
MOST_REASONS = 6
CONFIRM = Text("Les colonnes sont-elles bien comprises ? (o/n)", "Are the columns right? (y/n)")
CORRECT = Text(
    "Correspondance enregistrée : {map}\nCorrigez-la, puis : matcher batch {file} --map {map}",
    "Mapping saved: {map}\nCorrect it, then: matcher batch {file} --map {map}",
)
COUNTED = Text("{rows} = {results} + {rejects}", "{rows} = {results} + {rejects}")
ROWS = (Text("ligne lue", "row read"), Text("lignes lues", "rows read"))
RESULTS = (Text("résultat", "result"), Text("résultats", "results"))
REJECTED = (Text("rejet", "reject"), Text("rejets", "rejects"))
BLANK = (
    Text("ligne vide ignorée", "blank line ignored"),
    Text("lignes vides ignorées", "blank lines ignored"),
)
RESUMED = Text("Reprise ; faites auparavant : {parts}.", "Resumed; done before: {parts}.")
PARTS = (Text("partie", "part"), Text("parties", "parts"))
NOBODY = Text(
    "Personne ne remplit tous les critères d'un dispositif ouvert ; voyez ce qu'il manque.",
    "Nobody meets all criteria of an open scheme; see what is missing.",
)
OPEN_NOW = Text("Ouverts au {on} :", "Open on {on}:")
SCHEME = Text("  {name} : {yes}, {maybe} à préciser", "  {name}: {yes}, {maybe} to clarify")
ELIGIBLE = (Text("éligible", "eligible"), Text("éligibles", "eligible"))
WHY_REJECTED = Text("Lignes rejetées :", "Rejected rows:")
REASON = Text("  {count} × ({lines}) : {reason}", "  {count} × ({lines}): {reason}")
CELLS = Text("Cellules à regarder :", "Cells to look at:")
WARNING = Text(
    "  {column} ({count} × ; {lines}) : {reason}", "  {column} ({count} ×; {lines}): {reason}"
)
LINES = (Text("ligne {lines}", "line {lines}"), Text("lignes {lines}", "lines {lines}"))
FILES = Text("Résultats :", "Results:")
INFORM = Text(
    "Ces réponses informent ; l'autorité qui instruit décide.",
    "These answers inform; the instructing authority decides.",
)


def ask_text(lang: str) -> str:
    """The question that confirms the columns."""
    return CONFIRM.in_(lang)


def map_text(source: Location, mapping: Path, lang: str) -> str:
    """How to correct the columns."""
    return CORRECT.in_(lang).format(map=mapping, file=source)


def summary_lines(run: Run, catalogue: Catalogue, files: Sequence[Location]) -> Iterator[str]:
    """What came of a run."""
    lang, summary = run.job.lang, run.summary
    said = COUNTED.in_(lang).format(
        rows=_counted(summary.rows, ROWS, lang),
        results=_counted(summary.results, RESULTS, lang),
        rejects=_counted(summary.rejects, REJECTED, lang),
    )
    yield said + (f" ({_counted(summary.blank, BLANK, lang)})" if summary.blank else "")
    if run.resumed:
        yield RESUMED.in_(lang).format(parts=_counted(run.resumed, PARTS, lang))
    yield from _rejects(run)
    yield from _schemes(run, catalogue)
    yield from _warnings(summary.warnings, lang)
    yield FILES.in_(lang)
    yield from (f"  {_shown(path)}" for path in files)
    yield INFORM.in_(lang)


def _rejects(run: Run) -> Iterator[str]:
    """Why rows were rejected, the most frequent reasons first."""
    if not run.summary.rejects:
        return
    lang = run.job.lang
    yield WHY_REJECTED.in_(lang)
    for one in rejected(run)[:MOST_REASONS]:
        count, lines = _number(one.count, lang), _lines_of(one.lines, one.count, lang)
        yield REASON.in_(lang).format(count=count, lines=lines, reason=one.reason)


def _lines_of(lines: Sequence[int], count: int, lang: str) -> str:
    """The first lines of those concerned."""
    first = ", ".join(map(str, lines)) + ("…" if count > len(lines) else "")
    return LINES[count > 1].in_(lang).format(lines=first)


def _schemes(run: Run, catalogue: Catalogue) -> Iterator[str]:
    lang, found = run.job.lang, run.summary.standings
    rows = []
    for id_ in run.job.schemes:
        yes, maybe = (
            found.get((id_, str(outcome), str(WindowState.OPEN)), 0)
            for outcome in (Outcome.ELIGIBLE, Outcome.UNDETERMINED)
        )
        if yes or maybe:
            rows.append((-yes, -maybe, catalogue.scheme(id_).name.in_(lang)))
    if not rows:
        yield NOBODY.in_(lang)
        return
    yield OPEN_NOW.in_(lang).format(on=date_text(run.job.day).in_(lang))
    for yes, maybe, name in sorted(rows):
        eligible, unsure = _counted(-yes, ELIGIBLE, lang), _number(-maybe, lang)
        yield SCHEME.in_(lang).format(name=name, yes=eligible, maybe=unsure)


def _warnings(warnings: Sequence[Warned], lang: str) -> Iterator[str]:
    unread = sorted((w for w in warnings if not w.read), key=lambda w: -w.count)
    if not unread:
        return
    yield CELLS.in_(lang)
    for one in unread[:MOST_WARNINGS]:
        yield WARNING.in_(lang).format(
            column=one.column,
            count=_number(one.count, lang),
            lines=_lines_of(one.lines, one.count, lang),
            reason=one.reason.in_(lang),
        )


def _counted(count: int, nouns: tuple[Text, Text], lang: str) -> str:
    """A count and its noun: French counts 0 and 1 as one, English only 1."""
    single = count == 1 or (lang == "fr" and count == 0)
    return f"{_number(count, lang)} {nouns[0 if single else 1].in_(lang)}"


def _number(count: int, lang: str) -> str:
    return number_text(count).in_(lang)


def _shown(path: Location) -> str:
    if isinstance(path, Stored):
        return str(path)
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
