"""What do the tests of the workbook share?"""

import datetime
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from matcher import Catalogue
from matcher.portfolio.clients import Client, clients_of
from matcher.portfolio.excel import write_workbook
from matcher.portfolio.jobs import Job
from matcher.portfolio.run import Run, run
from matcher.portfolio.source import open_source
from matcher.portfolio.workbooks import rows, sheet_names

ON = datetime.date(2026, 11, 22)
HEADS = "Client;Forme juridique;Effectif;Code APE;Commune;CA;Coût du projet;Courriel;Code postal"
HOSTILE = (
    '=HYPERLINK("http://x.fr","clic")',
    "+33 6 12 34 56 78",
    "-2+3",
    "@SUM(A1:A9)",
    "http://exemple.fr/aide",
    "mailto:a@b.fr",
    "internal:'Méthode'!A1",
    'Forge 🔥 "Père & Fils" <b>',
    "{=1+1}",
    "x" * 300,
)
OTHERS = """\
Groupe Martin;SAS;60;22.22Z;41194;12 500 000;850 000;martin@ex.fr;
Autre;SARL;12;25.50A;42187;1 800 000;30 000;;
Groupe Martin;SAS;20;22.22Z;42187;12 500 000;30 000;=1+1;
Commune de Roanne;Commune;;84.11Z;42187;;;mairie@roanne.fr;
Sans rien;;;;;;;;
Association;Association;8;94.99Z;13055;200 000;15 000;;
Contradictoire;SAS;12;25.50A;75056;1 800 000;30 000;;42300
"""


@dataclass(frozen=True)
class Book:
    """A workbook that was written, and all that it was written from."""

    path: Path
    run: Run
    catalogue: Catalogue
    clients: tuple[Client, ...]

    @property
    def sheets(self) -> tuple[str, ...]:
        """The names of the sheets, in order."""
        return sheet_names(self.path)

    def rows(self, sheet: str) -> list[list[str]]:
        """The cells of a sheet as texts, row by row."""
        return [[cell or "" for cell in row.cells] for row in rows(self.path, sheet)]

    def table(self, sheet: str, first: str) -> list[dict[str, str]]:
        """The table of a sheet whose header begins with a word."""
        found = self.rows(sheet)
        start = next(i for i, cells in enumerate(found) if cells and cells[0] == first)
        header = found[start]
        return [
            dict(zip(header, [*cells, *[""] * len(header)], strict=False))
            for cells in found[start + 1 :]
        ]

    def parts(self) -> dict[str, bytes]:
        """The files of the package."""
        with zipfile.ZipFile(self.path) as package:
            return {name: package.read(name) for name in package.namelist()}

    def cells(self, sheet: int) -> str:
        """The XML of a sheet, by its place."""
        return self.parts()[f"xl/worksheets/sheet{sheet}.xml"].decode()


@pytest.fixture(scope="session")
def make(catalogue, tmp_path_factory):
    """Matches a text as if it were a file, and writes the workbook."""

    def make_it(text: str, lang: str = "fr", schemes: tuple[str, ...] = ()) -> Book:
        folder: Path = tmp_path_factory.mktemp("excel")
        path = folder / "clients & co.csv"
        path.write_text(text, encoding="utf-8")
        mapping = open_source(path, catalogue).mapping
        ids = schemes or catalogue.schemes
        job = Job(path, mapping, None, ON.toordinal(), ids, folder / "out", lang)
        done = run(job, catalogue)
        clients = clients_of(done, catalogue)
        write_workbook(folder / "book.xlsx", done, catalogue, clients, lang)
        return Book(folder / "book.xlsx", done, catalogue, clients)

    return make_it


def text_of(names=HOSTILE) -> str:
    """A client file with some names, and other clients."""
    quoted = ('"' + name.replace('"', '""') + '"' for name in names)
    lines = (f"{name};SAS;60;25.50A;42187;12 500 000;2 000 000;;" for name in quoted)
    return "\n".join([HEADS, *lines, OTHERS])


@pytest.fixture(scope="session")
def book(make) -> Book:
    """A portfolio with a bit of everything, in French."""
    return make(text_of())


@pytest.fixture(scope="session")
def english(make) -> Book:
    """The same, in English."""
    return make(text_of(), "en")


FORMULA = re.compile(r"<f[ >/]|<hyperlink|t=\"e\"|<dataValidation|<conditionalFormatting")
