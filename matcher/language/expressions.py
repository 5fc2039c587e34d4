"""What typed tree does the text of an expression stand for?

Python's own parser reads the syntax (nothing is ever run); names are resolved, types and units
checked, and every mistake becomes a diagnostic with its column.
"""

from __future__ import annotations

import ast
import datetime
from collections.abc import Sequence
from fractions import Fraction

from matcher.language.diagnostics import Diagnostics, Place, nearest
from matcher.language.scope import FactName, ParameterName, Scope, SetName
from matcher.language.tree import (
    All,
    Any,
    AtLeast,
    Between,
    Compare,
    Constant,
    Elapsed,
    Extreme,
    Fact,
    IsNone,
    Member,
    Node,
    Not,
    Number,
    Order,
    Parameter,
    Product,
    Relation,
    Scalar,
    Shift,
    Sum,
    Test,
)
from matcher.language.types import BOOLEAN, LISTED, NUMERIC, ORDERED, Kind, Type
from matcher.language.units import ADAPTS, product_unit, same_unit
from matcher.language.walk import nodes

MAX_TEXT = 4_000
MAX_NESTING = 24
MAX_NUMBER = 10**15
MAX_MONTHS = 12_000

_ORDERS: dict[type[ast.cmpop], Order] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_LITERAL = Type(Kind.NUMBER, ADAPTS)
_TEXT = Type(Kind.CODE)
_MONTHS = Type(Kind.INTEGER, "months")
_YEARS = Type(Kind.INTEGER, "years")
_RELATIONS = {"overlaps": "overlaps", "subset": "within", "includes": "includes"}
FUNCTIONS = (
    "at_least",
    "min",
    "max",
    "between",
    "add_months",
    "years_since",
    "overlaps",
    "disjoint",
    "subset",
    "includes",
)


class _Wrong(Exception):
    """One operand is wrong; its diagnostic is already recorded."""


def read_test(text: str, scope: Scope, place: Place, found: Diagnostics) -> Test | None:
    """The tree of a test, or None after recording what is wrong with it."""
    reader = _Reader(text, scope, place, found)
    try:
        return reader.whole_test()
    except _Wrong:
        return None


def read_value(
    text: str, scope: Scope, place: Place, found: Diagnostics, wanted: Type
) -> Node | None:
    """The tree of an expression of the wanted type, or None after recording what is wrong."""
    reader = _Reader(text, scope, place, found)
    try:
        return reader.whole_value(wanted)
    except _Wrong:
        return None


def day_of(text: str) -> int | None:
    """The day number of an ISO date, or None if the text is not one."""
    if len(text) != 10:
        return None
    try:
        return datetime.date.fromisoformat(text).toordinal()
    except ValueError:
        return None


class _Reader:
    """Reads one expression; each method answers for one form of the syntax."""

    def __init__(self, text: str, scope: Scope, place: Place, found: Diagnostics) -> None:
        self.text = " ".join(text.split())
        self.scope = scope
        self.place = place
        self.found = found

    # ---------------------------------------------------------------------------------- the whole
    def whole_test(self) -> Test:
        before = len(self.found)
        test = self.test(self._syntax())
        if len(self.found) > before:
            raise _Wrong
        self._guarded(test)
        return test

    def whole_value(self, wanted: Type) -> Node:
        root = self._syntax()
        if wanted.kind is Kind.BOOLEAN:
            test = self.test(root)
            self._guarded(test)
            return test
        node, type_ = self.value(root, wanted)
        self._same(wanted, type_, root)
        self._guarded(node)
        return node

    def _syntax(self) -> ast.expr:
        if len(self.text) > MAX_TEXT or _nesting(self.text) > MAX_NESTING:
            raise self._wrong("E02", None, limit=MAX_TEXT, depth=MAX_NESTING)
        try:
            return ast.parse(self.text, mode="eval").body
        except SyntaxError as error:
            place = self.place.shifted((error.offset or 1) - 1)
            self.found.add("E01", place, text=self.text, problem=error.msg)
        except (ValueError, RecursionError, MemoryError):
            self.found.add("E02", self.place, limit=MAX_TEXT, depth=MAX_NESTING)
        raise _Wrong

    def _guarded(self, tree: Node) -> None:
        self._read_once(tree)
        asked = {n.operand for n in nodes(tree) if isinstance(n, IsNone)}
        for part in nodes(tree):
            if isinstance(part, Compare | Shift | Elapsed):
                for fact in (n for n in nodes(part) if isinstance(n, Fact) and n not in asked):
                    symbol = self.scope.get(fact.key)
                    if isinstance(symbol, FactName) and symbol.type.can_be_none:
                        raise self._wrong("E11", None, fact=fact.key)

    def _read_once(self, tree: Node) -> None:
        for part in nodes(tree):
            if isinstance(part, Compare):
                keys = [n.key for n in nodes(part) if isinstance(n, Fact)]
                twice = next((key for key in keys if keys.count(key) > 1), None)
                if twice:
                    raise self._wrong("E17", None, fact=twice)

    # --------------------------------------------------------------------------------------- tests
    def test(self, node: ast.expr) -> Test:
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
                raise self._wrong("E08", node, text=self._source(node))

    def _tests(self, parts: Sequence[ast.expr]) -> tuple[Test, ...]:
        read: list[Test] = []
        wrong = False
        for part in parts:
            try:
                read.append(self.test(part))
            except _Wrong:
                wrong = True
        if wrong:
            raise _Wrong
        return tuple(read)

    def _boolean_fact(self, node: ast.expr) -> Test:
        value, type_ = self._name(node)
        if type_.kind is not Kind.BOOLEAN:
            raise self._wrong("E08", node, text=self._source(node))
        return Member(value, frozenset({True}))

    def _test_call(self, name: str, args: Sequence[ast.expr], node: ast.expr) -> Test:
        if name == "at_least":
            return self._at_least(args, node)
        if name == "disjoint":
            return Not(self._relation("overlaps", args, node))
        if name in _RELATIONS:
            return self._relation(name, args, node)
        if name in FUNCTIONS:
            raise self._wrong("E08", node, text=self._source(node))
        raise self._unknown_form(node, name)

    def _at_least(self, args: Sequence[ast.expr], node: ast.expr) -> Test:
        match args:
            case [ast.Constant(value=int(count)), *rest] if rest and not isinstance(count, bool):
                if 1 <= count <= len(rest):
                    return AtLeast(count, self._tests(rest))
        raise self._wrong("E13", node, name="at_least", usage="at_least(2, a, b, c)")

    def _relation(self, name: str, args: Sequence[ast.expr], node: ast.expr) -> Test:
        if len(args) != 2:
            raise self._wrong("E13", node, name=name, usage=f"{name}(project.covered_by, [...])")
        operand, type_ = self._name(args[0])
        if type_.kind is not Kind.SET:
            raise self._wrong("E05", args[0], got=type_, wanted=Kind.SET)
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
            raise self._wrong("E03", right, form=f"is {self._source(right)}")
        value, type_ = self._name(left)
        if not type_.can_be_none:
            raise self._wrong("E10", left, fact=self._source(left))
        return IsNone(value)

    def _member(self, left: ast.expr, right: ast.expr) -> Test:
        operand, type_ = self._name(left)
        if type_.kind is Kind.SET:
            raise self._wrong("E05", left, got=type_, wanted="choice")
        if type_.kind not in LISTED | {Kind.INTEGER}:
            raise self._wrong("E05", left, got=type_, wanted="choice")
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
            self._same(left_type, right_type, right)
            return Compare(left_node, op, right_node)
        return self._equality(left_node, left_type, op, right_node, right_type, right)

    def _equality(
        self, left: Node, left_type: Type, op: Order, right: Node, right_type: Type, at: ast.expr
    ) -> Test:
        if isinstance(left, Constant):
            left, right, left_type = right, left, right_type
        listed = left_type.kind in LISTED | {Kind.BOOLEAN}
        if op not in ("==", "!=") or not listed:
            raise self._wrong("E05", at, got=right_type, wanted=left_type)
        if not isinstance(right, Constant):
            raise self._wrong("E15", at, text=self._source(at))
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
                raise self._wrong("E03", node, form=self._source(node))

    def _named_values(self, node: ast.expr, name: str, of: Type) -> frozenset[Scalar]:
        symbol = self.scope.get(name)
        if not isinstance(symbol, SetName):
            raise self._unknown_name(node, name)
        for value in symbol.values:
            self._possible(node, value, of)
        return symbol.values

    def _literal(self, node: ast.expr, of: Type) -> Scalar:
        match node:
            case ast.Constant(value=str(text)) if of.kind in LISTED | {Kind.SET}:
                self._possible(node, text, of)
                return text
            case ast.Constant(value=int(number)) if of.kind is Kind.INTEGER:
                if not isinstance(number, bool):
                    return number
        raise self._wrong("E05", node, got=self._source(node), wanted=of)

    def _possible(self, node: ast.expr, value: Scalar, of: Type) -> None:
        if of.members is not None and value not in of.members:
            near = nearest(str(value), of.members)
            self.found.add("E07", self._at(node), suggestion=near, value=value)
            raise _Wrong

    # -------------------------------------------------------------------------------------- values
    def value(self, node: ast.expr, wanted: Type | None = None) -> tuple[Node, Type]:
        match node:
            case ast.Constant(value=str(text)):
                return self._text(node, text, wanted)
            case ast.Constant():
                return Constant(self._number(node), Kind.NUMBER), _LITERAL
            case ast.Name(id="true" | "false" as word):
                return Constant(word == "true", Kind.BOOLEAN), BOOLEAN
            case ast.Name() | ast.Attribute():
                return self._name(node)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                inner, type_ = self._numeric(operand)
                return Product((Constant(-1, Kind.NUMBER), inner)), type_
            case ast.BinOp():
                return self._arithmetic(node)
            case ast.Call(func=ast.Name(id=name), args=args) if not node.keywords:
                return self._value_call(name, args, node)
            case _:
                raise self._unknown_form(node, self._source(node))

    def _text(self, node: ast.expr, text: str, wanted: Type | None) -> tuple[Node, Type]:
        match wanted:
            case Type(kind=Kind.DATE):
                day = day_of(text)
                if day is None:
                    raise self._wrong("E12", node, text=text)
                return Constant(day, Kind.DATE), Type(Kind.DATE)
            case Type(kind=Kind.CHOICE | Kind.CODE):
                self._possible(node, text, wanted)
                return Constant(text, wanted.kind), wanted
            case None:
                return Constant(text, Kind.CODE), _TEXT
            case _:
                raise self._wrong("E05", node, got=self._source(node), wanted=wanted)

    def _number(self, node: ast.Constant) -> Number:
        source = self._source(node).replace("_", "")
        if isinstance(node.value, bool) or not source.replace(".", "", 1).isdigit():
            raise self._wrong("E03", node, form=self._source(node))
        number = Fraction(source)
        if number > MAX_NUMBER:
            raise self._wrong("E14", node, limit="10^15")
        return int(number) if number.denominator == 1 else number

    def _name(self, node: ast.expr) -> tuple[Node, Type]:
        name = _dotted(node)
        if name is None:
            raise self._unknown_form(node, self._source(node))
        match self.scope.get(name):
            case FactName(key, type_):
                return Fact(key), type_
            case ParameterName(type_):
                adapts = type_.unit is None and type_.kind in NUMERIC
                return Parameter(name), Type(type_.kind, ADAPTS) if adapts else type_
            case _:
                raise self._unknown_name(node, name)

    def _numeric(self, node: ast.expr) -> tuple[Node, Type]:
        value, type_ = self.value(node)
        if type_.kind not in NUMERIC:
            raise self._wrong("E05", node, got=type_, wanted=Kind.NUMBER)
        return value, type_

    def _arithmetic(self, node: ast.BinOp) -> tuple[Node, Type]:
        left, left_type = self._numeric(node.left)
        right, right_type = self._numeric(node.right)
        match node.op:
            case ast.Add():
                return Sum((left, right)), self._same(left_type, right_type, node)
            case ast.Sub():
                minus = Product((Constant(-1, Kind.NUMBER), right))
                return Sum((left, minus)), self._same(left_type, right_type, node)
            case ast.Mult():
                unit = product_unit(left_type, right_type)
                if unit is None:
                    raise self._wrong("E16", node, left=left_type, right=right_type)
                return Product((left, right)), unit
            case _:
                raise self._unknown_form(node, self._source(node))

    def _value_call(
        self, name: str, args: Sequence[ast.expr], node: ast.expr
    ) -> tuple[Node, Type]:
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
                raise self._unknown_form(node, name)

    def _extreme(
        self, name: str, args: Sequence[ast.expr], node: ast.expr
    ) -> tuple[Node, Type]:
        if len(args) < 2:
            raise self._wrong("E13", node, name=name, usage=f"{name}(a, b)")
        items, type_ = self._alike(args)
        return Extreme("min" if name == "min" else "max", items), type_

    def _between(self, args: Sequence[ast.expr], node: ast.expr) -> tuple[Node, Type]:
        if len(args) != 2:
            raise self._wrong("E13", node, name="between", usage="between(0.15, 0.30)")
        (low, high), type_ = self._alike(args)
        return Between(low, high), type_

    def _alike(self, args: Sequence[ast.expr]) -> tuple[tuple[Node, ...], Type]:
        read = [self._ordinal(arg) for arg in args]
        type_ = read[0][1]
        for arg, (_, other) in zip(args[1:], read[1:], strict=True):
            type_ = self._same(type_, other, arg)
        return tuple(item for item, _ in read), type_

    def _ordinal(self, node: ast.expr) -> tuple[Node, Type]:
        value, type_ = self.value(node)
        if type_.kind not in ORDERED:
            raise self._wrong("E05", node, got=type_, wanted=Kind.NUMBER)
        return value, type_

    def _add_months(self, args: Sequence[ast.expr], node: ast.expr) -> tuple[Node, Type]:
        if len(args) != 2:
            raise self._wrong("E13", node, name="add_months", usage="add_months(date, 24)")
        date = self._date(args[0])
        months, type_ = self._numeric(args[1])
        self._same(_MONTHS, type_, args[1])
        match months:
            case Constant(value) if not isinstance(value, int) or abs(value) > MAX_MONTHS:
                raise self._wrong("E14", args[1], limit=MAX_MONTHS)
        return Shift(date, months), Type(Kind.DATE)

    def _years_since(self, args: Sequence[ast.expr], node: ast.expr) -> tuple[Node, Type]:
        if len(args) != 1:
            raise self._wrong("E13", node, name="years_since", usage="years_since(date)")
        return Elapsed(self._date(args[0])), _YEARS

    def _date(self, node: ast.expr) -> Node:
        value, type_ = self.value(node, Type(Kind.DATE))
        if type_.kind is not Kind.DATE:
            raise self._wrong("E05", node, got=type_, wanted=Kind.DATE)
        return value

    # ------------------------------------------------------------------------------------ mistakes
    def _same(self, left: Type, right: Type, at: ast.expr) -> Type:
        both = same_unit(left, right)
        if both is None:
            code = "E06" if left.kind in NUMERIC and right.kind in NUMERIC else "E05"
            raise self._wrong(code, at, got=right, wanted=left)
        return both

    def _unknown_name(self, node: ast.expr, name: str) -> _Wrong:
        near = nearest(name, self.scope.names())
        self.found.add("E04", self._at(node), suggestion=near, name=name)
        return _Wrong()

    def _unknown_form(self, node: ast.expr, form: str) -> _Wrong:
        near = nearest(form, FUNCTIONS) if isinstance(node, ast.Call) else None
        self.found.add("E03", self._at(node), suggestion=near, form=form)
        return _Wrong()

    def _wrong(self, code: str, node: ast.expr | None, **parts: object) -> _Wrong:
        place = self._at(node) if node is not None else self.place
        self.found.add(code, place, suggestion=None, **parts)
        return _Wrong()

    def _at(self, node: ast.expr) -> Place:
        return self.place.shifted(node.col_offset)

    def _source(self, node: ast.expr) -> str:
        return (ast.get_source_segment(self.text, node) or "")[:80]


def _flat(kind: type[All] | type[Any], items: tuple[Test, ...]) -> tuple[Test, ...]:
    """Items of the same connective, one level up: `a and (b and c)` has three items."""
    flat: list[Test] = []
    for item in items:
        flat.extend(item.items if type(item) is kind and item.items else (item,))
    return tuple(flat)


def _dotted(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=inner, attr=attr):
            before = _dotted(inner)
            return None if before is None else f"{before}.{attr}"
        case _:
            return None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _nesting(text: str) -> int:
    """How deep the brackets of a text nest, and how long its runs of unary operators are."""
    deepest = depth = 0
    for char in text:
        if char in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in ")]}":
            depth -= 1
    return max(deepest, text.count("not not") + text.count("--"))
