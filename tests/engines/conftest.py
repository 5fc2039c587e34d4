"""Which catalogue do the engines judge? The one that is shipped, kept away from the user's cache."""

import os

import pytest

from matcher import Catalogue


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """A cache folder of this run alone; the folders of tests share it."""
    before = os.environ.get("XDG_CACHE_HOME")
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.getbasetemp() / "cache")
    yield
    if before is None:
        del os.environ["XDG_CACHE_HOME"]
    else:
        os.environ["XDG_CACHE_HOME"] = before


@pytest.fixture(scope="session")
def content(own_cache):
    """The content of the shipped catalogue, its cases included."""
    return Catalogue.load().content


@pytest.fixture
def catalogue(content):
    """A shipped catalogue that has answered nothing yet: its engine has compiled nothing."""
    return Catalogue(content)
