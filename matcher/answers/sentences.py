"""How is a rule said in French and in English? The sentence is a projection of its tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from matcher.answers.formats import (
    date_text,
    euros_text,
    listed,
    number_text,
    percent_text,
    scalar_text,
    with_unit,
)
from matcher.answers.phrases import (
    COUNTED,
    COUNTED_WORDS,
    DATE_EXPRESSION_WORDS,
    DATE_OF_QUESTION,
    DATE_WORDS,
    FLIPPED,
    MAX_LISTED,
    NEGATED,
    ORDER_WORDS,
    YES_NO,
    alternatives,
    joined,
    negated,
)
from matcher.facts.tables import Tables
from matcher.facts.values import INFINITY, Known, Members, Nothing, Options, Span
from matcher.facts.vocabulary import FactDeclaration, Vocabulary
from matcher.language.text import Text
from matcher.language.tree import (
    AS_OF,
    All,
    Any,
    AtLeast,
    Between,
    Choose,
    Compare,
    Constant,
    Elapsed,
    Extreme,
    Fact,
    IsNone,
    Lookup,
    Member,
    Node,
    Not,
    Parameter,
    Product,
    Relation,
    Scalar,
    Shift,
    Sum,
    Test,
)
from matcher.language.types import Kind


@dataclass(frozen=True)
class Speaker:
    """Says facts, values and trees, with the labels of a vocabulary and of reference tables."""

    vocabulary: Vocabulary
    tables: Tables = field(default_factory=dict)
    unknowns: Mapping[str, FactDeclaration] = field(default_factory=dict)

    # ------------------------------------------------------------------------------- facts, values
    def declaration(self, key: str) -> FactDeclaration | None:
        """The declaration of a fact or of an unknown."""
        return self.vocabulary.get(key) or self.unknowns.get(key)

    def label(self, key: str) -> Text:
        """What a fact is called."""
        if key == AS_OF:
            return DATE_OF_QUESTION
        declared = self.declaration(key)
        return declared.label if declared else Text(key, key)

    def known(self, key: str, known: Known | None) -> Text:
        """What is known of a fact: `85 personnes`, `entre 50 et 99 personnes`, `non renseigné`."""
        fact = self.declaration(key)
        match known:
            case None:
                return Text("non renseigné", "not given")
            case Nothing():
                none = fact.none if fact else None
                return none or Text("néant", "none")
            case Members(items):
                shown = [self._member(fact, item) for item in sorted(items)]
                return (
                    listed(shown, last_fr="et", last_en="and") if shown else Text("aucun", "none")
                )
            case Options(members):
                return self._options(fact, sorted(members, key=str))
            case Span():
                return self._span(fact, known)

    def _options(self, fact: FactDeclaration | None, members: list[Scalar]) -> Text:
        shown = [self._member(fact, member) for member in members[:MAX_LISTED]]
        if len(members) > MAX_LISTED:
            return Text(f"{len(members)} possibilités", f"{len(members)} possibilities")
        return listed(shown)

    def _member(self, fact: FactDeclaration | None, member: Scalar) -> Text:
        if isinstance(member, bool):
            return YES_NO[member]
        if not isinstance(member, str):
            return number_text(member)
        if fact is not None and fact.choices:
            return fact.choice_label(member)
        return self._coded(fact, member)

    def _coded(self, fact: FactDeclaration | None, code: str) -> Text:
        table = self.tables.get(fact.codes or "") if fact else None
        row = table.row(code) if table and "name" in table.columns else None
        text = f"{row['name']} ({code})" if row else code
        return Text(text, text)

    def _span(self, fact: FactDeclaration | None, span: Span) -> Text:
        kind, unit = (fact.kind, fact.unit) if fact else (Kind.NUMBER, None)
        low, high = scalar_text(span.low, kind, unit), scalar_text(span.high, kind, unit)
        if span.low == span.high:
            return low
        if span.high == INFINITY:
            return joined("au moins {low}", "at least {low}", low=low)
        if span.low == -INFINITY:
            return joined("au plus {high}", "at most {high}", high=high)
        return joined("entre {low} et {high}", "between {low} and {high}", low=low, high=high)

    # --------------------------------------------------------------------------------------- tests
    def test(self, test: Test) -> Text:
        """What a test wants: `Assiette éligible : au moins 400 000 €`."""
        match test:
            case Compare(left, op, right):
                return self._compare(left, op, right)
            case Member(operand, values):
                return self._member_of(operand, values)
            case Relation(relation, operand, values):
                return self._relation(relation, operand, values)
            case IsNone(operand):
                return self._none(operand, holds=True)
            case Not(item):
                return self._not(item)
            case All(items):
                return self._several(items, Text(" ; et ", "; and "), Text("toujours", "always"))
            case Any(items):
                return self._several(items, Text(" ; ou ", "; or "), Text("jamais", "never"))
            case AtLeast(count, items):
                several = self._several(items, Text(" ; ", "; "), Text("", ""))
                number = number_text(count)
                return joined(
                    "au moins {n} parmi : {them}", "at least {n} of: {them}", n=number, them=several
                )

    def _several(self, items: Iterable[Test], between: Text, nothing: Text) -> Text:
        said = [self._inner(item) for item in items]
        if not said:
            return nothing
        return Text(between.fr.join(s.fr for s in said), between.en.join(s.en for s in said))

    def _inner(self, item: Test) -> Text:
        said = self.test(item)
        if isinstance(item, All | Any | AtLeast) and len(item.items) > 1:
            return Text(f"({said.fr})", f"({said.en})")
        return said

    def _not(self, item: Test) -> Text:
        match item:
            case Compare(left, op, right):
                return self._compare(left, NEGATED[op], right)
            case Member(operand, values) if values == frozenset({True}):
                return self._pair(operand, YES_NO[False])
            case Member(operand, values):
                members = self._values(operand, values)
                wanted = joined(
                    "ni {them}", "neither {them}", them=alternatives(members, "ni", "nor")
                )
                return self._pair(operand, wanted if len(members) > 1 else negated(members))
            case IsNone(operand):
                return self._none(operand, holds=False)
            case Relation("overlaps", operand, values):
                members = self._values(operand, values)
                if len(members) == 1:
                    return self._pair(operand, negated(members))
                return self._pair(
                    operand, joined("ni {t}", "neither {t}", t=alternatives(members, "ni", "nor"))
                )
            case _:
                return joined(
                    "il n'est pas vrai que ({t})", "it is not true that ({t})", t=self.test(item)
                )

    def _pair(self, operand: Node, wanted: Text) -> Text:
        return joined("{it} : {wanted}", "{it}: {wanted}", it=self.value(operand), wanted=wanted)

    def _compare(self, left: Node, op: str, right: Node) -> Text:
        if isinstance(left, Constant) and not isinstance(right, Constant):
            left, op, right = right, FLIPPED[op], left
        kind, unit = self._kind(left), self._unit(left)
        words = DATE_WORDS if kind is Kind.DATE and isinstance(right, Constant) else ORDER_WORDS
        if kind is Kind.DATE and not isinstance(right, Constant):
            words = DATE_EXPRESSION_WORDS
        wanted = self._apart(right, kind, unit)
        said = COUNTED_WORDS.get(op, words[op]) if unit in COUNTED else words[op]
        phrase = Text(f"{said.fr} {wanted.fr}", f"{said.en} {wanted.en}")
        return self._pair(left, phrase)

    def _member_of(self, operand: Node, values: frozenset[Scalar]) -> Text:
        return self._pair(operand, listed(self._values(operand, values)))

    def _relation(self, relation: str, operand: Node, values: frozenset[str]) -> Text:
        them = listed(self._values(operand, frozenset(values)), last_fr="ou", last_en="or")
        match relation:
            case "overlaps" if len(values) == 1:
                return self._pair(operand, them)
            case "overlaps":
                one = joined("au moins l'un de : {t}", "at least one of: {t}", t=them)
                return self._pair(operand, one)
            case "within":
                return self._pair(operand, joined("seulement {t}", "only {t}", t=them))
            case _:
                every = listed(
                    self._values(operand, frozenset(values)), last_fr="et", last_en="and"
                )
                return self._pair(operand, every)

    def _none(self, operand: Node, *, holds: bool) -> Text:
        fact = self.declaration(operand.key) if isinstance(operand, Fact) else None
        meaning = fact.none if fact and fact.none else Text("néant", "none")
        wanted = meaning if holds else joined("pas « {m} »", "not “{m}”", m=meaning)
        return self._pair(operand, wanted)

    def _values(self, operand: Node, values: Iterable[Scalar]) -> list[Text]:
        fact = self.declaration(operand.key) if isinstance(operand, Fact) else None
        ordered = sorted(values, key=str)
        if len(ordered) <= MAX_LISTED + 1:
            return [self._member(fact, value) for value in ordered]
        shown = [self._member(fact, value) for value in ordered[:MAX_LISTED]]
        more = len(ordered) - MAX_LISTED
        return [*shown, Text(f"{more} autres", f"{more} others")]

    # -------------------------------------------------------------------------------------- values
    def value(self, node: Node) -> Text:
        """What a value is: `35 % × Assiette éligible`."""
        match node:
            case Fact(key):
                return self.label(key)
            case Constant():
                return self._typed(node, node.kind, None)
            case Parameter(name):
                return Text(name, name)
            case Sum() | Product() | Extreme():
                return self._computed(node, self._kind(node), self._unit(node))
            case Shift(date, months):
                minus, count = _without_minus(months)
                sign = "−" if minus else "+"
                shift = self._typed(count, Kind.NUMBER, "months")
                said = self.value(date)
                return Text(f"{said.fr} {sign} {shift.fr}", f"{said.en} {sign} {shift.en}")
            case Elapsed(since):
                return joined(
                    "années écoulées depuis « {d} »", "years since “{d}”", d=self.value(since)
                )
            case Between(low, high):
                return joined(
                    "entre {a} et {b}", "between {a} and {b}", a=self.value(low), b=self.value(high)
                )
            case Choose(branches, otherwise):
                return self._choose(branches, otherwise)
            case Lookup(table, key, column):
                return self._lookup(table, key, column)
            case _:
                return self.test(node)

    def _computed(self, node: Sum | Product | Extreme, kind: Kind, unit: str | None) -> Text:
        """An amount computed from others, said in the unit of what it is compared with."""
        match node:
            case Sum(terms):
                return self._sum(terms, kind, unit)
            case Product(factors):
                return self._product(factors, kind, unit)
            case Extreme(which, items):
                fr, en = ("plus petit", "least") if which == "min" else ("plus grand", "greatest")
                them = [self._apart(item, kind, unit) for item in items]
                return Text(
                    f"le {fr} de : {' ; '.join(t.fr for t in them)}",
                    f"the {en} of: {'; '.join(t.en for t in them)}",
                )

    def _sum(self, terms: tuple[Node, ...], kind: Kind, unit: str | None) -> Text:
        said = Text("", "")
        for index, term in enumerate(terms):
            minus, bare = _without_minus(term)
            sign = "− " if minus else "+ " if index else ""
            part = self._apart(bare, kind, unit)
            said = Text(f"{said.fr} {sign}{part.fr}".strip(), f"{said.en} {sign}{part.en}".strip())
        return said

    def _product(self, factors: tuple[Node, ...], kind: Kind, unit: str | None) -> Text:
        minus, bare = _without_minus(Product(factors))
        if minus:
            said = self._apart(bare, kind, unit)
            return Text(f"−{said.fr}", f"−{said.en}")
        whole = all(isinstance(factor, Constant) for factor in factors)
        parts = [self._factor(f, kind if whole else Kind.NUMBER, unit) for f in factors]
        return Text(" × ".join(p.fr for p in parts), " × ".join(p.en for p in parts))

    def _factor(self, factor: Node, kind: Kind, unit: str | None) -> Text:
        match factor:
            case Constant(int() | Fraction() as share) if 0 < share < 1:
                return percent_text(share)
            case _:
                return self._apart(factor, kind, unit if kind is not Kind.NUMBER else None)

    def _apart(self, node: Node, kind: Kind, unit: str | None) -> Text:
        """A value as part of a longer phrase: between brackets where it would be misread."""
        said = self._typed(node, kind, unit)
        if isinstance(node, Choose | Between | Sum | Extreme):
            return Text(f"({said.fr})", f"({said.en})")
        return said

    def _choose(
        self, branches: tuple[tuple[Test, Node | None], ...], otherwise: Node | None
    ) -> Text:
        said = [
            joined("{v} si ({t})", "{v} if ({t})", v=self._maybe(value), t=self.test(test))
            for test, value in branches
        ]
        said.append(joined("sinon {v}", "else {v}", v=self._maybe(otherwise)))
        return Text(" ; ".join(s.fr for s in said), "; ".join(s.en for s in said))

    def _maybe(self, node: Node | None) -> Text:
        return Text("inconnu", "unknown") if node is None else self.value(node)

    def _lookup(self, table: str, key: str, column: str) -> Text:
        title = self.tables[table].title if table in self.tables else Text(table, table)
        return joined(
            "« {c} » de la table {t}, d'après : {k}",
            "“{c}” in the table {t}, from: {k}",
            c=Text(column, column),
            t=title,
            k=self.label(key),
        )

    def _typed(self, node: Node, kind: Kind, unit: str | None) -> Text:
        """A value said as what it is compared with: 400000 beside euros is 400 000 €."""
        match node:
            case Constant(str() as text):
                return Text(text, text)
            case Constant(bool() as held):
                return YES_NO[held]
            case Constant(int() | Fraction() as number, own):
                if Kind.DATE in (kind, own):
                    return date_text(int(number))
                return euros_text(number) if Kind.EUROS in (kind, own) else with_unit(number, unit)
            case Sum() | Product() | Extreme():
                return self._computed(node, kind, unit)
            case _:
                return self.value(node)

    def _kind(self, node: Node) -> Kind:
        match node:
            case Fact(key):
                fact = self.declaration(key)
                return Kind.DATE if key == AS_OF else fact.kind if fact else Kind.NUMBER
            case Constant(_, kind):
                return kind
            case Shift():
                return Kind.DATE
            case Sum(items) | Product(items) | Extreme(_, items):
                kinds = {self._kind(item) for item in items}
                return next((k for k in (Kind.DATE, Kind.EUROS) if k in kinds), Kind.NUMBER)
            case _:
                return Kind.NUMBER

    def _unit(self, node: Node) -> str | None:
        match node:
            case Fact(key):
                fact = self.declaration(key)
                return fact.unit if fact else None
            case Elapsed():
                return "years"
            case Sum(items) | Extreme(_, items):
                return next((u for item in items if (u := self._unit(item))), None)
            case _:
                return None


def _without_minus(node: Node) -> tuple[bool, Node]:
    match node:
        case Product((Constant(-1), inner)):
            return True, inner
        case _:
            return False, node
