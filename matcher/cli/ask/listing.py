"""Which schemes does the live list show, and what of each?"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.answers.decisions import UNDER_RESERVE, Decision, outcome_text
from matcher.answers.live import Change
from matcher.answers.report import Report
from matcher.answers.views import Outcome, WindowAnswer
from matcher.answers.wording import WINDOWS
from matcher.catalogue.windows import WindowState
from matcher.cli.ask.words import NOTHING_CHANGED
from matcher.cli.shared import counted
from matcher.language.text import Text

GOOD, WARN, DIM = "good", "warn", "dim"
NAMED = 2
TO_APPLY_FOR = Text("à demander", "to apply for")
TO_CLARIFY = Text("à préciser", "to clarify")
ELIGIBLE = Text("éligible", "eligible")
RESERVED = Text("sous réserve", "with reserves")
ELIGIBLE_LATER = Text("éligibles non ouverts", "eligible, not open")
RULED_OUT = Text("écartés", "ruled out")


@dataclass(frozen=True, slots=True)
class Row:
    """One scheme of the list: mark, name, outcome, window, and how it is coloured."""

    mark: str
    name: str
    outcome: str
    window: str
    style: str


def rows(report: Report, lang: str) -> tuple[Row, ...]:
    """The schemes still possible, those to apply for first, then those with least to clarify."""
    possible = [d for d in report.decisions if d.outcome is not Outcome.INELIGIBLE]
    possible.sort(key=_rank)
    return tuple(_row(decision, lang) for decision in possible)


def _rank(decision: Decision) -> tuple[int, int, int, str]:
    states = (WindowState.OPEN, WindowState.UNKNOWN, WindowState.UPCOMING, WindowState.CLOSED)
    state = states.index(decision.window_found.state)
    closed = decision.window_found.state is WindowState.CLOSED
    eligible = decision.outcome is Outcome.ELIGIBLE
    return (
        3 if closed else 0 if eligible else 1 if state == 0 else 2,
        state,
        len(decision.unknown),
        decision.scheme,
    )


def _row(decision: Decision, lang: str) -> Row:
    eligible = decision.outcome is Outcome.ELIGIBLE
    closed = decision.window_found.state is WindowState.CLOSED
    reserved = outcome_text(decision) == UNDER_RESERVE
    said = (RESERVED if reserved else ELIGIBLE).in_(lang)
    if not eligible:
        said = f"{len(decision.unknown)} {TO_CLARIFY.in_(lang)}"
    return Row(
        mark="✓" if eligible else "?",
        name=decision.name.in_(lang),
        outcome=said,
        window=short_window(decision.window).in_(lang),
        style=DIM if closed else GOOD if eligible else WARN,
    )


def short_window(window: WindowAnswer) -> Text:
    """The window in a few letters: `ouvert → 31/12/2026`."""
    match window.state:
        case WindowState.OPEN if window.permanent:
            return Text("ouvert, permanent", "open, permanent")
        case WindowState.OPEN if window.next_intake:
            return _dated("relève le ", "intake ", window.next_intake)
        case WindowState.OPEN if window.closes[0] and window.closes[0] == window.closes[1]:
            return _dated("ouvert → ", "open → ", window.closes[0])
        case WindowState.UPCOMING if window.opens[0]:
            return _dated("ouvre le ", "opens ", window.opens[0])
        case WindowState.UNKNOWN:
            return Text("à confirmer", "to be confirmed")
        case state:
            return WINDOWS[state]


def _dated(fr: str, en: str, day: str) -> Text:
    date = datetime.date.fromisoformat(day)
    return Text(fr + date.strftime("%d/%m/%Y"), f"{en}{date.day} {date.strftime('%b %Y')}")


def tally(report: Report, lang: str) -> str:
    """How many schemes can be applied for, are eligible otherwise, are open questions, are out."""
    outcomes = [decision.outcome for decision in report.decisions]
    now = sum(decision.can_apply_now for decision in report.decisions)
    other = outcomes.count(Outcome.ELIGIBLE) - now
    parts = [
        (now, TO_APPLY_FOR, TO_APPLY_FOR),
        (other, Text("éligible non ouvert", "eligible, not open"), ELIGIBLE_LATER),
        (outcomes.count(Outcome.UNDETERMINED), TO_CLARIFY, TO_CLARIFY),
        (outcomes.count(Outcome.INELIGIBLE), Text("écarté", "ruled out"), RULED_OUT),
    ]
    return " · ".join(
        counted(count, one.in_(lang), many.in_(lang), lang) for count, one, many in parts
    )


# ------------------------------------------------------------------------------------ what changed
def changes_line(changes: Sequence[Change], names: dict[str, Text], lang: str) -> str:
    """What an answer changed, in one line."""
    kinds: dict[str, list[str]] = {}
    for change in changes:
        if change.kind != "progress" or change.after is Outcome.UNDETERMINED:
            kinds.setdefault(change.kind, []).append(names[change.scheme].in_(lang))
    parts = [_part(kind, kinds[kind], lang) for kind in _KINDS if kind in kinds]
    return ", ".join(parts) or NOTHING_CHANGED.in_(lang)


def _part(kind: str, names: list[str], lang: str) -> str:
    one, many, named = _KINDS[kind]
    said = counted(len(names), one.in_(lang), many.in_(lang), lang)
    return f"{said} ({_few(names)})" if named else said


def _few(names: Iterable[str]) -> str:
    listed = list(names)
    shown = ", ".join(listed[:NAMED])
    return shown if len(listed) <= NAMED else f"{shown}…"


_KINDS = {
    "can_apply": (
        Text("à demander maintenant", "to apply for now"),
        Text("à demander maintenant", "to apply for now"),
        True,
    ),
    "would_qualify": (
        Text("éligible, non ouvert", "eligible, not open"),
        Text("éligibles, non ouverts", "eligible, not open"),
        True,
    ),
    "ruled_out": (
        Text("dispositif écarté", "scheme ruled out"),
        Text("dispositifs écartés", "schemes ruled out"),
        False,
    ),
    "lost": (Text("perdu", "lost"), Text("perdus", "lost"), True),
    "reopened": (
        Text("de nouveau possible", "possible again"),
        Text("de nouveau possibles", "possible again"),
        False,
    ),
    "progress": (
        Text("se précise", "gets clearer"),
        Text("se précisent", "get clearer"),
        False,
    ),
}
