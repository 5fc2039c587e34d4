"""What value does an expression stand for: a number, a date, a fact, a sum, a product?"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from fractions import Fraction

from matcher.language.reading import Reading, day_of
from matcher.language.scope import ParameterName
from matcher.language.tree import (
    Between,
    Constant,
    Elapsed,
    Extreme,
    Node,
    Number,
    Parameter,
    Product,
    Shift,
    Sum,
)
from matcher.language.types import BOOLEAN, NUMERIC, ORDERED, Kind, Type
from matcher.language.units import ADAPTS, product_unit
from matcher.language.walk import nodes

MAX_NUMBER = 10**15
MAX_DECIMALS = 30
MAX_MONTHS = 12_000
_LITERAL = Type(Kind.NUMBER, ADAPTS)
_TEXT = Type(Kind.CODE)
_MONTHS = Type(Kind.INTEGER, "months")
_YEARS = Type(Kind.INTEGER, "years")


class ValueReading(Reading):
    """Reads the forms that have a value; each method answers for one form of the syntax."""

    def value(self, node: ast.expr, wanted: Type | None = None) -> tuple[Node, Type]:
        """The tree of a value and its type; a text is read as the wanted type."""
        match node:
            case ast.Constant(value=str(text)):
                return self._text(node, text, wanted)
            case ast.Constant():
                return Constant(self._number(node), Kind.NUMBER), _LITERAL
            case ast.Name(id="true" | "false" as word):
                return Constant(word == "true", Kind.BOOLEAN), BOOLEAN
            case ast.Name() | ast.Attribute():
                return self.name(node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner, type_ = self.numeric(operand)
                return Product((Constant(-1, Kind.NUMBER), inner)), type_
            case ast.BinOp():
                return self._arithmetic(node)
            case ast.Call(func=ast.Name(id=name), args=args) if not node.keywords:
                return self._value_call(name, args, node)
            case _:
                raise self.unknown_form(node, self.source(node))

    def _text(self, node: ast.expr, text: str, wanted: Type | None) -> tuple[Node, Type]:
        match wanted:
            case Type(kind=Kind.DATE):
                day = day_of(text)
                if day is None:
                    raise self.wrong("E12", node, text=text)
                return Constant(day, Kind.DATE), Type(Kind.DATE)
            case Type(kind=Kind.CHOICE | Kind.CODE):
                self.possible(node, text, wanted)
                return Constant(text, wanted.kind), wanted
            case None:
                return Constant(text, Kind.CODE), _TEXT
            case _:
                raise self.wrong("E05", node, got=self.source(node), wanted=wanted)

    def _number(self, node: ast.Constant) -> Number:
        source = self.source(node).replace("_", "")
        if isinstance(node.value, bool) or not source.replace(".", "", 1).isdigit():
            raise self.wrong("E03", node, form=self.source(node))
        number = Fraction(source)
        if number > MAX_NUMBER or len(source.partition(".")[2]) > MAX_DECIMALS:
            raise self.wrong("E14", node, limit="10^15")
        return int(number) if number.denominator == 1 else number

    def numeric(self, node: ast.expr) -> tuple[Node, Type]:
        """The tree of a number and its type."""
        value, type_ = self.value(node)
        if type_.kind not in NUMERIC:
            raise self.wrong("E05", node, got=type_, wanted=Kind.NUMBER)
        return value, type_

    def _arithmetic(self, node: ast.BinOp) -> tuple[Node, Type]:
        left, left_type = self.numeric(node.left)
        right, right_type = self.numeric(node.right)
        match node.op:
            case ast.Add():
                return Sum((left, right)), self.same(left_type, right_type, node)
            case ast.Sub():
                minus = Product((Constant(-1, Kind.NUMBER), right))
                return Sum((left, minus)), self.same(left_type, right_type, node)
            case ast.Mult():
                unit = product_unit(left_type, right_type)
                if unit is None:
                    raise self.wrong("E16", node, left=left_type, right=right_type)
                return Product((left, right)), unit
            case _:
                raise self.unknown_form(node, self.source(node))

    def _value_call(self, name: str, args: Sequence[ast.expr], node: ast.expr) -> tuple[Node, Type]:
        match name:
            case "min" | "max":
                return self._extreme(name, args, node)
            case "between":
                return self._between(args, node)
            case "add_months":
                return self._add_months(args, node)
            case "years_since":
                return self._years_since(args, node)
            case _:
                raise self.unknown_form(node, name)

    def _extreme(self, name: str, args: Sequence[ast.expr], node: ast.expr) -> tuple[Node, Type]:
        if len(args) < 2:
            raise self.wrong("E13", node, name=name, usage=f"{name}(a, b)")
        items, type_ = self._alike(args)
        return Extreme("min" if name == "min" else "max", items), type_

    def _between(self, args: Sequence[ast.expr], node: ast.expr) -> tuple[Node, Type]:
        if len(args) != 2:
            raise self.wrong("E13", node, name="between", usage="between(0.15, 0.30)")
        (low, high), type_ = self._alike(args)
        return Between(low, high), type_

    def _alike(self, args: Sequence[ast.expr]) -> tuple[tuple[Node, ...], Type]:
        read = [self._ordinal(arg) for arg in args]
        type_ = read[0][1]
        for arg, (_, other) in zip(args[1:], read[1:], strict=True):
            type_ = self.same(type_, other, arg)
        return tuple(item for item, _ in read), type_

    def _ordinal(self, node: ast.expr) -> tuple[Node, Type]:
        value, type_ = self.value(node)
        if type_.kind not in ORDERED:
            raise self.wrong("E05", node, got=type_, wanted=Kind.NUMBER)
        return value, type_

    def _add_months(self, args: Sequence[ast.expr], node: ast.expr) -> tuple[Node, Type]:
        if len(args) != 2:
            raise self.wrong("E13", node, name="add_months", usage="add_months(date, 24)")
        date = self._date(args[0])
        months, type_ = self.numeric(args[1])
        self.same(_MONTHS, type_, args[1])
        if (type_.kind is Kind.NUMBER and type_.unit != ADAPTS) or not self._whole(months):
            raise self.wrong("E14", args[1], limit=MAX_MONTHS)
        return Shift(date, months), Type(Kind.DATE)

    def _whole(self, months: Node) -> bool:
        """Whether a number of months is sure to be whole, and not too large."""
        for part in nodes(months):
            match part:
                case Constant(value) if not isinstance(value, int) or abs(value) > MAX_MONTHS:
                    return False
                case Parameter(name):
                    symbol = self.scope.get(name)
                    if isinstance(symbol, ParameterName) and symbol.type.kind is not Kind.INTEGER:
                        return False
                case _:
                    pass
        return True

    def _years_since(self, args: Sequence[ast.expr], node: ast.expr) -> tuple[Node, Type]:
        if len(args) != 1:
            raise self.wrong("E13", node, name="years_since", usage="years_since(date)")
        return Elapsed(self._date(args[0])), _YEARS

    def _date(self, node: ast.expr) -> Node:
        value, type_ = self.value(node, Type(Kind.DATE))
        if type_.kind is not Kind.DATE:
            raise self.wrong("E05", node, got=type_, wanted=Kind.DATE)
        return value
