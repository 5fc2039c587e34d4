"""What do the editions of a scheme share, and what is particular to some of them?

A page shows the edition of its date in full. What another edition says otherwise follows apart, so
that nothing is told twice and nothing is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from matcher.answers.formats import iso
from matcher.answers.texts import PlanTexts
from matcher.authoring.pages_text import Item, bullets, escaped
from matcher.authoring.pages_trees import Trees
from matcher.authoring.pages_writer import Writer
from matcher.catalogue.model import Edition, Scheme, Source
from matcher.catalogue.plan import Plan
from matcher.language.text import Text

ONE_EDITION = Text("édition {names}", "edition {names}")
SOME_EDITIONS = Text("éditions {names}", "editions {names}")
ONLY_THERE = Text("({editions} seulement)", "({editions} only)")
OTHERS = Text("**Ce que disent les autres éditions**", "**What the other editions say**")
AND = Text("et", "and")


@dataclass(frozen=True)
class SchemePage:
    """One scheme, the plan of each of its editions, and what writes them."""

    writer: Writer
    scheme: Scheme

    @cached_property
    def trees(self) -> Trees:
        """Writes tests and amounts."""
        return Trees(self.writer)

    @cached_property
    def current(self) -> Edition | None:
        """The edition that answers on the day of the page."""
        report = self.writer.catalogue.match({}, iso(self.writer.day), [self.scheme.id])
        return report.decisions[0].window_found.edition

    @cached_property
    def editions(self) -> tuple[PlanTexts, ...]:
        """The current edition, then the others, the last one first."""
        known: list[Edition | None] = list(reversed(self.scheme.editions))
        first = self.current
        if first is not None:
            known.remove(first)
            known.insert(0, first)
        return tuple(self._texts(edition) for edition in known or [None])

    def _texts(self, edition: Edition | None) -> PlanTexts:
        plan = self.writer.catalogue.plan(self.scheme.id, edition.id if edition else None)
        return PlanTexts(plan, self.writer.speaker)

    # ----------------------------------------------------------------------------------- citations
    @cached_property
    def _places(self) -> dict[str, str]:
        return {id_: f"source-{number}" for number, id_ in enumerate(self.scheme.sources, 1)}

    def place_of(self, source: Source) -> str:
        """Where a source stands on the page."""
        return self._places[source.id]

    def cited(self, ids: Iterable[str]) -> str:
        """Links to the sources of some ids: `[S3]`."""
        links = (f"[{escaped(f'[{id_}]')}](#{self._places[id_]})" for id_ in ids)
        return "".join(f" {link}" for link in links)

    # -------------------------------------------------------------------------------- by edition
    def by_edition(
        self, items_of: Callable[[PlanTexts], Iterable[Item]], *, numbered: bool = False
    ) -> Iterator[str]:
        """A list of the current edition, then what is particular to the others."""
        found = [(_id(texts.plan), list(items_of(texts))) for texts in self.editions]
        holders: dict[Item, list[str]] = {}
        for edition, items in found:
            for item in items:
                holders.setdefault(item, []).append(edition)
        shown = [(item, self._marked(item, editions)) for item, editions in holders.items()]
        now = found[0][1]
        yield from bullets((m for item, m in shown if item in now), numbered=numbered)
        others = [marked for item, marked in shown if item not in now]
        if others:
            yield from ("", self.writer.put(OTHERS), "", *bullets(others))

    def _marked(self, item: Item, editions: list[str]) -> Item:
        """An item with the editions it belongs to, unless it belongs to all."""
        if len(editions) == len(self.editions):
            return item
        note = self.writer.put(ONLY_THERE, editions=self.named(editions))
        return replace(item, text=f"{item.text} *{note}*")

    def named(self, editions: Iterable[str]) -> str:
        """Some editions, in the order of the file."""
        order = [edition.id for edition in self.scheme.editions]
        names = [self.writer.edition(id_) for id_ in sorted(editions, key=order.index)]
        words = ONE_EDITION if len(names) == 1 else SOME_EDITIONS
        return self.writer.put(words, names=self.writer.together(names, last=AND))


def _id(plan: Plan) -> str:
    return plan.edition.id if plan.edition else ""
