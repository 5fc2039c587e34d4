"""Which step of a part is under way: reading it, or matching it?

A part may last: whoever looks at a terminal is told, without the work knowing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from matcher.answers.formats import number_text
from matcher.language.text import Text
from matcher.portfolio.jobs import Bench, Job
from matcher.portfolio.parts import Part, PartRows
from matcher.portfolio.run import Doing, one_by_one
from matcher.portfolio.source import Source
from matcher.portfolio.summary import Summary

READING = Text("Lecture du fichier", "Reading the file")
MATCHING = Text(
    "Étude de {rows} lignes × {schemes} dispositifs", "Matching {rows} rows × {schemes} schemes"
)
Told = Callable[[Text], object]


@dataclass(frozen=True)
class WatchedSource(Source):
    """A source that tells when it reads a part, and when the part goes on to be matched."""

    told: Told = str
    schemes: int = 0

    def read_part(self, part: Part) -> PartRows:
        """The rows of a part, as a typed frame."""
        self.told(READING)
        rows = super().read_part(part)
        counts = {"rows": number_text(rows.frame.height), "schemes": number_text(self.schemes)}
        self.told(MATCHING.filled(counts))
        return rows


def watched(told: Told) -> Doing:
    """The parts in this process, in order; `told` hears which step is under way."""

    def doing(job: Job, bench: Bench, parts: list[Part]) -> Iterable[Summary]:
        source = _watched(bench.source, told, len(job.schemes))
        return one_by_one(job, replace(bench, source=source), parts)

    return doing


def _watched(source: Source, told: Told, schemes: int) -> WatchedSource:
    return WatchedSource(
        source.path,
        source.input,
        source.mapping,
        source.lexicon,
        source.tables,
        source.lang,
        source.notes,
        told,
        schemes,
    )
