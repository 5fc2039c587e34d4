"""What would this profile and its answer be as a test? The command `matcher rules case`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from matcher.api import Catalogue
from matcher.authoring.new_case import recorded_case
from matcher.cli.shared import language_option, today, told_plainly

EPILOG = """
\b
Exemple / Example:
  matcher rules case profil.yaml --scheme vte-vert --on 2025-09-03 >> rules/schemes/vte-vert.yaml

Seuls les faits qui comptent sont repris. / Only the facts that matter are kept.
"""
LEFT_OUT = {
    "fr": "Faits non repris, sans effet sur la réponse",
    "en": "Facts left out, without effect on the answer",
}
CHECK = {
    "fr": "La réponse attendue est celle d'aujourd'hui : vérifiez-la dans la source.",
    "en": "What is expected is today's answer: check it against the source.",
}


@click.command(
    "case",
    epilog=EPILOG,
    help="Enregistrer une simulation comme cas d'essai. / Record a simulation as a test.",
)
@click.argument("profile", metavar="PROFIL", type=click.Path())
@click.option("--scheme", "id_", required=True, help="Le dispositif. / The scheme.")
@click.option(
    "--on",
    "date",
    metavar="AAAA-MM-JJ",
    help="Date de la question (par défaut : aujourd'hui). / Date of the question (default: today).",
)
@click.option("--name", help="Nom du cas. / Name of the case.")
@click.option(
    "--rules", "path", type=click.Path(path_type=Path), help="D'autres règles. / Other rules."
)
@language_option
def case(
    profile: str, id_: str, date: str | None, name: str | None, path: Path | None, lang: str
) -> None:
    """Print the `cases:` entry of a profile (a YAML or JSON file, or `-` for standard input)."""
    with told_plainly(lang):
        catalogue = Catalogue.load(path)
        source = sys.stdin.buffer.read() if profile == "-" else Path(profile)
        known = catalogue.profile(source)
        recorded = recorded_case(catalogue, known, date or today().isoformat(), id_, name)
    click.echo(recorded.text(), nl=False)
    click.echo(CHECK[lang], err=True)
    if recorded.left_out:
        click.echo(f"{LEFT_OUT[lang]} : {', '.join(recorded.left_out)}", err=True)
