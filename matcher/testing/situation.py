"""Which whole situations are drawn: a catalogue of one scheme, and profiles to match with it?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from matcher.catalogue.content import Content
from matcher.catalogue.model import Authority, Derivation, Scheme
from matcher.catalogue.plan import Plan, plan_of
from matcher.facts.profile import Answer, Profile
from matcher.language.text import Text
from matcher.language.tree import Fact, Node
from matcher.meaning.derive import KnownFacts
from matcher.testing.drawing import pick
from matcher.testing.profile import narrowed, profiles, worlds
from matcher.testing.readable import Readable
from matcher.testing.scheme import AUTHORITY, schemes
from matcher.testing.setting import Setting, settings
from matcher.testing.showing import shown
from matcher.testing.world import World, known_of


@dataclass(frozen=True, repr=False)
class Situation(Readable):
    """A scheme, a profile, a profile that knows more, and a world that both allow."""

    setting: Setting
    content: Content
    scheme: Scheme
    profile: Profile
    more: Profile
    world: World

    def __repr__(self) -> str:
        criteria = [leaf.test for plan in self.plans[:1] for leaf in plan.leaves]
        told = shown(self.setting, criteria, self.profile, self.more, self.world)
        return f"{told}\neditions: {self.scheme.editions}"

    @property
    def facts(self) -> KnownFacts:
        """What the profile makes known."""
        return self.setting.facts(self.profile)

    @property
    def more_facts(self) -> KnownFacts:
        """What the profile that knows more makes known."""
        return self.setting.facts(self.more)

    @property
    def exact(self) -> Profile:
        """The profile that knows its world: every fact, and every authority's answer."""
        values = {key: known_of(self.world.values[key]) for key in self.setting.vocabulary}
        answers = {
            key: (Answer(known_of(self.world.values[key]), self._place(key)),)
            for key in self.setting.unknowns
        }
        return Profile(values, answers=answers)

    def _place(self, unknown: str) -> str | None:
        by = self.setting.computation.silences[unknown].by
        return None if by is None else str(self.world.values[by])

    @property
    def plans(self) -> tuple[Plan, ...]:
        """What the scheme asks in each of its editions."""
        return tuple(plan_of(self.scheme, edition) for edition in self.scheme.editions or (None,))


@st.composite
def situations(draw: st.DrawFn, *, derived: bool = True) -> Situation:
    """A catalogue of one scheme, and two profiles, the second of which knows more."""
    whole = draw(settings(derived=derived))
    scheme = draw(schemes(whole.vocabulary))
    content = content_of(whole, scheme)
    unknowns = {u.key: u.declaration() for u in scheme.unknowns.values()}
    setting = replace(whole, computation=content.computation, unknowns=unknowns)
    setting = setting.reading(_trees(scheme))
    world = draw(worlds(setting))
    profile = draw(profiles(setting, world))
    more = draw(narrowed(profile, setting, world))
    return Situation(setting, content, scheme, profile, more, world)


def _trees(scheme: Scheme) -> Iterator[Node]:
    """Every tree of a scheme, with the facts on which its intakes and unknowns depend."""
    yield from scheme.definitions.values()
    yield from (Fact(unknown.by) for unknown in scheme.unknowns.values() if unknown.by)
    for edition in scheme.editions:
        yield from [] if edition.when is None else [edition.when]
        yield from [Fact(edition.intakes.by)] if edition.intakes and edition.intakes.by else []
    for each in scheme.editions or (None,):
        plan = plan_of(scheme, each)
        yield from (leaf.test for leaf in plan.leaves)
        yield from (test for _, test in (*plan.signals, *plan.assessed, *plan.uncoded))
        for aid in plan.aid:
            yield from (aid.when, *aid.amounts.values())


@st.composite
def plans(draw: st.DrawFn, setting: Setting) -> Plan:
    """A scheme as it stands in one of its editions."""
    scheme = draw(schemes(setting.vocabulary))
    return plan_of(scheme, pick(draw, scheme.editions or (None,)))


def content_of(setting: Setting, scheme: Scheme) -> Content:
    """A catalogue that holds one scheme."""
    name = Text("Une autorité", "An authority")
    trees = setting.computation.trees
    return Content(
        vocabulary=setting.vocabulary,
        tables=setting.computation.tables,
        authorities={AUTHORITY: Authority(AUTHORITY, name)},
        derivations={key: Derivation(key, tree, name, ()) for key, tree in trees.items()},
        derived_unknowns={},
        schemes={scheme.id: scheme},
        read_cases=dict,
        digest="drawn",
    )
