"""Which whole situations are drawn: a catalogue of one scheme, and profiles to match with it?"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import strategies as st

from matcher.catalogue.content import Content
from matcher.catalogue.model import Authority, Derivation, Scheme
from matcher.catalogue.plan import Plan, plan_of
from matcher.facts.profile import Profile
from matcher.language.text import Text
from matcher.meaning.derive import KnownFacts
from matcher.testing.drawing import pick
from matcher.testing.profiles import narrowed, profiles, worlds
from matcher.testing.schemes import AUTHORITY, schemes
from matcher.testing.settings import Setting, settings
from matcher.testing.worlds import World


@dataclass(frozen=True)
class Situation:
    """A scheme, a profile, a profile that knows more, and a world that both allow."""

    setting: Setting = field(repr=False)
    content: Content = field(repr=False)
    scheme: Scheme
    profile: Profile = field(repr=False)
    more: Profile = field(repr=False)
    world: World

    @property
    def facts(self) -> KnownFacts:
        """What the profile makes known."""
        return self.setting.facts(self.profile)

    @property
    def more_facts(self) -> KnownFacts:
        """What the profile that knows more makes known."""
        return self.setting.facts(self.more)

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
    world = draw(worlds(setting))
    profile = draw(profiles(setting, world))
    more = draw(narrowed(profile, setting, world))
    return Situation(setting, content, scheme, profile, more, world)


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
