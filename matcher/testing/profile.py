"""Which profiles are drawn, which worlds do they allow, and what is it to know more?

A profile is drawn from a world, by forgetting: it can never contradict itself, derived facts and
authorities' answers included. Knowing more is forgetting less of the same world.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from matcher.facts.profile import Answer, Profile
from matcher.facts.values import Known
from matcher.language.tree import Lookup
from matcher.language.walk import nodes
from matcher.testing.drawing import chance, pick
from matcher.testing.setting import Setting
from matcher.testing.vocabulary import blurred, exact_value, narrower
from matcher.testing.world import Exact, UnsettledError, World, allows, measured

SHARES = (Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 7))


# ------------------------------------------------------------------------------------------- worlds
@st.composite
def worlds(draw: st.DrawFn, setting: Setting, profile: Profile | None = None) -> World:
    """A world; if a profile is given, one that its values of facts that are not computed allow."""
    given = {} if profile is None else profile.values
    values: dict[str, Exact] = {}
    for fact in setting.base:
        values[fact.key] = exact_value(draw, fact, given.get(fact.key))
    for key, fact in setting.unknowns.items():
        values[key] = exact_value(draw, fact, setting.computation.silences[key].bounds)
    world = World(values, setting.day, pick(draw, SHARES))
    return _computed(draw, setting, world)


def _computed(draw: st.DrawFn, setting: Setting, world: World) -> World:
    """The world with its table cells and derived facts."""
    values, cells = dict(world.values), dict(world.cells)
    world = replace(world, values=values, cells=cells)
    for key, trees in setting.computation.trees.items():
        fact = setting.vocabulary[key]
        for lookup in (node for node in nodes(trees[0]) if isinstance(node, Lookup)):
            table = setting.computation.tables[lookup.table]
            cell = table.cell(str(values[lookup.key]), lookup.column, lookup.absent)
            cells[lookup] = exact_value(draw, fact, cell)
        try:
            values[key] = measured(trees[0], world)
        except UnsettledError:
            values[key] = exact_value(draw, fact)
    return world


def possible(world: World, profile: Profile) -> bool:
    """Whether a profile allows a world, its computed facts included."""
    return all(allows(known, world.values[key]) for key, known in profile.values.items())


# ----------------------------------------------------------------------------------------- profiles
@st.composite
def profiles(draw: st.DrawFn, setting: Setting, world: World | None = None) -> Profile:
    """A profile with exact values, ranges, several choices, none and holes, true in a world."""
    world = draw(worlds(setting)) if world is None else world
    values: dict[str, Known] = {}
    for key, fact in setting.vocabulary.items():
        if key in setting.computation.trees and not chance(draw, 3):
            continue
        known = blurred(draw, fact, world.values[key])
        if known is not None:
            values[key] = known
    absent = sorted(set(setting.vocabulary) - set(values))
    declined = frozenset({pick(draw, absent)}) if absent and chance(draw, 4) else frozenset()
    return Profile(values, declined, _answers(draw, setting, world, {}))


@st.composite
def narrowed(
    draw: st.DrawFn, profile: Profile, setting: Setting, world: World | None = None
) -> Profile:
    """A profile that knows more: each value is the same or narrower, and true in the world.

    Without a world, one is drawn; give one when facts are computed or authorities have answered.
    """
    world = draw(worlds(setting, profile)) if world is None else world
    values = dict(profile.values)
    for key, fact in setting.vocabulary.items():
        computed = key in setting.computation.trees and key not in values
        if not computed and not chance(draw, 3):
            values[key] = narrower(draw, fact, values.get(key), world.values[key])
    answers = _answers(draw, setting, world, profile.answers)
    return Profile(values, profile.declined - set(values), answers)


Answers = Mapping[str, tuple[Answer, ...]]


def _answers(draw: st.DrawFn, setting: Setting, world: World, before: Answers) -> Answers:
    answers = dict(before)
    for key in [key for key in setting.unknowns if key not in before]:
        if chance(draw, 2):
            fact, silence = setting.unknowns[key], setting.computation.silences[key]
            known = narrower(draw, fact, silence.bounds, world.values[key])
            place = None if silence.by is None else str(world.values[silence.by])
            answers[key] = (Answer(known, place, setting.day),)
    return answers
