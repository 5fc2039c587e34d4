"""How does generated code hold what is known of each fact?

Numbers and dates are two bounds (`l3`, `h3`), and `n3` where there may be none: 0 there is one,
1 perhaps, 2 there is none. Choices, codes and booleans are the bits of the values that may be
(`m3`); a value that no test mentions is `OTHER`. Sets are a frozenset, or None when not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from matcher.engines.linear import linear
from matcher.facts.values import INFINITY, Members, Nothing, Options, Span
from matcher.language.tree import (
    Compare,
    Fact,
    IsNone,
    Member,
    Node,
    Relation,
    Scalar,
)
from matcher.language.walk import nodes

OTHER = 1
ABSENT = -1
NO_SET = frozenset({"\0"})
"""The set of a fact that is none: it holds nothing that a rule can name, and lies within none."""


@dataclass(frozen=True)
class Slots:
    """The facts that some tests read, by the way they read them, and the bits of each value."""

    spans: tuple[str, ...]
    masks: tuple[str, ...]
    sets: tuple[str, ...]
    bits: Mapping[str, Mapping[Scalar, int]] = field(default_factory=dict)
    never_none: frozenset[str] = frozenset()

    def mask(self, key: str, values: Iterable[Scalar]) -> int:
        """The bits of some values of a fact."""
        return sum(self.bits[key][value] for value in values)


def slots_of(tests: Iterable[Node], never_none: frozenset[str] = frozenset()) -> Slots:
    """The slots that generated code for some tests needs.

    `never_none` are the numbers and dates that there always are: they need no `n3`.
    """
    spans: dict[str, None] = {}
    sets: dict[str, None] = {}
    mentioned: dict[str, dict[Scalar, int]] = {}
    for part in (node for test in tests for node in nodes(test)):
        match part:
            case Member(Fact(key), values) if not any(_is_number(v) for v in values):
                bits = mentioned.setdefault(key, {})
                for value in sorted(values, key=str):
                    bits.setdefault(value, 2 << len(bits))
            case Relation(operand=Fact(key)):
                sets[key] = None
            case Compare(left, _, right) if linear(part) is not None:
                spans.update(dict.fromkeys(_facts(left)), **dict.fromkeys(_facts(right)))
            case IsNone(Fact(key)):
                spans[key] = None
            case _:
                pass
    return Slots(tuple(spans), tuple(mentioned), tuple(sets), mentioned, never_none)


def _is_number(value: Scalar) -> bool:
    return not isinstance(value, str | bool)


def _facts(node: Node) -> list[str]:
    return [part.key for part in nodes(node) if isinstance(part, Fact)]


# ------------------------------------------------------------------------- read by generated code
def span_of(known: object) -> tuple[object, object, int]:
    """The bounds of a number or date, and whether there is one, of anything but an exact number."""
    match known:
        case None:
            return -INFINITY, INFINITY, 1
        case Span(low, high):
            return low, high, 0
        case Nothing():
            return 0, 0, 2
        case _:
            return known, known, 0


def mask_of(known: object, bits: Mapping[Scalar, int]) -> int:
    """The bits of the values that may be."""
    match known:
        case None:
            return ABSENT
        case Options(members):
            mask = 0
            for member in members:
                mask |= bits.get(member, OTHER)
            return mask
        case Nothing():
            return OTHER
        case bool() | str():
            return bits.get(known, OTHER)
        case _:
            return ABSENT


def set_of(known: object) -> frozenset[str] | None:
    """The choices that hold at once, or None."""
    match known:
        case Members(items):
            return items
        case frozenset():
            return known
        case Nothing():
            return NO_SET
        case _:
            return None
