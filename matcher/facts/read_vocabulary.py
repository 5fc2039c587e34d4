"""Which facts do the files of a vocabulary declare?"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from matcher.facts.read_siting import check_sitings, siting_of
from matcher.facts.shapes import FactShape, VocabularyShape
from matcher.facts.tables import Tables
from matcher.facts.vocabulary import (
    DEFAULT_DECIMALS,
    LARGEST,
    RESERVED,
    FactDeclaration,
    Vocabulary,
    exact,
)
from matcher.language.diagnostics import Diagnostics
from matcher.language.reading import day_of
from matcher.language.shape import shaped
from matcher.language.tree import Number
from matcher.language.types import ORDERED, Kind
from matcher.language.yaml_text import Document


def read_vocabulary(
    documents: Iterable[Document], tables: Tables, found: Diagnostics
) -> Vocabulary:
    """The facts of some vocabulary files; mistakes are recorded in `found`.

    `tables` are the reference tables that `codes:` may name.
    """
    facts: dict[str, FactDeclaration] = {}
    sited: dict[str, Document] = {}
    for document in documents:
        shape = shaped(document, VocabularyShape, found)
        for key, fact in shape.facts.items() if shape else ():
            place = document.place(("facts", key))
            if key in facts:
                found.add("V01", place, key=key)
            _check(key, fact, document, found)
            for table in (fact.codes, fact.or_codes, fact.nomenclature, fact.brackets):
                if table is not None and table not in tables:
                    found.add("V06", place, key=key, table=table)
            facts[key] = _declaration(key, fact)
            sited.update({key: document} if fact.elsewhere else {})
    check_sitings(sited, facts, tables, found)
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
        or_codes=fact.or_codes,
        check=fact.check,
        none=fact.none.text() if fact.none else None,
        asked=fact.asked and fact.settable,
        settable=fact.settable,
        sensitive=fact.sensitive,
        changeable=fact.changeable,
        overridable=fact.overridable,
        nomenclature=fact.nomenclature,
        brackets=fact.brackets,
        elsewhere=siting_of(fact.elsewhere) if fact.elsewhere else None,
    )


def _bound(written: int | Decimal | str | None, kind: Kind) -> Number | None:
    if kind is Kind.DATE and isinstance(written, str):
        return day_of(written)
    return None if written is None or isinstance(written, str) else exact(Fraction(written))


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
