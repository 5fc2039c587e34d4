"""What must be known of an applicant to answer for a scheme?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.authoring.pages_editions import SchemePage
from matcher.authoring.pages_text import Item, bullets
from matcher.language.text import Text
from matcher.language.walk import facts_of

INTRO = Text(
    "Chaque information mène à sa définition, et à la question posée.",
    "Each piece of information leads to its definition, and to the question asked.",
)


def facts_read(page: SchemePage) -> Iterator[str]:
    """The facts that the conditions of the current edition read, in their order."""
    leaves = page.editions[0].plan.leaves
    keys = dict.fromkeys(key for leaf in leaves for key in facts_of(leaf.test))
    known = [key for key in keys if key in page.writer.content.vocabulary]
    if known:
        links = " · ".join(page.writer.fact(key) for key in known)
        yield from (page.writer.put(INTRO), "", *bullets([Item(links)]))
