"""What do the tests of Spark share? One Java, and portfolios in several parts."""

import dataclasses
import os
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from matcher import Catalogue
from matcher.portfolio.jobs import Job
from matcher.portfolio.run import Run, run
from matcher.portfolio.source import open_source
from matcher.portfolio.spark_start import SparkError, require_spark, started
from tests.portfolio.spark.portfolios import clients, tables, text

DAY = 739_742
SCHEMES = 6


def pytest_collection_modifyitems(items):
    """One Java for all: they run in one process, one after the other."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("spark"))
            # Python is forked to start Java, before it has threads of its own that matter.
            item.add_marker(pytest.mark.filterwarnings("ignore:This process .* is multi-threaded"))


@pytest.fixture(scope="session")
def java():
    """What starts Spark. In CI it has what it needs, or the tests fail."""
    try:
        require_spark()
    except SparkError as missing:
        if os.environ.get("CI"):
            raise
        pytest.skip(missing.render("en"))
    return started


@pytest.fixture(scope="session")
def log(tmp_path_factory) -> Path:
    """What Java says: there is one, whatever the master."""
    return tmp_path_factory.mktemp("spark") / "spark.log"


@pytest.fixture(scope="module")
def spark(java, log):
    """Spark on two cores of this machine."""
    with java("local[2]", log) as context:
        yield context


# -------------------------------------------------------------------------------------- portfolios
@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder of Parquet files."""
    path = tmp_path / "clients"
    path.mkdir()
    for seed in range(3):
        clients(1_500, seed).write_parquet(path / f"{seed}.parquet", row_group_size=400)
    return path


@pytest.fixture
def job_of(catalogue, tmp_path):
    """The job of matching a file."""

    def made(path: Path, out: str = "out") -> Job:
        source = open_source(path, catalogue)
        schemes = catalogue.schemes[:SCHEMES]
        return Job(path, source.mapping, None, DAY, schemes, tmp_path / out)

    return made


@pytest.fixture
def same(catalogue, tmp_path):
    """Whether a run gave, file by file, what one process gives."""

    def check(found: Run) -> None:
        alone = run(dataclasses.replace(found.job, out=tmp_path / "alone"), catalogue)
        assert found.summary == alone.summary
        assert found.summary.results
        assert tables(found) == tables(alone)
        for name in tables(found):
            one, other = (pl.read_parquet(r.job.out / name) for r in (found, alone))
            assert_frame_equal(one, other)
        assert text(found, "rejects.csv") == text(alone, "rejects.csv")
        hidden = [path for path in found.job.out.rglob(".*") if path.is_file()]
        assert not hidden, "nothing is half-written"

    return check
