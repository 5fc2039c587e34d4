"""What do the tests of client files share?"""

from pathlib import Path

import pytest

from matcher import Catalogue
from matcher.portfolio.lexicon import Lexicon, read_lexicon
from matcher.portfolio.source import open_source


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture(scope="session")
def lexicon(catalogue) -> Lexicon:
    return Lexicon(read_lexicon(), catalogue.content.vocabulary)


@pytest.fixture
def opened(catalogue, tmp_path):
    """Opens a text as a file."""

    def open_it(text, name="clients.csv", encoding="utf-8", **options):
        path: Path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return open_source(path, catalogue, **options)

    return open_it


@pytest.fixture
def read_all():
    """Every part of a source, read."""
    return lambda source: [source.read_part(part) for part in source.parts()]
