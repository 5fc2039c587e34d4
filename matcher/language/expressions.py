"""What typed tree does the text of an expression stand for?

Python's own parser reads the syntax (nothing is ever run); names are resolved, types and units
checked, and every mistake becomes a diagnostic with its column.
"""

from __future__ import annotations

import ast
import warnings

from matcher.language.diagnostics import Diagnostics, Place
from matcher.language.read_tests import TestReading
from matcher.language.reading import WrongError
from matcher.language.scope import FactName, Scope
from matcher.language.tree import (
    AS_OF,
    Compare,
    Elapsed,
    Extreme,
    Fact,
    IsNone,
    Node,
    Product,
    Shift,
    Sum,
    Test,
)
from matcher.language.types import Kind, Type
from matcher.language.walk import nodes

MAX_TEXT = 4_000
MAX_NESTING = 24
MAX_DEPTH = 100


def read_test(text: str, scope: Scope, place: Place, found: Diagnostics) -> Test | None:
    """The tree of a test, or None after recording what is wrong with it."""
    reader = _Reader(text, scope, place, found)
    try:
        return reader.whole_test()
    except WrongError:
        return None


def read_value(
    text: str, scope: Scope, place: Place, found: Diagnostics, wanted: Type
) -> Node | None:
    """The tree of an expression of the wanted type, or None after recording what is wrong."""
    reader = _Reader(text, scope, place, found)
    try:
        return reader.whole_value(wanted)
    except WrongError:
        return None


class _Reader(TestReading):
    """Reads a whole expression."""

    def whole_test(self) -> Test:
        before = len(self.found)
        test = self.test(self._syntax())
        if len(self.found) > before:
            raise WrongError
        self._guarded(test)
        return test

    def whole_value(self, wanted: Type) -> Node:
        root = self._syntax()
        if wanted.kind is Kind.BOOLEAN:
            test = self.test(root)
            self._guarded(test)
            return test
        node, type_ = self.value(root, wanted)
        self.same(wanted, type_, root)
        self._guarded(node)
        return node

    def _syntax(self) -> ast.expr:
        if _has_comment(self.text):
            raise self.wrong("E03", None, form="#")
        if len(self.text) > MAX_TEXT or _nesting(self.text) > MAX_NESTING:
            raise self.wrong("E02", None, limit=MAX_TEXT, depth=MAX_NESTING)
        try:
            root = _parsed(self.text)
            if _depth(root) <= MAX_DEPTH:
                return root
            self.found.add("E02", self.place, limit=MAX_TEXT, depth=MAX_NESTING)
        except SyntaxError as error:
            place = self.place.shifted((error.offset or 1) - 1)
            self.found.add("E01", place, text=self.text, problem=error.msg)
        except (ValueError, RecursionError, MemoryError):
            self.found.add("E02", self.place, limit=MAX_TEXT, depth=MAX_NESTING)
        raise WrongError

    def _guarded(self, tree: Node) -> None:
        self._read_once(tree)
        asked = {n.operand for n in nodes(tree) if isinstance(n, IsNone)}
        for part in nodes(tree):
            computed = isinstance(part, Extreme | Product | Sum)
            if computed or isinstance(part, Compare | Shift | Elapsed):
                known = () if computed else asked
                for fact in (n for n in nodes(part) if isinstance(n, Fact) and n not in known):
                    symbol = self.scope.get(fact.key)
                    if isinstance(symbol, FactName) and symbol.type.can_be_none:
                        raise self.wrong("E11", None, fact=fact.key)

    def _read_once(self, tree: Node) -> None:
        for part in nodes(tree):
            if isinstance(part, Compare):
                keys = [n.key for n in nodes(part) if isinstance(n, Fact) and n.key != AS_OF]
                twice = next((key for key in keys if keys.count(key) > 1), None)
                if twice:
                    raise self.wrong("E17", None, fact=twice)


def _parsed(text: str) -> ast.expr:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.parse(text, mode="eval").body


def _has_comment(text: str) -> bool:
    """Whether a `#` stands outside quotes: what follows it would silently be left out."""
    quote = ""
    for char in text:
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "#":
            return True
    return False


def _nesting(text: str) -> int:
    """How deep the brackets of a text nest."""
    deepest = depth = 0
    for char in text:
        if char in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif char in ")]}":
            depth -= 1
    return deepest


def _depth(root: ast.expr) -> int:
    """How deep the syntax tree is; counted without recursion, as the text may be hostile."""
    depth, level = 0, [root]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            child
            for node in level
            for child in ast.iter_child_nodes(node)
            if isinstance(child, ast.expr)
        ]
    return depth
