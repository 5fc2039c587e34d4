"""How is a text that people read kept in both languages?"""

from __future__ import annotations

from dataclasses import dataclass

LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """The same text in French and in English."""

    fr: str
    en: str

    def in_(self, lang: str) -> str:
        """The text in one language (`fr` or `en`)."""
        return self.en if lang == "en" else self.fr

    def filled(self, values: dict[str, Text]) -> Text:
        """The text with each `{name}` replaced by its value in the same language."""
        fr, en = self.fr, self.en
        for name, value in values.items():
            fr = fr.replace("{" + name + "}", value.fr)
            en = en.replace("{" + name + "}", value.en)
        return Text(fr, en)
