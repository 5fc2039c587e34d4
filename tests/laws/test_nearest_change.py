"""Law 6: nearest change is sound and smallest.

After the changes the scheme is no longer ineligible; with fewer of them, or with a number or a date
one step less far, it still is. Where it is said that no change is enough, none is.
"""

import datetime
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from matcher import Catalogue, Outcome
from matcher.catalogue.plan import plan_of
from matcher.facts.profile import Profile
from matcher.facts.values import Members, Nothing, Options, Span, is_exact, option, point
from matcher.facts.vocabulary import exact
from matcher.language.tree import Compare, Fact
from matcher.language.types import ORDERED, Kind
from matcher.language.walk import nodes
from matcher.testing import exact_values, known_of, situations


@dataclass(frozen=True)
class Question:
    """A catalogue of one scheme, some facts of which can change, and a profile on a day."""

    catalogue: Catalogue
    profile: Profile
    day: int

    def decided(self, changes=None):
        """The decision, with other values of some facts."""
        changes = changes or {}
        values, declined = {**self.profile.values, **changes}, self.profile.declined - set(changes)
        profile = replace(self.profile, values=values, declined=declined)
        return self.catalogue.match(profile, datetime.date.fromordinal(self.day)).decisions[0]

    def enough(self, changes):
        """Whether the scheme would no longer be ineligible, and nothing given be impossible."""
        decision = self.decided(changes)
        return decision.outcome is not Outcome.INELIGIBLE and not self.contradicted(decision)

    def contradicted(self, decision):
        before = self.decided()
        for key in self.profile.values:
            decision.facts.get(key)
            before.facts.get(key)
        return decision.facts.conflicts.keys() - before.facts.conflicts.keys()

    def fact(self, key):
        return self.catalogue.content.vocabulary[key]

    @property
    def able(self):
        """The facts that can change, with what is known of them."""
        content, facts = self.catalogue.content, self.decided().facts
        found = {}
        for key, fact in content.vocabulary.items():
            known = facts.get(key)
            free = key not in content.derivations or fact.overridable
            able = fact.changeable and free and fact.kind is not Kind.CODE
            if able and known is not None and not self.past(fact, known):
                found[key] = known
        return found

    def past(self, fact, known):
        return fact.kind is Kind.DATE and isinstance(known, Span) and known.high < self.day


@st.composite
def questions(draw):
    """A drawn scheme and profile; most facts of the vocabulary can change."""
    situation = draw(situations())
    vocabulary = situation.content.vocabulary
    fixed = draw(st.sets(st.sampled_from(sorted(vocabulary)), max_size=8))
    changeable = {key: replace(f, changeable=key not in fixed) for key, f in vocabulary.items()}
    content = replace(situation.content, vocabulary=changeable)
    return Question(Catalogue(content), situation.profile, situation.setting.day)


def ways(question):
    """Each way out that is offered, with its values by fact."""
    for nearest in question.decided().nearest_changes:
        yield nearest, {change.fact: change.after for change in nearest.changes}


def moves(question):
    """Each number or date of a way out, with all the values of the way out."""
    for nearest, values in ways(question):
        for change in nearest.changes:
            ordered = question.fact(change.fact).kind in ORDERED
            if ordered and isinstance(change.before, Span) and isinstance(change.after, Span):
                yield change, values


@given(questions())
def test_a_refusal_has_a_way_out_or_a_reason_why_not(question):
    decision = question.decided()
    offered, why = decision.nearest_changes, decision.no_change
    assert len(offered) <= 3
    if decision.outcome is Outcome.INELIGIBLE:
        assert bool(offered) != (why is not None)
    else:
        assert not offered
        assert why is None
    texts = [*(nearest.text for nearest in offered), *([why.text] if why else [])]
    texts += [change.text for nearest in offered for change in nearest.changes]
    assert all(text.fr and text.en and "{" not in text.fr + text.en for text in texts)
    assert question.decided().nearest_changes == offered


@given(questions())
def test_after_the_changes_the_scheme_is_no_longer_ineligible(question):
    for nearest, values in ways(question):
        assert values
        decision = question.decided(values)
        assert decision.outcome is nearest.outcome
        assert decision.outcome is not Outcome.INELIGIBLE
        assert not question.contradicted(decision)


@given(questions())
def test_only_what_can_change_changes_and_nothing_is_backdated(question):
    for nearest, _ in ways(question):
        for change in nearest.changes:
            fact = question.fact(change.fact)
            assert change.before == question.able[change.fact]
            assert is_exact(change.after)
            assert change.after != change.before
            match change.after:
                case Nothing():
                    assert fact.none is not None
                case Span(value, _):
                    assert fact.low is None or fact.low <= value
                    assert fact.high is None or value <= fact.high
                    assert (Fraction(value) * 10**fact.decimals).denominator == 1
                    assert fact.kind is not Kind.DATE or value >= question.day
                case _:
                    pass


@given(questions(), st.data())
def test_nothing_less_is_enough(question, data):
    for _, values in ways(question):
        for size in range(1, len(values)):
            for keys in combinations(values, size):
                assert not question.enough({key: values[key] for key in keys})
    for change, values in moves(question):
        fact, to = question.fact(change.fact), change.after.low
        step = Fraction(1, 10**fact.decimals)
        near = change.before.high if to > change.before.high else change.before.low
        less = exact(Fraction(to - step if to > near else to + step))
        assert not question.enough({**values, change.fact: point(less)})
        between = data.draw(exact_values(fact, Span(min(near, less), max(near, less))))
        assert not question.enough({**values, change.fact: point(between)})


@given(questions(), st.data())
def test_where_no_change_is_enough_none_is(question, data):
    why = question.decided().no_change
    if why is None or why.reason != "fixed":
        return
    for _ in range(3):
        values = {}
        for key in question.able:
            other = known_of(data.draw(exact_values(question.fact(key))))
            if data.draw(st.booleans()) and not question.past(question.fact(key), other):
                values[key] = other
        assert not question.enough(values)


@given(questions(), st.data())
def test_a_single_change_that_is_enough_is_never_missed(question, data):
    """But where a comparison reads a fact twice, through a definition: ranges say little there."""
    decision = question.decided()
    if decision.outcome is not Outcome.INELIGIBLE:
        return
    for key, other in others(question, data):
        if question.enough({key: other}):
            found = {len(nearest.changes) for nearest in decision.nearest_changes}
            assert found == {1} or reads_twice(question.catalogue.content)


def reads_twice(content):
    scheme = content.schemes["drawn"]
    trees = [tree for derived in content.derivations.values() for tree in derived.trees]
    for edition in scheme.editions or (None,):
        trees += [leaf.test for leaf in plan_of(scheme, edition).leaves]
    comparisons = [n for tree in trees for n in nodes(tree) if isinstance(n, Compare)]
    read = [[n.key for n in nodes(c) if isinstance(n, Fact)] for c in comparisons]
    return any(len(set(keys)) < len(keys) for keys in read)


def others(question, data):
    """Another value of each fact that can change; every one, for choices."""
    for key, known in question.able.items():
        fact = question.fact(key)
        choices = (True, False) if fact.kind is Kind.BOOLEAN else [c for c, _ in fact.choices]
        match known:
            case Options(members):
                yield from ((key, option(choice)) for choice in choices if choice not in members)
            case Members(items):
                yield from ((key, Members(items ^ {choice})) for choice in choices)
            case _:
                other = known_of(data.draw(exact_values(fact)))
                if not question.past(fact, other):
                    yield key, other
