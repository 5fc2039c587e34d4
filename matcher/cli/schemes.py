"""Which schemes are in the catalogue, and what does one ask? The command `matcher schemes`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from matcher.answers.decisions import speaker_of
from matcher.answers.sentences import Speaker
from matcher.answers.texts import with_parameters
from matcher.api import Catalogue
from matcher.catalogue.model import Scheme
from matcher.catalogue.plan import Plan, PlannedCriterion, PlannedGroup
from matcher.cli.shared import examples, language_option, named, told_plainly
from matcher.language.text import Text

CONNECTIVES = {
    "all": Text("toutes ces conditions", "all of these conditions"),
    "any": Text("au moins une de ces conditions", "at least one of these conditions"),
    "at_least": Text("au moins {count} de ces conditions", "at least {count} of these conditions"),
}


@click.command(
    "schemes",
    epilog=examples(
        "matcher schemes",
        "matcher schemes vte-vert",
    ),
    help="Lister les dispositifs, ou en détailler un. / List the schemes, or detail one.",
)
@click.argument("scheme", required=False, metavar="[ID]")
@click.option(
    "--rules", "path", type=click.Path(path_type=Path), help="D'autres règles. / Other rules."
)
@language_option
def schemes(scheme: str | None, path: Path | None, lang: str) -> None:
    """List the schemes, or detail one."""
    with told_plainly(lang):
        catalogue = Catalogue.load(path)
        known = [catalogue.scheme(scheme)] if scheme else None
    if known is None:
        for each in catalogue.content.schemes.values():
            click.echo(f"{each.id:<45} {each.name.in_(lang)}")
        return
    speaker = speaker_of(catalogue.content)
    for line in _sheet(known[0], catalogue, speaker, lang):
        click.echo(line)


def _sheet(scheme: Scheme, catalogue: Catalogue, speaker: Speaker, lang: str) -> Iterator[str]:
    yield click.style(scheme.name.in_(lang), bold=True)
    yield scheme.summary.in_(lang)
    editions = scheme.editions or (None,)
    for edition in editions:
        plan = catalogue.plan(scheme.id, edition.id if edition else None)
        yield ""
        if edition is not None:
            word = "Édition" if lang == "fr" else "Edition"
            yield f"{word} {edition.id}"
        yield from _group(plan.criteria, plan, speaker, lang, "  ")
    yield ""
    for source in scheme.sources.values():
        yield f"[{source.id}] {source.title} {source.url or ''}".rstrip()


def _group(
    group: PlannedGroup, plan: Plan, speaker: Speaker, lang: str, indent: str
) -> Iterator[str]:
    words = CONNECTIVES[group.connective].in_(lang).format(count=group.count)
    yield indent + named(words, "", lang).rstrip()
    for item in group.items:
        if isinstance(item, PlannedGroup):
            yield from _group(item, plan, speaker, lang, indent + "  ")
        else:
            yield from _criterion(item, plan, speaker, lang, indent + "  ")


def _criterion(
    leaf: PlannedCriterion, plan: Plan, speaker: Speaker, lang: str, indent: str
) -> Iterator[str]:
    criterion = leaf.criterion
    cited = ", ".join(criterion.sources)
    statement = with_parameters(criterion.states, plan.scheme, plan.parameters)
    yield f"{indent}• {statement.in_(lang)} [{cited}]"
    yield f"{indent}    {speaker.test(leaf.test).in_(lang)}"
