"""Where are inputs and results: in a folder of this machine, or in an object store?

A `Location` is a path, or an address such as `s3://bucket/folder/file`. Both are asked in the same
words; what differs is here, and what a store is in `object_stores`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from fnmatch import fnmatchcase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias, TypeVar

import polars as pl

from matcher.portfolio.object_stores import Stored, silent, stored_at

Location: TypeAlias = Path | Stored
AT_ONCE = 16
PREFIX = "matcher-"
Found = TypeVar("Found")


def location_of(written: str | Location) -> Location:
    """What a person wrote, as a place; raises `SourceError` for an address that is no place."""
    if not isinstance(written, str):
        return written
    return stored_at(written) or Path(written)


# ----------------------------------------------------------------------------------------- looking
def listed(folder: Location, pattern: str) -> list[Location]:
    """The files of a folder whose names are like a pattern, in the order of their names."""
    if isinstance(folder, Stored):
        names = sorted(name for name, _ in folder.below() if "/" not in name)
        return [folder / name for name in names if fnmatchcase(name, pattern)]
    return [*sorted(folder.glob(pattern))]


def files_below(folder: Location, ending: str) -> list[str]:
    """The files of a folder and of those in it, in the order of their names in the folder."""
    if isinstance(folder, Stored):
        return sorted(name for name, _ in folder.below() if name.endswith(ending))
    found = (path for path in folder.rglob(f"*{ending}") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def is_free(folder: Location) -> bool:
    """Whether there is nothing in a folder, or no such folder."""
    if isinstance(folder, Stored):
        return not any(True for _ in folder.below(1))
    return not folder.exists() or not any(folder.iterdir())


def stamps(place: Location) -> list[tuple[str, int, int | str]]:
    """Name, size and version of a file, or of all those of a folder, without reading them."""
    if isinstance(place, Stored):
        found = dict(place.below()) if place.is_dir() else {"": place.stat()}
        stats = ((f"{place.name}/{name}".rstrip("/"), found[name]) for name in sorted(found))
        return [(name, stat.st_size, stat.version) for name, stat in stats]
    files = sorted(p for p in place.rglob("*") if p.is_file()) if place.is_dir() else [place]
    parent = place.parent
    return [(str(f.relative_to(parent)), f.stat().st_size, f.stat().st_mtime_ns) for f in files]


def reached(place: Location) -> None:
    """Raise `StoreError` if a place is in a store that does not answer, or refuses."""
    if isinstance(place, Stored):
        place.exists()


def each(how: Callable[[Location], Found], places: Iterable[Location]) -> Iterator[Found]:
    """What comes of each place, in order; those of a store are waited for several at once."""
    todo = list(places)
    if not any(isinstance(place, Stored) for place in todo):
        yield from map(how, todo)
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield from pool.map(how, todo)


@contextmanager
def answering(*places: Location) -> Iterator[None]:
    """Say that a store does not answer, where Polars has its own words for it."""
    try:
        yield
    except (pl.exceptions.PolarsError, OSError) as error:
        stores = [place for place in places if isinstance(place, Stored)]
        missing = isinstance(error, FileNotFoundError)
        if missing or not stores or "object-store" not in str(error):
            raise
        for place in stores:
            reached(place)
        raise silent(stores[0]) from None


# ----------------------------------------------------------------------------------------- writing
@contextmanager
def written(place: Location) -> Iterator[Path]:
    """A file of this machine to fill, that becomes the place at the end: whole, or not at all."""
    if isinstance(place, Stored):
        with TemporaryDirectory(prefix=PREFIX) as folder:
            yield Path(folder, place.name)
            place.put(Path(folder, place.name))
        return
    temporary = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(place)
    finally:
        temporary.unlink(missing_ok=True)


def write_text(place: Location, text: str) -> None:
    """Write a text, whole or not at all."""
    with written(place) as path:
        path.write_text(text, encoding="utf-8")


def swept(folder: Location) -> None:
    """Take away what was being written when a process was killed; a store never holds that."""
    if isinstance(folder, Path):
        for path in folder.glob(".*"):
            path.unlink(missing_ok=True)


@contextmanager
def at_hand(place: Location) -> Iterator[Path]:
    """A file of this machine with what is at a place, as long as it is needed."""
    if isinstance(place, Path):
        yield place
        return
    with TemporaryDirectory(prefix=PREFIX) as folder:
        copy = Path(folder, place.name)
        copy.write_bytes(place.read_bytes())
        yield copy
