"""Can a rule write anything of its own into the code that is generated from it?

The code is made of numbers and of a few words of Python: no text of a rule is ever part of it.
"""

import io
import keyword
import re
import tokenize

import pytest
from hypothesis import HealthCheck, given, settings

from matcher.engines.compiled import compiled
from matcher.engines.judge import judged
from matcher.facts.values import Members, Options, option
from matcher.language.tree import All, Any, Compare, Constant, Fact, Member, Not, Relation
from matcher.language.types import Kind
from matcher.meaning.derive import Computation, KnownFacts
from matcher.testing import situations

WORDS = {"decide", "facts", "type", "int", "low", "high", "at_least"}
OUTSIDE = {"Span", "PLAIN", "ALL", "span_of", "mask_of", "set_of"}
NAME = re.compile(r"[a-z]\d*\Z|_\Z")
HOSTILE = (
    '__import__("os").abort()',
    "'",
    '"',
    '"""',
    "\\",
    "a\nraise SystemExit",
    "a\r\n    raise SystemExit",
    "\0",
    "\u2028raise SystemExit",
    "# comment",
    "{0.__class__}",
    "%s%n",
    "t0",
    "g",
    "ALL",
    "",
    "é" * 5_000,
)


def words_of(source):
    """Every name of a source; there is no string, no comment and no number but whole ones."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        assert token.type not in (tokenize.STRING, tokenize.COMMENT), token.string
        if token.type == tokenize.NUMBER:
            assert token.string.isdigit(), token.string
        if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
            yield token.string


def foreign(source):
    return {w for w in words_of(source) if w not in WORDS | OUTSIDE and not NAME.match(w)}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(situations(derived=False))
def test_the_code_of_drawn_rules_holds_none_of_their_texts(situation):
    assert not foreign(compiled(situation.plans).source)


def test_the_code_of_the_shipped_rules_holds_none_of_their_texts(catalogue):
    plans = [
        catalogue.plan(scheme.id, edition.id if edition else None)
        for scheme in catalogue.content.schemes.values()
        for edition in scheme.editions or (None,)
    ]
    source = compiled(plans).source
    assert not foreign(source)
    assert not [key for key in catalogue.facts if key in source]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_is_only_a_value(text, plan_over):
    """As a fact key, a choice, a code, and a member of a set."""
    tests = (
        Member(Fact(text), frozenset({text, "other"})),
        Not(Member(Fact("kind"), frozenset({text}))),
        Relation("overlaps", Fact("tags"), frozenset({text})),
        Relation("includes", Fact("tags"), frozenset({text, "other"})),
        Compare(Fact(f"{text}."), ">=", Constant(3, Kind.NUMBER)),
        All((Any((Member(Fact("kind"), frozenset({text})),)),)),
    )
    plan = plan_over(*tests)
    ready = compiled([plan])
    assert not foreign(ready.source)
    for known in (
        {},
        {text: option(text), "kind": option(text), "tags": Members(frozenset({text}))},
        {text: Options(frozenset({text, "x"})), "kind": option("x"), "tags": Members(frozenset())},
    ):
        facts = KnownFacts(known, Computation(), 1)
        assert ready.judged(facts) == (judged(plan, facts),)
