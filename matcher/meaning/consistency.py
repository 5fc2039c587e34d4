"""Does a profile contradict itself, on a date or whatever the date?"""

from __future__ import annotations

from matcher.facts.profile import Profile
from matcher.facts.read_profile import shown_known
from matcher.facts.vocabulary import Vocabulary
from matcher.language.diagnostics import Diagnostic, Diagnostics, Place, ProfileError
from matcher.language.text import Text
from matcher.language.walk import facts_of
from matcher.meaning.derive import Computation, KnownFacts


def refuse_contradictions(
    profile: Profile,
    computation: Computation,
    vocabulary: Vocabulary,
    day: int | None = None,
    known: frozenset[str] = frozenset(),
) -> frozenset[str]:
    """Raise `ProfileError` if a given value lies outside what the other values allow.

    Without a day, only what is impossible on every date is refused. `known` are facts whose
    contradiction is already known and put up with; all that contradict others are returned.
    """
    facts = KnownFacts(profile.values, computation, day, profile.answers)
    for key in profile.values:
        if key in computation.trees:
            facts.get(key)
    refused = sorted(facts.conflicts.keys() - known)
    if refused:
        raise ProfileError(_contradictions(refused, profile, facts, vocabulary))
    return frozenset(facts.conflicts)


def _contradictions(
    keys: list[str], profile: Profile, facts: KnownFacts, vocabulary: Vocabulary
) -> tuple[Diagnostic, ...]:
    found = Diagnostics()
    for key in keys:
        others = _given_behind(key, facts)
        found.add(
            "P10",
            Place(profile.file),
            key=key,
            value=shown_known(profile.values[key]),
            others=_named(others, vocabulary),
        )
    return tuple(found)


def _given_behind(key: str, facts: KnownFacts) -> list[str]:
    """The given facts from which a fact is computed, directly or not."""
    found: dict[str, None] = {}
    waiting, seen = [key], {key}
    while waiting:
        for tree in facts.computation.trees.get(waiting.pop(), ()):
            for below in facts_of(tree):
                if below not in seen:
                    seen.add(below)
                    waiting.append(below)
                    if below in facts.given:
                        found[below] = None
    return list(found)


def _named(keys: list[str], vocabulary: Vocabulary) -> Text:
    fr = ", ".join(f"« {key} » ({vocabulary[key].label.fr})" for key in keys)
    en = ", ".join(f"“{key}” ({vocabulary[key].label.en})" for key in keys)
    return Text(fr, en)
