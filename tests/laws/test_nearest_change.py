"""Law 6: nearest change is sound and smallest.

After the changes the scheme is no longer ineligible; with fewer changes, or with a number or a date
one step less far, it still is. Where nothing is said to be enough, nothing is.
"""

import datetime
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher import Catalogue, Outcome
from matcher.facts.profile import Profile
from matcher.facts.values import Members, Nothing, Options, Span, is_exact, option, point
from matcher.language.types import ORDERED, Kind
from matcher.testing import exact_values, known_of, situations

EXAMPLES = settings(max_examples=300)


@dataclass(frozen=True)
class Asked:
    """A catalogue of one scheme some facts of which can change, a profile, and the answer."""

    catalogue: Catalogue
    profile: Profile
    day: int

    def decided(self, changes=None):
        """The decision, with some values replaced."""
        changes = changes or {}
        values = {**self.profile.values, **changes}
        profile = replace(
            self.profile, values=values, declined=self.profile.declined - set(changes)
        )
        on = datetime.date.fromordinal(self.day)
        return self.catalogue.match(profile, on).decisions[0]

    def suffices(self, changes):
        decision = self.decided(changes)
        return decision.outcome is not Outcome.INELIGIBLE and not self.contradicted(decision)

    def contradicted(self, decision):
        """The given values that the changes make impossible."""
        before = self.decided()
        for key in self.profile.values:
            decision.facts.get(key)
            before.facts.get(key)
        return decision.facts.conflicts.keys() - before.facts.conflicts.keys()

    @property
    def able(self):
        """The facts that can change, with what is known of them."""
        content, facts = self.catalogue.content, self.decided().facts
        found = {}
        for key, fact in content.vocabulary.items():
            known = facts.get(key)
            free = key not in content.derivations or fact.overridable
            if fact.changeable and free and known is not None and not self.past(fact, known):
                found[key] = known
        return found

    def past(self, fact, known):
        return fact.kind is Kind.DATE and isinstance(known, Span) and known.high < self.day


@st.composite
def asked(draw):
    situation = draw(situations())
    vocabulary = situation.content.vocabulary
    never = draw(st.sets(st.sampled_from(sorted(vocabulary)), max_size=8))
    changeable = {key: replace(f, changeable=key not in never) for key, f in vocabulary.items()}
    content = replace(situation.content, vocabulary=changeable)
    return Asked(Catalogue(content), situation.profile, situation.setting.day)


def offers(question):
    """Each way out that is offered, as values by fact."""
    for nearest in question.decided().nearest_changes:
        yield nearest, {change.fact: change.after for change in nearest.changes}


@EXAMPLES
@given(asked())
def test_only_a_refusal_has_a_way_out_or_a_reason(question):
    decision = question.decided()
    refused = decision.outcome is Outcome.INELIGIBLE
    assert refused == (bool(decision.nearest_changes) != (decision.no_change is not None))
    assert refused or (decision.nearest_changes == () and decision.no_change is None)


@EXAMPLES
@given(asked())
def test_after_the_changes_the_scheme_is_no_longer_ineligible(question):
    found = list(offers(question))
    assert len(found) <= 3
    for nearest, values in found:
        assert values
        decision = question.decided(values)
        assert decision.outcome is nearest.outcome
        assert decision.outcome is not Outcome.INELIGIBLE
        assert not question.contradicted(decision)


@EXAMPLES
@given(asked())
def test_no_part_of_the_changes_suffices(question):
    for _, values in offers(question):
        for size in range(1, len(values)):
            for keys in combinations(values, size):
                assert not question.suffices({key: values[key] for key in keys})


@EXAMPLES
@given(asked())
def test_a_step_less_does_not_suffice(question):
    for nearest, values in offers(question):
        for change in nearest.changes:
            fact = question.catalogue.content.vocabulary[change.fact]
            if (
                fact.kind in ORDERED
                and isinstance(change.before, Span)
                and change.after != Nothing()
            ):
                less = a_step_less(fact, change.before, change.after)
                assert not question.suffices({**values, change.fact: less})


def a_step_less(fact, before, after):
    step = Fraction(1, 10**fact.decimals)
    return point(after.low - step if after.low > before.high else after.low + step)


@EXAMPLES
@given(asked(), st.data())
def test_no_number_or_date_between_does(question, data):
    for nearest, values in offers(question):
        for change in nearest.changes:
            fact = question.catalogue.content.vocabulary[change.fact]
            if (
                fact.kind in ORDERED
                and isinstance(change.before, Span)
                and change.after != Nothing()
            ):
                up = change.after.low > change.before.high
                low, high = change.before.high, change.after.low
                low, high = (low, high) if up else (high, change.before.low)
                between = data.draw(exact_values(fact, Span(low, high)))
                if point(between) != change.after and not low == high:
                    assert not question.suffices({**values, change.fact: point(between)})


@EXAMPLES
@given(asked())
def test_only_what_can_change_changes_and_nothing_is_backdated(question):
    able = question.able
    for nearest, _ in offers(question):
        for change in nearest.changes:
            fact = question.catalogue.content.vocabulary[change.fact]
            assert change.before == able[change.fact]
            assert change.after != change.before
            assert is_exact(change.after)
            if isinstance(change.after, Span):
                value = change.after.low
                assert fact.low is None or fact.low <= value
                assert fact.high is None or value <= fact.high
                assert (Fraction(value) * 10**fact.decimals).denominator == 1
                assert fact.kind is not Kind.DATE or value >= question.day
            if isinstance(change.after, Nothing):
                assert fact.none is not None


@EXAMPLES
@given(asked(), st.data())
def test_where_nothing_is_enough_nothing_is(question, data):
    decision = question.decided()
    if decision.no_change is None or decision.no_change.reason != "fixed":
        return
    for _ in range(3):
        values = {}
        for key, known in question.able.items():
            fact = question.catalogue.content.vocabulary[key]
            other = known_of(data.draw(exact_values(fact)))
            if data.draw(st.booleans()) and not question.past(fact, other):
                values[key] = other
        assert not question.suffices(values)


@EXAMPLES
@given(asked())
def test_a_single_choice_that_suffices_is_never_missed(question):
    decision = question.decided()
    if decision.outcome is not Outcome.INELIGIBLE:
        return
    for key, other in others(question):
        if question.suffices({key: other}):
            assert decision.nearest_changes
            assert {len(nearest.changes) for nearest in decision.nearest_changes} == {1}


def others(question):
    """Each other value of the yes-or-no facts, choices and sets that can change."""
    for key, known in question.able.items():
        fact = question.catalogue.content.vocabulary[key]
        match known:
            case Options(members) if fact.kind is not Kind.CODE:
                choices = (True, False) if fact.kind is Kind.BOOLEAN else dict(fact.choices)
                yield from ((key, option(c)) for c in choices if c not in members)
            case Members(items):
                yield from ((key, Members(items ^ {choice})) for choice, _ in fact.choices)
            case _:
                pass


@EXAMPLES
@given(asked(), st.data())
def test_a_number_or_a_date_that_suffices_is_never_missed(question, data):
    decision = question.decided()
    if decision.outcome is not Outcome.INELIGIBLE:
        return
    for key in question.able:
        fact = question.catalogue.content.vocabulary[key]
        if fact.kind in ORDERED:
            other = known_of(data.draw(exact_values(fact)))
            if not question.past(fact, other) and question.suffices({key: other}):
                assert {len(nearest.changes) for nearest in decision.nearest_changes} == {1}


@EXAMPLES
@given(asked())
def test_everything_is_said_in_both_languages(question):
    decision = question.decided()
    texts = [nearest.text for nearest in decision.nearest_changes]
    texts += [change.text for nearest in decision.nearest_changes for change in nearest.changes]
    texts += [] if decision.no_change is None else [decision.no_change.text]
    for text in texts:
        assert text.fr
        assert text.en
        assert "{" not in text.fr + text.en
    assert question.decided().nearest_changes == decision.nearest_changes
