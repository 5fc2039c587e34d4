"""Does the digest know the texts, and nothing but the texts?"""

import random
import shutil
from pathlib import Path

import pytest

from matcher import Catalogue, RuleError
from matcher.catalogue.layout import digest_of
from matcher.catalogue.load import load_content
from matcher.catalogue.locate import layout_at

ONE_OF_EACH = [
    "rules/schemes/fonds-exemple.yaml",
    "rules/derived/facts.yaml",
    "rules/sets/common.yaml",
    "rules/reference/communes.yaml",
    "rules/reference/communes.csv",
    "profiles/facts/facts.yaml",
]


def digest(folder):
    return digest_of(layout_at(folder))


def test_the_place_does_not_count(folder, tmp_path):
    shutil.copytree(folder.parent, tmp_path / "elsewhere" / "deep" / "ünder")
    assert digest(tmp_path / "elsewhere" / "deep" / "ünder" / "rules") == digest(folder)


def test_the_name_of_the_rules_folder_does_not_count(folder):
    before = digest(folder)
    moved = folder.rename(folder.with_name("autres-regles"))
    assert digest(moved) == before


@pytest.mark.parametrize("file", ONE_OF_EACH)
def test_one_byte_of_any_file_counts(folder, file):
    before = digest(folder)
    path = folder.parent / file
    whole = path.read_bytes()
    path.write_bytes(whole + b"\n")
    assert digest(folder) != before
    path.write_bytes(whole)
    assert digest(folder) == before


@pytest.mark.parametrize("file", ONE_OF_EACH)
def test_a_file_that_goes_counts(folder, file):
    before = digest(folder)
    (folder.parent / file).unlink()
    assert digest(folder) != before


def test_a_name_counts(folder):
    before = digest(folder)
    path = folder / "schemes" / "fonds-voisin.yaml"
    path.rename(path.with_name("fonds-autre.yaml"))
    assert digest(folder) != before


def test_two_files_that_change_places_count(folder):
    before = digest(folder)
    one, other = (folder / "schemes" / f"fonds-{name}.yaml" for name in ("exemple", "voisin"))
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert digest(folder) != before


@pytest.mark.parametrize("name", ["README.md", ".hidden.yaml", "scheme.yaml.bak", "notes.yml"])
def test_what_is_not_a_text_of_the_catalogue_does_not_count(folder, name):
    before = digest(folder)
    (folder / "schemes" / name).write_text("x", encoding="utf-8")
    assert digest(folder) == before
    assert Catalogue(load_content(layout_at(folder))[0]).digest == before


def test_dates_of_files_do_not_count(folder):
    before = digest(folder)
    for path in folder.rglob("*.yaml"):
        path.touch()
    assert digest(folder) == before


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_a_disk_lists_files_does_not_count(folder, monkeypatch, seed):
    straight = load_content(layout_at(folder))[0]
    listed = Path.glob

    def shuffled(self, pattern):
        found = list(listed(self, pattern))
        random.Random(seed).shuffle(found)  # noqa: S311  an order, not a secret
        return iter(found)

    monkeypatch.setattr(Path, "glob", shuffled)
    other = load_content(layout_at(folder))[0]
    assert other.digest == straight.digest
    for part in ("schemes", "vocabulary", "authorities", "derivations", "tables"):
        assert list(getattr(other, part)) == list(getattr(straight, part)), part
    assert dict(other.schemes) == dict(straight.schemes)


def test_a_list_of_scheme_files_is_read_in_the_order_of_their_names(folder):
    layout = layout_at(folder / "schemes")
    assert layout.schemes is not None
    turned = type(layout)(layout.rules, layout.facts, layout.schemes[::-1], layout.others)
    assert digest_of(turned) == digest_of(layout)


def test_files_that_can_not_be_read_are_told_not_raised(folder):
    (folder / "schemes" / "dossier.yaml").mkdir()
    with pytest.raises(RuleError, match="Y01"):
        Catalogue.load(folder)


def test_the_digest_is_that_of_the_catalogue(content, root):
    assert content.digest == digest_of(layout_at(root / "rules"))
    assert len(content.digest) == 16
    assert set(content.digest) <= set("0123456789abcdef")
