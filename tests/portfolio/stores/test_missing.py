"""What is a person told when a store is absent, silent, or wants nothing of them?"""

import contextlib
import http.server
import subprocess
import sys
import threading
import time

import boto3
import pytest
from click.testing import CliRunner
from moto.server import ThreadedMotoServer

from matcher.cli import main
from matcher.portfolio import object_stores, parquet_files
from matcher.portfolio.locations import location_of
from tests.portfolio.spark.portfolios import clients
from tests.portfolio.stores.conftest import KEY, SECRET

LONG = 40
"""Seconds after which nobody would wait any more."""


@pytest.fixture(autouse=True)
def fresh():
    """No connection of another test is used again."""
    object_stores._store.cache_clear()
    yield
    object_stores._store.cache_clear()


@pytest.fixture
def client_list(tmp_path):
    path = tmp_path / "clients.csv"
    clients(5).write_csv(path)
    return path


def refused(*args):
    """What is said in both languages; it takes no traceback, no secret, and not long."""
    said = []
    for lang in ("fr", "en"):
        began = time.monotonic()
        done = CliRunner().invoke(main, ["batch", *map(str, args), "--lang", lang])
        assert time.monotonic() - began < LONG
        assert done.exit_code == 2, done.output
        assert "    → " in done.stderr
        for never in ("Traceback", "Debug source", KEY, SECRET, "<Error>"):
            assert never not in done.output
        said.append(done.stderr)
    return said


@pytest.fixture
def answering(monkeypatch):
    """A server that gives the same answer to whatever it is asked."""

    def start(status):
        class Same(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = b"" if self.command == "HEAD" else f"<Error>{SECRET}</Error>".encode()
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            do_HEAD = do_PUT = do_POST = do_GET  # noqa: N815

            def log_message(self, *args):
                """Nothing is printed."""

        server = stack.enter_context(http.server.ThreadingHTTPServer(("127.0.0.1", 0), Same))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        stack.callback(server.shutdown)
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")

    with contextlib.ExitStack() as stack:
        yield start


def test_no_such_object(bucket):
    fr, en = refused(bucket.place / "absent.csv")
    assert fr.startswith("absent.csv : ce fichier n'existe pas")
    assert en.startswith("absent.csv: this file is missing")


@pytest.mark.usefixtures("server")
def test_no_such_bucket(client_list):
    for args in (["s3://nobody-has-it/a.csv"], [client_list, "--out", "s3://nobody-has-it/out"]):
        fr, en = refused(*args)
        assert "s3://nobody-has-it/" in fr
        assert "ce dépôt n'existe pas" in fr
        assert "this bucket does not exist" in en
        assert "AWS_ENDPOINT_URL" in en


@pytest.mark.parametrize(
    ("status", "what", "fix"),
    [
        (403, "the bucket refuses access", "credentials"),
        (401, "the bucket refuses access", "credentials"),
        (400, "the bucket refuses access", "credentials"),
        (301, "this bucket is in another region", "AWS_REGION=eu-west-3"),
        (503, "the store does not answer", "run again"),
    ],
)
def test_a_store_that_refuses(status, what, fix, answering, client_list):
    answering(status)
    for args in (["s3://clients/a.csv"], [client_list, "--out", "s3://clients/out"]):
        _, en = refused(*args)
        assert what in en
        assert fix in en


def test_a_store_that_does_not_answer(monkeypatch, client_list):
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    for args in (["s3://clients/a.parquet"], [client_list, "--out", "s3://clients/out"]):
        fr, en = refused(*args)
        assert "le dépôt ne répond pas" in fr
        assert "the store does not answer" in en


def test_http_must_be_allowed(answering, monkeypatch):
    answering(200)
    monkeypatch.delenv("AWS_ALLOW_HTTP")
    fr, _ = refused("s3://clients/a.csv")
    assert "AWS_ALLOW_HTTP=true" in fr


@pytest.mark.parametrize("profiles", [True, False])
def test_no_credentials(profiles, monkeypatch, answering):
    """With boto3, which looks for profiles, and without it."""
    answering(200)
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    if not profiles:
        monkeypatch.setattr(
            object_stores, "find_spec", lambda name: None if name == "boto3" else name
        )
    fr, en = refused("s3://clients/a.parquet")
    assert "aucun identifiant" in fr
    assert "AWS_ACCESS_KEY_ID" in en


def test_a_profile_of_boto3_is_enough(bucket, monkeypatch, tmp_path):
    place = bucket.put("clients.parquet", (parquet(tmp_path)).read_bytes())
    profile = tmp_path / "credentials"
    profile.write_text(f"[default]\naws_access_key_id={KEY}\naws_secret_access_key={SECRET}\n")
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(profile))
    object_stores._store.cache_clear()
    done = CliRunner().invoke(main, ["batch", str(place), "--dry-run"])
    assert done.exit_code == 0, done.output


def parquet(folder):
    path = folder / "clients.parquet"
    clients(50).write_parquet(path)
    return path


def test_without_the_extra_it_says_what_to_install(monkeypatch, client_list):
    monkeypatch.setattr(object_stores, "find_spec", lambda _: None)
    for args in (["s3://clients/a.csv"], [client_list, "--out", "s3://clients/out"]):
        fr, en = refused(*args)
        assert "il manque" in fr
        assert "is missing" in en
        assert "pip install 'aides-matcher[stores]'" in en


def test_a_path_needs_nothing_of_stores(client_list, tmp_path):
    code = (
        "import sys; sys.modules['obstore'] = sys.modules['boto3'] = None; "
        "from matcher.cli import main; main(sys.argv[1:])"
    )
    args = ["batch", str(client_list), "--out", str(tmp_path / "out"), "--on", "2026-05-04"]
    done = subprocess.run(
        [sys.executable, "-c", code, *args, "--scheme", "pat"], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_an_address_with_credentials_is_refused_and_not_repeated():
    fr, _ = refused(f"s3://{KEY}:{SECRET}@clients/a.csv")
    assert "les identifiants n'y sont jamais" in fr


def test_a_store_that_goes_silent_in_the_middle(tmp_path, monkeypatch):
    """What was finished is kept, and the message says so."""
    running = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    running.start()
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://{}:{}".format(*running.get_host_and_port()))
    monkeypatch.setattr(parquet_files, "PART_ROWS", 10)
    boto3.client("s3").create_bucket(Bucket="silent-bucket")
    place = location_of("s3://silent-bucket/clients.parquet")
    place.put(parquet(tmp_path))
    put = type(place).put

    def then_silence(self, file):
        put(self, file)
        if self.name == "00001.json":
            running.stop()

    monkeypatch.setattr(type(place), "put", then_silence)
    args = ["batch", str(place), "--out", "s3://silent-bucket/out", "--scheme", "pat"]
    began = time.monotonic()
    done = CliRunner().invoke(main, [*args, "--lang", "en"])
    assert time.monotonic() - began < LONG
    assert done.exit_code == 2, done.output
    assert "the store does not answer" in done.stderr
    assert "what is finished is kept" in done.stderr
