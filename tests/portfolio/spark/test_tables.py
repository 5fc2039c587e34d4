"""Does a table of Spark get the answers that a frame gets?"""

import datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from matcher.engines.columnar.engine import ColumnarEngine
from matcher.portfolio import spark_tables
from matcher.portfolio.results import results_of
from matcher.portfolio.spark_start import SparkError
from matcher.portfolio.spark_tables import CONTRADICTS, as_spark_types, matched

ON = datetime.date(2026, 5, 4)
SCHEMA = (
    "number bigint, note struct<a: int, b: array<string>>, `applicant.headcount@min` bigint, "
    "`applicant.headcount@max` bigint, `applicant.size` string, `applicant.kind` string, "
    "`project.eligible_cost_eur` bigint, `site.insee` string"
)
SIZES = (None, "tpe", "pme", "eti|ge")
KINDS = ("entreprise_privee", "association", None)
COSTS = (None, 39_999_999, 40_000_000)
PLACES = ("41194", "75056", None)


def row(number: int) -> tuple:
    """A row; a headcount of 10 or more is not that of a very small company."""
    low = (None, 10, 300)[number % 3]
    note = (number, ["a", None]) if number % 2 else None
    return (
        number,
        note,
        low,
        low and low + 39,
        SIZES[number % 4],
        KINDS[number % 5 % 3],
        COSTS[number % 7 % 3],
        PLACES[number % 11 % 3],
    )


TYPES = {"bigint": pl.Int64, "string": pl.String}
ROWS = [row(number) for number in range(400)]


@pytest.fixture(scope="module")
def session(spark):
    from pyspark.sql import SparkSession

    return SparkSession(spark)


def test_the_answers_are_those_of_a_frame(session, catalogue):
    table = session.createDataFrame(ROWS, SCHEMA).repartition(3)
    schemes = catalogue.schemes[:8]
    answers = matched(table, ON, schemes)
    assert answers.columns[: len(table.columns)] == table.columns
    plain = answers.drop("note")
    schema = [(f.name, TYPES[f.dataType.simpleString()]) for f in plain.schema.fields]
    found = pl.DataFrame([tuple(r) for r in plain.collect()], schema, orient="row").sort("number")
    facts = found.select(n for n in found.columns if n in SCHEMA and "." in n)
    engine = ColumnarEngine(catalogue.content, ON.toordinal(), schemes)
    expected = as_spark_types(results_of(engine.judged(facts), engine.schemes))
    good = found[CONTRADICTS].is_null()
    assert 0 < found.height - good.sum() < found.height
    assert_frame_equal(found.filter(good).select(expected.columns), expected.filter(good))
    assert found.filter(~good)[CONTRADICTS].unique().to_list() == ["applicant.size"]
    assert found.filter(~good).select(schemes).null_count().row(0) == (sum(~good),) * len(schemes)
    notes = {r["number"]: r["note"] for r in answers.select("number", "note").collect()}
    assert [notes[number] for number in range(4)] == [
        None,
        (1, ["a", None]),
        None,
        (3, ["a", None]),
    ]


def test_a_column_of_another_type_is_refused(session):
    table = session.createDataFrame([(1.5,)], "`applicant.headcount` double")
    with pytest.raises(SparkError) as told:
        matched(table, ON)
    assert "“applicant.headcount” is of type double; it must be bigint" in told.value.render("en")


def test_a_table_without_facts_is_refused(session):
    with pytest.raises(SparkError, match="aucune colonne"):
        matched(session.range(3), ON)


def test_without_arrow_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(spark_tables, "find_spec", lambda _: None)
    with pytest.raises(SparkError) as told:
        matched(None, ON)
    assert "pip install 'pyspark[sql]'" in told.value.render("fr")
