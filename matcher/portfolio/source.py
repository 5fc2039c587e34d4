"""What is in a client file, and how is it read part by part?

source = open_source("clients.csv", catalogue)
for part in source.parts():
    rows = source.read_part(part)      # rows.frame, rows.rejects, rows.warnings
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from matcher.api import Catalogue
from matcher.facts.tables import Tables
from matcher.language.text import Text
from matcher.portfolio.columns import ColumnMapping, Use
from matcher.portfolio.errors import SourceError
from matcher.portfolio.guessing import Guesser
from matcher.portfolio.inputs import Detected, Input, no_header
from matcher.portfolio.lexicon import Lexicon, read_lexicon
from matcher.portfolio.locations import Location, at_hand, location_of
from matcher.portfolio.mapping_file import MappingFile, applied, read_mapping
from matcher.portfolio.notes import notes_on
from matcher.portfolio.opening import open_input
from matcher.portfolio.parts import LINE, Part, PartRows, Raw
from matcher.portfolio.reading import RowReader

NOT_A_WORKBOOK = Text("ce fichier n'a pas de feuilles", "this file has no sheets")
NOT_A_WORKBOOK_FIX = Text(
    "Retirez --sheet : il ne sert que pour un classeur.", "Leave out --sheet: it is for workbooks."
)


@dataclass(frozen=True)
class Source:
    """An input that was opened: its format, what its columns are taken for, and its parts.

    `notes` tell what to know before it is used.
    """

    path: Location
    input: Input = field(repr=False)
    mapping: ColumnMapping
    lexicon: Lexicon = field(repr=False)
    tables: Tables = field(repr=False)
    lang: str = "fr"
    notes: tuple[Text, ...] = ()
    _reader: RowReader = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        reader = RowReader(self.mapping, self.lexicon, self.tables, self.lang, self.input.canonical)
        object.__setattr__(self, "_reader", reader)

    @property
    def detected(self) -> Detected:
        """The format, as it was detected."""
        return self.input.detected

    @property
    def total(self) -> int | None:
        """How many rows there are, where that is cheap to know."""
        return self.input.total()

    @property
    def kept(self) -> tuple[str, ...]:
        """The caller's own columns, as they are named in the frames of the parts."""
        return tuple(self._reader.name_of(column) for column in self.mapping.kept)

    def parts(self) -> Iterator[Part]:
        """The parts, in order; each can be read alone, and has an id that does not change."""
        return self.input.parts()

    def read_part(self, part: Part) -> PartRows:
        """The rows of a part, as a typed frame."""
        return self._reader.rows(part, self.input.raw(part, self._wanted))

    def read_first(self, part: Part, count: int) -> PartRows:
        """The first rows of a part only, for a preview."""
        raw = self.input.raw(part, self._wanted)
        few = raw.frame.head(count)
        last = few[LINE][-1] if few.height == count else None
        rejects = tuple(r for r in raw.rejects[:count] if last is None or r.line <= last)
        return self._reader.rows(part, Raw(few, rejects))

    @property
    def _wanted(self) -> list[int]:
        """The columns that are read: facts, what is kept, and what forbids to reproduce names."""
        columns = self.mapping.columns
        hiding = self.mapping.hidden.columns
        return [c.index for c in columns if c.use is not Use.IGNORED or c.header in hiding]


def open_source(
    path: str | Location,
    catalogue: Catalogue,
    mapping: ColumnMapping | str | Location | None = None,
    lang: str = "fr",
    *,
    sheet: str | None = None,
) -> Source:
    """An input, with its columns as they are understood or as a mapping says.

    `mapping` is a mapping or the file of one; `sheet` names a sheet of a workbook. Raises
    `MatcherError` (a `SourceError`, a `WorkbookError` or mistakes of the mapping file).
    """
    lexicon = Lexicon(read_lexicon(), catalogue.content.vocabulary)
    given = None
    if mapping is not None and not isinstance(mapping, ColumnMapping):
        with at_hand(location_of(mapping)) as file:
            given = read_mapping(file, lexicon)
    place = location_of(path)
    guesser = Guesser(lexicon)
    names = given.columns if given else {}
    wanted = sheet or (given.sheet if given else None)
    found = open_input(place, lambda name: name in names or guesser.known(name), wanted)
    if sheet and found.detected.sheet is None:
        raise SourceError(NOT_A_WORKBOOK, NOT_A_WORKBOOK_FIX, file=place.name)
    columns = _mapping(mapping, given, guesser, found)
    if not columns.facts:
        raise no_header(place.name)
    notes = tuple(notes_on(columns, found.detected, lexicon, names))
    return Source(place, found, columns, lexicon, catalogue.content.tables, lang, notes)


def _mapping(
    mapping: ColumnMapping | str | Location | None,
    given: MappingFile | None,
    guesser: Guesser,
    found: Input,
) -> ColumnMapping:
    if isinstance(mapping, ColumnMapping):
        return mapping
    guessed = guesser.mapping(found.names, found.sample(), canonical=found.canonical)
    return guessed if given is None else applied(given, guessed)
