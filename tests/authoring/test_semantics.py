"""Is docs/semantics.md what the code says, and does its prose name what the code names?"""

from matcher.answers import decisions
from matcher.authoring.semantics import OUTCOMES, semantics_page

STALE = "docs/semantics.md is stale: run `matcher rules semantics > docs/semantics.md`"


def test_the_page_is_what_the_code_says(root):
    written = (root / "docs" / "semantics.md").read_text(encoding="utf-8")
    assert written == semantics_page(), STALE


def test_the_outcomes_of_the_page_are_those_of_decisions():
    assert dict(OUTCOMES) == decisions._OUTCOME


def test_every_kind_of_node_is_explained():
    for line in semantics_page().splitlines():
        if line.startswith("| `") and "(" in line.split("|")[1]:
            assert line.rstrip(" |").endswith((".", "`")), line


def test_the_example_of_what_is_not_seen_is_true():
    page = semantics_page()
    assert "`x >= 100` is unknown" in page
    assert "`x >= 100 or not x >= 100`: **unknown**" in page
