"""Which tree does each form of the language give, and what is said of everything else?"""

import datetime
import time
import warnings
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matcher.language.diagnostics import Diagnostics, Place
from matcher.language.expressions import read_test, read_value
from matcher.language.scope import FactName, ParameterName, SetName, base_scope
from matcher.language.tree import (
    AS_OF,
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
    Not,
    Parameter,
    Product,
    Relation,
    Shift,
    Sum,
)
from matcher.language.types import BOOLEAN, DATE, EUROS, INTEGER, NUMBER, Kind, Type
from matcher.language.walk import nodes
from matcher.meaning.derive import Computation, KnownFacts
from matcher.meaning.evaluate import truth
from matcher.testing import cases, written

CHOICES = frozenset({"a", "b", "c"})
TYPES = {
    "t.a": BOOLEAN,
    "t.b": BOOLEAN,
    "t.c": BOOLEAN,
    "n.staff": Type(Kind.INTEGER, "persons"),
    "n.jobs": Type(Kind.INTEGER, "persons"),
    "n.delay": Type(Kind.INTEGER, "months"),
    "n.level": INTEGER,
    "n.tonnes": Type(Kind.NUMBER, "tonnes"),
    "n.rate": NUMBER,
    "m.cost": EUROS,
    "m.aid": EUROS,
    "d.start": DATE,
    "d.end": DATE,
    "d.order": Type(Kind.DATE, can_be_none=True),
    "s.kind": Type(Kind.CHOICE, members=CHOICES),
    "s.tags": Type(Kind.SET, members=CHOICES),
    "s.code": Type(Kind.CODE),
}
SCOPE = base_scope(TYPES).with_names(
    {
        "minimum": ParameterName(EUROS),
        "share": ParameterName(NUMBER),
        "since": ParameterName(DATE),
        "some_kinds": SetName(frozenset({"a", "b"})),
        "some_levels": SetName(frozenset({1, 3})),
        "granted": FactName("scheme/granted", BOOLEAN),
        "floor": FactName("scheme/floor", EUROS),
    }
)
AT = Place("rule.yaml", 7, 11)


def read(text, wanted=None):
    """The tree of a text, and what was found wrong with it."""
    found = Diagnostics()
    if wanted is None:
        return read_test(text, SCOPE, AT, found), list(found)
    return read_value(text, SCOPE, AT, found, wanted), list(found)


def tree(text, wanted=None):
    """The tree of a right text."""
    node, found = read(text, wanted)
    assert not found, [d.render("en") for d in found]
    return node


def codes(text, wanted=None):
    """The codes of what is wrong with a text; something always is."""
    node, found = read(text, wanted)
    assert node is None
    assert found
    for diagnostic in found:
        for lang in ("fr", "en"):
            assert diagnostic.render(lang)
    return [d.code for d in found]


def number(value):
    return Constant(value, Kind.NUMBER)


def day(text):
    return Constant(datetime.date.fromisoformat(text).toordinal(), Kind.DATE)


def holds(key):
    return Member(Fact(key), frozenset({True}))


A, B, C = holds("t.a"), holds("t.b"), holds("t.c")
STAFF, COST, START = Fact("n.staff"), Fact("m.cost"), Fact("d.start")


# ---------------------------------------------------------------------------- the forms of § 2
TESTS = {
    # boolean facts, true and false
    "t.a": A,
    "not t.a": Not(A),
    "true": All(()),
    "false": Any(()),
    "granted": holds("scheme/granted"),
    "t.a == true": A,
    "t.a != true": Not(A),
    "t.a == false": Member(Fact("t.a"), frozenset({False})),
    # connectives
    "t.a and t.b": All((A, B)),
    "t.a or t.b": Any((A, B)),
    "t.a and t.b and t.c": All((A, B, C)),
    "t.a and (t.b and t.c)": All((A, B, C)),
    "t.a or (t.b or t.c)": Any((A, B, C)),
    "t.a or t.b and t.c": Any((A, All((B, C)))),
    "(t.a or t.b) and t.c": All((Any((A, B)), C)),
    "not t.a and t.b": All((Not(A), B)),
    "not (t.a and t.b)": Not(All((A, B))),
    "not not t.a": Not(Not(A)),
    "at_least(2, t.a, t.b, t.c)": AtLeast(2, (A, B, C)),
    "at_least(1, t.a)": AtLeast(1, (A,)),
    # comparisons
    "n.staff < 250": Compare(STAFF, "<", number(250)),
    "n.staff <= 250": Compare(STAFF, "<=", number(250)),
    "n.staff > 250": Compare(STAFF, ">", number(250)),
    "n.staff >= 250": Compare(STAFF, ">=", number(250)),
    "n.staff == 250": Compare(STAFF, "==", number(250)),
    "n.staff != 250": Compare(STAFF, "!=", number(250)),
    "250 <= n.staff": Compare(number(250), "<=", STAFF),
    "n.staff > n.jobs": Compare(STAFF, ">", Fact("n.jobs")),
    "m.cost >= minimum": Compare(COST, ">=", Parameter("minimum")),
    "m.cost >= floor": Compare(COST, ">=", Fact("scheme/floor")),
    "m.cost >= 400_000": Compare(COST, ">=", number(400_000)),
    "10 <= n.staff <= 20": All(
        (Compare(number(10), "<=", STAFF), Compare(STAFF, "<=", number(20)))
    ),
    "n.staff < n.jobs < 20": All(
        (Compare(STAFF, "<", Fact("n.jobs")), Compare(Fact("n.jobs"), "<", number(20)))
    ),
    # dates
    'd.start < "2025-01-31"': Compare(START, "<", day("2025-01-31")),
    '"2025-01-31" <= d.start': Compare(day("2025-01-31"), "<=", START),
    "d.start >= since": Compare(START, ">=", Parameter("since")),
    "d.start <= as_of": Compare(START, "<=", Fact(AS_OF)),
    'd.start == "2024-02-29"': Compare(START, "==", day("2024-02-29")),
    "add_months(d.start, 24) <= as_of": Compare(Shift(START, number(24)), "<=", Fact(AS_OF)),
    'add_months("2025-01-31", n.delay) > as_of': Compare(
        Shift(day("2025-01-31"), Fact("n.delay")), ">", Fact(AS_OF)
    ),
    "years_since(d.start) >= 3": Compare(Elapsed(START), ">=", number(3)),
    # equality, membership
    's.kind == "a"': Member(Fact("s.kind"), frozenset({"a"})),
    '"a" == s.kind': Member(Fact("s.kind"), frozenset({"a"})),
    's.kind != "a"': Not(Member(Fact("s.kind"), frozenset({"a"}))),
    's.kind in ["a", "b"]': Member(Fact("s.kind"), frozenset({"a", "b"})),
    's.kind not in ["a"]': Not(Member(Fact("s.kind"), frozenset({"a"}))),
    "s.kind in some_kinds": Member(Fact("s.kind"), frozenset({"a", "b"}), "some_kinds"),
    "s.kind not in some_kinds": Not(Member(Fact("s.kind"), frozenset({"a", "b"}), "some_kinds")),
    "s.kind in []": Member(Fact("s.kind"), frozenset()),
    's.code == "01247"': Member(Fact("s.code"), frozenset({"01247"})),
    's.code in ("01247", "85.10")': Member(Fact("s.code"), frozenset({"01247", "85.10"})),
    "n.level in [1, 3]": Member(Fact("n.level"), frozenset({1, 3})),
    "n.level in some_levels": Member(Fact("n.level"), frozenset({1, 3}), "some_levels"),
    # none
    "d.order is none": IsNone(Fact("d.order")),
    "d.order is not none": Not(IsNone(Fact("d.order"))),
    "d.order is none or d.order < as_of": Any(
        (IsNone(Fact("d.order")), Compare(Fact("d.order"), "<", Fact(AS_OF)))
    ),
    # sets of choices
    'overlaps(s.tags, ["a"])': Relation("overlaps", Fact("s.tags"), frozenset({"a"})),
    'disjoint(s.tags, ["a"])': Not(Relation("overlaps", Fact("s.tags"), frozenset({"a"}))),
    'subset(s.tags, ["a", "b"])': Relation("within", Fact("s.tags"), frozenset({"a", "b"})),
    "includes(s.tags, some_kinds)": Relation(
        "includes", Fact("s.tags"), frozenset({"a", "b"}), "some_kinds"
    ),
    "subset(s.tags, [])": Relation("within", Fact("s.tags"), frozenset()),
}


@pytest.mark.parametrize("text", TESTS)
def test_each_form_of_a_test(text):
    assert tree(text) == TESTS[text]


MINUS = number(-1)
VALUES = {
    "m.cost + m.aid": Sum((COST, Fact("m.aid"))),
    "m.cost - m.aid": Sum((COST, Product((MINUS, Fact("m.aid"))))),
    "-m.cost": Product((MINUS, COST)),
    "-5": Product((MINUS, number(5))),
    "m.cost * 0.35": Product((COST, number(Fraction(35, 100)))),
    "n.staff * m.cost": Product((STAFF, COST)),
    "m.cost * share": Product((COST, Parameter("share"))),
    "min(m.cost, 400_000)": Extreme("min", (COST, number(400_000))),
    "max(m.cost, m.aid, minimum)": Extreme("max", (COST, Fact("m.aid"), Parameter("minimum"))),
    "m.cost * between(0.15, 0.30)": Product(
        (COST, Between(number(Fraction(15, 100)), number(Fraction(3, 10))))
    ),
    "min(m.cost * 0.5, 10) + 1": Sum(
        (Extreme("min", (Product((COST, number(Fraction(1, 2)))), number(10))), number(1))
    ),
}


@pytest.mark.parametrize("text", VALUES)
def test_each_form_of_an_amount(text):
    assert tree(text, EUROS) == VALUES[text]


def test_a_value_of_another_type():
    assert tree("as_of", DATE) == Fact(AS_OF)
    assert tree('"2025-01-31"', DATE) == day("2025-01-31")
    assert tree("add_months(d.start, 12)", DATE) == Shift(START, number(12))
    assert tree("t.a and t.b", BOOLEAN) == All((A, B))
    assert tree("years_since(d.start)", Type(Kind.INTEGER, "years")) == Elapsed(START)
    assert tree("0.20", NUMBER) == number(Fraction(1, 5))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("  t.a   and\n   t.b ", "t.a and t.b"),
        ("((t.a))", "t.a"),
        ("n.staff<250", "n.staff < 250"),
        ("m.cost >= 400000", "m.cost >= 400_000"),
        ("n.level in {1, 3}", "n.level in [3, 1]"),
    ],
)
def test_how_it_is_laid_out_does_not_matter(text, same):
    assert tree(text) == tree(same)


# ----------------------------------------------------------------------------------- exact numbers
@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("0.1", Fraction(1, 10)),
        ("0.35", Fraction(35, 100)),
        ("0.55", Fraction(55, 100)),
        ("0.70", Fraction(7, 10)),
        ("1.10", Fraction(11, 10)),
        ("400_000", 400_000),
        ("400_000.50", Fraction(800_001, 2)),
        ("2.0", 2),
        ("0", 0),
        ("1000000000000000", 10**15),
        ("999999999999999.99", Fraction(10**17 - 1, 100)),
        ("0.000000000001", Fraction(1, 10**12)),
        ("9007199254740993", None),
        ("900719925474099.3", Fraction(9007199254740993, 10)),
    ],
)
def test_a_number_is_exactly_what_is_written(text, exact):
    if exact is None:
        assert codes(f"n.level < {text}") == ["E14"]
        return
    compared = tree(f"n.level < {text}")
    assert compared.right.value == exact
    assert isinstance(compared.right.value, int | Fraction)
    assert isinstance(compared.right.value, int) == (exact == int(exact))


# ------------------------------------------------------------------------------------- each mistake
MISTAKES = {
    "E01": ["t.a and", "(t.a", "t.a)", "t.a t.b", "t.a = true", "t.a;t.b", "n.staff <> 5", "", " "],
    "E02": ["(" * 30 + "t.a" + ")" * 30, "not " * 400 + "t.a", "t.a or " * 700 + "t.a"],
    "E03": [
        "n.staff / 2 > 1",
        "n.staff // 2 > 1",
        "n.staff % 2 > 1",
        "n.staff ** 2 > 1",
        "n.staff & 1 > 0",
        "+n.staff > 0",
        "abs(n.level) > 1",
        "n.staff > 1e3",
        "n.staff > 0x10",
        "n.staff > 1j",
        "n.staff > None",
        "n.staff > ...",
        "n.staff > True",
        's.code == b"a"',
        "d.order is None",
        "s.kind[0] == 'a'",
        "n.staff.bit_length() > 1",
        "known(n.staff)",
        "overlaps(s.tags, 'a')",
        "s.kind in 'abc'",
        "n.staff < 250  # fifty",
    ],
    "E04": ["n.staf > 5", "nobody", "s.kind in other_kinds", "n.staff == none", "t.a and t.z"],
    "E05": [
        "s.code <= 250",
        '"12" <= n.staff',
        "s.code == 12",
        "12 == s.code",
        "s.kind == 3",
        "s.kind == true",
        "t.a == 1",
        't.a == "true"',
        "n.staff == true",
        "n.staff in some_kinds",
        "s.tags in ['a']",
        "overlaps(s.kind, ['a'])",
        "m.cost in [1, 2]",
        "d.start < 2025",
        "d.start + 1 < as_of",
        "-d.start < as_of",
        "m.cost + t.a > 1",
        "n.level in [1.5]",
        "n.level in ['1']",
        "n.level in [1, true]",
        "s.kind in [1]",
        "s.kind < 'b'",
        "years_since(n.staff) > 1",
        "add_months(n.staff, 1) > as_of",
        "d.start < n.staff",
    ],
    "E06": [
        "m.cost > n.staff",
        "m.cost + n.staff > 1",
        "n.staff < n.delay",
        "n.tonnes < m.cost",
        "years_since(d.start) > n.delay",
        "add_months(d.start, n.staff) > as_of",
        "min(m.cost, n.staff) > 1",
        "between(m.cost, n.staff) > 1",
        "n.staff > minimum",
    ],
    "E07": ["s.kind == 'z'", "s.kind in ['a', 'z']", "overlaps(s.tags, ['z'])", "'z' == s.kind"],
    "E08": ["n.staff", "not n.staff", "'a'", "1", "m.cost + 1", "s.kind", "t.a if t.b else t.c"],
    "E10": ["n.staff is none", "s.kind is not none", "t.a is none"],
    "E11": [
        "d.order < as_of",
        "not (d.order < as_of)",
        "years_since(d.order) > 1",
        "add_months(d.order, 1) > as_of",
        "d.start < d.order",
    ],
    "E12": ["d.start < '2025-02-30'", "d.start < '2025-2-3'", "d.start < '03/02/2025'"],
    "E13": [
        "at_least(3, t.a, t.b)",
        "at_least(0, t.a)",
        "at_least(2)",
        "at_least(true, t.a)",
        "at_least(t.a, t.b)",
        "at_least(-1, t.a)",
        "min(n.staff) > 1",
        "between(1) > 1",
        "between(1, 2, 3) > 1",
        "add_months(d.start) > as_of",
        "years_since() > 1",
        "overlaps(s.tags)",
    ],
    "E14": ["m.cost > 1000000000000001", "add_months(d.start, 0.5) > as_of"],
    "E15": ["s.kind == s.code", "t.a == t.b", "s.kind != s.code"],
    "E16": ["m.cost * m.aid > 1", "n.staff * n.delay > 1", "m.cost * minimum > 1"],
    "E17": ["n.staff - n.staff <= 0", "n.staff < n.staff", "min(m.cost, m.cost * 0.5) > 1"],
}


@pytest.mark.parametrize(
    ("code", "text"), [(code, text) for code, texts in MISTAKES.items() for text in texts]
)
def test_each_mistake_has_its_code(code, text):
    assert codes(text) == [code]


def test_several_mistakes_are_told_at_once():
    assert codes("n.staf > 5 and s.kind == 'z' or m.cost > n.staff") == ["E04", "E07", "E06"]


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("n.staf > 5", 0),
        ("t.a and n.staf > 5", 8),
        ("m.cost > n.staff", 9),
        ("s.kind in ['a', 'z']", 16),
        ("t.a and n.staff = 3", 16),
        ("n.staff / 2 > 1", 0),
        ("s.code == 'é' and nobody", 18),
    ],
)
def test_a_mistake_is_shown_where_it_stands(text, column):
    _, (diagnostic,) = read(text)
    assert diagnostic.place.file == AT.file
    assert diagnostic.place.line == AT.line
    assert diagnostic.place.column - AT.column in (column, column - 1)


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [("n.staf > 5", "n.staff"), ("s.kind in some_kind", "some_kinds"), ("over(t.a)", "overlaps")],
)
def test_a_near_name_is_suggested(text, suggestion):
    _, (diagnostic,) = read(text)
    assert diagnostic.suggestion == suggestion


@pytest.mark.parametrize(
    ("text", "wanted", "code"),
    [
        ("n.staff", EUROS, "E06"),
        ("t.a", EUROS, "E05"),
        ("m.cost", BOOLEAN, "E08"),
        ("m.cost", DATE, "E05"),
        ("d.start", EUROS, "E05"),
        ("'2025-13-01'", DATE, "E12"),
        ("m.cost / 2", EUROS, "E03"),
        ("", EUROS, "E01"),
    ],
)
def test_a_value_of_the_wrong_type(text, wanted, code):
    assert codes(text, wanted) == [code]


@pytest.mark.parametrize(
    "text", ["add_months(d.start, 0.5 * n.delay) < as_of", "add_months(d.start, share) < as_of"]
)
def test_months_are_whole(text):
    assert codes(text)[0] in ("E05", "E14")


# ------------------------------------------------------------------------------------ hostile texts
HOSTILE = {
    "brackets": "(" * 100_000,
    "closed brackets": "(" * 50_000 + "t.a" + ")" * 50_000,
    "square brackets": "[" * 3_000,
    "braces in a list": "n.level in " + "[" * 100 + "1" + "]" * 100,
    "not": "not " * 10_000 + "t.a",
    "a few hundred nots": "not " * 900 + "t.a",
    "not with brackets": "not (" * 500 + "t.a" + ")" * 500,
    "minus": "-" * 3_000 + "1 < n.staff",
    "minus apart": "- " * 1_900 + "1 < n.staff",
    "a few hundred minus apart": "- " * 400 + "1 < n.staff",
    "minus in pairs": "- -" * 900 + "1 < n.staff",
    "not and minus": "not - " * 600 + "t.a",
    "plus": "1" + "+1" * 1_900 + " < n.staff",
    "times": "1" + "*1" * 1_900 + " < n.staff",
    "powers": "1" + "**1" * 1_000 + " < n.staff",
    "dots": "a" + ".a" * 1_900,
    "calls": "f" + "()" * 1_900,
    "indices": "t.a" + "[0]" * 1_200,
    "ifs": "t.a if t.b else " * 200 + "t.c",
    "lambdas": "lambda:" * 500 + "1",
    "a long or": " or ".join(["t.a"] * 100_000),
    "a long list": "n.level in [" + ",".join(map(str, range(1_000_000))) + "]",
    "a huge integer": "n.staff < " + "9" * 3_900,
    "a larger integer": "n.staff < " + "9" * 100_000,
    "a huge decimal": "n.staff < 0." + "9" * 3_900,
    "a huge float": "n.staff < 1e400",
    "a huge hexadecimal": "n.staff < 0x" + "f" * 3_900,
    "underscores": "n.staff < 1" + "_0" * 1_900,
    "a power": "n.staff < 9**9**9**9",
    "a shift": "n.staff < 1<<1000000000",
    "a product of texts": "s.code == 'a' * 1000000000",
    "lambda": "lambda: t.a",
    "walrus": "(x := t.a)",
    "f-string": "f'{t.a}' == s.code",
    "nested f-string": "f'{f\"{t.a}\"}' == s.code",
    "comprehension": "[x for x in s.tags]",
    "generator": "any(x for x in s.tags)",
    "attribute call": "n.staff.__class__()",
    "dunder": "t.a.__class__.__mro__",
    "import": "__import__('os').system('true')",
    "eval": "eval('1')",
    "exec": "exec('1')",
    "starred": "at_least(*t.a)",
    "keywords": "at_least(count=1, t=t.a)",
    "double star": "at_least(**t.a)",
    "await": "await t.a",
    "yield": "(yield t.a)",
    "two statements": "t.a\nimport os",
    "semicolon": "t.a; import os",
    "assignment": "t.a = t.b",
    "decorated": "@t.a",
    "null byte": "t.a\x00",
    "null byte inside": "t.\x00a",
    "surrogate": "t.a == '\ud800'",
    "lone surrogate": "\ud800",
    "escape": r"s.code == '\d' and",
    "escape in a name": r"s.code == '\N{DIGIT ONE}' and",
    "bad unicode escape": r"s.code == '\N{nobody}'",
    "bad hex escape": r"s.code == '\xZZ'",
    "backslash": "t.a \\",
    "tab and feed": "\t\f\v",
    "byte order mark": "\ufefft.a and",
    "right to left": "\u202et.a and",
    "full width": "t．a",
    "comment": "# t.a",
    "comment that hides": "t.a  # and\nand t.b",
    "a number and a word": "1if t.a else 0",
    "a number and or": "n.staff < 0or t.a and",
    "type comment": "t.a # type: ignore",
    "ellipsis": "...",
    "none": "None",
    "dict": "{1: 2}",
    "set": "{1}",
    "string concatenation": "s.code == 'a' 'b' and",
    "bytes": "b'a'",
    "complex": "1j",
    "long name": "x" * 3_999,
    "long text": "s.kind == '" + "x" * 3_900 + "'",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_gets_a_diagnostic_at_once(name):
    started = time.perf_counter()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert codes(HOSTILE[name])
        assert codes(HOSTILE[name], EUROS)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("depth", [10, 100, 300, 900])
def test_a_deep_tree_is_read_and_evaluated_or_refused(depth):
    """From a thread's worth of stack, whatever is accepted can also be evaluated."""
    for text in ("1 " + "+ 1 " * depth + "< n.staff", "1 " + "* 1 " * depth + "< n.staff"):
        node, found = read(text)
        assert (node is None) == bool(found)
        if node is not None:
            assert list(nodes(node))
            assert truth(node, KnownFacts({}, Computation())) is None


VOCABULARY_OF_CHAOS = """
t.a t.b n.staff m.cost d.start d.order s.kind s.tags s.code as_of minimum some_kinds none true
false 1 0.5 400_000 'a' 'z' '2025-01-31' None 1e9 é f'{t.a}' and or not in is if else for lambda
:= < <= == != >= + - * / ** = @ ( ) [ ] , . : # \\ min( max( at_least( add_months( years_since(
overlaps( between(
"""
WORDS = st.sampled_from([*VOCABULARY_OF_CHAOS.split(), "\xa0"])


@settings(max_examples=3 * settings.default.max_examples)
@given(st.lists(WORDS, max_size=14).map(" ".join))
def test_any_words_in_any_order_give_a_tree_or_a_diagnostic(text):
    for wanted in (None, EUROS):
        node, found = read(text, wanted)
        assert (node is None) == bool(found)


@given(st.text(max_size=60))
def test_any_text_gives_a_tree_or_a_diagnostic(text):
    for wanted in (None, EUROS):
        node, found = read(text, wanted)
        assert (node is None) == bool(found)


# ------------------------------------------------------------------------------- there and back
def scope_of(vocabulary):
    """The scope in which a drawn vocabulary is written."""
    return base_scope({key: fact.type() for key, fact in vocabulary.items()})


@given(cases(choices=False, depth=3))
def test_a_drawn_test_reads_back_with_the_same_meaning(case):
    try:
        text = written(case.test)
    except ValueError:
        assume(False)
    assume(len(text) < 3_000)
    scope = scope_of(case.setting.vocabulary)
    found = Diagnostics()
    again = read_test(text, scope, AT, found)
    assert again is not None, (text, [d.render("en") for d in found])
    assert truth(again, case.facts) is truth(case.test, case.facts)
    assert truth(again, case.more_facts) is truth(case.test, case.more_facts)
    assert read_test(written(again), scope, AT, found) == again


@pytest.mark.parametrize("text", TESTS)
def test_what_is_read_is_written_and_read_back(text):
    node = tree(text)
    named = any(isinstance(n, Member | Relation) and n.named for n in nodes(node))
    local = any(isinstance(n, Fact) and "/" in n.key for n in nodes(node))
    if not named and not local:
        assert tree(written(node)) == node
