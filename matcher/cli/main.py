"""Which commands are there?"""

from __future__ import annotations

import click

from matcher.api import package_version
from matcher.cli.facts import facts
from matcher.cli.match import match
from matcher.cli.rules import rules
from matcher.cli.schemes import schemes

HELP = """Aides aux projets industriels : qui peut demander quoi, et pourquoi.

Support schemes for industrial projects: who can apply for what, and why.

\b
Exemples / Examples:
  matcher match profil.yaml --on 2026-05-04
  matcher schemes
  matcher facts applicant.headcount
"""


@click.group(help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_version(), prog_name="matcher")
def main() -> None:
    """The command `matcher`."""


for command in (match, schemes, facts, rules):
    main.add_command(command)
