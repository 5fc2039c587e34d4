"""What is wrong with a rule or a profile, where, and what should be written instead?

A diagnostic is born with a code, a place and a fix. Each code has its wording here, in French and
English, a page in docs/diagnostics/ and a bad fixture in tests/bad/.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from matcher.language.messages import MESSAGES
from matcher.language.text import Text

MOST_TOLD = 100
MOST_CANDIDATES = 2_000
MOST_LETTERS = 100


class Severity(StrEnum):
    """How grave a diagnostic is: an error stops the load, a warning is only shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in a file: line and column count from 1; 0 means the whole."""

    file: str = ""
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        if not self.column:
            return f"{self.file}:{self.line}"
        return f"{self.file}:{self.line}:{self.column}"

    def shifted(self, columns: int) -> Place:
        """The place some columns further on the same line."""
        return Place(self.file, self.line, self.column + columns) if self.column else self


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake: its code, its place, the parts of its message, a suggestion if one is near."""

    code: str
    place: Place
    parts: tuple[tuple[str, str | Text], ...] = ()
    suggestion: str | None = None
    severity: Severity = Severity.ERROR

    def message(self, lang: str = "fr") -> str:
        """What is wrong, in one sentence."""
        return MESSAGES[self.code][lang].what.format(**self._parts(lang))

    def fix(self, lang: str = "fr") -> str:
        """What to write instead."""
        if self.suggestion is not None:
            if lang == "fr":
                return f"Vouliez-vous dire « {self.suggestion} » ?"
            return f"Did you mean “{self.suggestion}”?"
        return MESSAGES[self.code][lang].fix.format(**self._parts(lang))

    def _parts(self, lang: str) -> dict[str, str]:
        return {
            name: part.in_(lang) if isinstance(part, Text) else part for name, part in self.parts
        }

    def render(self, lang: str = "fr") -> str:
        """The diagnostic as two lines of text for a terminal."""
        head = f"{self.place}: " if self.place.file else ""
        return f"{head}{self.code} {self.message(lang)}\n    → {self.fix(lang)}"


def diagnostic(
    code: str, place: Place, *, suggestion: str | None = None, **parts: object
) -> Diagnostic:
    """A diagnostic whose message is filled with `parts`."""
    severity = Severity.WARNING if code.startswith("W") else Severity.ERROR
    named = tuple((n, v if isinstance(v, Text) else str(v)) for n, v in parts.items())
    return Diagnostic(code, place, named, suggestion, severity)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word nearest to a misspelt one, or None when nothing is near."""
    candidates = list(known)
    if len(candidates) > MOST_CANDIDATES or len(word) > MOST_LETTERS:
        return None
    found = difflib.get_close_matches(word, candidates, n=1, cutoff=0.6)
    return found[0] if found else None


class Diagnostics:
    """The mistakes found so far in one run; all of them are told at once."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []

    def add(
        self, code: str, place: Place, *, suggestion: str | None = None, **parts: object
    ) -> None:
        """Record one mistake."""
        self._found.append(diagnostic(code, place, suggestion=suggestion, **parts))

    def extend(self, more: Iterable[Diagnostic]) -> None:
        """Record several mistakes."""
        self._found.extend(more)

    def __iter__(self) -> Iterator[Diagnostic]:
        return iter(sorted(self._found, key=lambda d: (d.place, d.code)))

    def __len__(self) -> int:
        return len(self._found)

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """The mistakes that stop a load, in the order of the files."""
        return tuple(d for d in self if d.severity is Severity.ERROR)

    def raise_errors(self) -> None:
        """Raise `RuleError` with every error found, if there is one."""
        if self.errors:
            raise RuleError(tuple(self))


def rendered(diagnostics: Sequence[Diagnostic], lang: str = "fr") -> str:
    """Diagnostics as text: the first ones, then how many others there are."""
    told = [d.render(lang) for d in diagnostics[:MOST_TOLD]]
    more = len(diagnostics) - MOST_TOLD
    if more > 0:
        others = "autre" if more == 1 else "autres"
        told.append(f"… et {more} {others}" if lang == "fr" else f"… and {more} more")
    return "\n".join(told)


class MatcherError(Exception):
    """An input that cannot be used. Its diagnostics say what, where and what to do."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__(self.diagnostics)

    def __str__(self) -> str:
        return self.render("fr")

    def render(self, lang: str = "fr") -> str:
        """All the diagnostics as text."""
        return rendered(self.diagnostics, lang)


class RuleError(MatcherError):
    """A rule, vocabulary or reference file has mistakes."""


class ProfileError(MatcherError):
    """A profile cannot be used."""
