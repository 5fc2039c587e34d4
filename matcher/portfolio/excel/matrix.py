"""Sheet "Clients × dispositifs": how does each client stand before each scheme?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text
from matcher.portfolio.clients import Client
from matcher.portfolio.excel.page import Cell, Column, Page
from matcher.portfolio.excel.rank import best_of
from matcher.portfolio.excel.styles import Look, look_of
from matcher.portfolio.excel.subject import Subject
from matcher.portfolio.excel.words import COLUMNS, WINDOWS
from matcher.portfolio.standing import Standing

TITLE = Text("Clients × dispositifs", "Clients × schemes")
LEGEND = Text("Légende", "Legend")
TOGETHER = Text("{name} (les {count} lignes, au mieux)", "{name} (all {count} lines, at best)")
EXAMPLES = (
    Standing("", Outcome.ELIGIBLE, WindowState.OPEN),
    Standing("", Outcome.ELIGIBLE, WindowState.UNKNOWN),
    Standing("", Outcome.UNDETERMINED, WindowState.OPEN),
    Standing("", Outcome.UNDETERMINED, WindowState.CLOSED),
    Standing("", Outcome.INELIGIBLE, WindowState.OPEN),
)
FIXED = {
    "client": (32, Look.TEXT),
    "place": (22, Look.TEXT),
    "number": (16, Look.TEXT),
    "line": (8, Look.NUMBER),
    "now_count": (9, Look.NUMBER),
    "near_count": (9, Look.NUMBER),
}
COLUMN = 24
SCHEMES_A_PAGE = 8


def write_matrix(page: Page, subject: Subject) -> None:
    """The whole sheet: a line a row, and one above those of a same client."""
    page.print_setup(wide=-(-len(subject.schemes) // SCHEMES_A_PAGE))
    page.sheet.repeat_columns(0, 1)
    page.sheet.outline_settings(symbols_below=False)
    page.line(subject.say(TITLE), Look.TITLE, 24)
    page.line(subject.opening, Look.NOTE)
    _legend(page, subject)
    page.begin(_columns(subject), height=62)
    for cells, looks, level in _Lines(subject).every():
        page.add(cells, looks, level=level)
    page.end()


def _legend(page: Page, subject: Subject) -> None:
    page.write(0, subject.say(LEGEND), Look.NOTE)
    for index, standing in enumerate(EXAMPLES):
        page.write(len(FIXED) + index, cell_text(subject, standing), look_of(standing))
    page.row += 1


def _columns(subject: Subject) -> list[Column]:
    columns = [Column(subject.say(COLUMNS[key]), *rest) for key, rest in FIXED.items()]
    return [*columns, *(Column(name, COLUMN) for name in subject.names.values())]


class _Lines:
    """Makes the lines of the matrix: a cell that many rows share is said once."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject
        self._said: dict[int, tuple[str, Look]] = {}

    def every(self) -> Iterator[tuple[list[Cell], list[Look | None], int]]:
        """Each line, its looks, and how deep it is folded."""
        for rows in self.subject.groups:
            if len(rows) > 1:
                yield (
                    *self._line(
                        self._together(rows), best_of(rows, self.subject.nearness), Look.BOLD
                    ),
                    0,
                )
            for client in rows:
                yield *self._line(self._head(client), client.standings), int(len(rows) > 1)

    def _together(self, rows: tuple[Client, ...]) -> list[Cell]:
        name, count = self.subject.labels[rows[0].line], str(len(rows))
        return [self.subject.say(TOGETHER, name=name, count=count), None, None, None]

    def _head(self, client: Client) -> list[Cell]:
        place = self.subject.say(client.place) if client.place else None
        number = client.identifiers[-1] if client.identifiers else None
        return [self.subject.labels[client.line], place, number, client.line]

    def _line(
        self, head: list[Cell], standings: Sequence[Standing], look: Look | None = None
    ) -> tuple[list[Cell], list[Look | None]]:
        now = sum([standing.can_apply for standing in standings])
        near = sum([standing.near for standing in standings])
        by_scheme = {standing.scheme: standing for standing in standings}
        said = [self._cell(by_scheme[id_]) for id_ in self.subject.names]
        cells = [*head, now, near, *(text for text, _ in said)]
        return cells, [*[look] * 4, None, None, *(colours for _, colours in said)]

    def _cell(self, standing: Standing) -> tuple[str, Look]:
        found = self._said.get(id(standing))
        if found is None:
            found = cell_text(self.subject, standing), look_of(standing)
            self._said[id(standing)] = found
        return found


def cell_text(subject: Subject, standing: Standing) -> str:
    """`Éligible sous réserve · ouvert`, and the aid below."""
    said = f"{subject.outcome(standing)} · {subject.say(WINDOWS[standing.window])}"
    amount = subject.amount(standing)
    return f"{said}\n{amount}" if amount else said
