"""Why can a workbook not be read, and what should be done about it?"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

from matcher.language.diagnostics import MatcherError
from matcher.language.text import Text
from matcher.portfolio.workbooks.wording import REASONS

MOST_TOLD = 10

Parts = Mapping[str, str | Text]


class WorkbookError(MatcherError):
    """A workbook that cannot be read.

    `reason` is a stable word for programs (a key of `wording.REASONS`); `file` is a name without
    its folders; `place` is a sheet or a cell. What a cell holds is never quoted: it may be private.
    """

    def __init__(
        self, reason: str, *, file: str = "", place: str = "", parts: Parts | None = None
    ) -> None:
        super().__init__(())
        self.reason = reason
        self.file = file
        self.place = place
        self.parts = dict(parts or {})

    def __reduce__(self) -> tuple[type[WorkbookError], tuple[str], dict[str, object]]:
        return type(self), (self.reason,), self.__dict__

    def message(self, lang: str = "fr") -> str:
        """What is wrong, in one sentence."""
        return REASONS[self.reason][lang].what.format(**self._parts(lang))

    def fix(self, lang: str = "fr") -> str:
        """What to do."""
        return REASONS[self.reason][lang].fix.format(**self._parts(lang))

    def _parts(self, lang: str) -> dict[str, str]:
        return {
            name: part.in_(lang) if isinstance(part, Text) else part
            for name, part in self.parts.items()
        }

    def render(self, lang: str = "fr") -> str:
        """Where, what, and what to do, as two lines of text."""
        where = ", ".join(part for part in (self.file, self.place) if part)
        colon = " : " if lang == "fr" else ": "
        head = f"{where}{colon}" if where else ""
        return f"{head}{self.message(lang)}\n    → {self.fix(lang)}"


def no_such_sheet(name: str, known: Iterable[str]) -> WorkbookError:
    """A sheet that the workbook does not have: the nearest name first, then the others."""
    names = list(known)
    near = difflib.get_close_matches(name[:100], [each[:100] for each in names], n=1, cutoff=0.6)
    ordered = near + [each for each in names if each not in near]
    more = " …" if len(ordered) > MOST_TOLD else ""
    told = Text(
        ", ".join(f"« {each} »" for each in ordered[:MOST_TOLD]) + more,
        ", ".join(f"“{each}”" for each in ordered[:MOST_TOLD]) + more,
    )
    return WorkbookError("no_such_sheet", parts={"name": name[:100], "known": told})
