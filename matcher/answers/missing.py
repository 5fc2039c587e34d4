"""What is still missing, why, and who could tell?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from matcher.answers.texts import with_parameters
from matcher.answers.views import AuthorityQuestion, MissingFact, Reason
from matcher.catalogue.content import Content
from matcher.catalogue.plan import PlannedCriterion
from matcher.facts.values import Options, Span
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.tree import AS_OF
from matcher.meaning.derive import KnownFacts
from matcher.meaning.waits import roots, waits

Waiting = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Inquiry:
    """Finds what a profile still lacks for some criteria."""

    content: Content
    facts: KnownFacts
    declined: frozenset[str]

    def missing(self, keys: Iterable[str]) -> tuple[MissingFact, ...]:
        """The askable facts behind facts that are not known, each once."""
        found: dict[str, MissingFact] = {}
        for key in keys:
            for entry in self._entries(key):
                known = found.get(entry.fact)
                found[entry.fact] = entry if known is None else _merged(known, entry)
        return tuple(found.values())

    def waiting(self, criteria: Iterable[PlannedCriterion]) -> Waiting:
        """The facts that some unknown criteria wait for, by criterion."""
        return {leaf.criterion.id: waits(leaf.test, self.facts) for leaf in criteria}

    def questions(self, waiting: Waiting) -> tuple[AuthorityQuestion, ...]:
        """What only an authority can answer about some unknown criteria."""
        found: dict[str, AuthorityQuestion] = {}
        for criterion, keys in waiting.items():
            for silent in (silent for key in keys for silent in self._silent(key)):
                if silent not in found:
                    found[silent] = self._question(silent, criterion)
        return tuple(found.values())

    def _entries(self, key: str) -> Iterator[MissingFact]:
        if key == AS_OF or key in self.content.unknowns:
            return
        fact = self.content.vocabulary[key]
        below = [k for k in roots(key, self.facts) if self._may_be_asked(k)]
        if fact.asked or (fact.settable and not below):
            yield self._entry(fact, [k for k in below if self.content.vocabulary[k].asked])
            return
        alternatives = [key] if fact.settable else []
        for root in below:
            yield self._entry(self.content.vocabulary[root], alternatives)

    def _may_be_asked(self, key: str) -> bool:
        fact = self.content.vocabulary.get(key)
        return fact is not None and fact.asked

    def _entry(self, fact: FactDeclaration, alternatives: list[str]) -> MissingFact:
        return MissingFact(
            fact.key, fact.label, fact.question, self._reason(fact.key), tuple(alternatives)
        )

    def _reason(self, key: str) -> Reason:
        if key in self.declined:
            return Reason.DECLINED
        match self.facts.get(key):
            case Span():
                return Reason.RANGE
            case Options():
                return Reason.SEVERAL
            case _:
                return Reason.ABSENT

    def _silent(self, key: str) -> Iterator[str]:
        """The unknowns behind a fact that is not known."""
        if key in self.content.unknowns:
            yield key
        for root in roots(key, self.facts):
            if root in self.content.unknowns:
                yield root

    def _question(self, key: str, about: str) -> AuthorityQuestion:
        unknown = self.content.unknowns[key]
        return question(self.content, key, unknown_text(self.content, key), unknown.ask, about)


def unknown_text(content: Content, key: str) -> Text:
    """What an unknown states, with the parameters of its scheme put in."""
    unknown = content.unknowns[key]
    scheme = content.schemes.get(key.split("/", maxsplit=1)[0])
    if scheme is None or "{" not in unknown.states.fr:
        return unknown.states
    defaults = {name: values.default for name, values in scheme.parameters.items()}
    return with_parameters(unknown.states, scheme, defaults)


def question(
    content: Content, unknown: str | None, states: Text, authority_id: str, about: str
) -> AuthorityQuestion:
    """A question to an authority of the catalogue."""
    authority = content.authorities[authority_id]
    return AuthorityQuestion(
        unknown=unknown,
        states=states,
        authority=authority.id,
        authority_name=authority.name,
        url=authority.url,
        email=authority.email,
        about=about,
    )


def _merged(one: MissingFact, other: MissingFact) -> MissingFact:
    both = tuple(dict.fromkeys([*one.alternatives, *other.alternatives]))
    return MissingFact(one.fact, one.label, one.question, one.reason, both)
