"""What can be said of the schemes of one side: names, statements, groups, editions, windows?

Only a catalogue with the digest of the results speaks for them: another one may have changed a
threshold. Names of schemes and labels of facts are taken from any.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from matcher.answers.decisions import Decision
from matcher.answers.texts import with_parameters
from matcher.answers.wording import window_text
from matcher.api import Catalogue
from matcher.catalogue.model import Criterion, Group, Scheme
from matcher.language.text import Text
from matcher.portfolio.comparing.folders import ResultSet


@dataclass(frozen=True)
class Words:
    """The words of one side. `exact` is its own catalogue, None where it is not known."""

    results: ResultSet
    exact: Catalogue | None
    any_: Catalogue = field(repr=False)

    def has(self, scheme: str) -> bool | None:
        """Whether the catalogue has a scheme; None if only its results are known."""
        if scheme in self.results.schemes:
            return True
        return None if self.exact is None else scheme in self.exact.schemes

    def name(self, scheme: str) -> Text | None:
        """The name of a scheme."""
        for catalogue in (self.exact, self.any_):
            if catalogue is not None and scheme in catalogue.schemes:
                return catalogue.scheme(scheme).name
        return None

    def groups(self, scheme: str) -> Group | None:
        """How the criteria of a scheme are combined."""
        found = self._scheme(scheme)
        return found.criteria if found else None

    def statement(self, scheme: str, criterion: str) -> Text | None:
        """A criterion in words, with the parameters of the edition used."""
        decision = self._decisions.get(scheme)
        if decision is None:
            return None
        for leaf, texts in zip(decision.plan.leaves, decision.texts.criteria, strict=True):
            if leaf.criterion.id == criterion:
                return texts.statement
        found = self._scheme(scheme)
        return _by_default(found, criterion) if found else None

    def edition(self, scheme: str) -> str | None:
        """The edition used, where it is the same for all clients."""
        decision = self._decisions.get(scheme)
        if decision is None or _depends(decision):
            return None
        return decision.window.edition

    def window(self, scheme: str) -> Text | None:
        """The window in words with its dates, where it is the same for all clients."""
        decision = self._decisions.get(scheme)
        if decision is None or _depends(decision) or decision.window_found.waits_for:
            return None
        return window_text(decision.window)

    def _scheme(self, scheme: str) -> Scheme | None:
        return self.exact.content.schemes.get(scheme) if self.exact else None

    @cached_property
    def _decisions(self) -> dict[str, Decision]:
        """What the catalogue says on that date when nothing is known of the client."""
        if self.exact is None:
            return {}
        on = datetime.date.fromordinal(self.results.day)
        schemes = [id_ for id_ in self.results.schemes if id_ in self.exact.content.schemes]
        return {d.scheme: d for d in self.exact.match({}, on, schemes).decisions}


def _depends(decision: Decision) -> bool:
    """Whether the edition depends on the client."""
    window = decision.window_found
    return bool(window.rivals) or window.depends_on is not None


def _by_default(scheme: Scheme, criterion: str) -> Text | None:
    """A criterion of another edition than the one used."""
    values = {name: given.default for name, given in scheme.parameters.items()}
    found = _criterion(scheme.criteria, criterion)
    return with_parameters(found.states, scheme, values) if found else None


def _criterion(group: Group, id_: str) -> Criterion | None:
    for item in group.items:
        found = _criterion(item, id_) if isinstance(item, Group) else item
        if found is not None and found.id == id_:
            return found
    return None


def words_of(results: ResultSet, catalogues: Sequence[Catalogue]) -> Words:
    """The words for a set of results, from the catalogues that are at hand."""
    exact = next((c for c in catalogues if c.digest == results.digest), None)
    return Words(results, exact, exact or catalogues[0])
