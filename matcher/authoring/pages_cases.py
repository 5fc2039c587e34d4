"""Which of the author's cases show best what a scheme answers, and how do they read?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.answers.decisions import Decision, outcome_text
from matcher.answers.views import AidAnswer, Outcome
from matcher.authoring.cases import case_results
from matcher.authoring.pages_editions import SchemePage
from matcher.authoring.pages_status import STATES
from matcher.authoring.pages_text import Item, bullets, opening, prose
from matcher.authoring.pages_writer import Writer
from matcher.catalogue.model import Case
from matcher.facts.profile import Profile
from matcher.language.text import Text

INTRO = Text(
    "Quelques cas que l'auteur des règles a écrits et que chaque essai vérifie. Ce qui n'est pas "
    "donné est inconnu.",
    "Some cases that the author of the rules wrote and each test run checks; their names are in "
    "French. What is not given is unknown.",
)
NAME = Text("**{name}** – au {date}", "**{name}** – on {date}")
GIVEN = Text("Donné :", "Given:")
ANSWERED = Text("Réponse de l'autorité :", "Answer of the authority:")
NOTHING = Text("rien", "nothing")
IS = Text("{label} : {value}", "{label}: {value}")
ANSWER = Text("Réponse :", "Answer:")
STANDS = Text("**{outcome}** ; dispositif : {window}", "**{outcome}**; scheme: {window}")
UNMET = Text("Condition non remplie :", "Condition not met:")
UNKNOWN = Text("Reste à établir :", "Still to be established:")
MISSING = Text("À renseigner :", "To be given:")
ASK = Text("À demander :", "To be asked:")
AID = Text("Aide :", "Aid:")
AMOUNTS = {
    "amount": Text("montant", "amount"),
    "ceiling": Text("plafond", "ceiling"),
    "floor": Text("plancher", "floor"),
    "rate": Text("taux", "rate"),
}
LEGAL_CEILING = Text("plafond légal", "legal ceiling")
POSSIBLE = Text("(selon une condition à préciser)", "(depending on a condition to clarify)")
MOST = 6
MOST_OF_A_KIND = 2
MOST_STATED = 4
MORE = Text("… et {count} autres", "… and {count} others")


def cases(page: SchemePage) -> Iterator[str]:
    """A selection of cases: what is given, and the answer of today's rules."""
    chosen = selection(page)
    if chosen:
        yield from (page.writer.put(INTRO), "")
        yield from bullets(_case(page, case, decision) for case, decision in chosen)


def selection(page: SchemePage) -> list[tuple[Case, Decision]]:
    """A few cases of the current edition, as different as can be; the plainest of each kind."""
    found = case_results(page.writer.catalogue, [page.scheme.id])
    ran = [(r.case, r.decision) for r in found if r.decision is not None and r.passed]
    wanted = page.current.id if page.current else None
    current = [(c, d) for c, d in ran if d.window.edition == wanted and c.given]
    kept: list[tuple[Case, Decision]] = []
    kinds: dict[object, int] = {}
    reasons: set[object] = set()
    for case, decision in sorted(current or ran, key=_reasons):
        reason = (decision.outcome, decision.unmet, decision.unknown, _authority(case))
        if reason in reasons or kinds.get(decision.outcome, 0) >= MOST_OF_A_KIND:
            continue
        reasons.add(reason)
        kinds[decision.outcome] = kinds.get(decision.outcome, 0) + 1
        kept.append((case, decision))
    return sorted(kept[:MOST], key=lambda pair: _ORDER.index(pair[1].outcome))


_ORDER = (Outcome.ELIGIBLE, Outcome.UNDETERMINED, Outcome.INELIGIBLE)


def _authority(case: Case) -> bool:
    return bool(case.authority)


def _reasons(pair: tuple[Case, Decision]) -> int:
    """Cases that turn on few conditions first: one reason teaches more than ten."""
    return len(pair[1].unmet) + len(pair[1].unknown)


def _case(page: SchemePage, case: Case, decision: Decision) -> Item:
    writer = page.writer
    name = writer.put(NAME, name=opening(prose(case.name)), date=writer.date(case.as_of))
    given = writer.catalogue.profile(case.given)
    lines = [Item(_given(given, writer)).named(writer.put(GIVEN))]
    lines += [Item(text).named(writer.put(ANSWERED)) for text in _answers(decision, case, writer)]
    return Item(name, (*lines, _answer(decision, writer)))


def _given(profile: Profile, writer: Writer) -> str:
    speaker = writer.speaker
    known = (_is(writer, speaker.label(k), speaker.known(k, v)) for k, v in profile.values.items())
    return " · ".join(known) or writer.put(NOTHING)


def _is(writer: Writer, label: Text, value: Text) -> str:
    return writer.put(IS, label=writer.say(label), value=writer.say(value))


def _answers(decision: Decision, case: Case, writer: Writer) -> Iterator[str]:
    """What an authority is supposed to have answered."""
    for answer in case.authority:
        key = _key(answer, decision.scheme)
        known = decision.facts.get(key)
        yield _is(writer, writer.speaker.label(key), writer.speaker.known(key, known))


def _key(answer: Mapping[str, object], scheme: str) -> str:
    name = str(answer["unknown"])
    return name if "/" in name else f"{scheme}/{name}"


# ------------------------------------------------------------------------------------- the answer
def _answer(decision: Decision, writer: Writer) -> Item:
    window = writer.put(STATES[decision.window.state])
    outcome = writer.put(outcome_text(decision))
    said = writer.put(STANDS, outcome=outcome, window=window[:1].lower() + window[1:])
    return Item(said, tuple(_why(decision, writer))).named(writer.put(ANSWER))


def _why(decision: Decision, writer: Writer) -> Iterator[Item]:
    statements = {criterion.id: criterion.statement for criterion in decision.criteria}
    for word, ids in ((UNMET, decision.unmet), (UNKNOWN, decision.unknown)):
        yield from _stated(writer, word, [writer.say(statements[id_]) for id_ in ids])
    if decision.outcome is Outcome.UNDETERMINED:
        labels = [writer.say(missing.label) for missing in decision.missing]
        if labels:
            yield Item(" · ".join(labels)).named(writer.put(MISSING))
    asked = [q for q in decision.ask_authority if q.unknown is not None]
    if decision.outcome is not Outcome.INELIGIBLE:
        yield from _stated(writer, ASK, [_question(q.authority, q.states, writer) for q in asked])
        parts = [part for part in decision.aid if _has_figures(part)]
        yield from (_aid(part, writer, alone=len(parts) == 1) for part in parts)


def _stated(writer: Writer, word: Text, said: Sequence[str]) -> Iterator[Item]:
    for text in said[:MOST_STATED]:
        yield Item(text).named(writer.put(word))
    if len(said) > MOST_STATED:
        yield Item(writer.put(MORE, count=str(len(said) - MOST_STATED)))


def _question(authority: str, states: Text, writer: Writer) -> str:
    return f"{writer.authority(authority)} – {writer.say(states)}"


def _has_figures(part: AidAnswer) -> bool:
    return any(amount.low or amount.high for amount in part.amounts.values())


def _aid(part: AidAnswer, writer: Writer, *, alone: bool) -> Item:
    said = []
    for key, amount in part.amounts.items():
        legal = part.discretionary and key == "ceiling"
        word = writer.put(LEGAL_CEILING if legal else AMOUNTS[key])
        said.append(writer.put(IS, label=word, value=writer.say(amount.text)))
    text = " · ".join(said if alone else [writer.say(part.statement), *said])
    certain = "" if part.certain else f" {writer.put(POSSIBLE)}"
    return Item(f"{text}{certain}").named(writer.put(AID))
