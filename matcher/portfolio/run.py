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
from pathlib import Path
from typing import Any

import polars as pl

from matcher.answers.formats import iso
from matcher.api import Catalogue, package_version
from matcher.language.text import Text
from matcher.portfolio.errors import SourceError
from matcher.portfolio.jobs import RESULTS, WORK, Bench, Job, bench_of, done, finished
from matcher.portfolio.parts import Part
from matcher.portfolio.results import criteria_of
from matcher.portfolio.safe_text import safe_column
from matcher.portfolio.shown import all_shown
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
    def results(self) -> list[Path]:
        """The tables of results, in the order of the input."""
        return sorted((self.job.out / RESULTS).glob("*.parquet"))

    def shown(self) -> pl.DataFrame:
        """The facts of the rows worth showing."""
        return pl.read_parquet(self.job.out / SHOWN, glob=False)


Doing = Callable[[Job, Bench, list[Part]], Iterable[Summary]]


def run(job: Job, catalogue: Catalogue, progress: Progress = str, how: Doing | None = None) -> Run:
    """Match a portfolio. `progress` is told the rows of each part as it is finished.

    `how` does the parts elsewhere, by default here one after the other. Raises `SourceError` when
    the folder holds something else.
    """
    bench = bench_of(job, catalogue)
    begin(job, bench)
    parts = list(bench.source.parts())
    before = {part.id: summary_in(told) for part in parts if (told := finished(job, part))}
    missing = [part for part in parts if part.id not in before]
    for summary in chain(before.values(), (how or one_by_one)(job, bench, missing)):
        progress(summary.rows)
    return _ended(job, parts, len(before))


def one_by_one(job: Job, bench: Bench, parts: list[Part]) -> Iterable[Summary]:
    """The parts in this process, in order."""
    return (done(job, bench, part) for part in parts)


def _ended(job: Job, parts: list[Part], resumed: int) -> Run:
    told = [finished(job, part) for part in parts]
    assert None not in told, "every part is done"
    summary = together(summary_in(one) for one in told if one is not None)
    work = job.out / WORK
    _rejects(job, [work / f"{part.id}.rejects.parquet" for part in parts])
    shown = all_shown(work / f"{part.id}.shown.parquet" for part in parts)
    shown.write_parquet(job.out / SHOWN)
    for folder in (job.out / RESULTS, work):
        for left in folder.glob(".*"):
            left.unlink()
    state = _state(job)
    _write_json(job.out / RUN, {**state, "finished": True, "summary": summary_text(summary)})
    return Run(job, summary, resumed)


def _rejects(job: Job, paths: list[Path]) -> None:
    """The rejected rows as a file that a spreadsheet opens; none is left when there are none."""
    whole = (
        pl.concat([pl.read_parquet(path, glob=False) for path in paths])
        if paths
        else pl.DataFrame()
    )
    texts = [safe_column(pl.col(name)) for name in ("column", "kind", "reason")]
    target = job.out / REJECTS
    temporary = target.with_name(f".{REJECTS}")
    names = REJECT_HEADERS[job.lang]
    table = whole.with_columns(texts).rename(names) if whole.width else whole
    table.write_csv(temporary, separator=";" if job.lang == "fr" else ",", include_bom=True)
    temporary.replace(target)


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
    if not found and job.out.exists() and any(job.out.iterdir()):
        why = NOT_A_RUN
        raise SourceError(OTHER_RUN.filled({"why": why}), OTHER_RUN_FIX, file=str(job.out))
    job.out.mkdir(parents=True, exist_ok=True)
    if not found:
        _write_json(job.out / RUN, {**wanted, "finished": False})


def _difference(found: Mapping[str, Any], wanted: Mapping[str, Any]) -> Text | None:
    return next((text for key, text in WHY.items() if found.get(key) != wanted[key]), None)


def same_run(job: Job, catalogue: Catalogue) -> bool:
    """Whether the folder of a job is free, or holds this very run."""
    if not job.out.exists() or not any(job.out.iterdir()):
        return True
    found = _state(job)
    return bool(found) and _difference(found, _fingerprint(job, bench_of(job, catalogue))) is None


def _fingerprint(job: Job, bench: Bench) -> dict[str, Any]:
    content = bench.catalogue.content
    return {
        "schema_version": 1,
        "input": _input_digest(job.input),
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


def _input_digest(path: Path) -> str:
    """Tells a file, or a folder of files, from another one without reading it all."""
    files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
    told = [
        (str(f.relative_to(path.parent)), f.stat().st_size, f.stat().st_mtime_ns) for f in files
    ]
    return _digest(repr(told))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _state(job: Job) -> dict[str, Any]:
    path = job.out / RUN
    if not path.exists():
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _write_json(path: Path, data: Mapping[str, Any]) -> None:
    temporary = path.with_name(f".{path.name}")
    temporary.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)
