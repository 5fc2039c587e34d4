"""Which other schemes does one lead to, rule out or replace, and the other way round?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.authoring.pages_editions import SchemePage
from matcher.authoring.pages_text import Item, bullets
from matcher.language.text import Text

FAMILY = Text("De la même famille :", "Of the same family:")
LEADS_TO = Text("Ouvre la voie à :", "Opens the way to:")
COMES_FROM = Text("Peut faire suite à :", "May follow:")
EXCLUDES = Text("Ne se cumule pas avec :", "Not to be combined with:")
EXCLUDED_BY = Text("Exclu par :", "Ruled out by:")
REPLACES = Text("Remplace :", "Replaces:")
REPLACED_BY = Text("Remplacé par :", "Replaced by:")
THROUGH = Text("Par votre territoire :", "Through your territory:")
WHERE = Text("Là où :", "Where:")


def relations(page: SchemePage) -> Iterator[str]:
    """The relations of a scheme, those that other schemes declare included."""
    yield from bullets([*_named(page), *_through(page)])


def _named(page: SchemePage) -> Iterator[Item]:
    scheme, schemes = page.scheme, page.writer.content.schemes
    others = [other for other in schemes.values() if other.id != scheme.id]
    own = scheme.relations
    kin = [o.id for o in others if scheme.family is not None and o.family == scheme.family]
    excluded = [o.id for o in others if scheme.id in o.relations.excludes]
    found = (
        (FAMILY, kin),
        (LEADS_TO, own.opens_way_to),
        (COMES_FROM, [o.id for o in others if scheme.id in o.relations.opens_way_to]),
        (EXCLUDES, own.excludes),
        (EXCLUDED_BY, [id_ for id_ in excluded if id_ not in own.excludes]),
        (REPLACES, own.replaces),
        (REPLACED_BY, [o.id for o in others if scheme.id in o.relations.replaces]),
    )
    for word, ids in found:
        yield from _list(page, word, ids)


def _list(page: SchemePage, word: Text, ids: Iterable[str]) -> Iterator[Item]:
    links = [page.writer.scheme(id_) for id_ in ids]
    if len(links) == 1:
        yield Item(f"**{page.writer.put(word)}** {links[0]}")
    elif links:
        yield Item(f"**{page.writer.put(word)}**", tuple(map(Item, links)))


def _through(page: SchemePage) -> Iterator[Item]:
    way = page.scheme.relations.through_territory
    if way is not None:
        said = f"**{page.writer.put(THROUGH)}** {page.writer.say(way.states)}"
        below = page.trees.test(way.when).named(page.writer.put(WHERE))
        yield Item(f"{said}{page.cited(way.sources)}", (below,))
