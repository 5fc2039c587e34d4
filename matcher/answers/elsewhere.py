"""In which neighbouring places would a scheme no longer be refused, if somebody asks?

Asking says that the site is not settled. The tables hold no positions, so near means in the same
area: the vocabulary says which, the nearest first. Each place is judged by the evaluator.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from matcher.answers.decisions import Decision
from matcher.answers.elsewhere_ground import Area, Ground, ground_of
from matcher.answers.elsewhere_texts import (
    BOUND,
    NOT_DECLARED,
    NOT_PLACE,
    UNKNOWN_PLACE,
    none_near_text,
    not_known_text,
    offer_text,
)
from matcher.answers.nearest_change_trial import Trial, trial_of
from matcher.answers.views import Outcome
from matcher.engines.judge import undecided
from matcher.facts.values import Known
from matcher.language.text import Text
from matcher.meaning.derive import KnownFacts
from matcher.meaning.logic import Truth
from matcher.meaning.waits import waits

Signature = tuple[Known | None, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place, by its code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Places of an area in which a scheme is no longer refused, all with the same answer.

    `outcome` is `eligible` or `undetermined`; `to_clarify` are the facts of the place that would
    have to be known there.
    """

    outcome: Outcome
    to_clarify: tuple[str, ...]
    places: tuple[Place, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class SchemeElsewhere:
    """Where a scheme that is refused would not be, in the nearest area that has such a place.

    Where there is none, `reason` says why: `not_place` (refused wherever it is), `not_known`
    (`holding` are the facts of the place that no table knows elsewhere), or `none_near`.
    """

    scheme: str
    name: Text
    area: Area | None = None
    offers: tuple[Offer, ...] = ()
    reason: str | None = None
    holding: tuple[str, ...] = ()
    text: Text = field(default_factory=lambda: Text("", ""))

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place offered, eligible ones first."""
        return tuple(place for offer in self.offers for place in offer.places)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The answer for a whole report: each scheme that is refused, in the order of the report.

    `reason` says why no other place was looked for: `unknown` where the present one is not known,
    `bound` where it is the applicant's own, `not_declared` where the vocabulary has no place.
    `forgotten` are the given facts that only hold for the present place.
    """

    fact: str | None
    here: tuple[Place, ...] = ()
    forgotten: tuple[str, ...] = ()
    schemes: tuple[SchemeElsewhere, ...] = ()
    reason: str | None = None
    text: Text | None = None

    @property
    def offered(self) -> tuple[SchemeElsewhere, ...]:
        """The schemes that some place near would no longer refuse."""
        return tuple(scheme for scheme in self.schemes if scheme.offers)

    def without(self, reason: str) -> tuple[SchemeElsewhere, ...]:
        """The schemes for which there is no such place, for one reason."""
        return tuple(scheme for scheme in self.schemes if scheme.reason == reason)


def elsewhere(decisions: Sequence[Decision]) -> Elsewhere:
    """Where else the refused schemes of a report would not be."""
    refused = [d for d in decisions if d.outcome is Outcome.INELIGIBLE]
    ground = ground_of(decisions[0].content, decisions[0].facts) if decisions else None
    if ground is None:
        return Elsewhere(None, reason="not_declared", text=NOT_DECLARED)
    key = ground.place.key
    if not ground.here:
        return Elsewhere(key, reason="unknown", text=UNKNOWN_PLACE)
    here = tuple(Place(code, ground.name(code)) for code in ground.here)
    if ground.bound:
        return Elsewhere(key, here, reason="bound", text=BOUND)
    areas = tuple(ground.areas())
    schemes = tuple(_Search(ground, areas, decision).answer() for decision in refused)
    return Elsewhere(key, here, (*ground.forgotten, *ground.unsure), schemes)


def place_matters(decisions: Sequence[Decision]) -> bool:
    """Whether some refused scheme could be had at another place: cheap, no place is tried."""
    ground = ground_of(decisions[0].content, decisions[0].facts) if decisions else None
    if ground is None or not ground.here or ground.bound:
        return False
    refused = (d for d in decisions if d.outcome is Outcome.INELIGIBLE)
    return any(_Search(ground, (), decision).may_be() for decision in refused)


class _Search:
    """Tries the places of some areas for one scheme; places that read alike are judged once."""

    def __init__(self, ground: Ground, areas: tuple[Area, ...], decision: Decision) -> None:
        self.ground = ground
        self.areas = areas
        self.decision = decision
        self.trial: Trial = trial_of(
            decision.content,
            decision.window_found,
            decision.judgement,
            decision.facts,
            decision.texts,
        )
        read = frozenset[str]().union(*self.trial.reads)
        self.reads = tuple(sorted(read & ground.touched))
        self.alike = not self.trial.edition_moves(ground.touched)
        self._found: dict[Signature | str, tuple[Outcome, tuple[str, ...]] | None] = {}

    def answer(self) -> SchemeElsewhere:
        """The nearest area with a place that no longer refuses the scheme; why not, else."""
        scheme, name = self.decision.scheme, self.decision.name
        if not self.may_be():
            return self._held_otherwise(scheme, name)
        for area in self.areas:
            offers = self._offers(area)
            if offers:
                text = _joined(offer.text for offer in offers)
                return SchemeElsewhere(scheme, name, area, offers, text=text)
        text = none_near_text(self.areas)
        return SchemeElsewhere(scheme, name, reason="none_near", text=text)

    def may_be(self) -> bool:
        """Whether the scheme could be had at some place, all else being as it is.

        What is false with a fact left open is false for each of its values: this is a proof.
        """
        return self._verdict(self.ground.at(None)) is not False

    def _held_otherwise(self, scheme: str, name: Text) -> SchemeElsewhere:
        """Refused wherever it is; or held by what no table knows of another place."""
        if self._verdict(self.ground.at(None, sure=True)) is False:
            return SchemeElsewhere(scheme, name, reason="not_place", text=NOT_PLACE)
        waited = self._to_clarify(self.ground.at(None, sure=True))
        unsure = self.ground.unsure
        holding = tuple(key for key in waited if key in unsure) or unsure
        text = not_known_text(self._labels(holding))
        return SchemeElsewhere(scheme, name, reason="not_known", holding=holding, text=text)

    # ------------------------------------------------------------------------------------- places
    def _offers(self, area: Area) -> tuple[Offer, ...]:
        """The places that no longer refuse the scheme, by what is answered there."""
        groups: dict[tuple[Outcome, tuple[str, ...]], list[Place]] = {}
        for code in area.codes:
            found = self._at(code)
            if found is not None:
                groups.setdefault(found, []).append(Place(code, self.ground.name(code)))
        ranked = sorted(groups.items(), key=lambda one: (one[0][0] is not Outcome.ELIGIBLE, one[0]))
        return tuple(
            Offer(outcome, keys, tuple(places), self._text(area, outcome, keys, places))
            for (outcome, keys), places in ranked
        )

    def _text(
        self, area: Area, outcome: Outcome, keys: tuple[str, ...], places: list[Place]
    ) -> Text:
        names = [place.name for place in places]
        return offer_text(area, outcome, names, self._labels(keys))

    def _at(self, code: str) -> tuple[Outcome, tuple[str, ...]] | None:
        """The answer at a place, and what is to be clarified of it; None where it is refused."""
        facts = self.ground.at(code)
        signature: Signature | str = code
        if self.trial.contradicted(facts, self.ground.touched):
            return None
        if self.alike:
            signature = tuple([facts.get(key) for key in self.reads])
        if signature not in self._found:
            refused = self._verdict(facts) is False
            self._found[signature] = None if refused else self._surely(code)
        return self._found[signature]

    def _surely(self, code: str) -> tuple[Outcome, tuple[str, ...]]:
        """The answer at a place without what was only said of the present one."""
        facts = self.ground.at(code, sure=True)
        if self._verdict(facts) is True:
            return Outcome.ELIGIBLE, ()
        return Outcome.UNDETERMINED, self._to_clarify(facts)

    def _verdict(self, facts: KnownFacts) -> Truth:
        return self.trial.supposing(facts, self.ground.touched)

    def _to_clarify(self, facts: KnownFacts) -> tuple[str, ...]:
        """The facts of the place that open criteria wait for."""
        plan, vocabulary = self.trial.plan, self.decision.content.vocabulary
        truths = self.trial.judged(facts, self.ground.touched)
        keys = [k for leaf in undecided(plan.criteria, truths) for k in waits(leaf.test, facts)]
        return tuple(k for k in dict.fromkeys(keys) if k in self.ground.touched and k in vocabulary)

    def _labels(self, keys: Iterable[str]) -> list[Text]:
        return [self.decision.content.vocabulary[key].label for key in keys]


def _joined(texts: Iterable[Text]) -> Text:
    every = list(texts)
    return Text(" ; ".join(text.fr for text in every), "; ".join(text.en for text in every))
