"""How does a report look as Markdown, to be sent or printed?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.decisions import Decision
from matcher.answers.elsewhere_words import TITLE as ELSEWHERE
from matcher.answers.elsewhere_words import told
from matcher.answers.markup import markdown_escaped as escaped
from matcher.answers.report import Report
from matcher.answers.views import Outcome, Status
from matcher.answers.wording import REASONS, aid_text, change_text, counts, headline, opening
from matcher.catalogue.model import Source
from matcher.cli.shared import named
from matcher.cli.table import MARKS, WORDS

TITLE = {"fr": "Dispositifs accessibles", "en": "Schemes one can apply to"}


def report_markdown(report: Report, lang: str, *, elsewhere: bool = False) -> str:
    """The report as Markdown text; `elsewhere` adds the answers in the communes around."""
    lines = [f"# {TITLE[lang]}", "", opening(report).in_(lang), "", counts(report).in_(lang)]
    lines += [
        f"\n> {named(n.fact, escaped(n.text.in_(lang)), lang)}" for n in report.profile.notices
    ]
    for decision in report.ranked:
        lines += ["", *_section(decision, lang)]
    if elsewhere:
        lines += ["", *_elsewhere(report, lang)]
    return "\n".join(lines) + "\n"


def _elsewhere(report: Report, lang: str) -> Iterator[str]:
    said = told(report)
    yield f"## {escaped(ELSEWHERE.in_(lang))}"
    yield ""
    yield from (escaped(text.in_(lang)) for text in said.before)
    yield ""
    for name, text in said.lines:
        yield f"- {named(f'**{escaped(name.in_(lang))}**', escaped(text.in_(lang)), lang)}"
    yield ""
    yield from (escaped(text.in_(lang)) for text in said.after)


def _section(decision: Decision, lang: str) -> Iterator[str]:
    yield f"## {escaped(decision.name.in_(lang))}"
    yield ""
    yield f"**{escaped(headline(decision).in_(lang))}** (`{decision.scheme}`)"
    yield ""
    for criterion in decision.criteria:
        cited = ", ".join(source.id for source in criterion.sources)
        yield f"- {MARKS[criterion.status]} {escaped(criterion.statement.in_(lang))} [{cited}]"
        if criterion.status is not Status.MET:
            for looked in criterion.values:
                label, value = escaped(looked.label.in_(lang)), escaped(looked.value.in_(lang))
                yield f"  - {named(label, value, lang)}"
        if criterion.status is Status.UNMET and criterion.remedy:
            remedy = escaped(criterion.remedy.in_(lang))
            yield f"  - {named(WORDS['remedy'].in_(lang), remedy, lang)}"
    yield from _follow_up(decision, lang)
    yield from _sources(decision, lang)


def _follow_up(decision: Decision, lang: str) -> Iterator[str]:
    items: list[tuple[str, str]] = []
    for missing in decision.missing:
        reason = REASONS[missing.reason].in_(lang)
        what = f"{escaped(missing.label.in_(lang))} (`{missing.fact}`)"
        items.append(("missing", named(what, reason, lang)))
    for question in decision.ask_authority:
        contact = question.email or question.url or ""
        who = escaped(f"{question.authority_name.in_(lang)} {contact}".strip())
        items.append(("ask", f"{who} — {escaped(question.states.in_(lang))}"))
    if decision.through_territory is not None:
        items.append(("territory", escaped(decision.through_territory.in_(lang))))
    if decision.outcome is Outcome.INELIGIBLE:
        items.append(("change", escaped(change_text(decision).in_(lang))))
    else:
        items += [("reserves", escaped(r.text.in_(lang))) for r in decision.reserves]
        items += [("aid", escaped(aid_text(part).in_(lang))) for part in decision.aid]
        how = decision.apply
        if how is not None and how.url:
            items.append(("apply", f"<{how.url}>"))
    if items:
        yield ""
    for word, text in items:
        yield f"- {named(f'**{WORDS[word].in_(lang)}**', text, lang)}"


def _sources(decision: Decision, lang: str) -> Iterator[str]:
    used: dict[str, Source] = {}
    for criterion in decision.criteria:
        used.update({source.id: source for source in criterion.sources})
    yield ""
    read = "lu le" if lang == "fr" else "read on"
    for source in used.values():
        link = f" <{source.url}>" if source.url else ""
        yield f"[{source.id}] {escaped(source.title)} ({read} {source.read_on}){link}  "
