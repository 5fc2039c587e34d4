"""What can an answer bring about in an interview, and what can be asked next?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from matcher.answers.elsewhere_words import Told
from matcher.answers.live import Change, Notification
from matcher.answers.views import AuthorityQuestion
from matcher.catalogue.model import Source
from matcher.facts.typed_forms import Candidate
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text


# ---------------------------------------------------------------------------------------- events
@dataclass(frozen=True, slots=True)
class Answered:
    """A fact is known better: its label, what was read, and what that changed."""

    label: Text
    said: Text
    changes: tuple[Change, ...]
    began: tuple[Notification, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """Somebody does not know: the fact stays absent, and is not asked again here."""

    label: Text


@dataclass(frozen=True, slots=True)
class Declined:
    """Somebody would rather not say."""

    label: Text
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class WentBack:
    """The last step is taken back; None where there is none."""

    label: Text | None


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that cannot be used, why, and how to answer. Nothing has changed."""

    why: Text
    how: Text | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A criterion that waits for the fact asked about, with its sources."""

    scheme: Text
    statement: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """The help on a question: what it means, how to answer, and which criteria wait for it."""

    help: Text | None
    how: Text
    waiting: tuple[Waiting, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ListWanted:
    """Somebody wants to see the whole list of schemes."""


@dataclass(frozen=True, slots=True)
class LookedElsewhere:
    """Somebody asked what another commune would change."""

    told: Told


@dataclass(frozen=True, slots=True)
class MayBeElsewhere:
    """The place alone has ruled something out: one may ask what another commune would change."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """Nothing was typed: the keys are recalled."""


@dataclass(frozen=True, slots=True)
class LaterOnly:
    """From here on, questions only concern schemes that are not open (`closed`: closed ones)."""

    closed: bool


@dataclass(frozen=True, slots=True)
class Recorded:
    """An authority's answer is recorded, and what that changed."""

    label: Text
    changes: tuple[Change, ...]


Event: TypeAlias = (
    Answered
    | Recorded
    | Skipped
    | Declined
    | WentBack
    | Refused
    | Explained
    | ListWanted
    | LookedElsewhere
    | MayBeElsewhere
    | Reminded
    | LaterOnly
)


# --------------------------------------------------------------------------------------- prompts
@dataclass(frozen=True, slots=True)
class AskFact:
    """A question about a fact; `known` is what is known already, where that is too little."""

    number: int
    fact: FactDeclaration
    why: Text
    known: Text | None


@dataclass(frozen=True, slots=True)
class Pick:
    """Which of these was meant? `more` are left out."""

    fact: FactDeclaration
    candidates: tuple[Candidate, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ToAuthority:
    """A question to an authority, and the schemes that wait for it."""

    question: AuthorityQuestion
    schemes: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AskAuthority:
    """No answer of the applicant can decide anything more; this only authorities can answer.

    Those that can be recorded come first, `recordable` of them.
    """

    questions: tuple[ToAuthority, ...]
    recordable: int


@dataclass(frozen=True, slots=True)
class AskRecord:
    """What did the authority answer? One part of it: the value, the place, or the day."""

    question: AuthorityQuestion
    part: str
    fact: FactDeclaration


@dataclass(frozen=True, slots=True)
class Over:
    """The interview has ended; `stopped` by the person, or because nothing is left to ask."""

    stopped: bool


Prompt: TypeAlias = AskFact | Pick | AskAuthority | AskRecord | Over
