"""What does docs/semantics.md say? Its tables are printed from the code that decides.

`matcher rules semantics > docs/semantics.md` writes the page again after a change of meaning.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement
from typing import get_args

from matcher.answers.views import Outcome
from matcher.authoring.page import TRUTHS, WORDS, day_number, day_text, matrix, shown, table
from matcher.catalogue.windows import WindowState
from matcher.facts.values import INFINITY, NOTHING, Known, Members, Options, Span, point
from matcher.language import tree
from matcher.language.tree import (
    Any,
    Between,
    Choose,
    Compare,
    Constant,
    Fact,
    IsNone,
    Lookup,
    Member,
    Not,
    Order,
    Relation,
    Test,
)
from matcher.language.types import Kind
from matcher.meaning import spans
from matcher.meaning.evaluate import truth, value
from matcher.meaning.logic import Truth, all_of, any_of, at_least, negation

OUTCOMES: Mapping[Truth, Outcome] = {
    True: Outcome.ELIGIBLE,
    None: Outcome.UNDETERMINED,
    False: Outcome.INELIGIBLE,
}
ORDERS: tuple[Order, ...] = get_args(Order)
X = Fact("x")


@dataclasses.dataclass(frozen=True)
class _World:
    """What is known of the facts of one example."""

    known: Mapping[str, Known]

    def get(self, key: str) -> Known | None:
        return self.known.get(key)

    def cell(self, _lookup: Lookup) -> Known | None:
        return None


def semantics_page() -> str:
    """The text of docs/semantics.md."""
    sections = (
        _opening,
        _connectives,
        _comparisons,
        _memberships,
        _sets,
        _none,
        _arithmetic,
        _choices,
        _discretion,
        _only_when,
        _outcomes,
        _limits,
        _node_kinds,
    )
    return "\n\n".join("\n".join(section()) for section in sections) + "\n"


# -------------------------------------------------------------------------------------- the prose
def _opening() -> Iterator[str]:
    yield """# What the rules mean

<!-- Written by `matcher rules semantics`. Change matcher/authoring/semantics.py, not this page. -->

A value is not always known exactly. A fact may be exact (85 people), a range (50 to 99, an end may
be open), one of several choices, a set of choices, *none* where the fact says what that means, or
absent. Each of these allows some worlds, in which everything has one value.

**A comparison or a membership is true if it holds in all the worlds that the known values allow,
false if it holds in none, else unknown.** Connectives put such truths together as Kleene's strong
three-valued logic does; it is also the logic of SQL. Nothing in the language observes whether a
fact is known, so on a given date, learning more can turn *unknown* into *true* or *false*, and
never *true* into *false*.

Every table below is printed from the functions that decide: `matcher/meaning/logic.py`,
`matcher/meaning/spans.py` and `matcher/meaning/evaluate.py`. A test fails when the page is
stale."""


def _limits() -> Iterator[str]:
    test = Compare(X, ">=", Constant(100, Kind.INTEGER))
    known = _World({"x": Span(50, 149)})
    half = WORDS[truth(test, known)]
    both = WORDS[truth(Any((test, Not(test))), known)]
    yield f"""## What this logic does not see

Each comparison is judged over all worlds, and connectives only see the truths. For x between 50 and
149, `x >= 100` is {half}, and so is `x >= 100 or not x >= 100`: **{both}**, although it holds in
every world. The answer is never wrong, it is only less precise. It is the price of answers that are
the same line by line, in SQL, in a table and on paper.

Two things keep the loss small. A fact may be read only once in a comparison (`x - x <= 0` is
refused when a rule is read). And the lines of `first:` that share a condition should each say all
of theirs: with a zone that is "c or none" and a size that is "medium", a line for `zone == "c"`
alone stays possible beside the line for `zone == "c" and size == "medium"`; writing
`zone == "c" and size == "small"` closes it."""


# ---------------------------------------------------------------------------------------- logic
def _connectives() -> Iterator[str]:
    yield "## Connectives\n"
    yield "`not`:\n"
    yield from table(["a", "not a"], [[WORDS[a], WORDS[negation(a)]] for a in TRUTHS])
    yield "\n`a and b`, and the group `all`:\n"
    yield from matrix("a", "b", lambda a, b: all_of([a, b]))
    yield "\n`a or b`, and the group `any`:\n"
    yield from matrix("a", "b", lambda a, b: any_of([a, b]))
    nothing = f"`all` of nothing is {WORDS[all_of([])]}; `any` of nothing is {WORDS[any_of([])]}."
    yield f"\n{nothing} The order of the items never matters.\n"
    yield "`at_least(k, a, b, c)`, by what the three tests are:\n"
    rows = [
        [", ".join(WORDS[item] for item in items)]
        + [WORDS[at_least(count, items)] for count in (1, 2, 3)]
        for items in combinations_with_replacement(TRUTHS, 3)
    ]
    yield from table(["the three tests", "k = 1", "k = 2", "k = 3"], rows)


def _discretion() -> Iterator[str]:
    yield """## Discretion

An authority may waive a condition. The criterion means `test or (when and grants)`: `when` says
where it may (always, if left out), and `grants` names an unknown that only the authority can
settle. So a met test stays met, a failed test is unknown where `when` holds until the authority has
answered, and a failed test elsewhere stays unmet.
"""
    rows = [
        [WORDS[test], WORDS[when]] + [WORDS[any_of([test, all_of([when, g])])] for g in TRUTHS]
        for test in TRUTHS
        for when in TRUTHS
    ]
    yield from table(["test", "when", *(f"grants {WORDS[g]}" for g in TRUTHS)], rows)


def _only_when() -> Iterator[str]:
    yield """## Conditions that concern only some

`only_when` limits a criterion to the projects it is about. The criterion means
`not only_when or test`; where `only_when` is false it is met, and shown as "sans objet".
"""
    yield from matrix("only_when", "test", lambda only, test: any_of([negation(only), test]))
    yield "\nWith discretion as well, `test` above is `test or (when and grants)`."


def _outcomes() -> Iterator[str]:
    yield """## From criteria to the answer

A criterion is *met*, *unmet* or *unknown*. Its group is decided by the tables above, and the
outermost group is the outcome:
"""
    yield from table(
        ["the criteria are", "outcome"], [[WORDS[t], f"`{OUTCOMES[t]}`"] for t in TRUTHS]
    )
    windows = ", ".join(f"`{state}`" for state in WindowState)
    yield f"""
The window is apart, and read from the dates of the edition: {windows}.
It never changes the outcome: "you would have qualified, it closed on 31 August" is an answer. *Can
apply now* is eligible and open.

`eligible` promises that every hard condition of the text that the rules hold is met in every world
the profile allows. It does not promise the aid. What the rules cannot decide is shown beside it as
a reserve: conditions that no fact can express yet, sources of low confidence, a public that is not
the usual one, and what the authority assesses. `ineligible` promises that no missing fact can
change the answer: `why_not` lists the criteria to repair, one list for each alternative.
`undetermined` comes with the facts still to ask for, and with the questions that only an authority
can answer; a fact that can no longer change anything is never asked for.

Signals, assessed conditions and notes never decide."""


# --------------------------------------------------------------------------------------- values
def _comparisons() -> Iterator[str]:
    yield "## Comparisons\n"
    yield "A number or a date x against 400; `>=` and `<=` include, `>` and `<` exclude:\n"
    ranges = [(399, 399), (400, 400), (401, 401), (300, 399), (300, 400), (300, 500)]
    ranges += [(400, 500), (401, 500)]
    known = [Span(low, high) for low, high in ranges]
    known += [Span(-INFINITY, 400), Span(400, INFINITY), Span(-INFINITY, INFINITY)]
    yield from _compared("x is", known, point(400))
    yield "\nTwo ranges, x against 10 to 20:\n"
    pairs = [(1, 9), (1, 10), (5, 15), (12, 18), (20, 30), (21, 30)]
    yield from _compared("x is", [Span(low, high) for low, high in pairs], Span(10, 20))
    yield """
A chain (`100 <= x <= 300`) is the conjunction of its comparisons. Numbers are exact: integers,
or fractions read from the decimals of the text; dates are days. Infinity is an open end, never a
value."""


def _compared(title: str, known: Sequence[Span], right: Span) -> Iterator[str]:
    rows = [
        [shown(left)] + [WORDS[spans.compared(left, order, right)] for order in ORDERS]
        for left in known
    ]
    yield from table([title, *(f"`{order}`" for order in ORDERS)], rows)


def _memberships() -> Iterator[str]:
    yield "## Equality and membership\n"
    yield "For a choice, a code or a boolean, `==` is membership of a list of one.\n"
    one, two = frozenset({"a"}), frozenset({"a", "b"})
    held = ("a", "c", "ab", "ac", "cd")
    known = [_options(*some) for some in held]
    tests = (Member(X, one), Member(X, two), Not(Member(X, two)))
    rows = [[shown(x), *(_tested(test, x) for test in tests)] for x in [*known, None]]
    head = ["x is", '`x == "a"`', '`x in ["a", "b"]`', '`x not in ["a", "b"]`']
    yield from table(head, rows)
    yield "\nA whole number known to lie in a range is compared with each value of the list:\n"
    lists = ((2,), (1, 2, 3), (7, 8))
    rows = [
        [shown(x), *(_tested(Member(X, frozenset(values)), x) for values in lists)]
        for x in (Span(1, 1), Span(1, 3), Span(1, 4))
    ]
    yield from table(["x is", *(f"`x in {list(values)}`" for values in lists)], rows)


def _sets() -> Iterator[str]:
    yield "## Sets of choices\n"
    yield "A fact of type *set* holds several choices at once; when it is known, all are known.\n"
    values = frozenset({"a", "b"})
    tests: Mapping[str, Test] = {
        "overlaps": Relation("overlaps", X, values),
        "disjoint": Not(Relation("overlaps", X, values)),
        "subset": Relation("within", X, values),
        "includes": Relation("includes", X, values),
    }
    known = [Members(frozenset(held)) for held in ("", "a", "ab", "ac", "c")]
    rows = [[shown(x), *(_tested(test, x) for test in tests.values())] for x in [*known, None]]
    yield from table(["x is", *(f'`{name}(x, ["a", "b"])`' for name in tests)], rows)


def _none() -> Iterator[str]:
    yield "## None\n"
    yield """Only some facts declare *none*, and say what it means ("nothing is ordered yet"). None
is a known value: not absence. A comparison with none is false, which is why the language asks for a
guard.
"""
    day = day_number("2026-05-04")
    tests = (IsNone(X), Not(IsNone(X)), Compare(X, "<", Constant(day, Kind.DATE)))
    known = (NOTHING, Span(day - 1, day - 1), Span(day, day), None)
    rows = [[shown(x, dates=True), *(_tested(test, x) for test in tests)] for x in known]
    yield from table(["x is", "`x is none`", "`x is not none`", '`x < "2026-05-04"`'], rows)


def _arithmetic() -> Iterator[str]:
    yield "## Arithmetic on ranges\n"
    a, b, c = Span(1, 2), Span(10, 20), Span(-3, 4)
    world = _World({"a": a, "b": b})
    rows = [
        ["`a + b`", shown(spans.total([a, b]))],
        ["`b - a`", shown(spans.total([b, spans.product([point(-1), a])]))],
        ["`a * b`", shown(spans.product([a, b]))],
        ["`b * c`", shown(spans.product([b, c]))],
        ["`min(a, c)`", shown(spans.extreme("min", [a, c]))],
        ["`max(a, c)`", shown(spans.extreme("max", [a, c]))],
        ["`0.5 * a`", shown(spans.product([point(Fraction(1, 2)), a]))],
        ["`between(a, b)`", shown(value(Between(Fact("a"), Fact("b")), world))],
    ]
    yield f"For a = {shown(a)}, b = {shown(b)}, c = {shown(c)}:\n"
    yield from table(["expression", "is"], rows)
    yield "\nMonths are counted on the calendar, and the end of a shorter month clamps:\n"
    dates = [("2026-01-31", 1), ("2024-02-29", 12), ("2026-03-31", -1), ("2026-05-04", 24)]
    yield from table(
        ["d", "months", "`add_months(d, months)`"],
        [
            [day, str(months), day_text(spans.add_months(day_number(day), months))]
            for day, months in dates
        ],
    )
    yield "\n`years_since(d)` counts complete years up to the date of the question:\n"
    ages = [
        ("2023-05-04", "2026-05-03"),
        ("2023-05-04", "2026-05-04"),
        ("2024-02-29", "2025-02-28"),
    ]
    yield from table(
        ["d", "date of the question", "`years_since(d)`"],
        [[d, on, shown(spans.elapsed(_point(d), _point(on)))] for d, on in ages],
    )


def _choices() -> Iterator[str]:
    yield "## The first line that holds\n"
    yield "`first: [{when: a, then: 10}, {when: b, then: 20}, {otherwise: 30}]` is:\n"
    ten, twenty, thirty = (Constant(n, Kind.NUMBER) for n in (10, 20, 30))
    a, b = (Member(Fact(name), frozenset({True})) for name in "ab")
    chosen = Choose(((a, ten), (b, twenty)), thirty)
    rows = [
        [WORDS[p], WORDS[q], shown(value(chosen, _World({**_held("a", p), **_held("b", q)})))]
        for p in TRUTHS
        for q in TRUTHS
    ]
    yield from table(["a", "b", "value"], rows)
    yield """
Choices become *one of* several. A branch whose value is unknown leaves nothing known. A lookup in
a table does the same over the keys that are possible; in a *complete* table an absent key is an
answer, in a partial one it is unknown."""


# ---------------------------------------------------------------------------------------- nodes
def _node_kinds() -> Iterator[str]:
    yield "## The kinds of nodes\n"
    yield "[tree.md](tree.md) shows how a line of YAML becomes these. Tests:\n"
    yield from _nodes(get_args(tree.Test))
    yield "\nValues:\n"
    yield from _nodes(get_args(tree.Value))


def _nodes(kinds: Sequence[type]) -> Iterator[str]:
    rows = []
    for kind in kinds:
        names = ", ".join(field.name for field in dataclasses.fields(kind))
        rows.append([f"`{kind.__name__}({names})`", " ".join((kind.__doc__ or "").split())])
    yield from table(["node", "what it is"], rows)


# ------------------------------------------------------------------------------------- what is said
def _tested(test: Test, known: Known | None) -> str:
    return WORDS[truth(test, _World({} if known is None else {"x": known}))]


def _held(key: str, held: Truth) -> dict[str, Known]:
    return {} if held is None else {key: Options(frozenset({held}))}


def _options(*choices: str) -> Known:
    return Options(frozenset(choices))


def _point(day: str) -> Span:
    return point(day_number(day))
