"""Which facts can a profile hold, and how is one written? The command `matcher facts`."""

from __future__ import annotations

from collections.abc import Iterator

import click

from matcher.api import Catalogue
from matcher.cli.shared import examples, language_option, named, told_plainly
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.types import Kind

EXAMPLES = {
    Kind.BOOLEAN: "true",
    Kind.DATE: '"2026-05-04"',
    Kind.CODE: '"41194"',
}


@click.command(
    "facts",
    epilog=examples(
        "matcher facts",
        "matcher facts applicant.headcount",
    ),
    help="Lister les faits d'un profil, ou en détailler un. / "
    "List the facts of a profile, or detail one.",
)
@click.argument("key", required=False, metavar="[FAIT]")
@language_option
def facts(key: str | None, lang: str) -> None:
    """List the facts, or detail one."""
    with told_plainly(lang):
        catalogue = Catalogue.load()
        one = catalogue.fact(key) if key else None
    if one is None:
        for fact in catalogue.content.vocabulary.values():
            click.echo(f"{fact.key:<42} {fact.kind:<8} {fact.label.in_(lang)}")
        return
    for line in _sheet(one, catalogue, lang):
        click.echo(line)


def _sheet(fact: FactDeclaration, catalogue: Catalogue, lang: str) -> Iterator[str]:
    french = lang == "fr"
    yield click.style(f"{fact.key} — {fact.label.in_(lang)}", bold=True)
    yield fact.question.in_(lang)
    if fact.help:
        yield fact.help.in_(lang)
    unit = f" ({fact.unit})" if fact.unit else ""
    yield named("type", f"{fact.kind}{unit}", lang)
    for choice, label in fact.choices:
        yield f"  {choice:<32} {label.in_(lang)}"
    if fact.none:
        yield named("none", fact.none.in_(lang), lang)
    if fact.codes:
        table = catalogue.content.tables[fact.codes]
        yield named("codes", f"{table.title.in_(lang)} ({table.vintage})", lang)
    derivation = catalogue.content.derivations.get(fact.key)
    if derivation:
        word = Text("calculé", "computed").in_(lang)
        yield named(word, derivation.states.in_(lang), lang)
    word = "exemple" if french else "example"
    yield named(word, f"{fact.key}: {_example(fact)}", lang)


def _example(fact: FactDeclaration) -> str:
    if fact.kind is Kind.SET:
        return f"[{fact.choices[0][0]}]"
    if fact.kind is Kind.CHOICE:
        return fact.choices[0][0]
    if fact.kind in (Kind.INTEGER, Kind.NUMBER, Kind.EUROS):
        return _number(fact)
    return EXAMPLES[fact.kind]


def _number(fact: FactDeclaration) -> str:
    """An example within the bounds of the fact."""
    usual = 400_000 if fact.kind is Kind.EUROS else 85
    low = usual if fact.low is None else max(usual, fact.low)
    return str(low if fact.high is None else min(low, fact.high))
