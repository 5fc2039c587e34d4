"""How are all the criteria of a catalogue decided in microseconds for one profile?

The checked trees become one Python function: each distinct test is computed once, whatever the
number of schemes that share it. The source is generated from nodes only: names are numbers, whole
constants are written as such, texts stay outside. A truth is 0 (true), 1 (unknown) or 2 (false), so
that `all` is the greatest and `any` the least. What has no fast form is left to the reference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any as Anything

from matcher.catalogue.plan import Plan, PlannedCriterion, PlannedGroup
from matcher.engines.judge import Judgement
from matcher.engines.linear import Linear, linear
from matcher.engines.slots import ABSENT, OTHER, Slots, mask_of, set_of, slots_of, span_of
from matcher.facts.values import INFINITY, Span
from matcher.language.tree import (
    All,
    Any,
    AtLeast,
    Compare,
    Fact,
    IsNone,
    Member,
    Not,
    Order,
    Relation,
    Test,
)
from matcher.meaning.evaluate import Facts, truth
from matcher.meaning.logic import Truth

LONGEST_CHAIN = 50
"""Python's compiler nests one level for each operand of a chain of `|`."""
TRUTHS: tuple[Truth, ...] = (True, None, False)
_CODES: Mapping[Truth, int] = {True: 0, None: 1, False: 2}
Get = Callable[[str], object]
Codes = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class CompiledPlans:
    """Some plans as one function. `codes` are 0 met, 1 unknown, 2 unmet."""

    plans: tuple[Plan, ...]
    leaves: tuple[tuple[int, ...], ...]
    function: Callable[[Get, Facts | None], Codes] = field(repr=False)
    source: str = field(repr=False)

    def codes(self, values: Mapping[str, object]) -> Codes:
        """The codes of the distinct criteria and of the schemes, for plain values by fact key.

        A value is an exact number, text or boolean, a `Known`, or None when it is absent. Plans
        that need the reference for some criterion cannot be used this way.
        """
        return self.function(values.get, None)

    def judged(self, facts: Facts) -> tuple[Judgement, ...]:
        """The judgement of each plan, equal to that of the reference."""
        criteria, outcomes = self.function(facts.get, facts)
        return tuple(
            Judgement(tuple([TRUTHS[criteria[i]] for i in indexes]), TRUTHS[outcome])
            for indexes, outcome in zip(self.leaves, outcomes, strict=True)
        )


def compiled(plans: Sequence[Plan], never_none: frozenset[str] = frozenset()) -> CompiledPlans:
    """The compiled form of some plans.

    `never_none` are facts whose value is never none: the code need not look.
    """
    tests = tuple(dict.fromkeys(leaf.test for plan in plans for leaf in plan.leaves))
    writer = _Writer(slots_of(tests, never_none))
    names = {test: writer.name(test) for test in tests}
    outcomes = [writer.group(plan.criteria) for plan in plans]
    source = writer.source([names[test] for test in tests], outcomes)
    index = {test: i for i, test in enumerate(tests)}
    leaves = tuple(tuple(index[leaf.test] for leaf in plan.leaves) for plan in plans)
    exec(compile(source, "<criteria>", "exec"), writer.outside)  # noqa: S102  generated from nodes
    return CompiledPlans(tuple(plans), leaves, writer.outside["decide"], source)


class _Writer:
    """Writes the lines of the function; `outside` holds what they name."""

    def __init__(self, slots: Slots) -> None:
        self.slots = slots
        self.lines: list[str] = []
        self.names: dict[Test, str] = {}
        self.outside: dict[str, Anything] = {
            "Span": Span,
            "NI": -INFINITY,
            "PI": INFINITY,
            "span_of": span_of,
            "mask_of": mask_of,
            "set_of": set_of,
            "at_least": _at_least,
            "ALL": (0, 1, 2, 2),
        }
        self._read_facts()

    # ------------------------------------------------------------------------------- what is known
    def _read_facts(self) -> None:
        slots = self.slots
        for i, key in enumerate(slots.spans):
            self.outside[f"k{i}"] = key
            there = "" if key in slots.never_none else f"; n{i} = 0"
            flag = "_" if key in slots.never_none else f"n{i}"
            self.lines += [
                f"v = g(k{i})",
                f"if type(v) is Span: l{i} = v.low; h{i} = v.high{there}",
                f"elif type(v) is int: l{i} = h{i} = v{there}",
                f"else: l{i}, h{i}, {flag} = span_of(v)",
            ]
        for i, key in enumerate(slots.masks):
            self.outside[f"c{i}"] = key
            self.outside[f"b{i}"] = slots.bits[key]
            plain: dict[Anything, int] = {**slots.bits[key], None: ABSENT}
            self.outside[f"e{i}"] = plain.get
            self.lines += [
                f"v = g(c{i})",
                f"m{i} = e{i}(v, {OTHER}) if type(v) in PLAIN else mask_of(v, b{i})",
            ]
        for i, key in enumerate(slots.sets):
            self.outside[f"s{i}"] = key
            self.lines.append(f"x{i} = set_of(g(s{i}))")
        self.outside["PLAIN"] = frozenset({bool, str, type(None)})

    def source(self, criteria: Sequence[str], outcomes: Sequence[str]) -> str:
        """The whole function."""
        body = [*self.lines, f"return ({_tuple(criteria)}), ({_tuple(outcomes)})"]
        return "def decide(g, facts):\n" + "\n".join(f"    {line}" for line in body) + "\n"

    # --------------------------------------------------------------------------------------- tests
    def name(self, test: Test) -> str:
        """The variable that holds the truth of a test, computed once."""
        if test not in self.names:
            written = self._written(test)
            name = f"t{len(self.names)}"
            self.lines.append(f"{name} = {written}")
            self.names[test] = name
        return self.names[test]

    def _written(self, test: Test) -> str:
        match test:
            case All(items):
                return _all([self.name(item) for item in items])
            case Any(items):
                return _any([self.name(item) for item in items])
            case AtLeast(count, items):
                return f"at_least({count}, ({_tuple([self.name(item) for item in items])}))"
            case Not(item):
                return f"2 - {self.name(item)}"
            case Compare():
                form = linear(test)
                return self._reference(test) if form is None else self._linear(form)
            case Member(Fact(key), values) if values <= set(self.slots.bits.get(key, ())):
                return self._member(key, values)
            case Relation(relation, Fact(key), values):
                return self._relation(relation, key, values)
            case IsNone(Fact(key)):
                return f"2 - n{self.slots.spans.index(key)}"
            case _:
                return self._reference(test)

    def _reference(self, test: Test) -> str:
        name = f"r{len(self.outside)}"
        self.outside[name] = lambda facts: _CODES[truth(test, facts)]
        return f"{name}(facts)"

    def _member(self, key: str, values: Iterable[Anything]) -> str:
        mask = self.slots.mask(key, values)
        name = f"m{self.slots.masks.index(key)}"
        if not mask:
            return "2"
        return f"(0 if not {name} & {~mask} else 1) if {name} & {mask} else 2"

    def _relation(self, relation: str, key: str, values: frozenset[str]) -> str:
        known = f"x{self.slots.sets.index(key)}"
        wanted = f"w{len(self.outside)}"
        self.outside[wanted] = values
        if not values and relation != "within":
            return "0" if relation == "includes" else "2"
        holds = {
            "overlaps": f"{known} & {wanted}",
            "within": f"{known} <= {wanted}",
            "includes": f"{known} >= {wanted}",
        }
        return f"1 if {known} is None else 0 if {holds[relation]} else 2"

    # --------------------------------------------------------------------------------- comparisons
    def _linear(self, form: Linear) -> str:
        if len(form.factors) == 1:
            low, high, bound = self._one_fact(form)
        else:
            low, high = self._ends(form)
            bound = "0"
        written = _ordered(form.op, low, high, bound)
        return self._with_none([key for key, _ in form.factors], written)

    def _one_fact(self, form: Linear) -> tuple[str, str, str]:
        ((key, factor),) = form.factors
        slot = self.slots.spans.index(key)
        whole, rest = divmod(-form.constant, factor)
        if rest == 0:
            return f"l{slot}", f"h{slot}", str(whole)
        return f"l{slot} * {factor}", f"h{slot} * {factor}", str(-form.constant)

    def _ends(self, form: Linear) -> tuple[str, str]:
        low, high = [str(form.constant)], [str(form.constant)]
        for key, factor in form.factors:
            slot = self.slots.spans.index(key)
            ends = ("l", "h") if factor > 0 else ("h", "l")
            low.append(f"{factor} * {ends[0]}{slot}")
            high.append(f"{factor} * {ends[1]}{slot}")
        return " + ".join(low), " + ".join(high)

    def _with_none(self, keys: Sequence[str], written: str) -> str:
        """A comparison with none is false; with perhaps none, it is at best unknown."""
        may_be = [key for key in keys if key not in self.slots.never_none]
        if not may_be:
            return written
        flags = " | ".join(f"n{self.slots.spans.index(key)}" for key in may_be)
        return f"({written}) if not ({flags}) else ALL[({written}) | {flags}]"

    # -------------------------------------------------------------------------------------- groups
    def group(self, group: PlannedGroup | PlannedCriterion) -> str:
        """The expression of a group over the variables of its criteria."""
        if isinstance(group, PlannedCriterion):
            return self.name(group.test)
        items = [self.group(item) for item in group.items]
        match group.connective:
            case "all":
                return f"({_all(items)})"
            case "any":
                return self._kept_any(items)
            case "at_least":
                return f"at_least({group.count}, ({_tuple(items)}))"

    def _kept_any(self, items: list[str]) -> str:
        kept = []
        for item in items:
            name = f"u{len(self.lines)}"
            self.lines.append(f"{name} = {item}")
            kept.append(name)
        return f"({_any(kept)})"


def _ordered(op: Order, low: str, high: str, bound: str) -> str:
    match op:
        case "<":
            return f"0 if {high} < {bound} else 2 if {low} >= {bound} else 1"
        case "<=":
            return f"0 if {high} <= {bound} else 2 if {low} > {bound} else 1"
        case ">":
            return f"0 if {low} > {bound} else 2 if {high} <= {bound} else 1"
        case ">=":
            return f"0 if {low} >= {bound} else 2 if {high} < {bound} else 1"
        case "==":
            outside = f"{high} < {bound} or {low} > {bound}"
            return f"2 if {outside} else 0 if {low} == {high} == {bound} else 1"
        case "!=":
            outside = f"{high} < {bound} or {low} > {bound}"
            return f"0 if {outside} else 2 if {low} == {high} == {bound} else 1"


def _all(names: Sequence[str]) -> str:
    if not names:
        return "0"
    if len(names) == 1:
        return names[0]
    if len(names) > LONGEST_CHAIN:
        parts = [names[i : i + LONGEST_CHAIN] for i in range(0, len(names), LONGEST_CHAIN)]
        return _all([_all(part) for part in parts])
    return f"ALL[{' | '.join(names)}]"


def _any(names: Sequence[str]) -> str:
    if not names:
        return "2"
    if len(names) == 1:
        return names[0]
    unknown = " or ".join(f"{name} == 1" for name in names)
    return f"{' and '.join(names)} and (1 if {unknown} else 2)"


def _at_least(count: int, codes: Sequence[int]) -> int:
    true = codes.count(0)
    return 0 if true >= count else 1 if true + codes.count(1) >= count else 2


def _tuple(names: Sequence[str]) -> str:
    return "".join(f"{name}, " for name in names)
