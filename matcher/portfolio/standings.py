"""How does each row of a portfolio stand before each scheme, in milliseconds?

The same as `Catalogue.match`, without what a list of clients does not show, and with what earlier
rows have taught: see `recall`. Nothing here needs a table of rows, or threads.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from matcher.answers.decisions import Decision, speaker_of
from matcher.answers.missing import Inquiry, Waiting
from matcher.answers.texts import ValueTexts
from matcher.answers.views import MissingFact, Outcome, WindowAnswer
from matcher.api import Catalogue
from matcher.catalogue.content import Content
from matcher.catalogue.model import Edition
from matcher.catalogue.plan import Plan, PlannedAid, PlannedCriterion
from matcher.catalogue.windows import Window, WindowState, window_on
from matcher.engines.judge import Judgement
from matcher.facts.profile import Profile
from matcher.facts.values import Known, is_exact
from matcher.language.text import Text
from matcher.language.tree import Fact, Member, Node
from matcher.language.walk import facts_of
from matcher.meaning.derive import KnownFacts
from matcher.meaning.waits import waits
from matcher.portfolio.figures import Figure, PartFigure, figures_text, most_of
from matcher.portfolio.recall import Given, Recall, RowFacts
from matcher.portfolio.standing import Standing

Values = Mapping[str, Known]
Key = tuple[int, int, Judgement]
MOST_MADE = 5_000


@dataclass(frozen=True, slots=True)
class Stands:
    """One row: how it stands before each scheme, and where it is, in words."""

    standings: tuple[Standing, ...]
    place: Text | None = None


class RowStandings:
    """How rows stand before some schemes on a date; the more rows, the faster."""

    def __init__(
        self,
        catalogue: Catalogue,
        day: int,
        schemes: Sequence[str],
        place: str | None = None,
        given: Iterable[str] = (),
    ) -> None:
        self.catalogue = catalogue
        self.day = day
        self.schemes = tuple(schemes)
        self.place = place
        self._speaker = speaker_of(catalogue.content)
        self._forget(given)

    def _forget(self, given: Iterable[str]) -> None:
        """Begin again, for rows that may give some facts."""
        self._given = Given(given, self.catalogue.content, self.day)
        self._memory = _Memory(self._given.varies)
        self._cases: dict[Key, _Case] = {}
        self._windows: dict[int, list[Window]] = {}

    def of(self, values: Values) -> Stands:
        """How one row stands."""
        if not values.keys() <= self._given.keys:
            self._forget(self._given.keys | values.keys())
        facts = RowFacts(values, self._given)
        judged = self.catalogue.judged_with(
            facts, Profile(values), self.day, self.schemes, self._window_of
        )
        cases = map(self._case, judged.plans, judged.windows, judged.judgements)
        return Stands(tuple([case.standing(facts) for case in cases]), self._place(facts))

    def _window_of(self, day: int, editions: Sequence[Edition], facts: KnownFacts) -> Window:
        kept = self._memory.windows
        if id(editions) not in kept:
            kept[id(editions)] = Recall(
                lambda facts: window_on(day, editions, facts),
                _read_by(editions),
                self._memory.varies,
            )
        return kept[id(editions)].of(facts)

    def _case(self, plan: Plan, window: Window, judgement: Judgement) -> _Case:
        seen = self._windows.setdefault(id(plan), [])
        which = next((i for i, one in enumerate(seen) if one is window or one == window), len(seen))
        if which == len(seen):
            seen.append(window)
        key = (id(plan), which, judgement)
        if key not in self._cases:
            decide = _Decide(self.catalogue, plan, window, judgement, self._memory)
            self._cases[key] = _Case(decide)
        return self._cases[key]

    def _place(self, facts: KnownFacts) -> Text | None:
        known = facts.get(self.place) if self.place else None
        return self._speaker.known(self.place or "", known) if is_exact(known) else None


@dataclass(frozen=True)
class _Memory:
    """What the rows so far have taught; `varies` are the facts that may differ between them."""

    varies: frozenset[str] = frozenset()
    windows: dict[int, Recall[Window]] = field(default_factory=dict)
    waits: dict[int, Recall[tuple[str, ...]]] = field(default_factory=dict)
    askable: dict[str, Recall[tuple[MissingFact, ...]]] = field(default_factory=dict)
    figures: dict[int, PartFigure] = field(default_factory=dict)

    def figure(self, part: PlannedAid) -> PartFigure:
        """The figure of one part of an aid."""
        if id(part) not in self.figures:
            self.figures[id(part)] = PartFigure(part, self.varies)
        return self.figures[id(part)]


@dataclass(frozen=True)
class _RecallingInquiry(Inquiry):
    """An inquiry that remembers those of other rows."""

    memory: _Memory = field(default_factory=_Memory, repr=False)

    def waiting(self, criteria: Iterable[PlannedCriterion]) -> Waiting:
        """The facts that some unknown criteria wait for, by criterion."""
        return {leaf.criterion.id: self._waits(leaf) for leaf in criteria}

    def _waits(self, leaf: PlannedCriterion) -> tuple[str, ...]:
        kept = self.memory.waits
        if id(leaf) not in kept:
            kept[id(leaf)] = Recall(
                lambda facts: waits(leaf.test, facts), [leaf.test], self.memory.varies
            )
        return kept[id(leaf)].of(self.facts)

    def _askable(self, key: str) -> tuple[MissingFact, ...]:
        if key not in self.kept:
            content, declined, recalls = self.content, self.declined, self.memory.askable
            if key not in recalls:
                recalls[key] = Recall(
                    lambda facts: Inquiry(content, facts, declined).missing([key]),
                    _below(content, [key]),
                    self.memory.varies,
                )
            self.kept[key] = recalls[key].of(self.facts)
        return self.kept[key]


@dataclass(frozen=True)
class _Decide:
    """Makes the decisions of rows that are judged alike."""

    catalogue: Catalogue
    plan: Plan
    window: Window
    judgement: Judgement
    memory: _Memory

    @property
    def content(self) -> Content:
        """What the catalogue holds."""
        return self.catalogue.content

    def trees(self) -> list[Node]:
        """All that may be evaluated to tell what is missing, and whom to ask."""
        plan, window = self.plan, self.window
        remarks = [when for _, when in (*plan.assessed, *plan.uncoded)]
        tests: list[Node] = [leaf.test for leaf in plan.leaves]
        tests += [leaf.only_when for leaf in plan.leaves if leaf.only_when is not None]
        tests += [*remarks, *([window.depends_on] if window.depends_on else [])]
        if self.content.roles.audience is not None:
            kind = Fact(self.content.roles.audience)
            tests.append(Member(kind, frozenset(plan.scheme.audience)))
        keys = [key for test in tests for key in facts_of(test)]
        return [*tests, *_below(self.content, [*keys, window.waits_for or ""])]

    def decision(self, facts: KnownFacts) -> Decision:
        """The decision for one row."""
        content, texts = self.content, self.catalogue.texts(self.plan)
        return Decision(
            content=content,
            plan=self.plan,
            judgement=self.judgement,
            window_found=self.window,
            facts=facts,
            inquiry=_RecallingInquiry(content, facts, frozenset(), memory=self.memory),
            texts=texts,
            values=ValueTexts(texts.speaker, facts),
        )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is still to be asked about one scheme, and whether it is subject to something."""

    reserved: bool
    missing: tuple[str, ...]
    asks: tuple[str, ...]


class _Case:
    """The rows that one scheme judges alike: they differ in what they lack, and in amounts."""

    def __init__(self, decide: _Decide) -> None:
        self._decide = decide
        self._alike = _alike(decide.decision(KnownFacts({}, decide.content.computation)))
        self._asked = Recall(self._asked_of, decide.trees(), decide.memory.varies)
        self._figures = [decide.memory.figure(part) for part in decide.plan.aid]
        self._made: dict[tuple[_Asked, tuple[Figure, ...]], Standing] = {}

    def standing(self, facts: KnownFacts) -> Standing:
        """How one of the rows stands."""
        alike = self._alike
        if alike.outcome is Outcome.INELIGIBLE:
            return alike
        asked = self._asked.of(facts)
        found = [figure.of(facts) for figure in self._figures] if alike.live else []
        figures = tuple([figure for figure in found if figure is not None])
        made = self._made.get((asked, figures))
        return made or self._new(asked, figures)

    def _asked_of(self, facts: KnownFacts) -> _Asked:
        decision = self._decide.decision(facts)
        eligible = self._alike.outcome is Outcome.ELIGIBLE
        reserved = eligible and bool(decision.reserves)
        if not self._alike.live:
            return _Asked(reserved, (), ())
        missing = tuple(fact.fact for fact in decision.missing)
        asks = dict.fromkeys(question.authority for question in decision.ask_to_decide)
        return _Asked(reserved, missing, tuple(asks))

    def _new(self, asked: _Asked, figures: tuple[Figure, ...]) -> Standing:
        standing = replace(
            self._alike,
            reserved=asked.reserved,
            missing=asked.missing,
            asks=asked.asks,
            amount=figures_text(figures),
            most=most_of(figures),
        )
        if len(self._made) < MOST_MADE:
            self._made[asked, figures] = standing
        return standing


def _below(content: Content, keys: Iterable[str]) -> list[Node]:
    """The derivations of some facts, and of all that they are derived from."""
    found: dict[str, tuple[Node, ...]] = {}
    waiting = list(keys)
    while waiting:
        key = waiting.pop()
        if key not in found:
            found[key] = content.computation.trees.get(key, ())
            waiting += [below for tree in found[key] for below in facts_of(tree)]
    return [tree for trees in found.values() for tree in trees]


def _read_by(editions: Iterable[Edition]) -> list[Node]:
    """What windows read: the places of intakes are looked up one by one."""
    tests: list[Node] = [edition.when for edition in editions if edition.when is not None]
    places = [edition.intakes.by for edition in editions if edition.intakes is not None]
    return [*tests, *(Fact(place) for place in places if place is not None)]


def _alike(decision: Decision) -> Standing:
    """What depends neither on what is missing nor on amounts."""
    window = decision.window
    return Standing(
        scheme=decision.scheme,
        outcome=decision.outcome,
        window=window.state,
        opens=_day(window.opens[0]) if window.state is WindowState.UPCOMING else None,
        closes=_closes(window),
        unmet=decision.unmet,
        unknown=decision.unknown,
        edition=window.edition,
    )


def _closes(window: WindowAnswer) -> datetime.date | None:
    """The next intake, else the last day; nothing where it is not one day for sure."""
    if window.next_intake:
        return _day(window.next_intake)
    first, last = window.closes
    return _day(last) if first == last else None


def _day(iso: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(iso) if iso else None
