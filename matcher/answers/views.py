"""What does an answer hold? Plain frozen records, ready to be shown or written as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.catalogue.model import Source
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text


class Outcome(StrEnum):
    """What follows from the criteria alone."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNDETERMINED = "undetermined"


class Status(StrEnum):
    """Whether a criterion holds."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why a fact is missing: nothing is known, too little is known, or the person declined."""

    ABSENT = "absent"
    RANGE = "range"
    SEVERAL = "several"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A fact that a criterion read, and what was known of it."""

    fact: str
    label: Text
    value: Text
    known: bool


@dataclass(frozen=True, slots=True)
class CriterionAnswer:
    """One criterion of a decision. `applies` is false where it is not concerned ("sans objet").

    `wants` says the test in words, read off the rule itself.
    """

    id: str
    status: Status
    applies: bool
    statement: Text
    wants: Text
    sources: tuple[Source, ...]
    values: tuple[LookedAt, ...]
    remedy: Text | None
    ask: str | None
    otherwise: str | None


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact to ask for, why it is missing, and what would do as well.

    Each alternative is a group of facts that would do together.
    """

    fact: str
    label: Text
    question: Text
    reason: Reason
    alternatives: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class AuthorityQuestion:
    """What only an authority can answer.

    `about` is what it settles: the id of a criterion, `window`, or `aid.` and the id of a part.
    """

    unknown: str | None
    states: Text
    authority: str
    authority_name: Text
    url: str | None
    email: str | None
    about: str


@dataclass(frozen=True, slots=True)
class WindowAnswer:
    """The window of the edition used. Dates are ISO; an uncertain date is two dates or none."""

    state: WindowState
    edition: str | None = None
    opens: tuple[str | None, str | None] = (None, None)
    closes: tuple[str | None, str | None] = (None, None)
    permanent: bool = False
    next_intake: str | None = None
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Reserve:
    """Why even an `eligible` is subject to something: kind and text."""

    kind: str
    text: Text


@dataclass(frozen=True, slots=True)
class SignalAnswer:
    """A favourable or unfavourable signal, and whether it is there."""

    id: str
    statement: Text
    favours: bool
    status: Status
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class RemarkAnswer:
    """An assessed or uncoded condition."""

    id: str
    statement: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in euros (or a share, for a rate) between two bounds; None is no known bound."""

    low: str | None
    high: str | None
    text: Text


@dataclass(frozen=True, slots=True)
class AidAnswer:
    """One part of the aid. `certain` is false when it is not known whether it applies.

    `ceiling_only` marks a discretionary amount: a legal ceiling, never a promise.
    """

    id: str
    form: str
    statement: Text
    certain: bool
    amounts: dict[str, Amount]
    terms: tuple[Text, ...]
    sources: tuple[Source, ...]
    discretionary: bool


@dataclass(frozen=True, slots=True)
class ApplyAnswer:
    """How to apply."""

    url: str | None
    contact: str | None
    steps: tuple[Text, ...]
    documents: tuple[Text, ...]
    delay: Text | None
