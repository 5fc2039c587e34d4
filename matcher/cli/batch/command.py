"""Which clients of a list can apply for what? The command `matcher batch`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import click

from matcher.api import Catalogue
from matcher.cli import needs_polars  # noqa: F401  first: it says what is missing
from matcher.cli.batch.making import FORMATS, formats_for, made
from matcher.cli.batch.progress import Progress, counting, terminal_width
from matcher.cli.batch.telling import MAPPING, ask_text, map_text, summary_lines
from matcher.cli.shared import (
    examples,
    language_option,
    reading_options,
    say,
    schemes_option,
    today,
    told_plainly,
)
from matcher.facts.numbers import date_written
from matcher.language.diagnostics import Diagnostics, Place, ProfileError
from matcher.language.text import Text
from matcher.portfolio.jobs import Job
from matcher.portfolio.locations import Location, answering, location_of, write_text
from matcher.portfolio.mapping_file import mapping_text
from matcher.portfolio.preview import preview, preview_text
from matcher.portfolio.run import Doing, Run, run, same_run
from matcher.portfolio.source import Source, open_source
from matcher.portfolio.watched import READING, watched

EPILOG = (
    examples(
        "matcher batch clients.xlsx",
        "matcher batch clients.csv --dry-run",
        "matcher batch clients.csv --map mapping.yaml --out resultats --on 2026-05-04",
        "matcher batch StockEtablissement.parquet --scheme pat --format parquet",
        "matcher batch s3://depot/clients/ --out s3://depot/resultats",
    )
    + "\n\nCodes de sortie / exit codes: 0 fait / done, 2 entrée inutilisable / unusable input, "
    "130 interrompu / interrupted."
)
MOST_TRIED = 1_000
INTERRUPTED = 130
STOPPED = Text(
    "Interrompu. Ce qui est fini est gardé : la même commande reprendra où elle s'est arrêtée.",
    "Interrupted. What is finished is kept: the same command will go on where it stopped.",
)


@click.command(
    "batch",
    epilog=EPILOG,
    help="Étudier toute une liste : CSV, Excel, Parquet, JSON lines, extrait Sirene. / "
    "Match a whole list: CSV, Excel, Parquet, JSON lines, Sirene extract.",
)
@click.argument("source", metavar="FICHIER", type=click.Path())
@click.option(
    "--out",
    type=click.Path(file_okay=False),
    help="Dossier des résultats, ici ou s3://… / Folder of the results, here or s3://…",
)
@click.option(
    "--on",
    "date",
    metavar="AAAA-MM-JJ",
    help="Date de la question (par défaut : aujourd'hui). / Date of the question (default: today).",
)
@reading_options
@schemes_option
@click.option(
    "--format",
    "forms",
    multiple=True,
    type=click.Choice(FORMATS),
    help="Ce qu'il faut écrire, répétable ; par défaut tout, sans CSV ni JSON au-delà de "
    "100 000 lignes. / What to write, repeatable; by default all, without CSV or JSON beyond "
    "100,000 rows.",
)
@click.option(
    "--engine",
    type=click.Choice(["auto", "polars", "spark"]),
    default="auto",
    show_default=True,
    help="Qui fait le travail. / What does the work.",
)
@click.option(
    "--master", default="local[*]", show_default=True, help="Maître Spark. / Spark master."
)
@click.option(
    "--rules", "path", type=click.Path(path_type=Path), help="D'autres règles. / Other rules."
)
@click.option(
    "--dry-run",
    is_flag=True,
    help="Montrer comment le fichier est compris, sans rien écrire. / "
    "Show how the file is understood; write nothing.",
)
@click.option(
    "--yes", is_flag=True, help="Ne pas demander de confirmation. / Ask for no confirmation."
)
@language_option
def batch(
    source: str,
    out: str | None,
    date: str | None,
    mapping: str | None,
    sheet: str | None,
    schemes: tuple[str, ...],
    forms: tuple[str, ...],
    engine: str,
    master: str,
    path: Path | None,
    lang: str,
    *,
    dry_run: bool,
    yes: bool,
) -> None:
    """Match a client list, a portfolio or a register."""
    with told_plainly(lang):
        input_, target = location_of(source), None if out is None else location_of(out)
        catalogue = Catalogue.load(path)
        with answering(input_), counting(None, lang, READING):
            opened = open_source(input_, catalogue, mapping, lang, sheet=sheet)
            shown = preview(opened, catalogue)
        click.echo(preview_text(shown, lang, terminal_width()))
        if dry_run:
            return
        if not (yes or mapping or _confirmed(opened, target, lang)):
            raise SystemExit(0)
        day = _day(date)
        job = Job(
            input_.resolve(),
            opened.mapping,
            None if path is None else path.resolve(),
            day,
            _ids(catalogue, schemes),
            Path(),
            lang,
            sheet or opened.detected.sheet,
        )
        wish = _Wish(target, forms, engine, master)
        with answering(input_, *([] if target is None else [target])):
            _matched(job, opened, catalogue, wish)


@dataclass(frozen=True)
class _Wish:
    """Where to, what to write, and who does the work."""

    out: Location | None
    forms: tuple[str, ...]
    engine: str
    master: str


def _matched(job: Job, opened: Source, catalogue: Catalogue, wish: _Wish) -> None:
    placed = _placed(job, catalogue, opened, wish.out)
    try:
        with counting(opened.total, job.lang, READING) as progress:
            finished = run(placed, catalogue, progress, _doing(wish, progress), opened)
        _saved_mapping(finished, opened)
        forms = formats_for(finished, wish.forms)
        files = made(finished, catalogue, forms)
    except KeyboardInterrupt:
        say(STOPPED, job.lang, err=True)
        raise SystemExit(INTERRUPTED) from None
    for line in summary_lines(finished, catalogue, files):
        click.echo(line)


def _doing(wish: _Wish, progress: Progress) -> Doing:
    """Spark does the parts where it is asked to; otherwise they are done here."""
    if wish.engine != "spark":
        return watched(progress.begin)
    progress.doing = None
    from matcher.portfolio.on_spark import spark_parts

    return spark_parts(wish.master)


def _placed(job: Job, catalogue: Catalogue, opened: Source, out: Location | None) -> Job:
    """The job with its folder: the one asked for, else the first that is free or its own."""
    if out is not None:
        return _at(job, out)
    name = f"{_stem(job.input)}-{job.on.isoformat()}"
    for number in range(1, MOST_TRIED):
        tried = _at(job, Path(name if number == 1 else f"{name}-{number}"))
        if same_run(tried, catalogue, opened):
            return tried
    return _at(job, Path(name))


def _stem(path: Location) -> str:
    name = path.name if path.is_dir() else path.stem
    return f"{PREFIX}{name}" if name else PREFIX.rstrip("-")


PREFIX = "matcher-"


def _at(job: Job, out: Location) -> Job:
    return Job(
        job.input, job.mapping, job.rules, job.day, job.schemes, out.resolve(), job.lang, job.sheet
    )


def _saved_mapping(finished: Run, opened: Source) -> None:
    text = mapping_text(opened.mapping, opened.detected)
    write_text(finished.job.out / MAPPING, text)


def _confirmed(opened: Source, out: Location | None, lang: str) -> bool:
    """Whether the columns are understood as they should be; only asked in a terminal."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    answer = click.prompt(ask_text(lang), default="o" if lang == "fr" else "y", show_default=True)
    if str(answer).strip().lower()[:1] in ("o", "y"):
        return True
    # A file to correct is written where a person can open it.
    target = _free(out / MAPPING if isinstance(out, Path) else Path(MAPPING))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(mapping_text(opened.mapping, opened.detected), encoding="utf-8")
    click.echo(map_text(opened.path, target, lang))
    return False


def _free(path: Path) -> Path:
    """The path, or one beside it that no file has."""
    tried = (path.with_stem(f"{path.stem}-{number}") for number in range(2, MOST_TRIED))
    return path if not path.exists() else next((p for p in tried if not p.exists()), path)


def _ids(catalogue: Catalogue, schemes: tuple[str, ...]) -> tuple[str, ...]:
    for id_ in schemes:
        catalogue.scheme(id_)
    return tuple(dict.fromkeys(schemes)) or catalogue.schemes


def _day(date: str | None) -> int:
    day = today().toordinal() if date is None else date_written(date)
    if day is None:
        found = Diagnostics()
        found.add("E12", Place(), text=date)
        raise ProfileError(tuple(found))
    return day
