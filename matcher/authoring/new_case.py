"""What would a profile and its answer be as a case of a rule file?

"Save this simulation as a test": the entry holds only the facts that the scheme reads, directly or
through what is computed, and the number of a company only where the answer depends on it, so that
nothing else about the applicant ends up in a rule file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from matcher.answers.decisions import Decision
from matcher.answers.formats import iso
from matcher.answers.views import AidAnswer, Amount, Outcome
from matcher.api import Catalogue
from matcher.authoring.cases import named_in
from matcher.authoring.trees import decisive_trees
from matcher.catalogue.model import Scheme
from matcher.facts.profile import Answer, Profile
from matcher.facts.values import Known, Members, Nothing, Options, Span
from matcher.language.tree import Number
from matcher.language.types import Kind
from matcher.language.walk import facts_of

WIDTH = 110
DECLINED = "declined"
IDENTIFIERS = frozenset({"siren", "siret"})
NONE = "none"


class Word(str):
    """A word of the language, or an id: written without quotes."""

    __slots__ = ()


@dataclass(frozen=True)
class NewCase:
    """A case ready for the `cases:` of a file; `left_out` are the facts that do not matter."""

    name: str
    as_of: int
    given: Mapping[str, object]
    authority: tuple[Mapping[str, object], ...]
    expect: Mapping[str, object]
    left_out: tuple[str, ...] = ()

    def text(self) -> str:
        """The entry as YAML text, indented for the `cases:` list of a scheme file."""
        lines = [f"  - name: {_flow(self.name)}", f"    as_of: {_flow(iso(self.as_of))}"]
        lines += _block("given", self.given)
        if self.authority:
            lines.append(f"    authority: {_flow(list(self.authority))}")
        return "\n".join([*lines, *_block("expect", self.expect)]) + "\n"


def recorded_case(
    catalogue: Catalogue, profile: Profile, on: str, id_: str, name: str | None = None
) -> NewCase:
    """The case that records what a scheme answers to a profile; raises `ProfileError`."""
    scheme = catalogue.scheme(id_)
    read = facts_read(catalogue, scheme)
    kept = _only(profile, read)
    report = catalogue.match(kept, on, [id_])
    expect = expected_of(report.decisions[0])
    nameless = _only(kept, read - _identifiers(catalogue))
    if expected_of(catalogue.match(nameless, on, [id_]).decisions[0]) == expect:
        kept = nameless
    written = _Writer(catalogue, scheme)
    given = written.given(kept)
    return NewCase(
        name=name or f"simulation du {iso(report.on)}",
        as_of=report.on,
        given=given,
        authority=tuple(written.answers(profile.answers)),
        expect=expect,
        left_out=tuple(sorted({*profile.values, *profile.declined} - given.keys())),
    )


def _only(profile: Profile, keys: frozenset[str]) -> Profile:
    values = {key: known for key, known in profile.values.items() if key in keys}
    return replace(profile, values=values, declined=profile.declined & keys)


def _identifiers(catalogue: Catalogue) -> frozenset[str]:
    """The facts that say who the applicant is: kept only where the answer depends on them."""
    vocabulary = catalogue.content.vocabulary
    return frozenset(key for key, fact in vocabulary.items() if fact.check in IDENTIFIERS)


def facts_read(catalogue: Catalogue, scheme: Scheme) -> frozenset[str]:
    """The facts that a scheme reads, directly or through what is computed."""
    waiting = [key for tree in decisive_trees(scheme) for key in facts_of(tree)]
    waiting += [e.intakes.by for e in scheme.editions if e.intakes and e.intakes.by]
    waiting += [u.by for u in scheme.unknowns.values() if u.by]
    waiting += [key for signal in scheme.signals for key in facts_of(signal.test)]
    remarks = (*scheme.assessed, *scheme.uncoded)
    waiting += [key for remark in remarks if remark.when for key in facts_of(remark.when)]
    found: set[str] = set()
    while waiting:
        key = waiting.pop()
        if key not in found:
            found.add(key)
            trees = catalogue.content.computation.trees.get(key, ())
            waiting += [below for tree in trees for below in facts_of(tree)]
    return frozenset(found)


# ------------------------------------------------------------------------------ what is expected
def expected_of(decision: Decision) -> dict[str, object]:
    """Everything that a case can expect of an answer."""
    expect: dict[str, object] = {
        "outcome": Word(decision.outcome),
        "window": Word(decision.window.state),
    }
    if decision.window.edition is not None:
        expect["edition"] = decision.window.edition
    for key in ("unmet", "unknown", "missing", "ask"):
        names = [Word(name) for name in named_in(decision, key)]
        if names or key in ("unmet", "unknown"):
            expect[key] = names
    aid = dict(_aid(decision))
    return {**expect, "aid": aid} if aid else expect


def _aid(decision: Decision) -> Iterator[tuple[str, object]]:
    if decision.outcome is Outcome.INELIGIBLE:
        return
    found = {part.id: part for part in decision.aid}
    for component in decision.plan.scheme.aid:
        part = found.get(component.id)
        yield component.id, Word("absent") if part is None else _component(part)


def _component(part: AidAnswer) -> object:
    if not part.certain:
        return Word("possible")
    amounts = {key: _amount(amount) for key, amount in part.amounts.items()}
    return {key: amount for key, amount in amounts.items() if amount is not None}


def _amount(amount: Amount) -> object:
    low, high = (None if text is None else Decimal(text) for text in (amount.low, amount.high))
    if low is not None and low == high:
        return low
    ends = {"min": low, "max": high}
    return {end: bound for end, bound in ends.items() if bound is not None} or None


# --------------------------------------------------------------------------------- what is given
@dataclass(frozen=True)
class _Writer:
    """Writes values and answers as a case gives them."""

    catalogue: Catalogue
    scheme: Scheme

    def given(self, profile: Profile) -> dict[str, object]:
        vocabulary = self.catalogue.content.vocabulary
        values = {
            key: value_written(known, vocabulary[key].kind) for key, known in profile.values.items()
        }
        declined: dict[str, object] = dict.fromkeys(sorted(profile.declined), Word(DECLINED))
        return {**values, **declined}

    def answers(self, answers: Mapping[str, tuple[Answer, ...]]) -> Iterator[Mapping[str, object]]:
        """The answers to the unknowns of the scheme; a case cannot name those of another."""
        for id_, unknown in self.scheme.unknowns.items():
            for answer in answers.get(unknown.key, ()):
                value = value_written(answer.value, unknown.type.kind)
                parts = {"unknown": Word(id_), "value": value, "for": answer.holds_for}
                on = None if answer.on is None else iso(answer.on)
                yield {k: v for k, v in {**parts, "on": on}.items() if v is not None}


def value_written(known: Known, kind: Kind) -> object:
    """What is known of a fact, as a profile gives it."""
    match known:
        case Span(low, high) if low == high:
            return _bound(low, kind)
        case Span(low, high):
            ends = {"min": low, "max": high}
            return {
                end: _bound(bound, kind)
                for end, bound in ends.items()
                if not isinstance(bound, float)
            }
        case Options(members) if len(members) == 1:
            return next(iter(members))
        case Options(members):
            return {"one_of": sorted(members, key=str)}
        case Members(items):
            return sorted(items)
        case Nothing():
            return Word(NONE)


def _bound(bound: Number | float, kind: Kind) -> object:
    if kind is Kind.DATE:
        return iso(int(bound))
    if isinstance(bound, Fraction):
        return Decimal(bound.numerator) / Decimal(bound.denominator)
    return bound


# ------------------------------------------------------------------------------------------ text
def _block(key: str, values: Mapping[str, object]) -> Iterator[str]:
    """A mapping on as few lines as fit, aligned under its first entry."""
    line = f"    {key}: "
    margin = " " * (len(line) + 1)
    for piece in _pieces(values):
        if len(line) + len(piece.rstrip()) > WIDTH and line.endswith(" ") and line != margin:
            yield line.rstrip()
            line = margin
        line += piece
    yield line


def _pieces(value: object) -> Iterator[str]:
    """The text of a value in pieces; a line may end after each that ends with a space."""
    match value:
        case Mapping():
            entries = [_labelled(f"{key}: ", item) for key, item in value.items()]
            yield from _enclosed("{", entries, "}")
        case list() | tuple():
            yield from _enclosed("[", [list(_pieces(item)) for item in value], "]")
        case _:
            yield _scalar(value)


def _labelled(label: str, value: object) -> list[str]:
    first, *rest = _pieces(value)
    return [label + first, *rest]


def _enclosed(start: str, entries: list[list[str]], end: str) -> Iterator[str]:
    last = len(entries) - 1
    if not entries:
        yield start + end
    for index, (*pieces, final) in enumerate(entries):
        closing = end if index == last else ", "
        whole = [*pieces, final + closing]
        yield from [start + whole[0], *whole[1:]] if index == 0 else whole


def _flow(value: object) -> str:
    return "".join(_pieces(value))


def _scalar(value: object) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Word():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False)
        case Decimal():
            text = format(value, "f")
            return text.rstrip("0").rstrip(".") if "." in text else text
        case _:
            return str(value)
