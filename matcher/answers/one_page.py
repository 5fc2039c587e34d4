"""What fits on the one page that somebody takes to their bank, their Region, their board?

What can be applied for now, by when, with what; what is near and what to change; what is missing
and whom to ask. Details for open schemes only, one line for the others. Answers that are marked as
sensitive stay out: the page is made to be handed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from matcher.answers.decisions import Decision, outcome_text
from matcher.answers.formats import date_text
from matcher.answers.one_page_words import (
    ALSO,
    CLOSED,
    NOTHING_NOW,
    OUT,
    TITLE,
    TITLES,
    UNSURE,
    WARNING,
    WORDS,
    YOURS,
    OnePage,
    Point,
    Section,
    Sheet,
)
from matcher.answers.report import Report
from matcher.answers.views import AuthorityQuestion, Outcome, Reason
from matcher.answers.wording import aid_text, change_text, window_text
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text

MOST_SHEETS, FEWEST_SHEETS = 4, 2
MOST_LINES, MOST_POINTS, MOST_GIVEN, MOST_AIDS = 5, 4, 10, 2
LONGEST = 190
"""Letters of a point: what is longer is cut, the whole report has it all."""


def one_page(report: Report) -> OnePage:
    """The page for a report."""
    date = date_text(report.on)
    return OnePage(
        title=TITLE,
        about=report.profile.about,
        date=Text(f"Situation au {date.fr}", f"As of {date.en}"),
        given=tuple(_given(report)),
        counts=_counts(report),
        sections=tuple(section for section in _sections(report) if section is not None),
        warning=WARNING,
        origin=Text(
            f"Règles {report.content.digest} · matcher {report.version}",
            f"Rules {report.content.digest} · matcher {report.version}",
        ),
    )


def _given(report: Report) -> Iterator[Point]:
    """The answers that the page rests on, the sensitive ones left out."""
    vocabulary, profile = report.content.vocabulary, report.profile
    keys = [k for k, f in vocabulary.items() if k in profile.values and not f.sensitive]
    if not report.decisions:
        return
    read = _readings(report)
    keys.sort(key=lambda key: -read[key])
    values = report.decisions[0].values
    for key in keys[:MOST_GIVEN]:
        looked = values.looked_at(key)
        yield Point(looked.label, looked.value)
    if len(keys) > MOST_GIVEN:
        more = len(keys) - MOST_GIVEN
        yield Point(ALSO, Text(f"{more} autres réponses", f"{more} other answers"))


def _readings(report: Report) -> Counter[str]:
    """How many criteria read each fact, directly or not."""
    read = Counter(
        fact for d in report.decisions for said in d.texts.criteria for fact in said.facts
    )
    above = report.content.dependents
    return Counter(
        {
            key: read[key] + sum(read[other] for other in above.get(key, ()))
            for key in report.profile.values
        }
    )


def _counts(report: Report) -> Text:
    now = sum(decision.can_apply_now for decision in report.decisions)
    open_ = sum(_is_open(d) and d.outcome is Outcome.UNDETERMINED for d in report.decisions)
    total = len(report.decisions)
    return Text(
        f"{total} dispositifs examinés : {now} à demander maintenant, {open_} ouverts à préciser.",
        f"{total} schemes examined: {now} to apply for now, {open_} open and to be clarified.",
    )


# ----------------------------------------------------------------------------------------- sections
def _sections(report: Report) -> Iterator[Section | None]:
    ranked = report.ranked
    now = [d for d in ranked if d.can_apply_now]
    clarify = [d for d in ranked if d.outcome is Outcome.UNDETERMINED and _is_open(d)]
    clarify.sort(key=lambda d: len(d.unknown))
    later = [d for d in ranked if d.outcome is Outcome.ELIGIBLE and _is_later(d)]
    near = [d for d in ranked if d.nearest_changes and (_is_open(d) or _is_later(d))]
    yield _section("now", now, MOST_SHEETS, else_=NOTHING_NOW)
    yield _section("clarify", clarify, max(FEWEST_SHEETS, MOST_SHEETS - len(now)))
    yield _lines("later", later, lambda d: window_text(d.window), _link)
    yield _lines("near", near[:MOST_LINES], change_text)
    yield _to_learn(report)
    yield from _others(report, {d.scheme for d in (*now, *clarify, *later, *near[:MOST_LINES])})


def _is_open(decision: Decision) -> bool:
    return decision.window_found.state is WindowState.OPEN


def _is_later(decision: Decision) -> bool:
    return decision.window_found.state in (WindowState.UNKNOWN, WindowState.UPCOMING)


def _section(
    id_: str, decisions: list[Decision], most: int, else_: Text | None = None
) -> Section | None:
    """Some schemes in detail, the others by name."""
    if not decisions:
        return None if else_ is None else Section(id_, TITLES[id_], remark=else_)
    sheets = tuple(_sheet(decision) for decision in decisions[:most])
    rest = decisions[most:]
    return Section(id_, TITLES[id_], sheets, remark=_also(rest) if rest else None)


def _lines(
    id_: str,
    decisions: list[Decision],
    said: Callable[[Decision], Text],
    link: Callable[[Decision], str | None] = lambda _: None,
) -> Section | None:
    if not decisions:
        return None
    lines = tuple(Point(d.name, _cut(said(d)), link(d)) for d in decisions)
    return Section(id_, TITLES[id_], lines=lines)


def _others(report: Report, shown: set[str]) -> Iterator[Section | None]:
    """Every other scheme by its name, so that none is missing from the page."""
    rest = [decision for decision in report.ranked if decision.scheme not in shown]
    closed = [d for d in rest if d.window_found.state is WindowState.CLOSED]
    out = [d for d in rest if d.outcome is Outcome.INELIGIBLE and d not in closed]
    unsure = [d for d in rest if d not in closed and d not in out]
    groups = ((UNSURE, unsure), (OUT, out), (CLOSED, closed))
    lines = tuple(Point(word, _names(group)) for word, group in groups if group)
    yield Section("others", TITLES["others"], lines=lines) if lines else None


def _sheet(decision: Decision) -> Sheet:
    outcome, window = outcome_text(decision), window_text(decision.window)
    return Sheet(
        name=decision.name,
        headline=Text(f"{outcome.fr} · {window.fr}", f"{outcome.en} · {window.en}"),
        good=decision.outcome is Outcome.ELIGIBLE,
        points=tuple(_points(decision)),
    )


def _points(decision: Decision) -> Iterator[Point]:
    known = [m for m in decision.missing if m.reason is not Reason.DECLINED]
    if known:
        yield Point(WORDS["missing"], _joined([m.label for m in known], MOST_POINTS))
    for question in decision.ask_authority[:1]:
        yield Point(WORDS["ask"], _cut(_asked(question)))
    eligible = decision.outcome is Outcome.ELIGIBLE
    for part in decision.aid[: MOST_AIDS if eligible else 1]:
        yield Point(WORDS["aid"], _cut(aid_text(part)))
    how = decision.apply
    if how is None:
        return
    if eligible and how.documents:
        yield Point(WORDS["documents"], _joined(list(how.documents), MOST_POINTS))
    if eligible and how.steps:
        yield Point(WORDS["steps"], _joined(list(how.steps), 2))
    if eligible and decision.reserves:
        reserves = [reserve.text for reserve in decision.reserves]
        yield Point(WORDS["reserves"], _joined(reserves, 2))
    yield from _contact(how.url, how.contact)


def _contact(url: str | None, contact: str | None) -> Iterator[Point]:
    if url or contact:
        said = contact or url or ""
        yield Point(WORDS["apply"], Text(said, said), url)


def _link(decision: Decision) -> str | None:
    return decision.apply.url if decision.apply else None


# --------------------------------------------------------------------------------- what is missing
def _to_learn(report: Report) -> Section | None:
    """The facts that would settle most, and the questions that only authorities can answer."""
    live = [d for d in report.ranked if d.outcome is not Outcome.INELIGIBLE]
    live = [d for d in live if d.window_found.state is not WindowState.CLOSED]
    counted: Counter[Text] = Counter(m.label for d in live for m in d.missing)
    facts = [label for label, _ in counted.most_common(MOST_LINES)]
    more = len(counted) - len(facts)
    lines = [Point(YOURS, _joined(facts, MOST_LINES, more))] if facts else []
    lines += [Point(who, what) for who, what in _authorities(live)]
    return Section("learn", TITLES["learn"], lines=tuple(lines)) if lines else None


def _authorities(decisions: Iterable[Decision]) -> Iterator[tuple[Text, Text]]:
    """Whom to ask about which schemes: one line for each authority."""
    asked: dict[str, tuple[Text, dict[Text, None]]] = {}
    for decision in decisions:
        for question in decision.ask_authority:
            contact = question.email or question.url
            name = question.authority_name
            who = Text(f"{name.fr} ({contact})", f"{name.en} ({contact})") if contact else name
            asked.setdefault(question.authority, (who, {}))[1][decision.name] = None
    for who, schemes in list(asked.values())[:MOST_LINES]:
        yield who, _joined(list(schemes), 3)


def _asked(question: AuthorityQuestion) -> Text:
    who, what = question.authority_name, question.states
    return Text(f"{who.fr} — {what.fr}", f"{who.en} — {what.en}")


# ------------------------------------------------------------------------------------ as one text
def _names(decisions: Iterable[Decision]) -> Text:
    names = [decision.name for decision in decisions]
    return Text(" · ".join(n.fr for n in names), " · ".join(n.en for n in names))


def _also(decisions: list[Decision]) -> Text:
    names = _names(decisions)
    return Text(f"Et aussi : {names.fr}.", f"And also: {names.en}.")


def _joined(texts: list[Text], most: int, more: int = 0) -> Text:
    """Some texts as one, and how many are left out."""
    left = more + max(0, len(texts) - most)
    fr = " ; ".join(_short(text.fr) for text in texts[:most])
    en = "; ".join(_short(text.en) for text in texts[:most])
    if left:
        fr, en = f"{fr} ; et {left} de plus", f"{en}; and {left} more"
    return Text(fr, en)


def _short(text: str) -> str:
    bare = text.rstrip(" .")
    return bare if len(bare) <= LONGEST else bare[: LONGEST - 1].rstrip() + "…"


def _cut(text: Text) -> Text:
    return Text(_short(text.fr), _short(text.en))
