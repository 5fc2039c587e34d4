"""Does the wheel work for someone who has only pip, anywhere on the disk, with no extra?"""

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = "pme-plasturgie-romorantin.yaml"
MAX_BYTES = 5_000_000
EXTRAS = ("polars", "durable", "starlette", "pyspark", "rich")

pytestmark = pytest.mark.wheel


def run(*command: str | Path, cwd: Path) -> str:
    """What a command prints; the test fails with what it complains about."""
    clean = {name: text for name, text in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command, cwd=cwd, env=clean, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", out, cwd=ROOT)
    (built,) = out.glob("aides_matcher-*-py3-none-any.whl")
    return built


@pytest.fixture(scope="module")
def scripts(wheel, tmp_path_factory) -> Path:
    """The commands of an environment that holds the wheel and what it needs at run time."""
    home = tmp_path_factory.mktemp("clean")
    venv.create(home, with_pip=True)
    folder = home / ("Scripts" if os.name == "nt" else "bin")
    pip = (folder / "python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    lock = ROOT / "requirements" / "runtime.lock"
    run(*pip, "--require-hashes", "--requirement", lock, cwd=home)
    run(*pip, "--no-deps", "--no-index", wheel, cwd=home)
    return folder


def test_is_small(wheel):
    size = wheel.stat().st_size
    assert size < MAX_BYTES, f"{wheel.name}: {size} bytes; what came in with the data?"


def test_holds_the_data_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    schemes = {path.name for path in (ROOT / "rules" / "schemes").glob("*.yaml")}
    packed = {Path(name).name for name in names if name.startswith("matcher/_data/rules/schemes/")}
    assert packed == schemes
    assert "matcher/_data/catalogue.json" in names
    assert f"matcher/_data/profiles/examples/{EXAMPLE}" in names
    assert "matcher/py.typed" in names
    for licence in ("LICENSE", "LICENSE-DATA"):
        assert any(name.endswith(f".dist-info/licenses/{licence}") for name in names)
    foreign = [name for name in names if not name.startswith(("matcher/", "aides_matcher-"))]
    assert not foreign, f"the wheel also carries {foreign}"
    assert not [name for name in names if "__pycache__" in name]


def test_matches_from_another_folder(scripts, tmp_path):
    profile = tmp_path / "société.yaml"
    shutil.copy(ROOT / "profiles" / "examples" / EXAMPLE, profile)
    said = run(scripts / "matcher", "match", profile, "--on", "2026-05-04", cwd=tmp_path)
    assert "ligible" in said, said
    assert set("éèàç") & set(said), f"not French, or not UTF-8:\n{said}"
    english = run(
        scripts / "matcher", "match", profile, "--on", "2026-05-04", "--lang", "en", cwd=tmp_path
    )
    assert english != said


def test_is_the_installed_one_without_extras(scripts, tmp_path):
    code = (
        "import importlib.util, matcher; print(matcher.__file__);"
        f"print(*(name for name in {EXTRAS!r} if importlib.util.find_spec(name)))"
    )
    where, *extras = run(scripts / "python", "-c", code, cwd=tmp_path).splitlines()
    assert Path(where).is_relative_to(scripts.parent), where
    assert not "".join(extras), f"a plain installation brings {extras}"
