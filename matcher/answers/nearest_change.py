"""What could still change, so that an ineligible scheme no longer is; or why can nothing?

Only facts that the vocabulary marks `changeable` change: a cost, a date to come, a letter, the
length of a contract; never the past, the place or the nature of the applicant. Each change is
judged again before it is offered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.answers.nearest_change_search import Search, Solution, search
from matcher.answers.nearest_change_texts import (
    NOT_FOUND,
    change_text,
    changes_text,
    fixed_text,
)
from matcher.answers.nearest_change_trial import Trial, Values, trial_of
from matcher.answers.sentences import Speaker
from matcher.answers.texts import PlanTexts
from matcher.answers.views import Outcome
from matcher.catalogue.content import Content
from matcher.catalogue.windows import Window
from matcher.engines.judge import Judgement, relevant
from matcher.facts.values import Known
from matcher.language.text import Text
from matcher.meaning.derive import KnownFacts


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact that changes, from what is known of it to another value."""

    fact: str
    label: Text
    before: Known
    after: Known
    text: Text


@dataclass(frozen=True, slots=True)
class NearestChange:
    """Changes that together leave the scheme no longer ineligible, none of them too many.

    `outcome` is the answer after them: `eligible`, or `undetermined` where more is to be told.
    """

    changes: tuple[FactChange, ...]
    outcome: Outcome
    text: Text


@dataclass(frozen=True, slots=True)
class Standing:
    """A criterion that stays unmet whatever changes, and the facts that hold it so."""

    criterion: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoChange:
    """Why nothing is offered.

    `reason` is `fixed` where no change can be enough: `standing` says what stands in the way. It is
    `not_found` where the search, which is bounded, found none.
    """

    reason: str
    standing: tuple[Standing, ...]
    text: Text


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest changes of an ineligible scheme, or why there is none."""

    changes: tuple[NearestChange, ...] = ()
    none: NoChange | None = None


def nearest(
    content: Content, window: Window, judgement: Judgement, facts: KnownFacts, texts: PlanTexts
) -> Nearest:
    """The nearest changes of a decision; nothing at all unless it is ineligible."""
    if judgement.outcome is not False:
        return Nearest()
    looked = search(trial_of(content, window, judgement, facts, texts))
    changes = tuple([_told(solution, looked, texts) for solution in looked.solutions()])
    return Nearest(changes) if changes else Nearest(none=_none(looked, texts))


def _told(solution: Solution, looked: Search, texts: PlanTexts) -> NearestChange:
    changes = tuple(
        [
            FactChange(
                fact=m.key,
                label=m.fact.label,
                before=m.before,
                after=solution[m.key],
                text=change_text(m.fact, m.before, solution[m.key], texts.speaker),
            )
            for m in looked.movables
            if m.key in solution
        ]
    )
    settled = looked.trial.verdict(solution) is True
    outcome = Outcome.ELIGIBLE if settled else Outcome.UNDETERMINED
    text = changes_text([change.text for change in changes], settled=settled)
    return NearestChange(changes, outcome, text)


# ------------------------------------------------------------------------------------- why not one
def _none(looked: Search, texts: PlanTexts) -> NoChange:
    if not looked.hopeless:
        return NoChange("not_found", (), NOT_FOUND)
    trial = looked.trial
    left_open: Values = {m.key: m.anything for m in looked.movables}
    truths = trial.truths(left_open)
    unmet = [leaf for leaf in relevant(trial.plan.criteria, truths) if truths[leaf.index] is False]
    standing = tuple(
        [
            Standing(leaf.criterion.id, tuple(_holding(leaf.index, trial, left_open, texts)))
            for leaf in unmet
        ]
    )
    fixed = [key for one in standing for key in one.facts]
    read = {key for leaf in unmet for key in trial.reads[leaf.index]}
    spent = [key for key in left_open if trial.touched({key: None}) & read]
    text = fixed_text(_labels(fixed, texts.speaker), _labels(spent, texts.speaker))
    return NoChange("fixed", standing, text)


def _holding(index: int, trial: Trial, left_open: Values, texts: PlanTexts) -> Iterator[str]:
    """The facts that cannot change and hold a criterion unmet: one alone if it does, else all."""
    known = [
        key
        for key in texts.criteria[index].facts
        if key not in left_open and trial.facts.get(key) is not None
    ]
    alone = [key for key in known if trial.truth(index, {**left_open, key: None}) is not False]
    yield from alone or known


def _labels(keys: Iterable[str], speaker: Speaker) -> list[Text]:
    return [speaker.label(key) for key in dict.fromkeys(keys)]
