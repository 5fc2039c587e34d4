"""How does `matcher rules check` tell what deserves a second look?"""

from __future__ import annotations

from collections.abc import Mapping

import click

from matcher.authoring.lints.run import lint
from matcher.catalogue.content import Content
from matcher.catalogue.layout import Layout
from matcher.cli.shared import counted, today, told_plainly
from matcher.facts.numbers import date_written
from matcher.language.diagnostics import Place, RuleError, diagnostic
from matcher.language.yaml_text import Document


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
    for warning in found.warnings:
        click.echo(warning.render(lang))
    if lang == "fr":
        counts = counted(len(found.warnings), "avertissement", "avertissements", lang)
        told = f"{counts}, {counted(found.accepted, 'accepté', 'acceptés', lang)}"
    else:
        counts = counted(len(found.warnings), "warning", "warnings", lang)
        told = f"{counts}, {found.accepted} accepted"
    click.echo(f"{told} (`accepts:`).")
    return len(found.warnings)
