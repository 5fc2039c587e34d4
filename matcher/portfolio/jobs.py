"""What is done to one part of a portfolio, wherever it is done?

A job says everything that a process needs: it can be sent to another one. Each part gives a table
of results, its rejects, the rows worth showing and the counts, written whole or not at all.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import polars as pl

from matcher.api import Catalogue
from matcher.engines.columnar.engine import ColumnarEngine, JudgedFrame
from matcher.engines.columnar.frame import values_of
from matcher.facts.profile import Profile
from matcher.language.diagnostics import ProfileError
from matcher.language.text import Text
from matcher.meaning.consistency import refuse_contradictions
from matcher.portfolio.columns import ColumnMapping
from matcher.portfolio.few_rows import FEW, judged_one_by_one
from matcher.portfolio.locations import Location, each, listed, write_text, written
from matcher.portfolio.open_now import counts
from matcher.portfolio.parts import LINE, Part, PartRows, Reject, Warned, rejects_frame
from matcher.portfolio.results import results_of
from matcher.portfolio.shown import most_promising
from matcher.portfolio.source import Source, open_source
from matcher.portfolio.summary import Summary, summary_of, summary_text

IDENTIFIERS = frozenset({"siret", "siren"})
RESULTS, WORK = "results", ".work"
ROW_GROUP = 250_000
REFUSED_KIND = Text("valeur contradictoire", "contradictory value")
SET_ASIDE = Text(
    "valeur mise de côté : les autres l'excluent à cette date",
    "value set aside: the others rule it out on this date",
)


@dataclass(frozen=True)
class Job:
    """A portfolio to match: where it is, how it is read, with what, on which day, where to."""

    input: Location
    mapping: ColumnMapping
    rules: Path | None
    day: int
    schemes: tuple[str, ...]
    out: Location
    lang: str = "fr"
    sheet: str | None = None

    @property
    def on(self) -> datetime.date:
        """The date of the question."""
        return datetime.date.fromordinal(self.day)


@dataclass(frozen=True)
class Bench:
    """What a process opens once for all the parts of a job."""

    catalogue: Catalogue
    source: Source
    engine: ColumnarEngine
    breakdowns: tuple[str, ...]


@lru_cache(maxsize=1)
def _catalogue(rules: Path | None) -> Catalogue:
    return Catalogue.load(rules)


def bench_of(job: Job, catalogue: Catalogue | None = None, opened: Source | None = None) -> Bench:
    """Everything a job needs, opened; `opened` is its input where that was opened already."""
    found = catalogue or _catalogue(job.rules)
    source = opened or open_source(job.input, found, job.mapping, job.lang, sheet=job.sheet)
    engine = ColumnarEngine(found.content, job.day, job.schemes)
    shown = tuple(key for key in source.lexicon.shape.breakdowns if key in source.lexicon.facts)
    return Bench(found, source, engine, shown)


# ---------------------------------------------------------------------------------------- one part
Refused: TypeAlias = list[tuple[int, ProfileError]]


@dataclass(frozen=True)
class PartResults:
    """What came of a part: the results, the facts of the rows to show, the rejects, the counts."""

    results: pl.DataFrame
    shown: pl.DataFrame
    rejects: pl.DataFrame
    summary: Summary


def part_results(bench: Bench, job: Job, part: Part) -> PartResults:
    """Read a part and match it. Each row is in the results or in the rejects, once."""
    rows = bench.source.read_part(part)
    judged = _judged(bench, job, rows.frame)
    refused, aside = _contradictions(bench, rows, judged)
    facts, judged = _without(refused, rows.frame, judged)
    own = facts.select(LINE, *(_apart(name, job.schemes) for name in _kept(bench, facts)))
    results = pl.concat([own, results_of(judged, bench.engine.schemes)], how="horizontal")
    rejects = rejects_frame([_reject(bench, line, error) for line, error in refused], job.lang)
    rejects = pl.concat([rows.rejects, rejects]).sort("line")
    promise = counts(judged)
    warnings = (*rows.warnings, *aside)
    summary = summary_of(judged, promise, rejects.height, rows.blank, warnings)
    assert results.height + rejects.height == rows.rows, "each row gives one result or one reject"
    return PartResults(results, most_promising(promise, facts), rejects, summary)


def _judged(bench: Bench, job: Job, facts: pl.DataFrame) -> JudgedFrame:
    if 0 < facts.height <= FEW:
        return judged_one_by_one(facts, bench.catalogue, job.day, job.schemes, bench.breakdowns)
    return bench.engine.judged(facts, bench.breakdowns)


def _without(
    refused: Refused, facts: pl.DataFrame, judged: JudgedFrame
) -> tuple[pl.DataFrame, JudgedFrame]:
    """The rows that are not refused."""
    if not refused:
        return facts, judged
    wrong = pl.Series([line for line, _ in refused], dtype=pl.Int64)
    good = ~facts[LINE].is_in(wrong.implode())
    return facts.filter(good), judged.rows(good)


def _kept(bench: Bench, frame: pl.DataFrame) -> list[str]:
    """The columns by which a person finds a row again: their own, and its identifiers."""
    own = bench.source.kept
    facts = bench.catalogue.content.vocabulary.values()
    identifiers = [f.key for f in facts if f.check in IDENTIFIERS and not f.codes]
    return [name for name in (*identifiers, *own) if name in frame.columns]


def _apart(name: str, schemes: tuple[str, ...]) -> pl.Expr:
    """A column of the caller, set apart where its header would be taken for a scheme."""
    return pl.col(name).alias(f"{name} *" if name.split("/", 1)[0] in schemes else name)


def _contradictions(
    bench: Bench, rows: PartRows, judged: JudgedFrame
) -> tuple[Refused, list[Warned]]:
    """The rows that contradict themselves on any date, and what is set aside in the others."""
    flags = judged.conflicts
    if flags.width == 0 or rows.frame.is_empty():
        return [], []
    found = rows.frame.filter(flags.select(pl.any_horizontal(pl.all())).to_series())
    content = bench.catalogue.content
    refused: Refused = []
    for row in found.iter_rows(named=True):
        profile = Profile(values_of(row, content.vocabulary))
        try:
            refuse_contradictions(profile, content.computation, content.vocabulary)
        except ProfileError as error:
            refused.append((row[LINE], error))
    wrong = {line for line, _ in refused}
    lines = rows.frame[LINE]
    aside = [_set_aside(key, lines.filter(flags[key]), wrong, bench) for key in flags.columns]
    return refused, [warned for warned in aside if warned.count]


def _set_aside(key: str, lines: pl.Series, refused: set[int], bench: Bench) -> Warned:
    kept = [line for line in lines.to_list() if line not in refused]
    return Warned(_header(bench, key), SET_ASIDE, len(kept), tuple(kept[:5]))


def _reject(bench: Bench, line: int, error: ProfileError) -> Reject:
    """A row whose values contradict each other; the facts are named, not their values."""
    parts = dict(error.diagnostics[0].parts)
    fact = bench.catalogue.content.vocabulary[str(parts["key"])]
    fr, en = (_labels(parts["others"], lang, bench) for lang in ("fr", "en"))
    reason = Text(f"« {fact.label.fr} » contredit {fr}", f"“{fact.label.en}” contradicts {en}")
    return Reject(line, reason, REFUSED_KIND, _header(bench, fact.key))


def _labels(others: object, lang: str, bench: Bench) -> str:
    """The facts of a message by their labels alone: an adviser does not know their keys."""
    text = others.in_(lang) if isinstance(others, Text) else str(others)
    left, right = ("« ", " »") if lang == "fr" else ("“", "”")
    for key, fact in bench.catalogue.content.vocabulary.items():
        label = fact.label.in_(lang)
        text = text.replace(f"{left}{key}{right} ({label})", f"{left}{label}{right}")
    return text


def _header(bench: Bench, key: str) -> str:
    column = bench.source.mapping.of(key)
    return column.header if column else key


# ----------------------------------------------------------------------------------------- writing
def done(job: Job, bench: Bench, part: Part) -> Summary:
    """Match a part and write what came of it; what is written last says that it is whole."""
    found = part_results(bench, job, part)
    results, work = job.out / RESULTS, job.out / WORK
    results.mkdir(parents=True, exist_ok=True)
    work.mkdir(exist_ok=True)
    _whole(results / f"{part.id}.parquet", found.results)
    _whole(work / f"{part.id}.rejects.parquet", found.rejects)
    _whole(work / f"{part.id}.shown.parquet", found.shown)
    write_text(work / f"{part.id}.json", json.dumps(summary_text(found.summary)))
    return found.summary


def _whole(place: Location, frame: pl.DataFrame) -> None:
    """Written without statistics: nobody skips rows by the least code, and they cost a third."""
    with written(place) as path:
        frame.write_parquet(
            path,
            compression="zstd",
            compression_level=1,
            statistics=False,
            row_group_size=ROW_GROUP,
        )


def finished(job: Job, parts: Sequence[Part]) -> dict[str, Mapping[str, object]]:
    """What was told of the parts that are finished, by their ids."""
    results = {place.name for place in listed(job.out / RESULTS, "*.parquet")}
    told = {place.name: place for place in listed(job.out / WORK, "*.json")}
    ids = [p.id for p in parts if f"{p.id}.parquet" in results and f"{p.id}.json" in told]
    texts = each(_text, (told[f"{id_}.json"] for id_ in ids))
    return {id_: json.loads(text) for id_, text in zip(ids, texts, strict=True)}


def _text(place: Location) -> str:
    return place.read_text(encoding="utf-8")
