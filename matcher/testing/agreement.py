"""Does an engine give the same answers as the reference?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matcher.facts.profile import Profile
from matcher.facts.values import Known
from matcher.language.tree import Test
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import truth
from matcher.meaning.logic import Truth
from matcher.testing.drawing import pick
from matcher.testing.profile import narrowed, profiles, worlds
from matcher.testing.readable import Readable
from matcher.testing.rules import MAX_DEPTH, rule_tests
from matcher.testing.setting import Setting, settings
from matcher.testing.showing import one_shown, shown
from matcher.testing.world import World

Engine: TypeAlias = Callable[[Test, KnownFacts], Truth]
"""Says whether a test holds for known facts: True, False or None for unknown."""


# --------------------------------------------------------------------------------- one at a time
@dataclass(frozen=True, repr=False)
class Case(Readable):
    """A test, a profile, a profile that knows more, and a world that both allow."""

    setting: Setting
    test: Test
    profile: Profile
    more: Profile
    world: World

    def __repr__(self) -> str:
        return shown(self.setting, [self.test], self.profile, self.more, self.world)

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
def cases(
    draw: st.DrawFn, *, derived: bool = False, depth: int = MAX_DEPTH, choices: bool = True
) -> Case:
    """A vocabulary, a well-typed test over it, a profile, and what it is to know more.

    `derived` adds computed facts and a reference table, `choices` values that depend on tests.
    """
    whole = draw(settings(derived=derived))
    test = draw(rule_tests(whole.vocabulary, depth, choices=choices))
    setting = whole.reading([test])
    world = draw(worlds(setting))
    profile = draw(profiles(setting, world))
    return Case(setting, test, profile, draw(narrowed(profile, setting, world)), world)


def assert_same_meaning(
    engine: Engine, reference: Engine = truth, *, examples: int = 200, derived: bool = True
) -> None:
    """Raise `AssertionError` with a smallest example if an engine differs from a reference."""

    @_many(examples)
    @given(cases(derived=derived))
    def agree(case: Case) -> None:
        wanted = reference(case.test, case.facts)
        found = engine(case.test, case.facts)
        assert found is wanted, _difference(case.test, case.values, wanted, found)

    agree()


def _many(examples: int) -> hypothesis_settings:
    """So many examples, on a machine as slow as it may be; the smallest failure is enough."""
    return hypothesis_settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[phase for phase in Phase if phase is not Phase.explain],
    )


# ------------------------------------------------------------------------------------- in batches
@dataclass(frozen=True, repr=False)
class Batch(Readable):
    """Several tests and several profiles over one vocabulary."""

    setting: Setting
    tests: tuple[Test, ...]
    profiles: tuple[Profile, ...]

    def __repr__(self) -> str:
        return shown(self.setting, self.tests, *self.profiles)

    @property
    def facts(self) -> tuple[KnownFacts, ...]:
        """What each profile makes known."""
        return tuple(map(self.setting.facts, self.profiles))


BatchEngine: TypeAlias = Callable[[Batch], Sequence[Sequence[Truth]]]
"""Decides a batch: for each profile, the truth of each test, in order."""


@st.composite
def batches(draw: st.DrawFn, *, derived: bool = False, depth: int = 3) -> Batch:
    """One to four tests and up to six profiles over one vocabulary."""
    whole = draw(settings(derived=derived))
    some_tests = tuple(
        draw(rule_tests(whole.vocabulary, depth)) for _ in range(pick(draw, (1, 2, 3, 4)))
    )
    setting = whole.reading(some_tests)
    count = pick(draw, (1, 3, 6, 0))
    return Batch(setting, some_tests, tuple(draw(profiles(setting)) for _ in range(count)))


def assert_same_in_batch(
    engine: BatchEngine, reference: Engine = truth, *, examples: int = 100, derived: bool = False
) -> None:
    """Raise `AssertionError` with a smallest batch if an engine differs from a reference."""

    @_many(examples)
    @given(batches(derived=derived))
    def agree(batch: Batch) -> None:
        answers = engine(batch)
        assert len(answers) == len(batch.profiles), "one row of answers for each profile"
        for profile, facts, row in zip(batch.profiles, batch.facts, answers, strict=True):
            for test, found in zip(batch.tests, row, strict=True):
                wanted = reference(test, facts)
                assert found is wanted, _difference(test, profile.values, wanted, found)

    agree()


def _difference(test: Test, values: Mapping[str, Known], wanted: Truth, found: Truth) -> str:
    lines = [f"the engine says {found}, the reference {wanted}", f"test: {one_shown(test)}"]
    return "\n".join([*lines, *(f"{key}: {known}" for key, known in values.items())])
