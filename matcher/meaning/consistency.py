"""Does a profile contradict itself, whatever the date?"""

from __future__ import annotations

from matcher.facts.profile import Profile
from matcher.facts.read_profile import shown_known
from matcher.facts.vocabulary import Vocabulary
from matcher.language.diagnostics import Diagnostics, Place, ProfileError
from matcher.language.text import Text
from matcher.language.walk import facts_of
from matcher.meaning.derive import Computation, KnownFacts


def refuse_contradictions(
    profile: Profile, computation: Computation, vocabulary: Vocabulary
) -> None:
    """Raise `ProfileError` if a given value lies outside what the other values allow."""
    facts = KnownFacts(profile.values, computation, None, profile.answers)
    for key in profile.values:
        if key in computation.trees:
            facts.get(key)
    if not facts.conflicts:
        return
    found = Diagnostics()
    for key in sorted(facts.conflicts):
        others = _given_behind(key, facts)
        found.add(
            "P10",
            Place(profile.file),
            key=key,
            value=shown_known(profile.values[key]),
            others=_named(others, vocabulary),
        )
    raise ProfileError(tuple(found))


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
