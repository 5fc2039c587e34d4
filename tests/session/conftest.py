"""What do the tests of sessions talk about? Related schemes, and the shipped catalogue."""

from pathlib import Path

import pytest

from matcher import Catalogue, Session
from matcher.engines.session.durable import durable_rules

HERE = Path(__file__).parent
ON = "2026-05-04"


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """A cache folder of this run alone; the folders of tests share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield


@pytest.fixture(scope="session")
def small():
    """A guide that opens the way to a loan, a grant that rules it out, a closed grant…"""
    return Catalogue.load(HERE / "catalogue" / "rules")


@pytest.fixture(scope="session")
def shipped():
    """The catalogue that comes with the library."""
    return Catalogue.load()


@pytest.fixture
def session(small):
    """A session in which nothing was answered yet."""
    return Session(small, ON)


@pytest.fixture(scope="session")
def durable():
    """The engines of durable-rules: where it is missing, the tests that need it fail."""
    engine = durable_rules()
    assert engine is not None, "durable-rules is not installed: make setup"
    return engine
