"""Which profiles are drawn, which worlds do they allow, and what is it to know more?

A profile is drawn from a world, by forgetting: it can never contradict itself, derived facts and
authorities' answers included. Knowing more is forgetting less of the same world.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from matcher.facts.profile import Answer, Profile
from matcher.facts.values import Known
from matcher.language.tree import Lookup
from matcher.language.walk import nodes
from matcher.testing.settings import Setting
from matcher.testing.vocabularies import allowed, blurred, narrower
from matcher.testing.worlds import Exact, Unsettled, World, allows, measured

SHARES = (Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 7))


# ------------------------------------------------------------------------------------------- worlds
@st.composite
def worlds(draw: st.DrawFn, setting: Setting, profile: Profile | None = None) -> World:
    """A world; if a profile is given, one that its values of facts that are not computed allow."""
    given = {} if profile is None else profile.values
    values: dict[str, Exact] = {}
    for fact in setting.base:
        values[fact.key] = draw(allowed(fact, given.get(fact.key)))
    for key, fact in setting.unknowns.items():
        values[key] = draw(allowed(fact, setting.computation.silences[key].bounds))
    world = World(values, setting.day, draw(st.sampled_from(SHARES)))
    return draw(_computed(setting, world))


@st.composite
def _computed(draw: st.DrawFn, setting: Setting, world: World) -> World:
    """The world with its table cells and derived facts."""
    values, cells = dict(world.values), dict(world.cells)
    world = replace(world, values=values, cells=cells)
    for key, trees in setting.computation.trees.items():
        fact = setting.vocabulary[key]
        for lookup in (node for node in nodes(trees[0]) if isinstance(node, Lookup)):
            table = setting.computation.tables[lookup.table]
            cell = table.cell(str(values[lookup.key]), lookup.column, lookup.absent)
            cells[lookup] = draw(allowed(fact, cell))
        try:
            values[key] = measured(trees[0], world)
        except Unsettled:
            values[key] = draw(allowed(fact, None))
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
        if key in setting.computation.trees and draw(st.integers(0, 2)):
            continue
        known = draw(blurred(fact, world.values[key]))
        if known is not None:
            values[key] = known
    absent = sorted(set(setting.vocabulary) - set(values))
    declined = draw(st.frozensets(st.sampled_from(absent), max_size=2)) if absent else frozenset()
    return Profile(values, declined, draw(_answers(setting, world, {})))


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
        if key in values or key not in setting.computation.trees:
            if draw(st.booleans()):
                values[key] = draw(narrower(fact, values.get(key), world.values[key]))
    answers = draw(_answers(setting, world, profile.answers))
    return Profile(values, profile.declined - set(values), answers)


Answers = dict[str, tuple[Answer, ...]]


@st.composite
def _answers(
    draw: st.DrawFn, setting: Setting, world: World, before: dict[str, tuple[Answer, ...]]
) -> Answers:
    answers = dict(before)
    for key in _unanswered(setting, answers):
        if draw(st.booleans()):
            fact, silence = setting.unknowns[key], setting.computation.silences[key]
            known = draw(narrower(fact, silence.bounds, world.values[key]))
            place = None if silence.by is None else str(world.values[silence.by])
            answers[key] = (Answer(known, place, setting.day),)
    return answers


def _unanswered(setting: Setting, answers: Answers) -> Iterator[str]:
    return (key for key in setting.unknowns if key not in answers)
