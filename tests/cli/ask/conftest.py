"""How is an interview held here?"""

import pytest

from matcher import Catalogue, Session
from matcher.cli.ask.interview import Interview

DATE = "2026-05-04"


@pytest.fixture(scope="session")
def catalogue():
    return Catalogue.load()


@pytest.fixture(scope="session")
def plastics(root):
    """A profile that says nearly everything: few questions are left."""
    return root / "profiles" / "examples" / "pme-plasturgie-romorantin.yaml"


@pytest.fixture
def interview(catalogue):
    """An interview over a session that knows some facts already."""

    def begins(profile=None, *, territory=False, on=DATE):
        return Interview(Session(catalogue, on, profile), territory=territory)

    return begins
