"""How does the one-page summary look as Markdown?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.markup import is_safe_link
from matcher.answers.markup import markdown_escaped as escaped
from matcher.answers.one_page_words import OnePage, Point, Section, Sheet
from matcher.language.text import Text

COLON = Text(" : ", ": ")


def one_page_markdown(page: OnePage, lang: str) -> str:
    """The page as Markdown text."""
    return "\n".join(_lines(page, lang)) + "\n"


def _lines(page: OnePage, lang: str) -> Iterator[str]:
    yield f"# {escaped(page.title.in_(lang))}"
    yield ""
    if page.about:
        yield f"**{escaped(page.about)}**  "
    yield f"{page.date.in_(lang)}. {escaped(page.counts.in_(lang))}"
    if page.given:
        yield ""
        yield " · ".join(_named(point, lang) for point in page.given)
    for section in page.sections:
        yield ""
        yield from _section(section, lang)
    yield ""
    yield f"> {escaped(page.warning.in_(lang))}"
    yield ""
    yield f"_{escaped(page.origin.in_(lang))}_"


def _section(section: Section, lang: str) -> Iterator[str]:
    yield f"## {escaped(section.title.in_(lang))}"
    for sheet in section.sheets:
        yield ""
        yield from _sheet(sheet, lang)
    if section.lines:
        yield ""
    for point in section.lines:
        link = f" <{point.link}>" if point.link and is_safe_link(point.link) else ""
        yield f"- {_named(point, lang)}{link}"
    if section.remark is not None:
        yield ""
        yield escaped(section.remark.in_(lang))


def _sheet(sheet: Sheet, lang: str) -> Iterator[str]:
    yield f"### {escaped(sheet.name.in_(lang))}"
    yield ""
    yield f"**{escaped(sheet.headline.in_(lang))}**"
    yield ""
    for point in sheet.points:
        if point.link and is_safe_link(point.link):
            said = point.text.in_(lang)
            text = "" if said == point.link else f"{escaped(said)} "
            yield f"- {escaped(point.word.in_(lang))}{COLON.in_(lang)}{text}<{point.link}>"
        else:
            yield f"- {_named(point, lang)}"


def _named(point: Point, lang: str) -> str:
    return f"{escaped(point.word.in_(lang))}{COLON.in_(lang)}{escaped(point.text.in_(lang))}"
