"""Is the kept copy only ever a copy: used when it is right, forgotten when anything differs?"""

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher import Catalogue, RuleError
from matcher.catalogue import store
from matcher.catalogue.layout import Layout
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at

PARTS = ("vocabulary", "authorities", "derivations", "derived_unknowns", "schemes", "cases")


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """An empty cache folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "aides-matcher"


@pytest.fixture
def unread(monkeypatch):
    """Reading the texts is an error: what is loaded comes from the copy."""

    def refuse(_):
        raise AssertionError("the texts are read")

    return lambda: monkeypatch.setattr(store, "_from_texts", refuse)


@pytest.fixture
def assert_same(difference):
    def check(one, other):
        assert one.digest == other.digest
        for part in PARTS:
            assert difference(getattr(one, part), getattr(other, part)) == "", part
        paths = ({name: t.path for name, t in c.tables.items()} for c in (one, other))
        assert next(paths) == next(paths)

    return check


def test_the_second_load_reads_the_copy(folder, cache, unread, assert_same):
    first = store.loaded(layout_at(folder))
    (kept,) = cache.iterdir()
    assert first.digest in kept.name
    assert store.program() in kept.name
    unread()
    assert_same(first, store.loaded(layout_at(folder)))


def test_the_copy_answers_like_the_texts(folder, cache):
    profile = folder.parent / "profile.yaml"
    reports = []
    for _ in range(2):
        catalogue = Catalogue.load(folder)
        reports.append(catalogue.match(catalogue.profile(profile), "2026-05-04").to_json())
    assert len(list(cache.iterdir())) == 1
    assert reports[0] == reports[1]


@pytest.mark.usefixtures("cache")
def test_a_changed_text_is_read(folder):
    before = Catalogue.load(folder)
    path = folder / "schemes" / "fonds-exemple.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Fonds exemple", "Fonds changé"), encoding="utf-8")
    after = Catalogue.load(folder)
    assert after.digest != before.digest
    assert after.scheme("fonds-exemple").name.fr == "Fonds changé"
    path.write_text(text, encoding="utf-8")
    assert Catalogue.load(folder).scheme("fonds-exemple").name.fr == "Fonds exemple"


@pytest.mark.usefixtures("cache")
def test_a_mistake_made_since_is_told(folder):
    Catalogue.load(folder)
    path = folder / "schemes" / "fonds-exemple.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "oubli: 1\n", encoding="utf-8")
    with pytest.raises(RuleError):
        Catalogue.load(folder)


def test_texts_with_mistakes_are_not_kept(folder, cache):
    path = folder / "schemes" / "fonds-exemple.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "oubli: 1\n", encoding="utf-8")
    with pytest.raises(RuleError):
        Catalogue.load(folder)
    assert not cache.exists()


def edited(**changes):
    return lambda raw: json.dumps({**json.loads(raw), **changes}).encode()


def without(key):
    return lambda raw: json.dumps({k: v for k, v in json.loads(raw).items() if k != key}).encode()


def with_part(name, value):
    def change(raw):
        whole = json.loads(raw)
        whole["content"][name] = value
        return json.dumps(whole).encode()

    return change


DAMAGE = {
    "empty": lambda _: b"",
    "cut off": lambda raw: raw[: len(raw) // 2],
    "noise": lambda _: b"\x00\xff" * 50,
    "another encoding": lambda _: b'"\xe9"',
    "a number": lambda _: b"3",
    "null": lambda _: b"null",
    "a list": lambda _: b"[]",
    "an empty object": lambda _: b"{}",
    "many brackets": lambda _: b"[" * 100_000,
    "another digest": edited(digest="0" * 16),
    "another program": edited(program="0" * 16),
    "no content": without("content"),
    "content of another kind": edited(content=[1]),
    "no schemes": with_part("schemes", {"~": "Nothing", "v": []}),
    "too few fields": with_part("schemes", {"x": {"~": "Scheme", "v": ["x"]}}),
    "no title": with_part("tables", [{"name": "t", "title": 3}]),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_copy_is_made_again(folder, cache, unread, assert_same, damage):
    first = store.loaded(layout_at(folder))
    (kept,) = cache.iterdir()
    whole = kept.read_bytes()
    kept.write_bytes(DAMAGE[damage](whole))
    assert_same(first, store.loaded(layout_at(folder)))
    assert kept.read_bytes() == whole, "the copy is mended"
    unread()
    assert_same(first, store.loaded(layout_at(folder)))


def test_another_program_reads_the_texts_again(folder, cache, monkeypatch):
    store.loaded(layout_at(folder))
    monkeypatch.setattr(store, "program", lambda: "another")
    seen = []
    read = store._from_texts
    monkeypatch.setattr(store, "_from_texts", lambda layout: seen.append(1) or read(layout))
    store.loaded(layout_at(folder))
    assert seen
    assert len(list(cache.iterdir())) == 2


def test_the_program_is_known_by_what_reads_catalogues(tmp_path, monkeypatch):
    """A change in the reading of rules makes the copies useless; so must one in their form."""
    package = Path(store.__file__).resolve().parent.parent
    for layer in ("language", "facts", "catalogue"):
        for path in (package / layer).glob("*.py"):
            (tmp_path / layer).mkdir(exist_ok=True)
            (tmp_path / layer / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(store, "__file__", str(tmp_path / "catalogue" / "store.py"))
    before = store.program()
    for name in ("language/tree.py", "facts/vocabulary.py", "catalogue/codec.py"):
        path = tmp_path / name
        text = path.read_bytes()
        path.write_bytes(text + b"\n# changed\n")
        assert store.program() != before, name
        path.write_bytes(text)
    assert store.program() == before


# ---------------------------------------------------------------------------- where copies are kept


def test_without_xdg_the_copy_is_in_the_home(folder, tmp_path, monkeypatch):
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    Catalogue.load(folder)
    assert list((tmp_path / "home" / ".cache" / "aides-matcher").iterdir())


UNUSABLE = {
    "a file": lambda tmp: (tmp / "file").write_text("x") and tmp / "file",
    "below a file": lambda tmp: (tmp / "file").write_text("x") and tmp / "file" / "below",
    "a device": lambda _: Path("/dev/null"),
    "a name too long for a folder": lambda tmp: tmp / ("x" * 300),
}


@pytest.mark.parametrize("kind", UNUSABLE)
def test_where_no_copy_can_be_kept_the_texts_are_read(folder, tmp_path, monkeypatch, kind):
    monkeypatch.setenv("XDG_CACHE_HOME", str(UNUSABLE[kind](tmp_path)))
    for _ in range(2):
        assert Catalogue.load(folder).schemes == ("fonds-exemple", "fonds-voisin")


def test_a_cache_that_may_not_be_entered_is_no_cache(folder, cache, monkeypatch):
    allowed = Path.stat

    def forbidden(self, **options):
        if cache in self.parents:
            raise PermissionError(13, "Permission denied", str(self))
        return allowed(self, **options)

    monkeypatch.setattr(Path, "stat", forbidden)
    assert Catalogue.load(folder).schemes == ("fonds-exemple", "fonds-voisin")


def test_without_a_home_the_texts_are_read(folder, monkeypatch):
    """A container whose user has neither HOME nor an entry in the list of users."""

    def homeless():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setattr(Path, "home", staticmethod(homeless))
    assert Catalogue.load(folder).schemes == ("fonds-exemple", "fonds-voisin")


def test_a_full_disk_leaves_no_half_copy(folder, cache, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert Catalogue.load(folder).schemes == ("fonds-exemple", "fonds-voisin")
    assert not list(cache.iterdir())


WATCH = """
import os, sys
written = []
def watch(event, args):
    if event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
        written.append(str(args[0]))
    elif event in ("os.mkdir", "os.rename", "os.remove"):
        written.append(str(args[0]))
sys.addaudithook(watch)
from matcher import Catalogue
for _ in range(2):
    catalogue = Catalogue.load(sys.argv[1])
    catalogue.match(catalogue.profile(sys.argv[2]), "2026-05-04").to_json()
print(*written, sep="\\n")
"""


def test_nothing_is_written_outside_the_cache(folder, cache, root):
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCH, str(folder), str(folder.parent / "profile.yaml")],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    written = done.stdout.split("\n")[:-1]
    assert written, "the watch sees nothing"
    assert [p for p in written if not p.startswith(str(cache.parent)) and p != "/dev/null"] == []


def test_threads_that_load_at_once_keep_one_copy(folder, cache, assert_same):
    with ThreadPoolExecutor(4) as pool:
        contents = list(pool.map(store.loaded, [layout_at(folder)] * 4))
    for content in contents[1:]:
        assert_same(contents[0], content)
    assert len(list(cache.iterdir())) == 1


# ---------------------------------------------------------------------------- the copy in the wheel


@pytest.fixture
def wheel(folder, tmp_path, monkeypatch):
    """A catalogue that stands where the wheel has it, with its compiled form."""
    compiled = tmp_path / "wheel" / "catalogue.json"
    store.write_compiled(folder, folder.parent / "profiles", compiled)
    monkeypatch.setattr(store, "RULES", folder)
    monkeypatch.setattr(store, "COMPILED", compiled)
    return Layout(folder, folder.parent / "profiles" / "facts")


def test_the_wheel_needs_no_cache(wheel, cache, unread):
    unread()
    assert list(store.loaded(wheel).schemes) == ["fonds-exemple", "fonds-voisin"]
    assert not cache.exists()


@pytest.mark.usefixtures("cache")
def test_a_stale_copy_in_the_wheel_is_not_used(wheel):
    path = wheel.rules / "schemes" / "fonds-exemple.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Fonds exemple", "Fonds changé"), encoding="utf-8")
    assert store.loaded(wheel).schemes["fonds-exemple"].name.fr == "Fonds changé"


def test_the_copy_in_the_wheel_is_only_for_the_rules_of_the_wheel(wheel):
    """A path of one's own, were it the same texts, does not read it."""
    alone = layout_at(wheel.rules / "schemes" / "fonds-voisin.yaml")
    assert alone.schemes is not None
    assert not [path for path in store._kept(alone, "x") if path == store.COMPILED]


def test_compiled_texts_are_the_same_bytes_each_time(folder):
    texts = {store.compiled_text(load_content(layout_at(folder))[0]) for _ in range(2)}
    assert len(texts) == 1
