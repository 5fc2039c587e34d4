"""Which sheets make the workbook, and how is it written whole or not at all?"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from xlsxwriter import Workbook  # type: ignore[import-untyped]

from matcher.api import Catalogue
from matcher.language.text import Text
from matcher.portfolio.clients import Client
from matcher.portfolio.excel.calls import write_calls
from matcher.portfolio.excel.matrix import write_matrix
from matcher.portfolio.excel.method import write_method
from matcher.portfolio.excel.names import sheet_names
from matcher.portfolio.excel.page import Page
from matcher.portfolio.excel.questions import write_questions
from matcher.portfolio.excel.rejects import write_rejects
from matcher.portfolio.excel.scheme_sheets import schemes_with_a_sheet, write_scheme
from matcher.portfolio.excel.styles import Styles
from matcher.portfolio.excel.subject import Subject
from matcher.portfolio.excel.words import SHEETS
from matcher.portfolio.locations import Location, written
from matcher.portfolio.run import Run
from matcher.portfolio.safe_text import WORKBOOK_OPTIONS

TITLE = Text("Aides : qui appeler, pour quoi", "Support schemes: whom to call, for what")
CALLS, MATRIX, QUESTIONS, REJECTS, METHOD = "#1F3864", "#2E75B6", "#BF9000", "#C00000", "#7F7F7F"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet: its name, the colour of its tab, and what fills it."""

    name: str
    fill: Callable[[Page], None]
    tab: str | None = None


def write_workbook(
    place: Location, run: Run, catalogue: Catalogue, clients: Sequence[Client], lang: str
) -> None:
    """Write the workbook of a portfolio; whatever was there before stays until it is whole."""
    subject = Subject(run, catalogue, clients, lang)
    with written(place) as path:
        workbook = Workbook(path, {**WORKBOOK_OPTIONS, "default_date_format": "dd/mm/yyyy"})
        _describe(workbook, subject)
        styles = Styles(workbook, lang)
        for sheet in _sheets(subject):
            worksheet = workbook.add_worksheet(sheet.name)
            if sheet.tab is not None:
                worksheet.set_tab_color(sheet.tab)
            sheet.fill(Page(worksheet, styles))
        workbook.close()


def _describe(workbook: Workbook, subject: Subject) -> None:
    """What the properties of the file say: the question, and nothing of the machine."""
    day = datetime.datetime.combine(subject.run.job.on, datetime.time())
    workbook.set_size(24_000, 14_000)
    workbook.set_properties(
        {
            "title": subject.say(TITLE),
            "subject": subject.opening,
            "comments": f"catalogue {subject.catalogue.digest}",
            "created": day,
        }
    )


def _sheets(subject: Subject) -> list[_Sheet]:
    schemes = schemes_with_a_sheet(subject)
    own = {key: subject.say(text) for key, text in SHEETS.items()}
    names = sheet_names([*own.values(), *(subject.names[scheme.id] for scheme in schemes)])
    calls, matrix, questions, rejects, method, *others = names
    return [
        _Sheet(calls, lambda page: write_calls(page, subject, matrix), CALLS),
        _Sheet(matrix, lambda page: write_matrix(page, subject), MATRIX),
        _Sheet(questions, lambda page: write_questions(page, subject), QUESTIONS),
        *(
            _Sheet(name, partial(write_scheme, subject=subject, scheme=scheme, matrix=matrix))
            for name, scheme in zip(others, schemes, strict=True)
        ),
        *(
            [_Sheet(rejects, lambda page: write_rejects(page, subject), REJECTS)]
            if subject.run.summary.rejects
            else []
        ),
        _Sheet(method, lambda page: write_method(page, subject), METHOD),
    ]
