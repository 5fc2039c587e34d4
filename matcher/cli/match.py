"""Which schemes can this profile apply to, and why? The command `matcher match`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from matcher.answers.report import Report
from matcher.api import Catalogue
from matcher.cli.markdown import report_markdown
from matcher.cli.shared import language_option, schemes_option, today, told_plainly
from matcher.cli.table import report_table
from matcher.language.yaml_text import MAX_BYTES

EPILOG = """
\b
Exemples / Examples:
  matcher match profiles/examples/pme-plasturgie-romorantin.yaml --on 2026-05-04
  matcher match profil.json --scheme vte-vert --format markdown
  matcher match profil.json --elsewhere
  echo '{"applicant.kind": "epci"}' | matcher match - --format json

Codes de sortie / exit codes: 0 fait / done, 2 entrée inutilisable / unusable input.
"""


@click.command(
    "match",
    epilog=EPILOG,
    help="Dire à quels dispositifs un profil peut prétendre, et pourquoi. / "
    "Say which schemes a profile can apply to, and why.",
)
@click.argument("profile", metavar="PROFIL", type=click.Path())
@click.option(
    "--on",
    "date",
    metavar="AAAA-MM-JJ",
    help="Date de la question (par défaut : aujourd'hui). / Date of the question (default: today).",
)
@schemes_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "markdown"]),
    default="table",
    show_default=True,
    help="Forme de la réponse. / Form of the answer.",
)
@click.option(
    "--rules", "path", type=click.Path(path_type=Path), help="D'autres règles. / Other rules."
)
@click.option(
    "--elsewhere",
    is_flag=True,
    help="Chercher aussi dans les communes voisines : le site n'est pas arrêté. / "
    "Look in the communes around too: the site is not settled.",
)
@click.option("--details", is_flag=True, help="Tout montrer. / Show everything.")
@language_option
def match(
    profile: str,
    date: str | None,
    schemes: tuple[str, ...],
    form: str,
    elsewhere: bool,
    details: bool,
    path: Path | None,
    lang: str,
) -> None:
    """Match one profile (a YAML or JSON file, or `-` for standard input)."""
    with told_plainly(lang):
        catalogue = Catalogue.load(path)
        source = sys.stdin.buffer.read(MAX_BYTES + 1) if profile == "-" else Path(profile)
        known = catalogue.profile(source)
        report = catalogue.match(known, today() if date is None else date, schemes or None)
    text = _written(report, form, lang, details=details, elsewhere=elsewhere)
    click.echo(text, nl=False)


def _written(report: Report, form: str, lang: str, *, details: bool, elsewhere: bool) -> str:
    match form:
        case "json":
            return report.to_json(indent=2, elsewhere=elsewhere)
        case "markdown":
            return report_markdown(report, lang, elsewhere=elsewhere)
        case _:
            return report_table(report, lang, details=details, elsewhere=elsewhere)
