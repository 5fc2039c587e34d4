"""What does a program that embeds the engine use?

    from matcher import Catalogue

    catalogue = Catalogue.load()
    profile = catalogue.profile({"applicant.kind": "entreprise_privee", "site.insee": "41194"})
    report = catalogue.match(profile, on="2026-05-04")
    for decision in report.decisions:
        print(decision.scheme, decision.outcome, decision.window.state)

This module is the stable interface: what it exports keeps its meaning from one version to the next.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeAlias

from matcher.answers.decisions import Decision, speaker_of
from matcher.answers.missing import Inquiry
from matcher.answers.report import Report
from matcher.answers.sentences import Speaker
from matcher.answers.texts import PlanTexts, ValueTexts
from matcher.catalogue.content import Content
from matcher.catalogue.locate import layout_at, shipped
from matcher.catalogue.model import Edition, Scheme
from matcher.catalogue.plan import Plan, plan_of
from matcher.catalogue.store import loaded
from matcher.catalogue.windows import Window, window_on
from matcher.engines.direct import DirectEngine
from matcher.engines.judge import Judgement, common_judgement, judged
from matcher.facts.numbers import date_written
from matcher.facts.profile import Profile
from matcher.facts.read_profile import Vocabularies, read_profile
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.diagnostics import Diagnostics, Place, ProfileError, nearest
from matcher.language.walk import facts_of
from matcher.meaning.consistency import refuse_contradictions
from matcher.meaning.derive import KnownFacts

Rivals: TypeAlias = tuple[tuple[Plan, Judgement], ...]
WindowOf: TypeAlias = Callable[[int, Sequence[Edition], KnownFacts], Window]


@dataclass(frozen=True)
class Judged:
    """What holds for a profile on a date: a plan, a window and a judgement for each scheme.

    Where several editions may be used, the judgement is what they have in common; `alone` are
    those of the plans by themselves, `rivals` those of the other editions, by scheme id.
    """

    profile: Profile
    facts: KnownFacts
    day: int
    plans: tuple[Plan, ...]
    windows: tuple[Window, ...]
    judgements: tuple[Judgement, ...]
    alone: tuple[Judgement, ...]
    rivals: Mapping[str, Rivals]


class Catalogue:
    """A set of schemes with the vocabulary and tables they use. It never changes once loaded."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self._plans: dict[tuple[str, str | None], Plan] = {}
        self._texts: dict[int, PlanTexts] = {}
        self._engine = DirectEngine(content.never_none)

    @classmethod
    def load(cls, path: str | Path | None = None) -> Catalogue:
        """The catalogue shipped with the library, or the one at a path.

        A path may be a rules folder, a folder of scheme files or one scheme file. Raises
        `RuleError` with every mistake found.
        """
        return cls(loaded(shipped() if path is None else layout_at(Path(path))))

    @property
    def digest(self) -> str:
        """Identifies the texts of the catalogue."""
        return self.content.digest

    @property
    def schemes(self) -> tuple[str, ...]:
        """The ids of the schemes, in order."""
        return tuple(self.content.schemes)

    @property
    def facts(self) -> tuple[str, ...]:
        """The keys of the facts of the vocabulary."""
        return tuple(self.content.vocabulary)

    @cached_property
    def _speaker(self) -> Speaker:
        return speaker_of(self.content)

    def scheme(self, id_: str) -> Scheme:
        """One scheme; raises `ProfileError` with a suggestion if there is none of that id."""
        self._ids([id_])
        return self.content.schemes[id_]

    def fact(self, key: str) -> FactDeclaration:
        """One fact; raises `ProfileError` with a suggestion if there is none of that key."""
        if key not in self.content.vocabulary:
            found = Diagnostics()
            found.add("P01", Place(), suggestion=nearest(key, self.facts), key=key)
            raise ProfileError(tuple(found))
        return self.content.vocabulary[key]

    # ------------------------------------------------------------------------------------ profiles
    def profile(self, source: Mapping[str, object] | str | Path | bytes) -> Profile:
        """The profile in a mapping, a YAML or JSON file, or the bytes of one.

        Facts may be nested or dotted. Raises `ProfileError` with every mistake found.
        """
        profile = read_profile(source, self._vocabularies)
        refuse_contradictions(profile, self.content.computation, self.content.vocabulary)
        return profile

    @cached_property
    def _vocabularies(self) -> Vocabularies:
        return Vocabularies(
            facts=self.content.vocabulary,
            unknowns={key: u.declaration() for key, u in self.content.unknowns.items()},
            tables=self.content.tables,
            inputs={
                key: tuple(dict.fromkeys(k for tree in d.trees for k in facts_of(tree)))
                for key, d in self.content.derivations.items()
            },
            holds_by={key: u.by for key, u in self.content.unknowns.items() if u.by},
        )

    # --------------------------------------------------------------------------------------- match
    def match(
        self,
        profile: Profile | Mapping[str, object],
        on: datetime.date | str,
        schemes: Iterable[str] | None = None,
    ) -> Report:
        """The decisions for a profile on a date, for all schemes or some.

        `on` is a date or ISO text: there is no default, so that an answer can be had again. Raises
        `ProfileError` for an unusable profile, date or scheme id; a profile from `profile()` never
        raises.
        """
        known = profile if isinstance(profile, Profile) else self.profile(profile)
        return self.report(self.judged(known, on, schemes))

    def judged(
        self, profile: Profile, on: datetime.date | str, schemes: Iterable[str] | None = None
    ) -> Judged:
        """The first half of `match`: the truth of every criterion and scheme, without a word."""
        day = self._day(on)
        facts = KnownFacts(profile.values, self.content.computation, day, profile.answers)
        return self.judged_with(facts, profile, day, schemes)

    def judged_with(
        self,
        facts: KnownFacts,
        profile: Profile,
        day: int,
        schemes: Iterable[str] | None = None,
        window_of: WindowOf = window_on,
    ) -> Judged:
        """`judged`, for whoever keeps what is worked out of facts and windows from row to row."""
        asked = [self.content.schemes[id_] for id_ in self._ids(schemes)]
        windows = tuple([window_of(day, scheme.editions, facts) for scheme in asked])
        plans = tuple(
            self.plan(scheme.id, window.edition.id if window.edition else None)
            for scheme, window in zip(asked, windows, strict=True)
        )
        alone = self._engine.judged(plans, facts)
        rivals = {
            scheme.id: self._rivals(scheme, window, facts)
            for scheme, window in zip(asked, windows, strict=True)
            if window.rivals
        }
        judgements = tuple(
            common_judgement(plan, judgement, rivals[plan.scheme.id])
            if plan.scheme.id in rivals
            else judgement
            for plan, judgement in zip(plans, alone, strict=True)
        )
        return Judged(profile, facts, day, plans, windows, judgements, alone, rivals)

    def report(self, judged: Judged) -> Report:
        """The second half of `match`: the answers to read off what was judged."""
        values = ValueTexts(self._speaker, judged.facts)
        inquiry = Inquiry(self.content, judged.facts, judged.profile.declined)
        decisions = tuple(
            Decision(
                self.content,
                plan,
                judgement,
                window,
                judged.facts,
                inquiry,
                self.texts(plan),
                values,
            )
            for plan, judgement, window in zip(
                judged.plans, judged.judgements, judged.windows, strict=True
            )
        )
        return Report(self.content, judged.profile, judged.day, package_version(), decisions)

    def _rivals(self, scheme: Scheme, window: Window, facts: KnownFacts) -> Rivals:
        """What holds in the other editions that may be used."""
        plans = [self.plan(scheme.id, rival.id if rival else None) for rival in window.rivals]
        return tuple((plan, judged(plan, facts)) for plan in plans)

    def plan(self, scheme: str, edition: str | None) -> Plan:
        """What a scheme asks in one edition."""
        key = (scheme, edition)
        if key not in self._plans:
            found = self.content.schemes[scheme]
            self._plans[key] = plan_of(found, found.edition(edition))
        return self._plans[key]

    def texts(self, plan: Plan) -> PlanTexts:
        """What a plan says whatever the profile."""
        if id(plan) not in self._texts:
            self._texts[id(plan)] = PlanTexts(plan, self._speaker)
        return self._texts[id(plan)]

    def _ids(self, schemes: Iterable[str] | None) -> tuple[str, ...]:
        wanted = self.schemes if schemes is None else tuple(schemes)
        found = Diagnostics()
        for id_ in wanted:
            if id_ not in self.content.schemes:
                found.add("P15", Place(), suggestion=nearest(id_, self.schemes), name=id_)
        if found.errors:
            raise ProfileError(tuple(found))
        return wanted

    def _day(self, on: datetime.date | str) -> int:
        day = date_written(on)
        if day is None:
            found = Diagnostics()
            found.add("E12", Place(), text=on)
            raise ProfileError(tuple(found))
        return day


@cache
def package_version() -> str:
    """The version of the installed package."""
    try:
        return version("aides-matcher")
    except PackageNotFoundError:
        return "0"
