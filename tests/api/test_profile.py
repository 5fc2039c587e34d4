"""What may a program give as a profile, and is it always either read or refused by name?"""

import datetime
import json
import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import MatcherError, Profile, ProfileError
from matcher.facts.values import Options, Span, point

FLAT = {"applicant.kind": "epci", "site.insee": "41194", "applicant.headcount": 85}
NESTED = {"applicant": {"kind": "epci", "headcount": 85}, "site": {"insee": "41194"}}
YAML = 'applicant: {kind: epci, headcount: 85}\nsite: {insee: "41194"}\n'


def codes(error):
    return [diagnostic.code for diagnostic in error.value.diagnostics]


def shown(source):
    """A short name for a case, the same in every process."""
    try:
        return re.sub(r" at 0x\w+", "", repr(source))[:50]
    except ValueError:
        return "a very large number"


def test_every_example_is_read(catalogue, root):
    paths = sorted((root / "profiles" / "examples").glob("*.yaml"))
    assert len(paths) > 5
    for path in paths:
        assert catalogue.profile(path).values


def test_all_ways_to_give_one_are_the_same(catalogue, tmp_path):
    yaml, json_ = tmp_path / "p.yaml", tmp_path / "p.json"
    yaml.write_text(YAML, encoding="utf-8")
    json_.write_text(json.dumps(NESTED), encoding="utf-8")
    sources = [FLAT, NESTED, yaml, str(yaml), json_, str(json_), YAML.encode()]
    sources += [json.dumps(FLAT).encode(), b"\xef\xbb\xbf" + YAML.encode()]
    profiles = [catalogue.profile(source) for source in sources]
    assert all(profile.values == profiles[0].values for profile in profiles)
    assert profiles[0].values["applicant.headcount"] == point(85)


@pytest.mark.parametrize(
    ("key", "value", "known"),
    [
        ("applicant.headcount", "85", point(85)),
        ("applicant.turnover_eur", Decimal("1234.56"), point(Fraction("1234.56"))),
        ("applicant.turnover_eur", 1234.56, point(Fraction("1234.56"))),
        ("applicant.turnover_eur", Fraction(1, 4), point(Fraction(1, 4))),
        ("applicant.turnover_eur", "1,2 M€", point(1_200_000)),
        ("applicant.created_on", datetime.date(2026, 5, 4), point(739_740)),
        (
            "applicant.created_on",
            datetime.datetime(2026, 5, 4, 12, 0, tzinfo=datetime.UTC),
            point(739_740),
        ),
        ("applicant.created_on", "04/05/2026", point(739_740)),
        ("applicant.headcount", {"min": 50, "max": 99}, Span(50, 99)),
        ("applicant.kind", ("epci"), Options(frozenset({"epci"}))),
        (
            "applicant.kind",
            {"one_of": ("epci", "commune")},
            Options(frozenset({"epci", "commune"})),
        ),
        ("applicant.independent", "oui", Options(frozenset({True}))),
    ],
    ids=range(12),
)
def test_values_of_python_are_read(catalogue, key, value, known):
    assert catalogue.profile({key: value}).values == {key: known}


@pytest.mark.parametrize(
    "source",
    [
        None,
        3,
        3.5,
        True,
        [],
        [FLAT],
        object(),
        b"",
        b"\xff\xfe\x00",
        b"[",
        b"{",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"- 1",
        b'"text"',
        "",
        "nowhere.yaml",
        "a\0b",
        "a" * 2_000,
        YAML,
        "/",
        {1: 2},
        {("a", "b"): 1},
        {"": 1},
        {"applicant.kind": object()},
        {"applicant.kind": []},
        {"applicant.kind": {"one_of": []}},
        {"applicant.kind": {"one_of": [["a"]]}},
        {"applicant.kind": {"a": {"b": "c"}}},
        {"applicant.headcount": float("nan")},
        {"applicant.headcount": float("inf")},
        {"applicant.headcount": Decimal("NaN")},
        {"applicant.headcount": Decimal("1e99999999")},
        {"applicant.headcount": 10**5_000},
        {"applicant.headcount": -1},
        {"applicant.headcount": 1.5},
        {"applicant.headcount": {"min": 9, "max": 1}},
        {"applicant.headcount": True},
        {"applicant.created_on": "2026-02-30"},
        {"project.covered_by": "cee"},
        {"project.covered_by": [{"a": 1}]},
        {"authority": "x"},
        {"authority": [3]},
        {"authority": [{"unknown": "nobody/knows", "value": 1}]},
        {"applicant": {"kind": "epci"}, "applicant.kind": "commune"},
    ],
    ids=shown,
)
def test_what_is_not_a_profile_is_refused_by_name(catalogue, source):
    with pytest.raises(ProfileError) as error:
        catalogue.profile(source)
    assert codes(error)
    for lang in ("fr", "en"):
        text = error.value.render(lang)
        assert text.strip()
        assert "Traceback" not in text
        assert len(text) < 5_000


def test_a_mapping_that_holds_itself(catalogue):
    looped: dict = {}
    looped["applicant"] = looped
    with pytest.raises(MatcherError):
        catalogue.profile(looped)


def test_every_mistake_is_told_at_once(catalogue):
    with pytest.raises(ProfileError) as error:
        catalogue.profile({"applicant.knd": 1, "applicant.headcount": "x", "site.insee": "99999"})
    assert sorted(codes(error)) == ["P01", "P02", "P06"]


def test_what_was_given_is_not_changed(catalogue):
    given_ = json.loads(json.dumps({**NESTED, "about": "x", "authority": []}))
    before = json.dumps(given_)
    catalogue.profile(given_)
    assert json.dumps(given_) == before


def test_the_order_of_facts_does_not_count(catalogue):
    turned = dict(reversed(FLAT.items()))
    assert list(catalogue.profile(FLAT).values) == list(catalogue.profile(turned).values)


def test_a_profile_is_a_value(catalogue):
    profile = catalogue.profile(FLAT)
    assert isinstance(profile, Profile)
    assert profile == catalogue.profile(NESTED)
    with pytest.raises(AttributeError):
        profile.values = {}


# Anything that JSON can hold, under keys that are facts or are not.
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["none", "declined", "unknown", "epci", "41194", "2026-05-04", "85", "1e9"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["min", "max", "one_of", "declined", "x"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)


@settings(max_examples=120)
@given(data=st.data())
def test_whatever_is_given_is_read_or_refused(catalogue, data):
    keys = st.sampled_from([*catalogue.facts, "about", "authority", "nothing", "applicant", "site"])
    source = data.draw(st.dictionaries(keys, ANYTHING, max_size=4))
    try:
        profile = catalogue.profile(source)
    except ProfileError:
        return
    report = catalogue.match(profile, "2026-05-04", ["vta", "pret-vert", "fonds-chaleur"])
    json.loads(report.to_json())
