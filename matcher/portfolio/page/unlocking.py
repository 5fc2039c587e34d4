"""How many schemes, for how many rows, wait for the answer to each question?

Closed schemes are left out: an answer would change nothing that one can still do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from matcher.catalogue.windows import WindowState
from matcher.portfolio.clients import Client
from matcher.portfolio.standing import Standing


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What waits for a fact: schemes of rows that wait for nothing else, and for others too.

    `rows` are the rows concerned, once each.
    """

    fact: str
    alone: int
    among: int
    rows: int


def unlocking(clients: Sequence[Client]) -> tuple[Unlocked, ...]:
    """The facts that are missing, that which settles or advances most first."""
    counts: dict[str, list[int]] = {}
    for client in clients:
        concerned: set[str] = set()
        for standing in waiting(client):
            for fact in standing.missing:
                found = counts.setdefault(fact, [0, 0, 0])
                found[0 if is_alone(standing) else 1] += 1
                concerned.add(fact)
        for fact in concerned:
            counts[fact][2] += 1
    found_all = (Unlocked(fact, *found) for fact, found in counts.items())
    return tuple(sorted(found_all, key=_order))


def _order(one: Unlocked) -> tuple[int, int, str]:
    return -(one.alone + one.among), -one.alone, one.fact


def waiting(client: Client) -> Iterator[Standing]:
    """The schemes to be clarified of a row, that are not closed."""
    return (standing for standing in client.standings if standing.near)


def is_alone(standing: Standing) -> bool:
    """Whether one answer is all that is awaited, from the applicant or from an authority."""
    return len(standing.missing) == 1 and not standing.asks


def one_answer_away(clients: Iterable[Client]) -> int:
    """How many rows wait for one answer only, for at least one open scheme."""
    return sum(
        any(is_alone(one) and one.window is WindowState.OPEN for one in waiting(client))
        for client in clients
    )
