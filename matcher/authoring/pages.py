"""Which pages document a catalogue, in French and in English, as on one day?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.api import Catalogue
from matcher.authoring.pages_agenda import agenda_page
from matcher.authoring.pages_facts import facts_page
from matcher.authoring.pages_index import index_page
from matcher.authoring.pages_scheme import scheme_page
from matcher.authoring.pages_tables import tables_page
from matcher.authoring.pages_text import typeset
from matcher.authoring.pages_writer import SchemeWriter, Writer
from matcher.language.text import LANGUAGES

SHARED = {
    "index.md": index_page,
    "calendar.md": agenda_page,
    "facts.md": facts_page,
    "tables.md": tables_page,
}


def site_pages(catalogue: Catalogue, day: int) -> Iterator[tuple[str, str]]:
    """Every page of both languages: its path (`fr/schemes/ID.md`) and its text."""
    for lang in LANGUAGES:
        for name in SHARED:
            yield f"{lang}/{name}", shared_page(name, catalogue, lang, day)
        for id_ in catalogue.schemes:
            yield f"{lang}/schemes/{id_}.md", page_of(id_, catalogue, lang, day)


def shared_page(name: str, catalogue: Catalogue, lang: str, day: int) -> str:
    """One of the pages that speak of the whole catalogue."""
    return _finished(SHARED[name](Writer(catalogue, lang, day)), lang)


def page_of(id_: str, catalogue: Catalogue, lang: str, day: int) -> str:
    """The page of a scheme; raises `ProfileError` when there is none of that id."""
    writer = SchemeWriter(catalogue, lang, day)
    return _finished(scheme_page(catalogue.scheme(id_), writer), lang)


def _finished(page: str, lang: str) -> str:
    return typeset(page) if lang == "fr" else page
