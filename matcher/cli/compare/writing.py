"""Where does the comparison go: to the terminal, or whole into a file?"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator

import click

from matcher.language.text import Text
from matcher.portfolio.comparing.as_csv import BOM, csv_texts
from matcher.portfolio.comparing.as_json import json_texts
from matcher.portfolio.comparing.as_table import Table
from matcher.portfolio.comparing.comparison import Comparison
from matcher.portfolio.errors import SourceError
from matcher.portfolio.locations import Location, written

FORMATS = ("table", "csv", "json")
NOT_WRITTEN = Text("ce fichier ne peut être écrit", "this file cannot be written")
NOT_WRITTEN_FIX = Text(
    "Choisissez un autre nom de fichier (--out), dans un dossier qui existe.",
    "Choose another file name (--out), in a folder that exists.",
)


def form_for(form: str | None, out: Location | None) -> str:
    """The form that was asked for, else that of the file, else a table."""
    ending = out.suffix.lower().removeprefix(".") if out else ""
    return form or (ending if ending in FORMATS else "table")


def texts_of(comparison: Comparison, form: str, lang: str) -> Iterator[str]:
    """The comparison in one form, piece by piece."""
    match form:
        case "csv":
            return csv_texts(comparison, lang)
        case "json":
            return json_texts(comparison)
        case _:
            width = max(60, min(shutil.get_terminal_size((100, 40)).columns, 110))
            return (f"{line}\n" for line in Table(comparison, lang, width).lines())


def write(texts: Iterable[str], form: str, out: Location | None) -> None:
    """Print, or write a file whole or not at all; raises `SourceError`."""
    if out is None:
        for text in texts:
            click.echo(text, nl=False)
        return
    try:
        with written(out) as path, path.open("w", encoding="utf-8", newline="") as stream:
            if form == "csv":
                stream.write(BOM)
            stream.writelines(texts)
    except OSError:
        raise SourceError(NOT_WRITTEN, NOT_WRITTEN_FIX, file=str(out)) from None
