"""How is an authority's answer recorded, part by part: what it said, for which place, which day?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.answers.views import AuthorityQuestion
from matcher.facts.typed import TypedReader
from matcher.facts.typed_forms import Read, Unread, Which
from matcher.facts.values import is_exact
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.types import Kind
from matcher.session import Session

VALUE, PLACE, DAY = "value", "place", "on"
DAY_OF_ANSWER = FactDeclaration(
    key=DAY,
    kind=Kind.DATE,
    unit=None,
    low=None,
    high=None,
    label=Text("Date de la réponse", "Date of the answer"),
    question=Text(
        "Quel jour l'autorité vous a-t-elle répondu ? (« - » si vous ne savez plus)",
        "On what day did the authority answer you? (“-” if you no longer know)",
    ),
)
ONE_DAY = Text("Donnez un seul jour, par exemple 12/03/2026.", "Give one day, e.g. 12/03/2026.")
NO_ANSWER = Text(
    "Tapez ce que l'autorité a répondu, ou « < » pour revenir à la liste.",
    "Type what the authority answered, or “<” to go back to the list.",
)


@dataclass(frozen=True)
class Recording:
    """An answer being recorded. `value` and `place` are None until they are given."""

    question: AuthorityQuestion
    unknown: str
    value: object = None
    place: str | None = None
    on: str | None = None
    complete: bool = False

    def part(self, session: Session) -> str:
        """The part to ask for."""
        if self.value is None:
            return VALUE
        return PLACE if self._lacks_place(session) else DAY

    def asked(self, session: Session) -> FactDeclaration:
        """What is asked, as a fact."""
        content = session.catalogue.content
        unknown = content.unknowns[self.unknown]
        match self.part(session):
            case "value":
                declared = unknown.declaration()
                states = self.question.states
                return replace(declared, label=states, question=states)
            case "place":
                assert unknown.by is not None
                return content.vocabulary[unknown.by]
            case _:
                return DAY_OF_ANSWER

    def _lacks_place(self, session: Session) -> bool:
        """Whether the answer depends on a fact that is not known exactly."""
        by = session.catalogue.content.unknowns[self.unknown].by
        if by is None or self.place is not None:
            return False
        decisions = session.report.decisions
        return not decisions or not is_exact(decisions[0].facts.get(by))

    def given(
        self, text: str, session: Session, typed: TypedReader, *, unknown: bool
    ) -> Recording | Text:
        """The recording with what was typed for the part asked; or why it cannot be used."""
        part = self.part(session)
        if unknown:
            return replace(self, complete=True) if part == DAY else NO_ANSWER
        match typed.read(self.asked(session), text):
            case Read(value):
                return self._with(part, value)
            case Which(candidates):
                return several(tuple(one.label for one in candidates))
            case Unread(why):
                return why

    def _with(self, part: str, value: object) -> Recording | Text:
        match part, value:
            case "value", _:
                return replace(self, value=value)
            case "place", str():
                return replace(self, place=value)
            case "on", str():
                return replace(self, on=value, complete=True)
            case _:
                return ONE_DAY if part == DAY else NO_ANSWER


def several(labels: tuple[Text, ...]) -> Text:
    """An answer that may mean several things, where no list can be offered."""
    fr, en = "; ".join(text.fr for text in labels), "; ".join(text.en for text in labels)
    return Text(f"Plusieurs possibilités, précisez : {fr}.", f"Several possibilities: {en}.")
