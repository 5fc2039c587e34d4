"""Which catalogues answer here? The shipped one, and small ones made of a few lines of rules."""

import os
import shutil

import pytest

from matcher import Catalogue
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at

HEAD = """
id: {id}
language: 1
name: {{fr: "Essai", en: "Trial"}}
summary: {{fr: "Inventé.", en: "Made up."}}
operators: [ademe]
audience: [societe]
confidence: {confidence}
sources:
  S1: {{title: "Texte inventé", url: "https://example.org/s1", read_on: "2026-11-22"}}
editions:
  - {{id: "2026", opens: "2026-01-01", closes: "2026-12-31", source: S1}}
{body}
"""


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """A cache folder of this run alone; the folders of tests share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield os.environ["XDG_CACHE_HOME"]


@pytest.fixture(scope="session")
def shipped():
    """The shipped catalogue."""
    return Catalogue.load()


@pytest.fixture(scope="session")
def catalogue_of(root, tmp_path_factory):
    """A catalogue of some schemes: the body of each file by its id; more facts may be declared."""

    def made(bodies, facts="", confidence="high"):
        rules = tmp_path_factory.mktemp("rules") / "rules"
        shutil.copytree(root / "tests" / "bad" / "good", rules.parent, dirs_exist_ok=True)
        for path in (rules / "schemes").glob("*.yaml"):
            path.unlink()
        for id_, body in bodies.items():
            text = HEAD.format(id=id_, body=body, confidence=confidence)
            (rules / "schemes" / f"{id_}.yaml").write_text(text, encoding="utf-8")
        path = rules.parent / "profiles" / "facts" / "facts.yaml"
        path.write_text(path.read_text(encoding="utf-8") + facts, encoding="utf-8")
        return Catalogue(load_content(layout_at(rules))[0])

    return made


@pytest.fixture(scope="session")
def decided():
    """The decision of a catalogue of one scheme on a few facts."""

    def decision(catalogue, on="2026-05-04", **facts):
        given = {key.replace("__", "."): value for key, value in facts.items()}
        return catalogue.match(given, on).decisions[0]

    return decision
