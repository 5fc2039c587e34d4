"""Which parts of a scheme has no case ever put to the test?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.answers.decisions import Decision
from matcher.answers.views import Outcome, Status
from matcher.api import Catalogue
from matcher.authoring.cases import CaseResult
from matcher.authoring.changes import Spot
from matcher.catalogue.check_scheme import criteria_of
from matcher.catalogue.content import Content
from matcher.catalogue.model import Criterion, Scheme
from matcher.language.tree import AS_OF
from matcher.language.walk import facts_of


class Never(StrEnum):
    """What no case of a scheme shows."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    WITHOUT_OBJECT = "without_object"
    USED = "used"
    OPEN = "open"
    ANSWERED = "answered"
    APPLIED = "applied"


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a scheme, and what no case shows of it."""

    spot: Spot
    never: Never


@dataclass(frozen=True, slots=True)
class SchemeCoverage:
    """How much of one scheme its cases show."""

    scheme: Scheme
    asked: int
    gaps: tuple[Gap, ...]

    @property
    def shown(self) -> int:
        """How many of the things asked for some case shows."""
        return self.asked - len(self.gaps)


def coverage_result(catalogue: Catalogue, results: Sequence[CaseResult]) -> SchemeCoverage:
    """What the cases of one scheme show of it."""
    scheme = catalogue.content.schemes[results[0].scheme]
    shown = {spot for result in results for spot in _shown(scheme, result)}
    asked = list(_asked(scheme, catalogue.content))
    gaps = tuple(Gap(spot, never) for spot, never in asked if (spot, never) not in shown)
    return SchemeCoverage(scheme, len(asked), gaps)


# ------------------------------------------------------------------------- what should be shown
Part = tuple[Spot, Never]


def _asked(scheme: Scheme, content: Content) -> Iterator[Part]:
    for edition in scheme.editions:
        yield ("editions", edition.id), Never.USED
    for id_ in scheme.unknowns:
        yield ("unknowns", id_), Never.OPEN
        yield ("unknowns", id_), Never.ANSWERED
    for criterion in criteria_of(scheme.criteria):
        for never in _wanted(criterion, scheme, content):
            yield ("criteria", criterion.id), never
    for part in scheme.aid:
        yield ("aid", part.id), Never.APPLIED


def _wanted(criterion: Criterion, scheme: Scheme, content: Content) -> Iterator[Never]:
    yield Never.MET
    yield Never.UNMET
    if criterion.only_when is not None:
        yield Never.WITHOUT_OBJECT
    grants = criterion.discretion.grants if criterion.discretion else None
    trees = [criterion.test, criterion.only_when, grants]
    read = {key for tree in trees if tree is not None for key in facts_of(tree)}
    if not _always_known(read, scheme, content):
        yield Never.UNKNOWN


def _always_known(keys: set[str], scheme: Scheme, content: Content) -> bool:
    """Whether facts follow from the date of the question alone."""
    waiting, seen = list(keys), set(keys)
    while waiting:
        key = waiting.pop()
        if key == AS_OF:
            continue
        definition = scheme.definitions.get(key)
        trees = content.computation.trees.get(key, ()) if definition is None else (definition,)
        if not trees:
            return False
        below = {k for tree in trees for k in facts_of(tree)} - seen
        seen |= below
        waiting += below
    return True


# ------------------------------------------------------------------------------ what is shown
_BY_STATUS = {Status.MET: Never.MET, Status.UNMET: Never.UNMET, Status.UNKNOWN: Never.UNKNOWN}


def _shown(scheme: Scheme, result: CaseResult) -> Iterator[Part]:
    decision = result.decision
    if decision is None:
        return
    if decision.window.edition is not None:
        yield ("editions", decision.window.edition), Never.USED
    for criterion in decision.criteria:
        never = _BY_STATUS[criterion.status] if criterion.applies else Never.WITHOUT_OBJECT
        yield ("criteria", criterion.id), never
    if decision.outcome is not Outcome.INELIGIBLE:
        for part in decision.aid:
            if part.certain:
                yield ("aid", part.id), Never.APPLIED
    yield from _unknowns_shown(scheme, result, decision)


def _unknowns_shown(scheme: Scheme, result: CaseResult, decision: Decision) -> Iterator[Part]:
    for asked in decision.ask_authority:
        if asked.unknown is not None:
            yield ("unknowns", asked.unknown.rsplit("/", 1)[-1]), Never.OPEN
    for answer in result.case.authority:
        if str(answer["unknown"]) in scheme.unknowns:
            yield ("unknowns", str(answer["unknown"])), Never.ANSWERED
