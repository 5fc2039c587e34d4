"""Where do the catalogues of these tests stand? In folders and a cache of their own."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import fields, is_dataclass

import pytest

from matcher import Catalogue
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """A cache folder of this run alone; the folders of tests share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield os.environ["XDG_CACHE_HOME"]


@pytest.fixture(scope="session")
def content():
    """The content of the shipped catalogue."""
    return Catalogue.load().content


@pytest.fixture
def folder(root, tmp_path):
    """A small whole catalogue that may be changed: its rules folder."""
    shutil.copytree(root / "tests" / "bad" / "good", tmp_path / "small")
    return tmp_path / "small" / "rules"


@pytest.fixture(scope="session")
def difference():
    """Where two values differ, in type or in value; empty when they are the same."""
    return _difference


def _difference(one, other, path=""):
    """A list may come back as a tuple: both are read alike."""
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        if len(one) != len(other):
            return f"{path}: {len(one)} items, {len(other)} back"
        pairs = ((f"{path}[{i}]", *both) for i, both in enumerate(zip(one, other, strict=True)))
    elif type(one) is not type(other):
        return f"{path}: {type(one).__name__} came back as {type(other).__name__}"
    elif isinstance(one, Mapping):
        if list(one) != list(other):
            return f"{path}: keys {list(one)} came back as {list(other)}"
        pairs = ((f"{path}.{key}", one[key], other[key]) for key in one)
    elif is_dataclass(one):
        names = [field.name for field in fields(one)]
        pairs = ((f"{path}.{n}", getattr(one, n), getattr(other, n)) for n in names)
    elif isinstance(one, frozenset):
        typed = ({(type(v), v) for v in items} for items in (one, other))
        return "" if next(typed) == next(typed) else f"{path}: {one} came back as {other}"
    else:
        return "" if one == other else f"{path}: {one!r} came back as {other!r}"
    return next((found for p, a, b in pairs if (found := _difference(a, b, p))), "")


HEAD = """
id: {id}
language: 1
name: {{fr: "Essai", en: "Trial"}}
summary: {{fr: "Inventé.", en: "Made up."}}
operators: [ademe]
audience: [societe]
confidence: high
sources:
  S1: {{title: "Texte inventé", read_on: "2026-11-22"}}
{body}
"""


@pytest.fixture(scope="session")
def catalogue_of(root, tmp_path_factory):
    """A catalogue of some schemes: the body of each file by its id."""

    def made(bodies):
        rules = tmp_path_factory.mktemp("rules") / "rules"
        shutil.copytree(root / "tests" / "bad" / "good", rules.parent, dirs_exist_ok=True)
        for path in (rules / "schemes").glob("*.yaml"):
            path.unlink()
        for id_, body in bodies.items():
            text = HEAD.format(id=id_, body=body)
            (rules / "schemes" / f"{id_}.yaml").write_text(text, encoding="utf-8")
        return Catalogue(load_content(layout_at(rules))[0])

    return made
