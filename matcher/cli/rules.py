"""What can an author of rules do: check them, run their cases, get the schema?"""

from __future__ import annotations

from pathlib import Path

import click

from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at, shipped
from matcher.cli.lints import day_asked, tell_warnings
from matcher.cli.rules_case import case
from matcher.cli.rules_docs import docs
from matcher.cli.rules_more import schema, semantics, tables
from matcher.cli.rules_test import test
from matcher.cli.shared import ANSWER_IS_NO, counted, examples, language_option, told_plainly
from matcher.language.diagnostics import RuleError
from matcher.language.yaml_text import Document

PathArgument = click.Path(path_type=Path)


@click.group(help="Écrire et vérifier des règles. / Write and check rules.")
def rules() -> None:
    """The commands of rule authors."""


@rules.command(
    epilog=examples(
        "matcher rules check",
        "matcher rules check mes-regles/ --strict",
        "matcher rules check rules/schemes/vte-vert.yaml",
    ),
    help="Vérifier des règles : toutes les erreurs d'un coup. / Check rules: all mistakes at once.",
)
@click.argument("path", type=PathArgument, required=False)
@click.option(
    "--on",
    "date",
    metavar="AAAA-MM-JJ",
    help="Date à laquelle éditions et sources sont jugées (par défaut : aujourd'hui). / "
    "Date on which editions and sources are judged (default: today).",
)
@click.option("--strict", is_flag=True, help="Un avertissement suffit à échouer. / Warnings fail.")
@language_option
def check(path: Path | None, date: str | None, strict: bool, lang: str) -> None:
    """Load a catalogue, print every diagnostic, then what deserves a second look."""
    day = day_asked(date, lang)
    with told_plainly(lang):
        layout = shipped() if path is None else layout_at(path)
    documents: dict[str, Document] = {}
    try:
        content, found = load_content(layout, documents)
    except RuleError as error:
        click.echo(error.render(lang), err=True)
        click.echo(_count(len(error.diagnostics), lang), err=True)
        raise SystemExit(ANSWER_IS_NO) from None
    for warning in found:
        click.echo(warning.render(lang))
    schemes, facts = len(content.schemes), len(content.vocabulary)
    if lang == "fr":
        counts = counted(schemes, "dispositif", "dispositifs", lang)
        click.echo(f"{counts}, {counted(facts, 'fait', 'faits', lang)} : aucune erreur.")
    else:
        counts = counted(schemes, "scheme", "schemes", lang)
        click.echo(f"{counts}, {counted(facts, 'fact', 'facts', lang)}: no mistake.")
    if tell_warnings(content, documents, layout, day, lang) and strict:
        raise SystemExit(ANSWER_IS_NO)


for _command in (docs, test, case, schema, tables, semantics):
    rules.add_command(_command)


def _count(count: int, lang: str) -> str:
    one, many = ("erreur", "erreurs") if lang == "fr" else ("mistake", "mistakes")
    return counted(count, one, many, lang) + "."
