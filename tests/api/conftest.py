"""Which catalogue do programs use here? The shipped one, kept away from the user's cache."""

import os
import shutil

import pytest

from matcher import Catalogue


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """A cache folder of this run alone; the folders of tests share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield os.environ["XDG_CACHE_HOME"]


@pytest.fixture(scope="session")
def catalogue():
    """The shipped catalogue."""
    return Catalogue.load()


@pytest.fixture
def folder(root, tmp_path):
    """A small whole catalogue that may be changed: its rules folder."""
    shutil.copytree(root / "tests" / "bad" / "good", tmp_path / "small")
    return tmp_path / "small" / "rules"
