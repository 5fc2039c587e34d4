"""What follows, step by step, from the statuses of all the schemes of a session?

Facts are asserted in waves, each of which needs only the conclusions of those before: groups from
the inside out, then schemes, then what changed and how schemes are related. In a step only the
facts of which something changed are asserted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import NamedTuple

from matcher.catalogue.model import Scheme
from matcher.engines.session.engine import RuleEngine
from matcher.engines.session.network import Network
from matcher.engines.session.rulebook import (
    AGREE,
    CHANGE,
    DIFFER,
    EDITIONS,
    EXCLUDES,
    IS,
    ONE,
    ONE_WINDOW,
    OPENS,
    OTHER,
    OTHER_WINDOW,
    OUTCOME,
    REPLACES,
    SCHEME,
    TERRITORY,
    WAS,
    WHEN,
    WINDOW,
    Fact,
    conclusion,
    fact,
    group_fact,
)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a fact is about: a group (at a place), a scheme, a change of it, or two schemes."""

    kind: str
    scheme: str
    other: str = ""
    place: int = -1


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule that fired, for what, and what follows."""

    subject: Subject
    rule: str
    concludes: str


class Around(NamedTuple):
    """What counts for a scheme besides its criteria: its window, and who may apply in its stead."""

    window: str
    territory: str


@dataclass(frozen=True, slots=True)
class State:
    """What our evaluator decided of one scheme, as tokens."""

    network: Network
    statuses: tuple[str, ...]
    around: Around


@dataclass(frozen=True)
class Conclusions:
    """Where the rules stand after a step.

    `values` are the tokens of the places of each scheme, `standing` the rule that each conclusion
    rests on, `fired` the rules of this step in their order.
    """

    states: Mapping[str, State] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    standing: Mapping[Subject, Firing] = field(default_factory=dict)
    fired: tuple[Firing, ...] = ()

    def stage(self, scheme: str) -> str:
        """The stage that a scheme has reached."""
        return self.standing[Subject(SCHEME, scheme)].concludes


def links_of(schemes: Mapping[str, Scheme]) -> tuple[Subject, ...]:
    """The relations between some schemes; an exclusion is one link, whoever says it."""
    found: dict[Subject, None] = {}
    for scheme in schemes.values():
        relations = scheme.relations
        for other in relations.excludes:
            one, two = sorted((scheme.id, other))
            found[Subject(EXCLUDES, one, two)] = None
        found.update({Subject(OPENS, scheme.id, other): None for other in relations.opens_way_to})
        found.update({Subject(REPLACES, scheme.id, other): None for other in relations.replaces})
        if relations.through_territory is not None:
            found[Subject(TERRITORY, scheme.id)] = None
    return tuple(link for link in found if not link.other or link.other in schemes)


def concluded(
    engine: RuleEngine, links: Iterable[Subject], before: Conclusions, states: Mapping[str, State]
) -> Conclusions:
    """What follows from some states, given what followed before them."""
    return _Step(engine, before, states).done(links)


class _Step:
    """One step of a session."""

    def __init__(
        self, engine: RuleEngine, before: Conclusions, states: Mapping[str, State]
    ) -> None:
        self.engine = engine
        self.before = before
        self.states = states
        self.standing = dict(before.standing)
        self.fired: list[Firing] = []
        self.values: dict[str, list[str]] = {}
        self.changed: dict[str, set[int]] = {}
        for id_, state in states.items():
            self._take(id_, state)

    def done(self, links: Iterable[Subject]) -> Conclusions:
        """Every wave, in order."""
        levels = [[(id_, level) for level in s.network.levels] for id_, s in self.states.items()]
        for wave in zip_longest(*levels):
            self._groups(part for part in wave if part is not None)
        self._schemes()
        self._changes()
        self._links(links)
        values = {id_: tuple(tokens) for id_, tokens in self.values.items()}
        return Conclusions(self.states, values, self.standing, tuple(self.fired))

    def _take(self, id_: str, state: State) -> None:
        """The values to begin with, and the places whose value is not that of the step before."""
        known = self.before.values.get(id_, ())
        if not self._is_new(id_):
            places = range(state.network.criteria)
            self.values[id_] = [*state.statuses, *known[state.network.criteria :]]
            self.changed[id_] = {i for i in places if known[i] != state.statuses[i]}
            return
        self.values[id_] = [*state.statuses, *("" for _ in state.network.cells)]
        self.changed[id_] = set(range(len(self.values[id_])))
        for subject in [s for s in self.standing if s.scheme == id_ and s.place >= 0]:
            del self.standing[subject]

    def _is_new(self, id_: str) -> bool:
        """Whether a scheme asks something else than before: its edition may depend on a fact."""
        known = self.before.states.get(id_)
        return known is None or known.network is not self.states[id_].network

    # ---------------------------------------------------------------------------------------- waves
    def _groups(self, parts: Iterable[tuple[str, tuple[int, ...]]]) -> None:
        questions: dict[Subject, Fact] = {}
        for id_, places in parts:
            network, values, changed = self.states[id_].network, self.values[id_], self.changed[id_]
            for place in places:
                cell = network.cell(place)
                if place in changed or not changed.isdisjoint(cell.items):
                    about = Subject(cell.kind, id_, place=place)
                    tokens = [values[item] for item in cell.items]
                    questions[about] = group_fact(cell.kind, tokens, cell.count)
        for about, token in self._asked(questions):
            if self.values[about.scheme][about.place] != token:
                self.values[about.scheme][about.place] = token
                self.changed[about.scheme].add(about.place)

    def _schemes(self) -> None:
        questions: dict[Subject, Fact] = {}
        for id_, state in self.states.items():
            tops = state.network.tops
            if self._moved(id_) or not self.changed[id_].isdisjoint(tops):
                first, *others = [self.values[id_][top] for top in tops]
                whole = {
                    OUTCOME: first,
                    EDITIONS: AGREE if all(other == first for other in others) else DIFFER,
                    WINDOW: state.around.window,
                }
                questions[Subject(SCHEME, id_)] = fact(SCHEME, whole)
        self._ask(questions)

    def _changes(self) -> None:
        questions: dict[Subject, Fact] = {}
        for id_, state in self.states.items():
            told = Subject(CHANGE, id_)
            self.standing.pop(told, None)
            if id_ in self.before.states:
                was, is_ = self.before.stage(id_), self._stage(id_)
                known = self.before.states[id_]
                if was != is_ or self._is_new(id_) or known.statuses != state.statuses:
                    questions[told] = fact(CHANGE, {WAS: was, IS: is_})
        self._ask(questions)

    def _links(self, links: Iterable[Subject]) -> None:
        moved = {id_ for id_ in self.states if self._moved(id_) or self._stage_changed(id_)}
        self._ask({link: self._link(link) for link in links if moved & {link.scheme, link.other}})

    def _link(self, link: Subject) -> Fact:
        one = self.states[link.scheme]
        stage = self._stage(link.scheme)
        if link.kind == TERRITORY:
            return fact(TERRITORY, {ONE: stage, WHEN: one.around.territory})
        other = self.states[link.other]
        tokens = {ONE: stage, ONE_WINDOW: one.around.window}
        return fact(
            link.kind, {**tokens, OTHER: self._stage(link.other), OTHER_WINDOW: other.around.window}
        )

    # ------------------------------------------------------------------------------------ questions
    def _ask(self, questions: Mapping[Subject, Fact]) -> None:
        for _ in self._asked(questions):
            pass

    def _asked(self, questions: Mapping[Subject, Fact]) -> Iterator[tuple[Subject, str]]:
        """Assert some facts; what is concluded of each subject."""
        facts: Sequence[Fact] = list(questions.values())
        answers = self.engine.fired(facts) if facts else ()
        for subject, asserted, names in zip(questions, facts, answers, strict=True):
            rule, concludes = conclusion(asserted, names)
            firing = Firing(subject, rule, concludes)
            self.fired.append(firing)
            self.standing[subject] = firing
            yield subject, concludes

    def _stage(self, id_: str) -> str:
        return self.standing[Subject(SCHEME, id_)].concludes

    def _stage_changed(self, id_: str) -> bool:
        return id_ not in self.before.states or self.before.stage(id_) != self._stage(id_)

    def _moved(self, id_: str) -> bool:
        """Whether anything but the criteria is not that of the step before."""
        known, now = self.before.states.get(id_), self.states[id_]
        return known is None or known.around != now.around
