"""What does a scheme ask: its conditions as a tree, with what each test wants in words?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.texts import PlanTexts
from matcher.authoring.pages_editions import SchemePage
from matcher.authoring.pages_text import Item
from matcher.catalogue.check_scheme import criteria_of
from matcher.catalogue.model import Criterion, Discretion, Remark
from matcher.catalogue.plan import ALWAYS, PlannedCriterion, PlannedGroup
from matcher.language.text import Text
from matcher.language.tree import All, Any, Test
from matcher.language.walk import facts_of

ROOTS = {
    "all": Text("Toutes ces conditions sont à remplir.", "All of these conditions must be met."),
    "any": Text("Il suffit d'une de ces conditions.", "Any one of these conditions is enough."),
    "at_least": Text(
        "Au moins {count} de ces conditions sont à remplir.",
        "At least {count} of these conditions must be met.",
    ),
}
UNMARKED = Text(
    "Celles qui ne nomment aucune édition valent pour toutes.",
    "Those that name no edition hold for all of them.",
)
GROUPS = {
    "all": Text("toutes ces conditions :", "all of these conditions:"),
    "any": Text("au moins une de ces conditions :", "at least one of these conditions:"),
    "at_least": Text("au moins {count} de ces conditions :", "at least {count} of these:"),
}
CHECKED = Text("Ce qui est vérifié :", "What is checked:")
CONCERNS = Text("Seulement dans ce cas (sinon, sans objet) :", "Only in this case:")
DECISION = Text("Sinon, l'autorité peut décider", "Otherwise the authority may decide")
IN_CASE = Text("dans ce cas :", "in this case:")
GRANTED = Text("il faut :", "what is needed:")
SILENCE = Text("Non publié, à demander à :", "Not published, to be asked of:")
REMEDY = Text("Que faire :", "What to do:")
INSTEAD = Text("Voir plutôt :", "Look instead at:")
REPEATS = Text("Recoupe :", "Overlaps with:")
WHO = Text("Qui peut répondre :", "Who can tell:")
WHEN = Text("Si :", "If:")
OR = Text("ou", "or")
FAVOURABLE = {
    True: Text("Favorable", "In favour"),
    False: Text("Défavorable", "Against"),
}


def conditions(page: SchemePage) -> Iterator[str]:
    """The conditions of the current edition, then those of the others."""
    root = page.editions[0].plan.criteria
    said = [page.writer.put(ROOTS[root.connective], count=str(root.count))]
    if len(page.editions) > 1:
        said.append(page.writer.put(UNMARKED))
    yield " ".join(said)
    yield ""
    yield from page.by_edition(lambda texts: _Tree(page, texts).items(), numbered=True)


def signals(page: SchemePage) -> Iterator[str]:
    """What speaks for or against, without ever deciding."""
    yield from page.by_edition(lambda texts: _signals(page, texts))


def remarks(page: SchemePage, kind: str) -> Iterator[str]:
    """The `assessed` or the `uncoded` conditions."""
    yield from page.by_edition(lambda texts: _remarks(page, texts, kind))


def _signals(page: SchemePage, texts: PlanTexts) -> Iterator[Item]:
    for (signal, test), statement in zip(texts.plan.signals, texts.signals, strict=True):
        side = page.writer.put(FAVOURABLE[signal.favours])
        said = f"{side} – **{page.writer.say(statement)}**{page.cited(signal.sources)}"
        yield Item(said, (page.trees.test(test).named(page.writer.put(CHECKED)),))


def _remarks(page: SchemePage, texts: PlanTexts, kind: str) -> Iterator[Item]:
    for remark, when, statement in texts.remarks[kind]:
        yield _remark(page, remark, when, statement)


def _remark(page: SchemePage, remark: Remark, when: Test, statement: Text) -> Item:
    below = () if when == ALWAYS else (page.trees.test(when).named(page.writer.put(WHEN)),)
    return Item(f"{page.writer.say(statement)}{page.cited(remark.sources)}", below)


class _Tree:
    """Writes the criteria of one edition."""

    def __init__(self, page: SchemePage, texts: PlanTexts) -> None:
        self.page, self.texts, self.writer = page, texts, page.writer

    def items(self) -> Iterator[Item]:
        return map(self._item, self.texts.plan.criteria.items)

    def _item(self, item: PlannedCriterion | PlannedGroup) -> Item:
        return self._group(item) if isinstance(item, PlannedGroup) else self._criterion(item)

    def _group(self, group: PlannedGroup) -> Item:
        words = self.writer.put(GROUPS[group.connective], count=str(group.count))
        if group.states is None:
            text = f"**{words[:1].upper()}{words[1:]}**"
        else:
            statement = self.writer.say(self.texts.filled(group.states))
            text = f"**{statement}** – {words}"
        return Item(text, tuple(self._item(item) for item in group.items))

    def _criterion(self, leaf: PlannedCriterion) -> Item:
        criterion = leaf.criterion
        statement = self.writer.say(self.texts.filled(criterion.states))
        text = f"**{statement}**{self.page.cited(criterion.sources)}"
        return Item(text, (*self._tests(leaf), *self._advice(criterion)))

    def _tests(self, leaf: PlannedCriterion) -> Iterator[Item]:
        test = self.page.trees.test
        if leaf.only_when is not None:
            yield test(leaf.only_when).named(self.writer.put(CONCERNS))
        yield test(leaf.plain).named(self.writer.put(CHECKED))
        asked = self._silent(leaf.plain)
        if asked:
            yield Item(asked).named(self.writer.put(SILENCE))
        granted = granted_by(leaf)
        if granted is not None:
            yield self._decision(*granted)

    def _decision(self, when: Test | None, grants: Test) -> Item:
        asked = self._silent(grants)
        text = f"*{self.writer.put(DECISION)}*{f' ({asked})' if asked else ''}"
        below = [self.page.trees.test(grants).named(self.writer.put(GRANTED))]
        if when is not None:
            below.insert(0, self.page.trees.test(when).named(self.writer.put(IN_CASE)))
        return Item(text, tuple(below))

    def _silent(self, test: Test) -> str:
        """The authorities that know what a test reads and nobody has published."""
        unknowns = self.writer.content.unknowns
        ids = dict.fromkeys(unknowns[key].ask for key in facts_of(test) if key in unknowns)
        return self.writer.together([self.writer.authority(id_) for id_ in ids], last=OR)

    def _advice(self, criterion: Criterion) -> Iterator[Item]:
        writer = self.writer
        if criterion.remedy is not None:
            remedy = writer.say(self.texts.filled(criterion.remedy))
            yield Item(remedy).named(writer.put(REMEDY))
        if criterion.otherwise is not None:
            yield Item(writer.scheme(criterion.otherwise)).named(writer.put(INSTEAD))
        if criterion.ask is not None:
            yield Item(writer.authority(criterion.ask)).named(writer.put(WHO))
        for other in self._overlapping(criterion):
            yield Item(writer.quoted(other)).named(writer.put(REPEATS))

    def _overlapping(self, criterion: Criterion) -> Iterator[str]:
        for other in criteria_of(self.page.scheme.criteria):
            if other.id in criterion.overlaps_with:
                yield self.writer.say(self.texts.filled(other.states))


def granted_by(leaf: PlannedCriterion) -> tuple[Test | None, Test] | None:
    """Where an authority may decide, and what must then hold; None where it may not.

    Read back from the complete test: `not only_when or plain or (when and grants)`.
    """
    discretion: Discretion | None = leaf.criterion.discretion
    whole = leaf.test
    if leaf.only_when is not None and isinstance(whole, Any):
        whole = whole.items[1]
    if discretion is None or whole == leaf.plain:
        return None
    assert isinstance(whole, Any)
    granted = whole.items[1]
    if discretion.when == ALWAYS:
        return None, granted
    assert isinstance(granted, All)
    return granted.items[0], granted.items[1]
