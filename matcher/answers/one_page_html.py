"""How does the one-page summary look as a web page, on a telephone and printed on A4?

One file without script, font or image: it can be sent, kept and printed anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.markup import html_escaped as escaped
from matcher.answers.markup import is_safe_link
from matcher.answers.one_page_words import OnePage, Point, Section, Sheet
from matcher.language.text import Text

COLON = Text("\u00a0: ", ": ")
STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 52rem; padding: 1rem; background: #fff; color: #161616;
  font: 1rem/1.45 system-ui, "Segoe UI", Roboto, Arial, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.1rem; margin: 1.2rem 0 .4rem; padding-bottom: .15rem;
  border-bottom: 2px solid #000091; color: #000091; }
h3 { font-size: 1rem; margin: 0; }
p { margin: .2rem 0; }
a { color: #000091; }
.given { color: #3a3a3a; font-size: .9rem; }
.given span { display: inline-block; margin-right: .8rem; }
.sheet { border-left: .3rem solid #716043; padding: .1rem 0 .1rem .7rem; margin: .6rem 0; }
.sheet.good { border-color: #18753c; }
.headline { font-weight: 600; color: #6b5100; }
.good .headline { color: #18753c; }
dl { margin: .15rem 0; }
dl div { margin: .1rem 0; }
dt { display: inline; font-weight: 600; }
dd { display: inline; margin: 0; }
ul { margin: .2rem 0; padding-left: 1.1rem; }
.others { font-size: .9rem; }
footer { margin-top: 1.2rem; padding-top: .5rem; border-top: 1px solid #767676; font-size: .85rem;
  color: #3a3a3a; }
@page { size: A4; margin: 8mm 11mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 8.2pt; line-height: 1.22; }
  h1 { font-size: 13pt; } h2 { font-size: 9.8pt; margin: .4rem 0 .15rem; border-width: 1px; }
  h3 { font-size: 8.6pt; }
  .sheet { margin: .25rem 0; padding-top: 0; padding-bottom: 0; break-inside: avoid; }
  .sheet h3, .sheet .headline { display: inline; margin-right: .5rem; }
  dl, dl div, p, ul { margin-top: 0; margin-bottom: 0; }
  .given, .others, footer { font-size: 7pt; line-height: 1.18; }
  h2 { break-after: avoid; }
  footer { margin-top: .4rem; padding-top: .2rem; }
  a { color: inherit; text-decoration: none; }
}
""".strip()


def one_page_html(page: OnePage, lang: str) -> str:
    """The page as an HTML document."""
    return "\n".join(_document(page, lang)) + "\n"


def _document(page: OnePage, lang: str) -> Iterator[str]:
    title = escaped(page.title.in_(lang))
    yield "<!doctype html>"
    yield f'<html lang="{"en" if lang == "en" else "fr"}">'
    yield "<head>"
    yield '<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="robots" content="noindex">'
    yield f"<title>{title}</title>"
    yield f"<style>\n{STYLE}\n</style>"
    yield "</head>"
    yield "<body>"
    yield "<header>"
    yield f"<h1>{title}</h1>"
    if page.about:
        yield f"<p><strong>{escaped(page.about)}</strong></p>"
    yield f"<p>{escaped(page.date.in_(lang))}. {escaped(page.counts.in_(lang))}</p>"
    if page.given:
        given = " ".join(f"<span>{_named(point, lang)}</span>" for point in page.given)
        yield f'<p class="given">{given}</p>'
    yield "</header>"
    yield "<main>"
    for section in page.sections:
        yield from _section(section, lang)
    yield "</main>"
    yield "<footer>"
    yield f"<p>{escaped(page.warning.in_(lang))}</p>"
    yield f"<p>{escaped(page.origin.in_(lang))}</p>"
    yield "</footer>"
    yield "</body>"
    yield "</html>"


def _section(section: Section, lang: str) -> Iterator[str]:
    yield f'<section class="{section.id}" aria-labelledby="{section.id}">'
    yield f'<h2 id="{section.id}">{escaped(section.title.in_(lang))}</h2>'
    for sheet in section.sheets:
        yield from _sheet(sheet, lang)
    if section.lines:
        yield "<ul>"
        yield from (f"<li>{_linked(point, lang)}</li>" for point in section.lines)
        yield "</ul>"
    if section.remark is not None:
        yield f"<p>{escaped(section.remark.in_(lang))}</p>"
    yield "</section>"


def _sheet(sheet: Sheet, lang: str) -> Iterator[str]:
    yield f'<article class="sheet{" good" if sheet.good else ""}">'
    yield f"<h3>{escaped(sheet.name.in_(lang))}</h3>"
    yield f'<p class="headline">{escaped(sheet.headline.in_(lang))}</p>'
    if sheet.points:
        yield "<dl>"
        for point in sheet.points:
            word = escaped(point.word.in_(lang)) + COLON.in_(lang)
            yield f"<div><dt>{word}</dt><dd>{_value(point, lang)}</dd></div>"
        yield "</dl>"
    yield "</article>"


def _named(point: Point, lang: str) -> str:
    said = escaped(point.text.in_(lang))
    return f"<strong>{escaped(point.word.in_(lang))}</strong>{COLON.in_(lang)}{said}"


def _linked(point: Point, lang: str) -> str:
    """A line whose name leads to the page of the scheme, where it has one."""
    name = escaped(point.word.in_(lang))
    if point.link and is_safe_link(point.link):
        name = f'<a href="{escaped(point.link)}">{name}</a>'
    return f"<strong>{name}</strong>{COLON.in_(lang)}{escaped(point.text.in_(lang))}"


def _value(point: Point, lang: str) -> str:
    said = escaped(point.text.in_(lang))
    if point.link and is_safe_link(point.link):
        return f'<a href="{escaped(point.link)}">{said}</a>'
    return said
