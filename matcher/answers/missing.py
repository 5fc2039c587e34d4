"""What is still missing, why, and who could tell?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from matcher.answers.texts import with_parameters
from matcher.answers.views import AuthorityQuestion, MissingFact, Reason
from matcher.catalogue.content import Content
from matcher.catalogue.plan import PlannedAid, PlannedCriterion
from matcher.facts.values import Options, Span, is_exact
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.tree import AS_OF
from matcher.meaning.derive import KnownFacts
from matcher.meaning.waits import behind, value_waits, waits

Waiting = Mapping[str, tuple[str, ...]]
Alternatives = tuple[tuple[str, ...], ...]
AID = "aid."


@dataclass(frozen=True)
class Inquiry:
    """Finds what a profile still lacks for some criteria; each fact is looked into once."""

    content: Content
    facts: KnownFacts
    declined: frozenset[str]
    kept: dict[str, tuple[MissingFact, ...]] = field(default_factory=dict, repr=False)

    def missing(self, keys: Iterable[str]) -> tuple[MissingFact, ...]:
        """The askable facts behind facts that are not known, each once."""
        found: dict[str, MissingFact] = {}
        for key in keys:
            for entry in self._askable(key):
                known = found.get(entry.fact)
                found[entry.fact] = entry if known is None else _merged(known, entry)
        return tuple(found.values())

    def waiting(self, criteria: Iterable[PlannedCriterion]) -> Waiting:
        """The facts that some unknown criteria wait for, by criterion."""
        return {leaf.criterion.id: waits(leaf.test, self.facts) for leaf in criteria}

    def aid_waits(self, parts: Iterable[PlannedAid]) -> Waiting:
        """The facts that the parts of an aid wait for, by part."""
        return {
            f"{AID}{part.component.id}": (
                *waits(part.when, self.facts),
                *(key for node in part.amounts.values() for key in value_waits(node, self.facts)),
            )
            for part in parts
        }

    def questions(self, waiting: Waiting) -> tuple[AuthorityQuestion, ...]:
        """What only an authority can answer: nobody is asked while a fact could still settle it."""
        found: dict[str, AuthorityQuestion] = {}
        for about, keys in waiting.items():
            if not self._facts_could_settle(keys):
                for silent in (silent for key in keys for silent in self._silent(key)):
                    found.setdefault(silent, self._question(silent, about))
        return tuple(found.values())

    def _facts_could_settle(self, keys: Iterable[str]) -> bool:
        return any(entry.reason is not Reason.DECLINED for entry in self.missing(keys))

    def _askable(self, key: str) -> tuple[MissingFact, ...]:
        if key not in self.kept:
            self.kept[key] = tuple(self._entries(key))
        return self.kept[key]

    def _entries(self, key: str, seen: frozenset[str] = frozenset()) -> Iterator[MissingFact]:
        """The nearest askable facts: the fact itself, else those it is computed from."""
        if key in self.content.unknowns:
            yield from self._place(key, seen)
        if key == AS_OF or key in self.content.unknowns or key in seen:
            return
        fact = self.content.vocabulary[key]
        seen = seen | {key}
        if fact.asked:
            yield self._entry(fact, self._together(key, seen))
            return
        below = [e for k in behind(key, self.facts) for e in self._entries(k, seen)]
        if not below and fact.settable:
            yield self._entry(fact, ())
        for entry in below:
            more = ((key,),) if fact.settable and key not in self.declined else ()
            yield replace(entry, alternatives=(*entry.alternatives, *more))

    def _place(self, unknown: str, seen: frozenset[str]) -> Iterator[MissingFact]:
        """Where an authority answered for some places already: the place, if it is not known."""
        by = self.content.unknowns[unknown].by
        if by is not None and self.facts.answers.get(unknown) and not is_exact(self.facts.get(by)):
            yield from self._entries(by, seen)

    def _together(self, key: str, seen: frozenset[str]) -> Alternatives:
        """The askable facts that would together give a fact."""
        below = (entry for k in behind(key, self.facts) for entry in self._entries(k, seen))
        keys = tuple(dict.fromkeys(entry.fact for entry in below))
        return (keys,) if keys and not self.declined.intersection(keys) else ()

    def _entry(self, fact: FactDeclaration, alternatives: Alternatives) -> MissingFact:
        reason = self._reason(fact.key)
        return MissingFact(fact.key, fact.label, fact.question, reason, alternatives)

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

    def _silent(self, key: str, seen: frozenset[str] = frozenset()) -> Iterator[str]:
        """The unknowns behind a fact that is not known."""
        if key in self.content.unknowns:
            yield key
        elif key not in seen:
            for below in behind(key, self.facts):
                yield from self._silent(below, seen | {key})

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
