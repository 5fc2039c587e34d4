"""Do the schemes answer their authors' cases as expected?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from matcher.answers.decisions import WINDOW, Decision
from matcher.answers.formats import iso
from matcher.answers.missing import AID
from matcher.answers.views import AidAnswer
from matcher.api import Catalogue
from matcher.catalogue.check_scheme import criteria_of
from matcher.catalogue.model import Case, Scheme
from matcher.language.diagnostics import Diagnostic, Place, ProfileError, diagnostic, nearest
from matcher.language.text import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a case expects and the scheme answers otherwise."""

    what: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What came of one case: what differs, or why it could not be run."""

    scheme: str
    case: Case
    place: Place
    differences: tuple[Difference, ...] = ()
    fault: Diagnostic | None = None
    decision: Decision | None = None

    @property
    def passed(self) -> bool:
        """Whether the case ran and everything it expects was found."""
        return not self.differences and self.fault is None


def case_results(
    catalogue: Catalogue, schemes: Sequence[str] | None = None
) -> Iterator[CaseResult]:
    """The result of every case of some schemes (all of them by default)."""
    for id_ in catalogue.schemes if schemes is None else schemes:
        for case in catalogue.content.cases.get(id_, ()):
            yield case_result(catalogue, id_, case)


def case_result(catalogue: Catalogue, id_: str, case: Case) -> CaseResult:
    """The result of one case."""
    scheme = catalogue.content.schemes[id_]
    place = Place(scheme.file, case.line, case.column)
    stray = _stray(scheme, case)
    if stray is not None:
        near = nearest(stray, _names(scheme))
        fault = diagnostic("K01", place, suggestion=near, case=case.name, name=stray)
        return CaseResult(id_, case, place, fault=fault)
    try:
        decision = decided(catalogue, id_, case)
    except ProfileError as error:
        problem = Text(*(error.diagnostics[0].message(lang) for lang in ("fr", "en")))
        fault = diagnostic("K02", place, case=case.name, problem=problem)
        return CaseResult(id_, case, place, fault=fault)
    found = (*_set_aside(decision), *differences(case.expect, decision))
    return CaseResult(id_, case, place, found, decision=decision)


def decided(catalogue: Catalogue, id_: str, case: Case) -> Decision:
    """The decision of a scheme on the profile of a case; raises `ProfileError`."""
    answers = [_full(answer, id_) for answer in case.authority]
    given: dict[str, object] = {**case.given, **({"authority": answers} if answers else {})}
    profile = catalogue.profile(given)
    return catalogue.match(profile, iso(case.as_of), [id_]).decisions[0]


def _full(answer: Mapping[str, object], id_: str) -> dict[str, object]:
    unknown = str(answer["unknown"])
    return {**answer, "unknown": unknown if "/" in unknown else f"{id_}/{unknown}"}


def _names(scheme: Scheme) -> set[str]:
    ids = {criterion.id for criterion in criteria_of(scheme.criteria)}
    editions = {edition.id for edition in scheme.editions}
    return ids | set(scheme.unknowns) | {part.id for part in scheme.aid} | editions


def _stray(scheme: Scheme, case: Case) -> str | None:
    """The first name that the case expects and the scheme does not have."""
    known = _names(scheme)
    expect: Mapping[str, Any] = case.expect
    lists = ("unmet", "unknown", "ask", "aid")
    named = [name for key in lists for name in expect.get(key, ())]
    named += [expect["edition"]] if "edition" in expect else []
    return next((name for name in named if name not in known), None)


# ------------------------------------------------------------------------------------ differences
def _set_aside(decision: Decision) -> Iterator[Difference]:
    """Given values that cannot be on the date of the case: the case would test something else."""
    for key in decision.facts.set_aside():
        yield Difference("given", key, "contradiction")


def differences(expect: Mapping[str, Any], decision: Decision) -> Iterator[Difference]:
    """What a case expects and a decision answers otherwise, in turn."""
    found: dict[str, object] = {
        "outcome": str(decision.outcome),
        "window": str(decision.window.state),
        "edition": decision.window.edition,
    }
    for key, value in found.items():
        if key in expect and expect[key] != value:
            yield Difference(key, str(expect[key]), str(value))
    yield from _list_differences(expect, decision)
    for id_, wanted in expect.get("aid", {}).items():
        yield from _aid_differences(id_, wanted, decision)


def _list_differences(expect: Mapping[str, Any], decision: Decision) -> Iterator[Difference]:
    for key in ("unmet", "unknown", "missing", "ask"):
        if key in expect:
            found = named_in(decision, key)
            if sorted(expect[key]) != sorted(found):
                yield Difference(key, _listed(expect[key]), _listed(found))


def named_in(decision: Decision, key: str) -> Sequence[str]:
    """The names of one list of a decision, as a case writes them."""
    match key:
        case "unmet":
            return decision.unmet
        case "unknown":
            return decision.unknown
        case "missing":
            return [missing.fact for missing in decision.missing]
        case _:
            asked = decision.ask_authority
            return [_last(q.unknown) for q in asked if _about_criterion(q.about)]


def _about_criterion(about: str) -> bool:
    return about != WINDOW and not about.startswith(AID)


def _last(unknown: str | None) -> str:
    return (unknown or "").rsplit("/", 1)[-1]


def _listed(names: Sequence[str]) -> str:
    return "[" + ", ".join(sorted(names)) + "]"


def _aid_differences(id_: str, wanted: object, decision: Decision) -> Iterator[Difference]:
    part = next((part for part in decision.aid if part.id == id_), None)
    found = "absent" if part is None else "applies" if part.certain else "possible"
    if wanted in ("absent", "possible"):
        if wanted != found:
            yield Difference(f"aid.{id_}", str(wanted), found)
        return
    if part is None or not part.certain:
        yield Difference(f"aid.{id_}", "applies", found)
        return
    for key, amount in (wanted if isinstance(wanted, Mapping) else {"amount": wanted}).items():
        yield from _amount_differences(id_, key, amount, part)


def _amount_differences(
    id_: str, key: str, wanted: object, part: AidAnswer
) -> Iterator[Difference]:
    low, high = _ends(wanted)
    amount = part.amounts.get(key)
    found = (None, None) if amount is None else (_decimal(amount.low), _decimal(amount.high))
    if amount is None or found != (low, high):
        yield Difference(f"aid.{id_}.{key}", f"{low} … {high}", f"{found[0]} … {found[1]}")


def _ends(wanted: object) -> tuple[Decimal | None, Decimal | None]:
    if isinstance(wanted, Mapping):
        return _decimal(wanted.get("min")), _decimal(wanted.get("max"))
    return _decimal(wanted), _decimal(wanted)


def _decimal(value: object) -> Decimal | None:
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None
