"""Why can a client file, or the mapping of its columns, not be used, and what should be done?"""

from __future__ import annotations

from matcher.language.diagnostics import MatcherError
from matcher.language.text import Text


class SourceError(MatcherError):
    """An input that cannot be read as a portfolio. What a cell holds is never quoted."""

    def __init__(self, what: Text, fix: Text, *, file: str = "") -> None:
        super().__init__(())
        self.what = what
        self.how = fix
        self.file = file

    def __reduce__(self) -> tuple[type[SourceError], tuple[Text, Text], dict[str, object]]:
        return type(self), (self.what, self.how), self.__dict__

    def message(self, lang: str = "fr") -> str:
        """What is wrong, in one sentence."""
        return self.what.in_(lang)

    def fix(self, lang: str = "fr") -> str:
        """What to do."""
        return self.how.in_(lang)

    def render(self, lang: str = "fr") -> str:
        """Where, what, and what to do, as two lines of text."""
        colon = " : " if lang == "fr" else ": "
        head = f"{self.file}{colon}" if self.file else ""
        return f"{head}{self.message(lang)}\n    → {self.fix(lang)}"
