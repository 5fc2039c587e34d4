"""How does MkDocs build one language of the site from the guides and the generated pages?

`SITE_LANG` names the language. The generated pages (`matcher rules docs --out build/pages`) join
the guides of docs/; a guide that exists in French (`NAME.fr.md`) takes the place of `NAME.md` in
the French site. The navigation, the link to the other language and the names of table cells, shown
on a narrow screen, are made here. A page that would load anything from elsewhere fails the build.
"""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import escape, unescape
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

LANG = os.environ.get("SITE_LANG", "fr")
OTHER = "en" if LANG == "fr" else "fr"
FRENCH = ".fr.md"
GENERATED = Path("build/pages")
TEXTS = {
    "fr": {
        "name": "Aides à l'industrie",
        "other": "English",
        "description": "Ce que demande chaque dispositif d'appui à l'industrie, ce qu'il apporte, "
        "son calendrier et ses sources.",
        "note": "Information indicative : l'autorité qui instruit la demande décide.",
        "home": "Dispositifs",
        "schemes": "Fiches",
        "calendar": "Calendrier",
        "vocabulary": "Vocabulaire",
        "facts": "Informations",
        "tables": "Tables de référence",
        "guides": "Guides",
        "reference": "Références (en anglais)",
        "diagnostics": "Diagnostics",
        "decisions": "Décisions (en anglais)",
    },
    "en": {
        "name": "Support for industry",
        "other": "Français",
        "description": "What each industrial support scheme asks, what it brings, its calendar and "
        "its sources.",
        "note": "For information only: the authority that examines the application decides.",
        "home": "Schemes",
        "schemes": "Pages",
        "calendar": "Calendar",
        "vocabulary": "Vocabulary",
        "facts": "Facts",
        "tables": "Reference tables",
        "guides": "Guides",
        "reference": "References",
        "diagnostics": "Diagnostics",
        "decisions": "Decisions",
    },
}[LANG]
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)
_LINK = re.compile(r"\[(?P<label>[^\]\n]+)\]\((?P<target>[^()\s]+)\)")
_TRANSLATION = re.compile(
    r"^\*(?:En français|In English)[ \u00a0]?: \[.*\]\(.*\)\.?\*$\n*", re.MULTILINE
)
_LOADED = re.compile(
    r"<(?:script|img|iframe|source|video|audio|embed|object)\b[^>]*\b(?:src|data)=[\"'](?:https?:)?//"
    r"|<link\b(?=[^>]*rel=[\"']?(?:stylesheet|preload|preconnect|icon|dns-prefetch))"
    r"[^>]*href=[\"'](?:https?:)?//"
    r"|@import\b|url\([\"']?(?:https?:)?//"
)
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<td([^>]*)>")
_HEAD_CELL = re.compile(r"<th[^>]*>(.*?)</th>", re.DOTALL)
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


# ---------------------------------------------------------------------------------- configuration
def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """The names of the site, in its language."""
    config.site_name = TEXTS["name"]
    config.site_description = TEXTS["description"]
    config.copyright = escape(TEXTS["note"])
    link = f"../{OTHER}/index.html"
    config.extra["alternate"] = [{"name": TEXTS["other"], "link": link, "lang": OTHER}]
    return config


# ------------------------------------------------------------------------------------------- files
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """The guides of this language, the generated pages and the style; then the navigation."""
    for file in list(files.documentation_pages()):
        other = _counterpart(file.src_uri)
        if files.get_file_from_path(other) is not None and not _is_ours(file.src_uri):
            files.remove(file)
        elif file.src_uri.endswith(FRENCH):
            files.remove(file)
            files.append(_file(file.src_uri, Path(config.docs_dir), config, FRENCH))
    root = Path(config.config_file_path).parent
    pages = root / GENERATED / LANG
    if not pages.is_dir():
        raise PluginError(f"{pages} is missing: run `matcher rules docs --out {GENERATED}` first")
    for path in sorted(pages.rglob("*.md")):
        files.append(_file(path.relative_to(pages).as_posix(), pages, config))
    files.append(_file("assets/site.css", root / "docs" / "site", config))
    config.nav = list(_navigation(files))
    return files


def _file(uri: str, folder: Path, config: MkDocsConfig, ending: str = ".md") -> File:
    """A file of the site; a French guide is published under the name of the English one."""
    name = uri.removesuffix(ending) + ".html" if uri.endswith(ending) else None
    return File(uri, str(folder), config.site_dir, use_directory_urls=False, dest_uri=name or None)


def _counterpart(uri: str) -> str:
    """The same guide in the other language."""
    if uri.endswith(FRENCH):
        return uri.removesuffix(FRENCH) + ".md"
    return uri.removesuffix(".md") + FRENCH


def _is_ours(uri: str) -> bool:
    """Whether a guide that exists twice is the one of this language."""
    return uri.endswith(FRENCH) == (LANG == "fr")


# -------------------------------------------------------------------------------------- navigation
def _navigation(files: Files) -> Iterator[dict[str, Any]]:
    pages = {file.src_uri: _title(file) for file in files.documentation_pages()}
    schemes = _sorted(pages, "schemes/")
    yield {TEXTS["home"]: ["index.md", {TEXTS["schemes"]: schemes}]}
    yield {TEXTS["calendar"]: "calendar.md"}
    facts = [{TEXTS["facts"]: "facts.md"}, {TEXTS["tables"]: "tables.md"}]
    yield {TEXTS["vocabulary"]: facts}
    made = {"index.md", "calendar.md", "facts.md", "tables.md"}
    free = [uri for uri in pages if "/" not in uri and uri not in made]
    guides = [uri for uri in free if LANG == "en" or uri.endswith(FRENCH)]
    guides = [uri for uri in guides if "guide" in uri or uri.endswith(FRENCH)]
    yield from _section(TEXTS["guides"], _entries(pages, guides))
    rest = _entries(pages, [uri for uri in free if uri not in guides])
    rest += list(_section(TEXTS["diagnostics"], _entries(pages, _under(pages, "diagnostics/"))))
    yield from _section(TEXTS["reference"], rest)
    yield from _section(TEXTS["decisions"], _entries(pages, _under(pages, "decisions/")))


def _section(title: str, entries: list[Any]) -> Iterator[dict[str, Any]]:
    if entries:
        yield {title: entries}


def _under(pages: Iterable[str], folder: str) -> list[str]:
    """The pages of a folder, its index first."""
    found = [uri for uri in pages if uri.startswith(folder)]
    return sorted(found, key=lambda uri: (posixpath.basename(uri) != "index.md", uri))


def _sorted(pages: dict[str, str], folder: str) -> list[dict[str, str]]:
    found = [(title, uri) for uri, title in pages.items() if uri.startswith(folder)]
    return [{title: uri} for title, uri in sorted(found, key=lambda pair: _plain(pair[0]))]


def _plain(title: str) -> str:
    """A title to sort by: accents and case left out."""
    bare = unicodedata.normalize("NFD", title.casefold())
    return "".join(char for char in bare if not unicodedata.combining(char))


def _entries(pages: dict[str, str], uris: Iterable[str]) -> list[Any]:
    return [{pages[uri]: uri} for uri in uris]


def _title(file: File) -> str:
    found = _HEADING.search(file.content_string)
    text = found[1] if found else file.name
    return unescape(_LINK.sub(r"\g<label>", text)).replace("`", "").replace("**", "")


# ------------------------------------------------------------------------------------------- pages
def on_page_markdown(markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Links to pages of this language; a link to a file outside docs/ becomes its label."""
    del config
    text = _TRANSLATION.sub("", markdown)
    return _LINK.sub(lambda found: _relinked(found, page.file.src_uri, files), text)


def _relinked(found: re.Match[str], here: str, files: Files) -> str:
    target = found["target"]
    if re.match(r"[a-z]+:|#", target):
        return found[0]
    path, _, anchor = target.partition("#")
    wanted = posixpath.normpath(posixpath.join(posixpath.dirname(here), path))
    known = next((uri for uri in _candidates(wanted) if files.get_file_from_path(uri)), None)
    if known is None:
        return found["label"]
    way = posixpath.relpath(known, posixpath.dirname(here) or ".")
    return f"[{found['label']}]({way}{'#' + anchor if anchor else ''})"


def _candidates(uri: str) -> Iterator[str]:
    yield uri
    if uri.endswith(".md"):
        yield _counterpart(uri)
    yield f"{uri}/index.md"


def on_page_context(context: dict[str, Any], *, page: Page, **_: Any) -> dict[str, Any]:
    """The same page in the other language: both sites give it the same address."""
    page.meta["other_language"] = f"../{OTHER}/{page.file.dest_uri}"
    if page.file.src_uri in {"index.md", "calendar.md"}:
        page.meta["hide"] = ["navigation", "toc"]
    return context


def on_page_content(html: str, **_: Any) -> str:
    """Each cell of a table with the name of its column, for screens too narrow for a table."""
    return _TABLE.sub(lambda table: _named_cells(table[0]), html)


def _named_cells(table: str) -> str:
    names = [escape(unescape(_TAG.sub("", name)).strip()) for name in _HEAD_CELL.findall(table)]
    return _ROW.sub(lambda row: _named_row(row[0], names), table)


def _named_row(row: str, names: list[str]) -> str:
    left = iter(names)

    def named(cell: re.Match[str]) -> str:
        return f'<td{cell[1]} data-label="{next(left, "")}">'

    return _CELL.sub(named, row)


def on_post_page(output: str, *, page: Page, **_: Any) -> str:
    """Nothing is fetched from another site when a page is opened."""
    found = _LOADED.search(output)
    if found is not None:
        raise PluginError(f"{page.file.src_uri} would load something from elsewhere: {found[0]}")
    return output
