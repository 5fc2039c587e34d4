"""What does one expression say: its text, the names it may use, and the mistakes found in it?"""

from __future__ import annotations

import ast
import datetime
import unicodedata

from matcher.language.diagnostics import Diagnostics, Place, nearest
from matcher.language.scope import FactName, ParameterName, Scope
from matcher.language.tree import Fact, Node, Parameter, Scalar
from matcher.language.types import NUMERIC, Type
from matcher.language.units import ADAPTS, same_unit

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


class WrongError(Exception):
    """One operand is wrong; its diagnostic is already recorded."""


class Reading:
    """One expression being read: where it stands, what its names mean, where mistakes go."""

    def __init__(self, text: str, scope: Scope, place: Place, found: Diagnostics) -> None:
        self.text = unicodedata.normalize("NFC", " ".join(text.split()))
        self.scope = scope
        self.place = place
        self.found = found

    def name(self, node: ast.expr) -> tuple[Node, Type]:
        """What a name stands for, and its type."""
        name = _dotted(node)
        if name is None:
            raise self.unknown_form(node, self.source(node))
        match self.scope.get(name):
            case FactName(key, type_):
                return Fact(key), type_
            case ParameterName(type_):
                adapts = type_.unit is None and type_.kind in NUMERIC
                return Parameter(name), Type(type_.kind, ADAPTS) if adapts else type_
            case _:
                raise self.unknown_name(node, name)

    def possible(self, node: ast.expr, value: Scalar, of: Type) -> None:
        """Refuse a choice or code that its fact cannot have."""
        if of.members is not None and value not in of.members:
            near = nearest(str(value), of.members)
            self.found.add("E07", self.at(node), suggestion=near, value=value)
            raise WrongError

    # ------------------------------------------------------------------------------------ mistakes
    def same(self, left: Type, right: Type, at: ast.expr) -> Type:
        """The common type of two values; refuses different units."""
        both = same_unit(left, right)
        if both is None:
            code = "E06" if left.kind in NUMERIC and right.kind in NUMERIC else "E05"
            raise self.wrong(code, at, got=right, wanted=left)
        return both

    def unknown_name(self, node: ast.expr, name: str) -> WrongError:
        """Record a name that means nothing here."""
        near = nearest(name, self.scope.names())
        self.found.add("E04", self.at(node), suggestion=near, name=name)
        return WrongError()

    def unknown_form(self, node: ast.expr, form: str) -> WrongError:
        """Record a form that is not of the language."""
        near = nearest(form, FUNCTIONS) if isinstance(node, ast.Call) else None
        self.found.add("E03", self.at(node), suggestion=near, form=form)
        return WrongError()

    def wrong(self, code: str, node: ast.expr | None, **parts: object) -> WrongError:
        """Record a mistake at a part of the expression, or at the whole."""
        place = self.at(node) if node is not None else self.place
        self.found.add(code, place, suggestion=None, **parts)
        return WrongError()

    def at(self, node: ast.expr) -> Place:
        """Where a part stands in the file."""
        before = self.text.encode()[: node.col_offset]
        return self.place.shifted(len(before.decode(errors="ignore")))

    def source(self, node: ast.expr) -> str:
        """A part as it is written, shortened."""
        part = self.text.encode()[node.col_offset : node.end_col_offset]
        return part.decode(errors="ignore")[:80]


def _dotted(node: ast.expr) -> str | None:
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=inner, attr=attr):
            before = _dotted(inner)
            return None if before is None else f"{before}.{attr}"
        case _:
            return None


def day_of(text: str) -> int | None:
    """The day number of an ISO date, or None if the text is not one."""
    if len(text) != 10 or text[4] != "-" or text[7] != "-":
        return None
    try:
        return datetime.date.fromisoformat(text).toordinal()
    except ValueError:
        return None
