"""Does an engine give the same answers as the reference?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matcher.facts.profile import Profile
from matcher.facts.values import Known
from matcher.language.tree import Test
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import truth
from matcher.meaning.logic import Truth
from matcher.testing.profiles import narrowed, profiles, worlds
from matcher.testing.rules import MAX_DEPTH, tests
from matcher.testing.settings import Setting, settings
from matcher.testing.worlds import World

Engine: TypeAlias = Callable[[Test, KnownFacts], Truth]


@dataclass(frozen=True)
class Case:
    """A test, a profile, a profile that knows more, and a world that both allow."""

    setting: Setting = field(repr=False)
    test: Test
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
    def values(self) -> Mapping[str, Known]:
        """The values of the profile."""
        return self.profile.values


@st.composite
def cases(draw: st.DrawFn, *, derived: bool = False, depth: int = MAX_DEPTH) -> Case:
    """A vocabulary, a well-typed test over it, a profile, and what it is to know more."""
    whole = draw(settings(derived=derived))
    test = draw(tests(whole.vocabulary, depth))
    setting = whole.reading([test])
    world = draw(worlds(setting))
    profile = draw(profiles(setting, world))
    return Case(setting, test, profile, draw(narrowed(profile, setting, world)), world)


def assert_same_meaning(
    engine: Engine, reference: Engine = truth, *, examples: int = 200, derived: bool = True
) -> None:
    """Raise `AssertionError` with a smallest example on which an engine differs from a reference.

    An engine takes a test and known facts, and says True, False or None for unknown.
    """

    @hypothesis_settings(
        max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(cases(derived=derived))
    def agree(case: Case) -> None:
        wanted, found = reference(case.test, case.facts), engine(case.test, case.facts)
        assert found is wanted, _difference(case, wanted, found)

    agree()


def _difference(case: Case, wanted: Truth, found: Truth) -> str:
    lines = [f"the engine says {found}, the reference {wanted}", f"test: {case.test}"]
    lines += [f"{key}: {known}" for key, known in case.values.items()]
    return "\n".join(lines)
