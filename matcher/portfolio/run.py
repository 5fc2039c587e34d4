"""How is a whole portfolio matched, part by part, so that an interrupted run can go on?

The folder of results says which run it belongs to: the same input, mapping, catalogue and date go
on where they stopped, anything else is refused rather than mixed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from typing import Any, BinaryIO

import polars as pl

from matcher.answers.formats import iso
from matcher.api import Catalogue, package_version
from matcher.language.text import Text
from matcher.portfolio.errors import SourceError
from matcher.portfolio.jobs import RESULTS, WORK, Bench, Job, bench_of, done, finished
from matcher.portfolio.locations import (
    Location,
    is_free,
    listed,
    stamps,
    swept,
    write_text,
    written,
)
from matcher.portfolio.parts import Part
from matcher.portfolio.results import criteria_of
from matcher.portfolio.safe_text import safe_column
from matcher.portfolio.shown import all_shown
from matcher.portfolio.source import Source
from matcher.portfolio.summary import Summary, summary_in, summary_text, together

RUN, REJECTS, SHOWN = "run.json", "rejects.csv", f"{WORK}/shown.parquet"
OTHER_RUN = Text(
    "ce dossier contient les résultats d'une autre exécution ({why})",
    "this folder holds the results of another run ({why})",
)
OTHER_RUN_FIX = Text(
    "Choisissez un autre dossier (--out), ou supprimez celui-ci s'il ne sert plus.",
    "Choose another folder (--out), or delete this one if it is no longer of use.",
)
NOT_A_RUN = Text("le dossier n'est pas vide", "the folder is not empty")
WHY: Mapping[str, Text] = {
    "input": Text("autre fichier, ou fichier modifié depuis", "another file, or a changed one"),
    "mapping": Text("autre lecture des colonnes", "columns read otherwise"),
    "catalogue": Text("autre catalogue", "another catalogue"),
    "on": Text("autre date", "another date"),
    "schemes": Text("autres dispositifs", "other schemes"),
    "version": Text("autre version du programme", "another version of the program"),
    "lang": Text("autre langue", "another language"),
}
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Run:
    """A portfolio that was matched: what was counted, and where everything is."""

    job: Job
    summary: Summary
    resumed: int

    @property
    def results(self) -> list[Location]:
        """The tables of results, in the order of the input."""
        return listed(self.job.out / RESULTS, "*.parquet")

    def shown(self) -> pl.DataFrame:
        """The facts of the rows worth showing."""
        return pl.read_parquet(str(self.job.out / SHOWN), glob=False)


Doing = Callable[[Job, Bench, list[Part]], Iterable[Summary]]


def run(
    job: Job,
    catalogue: Catalogue,
    progress: Progress = str,
    how: Doing | None = None,
    opened: Source | None = None,
) -> Run:
    """Match a portfolio. `progress` is told the rows of each part as it is finished.

    `how` does the parts elsewhere, by default here one after the other; `opened` is the input where
    it was opened already. Raises `SourceError` when the folder holds something else.
    """
    bench = bench_of(job, catalogue, opened)
    begin(job, bench)
    parts = list(bench.source.parts())
    before = {id_: summary_in(told) for id_, told in finished(job, parts).items()}
    missing = [part for part in parts if part.id not in before]
    for summary in chain(before.values(), (how or one_by_one)(job, bench, missing)):
        progress(summary.rows)
    return _ended(job, parts, len(before))


def one_by_one(job: Job, bench: Bench, parts: list[Part]) -> Iterable[Summary]:
    """The parts in this process, in order."""
    return (done(job, bench, part) for part in parts)


def _ended(job: Job, parts: list[Part], resumed: int) -> Run:
    told = finished(job, parts)
    assert len(told) == len(parts), "every part is done"
    summary = together(summary_in(told[part.id]) for part in parts)
    work = job.out / WORK
    _rejects(job, [work / f"{part.id}.rejects.parquet" for part in parts])
    shown = all_shown(str(work / f"{part.id}.shown.parquet") for part in parts)
    with written(job.out / SHOWN) as path:
        shown.write_parquet(path)
    for folder in (job.out / RESULTS, work):
        swept(folder)
    state = _state(job)
    _write_json(job.out / RUN, {**state, "finished": True, "summary": summary_text(summary)})
    return Run(job, summary, resumed)


def _rejects(job: Job, places: list[Location]) -> None:
    """The rejected rows as a file that a spreadsheet opens; none is left when there are none."""
    with written(job.out / REJECTS) as path, path.open("wb") as stream:
        for index, place in enumerate(places):
            _more_rejects(job, place, stream, first=index == 0)


def _more_rejects(job: Job, place: Location, stream: BinaryIO, *, first: bool) -> None:
    """The rejected rows of one part, below those of the others."""
    texts = [safe_column(pl.col(name)) for name in ("column", "kind", "reason")]
    table = pl.read_parquet(str(place), glob=False).with_columns(texts)
    table = table.rename(REJECT_HEADERS[job.lang])
    separator = ";" if job.lang == "fr" else ","
    table.write_csv(stream, separator=separator, include_bom=first, include_header=first)


REJECT_HEADERS: Mapping[str, Mapping[str, str]] = {
    "fr": {"line": "ligne", "column": "colonne", "kind": "valeur", "reason": "raison"},
    "en": {"line": "line", "column": "column", "kind": "value", "reason": "reason"},
}


# ------------------------------------------------------------------------- which run a folder holds
def begin(job: Job, bench: Bench) -> None:
    """Take a folder for a run, or go on with the run that it holds; raises `SourceError`."""
    found = _state(job)
    wanted = _fingerprint(job, bench)
    if found and (why := _difference(found, wanted)):
        raise SourceError(OTHER_RUN.filled({"why": why}), OTHER_RUN_FIX, file=str(job.out))
    if not found and not is_free(job.out):
        why = NOT_A_RUN
        raise SourceError(OTHER_RUN.filled({"why": why}), OTHER_RUN_FIX, file=str(job.out))
    job.out.mkdir(parents=True, exist_ok=True)
    if not found:
        _write_json(job.out / RUN, {**wanted, "finished": False})


def _difference(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Text | None:
    return next((text for key, text in WHY.items() if found.get(key) != wanted[key]), None)


def same_run(job: Job, catalogue: Catalogue, opened: Source) -> bool:
    """Whether the folder of a job is free, or holds this very run."""
    if is_free(job.out):
        return True
    found = _state(job)
    return (
        bool(found)
        and _difference(found, _fingerprint(job, bench_of(job, catalogue, opened))) is None
    )


def _fingerprint(job: Job, bench: Bench) -> dict[str, Any]:
    content = bench.catalogue.content
    return {
        "schema_version": 1,
        "input": _digest(repr(stamps(job.input))),
        "file": job.input.name,
        "sheet": job.sheet,
        "mapping": _digest(repr(job.mapping)),
        "catalogue": content.digest,
        "on": iso(job.day),
        "schemes": list(job.schemes),
        "version": package_version(),
        "lang": job.lang,
        "client": job.mapping.client,
        "names": {id_: asdict(content.schemes[id_].name) for id_ in job.schemes},
        "criteria": {id_: criteria_of(content.schemes[id_]) for id_ in job.schemes},
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _state(job: Job) -> dict[str, Any]:
    try:
        found = json.loads((job.out / RUN).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_json(place: Location, data: Mapping[str, Any]) -> None:
    write_text(place, json.dumps(data, ensure_ascii=False, indent=1))
