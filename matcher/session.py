"""How does an application follow one applicant, answer by answer?

    from matcher import Catalogue, Session

    session = Session(Catalogue.load(), on="2026-05-04")
    session.answer("applicant.kind", "entreprise_privee")
    for change in session.changed:
        print(change.text.en)
    print(session.next_question())

Our evaluator decides each criterion; durable-rules concludes from the statuses by forward chaining.
Where it cannot be imported the rules are read directly: the answers are the same.
"""

from __future__ import annotations

import datetime
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock

from matcher.answers.decisions import Decision
from matcher.answers.live import Change, Notification, Update, changes, notifications
from matcher.answers.next_question import NextQuestion, next_question
from matcher.answers.report import Report
from matcher.answers.trace import FiredRule, fired_rules
from matcher.api import Catalogue, Judged
from matcher.engines.session.chain import Conclusions, Firing
from matcher.engines.session.follow import Case, Follower
from matcher.facts.profile import Notice, Profile
from matcher.facts.read_profile import AUTHORITY
from matcher.facts.values import is_exact
from matcher.facts.write_profile import DECLINED, Given, plain_value, profile_text
from matcher.language.types import Kind
from matcher.meaning.consistency import refuse_contradictions

Subscriber = Callable[[Update], object]


@dataclass(frozen=True)
class _Moment:
    """Everything that holds between two answers."""

    given: Given
    judged: Judged
    report: Report
    conclusions: Conclusions
    notifications: tuple[Notification, ...]


NOTHING_NEW = Update((), (), ())


class Session:
    """One applicant, answer by answer. Each answer is checked before anything changes.

    A session may be used from several threads, one after the other; sessions share nothing.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        on: datetime.date | str,
        profile: Profile | Mapping[str, object] | str | Path | bytes | None = None,
    ) -> None:
        """Begin with a profile, or with nothing. Raises `ProfileError` like `Catalogue.match`."""
        self.catalogue = catalogue
        self.on = on
        self._lock = RLock()
        self._subscribers: list[Subscriber] = []
        self._past: list[Given] = []
        self._follower = Follower(catalogue.content.schemes)
        source = {} if profile is None else profile
        known = source if isinstance(source, Profile) else catalogue.profile(source)
        self._notices = known.notices
        self._update = NOTHING_NEW
        self._set_aside: frozenset[str] = frozenset()
        self._moment = self._at(Given.of(known, self._kind), known, None)

    # --------------------------------------------------------------------------------- what holds
    @property
    def engine(self) -> str:
        """What fires the rules: `durable-rules`, or `direct` where it cannot be used."""
        return self._follower.engine.name

    @property
    def profile(self) -> Profile:
        """All that was answered."""
        return self._moment.judged.profile

    @property
    def report(self) -> Report:
        """The whole answer, equal to `catalogue.match(session.profile, session.on)`."""
        return self._moment.report

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions, in the order of the scheme ids."""
        return self._moment.report.decisions

    @property
    def changed(self) -> tuple[Change, ...]:
        """What the last answer decided."""
        return self._update.changed

    @property
    def notifications(self) -> tuple[Notification, ...]:
        """What follows from one scheme for another, as things stand."""
        return self._moment.notifications

    @property
    def notices(self) -> tuple[Notice, ...]:
        """How the last answer was read, where it was not as it was written."""
        return self._notices

    @property
    def trace(self) -> tuple[FiredRule, ...]:
        """The rules that the last answer fired, in their order."""
        moment = self._moment
        return self._in_words(moment, moment.conclusions.fired)

    def why(self, scheme: str) -> tuple[FiredRule, ...]:
        """The rules on which what is concluded for a scheme rests, groups first."""
        self.catalogue.scheme(scheme)
        moment = self._moment
        standing = [
            firing
            for subject, firing in moment.conclusions.standing.items()
            if scheme in (subject.scheme, subject.other)
        ]
        standing.sort(key=lambda firing: (firing.subject.place < 0, firing.subject.place))
        return self._in_words(moment, standing)

    def next_question(self) -> NextQuestion | None:
        """The question worth asking next; None when no answer can decide anything more."""
        return next_question(self.report)

    # ------------------------------------------------------------------------------------ answers
    def answer(self, key: str, value: object) -> tuple[Change, ...]:
        """Give or change the value of a fact; what that changed.

        Raises `ProfileError` for a value that is not possible or contradicts another: nothing has
        changed then.
        """
        if key in self.catalogue.content.unknowns:
            return self.record(key, value)
        self.catalogue.fact(key)
        with self._lock:
            source = {**self._moment.given.source(), key: value}
            profile = self.catalogue.profile(source)
            update = self._move(self._with(key, profile), profile)
        return self._told(update)

    def record(
        self,
        unknown: str,
        value: object,
        *,
        holds_for: str | None = None,
        on: datetime.date | str | None = None,
    ) -> tuple[Change, ...]:
        """Record what an authority answered to a question of `ask_authority`; what that changed.

        `on` is the day of the answer; `holds_for` the value it holds for, of the fact on which it
        depends: by default the one that is known. It replaces an earlier answer for the same value.
        """
        with self._lock:
            given = self._recorded(unknown, value, holds_for, on)
            update = self._move(given, self.catalogue.profile(given.source()))
        return self._told(update)

    def decline(self, key: str) -> tuple[Change, ...]:
        """Somebody would rather not say: the fact is absent, and not to be asked again."""
        self.catalogue.fact(key)
        return self.answer(key, DECLINED)

    def withdraw(self, key: str) -> tuple[Change, ...]:
        """Take an answer back, an authority's included; what that changed."""
        with self._lock:
            if key not in self.catalogue.content.unknowns:
                self.catalogue.fact(key)
            given = self._moment.given
            facts = {other: value for other, value in given.facts.items() if other != key}
            authority = tuple(item for item in given.authority if item["unknown"] != key)
            less = replace(given, facts=facts, authority=authority)
            update = self._move(less, self.catalogue.profile(less.source()))
        return self._told(update)

    def undo(self) -> tuple[Change, ...]:
        """Take back the last change, whatever it was; nothing happens when there is none."""
        with self._lock:
            given = self._past[-1] if self._past else self._moment.given
            update = self._move(given, self.catalogue.profile(given.source()))
            del self._past[-2:]
        return self._told(update)

    def subscribe(self, subscriber: Subscriber) -> Callable[[], None]:
        """Call a function with each `Update`; what is returned ends that."""
        self._subscribers.append(subscriber)

        def end() -> None:
            if subscriber in self._subscribers:
                self._subscribers.remove(subscriber)

        return end

    # --------------------------------------------------------------------------------------- files
    def save(self, path: str | Path | None = None) -> str:
        """The profile as YAML text, written to a file if a path is given.

        `load` and `matcher match` read it back to the same report.
        """
        text = profile_text(self._moment.given, self.catalogue.facts)
        if path is not None:
            _write(Path(path), text)
        return text

    @classmethod
    def load(
        cls, catalogue: Catalogue, source: str | Path | bytes, on: datetime.date | str
    ) -> Session:
        """A session that goes on from a profile file."""
        return cls(catalogue, on, source)

    # ------------------------------------------------------------------------------ what was given
    def _with(self, key: str, profile: Profile) -> Given:
        """What is given once the answer to one fact has been read."""
        facts = {k: v for k, v in self._moment.given.facts.items() if k != key}
        if key in profile.declined:
            facts[key] = DECLINED
        elif key in profile.values:
            facts[key] = plain_value(profile.values[key], self._kind(key))
        return replace(self._moment.given, facts=facts)

    def _recorded(
        self, key: str, value: object, holds_for: str | None, on: datetime.date | str | None
    ) -> Given:
        """What is given once an authority's answer replaces its earlier one for the same place."""
        unknown = self.catalogue.content.unknowns.get(key)
        by = unknown.by if unknown else None
        place = holds_for or (self._exactly(by) if by else None)
        item = {"unknown": key, "value": value, "for": place, "on": on}
        read = self.catalogue.profile(
            {AUTHORITY: [{k: v for k, v in item.items() if v is not None}]}
        )
        (new,) = Given.of(read, self._kind).authority
        given = self._moment.given
        answers = {(old["unknown"], old.get("for")): old for old in given.authority}
        answers[key, new.get("for")] = new
        return replace(given, authority=tuple(answers.values()))

    def _kind(self, key: str) -> Kind:
        unknown = self.catalogue.content.unknowns.get(key)
        return unknown.type.kind if unknown else self.catalogue.fact(key).kind

    def _exactly(self, key: str) -> str | None:
        known = self._moment.judged.facts.get(key)
        if known is None or not is_exact(known):
            return None
        return str(plain_value(known, self._kind(key)))

    # ------------------------------------------------------------------------------------ one step
    def _move(self, given: Given, profile: Profile) -> Update:
        """Go to what is given now; on any error, nothing has changed."""
        before = self._moment
        if given == before.given:
            self._notices, self._update = profile.notices, NOTHING_NEW
            return NOTHING_NEW
        after = self._at(given, profile, before)
        told = Update(
            changes(after.conclusions, _by_scheme(before.report), _by_scheme(after.report)),
            tuple(n for n in after.notifications if n not in before.notifications),
            tuple(n for n in before.notifications if n not in after.notifications),
        )
        self._past.append(before.given)
        self._notices, self._update, self._moment = profile.notices, told, after
        return told

    def _at(self, given: Given, profile: Profile, before: _Moment | None) -> _Moment:
        content = self.catalogue.content
        known = replace(profile, notices=(), file="")
        judged = self.catalogue.judged(known, self.on)
        tolerated = self._set_aside if before else frozenset(known.values)
        conflicts = refuse_contradictions(
            known, content.computation, content.vocabulary, judged.day, tolerated
        )
        self._set_aside |= conflicts
        earlier = before.conclusions if before else Conclusions()
        follows = self._follower.follow(earlier, _cases(judged), judged.facts)
        report = self.catalogue.report(judged)
        return _Moment(given, judged, report, follows, notifications(content, follows))

    def _told(self, update: Update) -> tuple[Change, ...]:
        if update is not NOTHING_NEW:
            for subscriber in tuple(self._subscribers):
                subscriber(update)
        return update.changed

    def _in_words(
        self, moment: _Moment, firings: tuple[Firing, ...] | list[Firing]
    ) -> tuple[FiredRule, ...]:
        content, texts = self.catalogue.content, self.catalogue.texts
        return fired_rules(content, moment.conclusions, firings, texts)


def _cases(judged: Judged) -> list[Case]:
    """What the rules conclude from, scheme by scheme."""
    judgements = zip(judged.plans, judged.alone, judged.judgements, judged.windows, strict=True)
    return [
        Case(
            plan.scheme,
            ((plan, alone), *judged.rivals.get(plan.scheme.id, ())),
            str(window.state),
            judgement.outcome,
        )
        for plan, alone, judgement, window in judgements
    ]


def _by_scheme(report: Report) -> dict[str, Decision]:
    return {decision.scheme: decision for decision in report.decisions}


def _write(path: Path, text: str) -> None:
    """Write a file whole, or leave it as it was."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as stream:
        written = Path(stream.name)
        stream.write(text)
    try:
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
