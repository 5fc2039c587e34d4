"""How are the gaps of the cases told: what none shows, the mistakes that none would notice?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import click

from matcher.api import Catalogue
from matcher.authoring.coverage import Gap, Never, SchemeCoverage
from matcher.authoring.mutants import Mutant
from matcher.authoring.mutation import SchemeMutation, Trial
from matcher.authoring.places import place_of
from matcher.authoring.witness import Witness, witness
from matcher.cli.shared import counted
from matcher.language.text import Text
from matcher.language.yaml_text import Document

MOST_SEARCHED = 10
MOST_TRIED = 1_500
Documents = Mapping[str, Document]

PARTS = {
    "criteria": Text("critère", "criterion"),
    "editions": Text("édition", "edition"),
    "unknowns": Text("inconnue", "unknown"),
    "aid": Text("aide", "aid"),
}
NEVER = {
    Never.MET: Text("jamais rempli", "never met"),
    Never.UNMET: Text("jamais non rempli", "never unmet"),
    Never.UNKNOWN: Text("jamais inconnu", "never unknown"),
    Never.WITHOUT_OBJECT: Text("jamais sans objet", "never without object"),
    Never.USED: Text("jamais employée", "never used"),
    Never.OPEN: Text("jamais ouverte", "never open"),
    Never.ANSWERED: Text("jamais répondue", "never answered"),
    Never.APPLIED: Text("jamais accordée", "never applied"),
}
MISTAKES = {
    "threshold": Text("seuil déplacé d'un pas", "threshold moved by one step"),
    "comparison": Text("comparaison changée", "comparison changed"),
    "connective": Text("« et » et « ou » échangés", "“and” and “or” swapped"),
    "extreme": Text("min et max échangés", "min and max swapped"),
    "negation": Text("condition retournée", "condition turned round"),
    "member": Text("valeur retirée d'une liste", "value left out of a list"),
    "dropped": Text("partie retirée", "part left out"),
    "line": Text("ligne retirée", "line left out"),
    "date": Text("date déplacée d'un jour", "date moved by a day"),
    "editions": Text("éditions changées", "editions changed"),
}


# --------------------------------------------------------------------------------------- coverage
def tell_coverage(found: Sequence[SchemeCoverage], documents: Documents, lang: str) -> bool:
    """Print what no case shows; whether the cases show everything."""
    for one in found:
        file = one.scheme.file
        for gap in one.gaps:
            place = place_of(documents.get(file), file, gap.spot)
            click.echo(f"{place}: {one.scheme.id} — {_said(gap, lang)}")
    asked, shown = sum(one.asked for one in found), sum(one.shown for one in found)
    if lang == "fr":
        click.echo(f"Couverture : {shown} sur {counted(asked, 'point', 'points', lang)}.")
    else:
        click.echo(f"Coverage: {shown} of {counted(asked, 'point', 'points', lang)}.")
    return shown == asked


def _said(gap: Gap, lang: str) -> str:
    part, name = PARTS[gap.spot[0]].in_(lang), gap.spot[-1]
    never = NEVER[gap.never].in_(lang)
    return f"{part} « {name} » : {never}" if lang == "fr" else f"{part} “{name}”: {never}"


# -------------------------------------------------------------------------------------- mutations
def tell_mutations(
    catalogue: Catalogue, found: Sequence[SchemeMutation], documents: Documents, lang: str
) -> bool:
    """Print the mistakes that no case notices; whether the cases notice them all."""
    adviser = _Adviser(catalogue, lang)
    for one in found:
        document = documents.get(one.scheme.file)
        for mutant in one.survivors:
            _tell(one, mutant, document, lang)
            for line in adviser.advice(one, mutant):
                click.echo(f"    {line}")
        for name in one.stale:
            place = place_of(document, one.scheme.file, ("equivalent_mutants",))
            click.echo(f"{place}: {STALE.in_(lang)}\n      {name}")
        if one.untested:
            click.echo(f"{one.scheme.id} : {UNTESTED.in_(lang)}")
    _tell_total(found, lang)
    return not any(one.survivors or one.stale or one.untested for one in found)


STALE = Text(
    "mutant déclaré équivalent qui ne survit pas (ou plus) : retirez-le de la liste",
    "mutant declared equivalent that does not survive (any more): take it off the list",
)
UNTESTED = Text(
    "des cas échouent ; corrigez-les avant de chercher les mutants",
    "some cases fail; correct them before looking for mutants",
)
SEEN_BY = Text("ce cas la verrait :", "this case would notice it:")
EXPECT_MORE = Text(
    "le cas « {name} » la verrait s'il attendait :",
    "the case “{name}” would notice it if it expected:",
)
SEEN_ABOVE = Text(
    "un cas proposé plus haut la verrait aussi", "a case proposed above would notice it too"
)
NOT_FOUND = Text(
    "aucun cas trouvé qui la verrait ; si elle ne change aucune réponse, dites pourquoi sous "
    "equivalent_mutants :",
    "no case found that would notice it; if it changes no answer, say why under "
    "equivalent_mutants:",
)


def _tell(one: SchemeMutation, mutant: Mutant, document: Document | None, lang: str) -> None:
    place = place_of(document, one.scheme.file, mutant.spot)
    mistake = MISTAKES[mutant.kind].in_(lang)
    click.echo(f"{place}: {one.scheme.id} — {mistake} ({'.'.join(mutant.spot)})")
    click.echo(f"    - {mutant.before}")
    if mutant.after:
        click.echo(f"    + {mutant.after}")


@dataclass
class _Adviser:
    """Says how to notice a mutant: a case to add, or one that should expect more."""

    catalogue: Catalogue
    lang: str
    searched: int = 0
    proposed: dict[str, list[Trial]] = field(default_factory=dict)

    def advice(self, one: SchemeMutation, mutant: Mutant) -> Iterator[str]:
        """The lines of the advice; none once enough was searched for."""
        proposed = self.proposed.setdefault(one.scheme.id, [])
        if any(one.court.fails(trial, mutant.part, {}) for trial in proposed):
            yield SEEN_ABOVE.in_(self.lang)
        elif self.searched < MOST_SEARCHED:
            self.searched += 1
            found = witness(self.catalogue, one.court, mutant.part, MOST_TRIED)
            if found is None:
                yield NOT_FOUND.in_(self.lang)
                yield f"  - mutant: '{mutant.name}'"
            else:
                proposed.append(found.trial)
                yield from self._proposal(found)

    def _proposal(self, found: Witness) -> Iterator[str]:
        lines = found.case.text().splitlines()
        if found.same_as is None:
            yield SEEN_BY.in_(self.lang)
        else:
            yield EXPECT_MORE.in_(self.lang).format(name=found.same_as)
            start = next(i for i, line in enumerate(lines) if line.lstrip().startswith("expect:"))
            lines = lines[start:]
        yield from lines


def _tell_total(found: Sequence[SchemeMutation], lang: str) -> None:
    mutants, killed = sum(one.mutants for one in found), sum(one.killed for one in found)
    equivalent = sum(len(one.equivalent) for one in found)
    survivors = mutants - killed - equivalent
    if lang == "fr":
        click.echo(
            f"{counted(mutants, 'mutant', 'mutants', lang)} : {killed} vus par un cas, "
            f"{equivalent} sans effet (déclarés), {survivors} que rien ne voit."
        )
    else:
        click.echo(
            f"{counted(mutants, 'mutant', 'mutants', lang)}: {killed} noticed by a case, "
            f"{equivalent} without effect (declared), {survivors} unnoticed."
        )
