"""How does a test or an amount read as a list, one line for each alternative?

What fits on a line is said by the sentences of the answers; what has parts is a line and the list
of its parts, so that no bracket is ever needed to know what belongs together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from matcher.answers.phrases import YES_NO
from matcher.authoring.pages_measures import EUROS, PLAIN, SHARE, Measure, is_share, measure_of
from matcher.authoring.pages_members import membership
from matcher.authoring.pages_text import Item
from matcher.authoring.pages_writer import Writer
from matcher.language.text import Text
from matcher.language.tree import (
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
    Order,
    Parameter,
    Product,
    Relation,
    Shift,
    Sum,
    Test,
)
from matcher.language.types import Kind

ALL_OF = Text("toutes ces conditions :", "all of these conditions:")
ANY_OF = Text("au moins une de ces conditions :", "at least one of these conditions:")
SOME_OF = Text("au moins {count} de ces conditions :", "at least {count} of these conditions:")
NONE_OF = Text("aucune de ces conditions :", "none of these conditions:")
NOT_ALL_OF = Text("pas toutes ces conditions à la fois :", "not all of these conditions together:")
LEAST = Text("le plus petit de :", "the least of:")
GREATEST = Text("le plus grand de :", "the greatest of:")
SUM_OF = Text("la somme de :", "the sum of:")
MINUS = Text("moins :", "minus:")
PRODUCT_OF = Text("le produit de :", "the product of:")
BY_CASE = Text("une valeur qui dépend du cas :", "a value that depends on the case:")
BY_FIRST = Text(
    "la valeur de la première ligne qui convient :", "the value on the first line that fits:"
)
IF = Text("{value} si {test}", "{value} if {test}")
IF_ONLY = Text("si {test}, {value}", "if {test}, {value}")
BOTH_BLOCK = Text("sous condition :", "on a condition:")
WHAT = Text("valeur :", "value:")
WHEN = Text("condition :", "condition:")
RANGE = Text("entre {low} et {high}", "between {low} and {high}")
RANGE_BLOCK = Text(
    "entre les deux valeurs suivantes (le texte n'en dit pas plus) :",
    "between these two values (the text says no more):",
)
AND, OR = Text(" ; et ", "; and "), Text(" ; ou ", "; or ")
ELSE = Text("sinon, {value}", "otherwise, {value}")
LOOKED_UP = Text(
    "lu dans la table [{title}]({up}tables.md#{name}), d'après : {key}",
    "read in the table [{title}]({up}tables.md#{name}), from: {key}",
)
UNKNOWN = Text("inconnu", "unknown")
FOLLOWING_DAY = Text("jour suivant", "the following day")
FOLLOWING_VALUE = Text("la valeur suivante", "the following value")
_FLIPPED: dict[Order, Order] = {
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
    "==": "==",
    "!=": "!=",
}
_NEGATED: dict[Order, Order] = {
    "<": ">=",
    "<=": ">",
    ">": "<=",
    ">=": "<",
    "==": "!=",
    "!=": "==",
}
_FLAT_ITEMS = 3


@dataclass(frozen=True)
class Trees:
    """Writes tests and values as lines and lists."""

    writer: Writer

    # --------------------------------------------------------------------------------------- tests
    def test(self, test: Test) -> Item:
        """What a test wants."""
        match test:
            case All((item,)) | Any((item,)) | AtLeast(1, (item,)):
                return self.test(item)
            case All(items) if items:
                return self._several(ALL_OF, items)
            case Any(items) if items:
                return self._several(ANY_OF, items)
            case AtLeast(count, items):
                return self._several(SOME_OF, items, count=str(count))
            case Not(All(items)) if len(items) > 1:
                return self._several(NOT_ALL_OF, items)
            case Not(Any(items)) if len(items) > 1:
                return self._several(NONE_OF, items)
            case Not(Compare(left, op, right)):
                return self.test(Compare(left, _NEGATED[op], right))
            case Compare(left, op, right) if not (is_flat(left) and is_flat(right)):
                return self._compare(left, op, right)
            case _:
                return self._line(test)

    def _line(self, test: Test) -> Item:
        said = membership(test, self.writer)
        return Item(self.writer.say(self.writer.speaker.test(test)) if said is None else said)

    def _several(self, words: Text, items: Sequence[Test], **parts: str) -> Item:
        return Item(self.writer.put(words, **parts), tuple(self.test(item) for item in items))

    def _compare(self, left: Node, op: Order, right: Node) -> Item:
        """The side that fits on a line, then the parts of the other."""
        if not is_flat(left):
            if not is_flat(right):
                return self._line(Compare(left, op, right))
            left, op, right = right, _FLIPPED[op], left
        date = isinstance(left, Fact) and self._is_date(left.key)
        following = FOLLOWING_DAY if date else FOLLOWING_VALUE
        place = Constant(following.in_(self.writer.lang), Kind.CODE)
        said = self._line(Compare(left, op, place))
        measure = measure_of(left, self.writer.speaker) or PLAIN
        parts = self.value(right, measure)
        below = parts.below if parts.text in self._by_case else (parts,)
        return Item(f"{said.text}{self._colon}", below)

    def _is_date(self, key: str) -> bool:
        fact = self.writer.speaker.declaration(key)
        return fact is not None and fact.kind is Kind.DATE

    @property
    def _by_case(self) -> tuple[str, str]:
        return self.writer.put(BY_CASE), self.writer.put(BY_FIRST)

    @property
    def _colon(self) -> str:
        return " :" if self.writer.lang == "fr" else ":"

    # -------------------------------------------------------------------------------------- values
    def value(self, node: Node, measure: Measure = PLAIN) -> Item:
        """What a value is; its bare numbers are said by `measure`."""
        match node:
            case Constant(bool() | str()) | Constant(kind=Kind.DATE):
                return Item(self.writer.say(self.writer.speaker.value(node)))
            case Constant(int() | Fraction() as number, kind):
                said = EUROS if kind is Kind.EUROS else measure
                return Item(self.writer.say(said(number)))
            case Sum(terms):
                return self._sum(terms, measure_of(node, self.writer.speaker) or measure)
            case Product(factors):
                return self._product(factors, measure)
            case Extreme(which, items):
                inner = measure_of(node, self.writer.speaker) or measure
                words = LEAST if which == "min" else GREATEST
                parts = tuple(self.value(item, inner) for item in items)
                return Item(self.writer.put(words), parts)
            case Choose(branches, otherwise):
                return self._choose(branches, otherwise, measure)
            case Lookup(table, key):
                return self._lookup(table, key)
            case Between(low, high):
                return self._between(self.value(low, measure), self.value(high, measure))
            case All(()) | Any(()):
                return Item(self.writer.say(YES_NO[isinstance(node, All)]))
            case _ if isinstance(node, Test):
                return self.test(node)
            case _:
                return Item(self.writer.say(self.writer.speaker.value(node)))

    def _sum(self, nested: Sequence[Node], measure: Measure) -> Item:
        terms = list(_terms(nested))
        parts = [(minus, self.value(bare, measure)) for minus, bare in map(_signed, terms)]
        if all(is_flat(term) for term in terms):
            signs = ["− " if minus else "+ " if i else "" for i, (minus, _) in enumerate(parts)]
            joined = zip(signs, parts, strict=True)
            return Item(" ".join(sign + part.text for sign, (_, part) in joined))
        minus_word = self.writer.put(MINUS)
        below = (
            replace(part, text=f"{minus_word} {part.text}") if minus else part
            for minus, part in parts
        )
        return Item(self.writer.put(SUM_OF), tuple(below))

    def _between(self, low: Item, high: Item) -> Item:
        if low.below or high.below:
            return Item(self.writer.put(RANGE_BLOCK), (low, high))
        return Item(self.writer.put(RANGE, low=low.text, high=high.text))

    def _product(self, factors: Sequence[Node], measure: Measure) -> Item:
        said = [self.value(factor, self._measure(factor, factors, measure)) for factor in factors]
        nested = [item for item in said if item.below]
        if not nested:
            return Item(" × ".join(item.text for item in said))
        if len(nested) > 1:
            return Item(self.writer.put(PRODUCT_OF), tuple(said))
        flat = [item.text for item in said if not item.below]
        return replace(nested[0], text=" × ".join([*flat, nested[0].text]))

    def _measure(self, factor: Node, factors: Sequence[Node], measure: Measure) -> Measure:
        """A share beside an amount is a percentage; another bare factor is a plain number."""
        if is_share(factor, self.writer.speaker):
            return SHARE
        return measure if len(factors) == 1 else PLAIN

    def _lookup(self, table: str, key: str) -> Item:
        writer = self.writer
        known = writer.content.tables.get(table)
        title = writer.name(known.title if known else Text(table, table))
        label = writer.name(writer.speaker.label(key))
        return Item(writer.put(LOOKED_UP, title=title, up=writer.up, name=table, key=label))

    def _choose(
        self,
        branches: Sequence[tuple[Test, Node | None]],
        otherwise: Node | None,
        measure: Measure,
    ) -> Item:
        lines = [self._branch(test, self._maybe(value, measure)) for test, value in branches]
        last = self._maybe(otherwise, measure)
        lines.append(replace(last, text=self.writer.put(ELSE, value=last.text)))
        words = BY_CASE if len(branches) == 1 else BY_FIRST
        return Item(self.writer.put(words), tuple(lines))

    def _branch(self, test: Test, value: Item) -> Item:
        condition = Item(self._flat(test)) if _on_one_line(test) else self.test(test)
        match bool(condition.below), bool(value.below):
            case False, False:
                return Item(self.writer.put(IF, value=value.text, test=condition.text))
            case False, True:
                said = self.writer.put(IF_ONLY, test=condition.text, value=value.text)
                return Item(said, value.below)
            case True, False:
                said = self.writer.put(IF, value=value.text, test=condition.text)
                return Item(said, condition.below)
            case _:
                parts = (
                    condition.named(self.writer.put(WHEN)),
                    value.named(self.writer.put(WHAT)),
                )
                return Item(self.writer.put(BOTH_BLOCK), parts)

    def _flat(self, test: Test) -> str:
        match test:
            case All(items):
                return self.writer.put(AND).join(self._line(item).text for item in items)
            case Any(items):
                return self.writer.put(OR).join(self._line(item).text for item in items)
            case _:
                return self._line(test).text

    def _maybe(self, node: Node | None, measure: Measure) -> Item:
        return Item(self.writer.put(UNKNOWN)) if node is None else self.value(node, measure)


def is_flat(node: Node) -> bool:
    """Whether a value or a test fits on a line without a bracket."""
    match node:
        case Fact() | Constant() | Parameter() | Lookup():
            return True
        case Elapsed(item) | IsNone(item) | Member(item) | Relation(_, item):
            return is_flat(item)
        case Shift(left, right) | Between(left, right) | Compare(left, _, right):
            return is_flat(left) and is_flat(right)
        case Product(items):
            return all(is_flat(item) and not isinstance(item, Sum) for item in items)
        case Sum(items):
            bare = [part for _, part in map(_signed, items)]
            return all(is_flat(part) and not isinstance(part, Sum) for part in bare)
        case Not(item):
            return is_flat(item)
        case _:
            return False


def _on_one_line(test: Test) -> bool:
    """Whether a condition is short enough to stand after a value: a few tests with one word."""
    match test:
        case All(items) | Any(items):
            return len(items) <= _FLAT_ITEMS and all(is_flat(item) for item in items)
        case _:
            return is_flat(test)


def _terms(terms: Sequence[Node]) -> Iterator[Node]:
    """The terms of a sum, those of a sum within it included."""
    for term in terms:
        if isinstance(term, Sum):
            yield from _terms(term.terms)
        else:
            yield term


def _signed(term: Node) -> tuple[bool, Node]:
    match term:
        case Product((Constant(-1), bare)):
            return True, bare
        case _:
            return False, term
