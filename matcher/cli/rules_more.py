"""What else can an author of rules print: schemas, the semantics page, rebuilt tables?"""

from __future__ import annotations

import json
from pathlib import Path

import click

from matcher.api import Catalogue
from matcher.authoring.schema import FILES, file_schema, report_schema
from matcher.authoring.semantics import semantics_page
from matcher.authoring.tables import KINDS, TableSourceError, rebuilt_tables, write_tables
from matcher.catalogue.locate import RULES
from matcher.cli.shared import UNUSABLE, examples, language_option, told_plainly


@click.command(
    epilog=examples(
        "matcher rules schema > scheme.schema.json",
        "matcher rules schema --of report",
    ),
    help="Imprimer un schéma JSON, pour les éditeurs (scheme, derived, sets, vocabulary, table) ou "
    "pour les lecteurs de réponses (report). / Print a JSON Schema, for editors or for readers.",
)
@click.option(
    "--of",
    "kind",
    type=click.Choice([*FILES, "report"]),
    default="scheme",
    show_default=True,
    help="Le genre de fichier. / The kind of file.",
)
def schema(kind: str) -> None:
    """Print a JSON Schema."""
    if kind == "report":
        found = report_schema()
    else:
        with told_plainly("fr"):
            found = file_schema(kind, Catalogue.load().content)
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))


@click.command(
    epilog=examples(
        "matcher rules tables geography etalab-decoupage-administratif-6.0.0.tgz",
    ),
    help="Refaire des tables de référence depuis leur source publique. / "
    "Rebuild reference tables from their public source.",
)
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=RULES / "reference",
    help="Dossier des tables. / Folder of the tables.",
)
@language_option
def tables(kind: str, source: Path, out: Path, lang: str) -> None:
    """Rebuild reference tables."""
    try:
        changed = write_tables(rebuilt_tables(kind, source, out), out)
    except TableSourceError as error:
        click.echo(error.message(lang), err=True)
        raise SystemExit(UNUSABLE) from None
    if not changed:
        click.echo("Aucun changement." if lang == "fr" else "No change.")
    for path in changed:
        click.echo(path)


@click.command(
    epilog=examples(
        "matcher rules semantics > docs/semantics.md",
    ),
    help="Imprimer la page docs/semantics.md, tirée du code. / "
    "Print the page docs/semantics.md, drawn from the code.",
)
def semantics() -> None:
    """Print the page of the meaning."""
    click.echo(semantics_page(), nl=False)
