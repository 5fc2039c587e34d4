"""How is one portfolio matched twice, to compare two dates or two catalogues?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from matcher.api import Catalogue
from matcher.portfolio.comparing.folders import ResultSet, results_in
from matcher.portfolio.comparing.roles import MAPPING
from matcher.portfolio.jobs import Job
from matcher.portfolio.locations import Location
from matcher.portfolio.mapping_file import mapping_text
from matcher.portfolio.run import Progress, run
from matcher.portfolio.source import open_source


@dataclass(frozen=True)
class Reading:
    """A portfolio and how it is read."""

    input: Location
    mapping: Location | None = None
    sheet: str | None = None
    schemes: tuple[str, ...] = ()
    lang: str = "fr"


@dataclass(frozen=True)
class Question:
    """With which catalogue, and on which day."""

    catalogue: Catalogue
    rules: Path | None
    day: int


def matched(
    reading: Reading, question: Question, folder: Path, progress: Progress = str
) -> ResultSet:
    """The results of one question, in a folder; raises `MatcherError`."""
    catalogue, lang = question.catalogue, reading.lang
    source = open_source(reading.input, catalogue, reading.mapping, lang, sheet=reading.sheet)
    job = Job(
        reading.input.resolve(),
        source.mapping,
        question.rules,
        question.day,
        _schemes(reading, catalogue),
        folder,
        lang,
        reading.sheet or source.detected.sheet,
    )
    run(job, catalogue, progress)
    text = mapping_text(source.mapping, source.detected)
    (folder / MAPPING).write_text(text, encoding="utf-8")
    return results_in(folder)


def _schemes(reading: Reading, catalogue: Catalogue) -> tuple[str, ...]:
    """The schemes that are asked for, of those that the catalogue has."""
    if not reading.schemes:
        return catalogue.schemes
    return tuple(dict.fromkeys(id_ for id_ in reading.schemes if id_ in catalogue.schemes))
