"""Which commands are there?"""

from __future__ import annotations

import io
import os
import sys
from importlib import import_module

import click

from matcher.api import package_version

HELP = """Aides aux projets industriels : qui peut demander quoi, et pourquoi.

Support schemes for industrial projects: who can apply for what, and why.

\b
Exemples / Examples:
  matcher ask
  matcher match profil.yaml --on 2026-05-04
  matcher batch clients.xlsx
  matcher compare resultats-avril resultats-mai
  matcher schemes
  matcher facts applicant.headcount
"""
COMMANDS = ("ask", "match", "batch", "compare", "schemes", "facts", "rules")


class _Commands(click.Group):
    """Imports a command only when it is called, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"matcher.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=_Commands, help=HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_version(), prog_name="matcher")
@click.pass_context
def main(ctx: click.Context) -> None:
    """The command `matcher`."""
    if os.environ.get("NO_COLOR"):
        ctx.color = False
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(errors="replace")
