"""In which language, on which date and with which labels is a page written?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from matcher.answers.decisions import speaker_of
from matcher.answers.formats import date_text, listed
from matcher.answers.sentences import Speaker
from matcher.api import Catalogue
from matcher.authoring.pages_text import escaped, link, mail, prose
from matcher.catalogue.content import Content
from matcher.catalogue.model import Scheme
from matcher.language.text import Text

QUOTED = Text("« {text} »", "“{text}”")
_YEARS = re.compile(r"\d{4}(-\d{4})?")


@dataclass(frozen=True)
class Writer:
    """Writes the texts of a catalogue in one language, as on one day (a day number)."""

    catalogue: Catalogue
    lang: str
    day: int

    @property
    def content(self) -> Content:
        """What the catalogue holds."""
        return self.catalogue.content

    @cached_property
    def speaker(self) -> Speaker:
        """Says facts and rules with their labels."""
        return speaker_of(self.content)

    def say(self, text: Text) -> str:
        """A text of the rules, escaped, with its web addresses as links."""
        return prose(text.in_(self.lang))

    def name(self, text: Text) -> str:
        """A text of the rules, escaped, to be a title or a link."""
        return escaped(text.in_(self.lang))

    def put(self, template: Text, **parts: str) -> str:
        """One of our own sentences, with parts that are already escaped."""
        return template.in_(self.lang).format(**parts)

    def together(self, parts: Iterable[str], *, last: Text) -> str:
        """Several texts, already escaped, as one list: `a, b et c`."""
        texts = [Text(part, part) for part in parts]
        return listed(texts, last_fr=last.fr, last_en=last.en).in_(self.lang)

    def date(self, day: int) -> str:
        """A date in full."""
        return date_text(day).in_(self.lang)

    def quoted(self, text: str) -> str:
        """A text, already escaped, between the quotation marks of the language."""
        return self.put(QUOTED, text=text)

    def edition(self, id_: str) -> str:
        """An edition: years as they stand, another name in quotation marks."""
        return escaped(id_) if _YEARS.fullmatch(id_) else self.quoted(escaped(id_))

    # ------------------------------------------------------------------------------ names and links
    def fact(self, key: str) -> str:
        """What a fact is called, with a link to where it is explained."""
        label = self.name(self.speaker.label(key))
        return f"[{label}]({self.up}facts.md#{key})" if key in self.content.vocabulary else label

    @property
    def up(self) -> str:
        """The way from a page to the others; a page of a scheme lies one folder below."""
        return ""

    def authority(self, id_: str) -> str:
        """An authority, with how to reach it."""
        found = self.content.authorities[id_]
        named = link(self.name(found.name), found.url)
        return f"{named}, {mail(found.email)}" if found.email else named

    def short_authority(self, id_: str) -> str:
        """An authority in a few words."""
        return escaped(_short(self.content.authorities[id_].name.in_(self.lang)))

    def scheme(self, id_: str) -> str:
        """What a scheme is called, with a link to its page when it is in the catalogue."""
        found = self.content.schemes.get(id_)
        if found is None:
            return escaped(id_)
        return f"[{self.name(found.name)}]({self.page_of(id_)})"

    def page_of(self, id_: str) -> str:
        """The address of the page of a scheme."""
        return f"schemes/{id_}.md"

    def audience(self, scheme: Scheme) -> list[str]:
        """Who a scheme is meant for, in the order of the vocabulary."""
        return [self.name(label) for label in self._kinds(scheme)]

    def short_audience(self, scheme: Scheme) -> list[str]:
        """The same without what stands in brackets or after a comma."""
        return [escaped(_short(label.in_(self.lang))) for label in self._kinds(scheme)]

    def _kinds(self, scheme: Scheme) -> list[Text]:
        declared = self.content.vocabulary.get(self.content.roles.audience or "")
        choices: Mapping[str, Text] = dict(declared.choices) if declared else {}
        known = [label for kind, label in choices.items() if kind in scheme.audience]
        return known + [Text(k, k) for k in sorted(scheme.audience - choices.keys())]


def _short(label: str) -> str:
    """A label without what stands in brackets or after a comma."""
    return label.split(" (", maxsplit=1)[0].split(",", maxsplit=1)[0]


@dataclass(frozen=True)
class SchemeWriter(Writer):
    """Writes pages that lie in the folder of the schemes."""

    @property
    def up(self) -> str:
        """The way to the other pages."""
        return "../"

    def page_of(self, id_: str) -> str:
        """The address of the page of a scheme, from its neighbours."""
        return f"{id_}.md"
