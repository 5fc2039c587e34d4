"""What is the answer for one scheme: can they apply, why, why not, and what would settle it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from matcher.answers.aid import aid_of
from matcher.answers.formats import iso
from matcher.answers.missing import Inquiry, Waiting, question, unknown_text
from matcher.answers.nearest_change import Nearest, NearestChange, NoChange, nearest
from matcher.answers.phrases import joined
from matcher.answers.sentences import Speaker
from matcher.answers.texts import CriterionTexts, PlanTexts, ValueTexts
from matcher.answers.views import (
    AidAnswer,
    ApplyAnswer,
    AuthorityQuestion,
    CriterionAnswer,
    LookedAt,
    MissingFact,
    Outcome,
    RemarkAnswer,
    Reserve,
    SignalAnswer,
    Status,
    WindowAnswer,
)
from matcher.catalogue.content import Content
from matcher.catalogue.plan import Plan, PlannedCriterion
from matcher.catalogue.windows import Window, WindowState
from matcher.engines.judge import Judgement, relevant, repairs, undecided
from matcher.facts.values import INFINITY, Options, Span, is_exact
from matcher.language.text import Text
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import truth
from matcher.meaning.logic import Truth
from matcher.meaning.waits import waits

WINDOW = "window"
_STATUS = {True: Status.MET, False: Status.UNMET, None: Status.UNKNOWN}
_OUTCOME = {True: Outcome.ELIGIBLE, False: Outcome.INELIGIBLE, None: Outcome.UNDETERMINED}
LOW_CONFIDENCE = Text(
    "Les sources de cette fiche sont rares ou anciennes : à confirmer auprès de l'opérateur",
    "The sources of this sheet are few or old: to be confirmed with the operator",
)
OUTSIDE_AUDIENCE = Text(
    "Ce dispositif s'adresse d'ordinaire à d'autres publics",
    "This scheme is usually meant for other applicants",
)
WINDOW_UNKNOWN = Text(
    "Le dispositif est-il ouvert à cette date (calendrier ou relève non publiés) ?",
    "Is the scheme open on that date (calendar or intake not published)?",
)


@dataclass(frozen=True, repr=False)
class Decision:
    """The answer for one scheme. Each part is worked out when it is first read, and kept."""

    content: Content
    plan: Plan
    judgement: Judgement
    window_found: Window
    facts: KnownFacts
    inquiry: Inquiry
    texts: PlanTexts
    values: ValueTexts

    def __repr__(self) -> str:
        return f"Decision({self.scheme!r}, {str(self.outcome)!r})"

    @property
    def scheme(self) -> str:
        """The id of the scheme."""
        return self.plan.scheme.id

    @property
    def name(self) -> Text:
        """What the scheme is called."""
        return self.plan.scheme.name

    @property
    def outcome(self) -> Outcome:
        """`eligible`, `ineligible` or `undetermined`, from the criteria alone."""
        return _OUTCOME[self.judgement.outcome]

    @property
    def can_apply_now(self) -> bool:
        """Eligible, and the window is open."""
        open_now = self.window_found.state is WindowState.OPEN
        return self.outcome is Outcome.ELIGIBLE and open_now

    # -------------------------------------------------------------------------------------- window
    @cached_property
    def window(self) -> WindowAnswer:
        """The window on the date of the question."""
        edition = self.window_found.edition
        if edition is None:
            return WindowAnswer(self.window_found.state)
        coming = self.window_found.next_intake
        return WindowAnswer(
            state=self.window_found.state,
            edition=edition.id,
            opens=_dates(edition.opens),
            closes=_dates(edition.closes),
            permanent=edition.closes.low == INFINITY,
            next_intake=None if coming is None else iso(coming),
            note=edition.note,
        )

    # ------------------------------------------------------------------------------------ criteria
    @cached_property
    def criteria(self) -> tuple[CriterionAnswer, ...]:
        """Every criterion of the edition, in the order of the text."""
        said = zip(self.plan.leaves, self.texts.criteria, strict=True)
        return tuple(self._criterion(leaf, texts) for leaf, texts in said)

    def _criterion(self, leaf: PlannedCriterion, texts: CriterionTexts) -> CriterionAnswer:
        criterion = leaf.criterion
        applies = leaf.only_when is None or truth(leaf.only_when, self.facts) is not False
        return CriterionAnswer(
            id=criterion.id,
            status=_STATUS[self.judgement.statuses[leaf.index]],
            applies=applies,
            statement=texts.statement,
            wants=texts.wants,
            sources=texts.sources,
            values=self._values(texts),
            remedy=texts.remedy,
            ask=criterion.ask,
            otherwise=criterion.otherwise,
        )

    def _values(self, texts: CriterionTexts) -> tuple[LookedAt, ...]:
        """The facts a criterion read; what only an authority knows stands in `ask_authority`."""
        return tuple(
            [
                self.values.looked_at(key)
                for key in texts.facts
                if key not in texts.unknowns or is_exact(self.facts.get(key))
            ]
        )

    # -------------------------------------------------------------------------- why, why not, what
    @cached_property
    def unmet(self) -> tuple[str, ...]:
        """The unmet criteria of groups that are not true already."""
        return self._relevant(False)

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The unknown criteria of groups that are not true already."""
        return self._relevant(None)

    def _relevant(self, wanted: Truth) -> tuple[str, ...]:
        statuses = self.judgement.statuses
        found = relevant(self.plan.criteria, statuses)
        return tuple(leaf.criterion.id for leaf in found if statuses[leaf.index] is wanted)

    @cached_property
    def why_not(self) -> tuple[tuple[str, ...], ...]:
        """For an ineligible scheme: the criteria to repair, one tuple for each alternative."""
        if self.judgement.outcome is not False:
            return ()
        alternatives = repairs(self.plan.criteria, self.judgement.statuses)
        ids = [leaf.criterion.id for leaf in self.plan.leaves]
        return tuple(tuple(ids[index] for index in sorted(repair)) for repair in alternatives)

    @cached_property
    def _nearest(self) -> Nearest:
        return nearest(self.content, self.window_found, self.judgement, self.facts, self.texts)

    @property
    def nearest_changes(self) -> tuple[NearestChange, ...]:
        """For an ineligible scheme: the smallest changes after which it no longer is."""
        return self._nearest.changes

    @property
    def no_change(self) -> NoChange | None:
        """For an ineligible scheme that no change is offered for: why."""
        return self._nearest.none

    @cached_property
    def _waiting(self) -> Waiting:
        return self.inquiry.waiting(undecided(self.plan.criteria, self.judgement.statuses))

    @cached_property
    def missing(self) -> tuple[MissingFact, ...]:
        """The facts to ask for, behind the criteria still open and the window."""
        keys = [key for waited in self._waiting.values() for key in waited]
        if self.outcome is not Outcome.INELIGIBLE:
            keys += self._window_waiting()
        return self.inquiry.missing(keys)

    @cached_property
    def window_missing(self) -> tuple[MissingFact, ...]:
        """The facts to ask for behind the window alone."""
        keys = [] if self.outcome is Outcome.INELIGIBLE else self._window_waiting()
        return self.inquiry.missing(keys)

    def _window_waiting(self) -> list[str]:
        window = self.window_found
        keys = [] if window.waits_for is None else [window.waits_for]
        return keys if window.depends_on is None else [*waits(window.depends_on, self.facts), *keys]

    @cached_property
    def open_criteria(self) -> tuple[tuple[PlannedCriterion, tuple[MissingFact, ...]], ...]:
        """The criteria of groups still open, each with the facts that could settle it."""
        open_ = undecided(self.plan.criteria, self.judgement.statuses)
        return tuple(
            (leaf, self.inquiry.missing(self._waiting[leaf.criterion.id])) for leaf in open_
        )

    @cached_property
    def ask_authority(self) -> tuple[AuthorityQuestion, ...]:
        """What only an authority can answer."""
        return self._asked({**self._waiting, **self._aid_waiting()})

    @cached_property
    def ask_to_decide(self) -> tuple[AuthorityQuestion, ...]:
        """What only an authority can answer of the outcome and the window; not of the aid."""
        return self._asked(self._waiting)

    def _asked(self, waiting: Waiting) -> tuple[AuthorityQuestion, ...]:
        asked = self.inquiry.questions(waiting)
        authority = self.window_found.asks
        if self.window_found.edition is None and not self.window_found.rivals:
            authority = self.plan.scheme.operators[0]
        if authority is None or self.outcome is Outcome.INELIGIBLE:
            return asked
        return (*asked, question(self.content, None, WINDOW_UNKNOWN, authority, WINDOW))

    def _aid_waiting(self) -> Waiting:
        if self.outcome is Outcome.INELIGIBLE:
            return {}
        parts = self.texts.silent_aid
        applying = [part for part in parts if truth(part.when, self.facts) is not False]
        return self.inquiry.aid_waits(applying)

    # ------------------------------------------------------------------------------- never decides
    @cached_property
    def reserves(self) -> tuple[Reserve, ...]:
        """Why even `eligible` is subject to something."""
        return tuple(self._reserves())

    def _reserves(self) -> Iterator[Reserve]:
        for remark in self.uncoded:
            yield Reserve("uncoded", remark.statement)
        if self.plan.scheme.confidence == "low":
            yield Reserve("confidence", LOW_CONFIDENCE)
        role = self.content.roles.audience
        kind = None if role is None else self.facts.get(role)
        audience = self.plan.scheme.audience
        if isinstance(kind, Options) and audience and not kind.members & audience:
            yield Reserve("audience", OUTSIDE_AUDIENCE)
        for remark in self.assessed:
            yield Reserve("assessed", remark.statement)

    @cached_property
    def signals(self) -> tuple[SignalAnswer, ...]:
        """Favourable and unfavourable signals."""
        return tuple(
            SignalAnswer(
                id=signal.id,
                statement=statement,
                favours=signal.favours,
                status=_STATUS[truth(test, self.facts)],
                sources=self.texts.cited(signal.sources),
            )
            for (signal, test), statement in zip(self.plan.signals, self.texts.signals, strict=True)
        )

    @cached_property
    def assessed(self) -> tuple[RemarkAnswer, ...]:
        """What the instructing authority assesses."""
        return self._remarks("assessed")

    @cached_property
    def uncoded(self) -> tuple[RemarkAnswer, ...]:
        """Conditions of the text that no fact can express yet."""
        return self._remarks("uncoded")

    def _remarks(self, kind: str) -> tuple[RemarkAnswer, ...]:
        return tuple(
            RemarkAnswer(remark.id, statement, self.texts.cited(remark.sources))
            for remark, when, statement in self.texts.remarks[kind]
            if truth(when, self.facts) is not False
        )

    @cached_property
    def through_territory(self) -> Text | None:
        """What the applicant's territory may ask for on its behalf, when it cannot itself."""
        way = self.plan.scheme.relations.through_territory
        if way is None or self.outcome is not Outcome.INELIGIBLE:
            return None
        return way.states if truth(way.when, self.facts) is True else None

    # ------------------------------------------------------------------------------ aid, next step
    @cached_property
    def aid(self) -> tuple[AidAnswer, ...]:
        """The parts of the aid that apply or may apply; empty for an ineligible scheme."""
        return () if self.outcome is Outcome.INELIGIBLE else aid_of(self.texts, self.facts)

    @property
    def apply(self) -> ApplyAnswer | None:
        """How to apply."""
        how = self.plan.scheme.apply
        if how is None:
            return None
        return ApplyAnswer(how.url, how.contact, how.steps, how.documents, how.delay)

    @cached_property
    def summary(self) -> Text:
        """The answer in one sentence."""
        return _summary(self)


def is_finite(bound: object) -> bool:
    """Whether a bound is a number."""
    return not isinstance(bound, float)


def _dates(span: Span) -> tuple[str | None, str | None]:
    low, high = (iso(int(b)) if is_finite(b) else None for b in (span.low, span.high))
    return low, high


def speaker_of(content: Content) -> Speaker:
    """Says the facts and rules of a catalogue."""
    unknowns = {
        key: replace(unknown.declaration(), label=unknown_text(content, key))
        for key, unknown in content.unknowns.items()
    }
    return Speaker(content.vocabulary, content.tables, unknowns)


_OUTCOME_TEXT = {
    Outcome.ELIGIBLE: Text("Éligible", "Eligible"),
    Outcome.INELIGIBLE: Text("Non éligible", "Not eligible"),
    Outcome.UNDETERMINED: Text("À préciser", "To be clarified"),
}
UNDER_RESERVE = Text("Éligible sous réserve", "Eligible, subject to conditions")


def outcome_text(decision: Decision) -> Text:
    """The outcome in words; an eligible with a reserve that counts reads "sous réserve"."""
    if decision.outcome is Outcome.ELIGIBLE and decision.reserves:
        return UNDER_RESERVE
    return _OUTCOME_TEXT[decision.outcome]


def _summary(decision: Decision) -> Text:
    said = outcome_text(decision)
    statements = {c.id: c.statement for c in decision.criteria}
    match decision.outcome:
        case Outcome.INELIGIBLE:
            unmet = [statements[id_] for id_ in decision.unmet]
            parts = Text(" ; ".join(s.fr for s in unmet), "; ".join(s.en for s in unmet))
            one = len(unmet) == 1
            fr = "condition non remplie" if one else "conditions non remplies"
            en = "condition not met" if one else "conditions not met"
            return joined(f"{{o}} : {fr} — {{p}}", f"{{o}}: {en} — {{p}}", o=said, p=parts)
        case Outcome.UNDETERMINED:
            parts = Text(
                ", ".join(m.label.fr for m in decision.missing),
                ", ".join(m.label.en for m in decision.missing),
            )
            if not parts.fr:
                asked = decision.ask_authority
                names = [q.authority_name for q in asked]
                parts = names[0] if names else parts
            return joined("{o} : {p}", "{o}: {p}", o=said, p=parts)
        case Outcome.ELIGIBLE:
            return said
