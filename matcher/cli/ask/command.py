"""Which schemes can I apply to, question by question? The command `matcher ask`."""

from __future__ import annotations

import contextlib
import datetime
import io
import os
import sys
from pathlib import Path

import click

from matcher.api import Catalogue
from matcher.cli.ask import words
from matcher.cli.ask.blocks import Blocks
from matcher.cli.ask.files import ENDINGS
from matcher.cli.ask.finish import Finish
from matcher.cli.ask.hold import hold
from matcher.cli.ask.interview import Interview
from matcher.cli.ask.listing import rows, tally
from matcher.cli.ask.reading import Lines, PipedLines, TypedLines
from matcher.cli.ask.screen import PlainScreen, Screen, row_text, screen_width
from matcher.cli.shared import UNUSABLE, examples, language_option, today, told_plainly
from matcher.cli.table import report_table
from matcher.session import Session

INTERRUPTED = 130
CLOSING_ROWS = 10
HELP = (
    "Répondre à quelques questions, et voir ce qu'on peut demander. / "
    "Answer some questions, and see what you can apply for.\n\n"
    "Touches / keys : ? aide / help, - je ne sais pas / I don't know, ! ne pas répondre / rather "
    "not say, < retour / back, * liste / list, ailleurs / elsewhere, fin / end. "
    "« site.insee: Angers » répond à une autre question / answers another question.\n\n"
    "Dans un tube, chaque ligne est une réponse ; les lignes vides et « # … » sont ignorées. / "
    "In a pipe each line is an answer; empty lines and “# …” are ignored."
)


@click.command(
    "ask",
    help=HELP,
    epilog=examples(
        "matcher ask",
        "matcher ask --territory --lang en",
        "matcher ask --profile client.yaml --save client-2.yaml",
        "matcher ask --on 2026-05-04 --summary page.html < reponses.txt",
    ),
)
@click.option(
    "--profile",
    "source",
    type=click.Path(path_type=Path),
    help="Reprendre un profil. / Go on from a profile.",
)
@click.option(
    "--territory",
    is_flag=True,
    help="Du point de vue d'une collectivité. / From a territory's point of view.",
)
@click.option(
    "--on",
    "date",
    metavar="AAAA-MM-JJ",
    help="Date de la question (par défaut : aujourd'hui). / Date of the question (default: today).",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Fichier où enregistrer le profil. / File to save the profile in.",
)
@click.option(
    "--summary",
    "summaries",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Synthèse d'une page, .md ou .html, répétable. / One-page summary, repeatable.",
)
@click.option(
    "--rules", "path", type=click.Path(path_type=Path), help="D'autres règles. / Other rules."
)
@language_option
def ask(
    source: Path | None,
    territory: bool,
    date: str | None,
    save: Path | None,
    summaries: tuple[Path, ...],
    path: Path | None,
    lang: str,
) -> None:
    """Hold an interview, then give the report."""
    _refuse_bad_names(source, save, summaries, lang)
    with told_plainly(lang):
        catalogue = Catalogue.load(path)
        session = Session(catalogue, today() if date is None else date, source)
    names = {id_: scheme.name for id_, scheme in catalogue.content.schemes.items()}
    blocks = Blocks(lang, names)
    interview = Interview(session, territory=territory)
    lines = _lines()
    finish = Finish(session, blocks, lines, source, save, summaries)
    try:
        hold(interview, _screen(blocks), lines, blocks, source)
        click.echo(report_table(session.report, lang), nl=False)
        _close(finish, interview)
    except KeyboardInterrupt:
        finish.rescue(_now(), answered=interview.answers > 0)
        raise SystemExit(INTERRUPTED) from None


def _refuse_bad_names(
    source: Path | None, save: Path | None, summaries: tuple[Path, ...], lang: str
) -> None:
    """Say at the start, not after ten minutes of answers, that a file cannot be written."""
    bad = [(words.ENDING, one) for one in summaries if one.suffix.lower() not in ENDINGS]
    if save is not None and save != source and save.exists():
        bad.append((words.EXISTS, save))
    named = [*summaries, *([] if save is None else [save])]
    bad += [(words.NO_FOLDER, one) for one in named if not one.absolute().parent.is_dir()]
    for text, file in bad:
        click.echo(text.in_(lang).replace("{file}", str(file)), err=True)
    if bad:
        raise SystemExit(UNUSABLE)


# ------------------------------------------------------------------------------------ what to use
def _lines() -> Lines:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    if sys.stdin.isatty():
        return TypedLines(err=not sys.stdout.isatty())
    return PipedLines(sys.stdin)


def _screen(blocks: Blocks) -> Screen:
    """rich where there is a terminal and rich is installed; else plain lines."""
    person = sys.stdin.isatty()
    if not (person and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        return PlainScreen(blocks, listing=person, err=person and not sys.stdout.isatty())
    with contextlib.suppress(ImportError):
        from rich.console import Console

        from matcher.cli.ask.rich_screen import RichScreen

        return RichScreen(blocks, Console(highlight=False, markup=False, emoji=False))
    screen = PlainScreen(blocks, listing=True)
    screen.say(blocks.say(words.WITHOUT_RICH))
    return screen


def _now() -> datetime.datetime:
    return datetime.datetime.now().astimezone()


def _close(finish: Finish, interview: Interview) -> None:
    """Write what was asked for; where somebody is there, say the essential again and offer more."""
    lines, blocks = finish.lines, finish.blocks
    left = lines.left()
    if left:
        finish.say(blocks.say(words.LEFT_OVER, count=left))
    written = finish.write_asked()
    if sys.stdin.isatty():
        _essential(interview.session, blocks)
        finish.offer(
            _now(),
            answered=interview.answers > 0,
            elsewhere=not interview.looked_elsewhere,
        )
    if not written:
        raise SystemExit(UNUSABLE)


def _essential(session: Session, blocks: Blocks) -> None:
    """The top of the list once more: the report above is long."""
    width = screen_width()
    click.echo(f"\n{tally(session.report, blocks.lang)}", err=True)
    for row in rows(session.report, blocks.lang)[:CLOSING_ROWS]:
        click.echo(row_text(row, width), err=True)
    click.echo(err=True)
