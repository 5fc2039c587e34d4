"""Is a catalogue read back from JSON the very same, types included?"""

import json
import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings

from matcher.catalogue.codec import decoded, encoded
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at
from matcher.facts.values import Span
from matcher.language.text import Text
from matcher.language.tree import Constant, Member
from matcher.language.types import Kind
from matcher.testing import situations

PARTS = ("vocabulary", "authorities", "derivations", "derived_unknowns", "schemes", "cases")


def there_and_back(value):
    return decoded(json.loads(json.dumps(encoded(value), ensure_ascii=False)))


@pytest.mark.parametrize("part", PARTS)
def test_the_shipped_catalogue_comes_back_the_same(content, difference, part):
    value = getattr(content, part)
    assert value or part == "derived_unknowns"
    assert difference(value, there_and_back(value)) == ""


def test_the_small_catalogue_comes_back_the_same(folder, difference):
    content = load_content(layout_at(folder))[0]
    for part in PARTS:
        value = getattr(content, part)
        assert difference(value, there_and_back(value)) == "", part


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(situation=situations(derived=True))
def test_drawn_schemes_come_back_the_same(situation, difference):
    """Trees of every kind, spans without end, ratios, sets."""
    assert difference(situation.scheme, there_and_back(situation.scheme)) == ""
    derivations = dict(situation.content.derivations)
    assert difference(derivations, there_and_back(derivations)) == ""


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        1,
        10**15,
        "",
        "~",
        "é",
        Fraction(1, 3),
        Decimal("0.10"),
        math.inf,
        -math.inf,
        (),
        ((), ((),)),
        {},
        {"a": {"b": ()}},
        frozenset(),
        frozenset({1, 2}),
        frozenset({True, "true", 2}),
        Span(-math.inf, Fraction(1, 3)),
        Text("~", "kind"),
        Kind.EUROS,
        Constant("euros", Kind.CODE),
        Member(Constant(1, Kind.NUMBER), frozenset({1, 2})),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_kind_of_value_comes_back_the_same(value, difference):
    assert difference(value, there_and_back(value)) == ""


@pytest.mark.parametrize("value", ["kind", {"v": 1}], ids=repr)
def test_a_key_like_the_mark_is_only_a_key(value, difference):
    """A source or an edition may be called `~`."""
    mapping = {"~": value, "v": "x"}
    assert difference(mapping, there_and_back(mapping)) == ""


def test_sets_are_written_in_one_order():
    """Whatever the hash seed: the compiled catalogue is the same file."""
    one = encoded(frozenset(["b", "a", "c"]))
    assert one == encoded(frozenset(["c", "b", "a"]))
    assert [str(v) for v in one["v"]] == ["a", "b", "c"]
