"""Is a folder the results of `matcher batch`, whole, and what is in it?"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl
from pydantic import BaseModel, ConfigDict, ValidationError

from matcher.answers.views import Outcome
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text
from matcher.portfolio.errors import SourceError
from matcher.portfolio.jobs import RESULTS, WORK
from matcher.portfolio.locations import Location, answering, each, listed
from matcher.portfolio.parts import LINE
from matcher.portfolio.results import WINDOW, code_columns
from matcher.portfolio.run import RUN

VERSION = 1
Wanted = type[Outcome] | type[WindowState] | None
"""What a column holds: one of the words of an enumeration, else codes."""
NO_RESULTS = Text(
    "ce n'est pas un dossier de résultats de `matcher batch`",
    "this is not a folder of results of `matcher batch`",
)
NO_RESULTS_FIX = Text(
    "Donnez le dossier que `matcher batch` a écrit (celui qui contient run.json) ; pour un fichier "
    "de clients : matcher compare --input FICHIER --on DATE1 --on DATE2.",
    "Give the folder that `matcher batch` wrote (the one that holds run.json); for a client file: "
    "matcher compare --input FILE --on DATE1 --on DATE2.",
)
UNFINISHED = Text("cette exécution n'est pas terminée", "this run is not finished")
UNFINISHED_FIX = Text(
    "Relancez la même commande `matcher batch` : elle reprendra où elle s'est arrêtée.",
    "Run the same `matcher batch` command again: it will go on where it stopped.",
)
OTHER_FORM = Text(
    "ces résultats ont été écrits par une autre version du programme",
    "these results were written by another version of the program",
)
DAMAGED = Text(
    "les tables de résultats manquent ou sont abîmées",
    "the tables of results are missing or damaged",
)
AGAIN_FIX = Text(
    "Refaites-les avec `matcher batch`, dans un nouveau dossier.",
    "Make them again with `matcher batch`, in a new folder.",
)


class _Counts(BaseModel):
    model_config = ConfigDict(strict=True)
    results: int
    rejects: int


class _RunShape(BaseModel):
    """What a comparison reads of `run.json`."""

    finished: bool
    file: str
    input: str
    catalogue: str
    on: datetime.date
    sheet: str | None = None
    schemes: tuple[str, ...]
    criteria: Mapping[str, tuple[str, ...]]
    summary: _Counts | None = None


@dataclass(frozen=True)
class ResultSet:
    """The results of one run. `columns` are those that are not of a scheme, in order."""

    folder: Location
    told: _RunShape = field(repr=False)
    parts: tuple[Location, ...] = field(repr=False)
    columns: tuple[str, ...]

    @property
    def file(self) -> str:
        """The name of the client file."""
        return self.told.file

    @property
    def day(self) -> int:
        """The date of the question."""
        return self.told.on.toordinal()

    @property
    def digest(self) -> str:
        """Identifies the catalogue."""
        return self.told.catalogue

    @property
    def schemes(self) -> tuple[str, ...]:
        """The schemes that were studied."""
        return self.told.schemes

    @property
    def rows(self) -> int:
        """How many rows have a result."""
        assert self.told.summary is not None
        return self.told.summary.results

    @property
    def rejects(self) -> int:
        """How many rows were rejected."""
        assert self.told.summary is not None
        return self.told.summary.rejects

    def criteria(self, scheme: str) -> tuple[str, ...]:
        """The ids of the criteria of a scheme; none where it was not studied."""
        return self.told.criteria.get(scheme, ())

    def same_input(self, other: ResultSet) -> bool:
        """Whether both read the same lines of the same file."""
        mine, others = self.told, other.told
        return (mine.input, mine.file, mine.sheet) == (others.input, others.file, others.sheet)

    def read(self, columns: Sequence[str | pl.Expr]) -> pl.DataFrame:
        """Some columns of all rows, in the order of the input."""
        try:
            with answering(self.folder):
                whole = pl.scan_parquet([*map(str, self.parts)], glob=False)
                return whole.select(columns).collect()
        except (pl.exceptions.PolarsError, OSError):
            raise SourceError(DAMAGED, AGAIN_FIX, file=str(self.folder)) from None

    def rejected_of(self, lines: pl.Series) -> int:
        """How many of some lines were rejected, where the folder still says which.

        Part by part: a register may have millions.
        """
        if lines.is_empty():
            return 0
        places = listed(self.folder / WORK, "*.rejects.parquet")
        try:
            with answering(self.folder):
                found = each(_lines, places)
                return sum(len(lines.filter(lines.is_in(some.implode()))) for some in found)
        except (pl.exceptions.PolarsError, OSError):
            return 0


def _lines(rejects: Location) -> pl.Series:
    return pl.read_parquet(str(rejects), columns=["line"], glob=False)["line"]


def results_in(folder: Location) -> ResultSet:
    """The results in a folder; raises `SourceError`, which says what to do."""
    told = _told(folder)
    if not told.finished or told.summary is None:
        raise SourceError(UNFINISHED, UNFINISHED_FIX, file=str(folder))
    parts = tuple(listed(folder / RESULTS, "*.parquet"))
    found = ResultSet(folder, told, parts, _own_columns(folder, told, parts))
    if found.read([pl.len()]).item() != found.rows:
        raise SourceError(DAMAGED, AGAIN_FIX, file=str(folder))
    return found


def _told(folder: Location) -> _RunShape:
    try:
        data = json.loads((folder / RUN).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise SourceError(NO_RESULTS, NO_RESULTS_FIX, file=str(folder)) from None
    if isinstance(data, dict) and "finished" in data and data.get("schema_version") != VERSION:
        raise SourceError(OTHER_FORM, AGAIN_FIX, file=str(folder))
    try:
        return _RunShape.model_validate(data)
    except ValidationError:
        raise SourceError(NO_RESULTS, NO_RESULTS_FIX, file=str(folder)) from None


def _own_columns(folder: Location, told: _RunShape, parts: Iterable[Location]) -> tuple[str, ...]:
    """The columns that are not of a scheme, once it is sure that each scheme has all of its own."""
    wanted: dict[str, Wanted] = {}
    for id_ in told.schemes:
        wanted |= {id_: Outcome, id_ + WINDOW: WindowState}
        wanted |= dict.fromkeys(code_columns(id_, told.criteria.get(id_, ())))
    own: tuple[str, ...] = ()
    for part in parts:
        schema = _schema(folder, part)
        if not all(_fits(schema.get(name), kind) for name, kind in wanted.items()):
            raise SourceError(DAMAGED, AGAIN_FIX, file=str(folder))
        own = tuple(n for n, dtype in schema.items() if n not in wanted and dtype == pl.String)
    if not own and not any(True for _ in parts):
        raise SourceError(DAMAGED, AGAIN_FIX, file=str(folder))
    return own


def _schema(folder: Location, part: Location) -> Mapping[str, pl.DataType]:
    try:
        with answering(folder):
            schema = pl.scan_parquet(str(part), glob=False).collect_schema()
    except (pl.exceptions.PolarsError, OSError):
        raise SourceError(DAMAGED, AGAIN_FIX, file=str(folder)) from None
    if schema.get(LINE) != pl.Int64:
        raise SourceError(DAMAGED, AGAIN_FIX, file=str(folder))
    return schema


def _fits(dtype: pl.DataType | None, kind: Wanted) -> bool:
    if kind is None:
        return dtype in (pl.Int32, pl.Int64)
    return isinstance(dtype, pl.Enum) and set(dtype.categories) == {str(one) for one in kind}
