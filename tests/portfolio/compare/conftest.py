"""What do the tests of comparisons share: small catalogues, client lists, and their results?"""

import csv
import io
import itertools
import json
import os
import shutil
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

from matcher import Catalogue
from matcher.portfolio.comparing.as_csv import csv_texts
from matcher.portfolio.comparing.as_json import json_texts
from matcher.portfolio.comparing.as_table import Table
from matcher.portfolio.comparing.both import Question, Reading, matched
from matcher.portfolio.comparing.comparison import compared

HEAD = """
id: {id}
language: 1
name: {{fr: "Essai {id}", en: "Trial {id}"}}
summary: {{fr: "Inventé.", en: "Made up."}}
operators: [ademe]
audience: [societe]
confidence: high
sources:
  S1: {{title: "Texte inventé", read_on: "2026-11-22"}}
"""
SPRING, AUTUMN = "2026-05-04", "2026-10-04"


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """A cache folder of this run alone; the folders of tests share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield os.environ["XDG_CACHE_HOME"]


@pytest.fixture(scope="session")
def rules_of(root, tmp_path_factory):
    """The rules folder of some schemes: the body of each file by its id."""

    def made(bodies):
        rules = tmp_path_factory.mktemp("rules") / "rules"
        shutil.copytree(root / "tests" / "bad" / "good", rules.parent, dirs_exist_ok=True)
        for path in (rules / "schemes").glob("*.yaml"):
            path.unlink()
        for id_, body in bodies.items():
            text = HEAD.format(id=id_) + body
            (rules / "schemes" / f"{id_}.yaml").write_text(text, encoding="utf-8")
        return rules

    return made


@dataclass
class Told:
    """A comparison, and the lists that tests look at."""

    comparison: object

    @cached_property
    def schemes(self):
        return {changes.scheme: changes for changes in self.comparison.schemes()}

    @cached_property
    def kinds(self):
        """How many clients are listed, by scheme and kind."""
        return {
            id_: {str(kind): count for kind, count in changes.listed.items()}
            for id_, changes in self.schemes.items()
            if changes.listed
        }

    @cached_property
    def json(self):
        return json.loads("".join(json_texts(self.comparison)))

    @cached_property
    def changes(self):
        """(client, scheme, kind, changed criteria) of each line."""
        return [
            (
                change["client"],
                scheme["scheme"],
                change["kind"],
                [(c["criterion"], c["before"], c["after"]) for c in change["criteria"]],
            )
            for scheme in self.json["schemes"]
            for change in scheme["changes"]
        ]

    def rows(self, lang="fr"):
        """The CSV file, read back."""
        text = "".join(csv_texts(self.comparison, lang))
        return list(csv.DictReader(io.StringIO(text), delimiter=";" if lang == "fr" else ","))

    def table(self, lang="fr"):
        return "\n".join(Table(self.comparison, lang).lines())


@pytest.fixture
def results(tmp_path):
    """The results of a client list (a text) with a catalogue on a date."""
    numbers = itertools.count()

    def made(text, catalogue, on=SPRING, schemes=(), mapping=None):
        number = next(numbers)
        source = tmp_path / f"{number}-clients.csv"
        source.write_text(text, encoding="utf-8")
        return again(source, catalogue, on, schemes, mapping)

    def again(source, catalogue, on, schemes=(), mapping=None):
        import datetime

        day = datetime.date.fromisoformat(on).toordinal()
        question = Question(catalogue, None, day)
        reading = Reading(source, mapping, schemes=schemes)
        return matched(reading, question, tmp_path / f"{next(numbers)}-results")

    made.again = again
    return made


@pytest.fixture
def told():
    """What there is to tell of two results."""

    def tell(old, new, *catalogues):
        return Told(compared(old, new, catalogues or [Catalogue.load()]))

    return tell


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="session")
def stricter(root, tmp_path_factory) -> Path:
    """The shipped rules with one threshold changed: sites of at most 100 people."""
    folder = tmp_path_factory.mktemp("stricter") / "rules"
    shutil.copytree(root / "rules", folder)
    (file,) = (p for p in (folder / "schemes").glob("diag-eco-flux.yaml"))
    text = file.read_text(encoding="utf-8")
    changed = text.replace("persons, default: 250}", "persons, default: 100}")
    assert changed != text
    file.write_text(changed, encoding="utf-8")
    return folder
