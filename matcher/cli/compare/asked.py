"""What is to be compared: two folders, or one portfolio under two dates or two catalogues?"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from matcher.answers.formats import date_text
from matcher.api import Catalogue
from matcher.cli.batch.progress import counting, step
from matcher.cli.shared import today
from matcher.facts.numbers import date_written
from matcher.language.diagnostics import Diagnostics, Place, ProfileError
from matcher.language.text import Text
from matcher.portfolio.comparing.both import Question, Reading, matched
from matcher.portfolio.comparing.comparison import Comparison, compared
from matcher.portfolio.errors import SourceError
from matcher.portfolio.locations import Location, location_of

FORMS_FIX = Text(
    "Donnez deux dossiers de résultats (matcher compare ANCIEN NOUVEAU), ou un fichier de clients "
    "et deux dates (matcher compare --input FICHIER --on DATE1 --on DATE2), ou deux catalogues "
    "(matcher compare --input FICHIER --rules AVANT --rules APRÈS).",
    "Give two folders of results (matcher compare OLD NEW), or a client file and two dates "
    "(matcher compare --input FILE --on DATE1 --on DATE2), or two catalogues (matcher compare "
    "--input FILE --rules BEFORE --rules AFTER).",
)
NOT_TWO = Text("il faut deux choses à comparer", "there must be two things to compare")
BOTH_FORMS = Text(
    "deux dossiers, ou un fichier (--input) : pas les deux",
    "two folders, or a file (--input): not both",
)
FOLDERS_ONLY = Text(
    "{option} ne va qu'avec --input : la date et les clients de deux dossiers sont déjà fixés",
    "{option} only goes with --input: the date and the clients of two folders are settled already",
)
FIRST = Text("Premier calcul ({on})", "First computation ({on})")
SECOND = Text("Second calcul ({on})", "Second computation ({on})")


@dataclass(frozen=True)
class Asked:
    """What was written on the command line."""

    folders: tuple[str, ...]
    input: str | None
    dates: tuple[str, ...]
    rules: tuple[Path, ...]
    mapping: str | None
    sheet: str | None
    schemes: tuple[str, ...]
    lang: str

    @property
    def locations(self) -> tuple[Location, ...]:
        """The folders, or the client file; raises `SourceError`."""
        return tuple(map(location_of, self.folders if self.input is None else (self.input,)))


@contextmanager
def comparison_of(asked: Asked) -> Iterator[Comparison]:
    """The comparison; what is computed for it only is thrown away afterwards."""
    if asked.input is None:
        yield _of_folders(asked)
        return
    if asked.folders:
        raise SourceError(BOTH_FORMS, FORMS_FIX)
    questions = _questions(asked)
    with tempfile.TemporaryDirectory(prefix="matcher-compare-") as place:
        yield _of_input(asked, questions, Path(place))


def _of_folders(asked: Asked) -> Comparison:
    given = {
        "--on": asked.dates,
        "--map": asked.mapping,
        "--sheet": asked.sheet,
        "--scheme": asked.schemes,
    }
    if len(asked.folders) != 2:
        raise SourceError(NOT_TWO, FORMS_FIX)
    for name, value in given.items():
        if value:
            raise SourceError(FOLDERS_ONLY.filled({"option": Text(name, name)}), FORMS_FIX)
    catalogues = [Catalogue.load(path) for path in dict.fromkeys((*asked.rules, None))]
    old, new = asked.locations
    return compared(old, new, catalogues)


def _questions(asked: Asked) -> tuple[Question, Question]:
    """The two questions: other dates, other catalogues, or both.

    One catalogue and at most one date: the catalogue that comes with the program, and that one.
    """
    if max(len(asked.dates), len(asked.rules)) > 2 or not (asked.dates or asked.rules):
        raise SourceError(NOT_TWO, FORMS_FIX)
    days = [_day(date) for date in asked.dates] or [today().toordinal()]
    paths: list[Path | None] = list(asked.rules) or [None]
    if len(days) == 1 and len(paths) == 1:
        if paths == [None]:
            raise SourceError(NOT_TWO, FORMS_FIX)
        paths.insert(0, None)
    loaded = {path: Catalogue.load(path) for path in paths}
    first, second = (
        Question(loaded[paths[index]], _whole(paths[index]), days[min(side, len(days) - 1)])
        for side, index in enumerate((0, len(paths) - 1))
    )
    return first, second


def _whole(path: Path | None) -> Path | None:
    return None if path is None else path.resolve()


def _of_input(asked: Asked, questions: tuple[Question, Question], place: Path) -> Comparison:
    for id_ in asked.schemes:
        if not any(id_ in question.catalogue.schemes for question in questions):
            questions[1].catalogue.scheme(id_)
    mapping = None if asked.mapping is None else location_of(asked.mapping)
    (source,) = asked.locations
    reading = Reading(source, mapping, asked.sheet, asked.schemes, asked.lang)
    results = []
    for question, text, name in zip(questions, (FIRST, SECOND), ("old", "new"), strict=True):
        on = date_text(question.day)
        step(text.filled({"on": on}), asked.lang)
        with counting(None, asked.lang) as progress:
            results.append(matched(reading, question, place / name, progress))
    catalogues = [question.catalogue for question in reversed(questions)]
    return compared(results[0], results[1], catalogues)


def _day(date: str) -> int:
    day = date_written(date)
    if day is None:
        found = Diagnostics()
        found.add("E12", Place(), text=date)
        raise ProfileError(tuple(found))
    return day
