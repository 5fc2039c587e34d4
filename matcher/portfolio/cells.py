"""What does one cell say of a fact? What a profile file may hold, and what people write in cells.

Whatever the writing, the value goes through the reader of profiles, so that both mean the same.
A cell that cannot be read gives a problem, told without the value.
"""

from __future__ import annotations

import datetime
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from matcher.facts.profile import Notice
from matcher.facts.read_value import RefusedError, ValueReader
from matcher.facts.tables import Table, Tables, folded
from matcher.facts.typed import TypedReader
from matcher.facts.typed_forms import Read, Unread, Which
from matcher.facts.values import INFINITY, NOTHING, Known, Members, Span, option
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.diagnostics import Diagnostic, Diagnostics, Place
from matcher.language.text import Text
from matcher.language.types import Kind
from matcher.portfolio import problems
from matcher.portfolio.columns import Column
from matcher.portfolio.lexicon import Lexicon
from matcher.portfolio.place_names import name_and_code, named_by, quarter_of

LONGEST = 500
SEVERAL = "|"
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?e[+-]?\d+\Z", re.IGNORECASE)
_SERIAL = re.compile(r"[2-7]\d{4}(?:[.,]\d+)?\Z")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|\+00:00)?\Z")
_DAY_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z")
_SHORT_YEAR = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}\Z")
_LAST_DIGIT = re.compile(r"(.*\d)(.*)\Z", re.DOTALL)
_PARTS = re.compile(r"\s*[;|\n]\s*")
_COMMAS = re.compile(r"\s*[,/+]\s*")
_HAS_UNIT = re.compile(r"\d\s*(?:€|e\b|eur|k|m)", re.IGNORECASE)
_FIGURES = re.compile(r"\d[\d\s\u00a0\u202f.,]*")
_PLUS = re.compile(r"\+\s*\d")
_ENDS_WITH_ZERO = re.compile(r"0\D*\Z")
_NOT_DIGITS = re.compile(r"\D")
_WORD = re.compile(r"[^\W\d]")
_RUN = re.compile(r"\d(?:[ .\u00a0\u202f-]?\d)*")
SMALL = 100_000
LENGTHS = {"siren": 9, "siret": 14}
SIRET = LENGTHS["siret"]
NO_ESTABLISHMENT = "00000"  # no number of an establishment: the digits were rounded away
_UNDATED = 693_594  # the day number of Excel's day 0, 1899-12-30
_LAST_SERIAL = 73_050  # 2099-12-31


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says: a value, nothing, or the problem that keeps it from being read.

    `change` tells what was corrected on the way, `candidates` the codes that a name may mean.
    """

    known: Known | None = None
    problem: Text | None = None
    change: Text | None = None
    candidates: tuple[str, ...] = ()


EMPTY = Cell()


@dataclass(frozen=True)
class CellReader:
    """Reads the cells of one column."""

    fact: FactDeclaration
    column: Column
    lexicon: Lexicon
    tables: Tables
    canonical: bool = False  # numbers come from a typed file: the point is that of the decimals
    _typed: TypedReader = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_typed", TypedReader(self.tables))

    def read(self, text: str) -> Cell:
        """What a cell says, whose text has no space around it."""
        if len(text) > LONGEST:
            return Cell(problem=problems.TOO_LONG)
        word = text.casefold()
        if not text or word in self.lexicon.words("unknown"):
            return EMPTY
        if word in self.lexicon.words("errors"):
            return Cell(problem=problems.FORMULA)
        if text[0] in "{[" and (form := _form(text)) is not None:
            return self._checked(form)
        return self._said(text)

    def _said(self, text: str) -> Cell:
        listed = self._listed(text)
        if listed is not None:
            return listed
        if self.column.bracket and (cell := self._bracket(text)) is not None:
            return cell
        match self.fact.kind:
            case Kind.BOOLEAN:
                return self._boolean(text)
            case Kind.CHOICE:
                return self._choices(text)
            case Kind.SET:
                return self._set(text)
            case Kind.CODE:
                return self._code(text)
            case Kind.DATE:
                return self._date(text)
            case _:
                return self._number(text)

    def _checked(self, raw: object) -> Cell:
        """A value as a profile gives it, checked as those of profiles are."""
        found, notices = Diagnostics(), list[Notice]()
        try:
            known = ValueReader(self.tables, found, notices).read(self.fact, raw, Place())
        except RefusedError:
            return self._refused(next(iter(found)))
        return Cell(known, change=problems.changed(notices))

    def _refused(self, diagnostic: Diagnostic) -> Cell:
        return Cell(problem=problems.refused(diagnostic, self.fact))

    # ------------------------------------------------------------------- words listed for a column
    def _listed(self, text: str) -> Cell | None:
        """What the words of the column, then those of the fact, say; the longest beginning wins."""
        word = folded(text)
        for words in (self.column.values, self.lexicon.values(self.fact.key)):
            for known, value in words.items():
                if "*" not in known and folded(known) == word:
                    return self._one_of(value)
            begun = [k for k in words if k.endswith("*") and text.startswith(k[:-1])]
            if begun:
                return self._one_of(words[max(begun, key=len)])
        return None

    def _one_of(self, value: str) -> Cell:
        if value == "unknown":
            return EMPTY
        several = value.split(SEVERAL)
        return self._checked({"one_of": several} if len(several) > 1 else value)

    def _bracket(self, text: str) -> Cell | None:
        """The range of a code of the register; None where the cell holds something else."""
        table = self.tables.get(self.fact.brackets or "")
        bare = text.removesuffix(".0")
        row = table.row(bare) or table.row(bare.zfill(2)) if table is not None else None
        if row is None:
            return EMPTY if text.upper() == "NN" else None
        low, high = row["low"], row["high"]
        if low == high:
            return self._checked(int(low))
        return Cell(Span(int(low), int(high) if high else INFINITY))

    # ------------------------------------------------------------------------------ numbers, dates
    def _number(self, text: str) -> Cell:
        if _SCIENTIFIC.match(text) and not self.canonical:
            return Cell(problem=problems.SCIENTIFIC)
        if self.column.mixed and self.column.unit is None and _may_be_thousands(text):
            return Cell(problem=problems.NO_UNIT)
        if _PLUS.match(text):
            return Cell(problem=problems.PLUS)
        if self.canonical and _SCIENTIFIC.match(text):
            return self._checked(Decimal(text.replace(",", ".")))
        found = _LAST_DIGIT.match(text)
        if self.column.unit and found:
            typed = self._typed.read(self.fact, f"{found[1]} {self.column.unit}{found[2]}")
            if not isinstance(typed, Unread):
                return self._settled(typed, text)
        return self._settled(self._typed.read(self.fact, text), text)

    def _settled(self, typed: Read | Which | Unread, text: str) -> Cell:
        match typed:
            case Read(value):
                return self._checked(value)
            case Which(candidates) if len(candidates) == 2 and (index := self._sign(text)) >= 0:
                return self._checked(candidates[index].value)
            case Which():
                return Cell(problem=problems.AMBIGUOUS_NUMBER)
            case Unread():
                return Cell(problem=problems.unread(typed, self.fact))

    def _sign(self, text: str) -> int:
        """Which of the two readings of "1,250" is meant: thousands (0), decimals (1), or -1."""
        comma = "," in text
        # A number out of a typed cell has no zero at the end of its decimals: a person wrote this.
        if self.canonical and not comma and not _ENDS_WITH_ZERO.search(text):
            return 1
        if self.column.numbers is None:
            return -1
        return int(comma == (self.column.numbers == "fr"))

    def _date(self, text: str) -> Cell:
        if dated := _DATED.match(text):
            return self._checked(dated[1])
        if _SERIAL.match(text) and (serial := int(text[:5])) <= _LAST_SERIAL:
            return self._serial(serial)
        if _SHORT_YEAR.match(text):
            return Cell(problem=problems.SHORT_YEAR)
        if self.column.dates == "mdy" and (found := _DAY_MONTH.match(text)):
            text = f"{found[2]}/{found[1]}/{found[3]}"
        return self._settled(self._typed.read(self.fact, text), "")

    def _serial(self, serial: int) -> Cell:
        cell = self._checked(datetime.date.fromordinal(_UNDATED + serial))
        return Cell(cell.known, cell.problem, change=problems.SERIAL if cell.known else None)

    # -------------------------------------------------------------------- booleans, choices, sets
    def _boolean(self, text: str) -> Cell:
        word = text.casefold()
        bare = word.removesuffix(".0")
        yes, no = bare in self.lexicon.words("yes"), bare in self.lexicon.words("no")
        return self._checked(yes if yes != no else word)

    def _choices(self, text: str) -> Cell:
        parts = text.split(SEVERAL) if SEVERAL in text else [text]
        chosen = [self._choice(part) for part in parts]
        known = [choice for choice in chosen if choice is not None]
        if len(known) < len(chosen):
            return self._checked(text)
        return self._one_of(SEVERAL.join(known))

    def _choice(self, text: str) -> str | None:
        """The choice of that name, or the only one whose name begins with these words."""
        word = folded(text)
        names = {
            choice: (folded(choice), folded(label.fr), folded(label.en))
            for choice, label in self.fact.choices
        }
        exact = [choice for choice, known in names.items() if word and word in known]
        begun = [c for c, known in names.items() if any(n.startswith(f"{word} ") for n in known)]
        found = exact or (begun if word else [])
        return found[0] if len(found) == 1 or exact else None

    def _set(self, text: str) -> Cell:
        if text.casefold() in self.lexicon.words("none"):
            return Cell(Members(frozenset()))
        for pattern in (_PARTS, _COMMAS):
            chosen = [self._member(part) for part in pattern.split(text) if part]
            known = [choice for choice in chosen if choice is not None]
            if known and len(known) == len(chosen):
                return self._checked(known)
        return self._checked([text])

    def _member(self, text: str) -> str | None:
        listed = self._listed(text)
        if listed is not None and isinstance(listed.known, Members) and len(listed.known.items):
            return next(iter(listed.known.items))
        return self._choice(text)

    # --------------------------------------------------------------------------------------- codes
    def _code(self, text: str) -> Cell:
        if _SCIENTIFIC.match(text):
            return Cell(problem=problems.SCIENTIFIC)
        if self.fact.none is not None and text.casefold() in self.lexicon.words("none"):
            return Cell(NOTHING)
        table = self.tables.get(self.fact.codes or "")
        if table is not None and SEVERAL in text:
            return self._checked({"one_of": [part.strip() for part in text.split(SEVERAL)]})
        if table is not None and self.fact.check is None:
            return self._coded(text, table)
        if table is None and self.fact.check in LENGTHS:
            return self._identified(text, LENGTHS[self.fact.check])
        return self._checked(text)

    def _identified(self, text: str, length: int) -> Cell:
        """An identifier; the only one in a text is found, several are told, none is guessed."""
        bare = _NOT_DIGITS.sub("", text.removesuffix(".0"))
        if length == SIRET and len(bare) >= length - 2 and bare.endswith(NO_ESTABLISHMENT):
            return Cell(problem=problems.ROUNDED)
        if len(bare) <= length:
            cell = self._checked(text)
            if cell.known is not None or not _WORD.search(text):
                return cell
        found = dict.fromkeys(_identifiers(text, length))
        valid = [cell for one in found if (cell := self._checked(one)).known is not None]
        if len(valid) == 1 and len(found) == 1:
            return Cell(valid[0].known, change=problems.AMONG_WORDS)
        return Cell(problem=problems.SEVERAL_NUMBERS) if len(found) > 1 else self._checked(text)

    def _coded(self, text: str, table: Table) -> Cell:
        """A code or a name of a table: zeros lost by a spreadsheet and "St" are put back."""
        bare = text.removesuffix(".0")
        if text.upper() not in self.keys and (found := self._placed(text, table)) is not None:
            return found
        if bare.isdecimal() and bare not in self.keys and f"0{bare}" in self.keys:
            return Cell(option(f"0{bare}"), change=problems.ZERO)
        if any(c.isdigit() for c in text) or text.upper() in self.keys:
            return self._checked(bare)
        keys = self._named(text, table)
        if len(keys) == 1:
            return Cell(option(keys[0]), change=problems.RENAMED)
        return (
            Cell(problem=problems.SEVERAL_PLACES, candidates=keys) if keys else self._checked(bare)
        )

    def _placed(self, text: str, table: Table) -> Cell | None:
        """The code of a name that stands beside a code, or of a part of a town."""
        helpers = self.lexicon.narrowed_by(self.fact.key)
        if not helpers:
            return None
        halves, quarter = name_and_code(text), quarter_of(text)
        keys = self._named(quarter, table) if quarter is not None else ()
        if halves is not None and not keys:
            keys = named_by(self._named(halves[0], table), halves[1], helpers, table, self.tables)
        return Cell(option(keys[0]), change=problems.RENAMED) if len(keys) == 1 else None

    @cached_property
    def keys(self) -> frozenset[str]:
        """The codes that the fact may have."""
        tables = (self.tables.get(name or "") for name in (self.fact.codes, self.fact.or_codes))
        return frozenset(key for table in tables if table is not None for key in table.keys())  # noqa: SIM118  not a dict

    def _named(self, text: str, table: Table) -> tuple[str, ...]:
        """The codes of a name, written with "St" too, or of a former name."""
        names = dict.fromkeys((text, self._spelt_out(text)))
        for name in names:
            if keys := table.named(name):
                return tuple(keys)
        aliases = self.tables.get(table.aliases or "")
        for name in names if aliases is not None else ():
            assert aliases is not None
            rows = [list((aliases.row(key) or {}).values()) for key in aliases.named(name)]
            if rows:
                return tuple(sorted({row[1] for row in rows if len(row) > 1}))
        return ()

    def _spelt_out(self, text: str) -> str:
        saint = self.lexicon.shape.words.saint
        return " ".join(saint.get(word, word) for word in folded(text).split())


def _may_be_thousands(text: str) -> bool:
    """Whether a small number has no unit; zero is the same in any."""
    if _HAS_UNIT.search(text):
        return False
    numbers = (re.sub(r"[.,]\d{1,2}\Z", "", one.strip(" .,")) for one in _FIGURES.findall(text))
    return any(0 < int(_NOT_DIGITS.sub("", number) or 0) < SMALL for number in numbers)


def _identifiers(text: str, length: int) -> list[str]:
    """The numbers of a length in a text, however their digits are grouped."""
    runs = (_NOT_DIGITS.sub("", run) for run in _RUN.findall(text))
    return [run for run in runs if len(run) == length]


def _form(text: str) -> object:
    """A value written as in a profile: `{"min": 50, "max": 99}`, `["a", "b"]`."""
    try:
        return json.loads(text, parse_float=str, parse_int=str, parse_constant=str)
    except (ValueError, RecursionError):
        return None
