"""What do some tests say of a frame: by columns, and row by row by the reference?"""

from matcher.engines.columnar.by_rows import Asker, reads_of
from matcher.engines.columnar.criteria import criteria_of, with_asked
from matcher.engines.columnar.derived import Derivation
from matcher.engines.columnar.frame import frame_of, scale_of, values_of
from matcher.engines.columnar.kleene import as_expr
from matcher.engines.columnar.places import with_categories
from matcher.facts.profile import Profile
from matcher.facts.values import INFINITY, Options, Span
from matcher.language.types import Kind
from matcher.meaning.derive import KnownFacts
from matcher.meaning.evaluate import truth
from matcher.meaning.spans import LAST_DAY

AT = "@at"


def derivation_of(frame, tests, setting):
    """The frame with the facts that some tests read."""
    computation = setting.computation
    whole = with_categories(frame.with_row_index(AT), setting.vocabulary)
    derivation = Derivation(
        whole, setting.vocabulary, computation, Asker(setting.day, computation.tables)
    )
    derivation.add([key for test in tests for key in reads_of([test]).known])
    return derivation


def by_columns(frame, tests, setting):
    """For each row of a frame, the truth of each test."""
    derivation = derivation_of(frame, tests, setting)
    criteria = criteria_of(tests, derivation)
    held = {f"t{n}": as_expr(criteria.held(test)) for n, test in enumerate(tests)}
    table = with_asked(derivation, criteria).select(AT, **criteria.columns)
    return table.with_columns(**held).select(*held).rows()


def by_reference(frame, tests, setting):
    """The same, by the evaluator of one profile."""
    rows = frame.iter_rows(named=True)
    known = [facts_of(values_of(row, setting.vocabulary), setting) for row in rows]
    return [tuple(truth(test, facts) for test in tests) for facts in known]


def facts_of(values, setting):
    """What some given values make known."""
    return KnownFacts(values, setting.computation, setting.day)


def batch_by_columns(batch):
    """The truths of a batch, by columns."""
    rows = [facts.given for facts in batch.facts]
    frame = frame_of(rows, batch.setting.vocabulary)
    return by_columns(frame, batch.tests, batch.setting) if rows else []


def readable(situation):
    """The profiles of a situation that a reader lets through."""
    profiles = (situation.profile, situation.more)
    return [Profile(p.values) for p in profiles if fits(p.values, situation.setting.vocabulary)]


def fits(values, vocabulary):
    """What a reader lets through: decimals as declared, days of the calendar, something known."""
    return all(_fits(known, vocabulary[key]) for key, known in values.items())


def _fits(known, fact):
    match known:
        case Options(members) if fact.kind is Kind.BOOLEAN:
            return len(members) == 1
        case Span(low, high):
            ends = [end for end in (low, high) if abs(end) != INFINITY]
            return bool(ends) and all(_is_end(end, fact) for end in ends)
        case _:
            return True


def _is_end(end, fact):
    if fact.kind is Kind.DATE:
        return isinstance(end, int) and 1 <= end <= LAST_DAY
    return end * scale_of(fact) == int(end * scale_of(fact))
