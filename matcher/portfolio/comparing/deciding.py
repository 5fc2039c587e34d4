"""Which criteria made the outcome what it is?

A condition that is not met decides nothing where one of its alternatives is: what counts is read
off the groups of the scheme, where its catalogue is there to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.answers.views import Outcome, Status
from matcher.catalogue.model import Criterion, Group
from matcher.meaning.logic import Truth, all_of, any_of, at_least

TRUTHS: Mapping[Status, Truth] = {Status.MET: True, Status.UNMET: False, Status.UNKNOWN: None}
OUTCOMES: Mapping[Outcome, Truth] = {
    Outcome.ELIGIBLE: True,
    Outcome.INELIGIBLE: False,
    Outcome.UNDETERMINED: None,
}
Said = Mapping[str, Status]


def deciding(group: Group | None, said: Said, outcome: Outcome) -> frozenset[str]:
    """The criteria that explain an outcome; without the groups, all those that agree with it."""
    if group is None:
        wanted = OUTCOMES[outcome]
        return frozenset(id_ for id_, status in said.items() if TRUTHS[status] is wanted)
    return frozenset(_reasons(group, said))


def _reasons(item: Group | Criterion, said: Said) -> Iterator[str]:
    if isinstance(item, Criterion):
        yield item.id
        return
    held = _truth(item, said)
    for one in _asked(item, said):
        truth = _truth(one, said)
        # Where a count fails, what is unknown fails it too: not enough would be left.
        short = item.connective == "at_least" and held is False and truth is None
        if truth is held or short:
            yield from _reasons(one, said)


def _truth(item: Group | Criterion, said: Said) -> Truth:
    if isinstance(item, Criterion):
        return TRUTHS[said[item.id]]
    inside = [_truth(one, said) for one in _asked(item, said)]
    match item.connective:
        case "all":
            return all_of(inside)
        case "any":
            return any_of(inside)
        case "at_least":
            return at_least(item.count, inside)


def _asked(group: Group, said: Said) -> list[Group | Criterion]:
    """The items that the edition used asks."""
    return [item for item in group.items if _is_asked(item, said)]


def _is_asked(item: Group | Criterion, said: Said) -> bool:
    if isinstance(item, Criterion):
        return item.id in said
    return any(_is_asked(one, said) for one in item.items)
