"""What is a person told when Spark, or the Java that it needs, is missing?"""

import pytest
from click.testing import CliRunner

from matcher.cli.main import main
from matcher.portfolio import spark_start
from matcher.portfolio.on_spark import spark_parts, why
from matcher.portfolio.spark_start import SparkError, java_version, with_retries
from tests.portfolio.spark.portfolios import clients


@pytest.fixture
def no_java(monkeypatch, tmp_path):
    monkeypatch.setattr(spark_start, "find_spec", lambda _: True)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("PYSPARK_GATEWAY_PORT", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def a_java(folder, says):
    """A program that says which Java it is."""
    java = folder / "java"
    java.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    java.chmod(0o755)


@pytest.mark.parametrize(
    ("lang", "what"),
    [("fr", "Spark a besoin de Java, introuvable ici"), ("en", "Spark needs Java")],
)
@pytest.mark.usefixtures("no_java")
def test_without_java_it_says_what_to_install(lang, what, tmp_path):
    path = tmp_path / "clients.csv"
    clients(3).write_csv(path)
    args = ["batch", str(path), "--engine", "spark", "--yes", "--lang", lang]
    done = CliRunner().invoke(main, [*args, "--out", str(tmp_path / "out")])
    assert done.exit_code == 2
    assert what in done.stderr
    assert "sudo apt install openjdk-17-jre-headless" in done.stderr
    assert "Traceback" not in done.output
    assert not (tmp_path / "out").exists()


def test_without_pyspark_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(spark_start, "find_spec", lambda _: None)
    with pytest.raises(SparkError) as told:
        spark_parts("local[*]")
    for lang in ("fr", "en"):
        assert "pip install 'aides-matcher[spark]'" in told.value.render(lang)


@pytest.mark.parametrize(
    ("says", "version"),
    [
        ('openjdk version "17.0.15" 2025-04-15', 17),
        ('openjdk version "21" 2023-09-19', 21),
        ('java version "1.8.0_402"', 8),
        ("nothing of the sort", None),
    ],
)
def test_the_version_of_java_is_read(no_java, says, version):
    a_java(no_java, says)
    assert java_version() == version


def test_an_old_java_is_not_enough(no_java):
    a_java(no_java, 'openjdk version "11.0.2"')
    with pytest.raises(SparkError, match="Java 11"):
        spark_parts("local[*]")


def test_java_home_comes_first(no_java, monkeypatch):
    home = no_java / "home"
    (home / "bin").mkdir(parents=True)
    a_java(home / "bin", 'openjdk version "21.0.1"')
    a_java(no_java, 'openjdk version "11.0.2"')
    monkeypatch.setenv("JAVA_HOME", str(home))
    assert java_version() == 21


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("local", "local[1,4]"),
        ("local[*]", "local[*,4]"),
        ("local[2]", "local[2,4]"),
        ("local[2,1]", "local[2,1]"),
        ("local-cluster[2,1,1024]", "local-cluster[2,1,1024]"),
        ("spark://host:7077", "spark://host:7077"),
    ],
)
def test_a_task_is_tried_again_on_one_machine_too(asked, given):
    assert with_retries(asked) == given


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Job aborted: Python worker exited unexpectedly (crashed)", "mémoire"),
        ("Traceback\n  File x\nOSError: [Errno 28] No space left\n\tat org.apache", "OSError"),
        ("matcher.portfolio.object_stores.StoreSilentError: s3://a/b", "le dépôt ne répond pas"),
        ("org.apache.spark.SparkException: Job 3 cancelled", "SparkException"),
        ("", "SparkException"),
    ],
)
def test_a_failure_is_told_without_what_it_quotes(text, told):
    assert told in why(text).fr
    assert "Errno" not in why(text).fr
