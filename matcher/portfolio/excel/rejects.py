"""Sheet "Rejets": which rows could not be used, and why?"""

from __future__ import annotations

import polars as pl

from matcher.language.text import Text
from matcher.portfolio.excel.page import Column, Page
from matcher.portfolio.excel.styles import Look
from matcher.portfolio.excel.subject import Subject
from matcher.portfolio.excel.words import COLUMNS
from matcher.portfolio.jobs import WORK
from matcher.portfolio.locations import listed
from matcher.portfolio.run import REJECTS

TITLE = Text("Lignes laissées de côté", "Rows that were left out")
HOW = Text(
    "Les autres lignes ont été traitées. Celles qui auraient dû l'être : corrigez-les dans votre "
    "fichier et relancez.",
    "The other rows have been matched. Those that should have been: correct them in your file and "
    "run again.",
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
    places = listed(subject.run.job.out / WORK, "*.rejects.parquet")
    # A register may have millions: those that are not shown are not read.
    rejects = pl.concat([pl.scan_parquet(str(place), glob=False) for place in places]).head(MOST)
    for line, column, kind, reason in rejects.collect().iter_rows():
        page.add([line, column, kind, reason])
    page.end()
    if subject.run.summary.rejects > MOST:
        count = str(subject.run.summary.rejects - MOST)
        page.line(subject.say(CUT, count=count, file=REJECTS), Look.NOTE)
