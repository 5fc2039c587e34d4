"""How is a table of Spark that is in no file matched, where it is?

    from matcher.portfolio.spark_tables import matched

    answers = matched(spark.table("clients"), on=datetime.date(2026, 5, 4))

Needs `pip install 'pyspark[sql]'` (Arrow). Its rows go through Java on both ways: a table that is
in Parquet files is matched several times faster by `matcher batch --engine spark`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import polars as pl
import polars.selectors as cs

from matcher.api import Catalogue
from matcher.catalogue.content import Content
from matcher.engines.columnar.engine import ColumnarEngine, JudgedFrame
from matcher.engines.columnar.frame import DTYPES, MAX, MIN, NONE, values_of
from matcher.facts.profile import Profile
from matcher.facts.vocabulary import Vocabulary
from matcher.language.diagnostics import ProfileError
from matcher.language.text import Text
from matcher.meaning.consistency import refuse_contradictions
from matcher.portfolio.inputs import PART_ROWS
from matcher.portfolio.results import WINDOW, code_columns, criteria_of, results_of
from matcher.portfolio.spark_start import SparkError, named

CONTRADICTS = "@contradicts"
SPARK_TYPES: Mapping[pl.DataType, str] = {
    pl.Boolean(): "boolean",
    pl.Int64(): "bigint",
    pl.Date(): "date",
    pl.String(): "string",
}
NO_ARROW = Text(
    "une table de Spark qui n'est pas en fichiers a besoin d'Arrow et de pandas",
    "a table of Spark that is not in files needs Arrow and pandas",
)
NO_ARROW_FIX = Text("pip install 'pyspark[sql]'", "pip install 'pyspark[sql]'")
OTHER_TYPE = Text(
    "la colonne « {name} » est de type {found} ; il faut {wanted}",
    "the column “{name}” is of type {found}; it must be {wanted}",
)
OTHER_TYPE_FIX = Text(
    "Convertissez-la : les montants en centimes, les dates en date.",
    "Convert it: amounts in cents, dates as date.",
)
NO_FACT = Text("aucune colonne n'a le nom d'un fait", "no column has the name of a fact")
NO_FACT_FIX = Text(
    "Nommez-les comme le vocabulaire : applicant.headcount, site.insee…",
    "Name them as the vocabulary does: applicant.headcount, site.insee…",
)


@dataclass(frozen=True)
class _Asked:
    """What a process needs to know to match rows."""

    rules: Path | None
    day: int
    schemes: tuple[str, ...]


def matched(
    table: Any,
    on: datetime.date,
    schemes: Sequence[str] = (),
    rules: Path | None = None,
) -> Any:
    """A DataFrame of Spark with the answers beside its columns, and no shuffle.

    The columns of facts are typed as `matcher.engines.columnar.frame` says; the others are left as
    they are. The answers are those of `matcher.portfolio.results`, and `@contradicts`: the fact
    that cannot be, given the others; such a row has no outcome. Raises `MatcherError`.
    """
    if find_spec("pyarrow") is None or find_spec("pandas") is None:
        raise SparkError(NO_ARROW, NO_ARROW_FIX)
    catalogue = Catalogue.load(rules)
    for id_ in schemes:
        catalogue.scheme(id_)
    content = catalogue.content
    asked = _Asked(rules, on.toordinal(), tuple(schemes) or catalogue.schemes)
    facts = _typed({f.name: f.dataType.simpleString() for f in table.schema.fields}, content)
    _one_thread_a_core(table)
    names = table.columns
    plain = table.toDF(*(f"c{index}" for index in range(len(names))))  # Spark splits at the dots
    return plain.mapInArrow(
        lambda batches: _answered(asked, names, facts, batches), _schema(table, asked, content)
    )


def _typed(columns: Mapping[str, str], content: Content) -> list[str]:
    """The columns that hold facts, of the right type; raises `SparkError`."""
    wanted = _wanted(content.vocabulary)
    facts = [name for name in columns if name in wanted]
    for name in facts:
        if columns[name] != wanted[name]:
            parts = {"name": name, "found": columns[name], "wanted": wanted[name]}
            told = OTHER_TYPE.filled({key: named(text) for key, text in parts.items()})
            raise SparkError(told, OTHER_TYPE_FIX)
    if not facts:
        raise SparkError(NO_FACT, NO_FACT_FIX)
    return facts


def _wanted(vocabulary: Vocabulary) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, fact in vocabulary.items():
        found |= dict.fromkeys((key, key + MIN, key + MAX), SPARK_TYPES[DTYPES[fact.kind]])
        found[key + NONE] = SPARK_TYPES[pl.Boolean()]
    return found


def _schema(table: Any, asked: _Asked, content: Content) -> Any:
    from pyspark.sql.types import LongType, StringType, StructField, StructType

    fields = list(table.schema.fields)
    for id_ in asked.schemes:
        fields += [StructField(name, StringType()) for name in (id_, id_ + WINDOW)]
        codes = code_columns(id_, criteria_of(content.schemes[id_]))
        fields += [StructField(name, LongType()) for name in codes]
    return StructType([*fields, StructField(CONTRADICTS, StringType())])


def _one_thread_a_core(table: Any) -> None:
    from pyspark.sql.utils import is_remote

    if not is_remote():
        spark = table.sparkSession.sparkContext
        spark.environment["POLARS_MAX_THREADS"] = spark.getConf().get("spark.task.cpus", "1")


# ---------------------------------------------------------------------------------------- the task
def _answered(
    asked: _Asked, names: Sequence[str], facts: Sequence[str], batches: Iterable[Any]
) -> Iterator[Any]:
    """Batches of Arrow with the answers beside their columns."""
    import pyarrow as pa

    for some in _gathered(batches):
        whole = pa.Table.from_batches(some).rename_columns(names)
        frame = pl.from_arrow(whole.select(facts))
        assert isinstance(frame, pl.DataFrame)
        for column in _answers(asked, frame).iter_columns():
            kind = pa.int64() if column.dtype == pl.Int64() else pa.string()
            whole = whole.append_column(column.name, column.to_arrow().cast(kind))
        yield from whole.combine_chunks().to_batches()


def _gathered(batches: Iterable[Any]) -> Iterator[list[Any]]:
    """Batches by the hundred thousand rows: judging a few costs as much as judging many."""
    some: list[Any] = []
    for batch in batches:
        some.append(batch)
        if sum(one.num_rows for one in some) >= PART_ROWS:
            yield some
            some = []
    if some:
        yield some


@lru_cache(maxsize=1)
def _opened(asked: _Asked) -> ColumnarEngine:
    return ColumnarEngine(Catalogue.load(asked.rules).content, asked.day, asked.schemes)


def _answers(asked: _Asked, frame: pl.DataFrame) -> pl.DataFrame:
    engine = _opened(asked)
    judged = engine.judged(frame)
    results = as_spark_types(results_of(judged, engine.schemes))
    refused = _contradictions(frame, judged, engine.content)
    outcomes = [pl.when(refused.is_null()).then(pl.col(id_)).alias(id_) for id_ in engine.schemes]
    return results.with_columns(*outcomes, refused)


def as_spark_types(results: pl.DataFrame) -> pl.DataFrame:
    """Outcomes and windows as text, criteria as numbers of one size."""
    return results.with_columns((~cs.integer()).cast(pl.String), cs.integer().cast(pl.Int64))


def _contradictions(frame: pl.DataFrame, judged: JudgedFrame, content: Content) -> pl.Series:
    """For each row, the fact that cannot be on any date given the others, or null."""
    found: list[str | None] = [None] * frame.height
    flags = judged.conflicts
    suspect = flags.select(pl.any_horizontal(pl.all())).to_series() if flags.width else pl.Series()
    for index in suspect.cast(pl.Boolean).arg_true():
        row = frame.row(index, named=True)
        profile = Profile(values_of(row, content.vocabulary))
        try:
            refuse_contradictions(profile, content.computation, content.vocabulary)
        except ProfileError as error:
            found[index] = str(dict(error.diagnostics[0].parts)["key"])
    return pl.Series(CONTRADICTS, found, dtype=pl.String)
