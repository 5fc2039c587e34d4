"""How is the reading of columns written to a file that people can correct, and read back?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from matcher.language.diagnostics import Diagnostics, nearest
from matcher.language.shape import shaped
from matcher.language.text import Text
from matcher.language.yaml_text import Document, read_yaml_file
from matcher.portfolio.columns import Column, ColumnMapping, Confidence, Use
from matcher.portfolio.errors import SourceError
from matcher.portfolio.headers import unit_of
from matcher.portfolio.inputs import Detected
from matcher.portfolio.lexicon import Lexicon
from matcher.portfolio.shapes import FactColumnShape, MappingShape

GIVEN = Text("fichier de correspondance", "mapping file")
BAD_UNIT = Text(
    "« {unit} » n'est pas une unité de {fact} (colonne « {header} »)",
    "“{unit}” is not a unit of {fact} (column “{header}”)",
)
BAD_UNIT_FIX = Text("Par exemple k€, M€, mois, %.", "For example k€, M€, months, %.")
TWICE = Text(
    "deux colonnes sont lues comme {fact} : « {first} » et « {second} »",
    "two columns are read as {fact}: “{first}” and “{second}”",
)
TWICE_FIX = Text("Gardez-en une, et mettez `keep` à l'autre.", "Keep one, and set `keep` to other.")


@dataclass(frozen=True)
class MappingFile:
    """What a mapping file says of each header."""

    columns: Mapping[str, FactColumnShape | str]
    sheet: str | None = None


_USES = {"client": Use.CLIENT, "keep": Use.KEPT, "ignore": Use.IGNORED}


# ------------------------------------------------------------------------------------------ reading
def read_mapping(path: Path, lexicon: Lexicon) -> MappingFile:
    """A mapping file; raises `MatcherError` with every mistake and where it is."""
    document = read_yaml_file(path)
    found = Diagnostics()
    shape = shaped(document, MappingShape, found)
    found.raise_errors()
    assert shape is not None
    for header, column in shape.columns.items():
        if isinstance(column, FactColumnShape):
            _check_fact(header, column, document, lexicon, found)
    found.raise_errors()
    for header, column in shape.columns.items():
        if isinstance(column, FactColumnShape):
            _check_unit(header, column, lexicon, path.name)
    _check_twins(shape, path.name)
    return MappingFile(shape.columns, shape.sheet)


def _check_fact(
    header: str, column: FactColumnShape, document: Document, lexicon: Lexicon, found: Diagnostics
) -> None:
    place = document.value_place(("columns", header, "fact"))
    fact = lexicon.facts.get(column.fact)
    if fact is None:
        near = nearest(column.fact, lexicon.facts)
        found.add("P01", place, suggestion=near, key=column.fact)
    elif not fact.settable:
        found.add("P09", place, key=column.fact, inputs="—")


def _check_unit(header: str, column: FactColumnShape, lexicon: Lexicon, file: str) -> None:
    if column.unit is None or unit_of(column.unit, lexicon.facts[column.fact], lexicon):
        return
    parts = {"unit": column.unit, "fact": column.fact, "header": header}
    raise SourceError(_filled(BAD_UNIT, parts), BAD_UNIT_FIX, file=file)


def _check_twins(shape: MappingShape, file: str) -> None:
    first: dict[str, str] = {}
    for header, column in shape.columns.items():
        if isinstance(column, FactColumnShape):
            if column.fact in first:
                parts = {"fact": column.fact, "first": first[column.fact], "second": header}
                raise SourceError(_filled(TWICE, parts), TWICE_FIX, file=file)
            first[column.fact] = header


def _filled(text: Text, parts: Mapping[str, str]) -> Text:
    return text.filled({name: Text(part, part) for name, part in parts.items()})


def applied(given: MappingFile, guessed: ColumnMapping) -> ColumnMapping:
    """A guessed mapping, with what a file says of each column; other columns are kept."""
    taken = {c.fact for c in given.columns.values() if isinstance(c, FactColumnShape)}
    named = "client" in given.columns.values()
    columns = [
        _applied(column, given.columns.get(column.header), taken, named)
        for column in guessed.columns
    ]
    return replace(guessed, columns=tuple(columns))


def _applied(
    column: Column, said: FactColumnShape | str | None, taken: set[str], named: bool
) -> Column:
    if said is None:
        elsewhere = column.fact in taken or (named and column.use is Use.CLIENT)
        return replace(column, use=Use.KEPT, fact=None) if elsewhere else column
    if isinstance(said, str):
        use, confidence = _USES[said], Confidence.GIVEN
        return replace(column, use=use, fact=None, unit=None, confidence=confidence, why=GIVEN)
    return replace(
        column,
        use=Use.FACT,
        fact=said.fact,
        unit=said.unit,
        bracket=said.brackets,
        numbers=said.numbers,
        dates=said.dates,
        values=said.values or (column.values if column.fact == said.fact else {}),
        confidence=Confidence.GIVEN,
        why=GIVEN,
    )


# ------------------------------------------------------------------------------------------ writing
HEAD = """\
# Correspondance des colonnes : comment chaque colonne du fichier est lue. À relire, à corriger et à
# réutiliser avec `--map`.
#   {fact: clé}   la colonne donne ce fait (`matcher facts` les liste)
#     unit        unité des nombres écrits sans unité : "k€", "M€", mois…
#     numbers     fr (1 234,56) ou en (1,234.56), pour les nombres douteux comme 1,250
#     dates       dmy (jour d'abord) ou mdy (mois d'abord)
#     brackets    true : codes de tranche d'effectif d'un registre
#     values      vos mots : {"usine": "production_industrielle"}
#   client        la colonne nomme le client
#   keep          gardée telle quelle dans les résultats ;  ignore : laissée de côté
# How each column of the file is read: to be checked, corrected and used again with `--map`.
version: 1
"""


def mapping_text(mapping: ColumnMapping, detected: Detected | None = None) -> str:
    """A mapping as the text of a file, without any cell of the input."""
    return HEAD + "\n".join(_lines(mapping, detected)) + "\n"


def _lines(mapping: ColumnMapping, detected: Detected | None) -> Iterator[str]:
    if detected is not None and detected.sheet is not None:
        yield f"sheet: {_quoted(detected.sheet)}"
    yield "columns:"
    for column in mapping.columns:
        why = "" if column.use is Use.IGNORED else f"   # {column.why.fr}"
        yield f"  {_quoted(column.header)}: {_said(column)}{why}"


def _said(column: Column) -> str:
    if column.use is not Use.FACT:
        return next(word for word, use in _USES.items() if use is column.use)
    parts = [f"fact: {column.fact}"]
    parts += [f"unit: {_quoted(column.unit)}"] if column.unit else []
    parts += ["brackets: true"] if column.bracket else []
    parts += [f"numbers: {column.numbers}"] if column.numbers else []
    parts += [f"dates: {column.dates}"] if column.dates != "dmy" else []
    if column.values:
        pairs = (f"{_quoted(k)}: {_quoted(v)}" for k, v in column.values.items())
        parts.append("values: {" + ", ".join(pairs) + "}")
    return "{" + ", ".join(parts) + "}"


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(
        c if c.isprintable() or c in "\u00a0\u202f" else f"\\U{ord(c):08x}" for c in quoted
    )
