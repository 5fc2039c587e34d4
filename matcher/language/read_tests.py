"""What test does an expression stand for: a comparison, a membership, a connective?"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from matcher.language.read_values import ValueReading
from matcher.language.reading import FUNCTIONS, WrongError
from matcher.language.scope import SetName
from matcher.language.tree import (
    All,
    Any,
    AtLeast,
    Compare,
    Constant,
    IsNone,
    Member,
    Node,
    Not,
    Order,
    Relation,
    Scalar,
    Test,
)
from matcher.language.types import LISTED, ORDERED, Kind, Type

_ORDERS: dict[type[ast.cmpop], Order] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_RELATIONS = {"overlaps": "overlaps", "subset": "within", "includes": "includes"}


class TestReading(ValueReading):
    """Reads the forms that are true, false or unknown; one method for each form."""

    def test(self, node: ast.expr) -> Test:
        """The tree of a test."""
        match node:
            case ast.BoolOp(op=ast.And(), values=values):
                return All(_flat(All, self._tests(values)))
            case ast.BoolOp(values=values):
                return Any(_flat(Any, self._tests(values)))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return Not(self.test(operand))
            case ast.Compare():
                return self._comparison(node)
            case ast.Call(func=ast.Name(id=name), args=args) if not node.keywords:
                return self._test_call(name, args, node)
            case ast.Name(id="true"):
                return All(())
            case ast.Name(id="false"):
                return Any(())
            case ast.Name() | ast.Attribute():
                return self._boolean_fact(node)
            case _:
                raise self.wrong("E08", node, text=self.source(node))

    def _tests(self, parts: Sequence[ast.expr]) -> tuple[Test, ...]:
        read: list[Test] = []
        wrong = False
        for part in parts:
            try:
                read.append(self.test(part))
            except WrongError:
                wrong = True
        if wrong:
            raise WrongError
        return tuple(read)

    def _boolean_fact(self, node: ast.expr) -> Test:
        value, type_ = self.name(node)
        if type_.kind is not Kind.BOOLEAN:
            raise self.wrong("E08", node, text=self.source(node))
        return Member(value, frozenset({True}))

    def _test_call(self, name: str, args: Sequence[ast.expr], node: ast.expr) -> Test:
        if name == "at_least":
            return self._at_least(args, node)
        if name == "disjoint":
            return Not(self._relation("overlaps", args, node))
        if name in _RELATIONS:
            return self._relation(name, args, node)
        if name in FUNCTIONS:
            raise self.wrong("E08", node, text=self.source(node))
        raise self.unknown_form(node, name)

    def _at_least(self, args: Sequence[ast.expr], node: ast.expr) -> Test:
        match args:
            case [ast.Constant(value=int(count)), *rest] if rest and not isinstance(count, bool):
                if 1 <= count <= len(rest):
                    return AtLeast(count, self._tests(rest))
        raise self.wrong("E13", node, name="at_least", usage="at_least(2, a, b, c)")

    def _relation(self, name: str, args: Sequence[ast.expr], node: ast.expr) -> Test:
        if len(args) != 2:
            raise self.wrong("E13", node, name=name, usage=f"{name}(project.covered_by, [...])")
        operand, type_ = self.name(args[0])
        if type_.kind is not Kind.SET:
            raise self.wrong("E05", args[0], got=type_, wanted=Kind.SET)
        values, named = self._values(args[1], type_)
        texts = frozenset(str(value) for value in values)
        match _RELATIONS[name]:
            case "overlaps":
                return Relation("overlaps", operand, texts, named)
            case "within":
                return Relation("within", operand, texts, named)
            case _:
                return Relation("includes", operand, texts, named)

    # --------------------------------------------------------------------------------- comparisons
    def _comparison(self, node: ast.Compare) -> Test:
        sides = [node.left, *node.comparators]
        links = [
            self._link(left, op, right)
            for left, op, right in zip(sides, node.ops, sides[1:], strict=False)
        ]
        return links[0] if len(links) == 1 else All(tuple(links))

    def _link(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> Test:
        match op:
            case ast.In():
                return self._member(left, right)
            case ast.NotIn():
                return Not(self._member(left, right))
            case ast.Is():
                return self._is_none(left, right)
            case ast.IsNot():
                return Not(self._is_none(left, right))
            case _:
                return self._ordered(left, _ORDERS[type(op)], right)

    def _is_none(self, left: ast.expr, right: ast.expr) -> Test:
        if not (isinstance(right, ast.Name) and right.id == "none"):
            raise self.wrong("E03", right, form=f"is {self.source(right)}")
        value, type_ = self.name(left)
        if not type_.can_be_none:
            raise self.wrong("E10", left, fact=self.source(left))
        return IsNone(value)

    def _member(self, left: ast.expr, right: ast.expr) -> Test:
        operand, type_ = self.name(left)
        if type_.kind is Kind.SET:
            raise self.wrong("E05", left, got=type_, wanted="choice")
        if type_.kind not in LISTED | {Kind.INTEGER}:
            raise self.wrong("E05", left, got=type_, wanted="choice")
        values, named = self._values(right, type_)
        return Member(operand, values, named)

    def _ordered(self, left: ast.expr, op: Order, right: ast.expr) -> Test:
        if _is_text(left):
            right_node, right_type = self.value(right)
            left_node, left_type = self.value(left, right_type)
        else:
            left_node, left_type = self.value(left)
            right_node, right_type = self.value(right, left_type)
        if {left_type.kind, right_type.kind} <= ORDERED:
            self.same(left_type, right_type, right)
            return Compare(left_node, op, right_node)
        return self._equality(left_node, left_type, op, right_node, right_type, right)

    def _equality(
        self, left: Node, left_type: Type, op: Order, right: Node, right_type: Type, at: ast.expr
    ) -> Test:
        if isinstance(left, Constant):
            left, right, left_type = right, left, right_type
        listed = left_type.kind in LISTED | {Kind.BOOLEAN}
        if op not in ("==", "!=") or not listed:
            raise self.wrong("E05", at, got=right_type, wanted=left_type)
        if not isinstance(right, Constant):
            raise self.wrong("E15", at, text=self.source(at))
        if isinstance(right.value, bool) != (left_type.kind is Kind.BOOLEAN) or not isinstance(
            right.value, bool | str
        ):
            raise self.wrong("E05", at, got=right_type, wanted=left_type)
        same = Member(left, frozenset({right.value}))
        return same if op == "==" else Not(same)

    # ---------------------------------------------------------------------------------------- sets
    def _values(self, node: ast.expr, of: Type) -> tuple[frozenset[Scalar], str | None]:
        match node:
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                return frozenset(self._literal(item, of) for item in items), None
            case ast.Name(id=name):
                return self._named_values(node, name, of), name
            case _:
                raise self.wrong("E03", node, form=self.source(node))

    def _named_values(self, node: ast.expr, name: str, of: Type) -> frozenset[Scalar]:
        symbol = self.scope.get(name)
        if not isinstance(symbol, SetName):
            raise self.unknown_name(node, name)
        for value in symbol.values:
            if isinstance(value, str) == (of.kind is Kind.INTEGER):
                raise self.wrong("E05", node, got=name, wanted=of)
            self.possible(node, value, of)
        return symbol.values

    def _literal(self, node: ast.expr, of: Type) -> Scalar:
        match node:
            case ast.Constant(value=str(text)) if of.kind in LISTED | {Kind.SET}:
                self.possible(node, text, of)
                return text
            case ast.Constant(value=int(number)) if of.kind is Kind.INTEGER:
                if not isinstance(number, bool):
                    return number
        raise self.wrong("E05", node, got=self.source(node), wanted=of)


def _flat(kind: type[All] | type[Any], items: tuple[Test, ...]) -> tuple[Test, ...]:
    """Items of the same connective, one level up: `a and (b and c)` has three items."""
    flat: list[Test] = []
    for item in items:
        flat.extend(item.items if type(item) is kind and item.items else (item,))
    return tuple(flat)


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
