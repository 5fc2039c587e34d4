"""How is a drawn example shown when it fails?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping

from matcher.facts.profile import Profile
from matcher.language.tree import Test
from matcher.testing.setting import Setting
from matcher.testing.world import World
from matcher.testing.writing import written


def shown(setting: Setting, tests: Iterable[Test], *known: Profile | World) -> str:
    """The tests, how facts are computed, and what each profile or world holds."""
    lines = [f"on {datetime.date.fromordinal(setting.day).isoformat()}"]
    lines += [f"test: {one_shown(test)}" for test in tests]
    lines += [f"{key} := {trees}" for key, trees in setting.computation.trees.items()]
    lines += [_values(item) for item in known]
    return "\n".join(lines)


def one_shown(test: Test) -> str:
    """A test as text where it has one, else as a tree."""
    try:
        return written(test)
    except ValueError:
        return str(test)


def _values(item: Profile | World) -> str:
    values: Mapping[str, object] = item.values
    listed = "".join(f"\n    {key} = {value}" for key, value in values.items())
    if isinstance(item, World):
        return f"world (share {item.share}, cells {dict(item.cells)}):{listed}"
    return f"profile (answers {dict(item.answers)}):{listed}"
