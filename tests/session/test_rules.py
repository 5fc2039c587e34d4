"""Do the rules mean what the reference says, and does durable-rules fire them as written?"""

import json
import logging
from itertools import product
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.catalogue.model import Relations
from matcher.catalogue.plan import Plan
from matcher.engines.judge import group_truth
from matcher.engines.session import durable as module
from matcher.engines.session.chain import (
    Around,
    Conclusions,
    State,
    Subject,
    concluded,
    links_of,
)
from matcher.engines.session.durable import DurablePool, DurableRules, EngineError, LimitError
from matcher.engines.session.engine import DirectRules
from matcher.engines.session.network import network_of
from matcher.engines.session.rulebook import (
    AGREE,
    DIFFER,
    OUTCOMES,
    RULES,
    STAGES,
    TOKENS,
    DisagreementError,
    Rule,
    conclusion,
    fact,
    group_fact,
)
from matcher.testing import all_groups, group_of

STATUSES = ("yes", "no", "unk")
WINDOWS = ("open", "upcoming", "closed", "unknown")
ALL_FACTS = [
    *(
        fact("scheme", {"o": o, "w": w, "e": e})
        for o, w, e in product(STATUSES, WINDOWS, (AGREE, DIFFER))
    ),
    *(fact("change", {"was": was, "is": is_}) for was, is_ in product(STAGES, STAGES)),
    *(fact("territory", {"a": stage, "t": token}) for stage, token in product(STAGES, STATUSES)),
    *(
        fact(kind, {"a": a, "b": b, "aw": aw, "bw": bw})
        for kind, a, b, aw, bw in product(
            ("opens", "excludes", "replaces"), STAGES, STAGES, WINDOWS, WINDOWS
        )
    ),
    *(group_fact("all", tokens) for size in range(5) for tokens in product(STATUSES, repeat=size)),
    *(group_fact("any", tokens) for size in range(5) for tokens in product(STATUSES, repeat=size)),
]


# ----------------------------------------------------------------------------------- durable-rules
def test_durable_rules_fires_every_kind_of_fact_as_the_rules_are_written(durable):
    assert list(durable.fired(ALL_FACTS)) == list(DirectRules().fired(ALL_FACTS))


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["all", "any", "count"]),
            st.lists(st.sampled_from(STATUSES), max_size=16),
            st.integers(-1, 17),
        ),
        max_size=150,
    )
)
def test_durable_rules_fires_groups_of_every_width(durable, groups):
    facts = [group_fact(kind, tokens, count) for kind, tokens, count in groups]
    assert list(durable.fired(facts)) == list(DirectRules().fired(facts))


def test_one_rule_decides_each_fact(durable):
    for about, fired in zip(ALL_FACTS, durable.fired(ALL_FACTS), strict=True):
        assert "otherwise" in fired
        assert len(fired) <= 2
        conclusion(about, fired)


def test_the_rules_name_no_number_no_date_and_no_scheme():
    words = {word for rule in RULES for clause in rule.clauses for pair in clause for word in pair}
    assert all(word.isalnum() for word in words)
    assert [word for word in words if not word.islower()] == ["1"], "which marks every fact"


@pytest.mark.usefixtures("durable")
def test_an_engine_keeps_nothing():
    engine = DurableRules(module.import_module(module.MODULE))
    engine.fired(ALL_FACTS[:100])
    kept = json.loads(engine._native.get_facts(engine._handle, "0"))
    assert [item for item in kept if "k" in item] == []


def limits():
    """Rule sets that exceed one limit each."""
    seen = RULES[-1]
    two = ("k", "x")
    wide = tuple((f"s{i}", "x") for i in range(401))
    many = tuple(Rule(f"r{i}", ((two,), (("a", f"v{i % 300}"),)), "x") for i in range(400))
    crowd = tuple((f"s{i}", "x") for i in range(260))
    forks = tuple(((f"a{i}", "x"), (f"b{i}", "x")) for i in range(14))
    return {
        "more than 400 rules": (*many, seen),
        "more than 400 alternatives": (Rule("r", (wide,), "x"), seen),
        "more than 14 connectors": (Rule("r", forks, "x"), seen),
        "more than 252 properties": (Rule("r", (crowd,), "x"), seen),
        "short and plain": (Rule("r", ((("$nex", "x"),),), "x"), seen),
        "a fact that no rule matches": RULES[:-1],
        "two rules of one name": (RULES[0], *RULES),
    }


@pytest.mark.parametrize("limit", limits())
def test_rules_over_a_limit_are_refused_before_durable_rules_sees_them(limit):
    native = SimpleNamespace(create_ruleset=lambda *_: pytest.fail("durable-rules has seen them"))
    with pytest.raises(LimitError, match=limit):
        DurableRules(native, limits()[limit])


def test_names_that_durable_rules_would_confuse_are_refused(monkeypatch):
    monkeypatch.setattr(module, "_hash", lambda _: 7)
    with pytest.raises(LimitError, match="two names of one hash"):
        module.refuse_excess(RULES)


def test_the_hash_is_that_of_durable_rules():
    assert module._hash("") == 2166136261
    assert module._hash("a") == 0xE40C292C
    assert module._hash("foobar") == 0xBF9CF968


@pytest.mark.usefixtures("durable")
def test_a_rule_at_the_limit_works():
    """Fourteen connectors are allowed, fifteen would work, sixteen do not: that is no guess."""
    native = module.import_module(module.MODULE)

    def rule_set(forks):
        clauses = tuple(((f"a{i}", "x"), (f"b{i}", "x")) for i in range(forks))
        return json.dumps({"r": {"all": [{"m": module._pattern(clauses)}]}})

    assert native.create_ruleset("at", rule_set(13))
    assert native.create_ruleset("at", rule_set(14))
    with pytest.raises(native.error, match="113"):
        native.create_ruleset("over", rule_set(15))


# ------------------------------------------------------------------------------------ engine errors
class Broken:
    """durable-rules, whose assertions fail, or say that nothing matches."""

    error = RuntimeError

    def __init__(self, answer):
        self.answer = answer

    def create_ruleset(self, *_):
        return 1

    def assert_fact(self, *_):
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


@pytest.mark.parametrize("answer", [(1, 0), (2, 0), RuntimeError("302"), MemoryError()])
def test_what_durable_rules_sets_aside_is_an_error(answer):
    with pytest.raises(EngineError):
        DurablePool(Broken(answer)).fired(ALL_FACTS[:1])


def test_an_engine_that_failed_is_not_lent_again(monkeypatch):
    monkeypatch.setattr(module, "MOST_ENGINES", 3)
    monkeypatch.setattr(module, "PATIENCE_SECONDS", 0.01)
    pool = DurablePool(Broken((1, 0)))
    for _ in range(3):
        with pytest.raises(EngineError, match="code 1"):
            pool.fired(ALL_FACTS[:1])
    with pytest.raises(EngineError, match="no engine left"):
        pool.fired(ALL_FACTS[:1])


@pytest.mark.parametrize(
    "fired", [set(), {"all.no"}, {"otherwise", "all.no", "all.yes"}, {"otherwise", "else"}]
)
def test_an_engine_that_concludes_nothing_or_two_things_is_not_believed(fired):
    with pytest.raises(DisagreementError):
        conclusion(group_fact("all", ["no"]), fired)


def test_durable_rules_that_does_not_do_as_told_is_not_used(monkeypatch, caplog):
    silent = SimpleNamespace(
        error=RuntimeError,
        create_ruleset=lambda *_: 1,
        assert_fact=lambda *_: (0, 1),
        retract_fact=lambda *_: (0, 1),
        start_action_for_state=lambda *_: None,
    )
    monkeypatch.setattr(module, "import_module", lambda _: silent)
    with caplog.at_level(logging.WARNING):
        assert module.durable_rules.__wrapped__() is None
    assert "evaluate directly" in caplog.text


# ------------------------------------------------------------------------------------------ groups
def follow(engine, group, statuses, before=None):
    """What follows for a group on its own; the network is that of the step before, if any."""
    size = len(statuses)
    plan = Plan(None, None, group, tuple(range(size)), (), (), (), (), {})
    tokens = tuple(TOKENS[status] for status in statuses)
    network = before.states["s"].network if before else network_of([plan])
    state = State(network, tokens, Around("open", "no"))
    return concluded(engine, (), before or Conclusions(), {"s": state})


@pytest.mark.parametrize("size", [0, 1, 2, 3])
def test_every_small_group_is_concluded_as_the_reference_judges_it(size):
    for group in all_groups(size, depth=2):
        follows = None
        for statuses in product((True, None, False), repeat=size):
            follows = follow(DirectRules(), group, statuses, follows)
            assert OUTCOMES[follows.stage("s")] is group_truth(group, statuses), (group, statuses)


@settings(max_examples=40)
@given(
    st.sampled_from(["all", "any", "at_least"]),
    st.integers(0, 60),
    st.integers(0, 62),
    st.lists(st.sampled_from((True, None, False)), min_size=60, max_size=60),
    st.lists(st.sampled_from((True, True, True, None)), min_size=60, max_size=60),
)
def test_wide_groups_are_concluded_as_the_reference_judges_them(
    durable, connective, size, count, first, then
):
    group = group_of((connective, count, (None,) * size))
    follows = None
    for statuses in (tuple(first[:size]), tuple(then[:size]), (False,) * size, (True,) * size):
        follows = follow(durable, group, statuses, follows)
        assert OUTCOMES[follows.stage("s")] is group_truth(group, statuses)


def test_only_what_changed_is_asserted_again():
    group = group_of(("all", 0, (None, ("any", 0, (None, None)), ("any", 0, (None, None)))))
    first = follow(DirectRules(), group, (None,) * 5)
    assert len(first.fired) == 4, "two inner groups, the whole, the scheme"
    second = follow(DirectRules(), group, (None, True, None, None, None), first)
    assert [f.subject.kind for f in second.fired] == ["any", "all", "change"]
    third = follow(DirectRules(), group, (None, True, True, None, None), second)
    assert [f.subject.kind for f in third.fired] == ["any", "change"], "the group said yes already"


def test_what_stands_after_many_steps_is_what_a_fresh_start_gives(durable):
    group = group_of(("at_least", 2, (None, ("any", 0, (None, None)), ("all", 0, (None, None)))))
    follows = None
    for statuses in list(product((True, None, False), repeat=5))[::7]:
        follows = follow(durable, group, statuses, follows)
        fresh = follow(DirectRules(), group, statuses)
        standing = {s: f for s, f in follows.standing.items() if s.kind != "change"}
        assert (follows.values, standing) == (fresh.values, dict(fresh.standing))


# --------------------------------------------------------------------------------------- relations
def test_an_exclusion_is_one_link_whoever_says_it():
    def scheme(id_, **relations):
        return SimpleNamespace(id=id_, relations=Relations(**relations))

    schemes = {
        "a": scheme("a", excludes=("b", "elsewhere"), opens_way_to=("c",)),
        "b": scheme("b", excludes=("a",), replaces=("c",)),
        "c": scheme("c", excludes=("a",)),
    }
    assert set(links_of(schemes)) == {
        Subject("excludes", "a", "b"),
        Subject("excludes", "a", "c"),
        Subject("opens", "a", "c"),
        Subject("replaces", "b", "c"),
    }
