"""Do the cases of the rules pass, and are they enough? The command `matcher rules test`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from matcher.api import Catalogue
from matcher.authoring.cases import CaseResult, case_results
from matcher.authoring.coverage import coverage_result
from matcher.authoring.mutation import mutation_result
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at, shipped
from matcher.cli.progress import with_progress
from matcher.cli.rules_gaps import tell_coverage, tell_mutations
from matcher.cli.shared import ANSWER_IS_NO, counted, language_option, schemes_option, told_plainly
from matcher.language.yaml_text import Document

EPILOG = """
\b
Exemples / Examples:
  matcher rules test
  matcher rules test --scheme vte-vert --coverage --mutate
  matcher rules test mes-regles/ --mutate

Voir / see docs/testing-rules.md.
"""
Results = Mapping[str, Sequence[CaseResult]]


@click.command(
    epilog=EPILOG, help="Exécuter les cas d'essai des règles. / Run the cases of the rules."
)
@click.argument("path", type=click.Path(path_type=Path), required=False)
@schemes_option
@click.option(
    "--coverage",
    is_flag=True,
    help="Dire ce qu'aucun cas ne montre. / Say what no case shows.",
)
@click.option(
    "--mutate",
    is_flag=True,
    help="Glisser de petites erreurs dans les règles et dire lesquelles aucun cas ne voit. / "
    "Slip small mistakes into the rules and say which ones no case notices.",
)
@language_option
def test(
    path: Path | None, schemes: tuple[str, ...], coverage: bool, mutate: bool, lang: str
) -> None:
    """Run the cases and print what differs, what they leave out and what they would let through."""
    documents: dict[str, Document] = {}
    with told_plainly(lang):
        layout = shipped() if path is None else layout_at(path)
        catalogue = Catalogue(load_content(layout, documents)[0])
        results = _run(catalogue, schemes or catalogue.schemes, lang)
    enough = [_tell_results(results, lang)]
    if coverage:
        found = [coverage_result(catalogue, some) for some in results.values() if some]
        enough.append(tell_coverage(found, documents, lang))
    if mutate:
        enough.append(_mutate(catalogue, results, documents, lang))
    if not all(enough):
        raise SystemExit(ANSWER_IS_NO)


def _run(catalogue: Catalogue, schemes: Sequence[str], lang: str) -> Results:
    for id_ in schemes:
        catalogue.scheme(id_)
    label = {"fr": "cas", "en": "cases"}[lang]
    return {id_: list(case_results(catalogue, [id_])) for id_ in with_progress(schemes, label)}


def _mutate(
    catalogue: Catalogue, results: Results, documents: Mapping[str, Document], lang: str
) -> bool:
    found = []
    for id_ in with_progress([id_ for id_, some in results.items() if some], "mutants"):
        document = documents[catalogue.content.schemes[id_].file]
        declared = [one["mutant"] for one in document.data.get("equivalent_mutants", ())]
        found.append(mutation_result(catalogue, results[id_], declared))
    return tell_mutations(catalogue, found, documents, lang)


def _tell_results(results: Results, lang: str) -> bool:
    every = [result for some in results.values() for result in some]
    failed = [result for result in every if not result.passed]
    for result in failed:
        click.echo(_shown(result, lang))
    passed = len(every) - len(failed)
    if lang == "fr":
        click.echo(f"{passed} cas réussi{'s' if passed > 1 else ''}, {len(failed)} en échec.")
    else:
        click.echo(f"{counted(passed, 'case', 'cases', lang)} passed, {len(failed)} failed.")
    return not failed


def _shown(result: CaseResult, lang: str) -> str:
    lines = [f"{result.place}: {result.scheme} — {result.case.name}"]
    if result.fault is not None:
        lines.append("    " + result.fault.message(lang))
    words = ("attendu", "trouvé") if lang == "fr" else ("expected", "found")
    for difference in result.differences:
        lines.append(f"    {difference.what}")
        lines.append(f"      - {words[0]} : {difference.expected}")
        lines.append(f"      + {words[1]} : {difference.found}")
    return "\n".join(lines)
