"""How are the objects of a store (S3, Google Cloud, Azure) listed, read and written?

`Stored` does what portfolios ask of a `pathlib.Path`. An object is written whole or not at all, by
one request: nobody ever sees half of it. Credentials are those of the environment; none is in an
address, and nothing that a store answers is repeated, since it may quote what it was sent.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

from matcher.language.text import Text
from matcher.portfolio.errors import SourceError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from obstore import ObjectMeta
    from obstore.store import ObjectStore

SETTINGS = {"s3": "AWS_", "gs": "GOOGLE_", "az": "AZURE_"}
"""The kinds of addresses, and how the variables that say how to reach them begin."""
CREDENTIALS = {
    "s3": "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY",
    "gs": "GOOGLE_APPLICATION_CREDENTIALS",
    "az": "AZURE_STORAGE_ACCOUNT_NAME, AZURE_STORAGE_ACCOUNT_KEY",
}
ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][\w+.-]+)://(?P<bucket>[^/]*)(?P<key>.*)", re.DOTALL)
BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
BLOCK = 2_000_000
CLIENT = {"connect_timeout": "5s", "read_timeout": "30s", "timeout": "10m"}
PASSED_ON = (
    "allow_http",
    "allow_invalid_certificates",
    "proxy_url",
    "proxy_ca_certificate",
    "proxy_excludes",
)
RETRIES, PATIENCE = 4, timedelta(seconds=30)

NO_OBSTORE = Text(
    "il manque de quoi lire et écrire dans un dépôt d'objets (obstore)",
    "what reads and writes object stores is missing (obstore)",
)
NO_OBSTORE_FIX = Text("pip install 'aides-matcher[stores]'", "pip install 'aides-matcher[stores]'")
ODD_ADDRESS = Text("cette adresse n'est pas comprise", "this address is not understood")
ODD_ADDRESS_FIX = Text(
    "Écrivez un chemin, ou s3://dépôt/dossier/fichier (gs://, az://) ; les identifiants n'y sont "
    "jamais : ils viennent de l'environnement.",
    "Write a path, or s3://bucket/folder/file (gs://, az://); credentials are never in it: they "
    "come from the environment.",
)
NO_BUCKET = Text("ce dépôt n'existe pas", "this bucket does not exist")
NO_BUCKET_FIX = Text(
    "Vérifiez son nom et le serveur (S3 : AWS_ENDPOINT_URL, si ce n'est pas Amazon).",
    "Check its name and the server (S3: AWS_ENDPOINT_URL, if it is not Amazon's).",
)
NO_CREDENTIALS = Text(
    "aucun identifiant pour ce dépôt dans l'environnement",
    "no credentials for this bucket in the environment",
)
NO_CREDENTIALS_FIX = Text(
    "Donnez-les dans l'environnement ({names}), ou donnez un rôle à la machine ; pour les profils "
    "de ~/.aws : pip install boto3.",
    "Give them in the environment ({names}), or give the machine a role; for the profiles of "
    "~/.aws: pip install boto3.",
)
REFUSED = Text("le dépôt refuse l'accès", "the bucket refuses access")
REFUSED_FIX = Text(
    "Vérifiez les identifiants de l'environnement, leur validité, et leurs droits : lister et lire "
    "l'entrée, lister, lire et écrire les résultats.",
    "Check the credentials of the environment, that they still hold, and their rights: list and "
    "read the input, list, read and write the results.",
)
OTHER_REGION = Text("ce dépôt est dans une autre région", "this bucket is in another region")
OTHER_REGION_FIX = Text(
    "Dites laquelle dans l'environnement (par exemple AWS_REGION=eu-west-3).",
    "Say which one in the environment (for instance AWS_REGION=eu-west-3).",
)
UNREACHABLE = Text("le dépôt ne répond pas", "the store does not answer")
UNREACHABLE_FIX = Text(
    "Vérifiez le réseau et le serveur (S3 : AWS_ENDPOINT_URL, et AWS_ALLOW_HTTP=true s'il n'est "
    "pas en https), puis relancez : ce qui est fini est gardé.",
    "Check the network and the server (S3: AWS_ENDPOINT_URL, and AWS_ALLOW_HTTP=true where it is "
    "not https), then run again: what is finished is kept.",
)
NONE_FOUND = re.compile(
    r"://[^/\s]+/(latest/(api/token|meta-data)|computeMetadata|metadata/identity)|source: Missing\w"
)
"""The machine was asked for credentials, because the environment gives none."""


class StoreError(SourceError):
    """A store that cannot be used; says what to do. What the store answered is not told."""


class StoreSilentError(StoreError):
    """A store that did not answer: it may a little later."""


# ----------------------------------------------------------------------------------------- a place
@dataclass(frozen=True, slots=True)
class Stat:
    """The size of an object, and what changes when it is written again."""

    st_size: int
    version: str


@dataclass(frozen=True)
class Stored:
    """An object of a store, or those whose names begin like a folder. Holds no credentials."""

    scheme: str
    bucket: str
    key: str = ""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.bucket}/{self.key}".rstrip("/")

    def __truediv__(self, name: str) -> Stored:
        return replace(self, key=f"{self.key}/{name}".strip("/"))

    @property
    def name(self) -> str:
        """The last part of the name."""
        return PurePosixPath(self.key).name or self.bucket

    @property
    def stem(self) -> str:
        """The last part of the name, without its ending."""
        return PurePosixPath(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending of the name."""
        return PurePosixPath(self.name).suffix

    @property
    def parent(self) -> Stored:
        """What holds it."""
        return replace(self, key=self.key.rpartition("/")[0])

    def resolve(self) -> Stored:
        """Itself: an address is always whole."""
        return self

    def mkdir(self, *, parents: bool = False, exist_ok: bool = False) -> None:
        """Nothing: a store has names, not folders."""

    # ---------------------------------------------------------------------------------- what it is
    def stat(self) -> Stat:
        """Its size and version; raises `FileNotFoundError`."""
        import obstore

        with _told(self):
            return _stat(obstore.head(self._store, self.key))

    def exists(self) -> bool:
        """Whether there is an object of this name."""
        try:
            return bool(self.key) and self.stat().st_size >= 0
        except FileNotFoundError:
            return False

    def is_dir(self) -> bool:
        """Whether it is no object, and others are below it."""
        return not self.exists() and any(True for _ in self.below(1))

    def below(self, at_once: int = 1_000) -> Iterator[tuple[str, Stat]]:
        """The objects whose names begin with this one and a slash: the rest of the name."""
        import obstore

        start = len(self.key) + 1 if self.key else 0
        with _told(self):
            for some in obstore.list(self._store, self.key or None, chunk_size=at_once):
                yield from ((one["path"][start:], _stat(one)) for one in some)

    # -------------------------------------------------------------------------- reading and writing
    def open(self, mode: Literal["rb"] = "rb") -> BinaryIO:
        """The object as a file that is read range by range; raises `FileNotFoundError`."""
        del mode
        return io.BufferedReader(_Ranges(self), BLOCK)

    def range(self, start: int, end: int) -> bytes:
        """Some of its bytes."""
        import obstore

        with _told(self):
            return bytes(obstore.get_range(self._store, self.key, start=start, end=end))

    def read_bytes(self) -> bytes:
        """All of it; raises `FileNotFoundError`."""
        import obstore

        with _told(self):
            return bytes(obstore.get(self._store, self.key).bytes())

    def read_text(self, encoding: str) -> str:
        """All of it as a text; raises `FileNotFoundError`."""
        return self.read_bytes().decode(encoding)

    def put(self, file: Path) -> None:
        """Become what a file of this machine is; until then, nothing has changed."""
        import obstore

        with _told(self, missing=NO_BUCKET):
            obstore.put(self._store, self.key, file)

    @property
    def _store(self) -> ObjectStore:
        return _store(self.scheme, self.bucket)


class _Ranges(io.RawIOBase):
    """An object as a file of which ranges are asked for as they are read."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._size = stored.stat().st_size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        self._at = max(0, (0, self._at, self._size)[whence] + offset)
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        end = min(self._at + len(view), self._size)
        if end <= self._at:
            return 0
        found = self._stored.range(self._at, end)
        view[: len(found)] = found
        self._at += len(found)
        return len(found)


def _stat(told: ObjectMeta) -> Stat:
    return Stat(told["size"], told["e_tag"] or told["last_modified"].isoformat())


def stored_at(address: str) -> Stored | None:
    """The place of an address; None for a path. Raises `StoreError`, which does not repeat it."""
    found = ADDRESS.fullmatch(address)
    if found is None:
        return None
    scheme, bucket, key = found["scheme"].lower(), found["bucket"], found["key"].strip("/")
    parts = key.split("/") if key else []
    if scheme not in SETTINGS or not BUCKET.fullmatch(bucket) or {"", ".", ".."} & set(parts):
        raise StoreError(ODD_ADDRESS, ODD_ADDRESS_FIX)
    if not key.isprintable():
        raise StoreError(ODD_ADDRESS, ODD_ADDRESS_FIX)
    if find_spec("obstore") is None:
        raise StoreError(NO_OBSTORE, NO_OBSTORE_FIX)
    return Stored(scheme, bucket, key)


# -------------------------------------------------------------------------------------- connecting
@lru_cache(maxsize=16)
def _store(scheme: str, bucket: str) -> ObjectStore:
    """A bucket, opened once in a process; the library reads the environment."""
    from obstore.store import from_url

    names = {key: f"{SETTINGS[scheme]}{key.upper()}" for key in PASSED_ON}
    client: Any = CLIENT | {k: os.environ[name] for k, name in names.items() if name in os.environ}
    retry: Any = {"max_retries": RETRIES, "retry_timeout": PATIENCE}
    more: Any = _profiles() if scheme == "s3" else {}
    return from_url(f"{scheme}://{bucket}", client_options=client, retry_config=retry, **more)


def _profiles() -> dict[str, object]:
    """Where boto3 is installed it finds the credentials (profiles too), as it does for Polars."""
    given = {"AWS_ACCESS_KEY_ID", "AWS_SKIP_SIGNATURE"} & os.environ.keys()
    if given or find_spec("boto3") is None:
        return {}
    from obstore.auth.boto3 import Boto3CredentialProvider

    try:
        return {"credential_provider": Boto3CredentialProvider()}
    except Exception:  # noqa: BLE001  whatever boto3 says, it has none
        raise _Without from None


class _Without(Exception):  # noqa: N818  never leaves this module
    """There are no credentials."""


@contextmanager
def _told(place: Stored, missing: Text | None = None) -> Iterator[None]:
    """Say what is wrong with a store. A missing object is left to who asked, unless it is told."""
    from obstore.exceptions import BaseError

    try:
        yield
    except FileNotFoundError:
        if missing is None:
            raise FileNotFoundError(str(place)) from None
        raise _error(place, missing, NO_BUCKET_FIX) from None
    except _Without:
        raise _error(place, NO_CREDENTIALS, NO_CREDENTIALS_FIX) from None
    except (BaseError, ValueError) as error:
        raise _error(place, *_reason(str(error))) from None


def _reason(text: str) -> tuple[Text, Text]:
    """What an error of the library comes from, by its words."""
    status = re.search(r"status code: (\d+)", text)
    code = int(status[1]) if status else 0
    if NONE_FOUND.search(text):
        return NO_CREDENTIALS, NO_CREDENTIALS_FIX
    if "without LOCATION" in text:
        return OTHER_REGION, OTHER_REGION_FIX
    if code == 404:
        return NO_BUCKET, NO_BUCKET_FIX
    if 400 <= code < 500:
        return REFUSED, REFUSED_FIX
    return UNREACHABLE, UNREACHABLE_FIX


def silent(place: Stored) -> StoreError:
    """The error of a store that does not answer."""
    return _error(place, UNREACHABLE, UNREACHABLE_FIX)


def _error(place: Stored, what: Text, fix: Text) -> StoreError:
    kind = StoreSilentError if what is UNREACHABLE else StoreError
    names = CREDENTIALS[place.scheme]
    return kind(what, fix.filled({"names": Text(names, names)}), file=str(place))
