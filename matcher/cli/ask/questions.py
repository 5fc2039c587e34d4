"""Which question is next in an interview, when some were left without an answer?

What somebody does not know is treated as declined for the choice of questions alone: the profile
keeps it absent, so that the report still lists it as missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from matcher.answers.decisions import Decision
from matcher.answers.next_question import next_question
from matcher.answers.report import Report
from matcher.answers.views import AuthorityQuestion, Outcome, Reason
from matcher.catalogue.windows import WindowState
from matcher.cli.ask.events import LaterOnly, ToAuthority, Waiting
from matcher.facts.values import option
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.meaning.derive import KnownFacts
from matcher.session import Session


@dataclass(frozen=True, slots=True)
class Asking:
    """A fact to ask about, why, and the schemes that wait for it."""

    fact: str
    why: Text
    decides: tuple[str, ...]


@dataclass(frozen=True)
class Outlook:
    """What can still be asked, as things stand."""

    report: Report
    question: Asking | None

    @property
    def later(self) -> LaterOnly | None:
        """Whether the question only concerns schemes that are not open."""
        if self.question is None:
            return None
        states = {
            self.report.decision(scheme).window_found.state for scheme in self.question.decides
        }
        if WindowState.OPEN in states:
            return None
        return LaterOnly(closed=states == {WindowState.CLOSED})

    def authorities(self) -> tuple[ToAuthority, ...]:
        """What only authorities can answer, each question once, those to record first."""
        asked: dict[tuple[str, str], tuple[AuthorityQuestion, list[Text]]] = {}
        for decision, question in _questions(self.report):
            key = (question.unknown or question.states.fr, question.authority)
            asked.setdefault(key, (question, []))[1].append(decision.name)
        found = [ToAuthority(question, tuple(names)) for question, names in asked.values()]
        return tuple(sorted(found, key=lambda one: one.question.unknown is None))


def _questions(report: Report) -> Iterator[tuple[Decision, AuthorityQuestion]]:
    for decision in report.ranked:
        closed = decision.window_found.state is WindowState.CLOSED
        if decision.outcome is not Outcome.INELIGIBLE and not closed:
            for question in decision.ask_authority:
                yield decision, question


def outlook(session: Session, skipped: Iterable[str], first: Iterable[str]) -> Outlook:
    """What can be asked next, leaving out what was skipped; `first` are preferred."""
    known = session.profile
    quiet = replace(known, declined=known.declined | frozenset(skipped))
    report = session.catalogue.match(quiet, session.on)
    for key in first:
        schemes = _waiting_schemes(report, key)
        if schemes:
            return Outlook(report, Asking(key, _why(len(schemes)), schemes))
    question = next_question(report)
    if question is None:
        return Outlook(report, None)
    return Outlook(report, Asking(question.fact, question.why, question.decides))


def _waiting_schemes(report: Report, key: str) -> tuple[str, ...]:
    """The schemes, not closed, that wait for a fact, or for one that it alone would give."""
    return tuple(
        decision.scheme
        for decision in report.decisions
        if decision.window_found.state is not WindowState.CLOSED
        and decision.outcome is not Outcome.INELIGIBLE
        and any(
            entry.reason is not Reason.DECLINED
            and (entry.fact == key or (key,) in entry.alternatives)
            for entry in decision.missing
        )
    )


def _why(count: int) -> Text:
    plural = "s" if count > 1 else ""
    return Text(f"fait avancer {count} dispositif{plural}", f"moves {count} scheme{plural} forward")


def waiting_for(report: Report, question: Asking) -> tuple[Waiting, ...]:
    """The open criteria that wait for the fact of a question."""
    return tuple(
        Waiting(decision.name, answer.statement, answer.sources)
        for decision in report.decisions
        if decision.scheme in question.decides
        for leaf, missing in decision.open_criteria
        if any(entry.fact == question.fact for entry in missing)
        for answer in decision.criteria
        if answer.id == leaf.criterion.id
    )


def territories_first(fact: FactDeclaration, session: Session) -> FactDeclaration:
    """The kinds of applicants from the first public body on, the others after them."""
    content = session.catalogue.content
    role, public = content.roles.public, option(True)
    if role is None:
        return fact
    for index, (choice, _) in enumerate(fact.choices):
        facts = KnownFacts({fact.key: option(choice)}, content.computation)
        if facts.get(role) == public:
            return replace(fact, choices=fact.choices[index:] + fact.choices[:index])
    return fact
