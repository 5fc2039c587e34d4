"""What happens in an interview when somebody types a line?

Nothing here knows of a terminal: `prompt` says what is asked, `reply` takes a line and gives
events. A line never raises, and never loses an earlier answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from matcher.answers.elsewhere_words import told
from matcher.cli.ask.commands import Command, command_typed
from matcher.cli.ask.events import (
    Answered,
    AskAuthority,
    AskFact,
    AskRecord,
    Declined,
    Event,
    Explained,
    ListWanted,
    LookedElsewhere,
    MayBeElsewhere,
    Over,
    Pick,
    Prompt,
    Recorded,
    Refused,
    Reminded,
    Skipped,
    ToAuthority,
    WentBack,
)
from matcher.cli.ask.friendly import friendly, how_to_correct
from matcher.cli.ask.questions import (
    Outlook,
    outlook,
    territories_first,
    waiting_for,
)
from matcher.cli.ask.recording import Recording
from matcher.facts.numbers import date_written
from matcher.facts.typed import TypedReader
from matcher.facts.typed_forms import Candidate, Read, Unread, Which, how_to_answer
from matcher.facts.values import Options, is_exact
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.diagnostics import Diagnostics, MatcherError, Place, nearest
from matcher.language.text import Text
from matcher.language.types import ORDERED
from matcher.session import Session

_KEYED = re.compile(r"\s*(?P<key>[a-z_]+(?:\.[a-z0-9_]+)+)\s*[:=]\s*(?P<answer>.*)\Z")
MOST_EXPLAINED = 3
RULED_OUT = ("ruled_out", "lost")
OUT_OF_LIST = Text("Tapez un numéro de la liste.", "Type a number of the list.")


@dataclass(frozen=True)
class _Step:
    """What a line did: to which fact, whether the session moved, what was skipped before."""

    label: Text
    changed: bool
    skipped: tuple[str, ...]


@dataclass(frozen=True)
class _Choice:
    """A fact whose answer may mean several things."""

    fact: FactDeclaration
    candidates: tuple[Candidate, ...]
    more: int


class Interview:
    """One interview over one session."""

    def __init__(self, session: Session, *, territory: bool = False) -> None:
        self.session = session
        self.territory = territory
        self.skipped: tuple[str, ...] = ()
        self.hinted = self.looked_elsewhere = False
        roles = session.catalogue.content.roles
        self._first = roles.asked_first_of_territories if territory else roles.asked_first
        self._past: list[_Step] = []
        self._pending: _Choice | None = None
        self._recording: Recording | None = None
        self._over: Over | None = None
        self._typed = TypedReader(session.catalogue.content.tables, date_written(session.on))
        self._outlook = self._looked()
        self._later = self._outlook.later

    @property
    def vocabulary(self) -> Mapping[str, FactDeclaration]:
        """The facts of the catalogue."""
        return self.session.catalogue.content.vocabulary

    @property
    def answers(self) -> int:
        """How many lines of this interview changed the profile."""
        return sum(step.changed for step in self._past)

    @property
    def opening(self) -> tuple[Event, ...]:
        """What there is to say before the first question."""
        return () if self._later is None else (self._later,)

    # ------------------------------------------------------------------------------ what is asked
    @property
    def prompt(self) -> Prompt:
        """What is asked now."""
        if self._over is not None:
            return self._over
        if self._pending is not None:
            return Pick(self._pending.fact, self._pending.candidates, self._pending.more)
        if self._recording is not None:
            part, fact = self._recording.part(self.session), self._recording.asked(self.session)
            return AskRecord(self._recording.question, part, fact)
        question = self._outlook.question
        if question is not None:
            fact = self._fact(question.fact)
            return AskFact(len(self._past) + 1, fact, question.why, self._known(fact.key))
        return self._for_authorities()

    def _for_authorities(self) -> AskAuthority | Over:
        asked = self.for_authorities
        recordable = sum(one.question.unknown is not None for one in asked)
        return AskAuthority(asked, recordable) if recordable else Over(stopped=False)

    @property
    def for_authorities(self) -> tuple[ToAuthority, ...]:
        """What only authorities can answer, as things stand."""
        return self._outlook.authorities()

    def _fact(self, key: str) -> FactDeclaration:
        fact = self.vocabulary[key]
        return territories_first(fact, self.session) if self.territory else fact

    def _known(self, key: str) -> Text | None:
        """What is known of a fact, if anything is."""
        decisions = self.session.report.decisions
        if not decisions or decisions[0].facts.get(key) is None:
            return None
        return decisions[0].values.looked_at(key).value

    # ------------------------------------------------------------------------------------- a line
    def reply(self, line: str) -> tuple[Event, ...]:
        """What a line brings about."""
        text, prompt = line.strip(), self.prompt
        keyed = _KEYED.match(text)
        if keyed and isinstance(prompt, AskFact | Pick | AskAuthority):
            return self._keyed(keyed["key"], keyed["answer"].strip())
        command = command_typed(text)
        match command, prompt:
            case _, Over():
                return ()
            case Command.END, _:
                return self._ended(stopped=True)
            case Command.LIST, _:
                return (ListWanted(),)
            case Command.ELSEWHERE, _:
                return self._elsewhere()
            case Command.BACK, _:
                return self._back()
            case ((Command.NOTHING | Command.UNKNOWN), AskAuthority()):
                return self._ended(stopped=False)
            case Command.NOTHING, _:
                return (Reminded(),)
            case Command.HELP, (AskFact(fact=fact) | Pick(fact=fact) | AskRecord(fact=fact)):
                return (self._explained(fact),)
            case ((Command.UNKNOWN | Command.DECLINE), (AskFact(fact=fact) | Pick(fact=fact))):
                self._pending = None
                return self._without_answer(fact, declined=command is Command.DECLINE)
            case None, AskFact(fact=fact):
                return self._read(fact, text)
            case None, Pick():
                return self._picked(text)
            case _, AskRecord():
                return self._record(text, unknown=command is Command.UNKNOWN)
            case None, AskAuthority(questions, recordable):
                return self._chosen(text, questions[:recordable])
            case _:
                return (Reminded(),)

    def _ended(self, *, stopped: bool) -> tuple[Event, ...]:
        self._over = Over(stopped)
        return ()

    def _keyed(self, key: str, answer: str) -> tuple[Event, ...]:
        """An answer to another question than the one asked: `site.insee: 41194`."""
        if key not in self.vocabulary:
            return (_no_such_fact(key, self.vocabulary),)
        self._pending = None
        fact = self._fact(key)
        match command_typed(answer):
            case None:
                return self._read(fact, answer)
            case (Command.UNKNOWN | Command.DECLINE) as command:
                return self._without_answer(fact, declined=command is Command.DECLINE)
            case _:
                return (self._explained(fact),)

    def _back(self) -> tuple[Event, ...]:
        """Leave a list or a recording; else take the last step back."""
        if self._pending is not None or self._recording is not None:
            self._pending = self._recording = None
            return (Reminded(),)
        if not self._past:
            return (WentBack(None),)
        step = self._past.pop()
        if step.changed:
            self.session.undo()
        self.skipped = step.skipped
        self._outlook = self._looked()
        self._later = self._outlook.later
        return (WentBack(step.label),)

    # ------------------------------------------------------------------------------------ answers
    def _read(self, fact: FactDeclaration, text: str) -> tuple[Event, ...]:
        match self._typed.read(fact, text):
            case Read(value):
                return self._answer(fact, value)
            case Which(candidates, more):
                self._pending = _Choice(fact, candidates, more)
                return ()
            case Unread(why):
                return (Refused(why),)

    def _picked(self, text: str) -> tuple[Event, ...]:
        """One of several candidates; what is no number of the list is read as a new answer."""
        pending = self._pending
        assert pending is not None
        index = int(text) - 1 if text.isdecimal() and len(text) <= 2 else -1
        if 0 <= index < len(pending.candidates):
            self._pending = None
            return self._answer(pending.fact, pending.candidates[index].value)
        if text.isdecimal() and len(text) <= 2 and pending.fact.kind not in ORDERED:
            return (Refused(OUT_OF_LIST),)
        self._pending = None
        return self._read(pending.fact, text)

    def _answer(self, fact: FactDeclaration, value: object) -> tuple[Event, ...]:
        refused = self._step(fact.label, fact.key, lambda: self.session.answer(fact.key, value))
        if refused is not None:
            return (refused,)
        self._leave_alone(fact.key, is_exact(self.session.profile.values.get(fact.key)))
        event = Answered(fact.label, self._said(fact), self.session.changed)
        return (event, *self._hint(), *self._look_again())

    def _elsewhere(self) -> tuple[Event, ...]:
        self.hinted = self.looked_elsewhere = True
        return (LookedElsewhere(told(self.session.report)),)

    def _hint(self) -> tuple[Event, ...]:
        """Say once that one may ask about other communes, where that may be of use."""
        ruled_out = any(change.kind in RULED_OUT for change in self.session.changed)
        if self.hinted or not ruled_out or not self.session.report.place_matters:
            return ()
        self.hinted = True
        return (MayBeElsewhere(),)

    def _said(self, fact: FactDeclaration) -> Text:
        """What was read of an answer, so that a misreading is seen."""
        match self.session.profile.values.get(fact.key):
            case Options(members) if len(members) == 1:
                called = self._typed.label(fact, next(iter(members)))
            case _:
                called = None
        return called or self._known(fact.key) or Text("", "")

    def _without_answer(self, fact: FactDeclaration, *, declined: bool) -> tuple[Event, ...]:
        if not declined:
            self._past.append(_Step(fact.label, changed=False, skipped=self.skipped))
            self._leave_alone(fact.key, known=False)
            return (Skipped(fact.label), *self._look_again())
        refused = self._step(fact.label, fact.key, lambda: self.session.decline(fact.key))
        if refused is not None:
            return (refused,)
        return (Declined(fact.label, self.session.changed), *self._look_again())

    def _step(self, label: Text, key: str, change: Callable[[], object]) -> Refused | None:
        """Change the session; what is wrong, if it refuses: nothing has changed then."""
        before = self.session.profile
        try:
            change()
        except MatcherError as error:
            why = friendly(error, self.vocabulary)
            return Refused(why, how_to_correct(error, key, self.vocabulary))
        moved = self.session.profile is not before
        self._past.append(_Step(label, moved, self.skipped))
        return None

    def _leave_alone(self, key: str, known: bool) -> None:
        """Who gave a range said what they know: the same question would be no use."""
        others = tuple(other for other in self.skipped if other != key)
        self.skipped = others if known else (*others, key)

    def _looked(self) -> Outlook:
        return outlook(self.session, self.skipped, self._first)

    def _look_again(self) -> tuple[Event, ...]:
        """See what is next; what there is to say where that concerns other schemes than before."""
        self._outlook = self._looked()
        earlier, self._later = self._later, self._outlook.later
        told = self._later if self._later != earlier else None
        return () if told is None else (told,)

    def _explained(self, fact: FactDeclaration) -> Explained:
        question = self._outlook.question
        asked = question is not None and question.fact == fact.key
        waiting = waiting_for(self._outlook.report, question) if question and asked else ()
        shown = waiting[:MOST_EXPLAINED]
        return Explained(fact.help, how_to_answer(fact), shown, len(waiting) - len(shown))

    # -------------------------------------------------------------------------------- authorities
    def _chosen(self, text: str, questions: tuple[ToAuthority, ...]) -> tuple[Event, ...]:
        index = int(text) - 1 if text.isdecimal() and len(text) <= 3 else -1
        if not 0 <= index < len(questions):
            return (Refused(OUT_OF_LIST),)
        question = questions[index].question
        assert question.unknown is not None
        self._recording = Recording(question, question.unknown)
        return ()

    def _record(self, text: str, *, unknown: bool) -> tuple[Event, ...]:
        recording = self._recording
        assert recording is not None
        given = recording.given(text, self.session, self._typed, unknown=unknown)
        if isinstance(given, Text):
            return (Refused(given),)
        if not given.complete:
            self._recording = given
            return ()
        self._recording = None
        refused = self._step(
            given.question.states,
            given.unknown,
            lambda: self.session.record(
                given.unknown, given.value, holds_for=given.place, on=given.on
            ),
        )
        if refused is not None:
            return (refused,)
        return (Recorded(given.question.states, self.session.changed), *self._look_again())


def _no_such_fact(key: str, vocabulary: Mapping[str, FactDeclaration]) -> Refused:
    found = Diagnostics()
    found.add("P01", Place(), suggestion=nearest(key, vocabulary), key=key)
    (one,) = found
    return Refused(Text(one.message("fr"), one.message("en")), Text(one.fix("fr"), one.fix("en")))
