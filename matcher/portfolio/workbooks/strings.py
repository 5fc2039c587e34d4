"""Which texts do the cells of a workbook share?"""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from matcher.portfolio.workbooks.errors import WorkbookError
from matcher.portfolio.workbooks.limits import MOST_DEPTH, Limits
from matcher.portfolio.workbooks.xml_text import MAIN, fed, guarded, unescaped

# The first texts, which are also the most used, are kept ready; the others are packed as UTF-8, in
# a quarter of the room.
READY = 50_000
LONGEST_NUMBER = 10


class SharedStrings:
    """Texts by their number, in little room."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._ready: list[str] = []
        self._packed = bytearray()
        self._ends = array("Q", [0])
        self._size = 0

    def add(self, text: str) -> None:
        """Keep one more text."""
        if len(text) > self._limits.cell_characters:
            limit = str(self._limits.cell_characters)
            raise WorkbookError("text_too_long", parts={"limit": limit})
        self._size += len(text)
        if len(self._ready) < READY:
            self._ready.append(text)
        else:
            self._packed += text.encode("utf-8", "replace")
            self._ends.append(len(self._packed))
        if len(self) > self._limits.strings or self._size > self._limits.string_bytes:
            raise WorkbookError("too_many_strings", parts={"limit": str(len(self) - 1)})

    def __len__(self) -> int:
        return len(self._ready) + len(self._ends) - 1

    def text(self, number: str) -> str:
        """The text that a cell points to."""
        index = int(number) if len(number) <= LONGEST_NUMBER and number.isdecimal() else -1
        if not 0 <= index < len(self):
            raise WorkbookError("damaged", parts={"part": "sharedStrings"})
        if index < READY:
            return self._ready[index]
        start, end = self._ends[index - READY], self._ends[index - READY + 1]
        return self._packed[start:end].decode("utf-8")


def shared_strings(chunks: Iterable[bytes], part: str, limits: Limits) -> SharedStrings:
    """Read the part that holds the shared texts."""
    reader = _StringsParser(part, limits)
    try:
        for _ in fed(reader.parser, chunks, part):
            reader.check()
    finally:
        reader.release()
    return reader.strings


class _StringsParser:
    """Joins the runs of each text; how the text is pronounced (`rPh`) is left out."""

    def __init__(self, part: str, limits: Limits) -> None:
        self.strings = SharedStrings(limits)
        self.parser = guarded(part)
        self._part = part
        self._limits = limits
        self._open: list[str] = []
        self._runs: list[str] = []
        self._texts: list[str] = []
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._texts.append

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        namespace, _, local = name.rpartition(" ")
        self._open.append(local if namespace in MAIN else "")
        self._texts.clear()
        if len(self._open) > MOST_DEPTH:
            raise WorkbookError("too_deep", parts={"part": self._part})

    def _end(self, _name: str) -> None:
        local = self._open.pop()
        if local == "t" and "rPh" not in self._open:
            self._runs.append("".join(self._texts))
        elif local == "si":
            self.strings.add(unescaped("".join(self._runs)))
            self._runs.clear()
        self._texts.clear()

    def check(self) -> None:
        """Refuse a text that grows too long before it ends."""
        size = sum(map(len, self._texts)) + sum(map(len, self._runs)) + len(self._runs)
        if size > self._limits.cell_characters:
            raise WorkbookError("text_too_long", parts={"limit": str(self._limits.cell_characters)})

    def release(self) -> None:
        """Undo the cycle of parser and handlers."""
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = None
        self.parser.CharacterDataHandler = None
