"""Is a place in a store read and written as a path is, whole or not at all?"""

import io
import random

import pytest

from matcher.portfolio import object_stores
from matcher.portfolio.locations import (
    at_hand,
    files_below,
    is_free,
    listed,
    location_of,
    stamps,
    write_text,
    written,
)
from matcher.portfolio.object_stores import Stored, StoreError

CONTENT = bytes(random.Random(1).randbytes(10_000))  # noqa: S311


def test_a_path_stays_a_path(tmp_path):
    assert location_of(str(tmp_path)) == tmp_path
    assert location_of(tmp_path) is tmp_path
    assert location_of("clients: 2026.csv").name == "clients: 2026.csv"


@pytest.mark.parametrize(
    ("written_", "bucket_", "key"),
    [
        ("s3://clients", "clients", ""),
        ("s3://clients/", "clients", ""),
        ("S3://clients/a/b.csv", "clients", "a/b.csv"),
        ("s3://clients/dossier d'été/", "clients", "dossier d'été"),
    ],
)
def test_an_address(written_, bucket_, key):
    found = location_of(written_)
    assert found == Stored("s3", bucket_, key)
    assert location_of(str(found)) == found


@pytest.mark.parametrize(
    "address",
    [
        "s3://",
        "s3:///a",
        "s3://AKIAID:secret-word@clients/a.csv",
        "s3://clients/a/../b",
        "s3://clients/a//b",
        "s3://clients/a\nb",
        "https://secret-word.example/a.csv",
        "s4://clients/a",
    ],
)
def test_an_address_that_is_not_understood_is_not_repeated(address):
    with pytest.raises(StoreError) as told:
        location_of(address)
    for lang in ("fr", "en"):
        assert "s3://" in told.value.render(lang)
        assert "secret-word" not in told.value.render(lang)


@pytest.mark.parametrize("scheme", ["gs", "az"])
def test_the_addresses_of_other_stores(scheme):
    assert location_of(f"{scheme}://clients/a.csv") == Stored(scheme, "clients", "a.csv")


def test_parts_of_a_name():
    place = Stored("s3", "clients", "a/.b/list.csv")
    assert (place.name, place.stem, place.suffix) == ("list.csv", "list", ".csv")
    assert str(place.parent) == "s3://clients/a/.b"
    assert str(place.parent.parent.parent) == "s3://clients"
    assert Stored("s3", "clients").name == "clients"
    assert str(Stored("s3", "clients") / "a" / "b") == "s3://clients/a/b"


# ------------------------------------------------------------------------------------ what is there
def test_what_is_there(bucket):
    for key in ("a/1.parquet", "a/b/2.parquet", "a/b/3.csv", "ab/4.parquet"):
        bucket.put(key, CONTENT)
    place = bucket.place / "a"
    assert place.is_dir()
    assert not place.exists()
    assert (place / "1.parquet").exists()
    assert not (place / "1.parquet").is_dir()
    assert not (bucket.place / "absent").is_dir()
    assert files_below(place, ".parquet") == ["1.parquet", "b/2.parquet"]
    assert listed(place, "*.parquet") == [place / "1.parquet"]
    assert is_free(bucket.place / "absent")
    assert not is_free(place)


def test_a_version_changes_when_the_content_does(bucket):
    place = bucket.put("a/1.csv", CONTENT)
    (before,) = stamps(place)
    assert before[:2] == ("1.csv", len(CONTENT))
    assert [name for name, _, _ in stamps(place.parent)] == ["a/1.csv"]
    bucket.put("a/1.csv", CONTENT[::-1])
    (after,) = stamps(place)
    assert after != before
    assert after[:2] == before[:2]


def test_a_file_is_read_by_ranges(bucket, monkeypatch):
    place = bucket.put("list.csv", CONTENT)
    monkeypatch.setattr(object_stores, "BLOCK", 100)
    asked = []
    monkeypatch.setattr(Stored, "range", lambda _, *at: asked.append(at) or CONTENT[slice(*at)])
    local, draw = io.BytesIO(CONTENT), random.Random(2)  # noqa: S311
    with place.open("rb") as found:
        for _ in range(50):
            at, count = draw.randrange(len(CONTENT) + 100), draw.randrange(400)
            assert found.seek(at) == local.seek(at)
            assert found.read(count) == local.read(count)
            assert found.readline(count) == local.readline(count)
            assert found.tell() == local.tell()
        assert found.seek(-10, io.SEEK_END) == len(CONTENT) - 10
        assert found.read() == CONTENT[-10:]
        assert found.read() == b""
    assert max(end - start for start, end in asked) <= 500


# ------------------------------------------------------------------------------------------ writing
def test_what_is_written_is_whole_or_not_there(bucket, tmp_path):
    for place in (bucket.place / "a" / "text.txt", tmp_path / "text.txt"):
        write_text(place, "été")
        assert place.read_text(encoding="utf-8") == "été"
        with pytest.raises(ZeroDivisionError):
            stopped_in(place)
        assert place.read_text(encoding="utf-8") == "été"
    assert bucket.keys() == ["a/text.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["text.txt"]


def stopped_in(place):
    """Something goes wrong when the file is half-written."""
    with written(place) as path:
        path.write_bytes(CONTENT)
        assert place.read_text(encoding="utf-8") == "été"
        _ = 1 / 0


def test_a_large_file_goes_up_in_pieces_and_is_whole(bucket):
    large = CONTENT * 1_300
    with written(bucket.place / "large") as path:
        path.write_bytes(large)
    assert bucket.get("large") == large


def test_a_file_at_hand_is_taken_away(bucket, tmp_path):
    with at_hand(bucket.put("mapping.yaml", CONTENT)) as path:
        assert path.read_bytes() == CONTENT
        assert path.name == "mapping.yaml"
    assert not path.exists()
    with at_hand(tmp_path) as path:
        assert path == tmp_path
