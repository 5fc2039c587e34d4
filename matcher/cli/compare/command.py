"""Which clients gained or lost which scheme, and by what? The command `matcher compare`."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.cli import needs_polars  # noqa: F401  first: it says what is missing
from matcher.cli.compare.asked import Asked, comparison_of
from matcher.cli.compare.writing import FORMATS, form_for, texts_of, write
from matcher.cli.shared import (
    examples,
    language_option,
    reading_options,
    say,
    schemes_option,
    told_plainly,
)
from matcher.language.text import Text
from matcher.portfolio.locations import answering, location_of

EPILOG = (
    examples(
        "matcher compare resultats-avril resultats-mai",
        "matcher compare resultats-avril resultats-mai --out changements.csv",
        "matcher compare --input clients.xlsx --on 2026-05-04 --on 2026-09-04",
        "matcher compare --input clients.xlsx --rules regles-avant --rules regles-apres",
        "matcher compare --input clients.xlsx --rules mes-regles --on 2026-05-04",
    )
    + "\n\nLes lignes sont réunies par numéro de ligne si c'est le même fichier, sinon par SIRET, "
    "par SIREN, puis par nom du client. / Rows are put together by line number if it is the same "
    "file, else by SIRET, by SIREN, then by name of the client."
    "\n\nAvec un seul --rules et au plus une date, le catalogue livré est comparé à celui-là. / "
    "With one --rules and at most one date, the catalogue that comes with the program is compared "
    "with that one."
    "\n\nCodes de sortie / exit codes: 0 fait / done, 2 entrée inutilisable / unusable input, "
    "130 interrompu / interrupted."
)
INTERRUPTED = 130
STOPPED = Text("Interrompu ; rien n'a été écrit.", "Interrupted; nothing was written.")
WRITTEN = Text("Écrit : {file}", "Written: {file}")


@click.command(
    "compare",
    epilog=EPILOG,
    help="Dire qui a gagné ou perdu quel dispositif, et pourquoi : deux dossiers de résultats de "
    "`matcher batch`, ou une liste à deux dates ou sous deux catalogues. / "
    "Say who gained or lost which scheme, and why: two folders of results of `matcher batch`, or "
    "a list on two dates or under two catalogues.",
)
@click.argument("folders", metavar="[ANCIEN NOUVEAU]", nargs=-1, type=click.Path())
@click.option(
    "--input",
    "source",
    metavar="FICHIER",
    type=click.Path(),
    help="Une liste de clients, au lieu de deux dossiers. / A client list, instead of two folders.",
)
@click.option(
    "--on",
    "dates",
    metavar="AAAA-MM-JJ",
    multiple=True,
    help="Date de la question, deux fois pour comparer deux dates. / "
    "Date of the question, twice to compare two dates.",
)
@click.option(
    "--rules",
    "rules",
    type=click.Path(path_type=Path),
    multiple=True,
    help="D'autres règles, deux fois pour comparer deux catalogues ; pour deux dossiers, les "
    "règles avec lesquelles ils ont été faits. / Other rules, twice to compare two catalogues; for "
    "two folders, the rules with which they were made.",
)
@reading_options
@schemes_option
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Forme de la réponse ; par défaut celle du nom de fichier, sinon un tableau. / "
    "Form of the answer; by default that of the file name, else a table.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False),
    help="Fichier à écrire. / File to write.",
)
@language_option
def compare(
    folders: tuple[str, ...],
    source: str | None,
    dates: tuple[str, ...],
    rules: tuple[Path, ...],
    mapping: str | None,
    sheet: str | None,
    schemes: tuple[str, ...],
    form: str | None,
    out: str | None,
    lang: str,
) -> None:
    """Compare two sets of results, or one portfolio under two dates or two catalogues."""
    asked = Asked(folders, source, dates, rules, mapping, sheet, schemes, lang)
    try:
        with told_plainly(lang):
            target = None if out is None else location_of(out)
            wanted = form_for(form, target)
            with answering(*asked.locations), comparison_of(asked) as comparison:
                write(texts_of(comparison, wanted, lang), wanted, target)
    except KeyboardInterrupt:
        say(STOPPED, lang, err=True)
        raise SystemExit(INTERRUPTED) from None
    if out is not None:
        file = Text(out, out)
        say(WRITTEN.filled({"file": file}), lang)
