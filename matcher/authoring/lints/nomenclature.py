"""Which rules change meaning when a classification of codes is replaced?

The vocabulary marks the facts that hold codes of a classification (`nomenclature: naf`), and
`rules/sets/` says until when it holds and which codes keep their meaning afterwards. A rule that
also reads the version of the classification (a choice with the same mark) already tells them apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matcher.answers.formats import date_text
from matcher.authoring.lints.findings import EVERYWHERE, by_edition, quoted
from matcher.authoring.lints.meaning import Meaning
from matcher.authoring.lints.subject import Subject
from matcher.facts.vocabulary import Vocabulary
from matcher.language.diagnostics import Diagnostic, Place, diagnostic
from matcher.language.reading import day_of
from matcher.language.text import Text
from matcher.language.tree import Fact, Lookup, Member, Node
from matcher.language.types import Kind
from matcher.language.walk import facts_of, nodes


@dataclass(frozen=True, slots=True)
class Nomenclature:
    """A classification that another one follows."""

    name: str
    last_day: int
    next: Text
    lasting: frozenset[str]


Risk = tuple[Nomenclature, tuple[str, ...]]
"""A classification, and the facts that hold its codes."""


def changing(subject: Subject) -> Iterator[Diagnostic]:
    """W12: a rule that may serve after the change and tests codes that do not last."""
    known = {n.name: n for n in _declared(subject)}
    vocabulary = subject.content.vocabulary

    def find(meaning: Meaning) -> Iterator[tuple[str, str, Risk]]:
        edition = meaning.plan.edition
        for id_, key, trees in _tested(meaning):
            for risk in _at_risk(trees, vocabulary, known):
                if edition is None or edition.closes.high > risk[0].last_day:
                    yield id_, key, risk

    for scheme, (id_, key, risk), editions in by_edition(subject, find):
        yield _told(subject.part(scheme, id_, key), id_, risk, editions)
    for derivation in subject.content.derivations.values():
        for risk in _at_risk(derivation.trees, vocabulary, known):
            yield _told(subject.derivation(derivation.fact), derivation.fact, risk, EVERYWHERE)


def _told(place: Place, name: str, risk: Risk, editions: Text) -> Diagnostic:
    nomenclature, facts = risk
    return diagnostic(
        "W12",
        place,
        name=name,
        facts=quoted(facts),
        date=date_text(nomenclature.last_day + 1),
        next=nomenclature.next,
        editions=editions,
    )


def _tested(meaning: Meaning) -> Iterator[tuple[str, str, tuple[Node, ...]]]:
    """The expressions of an edition: the id of their part, a key to show, and the trees."""
    for leaf in meaning.plan.leaves:
        yield leaf.criterion.id, "test", (leaf.test,)
    for signal, test in meaning.plan.signals:
        yield signal.id, "test", (test,)
    for remark, test in (*meaning.plan.assessed, *meaning.plan.uncoded):
        yield remark.id, "when", (test,)
    for aid in meaning.plan.aid:
        yield aid.component.id, "form", (aid.when, *aid.amounts.values())


def _at_risk(
    trees: Iterable[Node], vocabulary: Vocabulary, known: Mapping[str, Nomenclature]
) -> Iterator[Risk]:
    """The facts whose codes are tested and may change meaning, unless their version is read."""
    listed = tuple(trees)
    facts: dict[Nomenclature, list[str]] = {}
    read = {key for tree in listed for key in facts_of(tree)}
    versions = {
        fact.nomenclature
        for key, fact in vocabulary.items()
        if key in read and fact.kind is Kind.CHOICE
    }
    for key in sorted(read & vocabulary.keys()):
        fact = vocabulary[key]
        nomenclature = known.get(fact.nomenclature or "")
        if nomenclature is None or fact.kind is not Kind.CODE or nomenclature.name in versions:
            continue
        if not all(_lasts(node, key, nomenclature) for tree in listed for node in nodes(tree)):
            facts.setdefault(nomenclature, []).append(key)
    yield from ((nomenclature, tuple(keys)) for nomenclature, keys in facts.items())


def _lasts(node: Node, key: str, nomenclature: Nomenclature) -> bool:
    match node:
        case Member(Fact(tested), values) if tested == key:
            return values <= nomenclature.lasting
        case Lookup(key=read):
            return read != key
        case _:
            return True


def _declared(subject: Subject) -> Iterator[Nomenclature]:
    for document in subject.documents.values():
        declared: dict[str, Any] = document.data.get("nomenclatures", {})
        for name, shape in declared.items():
            last_day = day_of(shape["until"])
            if last_day is not None:
                after = Text(shape["next"]["fr"], shape["next"]["en"])
                lasting = frozenset(shape.get("lasting", ()))
                yield Nomenclature(name, last_day, after, lasting)
