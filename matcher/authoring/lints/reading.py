"""Which formula says the same as a test?

Thresholds on sums of facts, choices, sets of choices, *none* and local definitions are read
exactly; a fact computed by a test is replaced by that test. Anything else becomes a term of its own
that may take any value. So a formula allows at least what its test allows: what is impossible for
formulas is impossible, and a lint may miss something but never raises a false alarm.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from fractions import Fraction
from itertools import count as counter
from math import gcd

from matcher.authoring.lints.budget import TooLargeError
from matcher.authoring.lints.formula import (
    Absent,
    Against,
    Among,
    Atom,
    Choices,
    Formula,
    Mark,
    Numbers,
    Term,
    count,
    every,
    negated,
    some,
)
from matcher.engines.linear import Linear, linear
from matcher.facts.values import INFINITY, Bound, Known
from matcher.facts.vocabulary import FactDeclaration
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
    Fact,
    IsNone,
    Lookup,
    Member,
    Node,
    Not,
    Order,
    Product,
    Relation,
    Scalar,
    Shift,
    Sum,
    Test,
)
from matcher.language.types import ORDERED, Kind
from matcher.language.walk import facts_of, nodes, rebuilt
from matcher.meaning.evaluate import truth

ONE = Fraction(1)
YES = Among(frozenset({True}))
BOOLEANS = Choices(frozenset({True, False}))
DAYS = Numbers(-INFINITY, INFINITY, ONE)
OPPOSITE: dict[Order, Order] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
MAX_ATOMS = 5_000

Result = Callable[[Node | None, bool], Formula]


class Reader:
    """Reads tests over one vocabulary; the same term has the same key in all of them.

    `derived` are the facts that are computed; `computed` holds, for those computed by a test, the
    tree that computes them.
    """

    def __init__(
        self,
        facts: Mapping[str, FactDeclaration],
        derived: Container[str],
        computed: Mapping[str, Node],
    ) -> None:
        self._facts = facts
        self._derived = derived
        self._computed = computed
        self._named: dict[Node, str] = {}
        self._nodes: dict[str, Node] = {}
        self._members: dict[tuple[str, frozenset[Scalar], bool], tuple[Formula, int]] = {}
        self._fresh = counter()
        self._atoms = 0

    @property
    def size(self) -> int:
        """How many atoms the last formula has."""
        return self._atoms

    def formula(self, test: Test) -> Formula:
        """The formula of a test. Raises `TooLargeError`."""
        self._atoms = 0
        return self._test(test, holds=True)

    def _test(self, test: Test, holds: bool) -> Formula:
        match test:
            case All(items):
                return count(len(items) if holds else 1, self._each(items, holds))
            case Any(items):
                return count(1 if holds else len(items), self._each(items, holds))
            case AtLeast(least, items):
                wanted = least if holds else len(items) - least + 1
                return count(wanted, self._each(items, holds))
            case Not(item):
                return self._test(item, not holds)
            case Compare(left, op, right):
                return self._compared(left, op, right, holds)
            case Member(operand, values):
                return self._member(operand, values, holds)
            case Relation(relation, operand, values):
                return self._related(relation, operand, values, holds)
            case IsNone(operand):
                return self._absent(operand, holds)

    def _each(self, items: Iterable[Test], holds: bool) -> list[Formula]:
        return [self._test(item, holds) for item in items]

    def _atom(self, term: Term, mark: Mark, holds: bool) -> Formula:
        self._counted(1)
        return Atom(term, mark, holds)

    def _counted(self, atoms: int) -> None:
        self._atoms += atoms
        if self._atoms > MAX_ATOMS:
            raise TooLargeError

    def _anything(self, holds: bool) -> Formula:
        """A truth of which nothing is known."""
        return self._atom(Term(("fresh", next(self._fresh)), BOOLEANS), YES, holds)

    def _chosen(self, choice: Choose, result: Result, holds: bool) -> Formula:
        """What `result` says of the first line whose test holds."""
        before: list[Formula] = []
        lines: list[Formula] = []
        for test, value in choice.branches:
            lines.append(every([*before, self._test(test, holds=True), result(value, holds)]))
            before.append(self._test(test, holds=False))
        return some([*lines, every([*before, result(choice.otherwise, holds)])])

    # --------------------------------------------------------------------------------- comparisons
    def _compared(self, left: Node, op: Order, right: Node, holds: bool) -> Formula:
        if isinstance(left, Choose):

            def of_left(part: Node | None, h: bool) -> Formula:
                return self._anything(h) if part is None else self._compared(part, op, right, h)

            return self._chosen(left, of_left, holds)
        if isinstance(right, Choose):
            return self._compared(right, OPPOSITE.get(op, op), left, holds)
        test = Compare(self._plain(left), op, self._plain(right))
        if not facts_of(test):
            return (truth(test, _NoFacts()) is True) is holds
        form = linear(test)
        if form is None:
            return self._atom(Term(("test", test), BOOLEANS), YES, holds)
        return self._threshold(form, holds)

    def _threshold(self, form: Linear, holds: bool) -> Formula:
        factors, sign = sorted(form.factors), 1
        if factors[0][1] < 0:
            factors, sign = [(key, -factor) for key, factor in factors], -1
        scale = gcd(*(factor for _, factor in factors))
        op = form.op if sign > 0 else OPPOSITE.get(form.op, form.op)
        bound = Fraction(-form.constant * sign, scale)
        parts = tuple((key, factor // scale) for key, factor in factors)
        return self._atom(self._sum(parts), Against(op, bound), holds)

    def _plain(self, node: Node) -> Node:
        """The node with a name in place of every part that is no sum, product, fact or number."""
        match node:
            case Fact() | Constant():
                return node
            case Sum() | Product():
                return rebuilt(node, self._plain)
            case _:
                return Fact(self._name(node))

    def _name(self, node: Node) -> str:
        if any(isinstance(part, Between) for part in nodes(node)):
            return f"?{next(self._fresh)}"  # each reading of a published range is its own
        name = self._named.setdefault(node, f"?{next(self._fresh)}")
        self._nodes[name] = node
        return name

    # --------------------------------------------------------------------------------------- terms
    def _sum(self, parts: tuple[tuple[str, int], ...]) -> Term:
        terms = [(self._term(key), factor) for key, factor in parts]
        if len(terms) == 1 and terms[0][1] == 1:
            return terms[0][0]
        low: Bound = 0
        high: Bound = 0
        whole = True
        for term, factor in terms:
            assert isinstance(term.values, Numbers)
            ends = (_times(term.values.low, factor), _times(term.values.high, factor))
            low, high = low + min(ends), high + max(ends)
            whole = whole and term.values.step == ONE
        none = any(term.none for term, _ in terms)
        return Term(parts, Numbers(low, high, ONE if whole else None), none)

    def _term(self, key: str) -> Term:
        """The term of a fact or of a named part that has a number or a date for value."""
        if key == AS_OF:
            return Term(key, DAYS)
        declared = self._facts.get(key)
        if declared is not None:
            return Term(key, _numbers(declared, key in self._derived), declared.none is not None)
        node = self._nodes.get(key)
        step = ONE if isinstance(node, Elapsed | Shift) else None
        return Term(key, Numbers(-INFINITY, INFINITY, step), node is None or self._maybe_none(node))

    def _maybe_none(self, node: Node) -> bool:
        read = [self._facts.get(key) for key in facts_of(node)]
        return any(declared is not None and declared.none is not None for declared in read)

    # ------------------------------------------------------------------------------------- choices
    def _member(self, operand: Node, values: frozenset[Scalar], holds: bool) -> Formula:
        match operand:
            case Fact(key) if key in self._computed:
                return self._known_member(key, values, holds)
            case Fact(key):
                return self._atom(self._listed(key), Among(values), holds)
            case Constant(value):
                return (value in values) is holds
            case Choose():

                def of_part(part: Node | None, h: bool) -> Formula:
                    return self._anything(h) if part is None else self._member(part, values, h)

                return self._chosen(operand, of_part, holds)
            case Lookup():
                mentioned = BOOLEANS if values <= {True, False} else Choices(None)
                return self._atom(Term(operand, mentioned), Among(values), holds)
            case _ if isinstance(operand, Test):
                return self._truth_member(operand, values, holds)
            case _:
                return self._anything(holds)

    def _truth_member(self, test: Test, values: frozenset[Scalar], holds: bool) -> Formula:
        if (True in values) is (False in values):
            return (True in values) is holds
        return self._test(test, holds is (True in values))

    def _known_member(self, key: str, values: frozenset[Scalar], holds: bool) -> Formula:
        """What a computed fact is made of, read once; its atoms count wherever it is used."""
        known = (key, values, holds)
        if known in self._members:
            formula, size = self._members[known]
            self._counted(size)
            return formula
        before = self._atoms
        formula = self._computed_member(key, values, holds)
        self._members[known] = formula, self._atoms - before
        return formula

    def _computed_member(self, key: str, values: frozenset[Scalar], holds: bool) -> Formula:
        """A computed fact: where its derivation is silent, it keeps a value of its own."""
        tree = self._computed[key]

        def of_line(part: Node | None, h: bool) -> Formula:
            if part is None:
                return self._atom(self._listed(key), Among(values), h)
            return self._member(part, values, h)

        if isinstance(tree, Choose):
            return self._chosen(tree, of_line, holds)
        return self._member(tree, values, holds)

    def _listed(self, key: str) -> Term:
        declared = self._facts.get(key)
        if declared is None:
            return Term(key, Choices(None))
        none = declared.none is not None
        match declared.kind:
            case Kind.BOOLEAN:
                return Term(key, BOOLEANS, none)
            case Kind.CHOICE:
                return Term(key, Choices(frozenset(name for name, _ in declared.choices)), none)
            case kind if kind in ORDERED:
                return Term(key, _numbers(declared, key in self._derived), none)
            case _:
                return Term(key, Choices(None), none)

    # -------------------------------------------------------------------------------- sets and none
    def _related(
        self, relation: str, operand: Node, values: frozenset[str], holds: bool
    ) -> Formula:
        declared = self._facts.get(operand.key) if isinstance(operand, Fact) else None
        if declared is None or not isinstance(operand, Fact):
            return self._anything(holds)
        match relation:
            case "overlaps":
                related = some(self._holds(operand.key, values, holds=True))
            case "within":
                others = {name for name, _ in declared.choices} - values
                related = every(self._holds(operand.key, others, holds=False))
            case _:
                related = every(self._holds(operand.key, values, holds=True))
        whole = every([self._absent(operand, holds=False), related])
        return whole if holds else negated(whole)

    def _holds(self, key: str, names: Iterable[str], holds: bool) -> list[Formula]:
        """For each choice, that it is one of those that hold at once."""
        return [self._atom(Term((key, name), BOOLEANS), YES, holds) for name in sorted(names)]

    def _absent(self, operand: Node, holds: bool) -> Formula:
        match operand:
            case Fact(key) if key in self._facts:
                declared = self._facts[key]
                if declared.none is None:
                    return not holds
                if declared.kind is Kind.SET:
                    return self._atom(Term((key, None), BOOLEANS), YES, holds)
                return self._atom(self._listed(key), Absent(), holds)
            case _:
                return self._anything(holds)


class _NoFacts:
    """A profile of which nothing is known."""

    def get(self, key: str) -> Known | None:  # noqa: ARG002
        """Nothing is known."""
        return None

    def cell(self, lookup: Lookup) -> Known | None:  # noqa: ARG002
        """Nothing is known."""
        return None


def _numbers(declared: FactDeclaration, derived: bool) -> Numbers:
    """The numbers that a fact may have; a computed amount may have more decimals."""
    low: Bound = -INFINITY if declared.low is None else declared.low
    high: Bound = INFINITY if declared.high is None else declared.high
    if declared.kind in (Kind.DATE, Kind.INTEGER):
        return Numbers(low, high, ONE)
    return Numbers(low, high, None if derived else Fraction(1, 10**declared.decimals))


def _times(bound: Bound, factor: int) -> Bound:
    return bound * factor
