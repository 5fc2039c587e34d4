"""Which fact, in which unit, does the header of a column speak of?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matcher.facts.typed_numbers import number_typed
from matcher.facts.values import Span
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.types import Kind
from matcher.portfolio.columns import Confidence
from matcher.portfolio.lexicon import Lexicon, Meaning, plain

NUMERIC = frozenset({Kind.INTEGER, Kind.NUMBER, Kind.EUROS})
_ASIDE = re.compile(
    r"(?P<base>.*?)\s*[(\[]\s*(?:en |in )?(?P<aside>[^()\[\]]*?)\s*[)\]]\s*\Z", re.IGNORECASE
)
_IN = re.compile(r"(?P<base>.+?),?\s+(?:en|in)\s+(?P<aside>[^()]+)\Z", re.IGNORECASE)
_LAST = re.compile(
    r"(?P<base>.+?)[\s,/-]+(?P<aside>\S*[€%]|\S*eur(?:os)?|\w{1,6})\Z", re.IGNORECASE
)
_DATED = re.compile(r"(?: (?:au|en|a fin|fin|at|of|au titre de|exercice|annee|year))?"
                    r"(?: \d{1,2} \d{1,2})? ((?:19|20)\d\d)\Z")  # fmt: skip
_HARMLESS = re.compile(
    r"[\d\s./-]*\Z|.*\b(?:19|20)\d\d\b.*\Z|(?:jj|dd|aaaa|yyyy|mm)\b.*\Z", re.IGNORECASE
)

EXACT = Text("clé du fait", "key of the fact")
KNOWN = Text("en-tête reconnu", "header recognised")
ASIDE = Text(
    "en-tête reconnu, sans ce qu'il a entre parenthèses",
    "header recognised, without what it has in brackets",
)
BRACKET = Text("tranches d'un registre", "brackets of a register")


@dataclass(frozen=True, slots=True)
class Guess:
    """What a header is taken for; the least `rank` wins where two headers claim one fact."""

    fact: str
    confidence: Confidence
    why: Text
    unit: str | None = None
    bracket: bool = False
    rank: tuple[int, ...] = ()


def guess(header: str, lexicon: Lexicon) -> Guess | None:
    """What a header is taken for, or None."""
    fact = lexicon.facts.get(header.strip())
    if fact is not None and fact.settable:
        return Guess(fact.key, Confidence.SURE, EXACT, rank=(0,))
    for base, aside, bracketed in _readings(header):
        meaning, year = _meaning(base, lexicon)
        if meaning is None:
            continue
        remark = _Aside(aside, bracketed)
        found = _with_aside(lexicon.facts[meaning.fact], meaning, remark, year, lexicon)
        if found is not None:
            return found
    return None


@dataclass(frozen=True, slots=True)
class _Aside:
    """What stands beside the name in a header: a unit or, in brackets only, a remark."""

    text: str | None
    bracketed: bool = False


def _readings(header: str) -> Iterator[tuple[str, str | None, bool]]:
    """A header whole, then what it may be without a unit or a remark at its end."""
    text = " ".join(header.split())
    yield text, None, False
    for pattern in (_ASIDE, _IN, _LAST):
        found = pattern.match(text)
        if found and found["base"]:
            yield found["base"], found["aside"], pattern is _ASIDE


def _meaning(base: str, lexicon: Lexicon) -> tuple[Meaning | None, int]:
    """What a header without its unit means, years and harmless words left out, and its year."""
    name, year = plain(base), 0
    while name and name not in lexicon.meanings:
        dated = _DATED.search(name)
        ending = next((e for e in lexicon.endings if name.endswith(f" {e}")), None)
        if dated:
            name, year = name[: dated.start()], int(dated[1])
        elif ending:
            name = name[: -len(ending) - 1]
        else:
            return None, 0
    return lexicon.meanings.get(name), year


def _with_aside(
    fact: FactDeclaration, meaning: Meaning, aside: _Aside, year: int, lexicon: Lexicon
) -> Guess | None:
    """The guess for a base and what stands beside it: a unit, or a remark that changes nothing."""
    unit = None if aside.text is None else unit_of(aside.text, fact, lexicon)
    why = meaning.note or (BRACKET if meaning.bracket else KNOWN)
    sure = Confidence.LIKELY if meaning.note else Confidence.SURE
    if aside.text is not None and unit is None:
        harmless = _HARMLESS.match(aside.text) or plain(aside.text) in lexicon.endings
        if not aside.bracketed or (fact.kind in NUMERIC and not harmless):
            return None
        sure, why = Confidence.LIKELY, meaning.note or ASIDE
    rank = (1 if sure is Confidence.SURE else 2, -year, meaning.order)
    return Guess(fact.key, sure, why, unit or None, meaning.bracket, rank)


def unit_of(written: str, fact: FactDeclaration, lexicon: Lexicon) -> str | None:
    """The unit that a header gives, as a cell would write it; None if the fact has no such unit."""
    if fact.kind not in NUMERIC:
        return None
    text = " ".join(written.split()).casefold()
    unit = lexicon.units.get(text, text)
    return unit if unit and isinstance(number_typed(f"1 {unit}", fact), Span) else None
