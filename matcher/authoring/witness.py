"""Which case would notice a mutant that no case of the scheme notices?

Found by varying the cases there are: one fact, the date or an authority's answer at a time, then
two at a time, until the scheme and the mutant answer differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import combinations, islice, zip_longest

from matcher.answers.decisions import Decision
from matcher.answers.formats import date_text
from matcher.api import Catalogue
from matcher.authoring.cases import decided
from matcher.authoring.mutation import Altered, Court, Trial
from matcher.authoring.new_case import DECLINED, NONE, NewCase, Word, expected_of, value_written
from matcher.authoring.variations import Variation, variations_of, varied
from matcher.catalogue.model import Case, Scheme, Unknown
from matcher.catalogue.plan import Plan
from matcher.facts.values import point
from matcher.language.diagnostics import ProfileError
from matcher.language.tree import Node
from matcher.language.types import Kind

MOST_TRIED = 1_500
MOST_BASES = 12
MOST_TOGETHER = 60
CALENDAR = ("outcome", "window", "edition")


@dataclass(frozen=True)
class _Candidate:
    """A case that may tell a scheme from a mutant, and what was varied in it."""

    case: Case
    varied: tuple[str, ...] = ()
    answered: str | None = None
    dated: bool = False


@dataclass(frozen=True)
class Witness:
    """A case that a mutant fails; `same_as` is the case there is that only has to expect more."""

    case: NewCase
    trial: Trial = field(repr=False)
    same_as: str | None = None


def witness(
    catalogue: Catalogue, court: Court, mutant: Scheme, most_tried: int = MOST_TRIED
) -> Witness | None:
    """A case that a mutant fails; None when none was found: it may mean the same."""
    altered: dict[str | None, Altered] = {}
    for candidate in islice(_candidates(catalogue, court, mutant), most_tried):
        try:
            decision = decided(catalogue, court.scheme.id, candidate.case)
        except ProfileError:
            continue
        if not decision.facts.conflicts:
            for expect in _expectations(decision, candidate):
                trial = Trial(replace(candidate.case, expect=expect), decision)
                if court.fails(trial, mutant, altered):
                    return _as_witness(candidate, trial)
    return None


def _expectations(decision: Decision, candidate: _Candidate) -> Iterator[dict[str, object]]:
    """What the case may expect, the shortest first."""
    whole = expected_of(decision)
    calendar = {key: whole[key] for key in CALENDAR if key in whole}
    if not candidate.case.given:
        yield calendar
        return
    yield {key: value for key, value in whole.items() if key != "aid"}
    yield whole


def _as_witness(candidate: _Candidate, trial: Trial) -> Witness:
    case, decision = candidate.case, trial.decision
    said = list(_said(candidate, decision))
    name = f"{' ; '.join(said)}, sinon comme « {case.name} »" if said else case.name
    given = {key: Word(v) if v in (NONE, DECLINED) else v for key, v in case.given.items()}
    answers = tuple({**a, "unknown": Word(str(a["unknown"]))} for a in case.authority)
    new = NewCase(name, case.as_of, given, answers, trial.case.expect)
    return Witness(new, trial, None if said or candidate.dated else case.name)


def _said(candidate: _Candidate, decision: Decision) -> Iterator[str]:
    """What was varied, in words."""
    speaker = decision.texts.speaker
    for key in candidate.varied:
        given = key in candidate.case.given
        value = speaker.known(key, decision.facts.get(key)).fr if given else "non renseigné"
        yield f"{speaker.label(key).fr} : {value}"
    if candidate.answered is not None:
        answer = candidate.case.authority[-1]
        yield f"réponse {answer['unknown']} : {_yes_no(answer['value'])}"


def _yes_no(value: object) -> str:
    return str(value) if not isinstance(value, bool) else "oui" if value else "non"


def _candidates(catalogue: Catalogue, court: Court, mutant: Scheme) -> Iterator[_Candidate]:
    bases = _bases(court, mutant)
    variations = variations_of(list(_different_trees(court, mutant)), catalogue.content)
    for base in bases:
        yield _Candidate(base)
        yield from _dated(base, court.scheme, mutant)
    for base in bases:
        for variation in variations:
            yield from _varied(catalogue, base, (variation,))
        yield from _answered(_Candidate(base), court.scheme)
    for base in bases:
        for one, other in combinations(variations[:MOST_TOGETHER], 2):
            if one.fact != other.fact:
                yield from _varied(catalogue, base, (one, other))
        for variation in variations:
            for candidate in _varied(catalogue, base, (variation,)):
                yield from _answered(candidate, court.scheme)


def _bases(court: Court, mutant: Scheme) -> list[Case]:
    """The cases to start from: of each edition, those with the fewest criteria unmet or unknown."""

    def rank(trial: Trial) -> int:
        return len(trial.decision.unmet) + len(trial.decision.unknown)

    by_edition: dict[str | None, list[Case]] = {}
    for trial in sorted(court.trials, key=rank):
        by_edition.setdefault(trial.decision.window.edition, []).append(trial.case)
    turns = (turn for turn in zip_longest(*by_edition.values()))
    cases = [case for turn in turns for case in turn if case is not None]
    if court.scheme.editions == mutant.editions or not cases:
        return cases[:MOST_BASES]
    nobody = replace(cases[0], name="fenêtre", given={}, authority=())
    return [nobody, *cases[:MOST_BASES]]


def _varied(
    catalogue: Catalogue, base: Case, variations: tuple[Variation, ...]
) -> Iterator[_Candidate]:
    facts = tuple(variation.fact for variation in variations)
    for given in varied(base, variations, catalogue.content):
        yield _Candidate(replace(base, given=given), facts)


def _dated(base: Case, scheme: Scheme, mutant: Scheme) -> Iterator[_Candidate]:
    """The same on the days around which the editions of the scheme or of the mutant change."""
    for day in dict.fromkeys(_days(scheme, mutant)):
        for near in (day, day - 1, day + 1):
            name = f"{base.name} : {date_text(near).fr}"
            yield _Candidate(replace(base, name=name, as_of=near), dated=True)


def _days(*schemes: Scheme) -> Iterator[int]:
    old, new = schemes
    for before, after in zip(old.editions, new.editions, strict=True):
        if before != after:
            ends = (before.opens, before.closes, after.opens, after.closes)
            for span in ends:
                yield from (end for end in (span.low, span.high) if isinstance(end, int))
            if before.intakes:
                yield from (dates[-1] for dates in before.intakes.known.values())


def _answered(base: _Candidate, scheme: Scheme) -> Iterator[_Candidate]:
    """The same with one answer of an authority more."""
    case = base.case
    given = {str(answer["unknown"]) for answer in case.authority}
    for id_, unknown in scheme.unknowns.items():
        place = case.given.get(unknown.by) if unknown.by else None
        if id_ in given or (unknown.by and not isinstance(place, str)):
            continue
        for value in _answers(unknown):
            answer = {"unknown": id_, "value": value} | ({} if place is None else {"for": place})
            answered = replace(case, authority=(*case.authority, answer))
            yield replace(base, case=answered, answered=id_)


def _answers(unknown: Unknown) -> list[object]:
    if unknown.type.kind is Kind.BOOLEAN:
        return [True, False]
    bounds = [b.value for b in (unknown.low, unknown.high) if b is not None]
    return [value_written(point(b), unknown.type.kind) for b in bounds if not isinstance(b, str)]


def _different_trees(court: Court, mutant: Scheme) -> Iterator[Node]:
    """The expressions of the scheme and of the mutant that are not the same."""
    editions: list[str | None] = [edition.id for edition in mutant.editions] or [None]
    for edition in editions:
        old, new = _trees(court.plan(edition)), _trees(court.altered(mutant, edition).plan)
        for key in dict.fromkeys((*old, *new)):
            if old.get(key) != new.get(key):
                yield from (tree for tree in (old.get(key), new.get(key)) if tree is not None)
    for before, after in zip(court.scheme.editions, mutant.editions, strict=True):
        if before.when != after.when:
            yield from (when for when in (before.when, after.when) if when is not None)


def _trees(plan: Plan) -> Mapping[str, Node]:
    trees: dict[str, Node] = {leaf.criterion.id: leaf.test for leaf in plan.leaves}
    for part in plan.aid:
        trees[f"aid/{part.component.id}"] = part.when
        trees |= {f"aid/{part.component.id}/{key}": node for key, node in part.amounts.items()}
    return trees
