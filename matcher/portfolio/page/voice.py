"""How does the page say a text, a number or a date in its language?"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matcher.answers.formats import NBSP, date_text, iso, number_text
from matcher.language.text import Text
from matcher.portfolio.page.html import Markup, tag, text, together

_PART = re.compile(r"\{(\w+)\}")
_BEFORE_SIGN = re.compile(r" (?=[:;?!»])")


@dataclass(frozen=True, slots=True)
class Noun:
    """What is counted, one and many."""

    one: Text
    many: Text

    @classmethod
    def same(cls, text: Text) -> Noun:
        """What is said alike of one and of many."""
        return cls(text, text)


ROWS = Noun(Text("ligne", "row"), Text("lignes", "rows"))


@dataclass(frozen=True, slots=True)
class Voice:
    """Says texts in one language."""

    lang: str

    def say(self, said: Text, **parts: str) -> str:
        """A text, with each `{name}` filled in."""
        return _PART.sub(lambda found: parts[found[1]], self.typed(said.in_(self.lang)))

    def rich(self, said: Text, **parts: str) -> Markup:
        """A text whose parts may be HTML already; the others are escaped."""
        pieces = _PART.split(self.typed(said.in_(self.lang)))
        names = range(1, len(pieces), 2)
        return together(
            parts[piece] if i in names else text(piece) for i, piece in enumerate(pieces)
        )

    def typed(self, said: str) -> str:
        """A text set well: in French no line begins with a sign, as the space before it holds."""
        if self.lang == "en":
            return said
        return _BEFORE_SIGN.sub(NBSP, said).replace("« ", f"«{NBSP}")

    def number(self, count: int) -> str:
        """`1 234`, `1,234`."""
        return number_text(count).in_(self.lang)

    def counted(self, count: int, noun: Noun = ROWS) -> str:
        """`1 ligne`, `1 234 lignes`; zero is singular in French, plural in English."""
        said = self.say(noun.one if self.is_one(count) else noun.many)
        return f"{self.number(count)}{NBSP}{said}"

    def is_one(self, count: int) -> bool:
        """Whether what is counted is in the singular."""
        return count == 1 if self.lang == "en" else count < 2

    def both(self, noun: Noun) -> tuple[str, str]:
        """What is counted, one and many."""
        return self.say(noun.one), self.say(noun.many)

    def date(self, day: int) -> Markup:
        """A date, that programs can read too."""
        return tag("time", date_text(day).in_(self.lang), datetime=iso(day))

    def day(self, day: int) -> str:
        """A date as a plain text."""
        return date_text(day).in_(self.lang)
