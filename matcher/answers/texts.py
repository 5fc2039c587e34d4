"""What does a plan say whatever the profile: its statements, its tests in words, its sources?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from matcher.answers.formats import scalar_text
from matcher.answers.sentences import Speaker
from matcher.answers.views import LookedAt
from matcher.catalogue.model import Remark, Scheme, Source
from matcher.catalogue.plan import Plan, PlannedAid, PlannedCriterion
from matcher.facts.values import is_exact
from matcher.language.text import Text
from matcher.language.tree import AS_OF, Constant, Test
from matcher.language.walk import facts_of
from matcher.meaning.derive import KnownFacts


@dataclass(frozen=True)
class PlanTexts:
    """The texts of one plan, worked out once and used for every profile."""

    plan: Plan
    speaker: Speaker

    @cached_property
    def criteria(self) -> tuple[CriterionTexts, ...]:
        """The texts of the criteria, in order."""
        return tuple(self._criterion(leaf) for leaf in self.plan.leaves)

    def _criterion(self, leaf: PlannedCriterion) -> CriterionTexts:
        criterion = leaf.criterion
        return CriterionTexts(
            statement=self.filled(criterion.states),
            wants=self.speaker.test(leaf.plain),
            remedy=self.filled(criterion.remedy) if criterion.remedy else None,
            sources=self.cited(criterion.sources),
            facts=tuple(key for key in facts_of(leaf.test) if key != AS_OF),
            unknowns=frozenset(unknown.key for unknown in self.plan.scheme.unknowns.values()),
        )

    @cached_property
    def aid(self) -> tuple[Text, ...]:
        """The statements of the parts of the aid, in order."""
        return tuple(self.filled(part.component.states) for part in self.plan.aid)

    @cached_property
    def silent_aid(self) -> tuple[PlannedAid, ...]:
        """The parts of the aid that read what only an authority can tell."""
        unknowns = {unknown.key for unknown in self.plan.scheme.unknowns.values()}
        return tuple(part for part in self.plan.aid if unknowns & set(_read_by(part)))

    @cached_property
    def signals(self) -> tuple[Text, ...]:
        """The statements of the signals, in order."""
        return tuple(self.filled(signal.states) for signal, _ in self.plan.signals)

    @cached_property
    def remarks(self) -> Mapping[str, tuple[tuple[Remark, Test, Text], ...]]:
        """The assessed and the uncoded conditions with their statements."""
        kinds = {"assessed": self.plan.assessed, "uncoded": self.plan.uncoded}
        return {
            kind: tuple((remark, when, self.filled(remark.states)) for remark, when in remarks)
            for kind, remarks in kinds.items()
        }

    def cited(self, ids: tuple[str, ...]) -> tuple[Source, ...]:
        """The sources of some ids."""
        return tuple(self.plan.scheme.sources[id_] for id_ in ids)

    def filled(self, text: Text) -> Text:
        """A statement with the parameters of the edition put in."""
        return with_parameters(text, self.plan.scheme, self.plan.parameters)


@dataclass(frozen=True, slots=True)
class CriterionTexts:
    """What a criterion says, what its test wants, and the facts it reads."""

    statement: Text
    wants: Text
    remedy: Text | None
    sources: tuple[Source, ...]
    facts: tuple[str, ...]
    unknowns: frozenset[str]


def _read_by(part: PlannedAid) -> tuple[str, ...]:
    trees = (part.when, *part.amounts.values())
    return tuple(key for tree in trees for key in facts_of(tree))


def with_parameters(text: Text, scheme: Scheme, values: Mapping[str, Constant]) -> Text:
    """A statement of a scheme with some values of its parameters put in."""
    if "{" not in text.fr:
        return text
    return text.filled({name: _shown(name, value, scheme) for name, value in values.items()})


def _shown(name: str, constant: Constant, scheme: Scheme) -> Text:
    number = constant.value
    assert not isinstance(number, str)
    return scalar_text(number, constant.kind, scheme.parameters[name].unit)


class ValueTexts:
    """What is known of each fact of one report, in words; each fact is said once."""

    def __init__(self, speaker: Speaker, facts: KnownFacts) -> None:
        self.speaker = speaker
        self.facts = facts
        self._said: dict[str, LookedAt] = {}

    def looked_at(self, key: str) -> LookedAt:
        """A fact, its label and what is known of it."""
        if key not in self._said:
            known = self.facts.get(key)
            label, value = self.speaker.label(key), self.speaker.known(key, known)
            self._said[key] = LookedAt(key, label, value, is_exact(known))
        return self._said[key]
