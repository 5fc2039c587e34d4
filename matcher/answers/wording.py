"""Which words do the reports for people share: table, Markdown, page?"""

from __future__ import annotations

import datetime

from matcher.answers.decisions import Decision, outcome_text
from matcher.answers.formats import date_text
from matcher.answers.report import Report
from matcher.answers.views import AidAnswer, Outcome, Reason, WindowAnswer
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text

WINDOWS = {
    WindowState.OPEN: Text("ouvert", "open"),
    WindowState.UPCOMING: Text("à venir", "upcoming"),
    WindowState.CLOSED: Text("clos", "closed"),
    WindowState.UNKNOWN: Text("ouverture à confirmer", "opening to be confirmed"),
}
REASONS = {
    Reason.ABSENT: Text("non renseigné", "not given"),
    Reason.RANGE: Text("fourchette trop large", "range too wide"),
    Reason.SEVERAL: Text("plusieurs valeurs possibles", "several possible values"),
    Reason.DECLINED: Text("non communiqué", "declined"),
}
AMOUNTS = {
    "amount": Text("montant", "amount"),
    "ceiling": Text("plafond", "ceiling"),
    "floor": Text("plancher", "floor"),
    "rate": Text("taux", "rate"),
}
LEGAL_CEILING = Text("plafond légal", "legal ceiling")


def window_text(window: WindowAnswer) -> Text:
    """The window in words: `ouvert jusqu'au 31 décembre 2026 (édition 2026)`."""
    state = WINDOWS[window.state]
    if window.edition is None:
        return state
    when = _when(window)
    edition = Text(f" (édition {window.edition})", f" (edition {window.edition})")
    return Text(state.fr + when.fr + edition.fr, state.en + when.en + edition.en)


def _when(window: WindowAnswer) -> Text:
    match window.state:
        case WindowState.OPEN if window.permanent:
            return Text(", permanent", ", permanent")
        case WindowState.OPEN if window.next_intake:
            return _dated(" ; prochaine relève le ", "; next intake on ", window.next_intake)
        case WindowState.OPEN if window.closes[0] and window.closes[0] == window.closes[1]:
            return _dated(" jusqu'au ", " until ", window.closes[0])
        case WindowState.CLOSED if window.closes[1]:
            return _dated(" depuis le ", " since ", window.closes[1])
        case WindowState.UPCOMING if window.opens[0]:
            return _dated(" le ", " on ", window.opens[0])
        case _:
            return Text("", "")


def _dated(fr: str, en: str, day: str) -> Text:
    date = date_text(datetime.date.fromisoformat(day).toordinal())
    return Text(fr + date.fr, en + date.en)


def headline(decision: Decision) -> Text:
    """Outcome and window in one line."""
    outcome, window = outcome_text(decision), window_text(decision.window)
    return Text(f"{outcome.fr} · {window.fr}", f"{outcome.en} · {window.en}")


def aid_text(part: AidAnswer) -> Text:
    """One part of the aid in one line."""
    said = [part.statement]
    for key, amount in part.amounts.items():
        name = LEGAL_CEILING if part.discretionary and key == "ceiling" else AMOUNTS[key]
        said.append(Text(f"{name.fr} : {amount.text.fr}", f"{name.en}: {amount.text.en}"))
    if not part.certain:
        said.append(Text("selon une condition à préciser", "depending on a condition to clarify"))
    return Text(" — ".join(s.fr for s in said), " — ".join(s.en for s in said))


def change_text(decision: Decision) -> Text:
    """What could change for an ineligible scheme, one way or another; or why nothing can."""
    ways = [nearest.text for nearest in decision.nearest_changes]
    if decision.no_change is not None:
        ways.append(decision.no_change.text)
    return Text(" ; ou bien : ".join(w.fr for w in ways), "; or else: ".join(w.en for w in ways))


def opening(report: Report) -> Text:
    """The date of the question, the catalogue, and the warning that authorities decide."""
    date = date_text(report.on)
    digest = report.content.digest
    return Text(
        f"Réponse au {date.fr} (catalogue {digest}). Information indicative : "
        "l'autorité qui instruit la demande décide.",
        f"Answer as of {date.en} (catalogue {digest}). For information only: "
        "the authority that examines the application decides.",
    )


def counts(report: Report) -> Text:
    """How many schemes have each outcome."""
    outcomes = [decision.outcome for decision in report.decisions]
    now = sum(decision.can_apply_now for decision in report.decisions)
    eligible, open_, no = (
        outcomes.count(o) for o in (Outcome.ELIGIBLE, Outcome.UNDETERMINED, Outcome.INELIGIBLE)
    )
    return Text(
        f"{_plural(len(outcomes), 'dispositif examiné', 'dispositifs examinés')} : "
        f"{_plural(eligible, 'éligible', 'éligibles')} "
        f"(dont {_plural(now, 'ouvert', 'ouverts')}), "
        f"{open_} à préciser, {_plural(no, 'non éligible', 'non éligibles')}.",
        f"{len(outcomes)} scheme{'' if len(outcomes) == 1 else 's'} examined: {eligible} eligible "
        f"({now} of them open), {open_} to be clarified, {no} not eligible.",
    )


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count < 2 else many}"
