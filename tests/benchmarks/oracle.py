"""How few questions would do for somebody who knew all the answers in advance?

The least set of facts that leaves nothing to ask: no way of choosing questions can need fewer. It
is exact. A set is enough when no open scheme waits for a fact any more; where it is not, at least
one fact must come from outside the largest set around it that is not enough either. The least set
that meets all such demands is found, and the demands it shows to be missing are added, until it is
enough (implicit hitting sets).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from applicants import DATE, Truth, catalogue

from matcher.answers.settling import pending
from matcher.facts.profile import Profile
from matcher.language.walk import facts_of

Facts = frozenset[str]


@cache
def open_schemes() -> tuple[str, ...]:
    """The schemes whose window is open, whatever is answered."""
    report = catalogue().match({}, DATE)
    return tuple(d.scheme for d in report.decisions if d.window_found.state == "open")


@cache
def read_by(scheme: str) -> Facts:
    """The facts a person may be asked that a scheme reads, directly or not."""
    content = catalogue().content
    (decision,) = catalogue().match({}, DATE, [scheme]).decisions
    waiting = [key for leaf in decision.plan.leaves for key in facts_of(leaf.test)]
    seen: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in seen:
            seen.add(key)
            trees = content.derivations[key].trees if key in content.derivations else ()
            waiting += [below for tree in trees for below in facts_of(tree)]
    return frozenset(k for k in seen if k in content.vocabulary and content.vocabulary[k].asked)


@dataclass
class Oracle:
    """What is enough for one applicant; each set is looked at once."""

    truth: Truth
    whole: Profile = field(init=False)
    known: dict[tuple[str, Facts], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        keys = sorted({key for scheme in open_schemes() for key in read_by(scheme)})
        self.whole = catalogue().profile({k: self.truth.get(k, "declined") for k in keys})

    def least(self) -> Facts:
        """The smallest set of facts after which no open scheme waits for any."""
        demands = [demand for scheme in open_schemes() for demand in self._apart(scheme)]
        while True:
            chosen = least_meeting(demands)
            short = [scheme for scheme in open_schemes() if not self._enough(scheme, chosen)]
            if not short:
                return chosen
            demands += [self._demand(scheme, chosen) for scheme in short]

    def _apart(self, scheme: str) -> Iterator[Facts]:
        """A few demands that have no fact in common, to begin with."""
        met: Facts = frozenset()
        while not self._enough(scheme, met):
            demand = self._demand(scheme, met)
            met |= demand
            yield demand

    def _demand(self, scheme: str, facts: Facts) -> Facts:
        """Facts of which one at least is needed besides others that are not enough."""
        around = facts & read_by(scheme)
        for key in sorted(read_by(scheme) - around):
            if not self._enough(scheme, around | {key}):
                around |= {key}
        return read_by(scheme) - around

    def _enough(self, scheme: str, facts: Facts) -> bool:
        facts &= read_by(scheme)
        if (scheme, facts) not in self.known:
            values = {key: known for key, known in self.whole.values.items() if key in facts}
            profile = replace(self.whole, values=values, declined=self.whole.declined & facts)
            (decision,) = catalogue().match(profile, DATE, [scheme]).decisions
            self.known[scheme, facts] = pending(decision) is None
        return self.known[scheme, facts]


def least_meeting(demands: Iterable[Facts]) -> Facts:
    """The smallest set that has a fact of each demand."""
    every = sorted(set(demands), key=lambda demand: (len(demand), sorted(demand)))
    kept = [d for i, d in enumerate(every) if not any(other <= d for other in every[:i])]
    size = 0
    while (found := _meeting(kept, frozenset(), size)) is None:
        size += 1
    return found


def _meeting(demands: list[Facts], chosen: Facts, size: int) -> Facts | None:
    left = [demand for demand in demands if not demand & chosen]
    if not left:
        return chosen
    if _at_least(left) > size:
        return None
    for key in sorted(min(left, key=len)):
        found = _meeting(left, chosen | {key}, size - 1)
        if found is not None:
            return found
    return None


def _at_least(demands: list[Facts]) -> int:
    """How many demands have no fact in common: as many facts are needed at least."""
    count, seen = 0, frozenset[str]()
    for demand in demands:
        if not demand & seen:
            count, seen = count + 1, seen | demand
    return count
