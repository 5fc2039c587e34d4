"""Why has a row no place: is it unknown where it is, or is it outside all the listed places?

A fact that is looked up in a list of some of the places (the communes of a programme, say) is
absent for both reasons. A fact that is looked up for every place, from the same key, is absent for
the first one only: the difference is outside.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.tree import Lookup
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.summary import Place

UNKNOWN = Text("Lieu inconnu", "Place unknown")
OUTSIDE = Text("Hors de tous ces lieux", "Outside all these places")
EITHER = Text("Hors de tous ces lieux, ou lieu inconnu", "Outside all these places, or unknown")


def unplaced(subject: Subject, fact: FactDeclaration) -> list[tuple[Text, Place]]:
    """The rows without a place, by reason."""
    without = subject.summary.places.get((fact.key, ""), Place())
    if not any(not _is_of_every_place(subject, found) for found in _lookups(subject, fact.key)):
        return _some((UNKNOWN, without))
    wider = _wider(subject, fact.key)
    if wider is None:
        return _some((EITHER, without))
    unknown = subject.summary.places.get((wider, ""), Place())
    # Where the file gives the wider place too, a row may have it without its precise place.
    rest = EITHER if subject.run.job.mapping.of(wider) else OUTSIDE
    return _some((rest, _minus(without, unknown)), (UNKNOWN, unknown))


def _some(*found: tuple[Text, Place]) -> list[tuple[Text, Place]]:
    return [(name, place) for name, place in found if place.rows]


def _minus(whole: Place, part: Place) -> Place:
    return Place(whole.rows - part.rows, whole.can_apply - part.can_apply, whole.open - part.open)


def _wider(subject: Subject, key: str) -> str | None:
    """Another fact of the report that every place has, looked up from the same key."""
    keys = {found.key for found in _lookups(subject, key)}
    for other in dict.fromkeys(of for of, _ in subject.summary.places):
        found = _lookups(subject, other)
        if any(one.key in keys and _is_of_every_place(subject, one) for one in found):
            return other
    return None


def _lookups(subject: Subject, key: str) -> Iterator[Lookup]:
    """The tables in which a fact is looked up."""
    derivation = subject.catalogue.content.derivations.get(key)
    for tree in derivation.trees if derivation else ():
        if isinstance(tree, Lookup):
            yield tree


def _is_of_every_place(subject: Subject, lookup: Lookup) -> bool:
    """Whether the table is that of all the codes of the key."""
    declared = subject.catalogue.content.vocabulary.get(lookup.key)
    return declared is not None and declared.codes == lookup.table
