"""Under which names are the profile and the summary of an interview written?"""

from __future__ import annotations

import datetime
import os
import tempfile
from pathlib import Path

from matcher.answers.one_page import one_page
from matcher.answers.one_page_html import one_page_html
from matcher.answers.one_page_markdown import one_page_markdown
from matcher.answers.report import Report

MARKDOWN, PAGE = ".md", ".html"
ENDINGS = (MARKDOWN, PAGE)


def free_name(name: str, ending: str, folder: Path | None = None) -> Path:
    """A name that no file has yet: `name.yaml`, else `name-2.yaml`…"""
    place = folder or Path()
    number = 1
    while True:
        path = place / (f"{name}{ending}" if number == 1 else f"{name}-{number}{ending}")
        if not path.exists() and not path.is_symlink():
            return path
        number += 1


def profile_name(now: datetime.datetime) -> str:
    """The name of a profile file made at some minute."""
    return now.strftime("matcher-%Y-%m-%d-%H%M")


def summary_text(report: Report, path: Path, lang: str) -> str:
    """The summary as the ending of a file name wants it."""
    page = one_page(report)
    form = one_page_html if path.suffix.lower() == PAGE else one_page_markdown
    return form(page, lang)


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet; raises `FileExistsError` if it does."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(text)


def write_over(path: Path, text: str) -> None:
    """Write a file whole, or leave it as it was."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as stream:
        written = Path(stream.name)
        stream.write(text)
    try:
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
