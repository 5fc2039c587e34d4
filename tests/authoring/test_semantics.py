"""Is docs/semantics.md what the code says, and does its prose name what the code names?"""

from typing import get_args

from matcher.answers import decisions
from matcher.authoring.semantics import OUTCOMES, semantics_page
from matcher.language import tree

STALE = "docs/semantics.md is stale: run `matcher rules semantics > docs/semantics.md`"


def test_the_page_is_what_the_code_says(root):
    written = (root / "docs" / "semantics.md").read_text(encoding="utf-8")
    assert written == semantics_page(), STALE


def test_the_outcomes_of_the_page_are_those_of_decisions():
    assert dict(OUTCOMES) == decisions._OUTCOME


def test_every_kind_of_node_is_explained():
    page = semantics_page()
    for kind in (*get_args(tree.Test), *get_args(tree.Value)):
        explained = " ".join(kind.__doc__.split())
        assert not explained.startswith(f"{kind.__name__}("), f"{kind.__name__} has no docstring"
        assert f"`{kind.__name__}(" in page
        assert explained in page


def test_the_example_of_what_is_not_seen_is_true():
    page = semantics_page()
    assert "`x >= 100` is unknown" in page
    assert "`x >= 100 or not x >= 100`: **unknown**" in page
