"""What does a profile file, or a mapping of facts, say?"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from matcher.facts.numbers import date_written
from matcher.facts.profile import Answer, Notice, Profile
from matcher.facts.read_value import RefusedError, ValueReader, short
from matcher.facts.tables import Tables
from matcher.facts.values import Known, Options, Span, option
from matcher.facts.vocabulary import FactDeclaration, Vocabulary
from matcher.language.diagnostics import Diagnostics, Place, ProfileError, RuleError, nearest
from matcher.language.text import Text
from matcher.language.yaml_text import (
    MAX_BYTES,
    MAX_DEPTH,
    Document,
    Path_,
    read_yaml,
    read_yaml_file,
)

ABOUT = "about"
AUTHORITY = "authority"
MAX_FACTS = 1_000
MOST_SUGGESTIONS = 20


class AnswerInput(BaseModel):
    """An authority's answer as a profile carries it."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    unknown: str
    value: Any
    holds_for: Any = None
    on: Any = None
    given_by: str | None = None


ANSWERED_TWICE = Text("deux réponses à la même question", "two answers to the same question")


@dataclass(frozen=True)
class Vocabularies:
    """What a profile may speak of: facts, the unknowns an authority can answer, the tables.

    `inputs` lists what each derived fact is computed from; `holds_by` the fact on which the answer
    to an unknown depends.
    """

    facts: Vocabulary
    unknowns: Mapping[str, FactDeclaration] = field(default_factory=dict)
    tables: Tables = field(default_factory=dict)
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    holds_by: Mapping[str, str] = field(default_factory=dict)


def read_profile(source: object, speaks_of: Vocabularies) -> Profile:
    """The profile in a mapping, a path to a YAML or JSON file, or the text of one as bytes.

    Raises `ProfileError` with every mistake found.
    """
    document = _document(source)
    if not isinstance(document.data, Mapping):
        found = Diagnostics()
        found.add("P12", document.place(()), got=_got(document.data))
        raise ProfileError(tuple(found))
    try:
        return _Reader(document, speaks_of).profile()
    except ProfileError:
        placed = _with_places(document, source)
        if placed is None:
            raise
        return _Reader(placed, speaks_of).profile()


def _with_places(document: Document, source: object) -> Document | None:
    """A JSON document read again for the places of its parts: JSON is YAML, but slower to read."""
    if document.places or isinstance(source, Mapping) or not isinstance(source, str | Path | bytes):
        return None
    try:
        raw = source if isinstance(source, bytes) else _read(Path(source))
        places = read_yaml(raw, document.file, strict=False).places
    except (RuleError, OSError):
        return None
    return Document(document.file, document.data, places) if places else None


def _got(data: object) -> Text:
    match data:
        case None:
            return Text("rien", "nothing")
        case str():
            return Text("un texte", "a text")
        case list() | tuple():
            return Text("une liste", "a list")
        case _:
            return Text("une valeur seule", "a single value")


def _document(source: object) -> Document:
    try:
        match source:
            case Path():
                return _from_file(source)
            case bytes():
                return _from_text(source, "-")
            case Mapping():
                return Document("", source, {})
            case str():
                return _from_file(Path(source))
            case _:
                return Document("", source, {})
    except RuleError as error:
        raise ProfileError(error.diagnostics) from None


def _from_file(path: Path) -> Document:
    try:
        return _from_text(_read(path), str(path))
    except (OSError, ValueError):
        return read_yaml_file(path, strict=False)


def _read(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _from_text(raw: bytes, file: str) -> Document:
    if raw.lstrip()[:1] in (b"{", b"[") and len(raw) <= MAX_BYTES:
        try:
            data = json.loads(
                raw,
                parse_float=str,
                parse_int=str,
                parse_constant=str,
                object_pairs_hook=_without_twins,
            )
        except (ValueError, RecursionError):
            return read_yaml(raw, file, strict=False)
        if _depth(data) <= MAX_DEPTH:
            return Document(file, data, {})
    return read_yaml(raw, file, strict=False)


def _without_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object, none of whose keys may be written twice: the YAML reader then tells where."""
    data = dict(pairs)
    if len(data) < len(pairs):
        raise ValueError("a key is written twice")
    return data


def _depth(data: object) -> int:
    depth, level = 0, [data]
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            item
            for part in level
            if isinstance(part, dict | list)
            for item in (part.values() if isinstance(part, dict) else part)
        ]
    return depth


@dataclass
class _Reader:
    """Reads one profile; all its mistakes are told at once."""

    document: Document
    speaks_of: Vocabularies
    found: Diagnostics = field(default_factory=Diagnostics)
    notices: list[Notice] = field(default_factory=list)
    declined: set[str] = field(default_factory=set)

    def profile(self) -> Profile:
        data = dict(self.document.data)
        about = str(data.pop(ABOUT, "") or "")
        answers = self._answers(data.pop(AUTHORITY, None))
        values = self._values(data)
        if self.found.errors:
            raise ProfileError(tuple(self.found))
        filled = self._fill_siren(values)
        return Profile(
            values,
            frozenset(self.declined),
            answers,
            tuple(self.notices),
            about,
            self.document.file,
            filled,
        )

    def _values(self, data: Mapping[str, object]) -> dict[str, Known]:
        if sum(1 for _ in islice(self._entries(data, (), ""), MAX_FACTS + 1)) > MAX_FACTS:
            self.found.add("P17", self._place(()), limit=MAX_FACTS)
            return {}
        values: dict[str, Known] = {}
        seen: set[str] = set()
        reader = ValueReader(self.speaks_of.tables, self.found, self.notices)
        for key, path, raw in self._entries(data, (), ""):
            place = self._place(path)
            if key in seen:
                self.found.add("P14", place, key=key)
            seen.add(key)
            fact = self._fact(key, place)
            if fact is None:
                continue
            if raw == "declined" or raw == {"declined": True} or raw == {"declined": "true"}:
                self.declined.add(key)
                continue
            try:
                known = reader.read(fact, raw, place)
            except RefusedError:
                continue
            if known is not None:
                values[key] = known
        return dict(sorted(values.items()))

    def _entries(
        self, data: Mapping[str, object], path: Path_, prefix: str
    ) -> Iterator[tuple[str, Path_, object]]:
        """Facts written nested (`applicant: {kind: …}`) or dotted (`applicant.kind: …`)."""
        for name, raw in data.items():
            key = f"{prefix}{name}"
            here = (*path, name)
            if isinstance(raw, Mapping | None) and self._is_group(key):
                yield from self._entries(raw or {}, here, f"{key}.")
            else:
                yield key, here, raw

    def _is_group(self, key: str) -> bool:
        return any(known.startswith(f"{key}.") for known in self.speaks_of.facts)

    def _fact(self, key: str, place: Place) -> FactDeclaration | None:
        fact = self.speaks_of.facts.get(key)
        if fact is None:
            few = len(self.found) < MOST_SUGGESTIONS
            near = nearest(key, self.speaks_of.facts) or self._same_end(key) if few else None
            self.found.add("P01", place, suggestion=near, key=short(key))
        elif not fact.settable:
            inputs = ", ".join(self.speaks_of.inputs.get(key, ())) or "—"
            self.found.add("P09", place, key=key, inputs=inputs)
            return None
        return fact

    def _same_end(self, key: str) -> str | None:
        ends = {known.split(".", 1)[-1]: known for known in self.speaks_of.facts}
        near = nearest(key.rsplit(".", maxsplit=1)[-1], ends)
        return ends[near] if near else None

    def _place(self, path: Path_) -> Place:
        if not self.document.places:
            return Place(self.document.file)
        return self.document.place(path)

    # ----------------------------------------------------------------------------- the authorities
    def _answers(self, raw: object) -> dict[str, tuple[Answer, ...]]:
        answers: dict[str, tuple[Answer, ...]] = {}
        items = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else []
        wrong = raw is not None and not isinstance(raw, Sequence)
        if wrong or isinstance(raw, str) or len(items) > MAX_FACTS:
            self.found.add("P16", self._place((AUTHORITY,)), name=AUTHORITY, problem="[…]")
        for index, item in enumerate(items):
            place = self._place((AUTHORITY, index))
            read = self._answer(item, place)
            if read is not None:
                key, answer = read
                earlier = answers.get(key, ())
                if any(other.holds_for == answer.holds_for for other in earlier):
                    self.found.add("P16", place, name=key, problem=ANSWERED_TWICE)
                answers[key] = (*earlier, answer)
        return answers

    def _answer(self, item: object, place: Place) -> tuple[str, Answer] | None:
        renamed = (
            {("holds_for" if k == "for" else k): v for k, v in item.items()}
            if isinstance(item, Mapping)
            else item
        )
        try:
            given = AnswerInput.model_validate(renamed)
        except ValidationError as error:
            wrong = [str(e["loc"][-1] if e["loc"] else "?") for e in error.errors()]
            problem = ", ".join("for" if name == "holds_for" else name for name in wrong)
            self.found.add("P16", place, name="?", problem=short(problem))
            return None
        declared = self.speaks_of.unknowns.get(given.unknown)
        if declared is None:
            near = nearest(given.unknown, self.speaks_of.unknowns)
            self.found.add("P13", place, suggestion=near, name=short(given.unknown))
            return None
        reader = ValueReader(self.speaks_of.tables, self.found, self.notices)
        try:
            known = reader.read(declared, given.value, place)
            holds_for = self._holds_for(given, reader, place)
        except RefusedError:
            return None
        day = date_written(given.on)
        if known is None or (given.on is not None and day is None):
            self.found.add("P16", place, name=given.unknown, problem="value, on")
            return None
        return given.unknown, Answer(known, holds_for, day, given.given_by)

    def _holds_for(self, given: AnswerInput, reader: ValueReader, place: Place) -> str | None:
        """The value of the fact on which the answer depends; it must be given, and exist."""
        by = self.speaks_of.holds_by.get(given.unknown)
        if by is None:
            return None
        if given.holds_for is None:
            self.found.add("P16", place, name=given.unknown, problem="for")
            raise RefusedError
        match reader.read(self.speaks_of.facts[by], given.holds_for, place):
            case Options(members) if len(members) == 1:
                return str(next(iter(members)))
            case Span(low, high) if low == high:
                return str(low)
            case _:
                self.found.add("P16", place, name=given.unknown, problem="for")
                raise RefusedError

    # --------------------------------------------------------------------------------- identifiers
    def _fill_siren(self, values: dict[str, Known]) -> frozenset[str]:
        """The SIREN is the first nine digits of the SIRET; both must agree. What was filled in."""
        siret, siren = self._checked_by("siret"), self._checked_by("siren")
        match values.get(siret or ""):
            case Options(members) if siren and len(members) == 1:
                expected = str(next(iter(members)))[:9]
            case _:
                return frozenset()
        if siren not in values:
            values[siren] = option(expected)
            return frozenset({siren})
        if values[siren] != option(expected):
            place = self._place((siren,))
            self.found.add("P10", place, key=siret, value=expected, others=siren)
            raise ProfileError(tuple(self.found))
        return frozenset()

    def _checked_by(self, check: str) -> str | None:
        """The fact of the applicant or the site that holds an identifier of a kind."""
        keys = [k for k, f in self.speaks_of.facts.items() if f.check == check and not f.codes]
        return keys[0] if len(keys) == 1 else None


def shown_known(known: Known) -> Text:
    """A value as a message shows it."""
    match known:
        case Options(members):
            text = ", ".join(sorted(map(str, members))[:5])
        case Span(low, high) if low == high:
            text = str(low)
        case Span(low, high):
            text = f"{low} – {high}"
        case _:
            text = "none"
    return Text(text, text)
