"""How does somebody who embeds the engine, or writes another engine, test it?

Hypothesis strategies that draw a vocabulary, well-typed tests over it, profiles with ranges and
holes, worlds and whole schemes; a plain two-valued reading of the rules to compare with; and
`assert_same_meaning`, which holds an engine against the reference:

    from matcher.testing import assert_same_meaning

    def test_my_engine() -> None:
        assert_same_meaning(lambda test, facts: my_engine(test, facts))

The strategies need the extra `aides-matcher[testing]`; it is imported when one is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matcher.testing.agreement import (
        Batch,
        BatchEngine,
        Case,
        Engine,
        assert_same_in_batch,
        assert_same_meaning,
        batches,
        cases,
    )
    from matcher.testing.groups import all_groups, group_of
    from matcher.testing.profile import narrowed, possible, profiles, worlds
    from matcher.testing.rules import amounts, comparisons, rule_tests
    from matcher.testing.scheme import schemes
    from matcher.testing.setting import Setting, settings
    from matcher.testing.situation import Situation, content_of, plans, situations
    from matcher.testing.vocabulary import days, exact_values, vocabularies
    from matcher.testing.world import World, allows, holds, known_of, measured
    from matcher.testing.writing import written

_HOME = {
    "agreement": (
        "Batch",
        "BatchEngine",
        "Case",
        "Engine",
        "assert_same_in_batch",
        "assert_same_meaning",
        "batches",
        "cases",
    ),
    "groups": ("all_groups", "group_of"),
    "profile": ("narrowed", "possible", "profiles", "worlds"),
    "rules": ("amounts", "comparisons", "rule_tests"),
    "scheme": ("schemes",),
    "setting": ("Setting", "settings"),
    "situation": ("Situation", "content_of", "plans", "situations"),
    "vocabulary": ("days", "exact_values", "vocabularies"),
    "world": ("World", "allows", "holds", "known_of", "measured"),
    "writing": ("written",),
}
_MODULE = {name: module for module, names in _HOME.items() for name in names}

__all__ = [
    "Batch",
    "BatchEngine",
    "Case",
    "Engine",
    "Setting",
    "Situation",
    "World",
    "all_groups",
    "allows",
    "amounts",
    "assert_same_in_batch",
    "assert_same_meaning",
    "batches",
    "cases",
    "comparisons",
    "content_of",
    "days",
    "exact_values",
    "group_of",
    "holds",
    "known_of",
    "measured",
    "narrowed",
    "plans",
    "possible",
    "profiles",
    "rule_tests",
    "schemes",
    "settings",
    "situations",
    "vocabularies",
    "worlds",
    "written",
]


def __getattr__(name: str) -> Any:
    if name not in _MODULE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE[name]}"), name)
