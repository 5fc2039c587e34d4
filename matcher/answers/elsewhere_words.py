"""What does a person read of the communes around, once they have asked?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.answers.elsewhere import Elsewhere, Offer, Place, SchemeElsewhere
from matcher.answers.elsewhere_texts import same_text
from matcher.answers.formats import NBSP, listed
from matcher.answers.phrases import joined
from matcher.answers.report import Report
from matcher.answers.wording import window_text
from matcher.language.text import Text

TITLE = Text("Si le site n'est pas arrêté", "If the site is not settled")
ABOUT = Text(
    "Site actuel : {here}. Le reste du projet ne change pas. Les communes sont celles du même "
    "territoire, par ordre alphabétique : les tables n'ont pas de distances.",
    "Present site: {here}. The rest of the project stays the same. Communes are those of the same "
    "area, in alphabetical order: the tables hold no distances.",
)
FORGOTTEN = Text(
    "Ce qui n'est dit que de la commune actuelle n'y est pas repris : {them}.",
    "What is only said of the present commune does not hold there: {them}.",
)
NOTHING = Text(
    "Aucun refus ne tomberait dans une commune voisine.",
    "No refusal would fall in a commune nearby.",
)
ONE_OTHER = Text(
    "1 dispositif est refusé pour une autre raison que le lieu, ou pas pour lui seul.",
    "1 scheme is refused for another reason than the place, or not for it alone.",
)
OTHERS = Text(
    "{count} dispositifs sont refusés pour une autre raison que le lieu, ou pas pour lui seul.",
    "{count} schemes are refused for another reason than the place, or not for it alone.",
)
MOST_HERE = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What is shown: sentences before, a line for each scheme (name, text), sentences after."""

    before: tuple[Text, ...]
    lines: tuple[tuple[Text, Text], ...]
    after: tuple[Text, ...]


def told(report: Report) -> Told:
    """What a person reads of `report.elsewhere`."""
    found = report.elsewhere
    if found.text is not None:
        return Told((found.text,), (), ())
    lines = list(_offered(report, found))
    lines += [(one.name, one.text) for one in found.without("not_known")]
    return Told(tuple(_before(report, found)), tuple(lines), tuple(_after(found)))


def _offered(report: Report, found: Elsewhere) -> Iterator[tuple[Text, Text]]:
    """Each scheme with its places; those named for the scheme before are not named again."""
    before: tuple[Place, ...] = ()
    for one in found.offered:
        same = len(one.offers) == 1 and one.places == before
        yield _titled(report, one), _same(report, one.offers[0]) if same else one.text
        before = one.places


def _same(report: Report, offer: Offer) -> Text:
    labels = [report.content.vocabulary[key].label for key in offer.to_clarify]
    return same_text(offer.outcome, len(offer.places), labels)


def _titled(report: Report, one: SchemeElsewhere) -> Text:
    window = window_text(report.decision(one.scheme).window)
    return joined("{name} · {window}", "{name} · {window}", name=one.name, window=window)


def _before(report: Report, found: Elsewhere) -> Iterator[Text]:
    names = [f"{place.name} ({place.code})" for place in found.here[:MOST_HERE]]
    here = ", ".join(names) + ("…" if len(found.here) > MOST_HERE else "")
    yield joined(ABOUT.fr, ABOUT.en, here=Text(here, here))
    if found.forgotten and found.offered:
        labels = [report.content.vocabulary[key].label for key in found.forgotten]
        yield joined(FORGOTTEN.fr, FORGOTTEN.en, them=_quoted(labels))
    if not found.offered:
        yield NOTHING


def _after(found: Elsewhere) -> Iterator[Text]:
    none_near = found.without("none_near")
    for text in dict.fromkeys(one.text for one in none_near):
        names = _quoted(one.name for one in none_near if one.text == text)
        yield joined("{names} : {text}.", "{names}: {text}.", names=names, text=text)
    others = len(found.without("not_place"))
    if others:
        count = Text(str(others), str(others))
        yield ONE_OTHER if others == 1 else joined(OTHERS.fr, OTHERS.en, count=count)


def _quoted(texts: Iterable[Text]) -> Text:
    quoted = [Text(f"«{NBSP}{text.fr}{NBSP}»", f"“{text.en}”") for text in texts]
    return listed(quoted, last_fr="et", last_en="and")
