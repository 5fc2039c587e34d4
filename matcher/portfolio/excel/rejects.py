"""Sheet "Rejets": which rows could not be used, and why?"""

from __future__ import annotations

import polars as pl

from matcher.language.text import Text
from matcher.portfolio.excel.page import Column, Page
from matcher.portfolio.excel.styles import Look
from matcher.portfolio.excel.subject import Subject
from matcher.portfolio.excel.words import COLUMNS
from matcher.portfolio.jobs import WORK
from matcher.portfolio.run import REJECTS

TITLE = Text("Lignes qui n'ont pas pu être lues", "Rows that could not be used")
HOW = Text(
    "Corrigez-les dans votre fichier et relancez : les autres lignes ont été traitées.",
    "Correct them in your file and run again: the other rows have been matched.",
)
CUT = Text("Les {count} autres sont dans {file}.", "The {count} others are in {file}.")
MOST = 20_000
WIDTHS = {
    "line": (10, Look.NUMBER),
    "column": (28, Look.TEXT),
    "value": (34, Look.TEXT),
    "reason": (70, Look.TEXT),
}


def write_rejects(page: Page, subject: Subject) -> None:
    """The whole sheet."""
    page.print_setup(landscape=False)
    page.line(subject.say(TITLE), Look.TITLE, 24)
    page.line(subject.opening, Look.NOTE)
    page.line(subject.say(HOW), Look.NOTE)
    page.begin([Column(subject.say(COLUMNS[key]), *rest) for key, rest in WIDTHS.items()])
    paths = sorted((subject.run.job.out / WORK).glob("*.rejects.parquet"))
    rejects = pl.concat([pl.read_parquet(path) for path in paths])
    for line, column, kind, reason in rejects.head(MOST).iter_rows():
        page.add([line, column, kind, reason])
    page.end()
    if rejects.height > MOST:
        count = str(rejects.height - MOST)
        page.line(subject.say(CUT, count=count, file=REJECTS), Look.NOTE)
