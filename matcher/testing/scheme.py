"""Which schemes are drawn: criteria in groups, discretion, editions with windows, and aid?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from matcher.catalogue.model import (
    AidComponent,
    Connective,
    Criterion,
    Discretion,
    Edition,
    Editions,
    Group,
    Intakes,
    ParameterValues,
    Relations,
    Remark,
    Scheme,
    Signal,
    Source,
    Unknown,
)
from matcher.catalogue.plan import with_own_values
from matcher.facts.values import INFINITY, Bound, Span
from matcher.facts.vocabulary import Vocabulary
from matcher.language.text import Text
from matcher.language.tree import Compare, Constant, Fact, Member, Node, Test
from matcher.language.types import BOOLEAN, EUROS, Kind
from matcher.testing.drawing import chance, pick, some
from matcher.testing.rules import Author, never_none
from matcher.testing.vocabulary import CHOICES, DAYS, declared

SCHEME = "drawn"
AUTHORITY = "authority"
SOURCE = "S1"
EDITIONS = ("e1", "e2", "e3")
PLACES = "x.region"
GRANTED = f"{SCHEME}/granted"
FLOOR = f"{SCHEME}/floor"
DEFINED = f"{SCHEME}/defined"
PARAMETERS = {"minimum": Kind.EUROS, "staff": Kind.INTEGER}
UNITS = {"minimum": "euros", "staff": "persons"}
SAID = Text("Une condition ; au moins {minimum}", "A condition; at least {minimum}")
NEVER = Span(INFINITY, INFINITY)
NAME = Text("Un dispositif", "A scheme")
_BOUNDS: tuple[tuple[int | None, int | None], ...] = ((None, None), (0, 50), (None, 5))


@st.composite
def schemes(draw: st.DrawFn, vocabulary: Vocabulary) -> Scheme:
    """A scheme over a vocabulary: unknowns, parameters, editions, criteria, remarks and aid."""
    unknowns = _unknowns(draw)
    known = {**vocabulary, **{u.key: u.declaration() for u in unknowns.values()}}
    definition = Author(draw, never_none(known)).chosen("euros", depth=1)
    known[DEFINED] = declared(DEFINED, Kind.EUROS, "euros")
    return _Drafter(draw, Author(draw, known, UNITS)).scheme(unknowns, {DEFINED: definition})


def _unknowns(draw: st.DrawFn) -> dict[str, Unknown]:
    """A yes or no, and an amount that may have bounds, that only an authority can tell."""
    by = pick(draw, (None, PLACES))
    low, high = (
        None if bound is None else Constant(bound, Kind.EUROS) for bound in pick(draw, _BOUNDS)
    )
    granted = Unknown(GRANTED, "granted", BOOLEAN, by, None, None, NAME, AUTHORITY, (SOURCE,))
    floor = Unknown(FLOOR, "floor", EUROS, by, low, high, NAME, AUTHORITY, (SOURCE,))
    return {"granted": granted, "floor": floor}


@dataclass
class _Drafter:
    """Drafts the parts of one scheme."""

    draw: st.DrawFn
    author: Author
    count: int = 0

    def scheme(self, unknowns: dict[str, Unknown], definitions: dict[str, Node]) -> Scheme:
        drafted = Scheme(
            id=SCHEME,
            file=f"schemes/{SCHEME}.yaml",
            family=None,
            name=NAME,
            summary=NAME,
            operators=(AUTHORITY,),
            audience=frozenset(),
            confidence=pick(self.draw, ("high", "low")),
            sources={SOURCE: Source(SOURCE, "Source", None, None, "2026-05-04")},
            parameters=self._parameters(),
            unknowns=unknowns,
            definitions=definitions,
            editions=tuple(self._edition(id_) for id_ in EDITIONS[: pick(self.draw, (1, 2, 3, 0))]),
            criteria=self.group(depth=2),
            signals=(Signal("signal", SAID, True, self.author.test(1), (SOURCE,), None),),
            assessed=(Remark("assessed", SAID, None, (SOURCE,), None),),
            uncoded=(Remark("uncoded", SAID, self._maybe(3), (SOURCE,), self._editions()),),
            aid=(self._aid(),),
            relations=Relations(),
            apply=None,
            notes=(),
        )
        return with_own_values(drafted)

    def _parameters(self) -> dict[str, ParameterValues]:
        return {
            name: ParameterValues(
                Constant(pick(self.draw, (1, 3, 50)), kind),
                {"e2": Constant(pick(self.draw, (0, 2, 400)), kind)},
                UNITS[name],
            )
            for name, kind in PARAMETERS.items()
        }

    def _editions(self) -> Editions:
        return some(self.draw, EDITIONS) if chance(self.draw, 5) else None

    def _maybe(self, out_of: int) -> Test | None:
        return self.author.test(1) if chance(self.draw, out_of) else None

    # ----------------------------------------------------------------------------------- criteria
    def group(self, depth: int) -> Group:
        """A group of one to three criteria or groups."""
        items = tuple(self._item(depth) for _ in range(pick(self.draw, (2, 3, 1))))
        connectives: Sequence[Connective] = ("all", "any", "at_least")
        connective = pick(self.draw, connectives)
        count = pick(self.draw, range(1, len(items) + 1)) if connective == "at_least" else 0
        return Group(connective, items, count, editions=self._editions())

    def _item(self, depth: int) -> Criterion | Group:
        if depth > 1 and chance(self.draw, 3):
            return self.group(depth - 1)
        self.count += 1
        return Criterion(
            id=f"c{self.count}",
            states=SAID,
            test=self.author.test(pick(self.draw, (0, 1, 2))),
            written="",
            sources=(SOURCE,),
            editions=self._editions(),
            only_when=self._maybe(5),
            discretion=self._discretion() if chance(self.draw, 3) else None,
            remedy=SAID,
            ask=AUTHORITY,
            otherwise=None,
            overlaps_with=(),
        )

    def _discretion(self) -> Discretion:
        granted: Test = Member(Fact(GRANTED), frozenset({True}))
        above: Test = Compare(Fact("x.cost"), ">=", Fact(FLOOR))
        return Discretion(self.author.test(1), pick(self.draw, (granted, above)), self._editions())

    # ---------------------------------------------------------------------------- editions and aid
    def _edition(self, id_: str) -> Edition:
        opens, closes = self._dates(), self._dates()
        if closes.low < opens.low:
            opens, closes = closes, opens
        if chance(self.draw, 5):
            closes = NEVER
        return Edition(
            id=id_,
            opens=opens,
            closes=closes,
            when=self._maybe(3),
            intakes=self._intakes() if chance(self.draw, 3) else None,
            note=None,
            sources=(SOURCE,),
            ask=AUTHORITY,
        )

    def _dates(self) -> Span:
        day = pick(self.draw, DAYS)
        ends: Sequence[tuple[Bound, Bound]] = (
            (day, day),
            (day, day + 30),
            (day, INFINITY),
            (-INFINITY, day),
            (-INFINITY, INFINITY),
        )
        low, high = pick(self.draw, ends)
        return Span(low, high)

    def _intakes(self) -> Intakes:
        by = pick(self.draw, (None, PLACES))
        places = CHOICES[:2] if by else ("*",)
        return Intakes(
            by=by,
            known={place: tuple(sorted(some(self.draw, DAYS) | {DAYS[0]})) for place in places},
            elsewhere=pick(self.draw, ("unknown", "open")),
            afterwards=pick(self.draw, ("closed", "unknown", "open")),
            ask=AUTHORITY,
        )

    def _aid(self) -> AidComponent:
        return AidComponent(
            id="grant",
            form="grant",
            states=SAID,
            when=self._maybe(2),
            amount=self.author.chosen("euros", depth=1) if chance(self.draw, 2) else None,
            ceiling=self.author.chosen("euros", depth=1),
            floor=None,
            rate=self.author.chosen("pure", depth=1) if chance(self.draw, 2) else None,
            terms=(),
            sources=(SOURCE,),
            discretionary=False,
            editions=self._editions(),
        )
