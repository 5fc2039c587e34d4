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
import logging
import os
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

from matcher.answers.decisions import Decision
from matcher.answers.live import Change, Notification, Update, changes, notifications
from matcher.answers.next_question import NextQuestion, next_question
from matcher.answers.report import Report
from matcher.answers.texts import PlanTexts
from matcher.answers.trace import FiredRule, fired_rules
from matcher.api import Catalogue, Judged
from matcher.catalogue.plan import Plan
from matcher.engines.judge import Judgement
from matcher.engines.session.chain import Conclusions, Firing, State, concluded, links_of
from matcher.engines.session.durable import EngineError, durable_rules
from matcher.engines.session.engine import DirectEngine, RuleEngine
from matcher.engines.session.network import Network, network_of
from matcher.engines.session.rulebook import OUTCOMES, TOKENS, DisagreementError
from matcher.facts.profile import Notice, Profile
from matcher.facts.read_profile import ABOUT, AUTHORITY
from matcher.facts.values import is_exact
from matcher.facts.write_profile import DECLINED, Plain, plain_answer, plain_value, profile_text
from matcher.meaning.consistency import refuse_contradictions
from matcher.meaning.evaluate import truth

Subscriber = Callable[[Update], object]
_log = logging.getLogger("matcher.session")


@dataclass(frozen=True)
class _Given:
    """What was answered, as a profile file would hold it."""

    facts: Mapping[str, Plain] = field(default_factory=dict)
    authority: tuple[Mapping[str, Plain], ...] = ()
    about: str = ""

    def source(self) -> dict[str, object]:
        """The profile as a mapping."""
        return {ABOUT: self.about, **self.facts, AUTHORITY: self.authority}


@dataclass(frozen=True)
class _Moment:
    """Everything that holds between two answers."""

    given: _Given
    judged: Judged
    report: Report
    conclusions: Conclusions
    notifications: tuple[Notification, ...]
    set_aside: frozenset[str]


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
        self._past: list[_Given] = []
        self._networks: dict[int, Network] = {}
        self._links = links_of(catalogue.content.schemes)
        self._engine: RuleEngine = durable_rules() or DirectEngine()
        known = profile if isinstance(profile, Profile) else catalogue.profile(profile or {})
        self._notices = known.notices
        self._update = NOTHING_NEW
        self._moment = self._at(self._written(known), known, None)

    # --------------------------------------------------------------------------------- what holds
    @property
    def engine(self) -> str:
        """What fires the rules: `durable-rules`, or `direct` where it cannot be used."""
        return self._engine.name

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
        order = {True: 0, False: 1}
        standing.sort(key=lambda firing: (order[firing.subject.place >= 0], firing.subject.place))
        return self._in_words(moment, standing)

    def next_question(self) -> NextQuestion | None:
        """The question worth asking next; None when no answer can decide anything more."""
        return next_question(self.report)

    # ------------------------------------------------------------------------------------ answers
    def answer(
        self,
        key: str,
        value: object,
        *,
        holds_for: str | None = None,
        on: datetime.date | str | None = None,
    ) -> tuple[Change, ...]:
        """Give or change the value of a fact; what that changed.

        A key of `ask_authority` records what the authority answered, `on` a day, for one value of
        the fact it depends on (`holds_for`; by default the one that is known). Raises
        `ProfileError` for a value that is not possible or contradicts another: nothing has changed.
        """
        with self._lock:
            if key in self.catalogue.content.unknowns:
                given = self._recorded(key, value, holds_for, on)
                update = self._move(given, self.catalogue.profile(given.source()))
            else:
                self.catalogue.fact(key)
                facts = {**self._moment.given.facts, key: value}
                source = {**self._moment.given.source(), **facts}
                profile = self.catalogue.profile(source)
                update = self._move(self._with(key, profile), profile)
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
            update = NOTHING_NEW
            if self._past:
                given = self._past[-1]
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
        given = self._moment.given
        order = {key: index for index, key in enumerate(self.catalogue.facts)}
        facts = dict(sorted(given.facts.items(), key=lambda item: order[item[0]]))
        text = profile_text(facts, given.authority, given.about)
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
    def _written(self, profile: Profile) -> _Given:
        facts: dict[str, Plain] = {
            key: plain_value(known, self.catalogue.fact(key).kind)
            for key, known in profile.values.items()
        }
        facts.update(dict.fromkeys(sorted(profile.declined), DECLINED))
        return _Given(facts, self._authority(profile), profile.about)

    def _authority(self, profile: Profile) -> tuple[Mapping[str, Plain], ...]:
        unknowns = self.catalogue.content.unknowns
        return tuple(
            plain_answer(key, answer, unknowns[key].type.kind)
            for key, answers in profile.answers.items()
            for answer in answers
        )

    def _with(self, key: str, profile: Profile) -> _Given:
        """What is given once the answer to one fact has been read."""
        facts = {k: v for k, v in self._moment.given.facts.items() if k != key}
        if key in profile.declined:
            facts[key] = DECLINED
        elif key in profile.values:
            facts[key] = plain_value(profile.values[key], self.catalogue.fact(key).kind)
        return replace(self._moment.given, facts=facts)

    def _recorded(
        self, key: str, value: object, holds_for: str | None, on: datetime.date | str | None
    ) -> _Given:
        """What is given once an authority's answer replaces its earlier one for the same place."""
        by = self.catalogue.content.unknowns[key].by
        place = holds_for or (self._exactly(by) if by else None)
        item = {"unknown": key, "value": value, "for": place, "on": on}
        read = self.catalogue.profile(
            {AUTHORITY: [{k: v for k, v in item.items() if v is not None}]}
        )
        (new,) = self._authority(read)
        given = self._moment.given
        others = [
            old
            for old in given.authority
            if (old["unknown"], old.get("for")) != (key, new.get("for"))
        ]
        return replace(given, authority=(*others, new))

    def _exactly(self, key: str) -> str | None:
        known = self._moment.judged.facts.get(key)
        if known is None or not is_exact(known):
            return None
        return str(plain_value(known, self.catalogue.fact(key).kind))

    # ------------------------------------------------------------------------------------ one step
    def _move(self, given: _Given, profile: Profile) -> Update:
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

    def _at(self, given: _Given, profile: Profile, before: _Moment | None) -> _Moment:
        content = self.catalogue.content
        known = replace(profile, notices=(), file="")
        judged = self.catalogue.judged(known, self.on)
        set_aside = refuse_contradictions(
            known,
            content.computation,
            content.vocabulary,
            judged.day,
            before.set_aside if before else frozenset(known.values),
        )
        follows = self._concluded(judged, before.conclusions if before else Conclusions())
        judged = replace(judged, judgements=_judgements(judged, follows))
        report = self.catalogue.report(judged)
        return _Moment(given, judged, report, follows, notifications(content, follows), set_aside)

    def _concluded(self, judged: Judged, before: Conclusions) -> Conclusions:
        """What the rules conclude; if an engine fails or differs, it is not used any more."""
        states = self._states(judged)
        try:
            follows = concluded(self._engine, self._links, before, states)
            if _agree(judged, follows):
                return follows
            failed = "differs from the judgement"
        except (EngineError, DisagreementError) as error:
            failed = type(error).__name__
        _log.error("%s: %s; this session evaluates directly from now on", self.engine, failed)
        self._engine = DirectEngine()
        return concluded(self._engine, self._links, before, states)

    def _states(self, judged: Judged) -> dict[str, State]:
        found: dict[str, State] = {}
        triples = zip(judged.plans, judged.judgements, judged.windows, strict=True)
        for plan, judgement, window in triples:
            way = plan.scheme.relations.through_territory
            found[plan.scheme.id] = State(
                network=self._network(plan),
                statuses=tuple([TOKENS[status] for status in judgement.statuses]),
                window=str(window.state),
                territory=TOKENS[truth(way.when, judged.facts) if way else False],
            )
        return found

    def _network(self, plan: Plan) -> Network:
        if id(plan) not in self._networks:
            self._networks[id(plan)] = network_of(plan)
        return self._networks[id(plan)]

    def _told(self, update: Update) -> tuple[Change, ...]:
        if update is not NOTHING_NEW:
            for subscriber in tuple(self._subscribers):
                subscriber(update)
        return update.changed

    def _in_words(
        self, moment: _Moment, firings: tuple[Firing, ...] | list[Firing]
    ) -> tuple[FiredRule, ...]:
        plans = {decision.scheme: decision.plan for decision in moment.report.decisions}

        def texts(scheme: str) -> PlanTexts:
            return self.catalogue.texts(plans[scheme])

        return fired_rules(self.catalogue.content, moment.conclusions, firings, texts)


def _judgements(judged: Judged, follows: Conclusions) -> tuple[Judgement, ...]:
    """The judgements, with the outcomes that the rules conclude."""
    return tuple(
        replace(judgement, outcome=OUTCOMES[follows.stage(plan.scheme.id)])
        for plan, judgement in zip(judged.plans, judged.judgements, strict=True)
    )


def _agree(judged: Judged, follows: Conclusions) -> bool:
    return _judgements(judged, follows) == judged.judgements


def _by_scheme(report: Report) -> dict[str, Decision]:
    return {decision.scheme: decision for decision in report.decisions}


def _write(path: Path, text: str) -> None:
    """Write a file whole, or leave it as it was."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as stream:
        stream.write(text)
    os.replace(stream.name, path)  # noqa: PTH105  the name is that of the temporary file
