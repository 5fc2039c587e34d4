"""How are the columns and the first rows of an input understood, before anything is matched?"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field

from matcher.answers.decisions import speaker_of
from matcher.answers.sentences import Speaker
from matcher.api import Catalogue
from matcher.engines.columnar.frame import values_of
from matcher.language.text import Text
from matcher.portfolio.columns import Column, Confidence, Use
from matcher.portfolio.inputs import Detected
from matcher.portfolio.parts import LINE, Warned
from matcher.portfolio.source import Source

ROWS = 5
WIDEST = 44
MARKS = {Confidence.GIVEN: "✓", Confidence.SURE: "✓", Confidence.LIKELY: "?", Confidence.NONE: "·"}
WORDS = {
    "columns": Text("Colonnes", "Columns"),
    "read_as": Text("lue comme", "read as"),
    "rows": Text("Premières lignes, telles qu'elles sont comprises", "First rows, as understood"),
    "line": Text("ligne {line}", "line {line}"),
    "nothing": Text("rien de connu", "nothing known"),
    "warnings": Text("À regarder dans ces lignes", "To look at in these lines"),
    "corrected": Text("corrigé", "corrected"),
    "unknown": Text("laissé inconnu", "left unknown"),
    "rejected": Text("Lignes rejetées", "Rejected rows"),
    "kept": Text("gardée telle quelle", "kept as it is"),
    "ignored": Text("laissée de côté", "left out"),
    "client": Text("nom du client", "name of the client"),
    "confirm": Text(
        "✓ reconnue, ? à confirmer, · non lue. Pour corriger : enregistrez la correspondance, "
        "modifiez-la, et donnez-la avec --map.",
        "✓ recognised, ? to be confirmed, · not read. To correct: save the mapping, edit it, and "
        "give it with --map.",
    ),
}


@dataclass(frozen=True, slots=True)
class UnderstoodColumn:
    """A column as it is understood: what it is read as, how sure that is, and its first cells."""

    header: str
    use: Use
    read_as: Text
    confidence: Confidence
    why: Text
    samples: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class UnderstoodRow:
    """A row as it is understood: each fact that is known, in words."""

    line: int
    client: str | None = field(repr=False)
    facts: tuple[tuple[Text, Text], ...] = field(repr=False)


@dataclass(frozen=True)
class Preview:
    """What an input looks like to the program."""

    file: str
    detected: Detected
    total: int | None
    columns: tuple[UnderstoodColumn, ...]
    rows: tuple[UnderstoodRow, ...]
    warnings: tuple[Warned, ...]
    rejects: tuple[tuple[int, str], ...]
    notes: tuple[Text, ...] = ()


def preview(source: Source, catalogue: Catalogue, count: int = ROWS) -> Preview:
    """The columns and the first rows of an input, as they are understood."""
    speaker = speaker_of(catalogue.content)
    part = next(source.parts())
    read = source.read_first(part, count)
    rejects = tuple((line, reason) for line, reason in read.rejects.select("line", "reason").rows())
    return Preview(
        source.path.name,
        source.detected,
        source.total,
        tuple(_column(column, speaker) for column in source.mapping.columns),
        tuple(_row(row, source, speaker) for row in read.frame.head(count).iter_rows(named=True)),
        read.warnings,
        rejects,
        source.notes,
    )


def _column(column: Column, speaker: Speaker) -> UnderstoodColumn:
    match column.use:
        case Use.FACT if column.fact is not None:
            label = speaker.label(column.fact)
            unit = f" [{column.unit}]" if column.unit else ""
            read_as = Text(f"{label.fr}{unit}", f"{label.en}{unit}")
        case Use.CLIENT:
            read_as = WORDS["client"]
        case Use.IGNORED:
            read_as = WORDS["ignored"]
        case _:
            read_as = WORDS["kept"]
    return UnderstoodColumn(
        column.header, column.use, read_as, column.confidence, column.why, column.samples
    )


def _row(row: dict[str, object], source: Source, speaker: Speaker) -> UnderstoodRow:
    client = source.mapping.client
    known = values_of(row, source.lexicon.facts)
    facts = tuple((speaker.label(key), speaker.known(key, value)) for key, value in known.items())
    line, name = row[LINE], row.get(client) if client else None
    assert isinstance(line, int)
    return UnderstoodRow(line, None if name is None else str(name), facts)


# ------------------------------------------------------------------------------------------ as text
def preview_text(shown: Preview, lang: str = "fr", width: int = 100) -> str:
    """A preview as plain text for a terminal."""
    return "\n".join(_lines(shown, lang, width)) + "\n"


def _lines(shown: Preview, lang: str, width: int) -> Iterator[str]:
    yield f"{shown.file} — {detected_text(shown.detected, shown.total).in_(lang)}"
    for note in shown.notes:
        yield from _wrapped(f"· {note.in_(lang)}", width, 2)
    yield from ["", WORDS["columns"].in_(lang)]
    longest = max((len(c.header) for c in shown.columns), default=0)
    widest = min(WIDEST, width // 3, longest)
    for column in shown.columns:
        yield from _column_lines(column, lang, widest, width)
    yield from textwrap.wrap(WORDS["confirm"].in_(lang), width)
    yield from ["", WORDS["rows"].in_(lang)]
    for row in shown.rows:
        yield from _row_lines(row, lang, width)
    yield from _told(shown, lang, width)


def _column_lines(column: UnderstoodColumn, lang: str, widest: int, width: int) -> Iterator[str]:
    colon = " : " if lang == "fr" else ": "
    mark = "✓" if column.use is Use.CLIENT else MARKS[column.confidence]
    header = _short(column.header, widest).ljust(widest)
    yield _short(f"  {mark} {header}  {column.read_as.in_(lang)}", width)
    samples = " | ".join(column.samples)
    known = column.confidence is Confidence.SURE or column.why == column.read_as
    told = [] if known else [column.why.in_(lang)]
    told += [("ex." if lang == "fr" else "e.g.") + colon + samples] if samples else []
    for text in told if column.use is not Use.IGNORED else []:
        yield _short(f"    {' ' * widest}  {text}", width)


def _row_lines(row: UnderstoodRow, lang: str, width: int) -> Iterator[str]:
    line = WORDS["line"].in_(lang).replace("{line}", str(row.line))
    yield _short(f"  {line}" + (f" — {row.client}" if row.client else ""), width)
    colon = " : " if lang == "fr" else ": "
    for label, value in row.facts:
        yield from _wrapped(f"      {label.in_(lang)}{colon}{value.in_(lang)}", width, 8)
    if not row.facts:
        yield f"      {WORDS['nothing'].in_(lang)}"


def _told(shown: Preview, lang: str, width: int) -> Iterator[str]:
    if shown.warnings:
        yield from ["", WORDS["warnings"].in_(lang)]
    for one in shown.warnings:
        end = WORDS["corrected" if one.read else "unknown"].in_(lang)
        lines = ", ".join(map(str, one.lines)) + ("…" if one.count > len(one.lines) else "")
        where = WORDS["line"].in_(lang).replace("{line}", lines)
        colon = " : " if lang == "fr" else ": "
        text = f"  {one.column} ({where}){colon}{one.reason.in_(lang)} → {end}"
        yield from _wrapped(text, width, 4)
    if shown.rejects:
        yield from ["", WORDS["rejected"].in_(lang)]
    for line, reason in shown.rejects:
        where = WORDS["line"].in_(lang).replace("{line}", str(line))
        yield from _wrapped(f"  {where}{' : ' if lang == 'fr' else ': '}{reason}", width, 4)


_DELIMITERS = {"\t": Text("tabulation", "tab")}
_FORMATS = {"csv": "CSV", "excel": "Excel", "parquet": "Parquet", "json lines": "JSON lines"}


def detected_text(detected: Detected, total: int | None = None) -> Text:
    """The format of an input in words."""
    parts = [Text(*[_FORMATS.get(detected.format, detected.format)] * 2)]
    if detected.encoding:
        parts.append(Text(*[detected.encoding] * 2))
    if detected.delimiter:
        sign = _DELIMITERS.get(detected.delimiter, Text(*[f"« {detected.delimiter} »"] * 2))
        parts.append(Text(f"séparateur {sign.fr}", f"delimiter {sign.en}"))
    if detected.sheet:
        parts.append(Text(f"feuille « {detected.sheet} »", f"sheet “{detected.sheet}”"))
    if detected.files > 1:
        parts.append(Text(f"{detected.files} fichiers", f"{detected.files} files"))
    if detected.header_line and detected.header_line > 1:
        line = detected.header_line
        parts.append(Text(f"en-têtes ligne {line}", f"headers on line {line}"))
    if total is not None:
        parts.append(Text(f"{total} lignes", f"{total} rows"))
    return Text(", ".join(p.fr for p in parts), ", ".join(p.en for p in parts))


def _wrapped(text: str, width: int, indent: int) -> list[str]:
    """A text over as many lines as it takes, the next ones further in."""
    return list(map(_bare, textwrap.wrap(text, width, subsequent_indent=" " * indent)))


def _short(text: str, width: int) -> str:
    """A text on one line, cut where it is too long."""
    bare = _bare(text)
    return bare if len(bare) <= width else bare[: width - 1] + "…"


def _bare(text: str) -> str:
    """A text without control characters."""
    return "".join(char if char.isprintable() else " " for char in text)
