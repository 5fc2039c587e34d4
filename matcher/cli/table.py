"""How does a report look in a terminal?"""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import Any

import click

from matcher.answers.decisions import Decision
from matcher.answers.elsewhere_words import TITLE, told
from matcher.answers.report import Report
from matcher.answers.views import CriterionAnswer, Outcome, Status
from matcher.answers.wording import REASONS, aid_text, change_text, counts, headline, opening
from matcher.catalogue.model import Source
from matcher.cli.shared import BETWEEN, named
from matcher.language.text import Text

MOST_TOGETHER = 4
MARKS = {Status.MET: "✓", Status.UNMET: "✗", Status.UNKNOWN: "?"}
COLOURS = {
    Outcome.ELIGIBLE: "green",
    Outcome.INELIGIBLE: "red",
    Outcome.UNDETERMINED: "yellow",
}
DETAILS = Text(
    "Toutes les conditions et toutes les sources : --details. Pour envoyer ou imprimer : "
    "--format markdown.",
    "All conditions and all sources: --details. To send or print: --format markdown.",
)
WORDS = {
    "missing": Text("À préciser", "To clarify"),
    "ask": Text("À demander", "To ask"),
    "reserves": Text("Sous réserve", "Subject to"),
    "aid": Text("Aide", "Aid"),
    "apply": Text("Démarche", "How to apply"),
    "remedy": Text("Que faire", "What to do"),
    "sources": Text("Sources", "Sources"),
    "instead": Text("Voir plutôt", "Look instead at"),
    "values": Text("valeur", "value"),
    "or": Text("ou", "or"),
    "territory": Text("Par votre territoire", "Through your territory"),
    "change": Text("Pour devenir éligible", "To become eligible"),
}


def report_table(
    report: Report, lang: str, *, details: bool = False, elsewhere: bool = False
) -> str:
    """The report as text for a terminal; `details` shows every criterion of every scheme.

    `elsewhere` adds the answers in the communes around.
    """
    width = table_width()
    lines = textwrap.wrap(opening(report).in_(lang), width)
    lines += textwrap.wrap(counts(report).in_(lang), width)
    lines += [f"· {named(n.fact, n.text.in_(lang), lang)}" for n in report.profile.notices]
    for decision in report.ranked:
        lines += ["", *_Sheet(decision, lang, width, details=details).lines()]
    if elsewhere:
        lines += ["", *elsewhere_lines(report, lang, width)]
    if not details:
        lines += ["", *textwrap.wrap(DETAILS.in_(lang), width)]
    return "\n".join(lines) + "\n"


def table_width() -> int:
    """How long a line of a report may be."""
    return max(60, min(shutil.get_terminal_size((100, 40)).columns, 110))


def elsewhere_lines(report: Report, lang: str, width: int) -> Iterator[str]:
    """The answers in the communes around, as lines of text."""
    said = told(report)
    yield click.style(TITLE.in_(lang), bold=True)
    for text in said.before:
        yield from textwrap.wrap(text.in_(lang), width, break_on_hyphens=False)
    for name, text in said.lines:
        yield from _hung(f"  {name.in_(lang)}", width, "  ")
        yield from _hung(f"    → {text.in_(lang)}", width, "      ")
    for text in said.after:
        yield from textwrap.wrap(text.in_(lang), width, break_on_hyphens=False)


def _hung(text: str, width: int, rest: str) -> list[str]:
    """A text as lines, those after the first one set in."""
    indent = text[: len(text) - len(text.lstrip())]
    return textwrap.wrap(
        text.strip(),
        width,
        initial_indent=indent,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


class _Sheet:
    """One decision as lines of text."""

    def __init__(self, decision: Decision, lang: str, width: int, *, details: bool) -> None:
        self.decision = decision
        self.details = details
        self.lang = lang
        self.width = width

    def lines(self) -> Iterator[str]:
        decision = self.decision
        colour = COLOURS[decision.outcome]
        name = f"{decision.name.in_(self.lang)}  [{decision.scheme}]"
        yield from self._styled(name, "", bold=True)
        yield from self._styled(headline(decision).in_(self.lang), "  ", fg=colour)
        yield from self._met()
        for criterion in self._shown_criteria():
            yield from self._criterion(criterion)
        yield from self._follow_up()
        yield from self._sources()

    def _met(self) -> Iterator[str]:
        """How many criteria are met, where they are not listed."""
        met = [c for c in self.decision.criteria if c.status is Status.MET]
        if met and not self._lists_met():
            word = "conditions remplies" if self.lang == "fr" else "conditions met"
            yield f"  {MARKS[Status.MET]} {len(met)} {word}"

    def _lists_met(self) -> bool:
        return self.details or self.decision.outcome is Outcome.ELIGIBLE

    def _shown_criteria(self) -> Iterator[CriterionAnswer]:
        """What is met only for an eligible scheme; for a refusal, only what refuses it."""
        refused = self.decision.outcome is Outcome.INELIGIBLE and not self.details
        for criterion in self.decision.criteria:
            if criterion.status is Status.MET and not self._lists_met():
                continue
            if not refused or criterion.id in self.decision.unmet:
                yield criterion

    def _criterion(self, criterion: CriterionAnswer) -> Iterator[str]:
        cited = ", ".join(source.id for source in criterion.sources)
        text = f"{criterion.statement.in_(self.lang)} [{cited}]"
        if not criterion.applies:
            text += " (sans objet)" if self.lang == "fr" else " (not applicable)"
        yield from self._wrapped(f"  {MARKS[criterion.status]} ", text)
        if criterion.status is Status.MET:
            return
        values = BETWEEN[self.lang].join(
            f"{v.label.in_(self.lang)} = {v.value.in_(self.lang)}" for v in criterion.values
        )
        if values:
            yield from self._wrapped("      ", values)
        if criterion.status is Status.UNMET and criterion.remedy:
            yield from self._named("remedy", criterion.remedy.in_(self.lang), "      ")
        if criterion.status is Status.UNMET and criterion.otherwise:
            yield from self._named("instead", criterion.otherwise, "      ")

    def _follow_up(self) -> Iterator[str]:
        lang, decision = self.lang, self.decision
        for missing in decision.missing:
            alternatives = "".join(
                f" {WORDS['or'].in_(lang)} {' + '.join(group)}"
                for group in missing.alternatives
                if len(group) <= MOST_TOGETHER
            )
            reason = REASONS[missing.reason].in_(lang)
            what = f"{missing.label.in_(lang)} ({missing.fact}{alternatives})"
            yield from self._named("missing", named(what, reason, lang))
        for question in decision.ask_authority:
            contact = question.email or question.url or ""
            who = f"{question.authority_name.in_(lang)} {contact}".strip()
            yield from self._named("ask", f"{who} — {question.states.in_(lang)}")
        if decision.through_territory is not None:
            yield from self._named("territory", decision.through_territory.in_(lang))
        if decision.outcome is Outcome.INELIGIBLE:
            yield from self._named("change", change_text(decision).in_(lang))
            return
        for reserve in decision.reserves:
            yield from self._named("reserves", reserve.text.in_(lang))
        for part in decision.aid:
            yield from self._named("aid", aid_text(part).in_(lang))
        how = decision.apply
        if how is not None and (how.url or how.contact):
            yield from self._named("apply", " · ".join(x for x in (how.url, how.contact) if x))

    def _sources(self) -> Iterator[str]:
        used: dict[str, Source] = {}
        for criterion in self._shown_criteria():
            used.update({source.id: source for source in criterion.sources})
        for source in used.values():
            read = "lu le" if self.lang == "fr" else "read on"
            link = f" {source.url}" if source.url else ""
            text = f"[{source.id}] {source.title} ({read} {source.read_on}){link}"
            yield from self._styled(text, "  ", dim=True)

    def _named(self, word: str, text: str, indent: str = "  ") -> Iterator[str]:
        first = f"{indent}→ {named(WORDS[word].in_(self.lang), '', self.lang)}"
        yield from self._wrapped(first, text, indent + "  ")

    def _styled(self, text: str, indent: str, **style: Any) -> Iterator[str]:
        """Lines in one style, each opened and closed on its own."""
        for line in self._wrapped(indent, text):
            yield indent + click.style(line.removeprefix(indent), **style)

    def _wrapped(self, first: str, text: str, rest: str | None = None) -> list[str]:
        return textwrap.wrap(
            text,
            self.width,
            initial_indent=first,
            subsequent_indent=rest if rest is not None else " " * len(first),
            break_long_words=False,
            break_on_hyphens=False,
        )
