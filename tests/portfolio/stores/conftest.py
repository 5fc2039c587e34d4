"""What do the tests of object stores share? A store on this machine, that speaks as S3 does."""

import dataclasses
import logging
import uuid
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from matcher import Catalogue
from matcher.portfolio import object_stores
from matcher.portfolio.jobs import Job
from matcher.portfolio.locations import Location
from matcher.portfolio.object_stores import Stored
from matcher.portfolio.source import open_source
from tests.portfolio.spark.portfolios import clients

DAY = 739_742
SCHEMES = 4
KEY, SECRET = "matcher-tests-id", "matcher-tests-never-told"


def pytest_collection_modifyitems(items):
    """One store for all: they run in one process, one after the other."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("stores"))


@pytest.fixture(scope="session", autouse=True)
def environment(tmp_path_factory):
    """What the environment says of a store, and nothing of the person who runs the tests."""
    absent = str(tmp_path_factory.mktemp("home") / "absent")
    settings = {
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_REGION": "us-east-1",
        "AWS_ALLOW_HTTP": "true",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_METADATA_ENDPOINT": "http://127.0.0.1:9",
        "AWS_CONFIG_FILE": absent,
        "AWS_SHARED_CREDENTIALS_FILE": absent,
    }
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_DEFAULT_REGION"):
            patch.delenv(name, raising=False)
        for name, value in settings.items():
            patch.setenv(name, value)
        yield patch


@pytest.fixture(scope="session")
def server(environment):
    """A store on the loopback, and the client that looks into it without our code."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    running = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    environment.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    object_stores._store.cache_clear()
    yield boto3.client("s3")
    running.stop()


@dataclasses.dataclass(frozen=True)
class Bucket:
    """A bucket, seen without our code."""

    client: object
    name: str

    @property
    def place(self) -> Stored:
        return Stored("s3", self.name)

    def put(self, key: str, content: bytes) -> Stored:
        self.client.put_object(Bucket=self.name, Key=key, Body=content)
        return self.place / key

    def get(self, key: str) -> bytes:
        return self.client.get_object(Bucket=self.name, Key=key)["Body"].read()

    def delete(self, key: str) -> None:
        self.client.delete_object(Bucket=self.name, Key=key)

    def keys(self, prefix: str = "") -> list[str]:
        found = self.client.list_objects_v2(Bucket=self.name, Prefix=prefix)
        return sorted(one["Key"] for one in found.get("Contents", []))

    def files(self, prefix: str) -> dict[str, bytes]:
        """All that is below a prefix."""
        return {key.removeprefix(f"{prefix}/"): self.get(key) for key in self.keys(f"{prefix}/")}


@pytest.fixture
def bucket(server) -> Bucket:
    return new_bucket(server)


def new_bucket(server) -> Bucket:
    name = f"clients-{uuid.uuid4()}"
    server.create_bucket(Bucket=name)
    return Bucket(server, name)


# -------------------------------------------------------------------------------------- portfolios
@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.load()


@pytest.fixture
def job_of(catalogue):
    """The job of matching a list, from a place into another."""

    def made(source: Location, out: Location) -> Job:
        mapping = open_source(source, catalogue).mapping
        return Job(source, mapping, None, DAY, catalogue.schemes[:SCHEMES], out)

    return made


@pytest.fixture
def folder(tmp_path) -> Path:
    """A folder of Parquet files, on this machine."""
    path = tmp_path / "clients"
    path.mkdir()
    for seed in range(3):
        clients(900, seed).write_parquet(path / f"{seed}.parquet", row_group_size=300)
    return path


@pytest.fixture
def stored_folder(folder, bucket) -> Stored:
    """The same folder, in a store."""
    for path in folder.iterdir():
        bucket.put(f"clients/{path.name}", path.read_bytes())
    return bucket.place / "clients"


def local_files(folder: Path) -> dict[str, bytes]:
    """All that is in a folder of this machine."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
