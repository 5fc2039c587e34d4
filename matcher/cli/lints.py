"""How does `matcher rules check` tell what deserves a second look?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from matcher.authoring.lints.run import lint
from matcher.catalogue.content import Content
from matcher.catalogue.layout import Layout
from matcher.cli.shared import counted, today, told_plainly
from matcher.facts.numbers import date_written
from matcher.language.diagnostics import Place, RuleError, diagnostic, rendered
from matcher.language.yaml_text import Document

MOST_NAMED = 10


def day_asked(date: str | None, lang: str) -> int:
    """The day number of a date as it was typed; today without one."""
    day = today().toordinal() if date is None else date_written(date)
    with told_plainly(lang):
        if day is None:
            raise RuleError([diagnostic("E12", Place(), text=date)])
    return day


def tell_warnings(
    content: Content, documents: Mapping[str, Document], layout: Layout, day: int, lang: str
) -> int:
    """Print the warnings and their count, those that the rules accept included."""
    found = lint(content, documents, layout, day)
    if found.warnings:
        click.echo(rendered(found.warnings, lang))
    click.echo(_counts(len(found.warnings), found.accepted, lang))
    if found.unfinished:
        click.echo(_unfinished(found.unfinished, lang))
    return len(found.warnings)


def _counts(warnings: int, accepted: int, lang: str) -> str:
    if lang == "fr":
        counts = counted(warnings, "avertissement", "avertissements", lang)
        told = f"{counts}, {counted(accepted, 'accepté', 'acceptés', lang)}"
    else:
        told = f"{counted(warnings, 'warning', 'warnings', lang)}, {accepted} accepted"
    return f"{told} (`accepts:`)."


def _unfinished(schemes: Sequence[str], lang: str) -> str:
    """The notice that some schemes are too long to be looked at to the end."""
    listed = ", ".join(schemes[:MOST_NAMED])
    more = len(schemes) - MOST_NAMED
    if more > 0:
        others = "autre" if more == 1 else "autres"
        listed += f" et {more} {others}" if lang == "fr" else f" and {more} more"
    if lang == "fr":
        return f"Examen inachevé, règles trop longues : {listed}. Le reste est vérifié."
    return f"Look not finished, rules too long: {listed}. The rest is checked."
