"""How is the command line run here? In this process, in its own process, and on a terminal."""

import contextlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from matcher.cli import main

COMMAND = [sys.executable, "-m", "matcher"]


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory):
    """A cache folder of this run alone; the folders of tests share it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        patch.delenv("NO_COLOR", raising=False)
        patch.delenv("FORCE_COLOR", raising=False)
        yield os.environ["XDG_CACHE_HOME"]


@pytest.fixture(scope="session")
def example(root):
    """The profile that the documents show."""
    return str(root / "profiles" / "examples" / "pme-plasturgie-romorantin.yaml")


@pytest.fixture
def folder(root, tmp_path):
    """A small whole catalogue that may be changed: its rules folder."""
    shutil.copytree(root / "tests" / "bad" / "good", tmp_path / "small")
    return tmp_path / "small" / "rules"


@pytest.fixture(scope="session")
def run():
    """Run a command in this process: its exit code, what it says, and what it complains of."""

    def runs(*arguments, given=None, columns="100"):
        runner = CliRunner(env={"COLUMNS": columns})
        result = runner.invoke(main, [str(a) for a in arguments], input=given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return runs


@pytest.fixture
def process(root):
    """Run a command in a process of its own."""

    def runs(*arguments, given=None, **env):
        return subprocess.run(
            [*COMMAND, *map(str, arguments)],
            cwd=root,
            input=given,
            env={**os.environ, **env},
            capture_output=True,
            check=False,
        )

    return runs


@dataclass
class Seen:
    """What a terminal showed."""

    text: str
    code: int


@pytest.fixture
def terminal(root):
    """Run a command on a terminal."""
    import pty

    def runs(*arguments, **env):
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [*COMMAND, *map(str, arguments)],
            cwd=root,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, **env},
        )
        os.close(theirs)
        shown = b"".join(parts_of(ours))
        os.close(ours)
        return Seen(shown.decode(), process.wait())

    return runs


def parts_of(descriptor):
    """What comes from a terminal until the program has gone, which is an error on Linux."""
    with contextlib.suppress(OSError):
        while part := os.read(descriptor, 65_536):
            yield part
