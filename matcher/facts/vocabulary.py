"""Which facts can be known, and what is each one's type, bounds, label and question?"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from matcher.facts.shapes import FactShape, VocabularyShape
from matcher.language.diagnostics import Diagnostics
from matcher.language.reading import day_of
from matcher.language.shape import shaped
from matcher.language.text import Text
from matcher.language.tree import Number
from matcher.language.types import ORDERED, Kind, Type
from matcher.language.yaml_text import Document

DEFAULT_DECIMALS = 2
LARGEST = 10**15
RESERVED = frozenset({"none", "unknown", "declined"})


@dataclass(frozen=True, slots=True)
class FactDeclaration:
    """One fact of the vocabulary. Bounds are included; dates are day numbers.

    `codes` names the reference table that lists the codes; `check` the rule of an identifier.
    `asked`: a person may be asked; `settable`: a profile may give it; `overridable`: a given value
    replaces the computed one.
    """

    key: str
    kind: Kind
    unit: str | None
    low: Number | None
    high: Number | None
    label: Text
    question: Text
    decimals: int = DEFAULT_DECIMALS
    help: Text | None = None
    choices: tuple[tuple[str, Text], ...] = ()
    codes: str | None = None
    check: str | None = None
    none: Text | None = None
    asked: bool = True
    settable: bool = True
    sensitive: bool = False
    changeable: bool = False
    overridable: bool = False

    def type(self, members: frozenset[str] | None = None) -> Type:
        """The type of the fact in expressions; `members` are the codes of its table."""
        if self.choices:
            members = frozenset(choice for choice, _ in self.choices)
        unit = "euros" if self.kind is Kind.EUROS else self.unit
        return Type(self.kind, unit, members, self.none is not None)

    def choice_label(self, choice: str) -> Text:
        """What a choice is called; the choice itself when it has no label."""
        return dict(self.choices).get(choice, Text(choice, choice))


Vocabulary = Mapping[str, FactDeclaration]


def read_vocabulary(
    documents: Iterable[Document], tables: Container[str], found: Diagnostics
) -> Vocabulary:
    """The facts of some vocabulary files; mistakes are recorded in `found`.

    `tables` are the names of the reference tables that `codes:` may name.
    """
    facts: dict[str, FactDeclaration] = {}
    for document in documents:
        shape = shaped(document, VocabularyShape, found)
        for key, fact in shape.facts.items() if shape else ():
            place = document.place(("facts", key))
            if key in facts:
                found.add("V01", place, key=key)
            _check(key, fact, document, found)
            if fact.codes is not None and fact.codes not in tables:
                found.add("V06", place, key=key, table=fact.codes)
            facts[key] = _declaration(key, fact)
    return facts


def _declaration(key: str, fact: FactShape) -> FactDeclaration:
    kind = Kind(fact.type)
    decimals = {Kind.EUROS: 2, Kind.INTEGER: 0}.get(kind, fact.decimals)
    return FactDeclaration(
        key=key,
        kind=kind,
        unit=fact.unit,
        low=_bound(fact.min, kind),
        high=_bound(fact.max, kind),
        decimals=DEFAULT_DECIMALS if decimals is None else decimals,
        label=fact.label.text(),
        question=(fact.question or fact.label).text(),
        help=fact.help.text() if fact.help else None,
        choices=tuple((name, text.text()) for name, text in (fact.choices or {}).items()),
        codes=fact.codes,
        check=fact.check,
        none=fact.none.text() if fact.none else None,
        asked=fact.asked and fact.settable,
        settable=fact.settable,
        sensitive=fact.sensitive,
        changeable=fact.changeable,
        overridable=fact.overridable,
    )


def _bound(written: int | Decimal | str | None, kind: Kind) -> Number | None:
    if kind is Kind.DATE and isinstance(written, str):
        return day_of(written)
    return None if written is None or isinstance(written, str) else exact(Fraction(written))


def exact(number: Fraction) -> Number:
    """The number as an integer where it is one."""
    return int(number) if number.denominator == 1 else number


def _fits(bound: Number) -> bool:
    return -LARGEST <= bound <= LARGEST


def _check(key: str, fact: FactShape, document: Document, found: Diagnostics) -> None:
    place = document.place(("facts", key))
    kind = Kind(fact.type)
    low, high = _bound(fact.min, kind), _bound(fact.max, kind)
    wrong_bound = any(
        written is not None and (kind not in ORDERED or bound is None or not _fits(bound))
        for written, bound in ((fact.min, low), (fact.max, high))
    )
    crossed = low is not None and high is not None and low > high
    if wrong_bound or crossed:
        found.add("V02", place, key=key)
    if (fact.choices is not None) != (kind in (Kind.CHOICE, Kind.SET)):
        found.add("V03", place, key=key)
    for reserved in RESERVED & set(fact.choices or {}):
        found.add("V04", place, key=key, choice=reserved)
    if (fact.codes or fact.check) and kind is not Kind.CODE:
        found.add("V05", place, key=key)
