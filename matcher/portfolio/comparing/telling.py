"""In which words is a change told, whatever the form?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matcher.answers.views import Outcome, Status
from matcher.answers.wording import WINDOWS
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text
from matcher.portfolio.comparing.codes import Changed
from matcher.portfolio.comparing.kinds import Kind
from matcher.portfolio.comparing.schemes import Alike, Presence, SchemeChanges, Sides

OUTCOMES: Mapping[Outcome | None, Text] = {
    Outcome.ELIGIBLE: Text("éligible", "eligible"),
    Outcome.INELIGIBLE: Text("non éligible", "not eligible"),
    Outcome.UNDETERMINED: Text("à préciser", "to be clarified"),
    None: Text("absent", "not there"),
}
STATUSES: Mapping[Status | None, Text] = {
    Status.MET: Text("rempli", "met"),
    Status.UNMET: Text("non rempli", "not met"),
    Status.UNKNOWN: Text("à préciser", "to be clarified"),
    None: Text("non demandé", "not asked"),
}
ADDED = Text("nouveau critère", "new criterion")
REMOVED = Text("critère retiré", "criterion removed")
NEW_SCHEME = Text("nouveau dispositif", "new scheme")
GONE_SCHEME = Text("dispositif retiré", "scheme removed")
NOT_STUDIED = Text("étudié d'un seul côté : non comparé", "studied on one side only: not compared")
PRESENCES: Mapping[Presence, Text] = {
    Presence.ADDED: NEW_SCHEME,
    Presence.REMOVED: GONE_SCHEME,
    Presence.ONLY_OLD: NOT_STUDIED,
    Presence.ONLY_NEW: NOT_STUDIED,
}
BY_WINDOW = Text("calendrier : {before} → {after}", "calendar: {before} → {after}")
BY_EDITION = Text("édition {before} → {after}", "edition {before} → {after}")
BY_RULE = Text(
    "aucun critère seul ne l'explique : les critères sont combinés autrement",
    "no criterion explains it alone: the criteria are combined differently",
)


@dataclass(frozen=True)
class Teller:
    """Says the changes of one scheme."""

    sides: Sides
    changes: SchemeChanges

    @property
    def name(self) -> Text:
        """The name of the scheme, else its id."""
        id_ = self.changes.scheme
        return self.sides.new.name(id_) or self.sides.old.name(id_) or Text(id_, id_)

    def statement(self, criterion: str) -> Text:
        """A criterion as the new catalogue says it (the old one, if it is removed), or its id."""
        scheme = self.changes.scheme
        there = criterion in self.sides.new.results.criteria(scheme)
        found = (self.sides.new if there else self.sides.old).statement(scheme, criterion)
        return found or Text(criterion, criterion)

    def reworded(self, criterion: str) -> Text | None:
        """What a criterion said before, where both are known and it reads otherwise now."""
        scheme = self.changes.scheme
        before, after = (s.statement(scheme, criterion) for s in (self.sides.old, self.sides.new))
        return before if before and after and before != after else None

    def status(self, change: Changed) -> Text:
        """What a criterion was and is."""
        before, after = STATUSES[change.before], STATUSES[change.after]
        scheme = self.changes.scheme
        if change.criterion not in self.sides.old.results.criteria(scheme):
            before = ADDED
        if change.criterion not in self.sides.new.results.criteria(scheme):
            after = REMOVED
        return arrow(before, after)

    def change(self, change: Changed) -> Text:
        """A criterion, what it said before, and what it was and is."""
        said, status = self.statement(change.criterion), self.status(change)
        before = self.reworded(change.criterion)
        was = Text(f" (avant : « {before.fr} »)", f" (before: “{before.en}”)") if before else None
        parts = (said, was or Text("", ""), status)
        return Text(
            f"« {parts[0].fr} »{parts[1].fr} : {parts[2].fr}",
            f"“{parts[0].en}”{parts[1].en}: {parts[2].en}",
        )

    def reasons(self, alike: Alike) -> list[Text]:
        """Why: the presence of the scheme, its calendar, the criteria that decided."""
        return list(self._reasons(alike))

    def _reasons(self, alike: Alike) -> Iterator[Text]:
        if self.changes.presence in PRESENCES:
            yield PRESENCES[self.changes.presence]
            return
        before, after = alike.outcomes
        yield from (self.change(change) for change in alike.decisive)
        if before is not after and not alike.decisive:
            yield BY_RULE
        if alike.windows[0] is not alike.windows[1]:
            yield by_window(alike)

    def others(self, alike: Alike) -> list[Text]:
        """The criteria that changed too, without deciding."""
        return [self.change(change) for change in alike.changed if not change.decisive]

    def calendars(self, kind: Kind) -> list[tuple[Text, int]]:
        """What the windows of some clients were and are, those of most clients first."""
        counted: Counter[Text] = Counter()
        for alike in self.changes.groups:
            if alike.kind is kind and alike.windows[0] is not alike.windows[1]:
                counted[by_window(alike)] += alike.count
        return sorted(counted.items(), key=lambda one: (-one[1], one[0].fr))

    def editions(self) -> tuple[str | None, str | None]:
        """The editions used, where they are the same for all clients."""
        id_ = self.changes.scheme
        return self.sides.old.edition(id_), self.sides.new.edition(id_)

    def calendar(self) -> Text | None:
        """The calendar before and after, with its dates, where it changed for all clients."""
        before, after = (s.window(self.changes.scheme) for s in (self.sides.old, self.sides.new))
        if before and after and before != after:
            return arrow(before, after)
        editions = self.editions()
        if None in editions or editions[0] == editions[1]:
            return None
        said = zip(("before", "after"), (Text(str(e), str(e)) for e in editions), strict=True)
        return BY_EDITION.filled(dict(said))


def by_window(alike: Alike) -> Text:
    """What the window was and is."""
    before, after = (window_text(window) for window in alike.windows)
    return BY_WINDOW.filled({"before": before, "after": after})


def arrow(before: Text, after: Text) -> Text:
    """What was, and what is."""
    return Text(f"{before.fr} → {after.fr}", f"{before.en} → {after.en}")


def window_text(state: WindowState | None) -> Text:
    """The state of a window."""
    return OUTCOMES[None] if state is None else WINDOWS[state]


def kinds_counted(changes: SchemeChanges) -> dict[str, int]:
    """How many clients each kind has, those who are not listed included."""
    return {str(kind): changes.counts[kind] for kind in Kind if changes.counts.get(kind)}
