"""What do the tests of the report share?"""

import datetime
import random
from dataclasses import dataclass
from pathlib import Path

import pytest

from matcher import Catalogue
from matcher.portfolio.clients import Client, clients_of
from matcher.portfolio.jobs import Job
from matcher.portfolio.page import report_page
from matcher.portfolio.run import Run, run
from matcher.portfolio.source import open_source

ON = datetime.date(2026, 5, 4)
HEADS = "Raison sociale;Type de structure;Effectif;Code APE;Code commune;Projet (k€);Code postal"
KINDS = ("entreprise", "association", "EPCI", "commune", "")
PLACES = ("41194", "75056", "42187", "33063", "35238", "76540", "59350", "")
ACTIVITIES = ("22.22Z", "25.50A", "84.11Z", "70.22Z", "")


@dataclass(frozen=True)
class Made:
    """A portfolio that was matched, and the rows looked at one by one."""

    run: Run
    clients: tuple[Client, ...]
    catalogue: Catalogue

    def page(self, lang: str = "fr") -> str:
        """The report."""
        return report_page(self.run, self.catalogue, self.clients, lang)


@pytest.fixture(scope="session")
def make(catalogue, tmp_path_factory):
    """Matches a text as if it were a file."""

    def make_it(text: str, name: str = "clients.csv", on: datetime.date = ON) -> Made:
        folder: Path = tmp_path_factory.mktemp("page")
        path = folder / name
        path.write_text(text, encoding="utf-8")
        mapping = open_source(path, catalogue).mapping
        out = folder / "out"
        job = Job(path, mapping, None, on.toordinal(), catalogue.schemes, out)
        done = run(job, catalogue)
        return Made(done, tuple(clients_of(done, catalogue)), catalogue)

    return make_it


@pytest.fixture(scope="session")
def many(make) -> Made:
    """A portfolio with a bit of everything: 80 rows, of which some are wrong or say little."""
    dice = random.Random(7)  # noqa: S311  the same rows each time
    rows = [
        ";".join(
            (
                f"Client {number}",
                dice.choice(KINDS),
                dice.choice(("12", "50 à 99", "1 250", "beaucoup", "")),
                dice.choice(ACTIVITIES),
                dice.choice(PLACES),
                dice.choice(("120", "850", "4 000", "")),
                "",
            )
        )
        for number in range(80)
    ]
    contradicting = "Contradictoire;entreprise;12;25.50A;75056;120;42300"
    return make("\n".join((HEADS, *rows, "", contradicting)) + "\n")


@pytest.fixture(scope="session")
def page(many) -> str:
    """The French report of that portfolio."""
    return many.page()
