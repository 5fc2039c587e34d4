"""Which files are made of a portfolio that was matched?"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from contextlib import AbstractContextManager

from matcher.api import Catalogue
from matcher.cli.batch.progress import Progress, counting
from matcher.language.text import Text
from matcher.portfolio.locations import Location
from matcher.portfolio.results import criteria_of
from matcher.portfolio.run import REJECTS, Run
from matcher.portfolio.shown import MOST_SHOWN
from matcher.portfolio.tables import write_csv, write_json_lines

FORMATS = ("parquet", "csv", "jsonl", "excel", "html")
MOST_TEXT_ROWS = 100_000
WORKBOOK = Text("classeur.xlsx", "workbook.xlsx")
REPORT = Text("rapport.html", "report.html")
CLIENTS = Text("Réponses, montants et questions", "Answers, amounts and questions")
WRITING = Text("Écriture de {file}", "Writing {file}")


def formats_for(run: Run, wanted: Sequence[str]) -> tuple[str, ...]:
    """What to write: what was asked for, else everything that people can open."""
    if wanted:
        return tuple(dict.fromkeys(wanted))
    if run.summary.results <= MOST_TEXT_ROWS:
        return FORMATS
    return tuple(form for form in FORMATS if form not in ("csv", "jsonl"))


def made(run: Run, catalogue: Catalogue, forms: Sequence[str]) -> list[Location]:
    """Write the files; the tables of results are there already."""
    folder, lang = run.job.out, run.job.lang
    criteria = {id_: criteria_of(catalogue.content.schemes[id_]) for id_ in run.job.schemes}
    files: list[Location] = [folder / "results"]
    if "csv" in forms:
        with _writing("results.csv", lang):
            files.append(write_csv(folder, run.results, criteria, ";" if lang == "fr" else ","))
    if "jsonl" in forms:
        with _writing("results.jsonl", lang):
            files.append(write_json_lines(folder, run.results, criteria))
    if run.summary.rejects:
        files.append(folder / REJECTS)
    people = [form for form in ("excel", "html") if form in forms]
    return [*(_for_people(run, catalogue, people) if people else []), *files]


def _for_people(run: Run, catalogue: Catalogue, forms: Sequence[str]) -> list[Location]:
    from matcher.portfolio.clients import clients_of
    from matcher.portfolio.excel import write_workbook
    from matcher.portfolio.page import write_report

    lang = run.job.lang
    files: list[Location] = []
    with counting(min(run.summary.results, MOST_SHOWN), lang, CLIENTS) as progress:
        clients = clients_of(run, catalogue, progress)
    gc.freeze()  # they stay until the end: there is nothing to look for among them
    for form, name, write in (("excel", WORKBOOK, write_workbook), ("html", REPORT, write_report)):
        if form in forms:
            path = run.job.out / name.in_(lang)
            with _writing(path.name, lang):
                write(path, run, catalogue, clients, lang)
            files.append(path)
    return files


def _writing(name: str, lang: str) -> AbstractContextManager[Progress]:
    """A terminal says so while a file is written."""
    return counting(None, lang, WRITING.filled({"file": Text(name, name)}))
