"""How does an author get the pages that document the rules? The command `matcher rules docs`."""

from __future__ import annotations

from pathlib import Path

import click

from matcher.api import Catalogue
from matcher.authoring.pages import page_of, shared_page, site_pages
from matcher.authoring.tables import write_tables as write_changed
from matcher.cli.lints import day_asked
from matcher.cli.shared import UNUSABLE, examples, language_option, told_plainly
from matcher.language.text import LANGUAGES, Text

INDEX = "index.md"
DONE = Text(
    "{count} pages, dont {changed} changées, dans {folder}.",
    "{count} pages, {changed} of them changed, in {folder}.",
)
NOT_WRITTEN = Text("Écriture impossible : {problem}.", "Cannot write: {problem}.")


@click.command(
    epilog=examples(
        "matcher rules docs --out build/pages",
        "matcher rules docs --scheme vte-vert --lang en",
    ),
    help="Écrire une page par dispositif, en français et en anglais, avec un index, un calendrier, "
    "le vocabulaire et les tables. Sans --out, une seule page est imprimée. / Write one page a "
    "scheme, in French and in English, with an index, a calendar, the vocabulary and the tables. "
    "Without --out, a single page is printed.",
)
@click.argument("path", type=click.Path(path_type=Path), required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Dossier où écrire les pages. / Folder to write the pages in.",
)
@click.option("--scheme", metavar="ID", help="Un seul dispositif. / One scheme only.")
@click.option(
    "--on",
    "date",
    metavar="AAAA-MM-JJ",
    help="Date de la situation (par défaut : aujourd'hui). / Date of the status (default: today).",
)
@language_option
def docs(
    path: Path | None, out: Path | None, scheme: str | None, date: str | None, lang: str
) -> None:
    """Write the pages, or print one."""
    day = day_asked(date, lang)
    with told_plainly(lang):
        catalogue = Catalogue.load(path)
        if out is None:
            click.echo(_printed(catalogue, scheme, lang, day), nl=False)
            return
        pages = _pages(catalogue, scheme, day)
    try:
        changed = write_changed(pages, out)
    except OSError as error:
        problem = error.strerror or type(error).__name__
        click.echo(NOT_WRITTEN.in_(lang).format(problem=problem), err=True)
        raise SystemExit(UNUSABLE) from None
    click.echo(DONE.in_(lang).format(count=len(pages), changed=len(changed), folder=out))


def _printed(catalogue: Catalogue, scheme: str | None, lang: str, day: int) -> str:
    if scheme is None:
        return shared_page(INDEX, catalogue, lang, day)
    return page_of(scheme, catalogue, lang, day)


def _pages(catalogue: Catalogue, scheme: str | None, day: int) -> dict[str, str]:
    if scheme is None:
        return dict(site_pages(catalogue, day))
    return {
        f"{lang}/schemes/{scheme}.md": page_of(scheme, catalogue, lang, day) for lang in LANGUAGES
    }
