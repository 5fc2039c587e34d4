"""How is a report written as JSON?

The form is published as JSON Schema (`matcher rules schema --of report`); its `schema_version`
changes whenever a reader could notice.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from matcher.answers.elsewhere_json import elsewhere_as_json
from matcher.answers.formats import exact_decimal, iso
from matcher.answers.views import Amount
from matcher.catalogue.content import Content
from matcher.catalogue.model import Source
from matcher.facts.profile import Answer, Profile
from matcher.facts.values import Bound, Known, Members, Nothing, Options, Span
from matcher.language.text import Text
from matcher.language.types import Kind

if TYPE_CHECKING:
    from matcher.answers.decisions import Decision
    from matcher.answers.report import Report

SCHEMA_VERSION = 1
NOTICE = Text(
    "Information indicative : l'autorité qui instruit la demande décide.",
    "For information only: the authority that examines the application decides.",
)


def report_as_text(
    report: Report, lang: str | None, indent: int | None, *, elsewhere: bool = False
) -> str:
    """The report as JSON text."""
    data = report_as_json(report, lang, elsewhere=elsewhere)
    return json.dumps(data, ensure_ascii=False, indent=indent) + "\n"


def report_as_json(report: Report, lang: str | None, *, elsewhere: bool = False) -> dict[str, Any]:
    """The report as plain data; with the answers in other places only if they are asked for."""
    write = _Writer(lang)
    asked = {"elsewhere": elsewhere_as_json(report.elsewhere, write.text)} if elsewhere else {}
    return {
        "schema_version": SCHEMA_VERSION,
        "on": iso(report.on),
        "catalogue": {"version": report.version, "digest": report.content.digest},
        "profile": _profile(report.profile, report.content),
        "notices": [
            {"fact": notice.fact, "text": write.text(notice.text)}
            for notice in report.profile.notices
        ],
        "conflicts": list(report.conflicts),
        "decisions": [write.decision(decision) for decision in report.decisions],
        **asked,
        "notice": write.text(NOTICE),
    }


class _Writer:
    """Writes texts in both languages or in one."""

    def __init__(self, lang: str | None) -> None:
        self.lang = lang

    def text(self, text: Text | None) -> Any:
        if text is None:
            return None
        return text.in_(self.lang) if self.lang else {"fr": text.fr, "en": text.en}

    def decision(self, decision: Decision) -> dict[str, Any]:
        return {
            "scheme": decision.scheme,
            "name": self.text(decision.name),
            "outcome": str(decision.outcome),
            "summary": self.text(decision.summary),
            "window": self._window(decision),
            "criteria": self._criteria(decision),
            "why_not": [list(alternative) for alternative in decision.why_not],
            "nearest_changes": self._nearest_changes(decision),
            "no_change": self._no_change(decision),
            "missing": [
                {
                    "fact": missing.fact,
                    "label": self.text(missing.label),
                    "question": self.text(missing.question),
                    "reason": str(missing.reason),
                    "alternatives": [list(group) for group in missing.alternatives],
                }
                for missing in decision.missing
            ],
            "ask_authority": self._questions(decision),
            "reserves": [
                {"kind": reserve.kind, "text": self.text(reserve.text)}
                for reserve in decision.reserves
            ],
            "signals": [
                {
                    "id": signal.id,
                    "statement": self.text(signal.statement),
                    "favours": signal.favours,
                    "status": str(signal.status),
                    "source": [source.id for source in signal.sources],
                }
                for signal in decision.signals
            ],
            "assessed": self._remarks(decision, "assessed"),
            "uncoded": self._remarks(decision, "uncoded"),
            "aid": self._aid(decision),
            "apply": self._apply(decision),
            "relations": self._relations(decision),
            "sources": {
                source.id: _source(source) for source in decision.plan.scheme.sources.values()
            },
        }

    def _window(self, decision: Decision) -> dict[str, Any]:
        window = decision.window
        return {
            "state": str(window.state),
            "edition": window.edition,
            "opens": list(window.opens),
            "closes": list(window.closes),
            "permanent": window.permanent,
            "next_intake": window.next_intake,
            "note": self.text(window.note),
        }

    def _criteria(self, decision: Decision) -> list[dict[str, Any]]:
        return [
            _without_none(
                {
                    "id": criterion.id,
                    "status": str(criterion.status),
                    "applies": criterion.applies,
                    "statement": self.text(criterion.statement),
                    "wants": self.text(criterion.wants),
                    "source": [source.id for source in criterion.sources],
                    "values": [
                        {
                            "fact": looked.fact,
                            "label": self.text(looked.label),
                            "value": self.text(looked.value),
                            "known": looked.known,
                        }
                        for looked in criterion.values
                    ],
                    "ask": criterion.ask,
                    "remedy": self.text(criterion.remedy),
                    "otherwise": criterion.otherwise,
                }
            )
            for criterion in decision.criteria
        ]

    def _nearest_changes(self, decision: Decision) -> list[dict[str, Any]]:
        vocabulary = decision.content.vocabulary
        return [
            {
                "changes": [
                    {
                        "fact": change.fact,
                        "label": self.text(change.label),
                        "from": known_as_json(change.before, vocabulary[change.fact].kind),
                        "to": known_as_json(change.after, vocabulary[change.fact].kind),
                        "text": self.text(change.text),
                    }
                    for change in nearest.changes
                ],
                "outcome": str(nearest.outcome),
                "text": self.text(nearest.text),
            }
            for nearest in decision.nearest_changes
        ]

    def _no_change(self, decision: Decision) -> dict[str, Any] | None:
        why = decision.no_change
        if why is None:
            return None
        return {
            "reason": why.reason,
            "standing": [
                {"criterion": one.criterion, "facts": list(one.facts)} for one in why.standing
            ],
            "text": self.text(why.text),
        }

    def _questions(self, decision: Decision) -> list[dict[str, Any]]:
        return [
            {
                "unknown": question.unknown,
                "states": self.text(question.states),
                "authority": {
                    "id": question.authority,
                    "name": self.text(question.authority_name),
                    "url": question.url,
                    "email": question.email,
                },
                "about": question.about,
            }
            for question in decision.ask_authority
        ]

    def _remarks(self, decision: Decision, kind: str) -> list[dict[str, Any]]:
        remarks = decision.assessed if kind == "assessed" else decision.uncoded
        return [
            {
                "id": remark.id,
                "statement": self.text(remark.statement),
                "source": [source.id for source in remark.sources],
            }
            for remark in remarks
        ]

    def _aid(self, decision: Decision) -> list[dict[str, Any]]:
        return [
            {
                "id": part.id,
                "form": part.form,
                "statement": self.text(part.statement),
                "certain": part.certain,
                "discretionary": part.discretionary,
                "amounts": {key: self._amount(amount) for key, amount in part.amounts.items()},
                "terms": [self.text(term) for term in part.terms],
                "basis": [source.id for source in part.sources],
            }
            for part in decision.aid
        ]

    def _amount(self, amount: Amount) -> dict[str, Any]:
        return {"min": amount.low, "max": amount.high, "text": self.text(amount.text)}

    def _apply(self, decision: Decision) -> dict[str, Any] | None:
        how = decision.apply
        if how is None:
            return None
        return {
            "url": how.url,
            "contact": how.contact,
            "steps": [self.text(step) for step in how.steps],
            "documents": [self.text(document) for document in how.documents],
            "delay": self.text(how.delay),
        }

    def _relations(self, decision: Decision) -> dict[str, Any]:
        relations = decision.plan.scheme.relations
        return {
            "opens_way_to": list(relations.opens_way_to),
            "excludes": list(relations.excludes),
            "replaces": list(relations.replaces),
            "through_territory": self.text(decision.through_territory),
        }


def _without_none(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value is not None}


def _source(source: Source) -> dict[str, Any]:
    return {
        "title": source.title,
        "url": source.url,
        "dated": source.dated,
        "read_on": source.read_on,
    }


def _profile(profile: Profile, content: Content) -> dict[str, Any]:
    """The profile as it was understood, in the form in which it can be given again."""
    kinds = {key: fact.kind for key, fact in content.vocabulary.items()}
    known = {key: known_as_json(value, kinds[key]) for key, value in profile.values.items()}
    declined = dict.fromkeys(sorted(profile.declined), "declined")
    answers = [
        _answer(key, answer, content.unknowns[key].type.kind)
        for key, given in sorted(profile.answers.items())
        for answer in given
    ]
    return {**known, **declined, **({"authority": answers} if answers else {})}


def _answer(key: str, answer: Answer, kind: Kind) -> dict[str, Any]:
    return _without_none(
        {
            "unknown": key,
            "value": known_as_json(answer.value, kind),
            "for": answer.holds_for,
            "on": None if answer.on is None else iso(answer.on),
            "given_by": answer.given_by,
        }
    )


def known_as_json(known: Known, kind: Kind) -> Any:
    """A value as a profile file may give it."""
    match known:
        case Nothing():
            return "none"
        case Members(items):
            return sorted(items)
        case Options(members):
            ordered = sorted(members, key=str)
            return ordered[0] if len(ordered) == 1 else {"one_of": ordered}
        case Span(low, high) if low == high:
            return bound_as_json(low, kind)
        case Span(low, high):
            ends: Mapping[str, Any] = {
                "min": bound_as_json(low, kind),
                "max": bound_as_json(high, kind),
            }
            return _without_none(dict(ends))


def bound_as_json(bound: Bound, kind: Kind) -> Any:
    """A number as a number (exact decimals as text), a date as ISO, no bound as None."""
    if isinstance(bound, float):
        return None
    if kind is Kind.DATE:
        return iso(int(bound))
    return bound if isinstance(bound, int) else exact_decimal(bound)
