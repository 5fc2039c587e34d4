"""When can one apply to a scheme, edition by edition, and what is not published about it?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.missing import unknown_text
from matcher.authoring.pages_dates import is_never, is_unpublished, span_text
from matcher.authoring.pages_editions import SchemePage
from matcher.authoring.pages_text import Item, bullets
from matcher.authoring.pages_writer import Writer
from matcher.catalogue.model import ONLY, Edition, Intakes, Unknown
from matcher.facts.values import Span, option
from matcher.language.text import Text

NO_EDITION = Text(
    "Aucune date n'est publiée. Qui peut répondre : {who}.",
    "No date is published. Who can tell: {who}.",
)
EDITION = Text("Édition {name}", "Edition {name}")
CURRENT = Text("(celle qui répond au {date})", "(the one that answers on {date})")
OPENS = Text("Ouverture :", "Opening:")
CLOSES = Text("Clôture (jour compris) :", "Closing (day included):")
PERMANENT = Text("Clôture :", "Closing:")
WHERE = Text("N'existe que si :", "Exists only if:")
INTAKES = Text("Relèves :", "Intakes:")
INTAKES_BY = Text("Relèves connues, selon « {fact} » :", "Known intakes, by “{fact}”:")
AT = Text("{place} : {days}", "{place}: {days}")
ELSEWHERE = {
    "unknown": Text(
        "Ailleurs, les relèves ne sont pas publiées : demander à {who}.",
        "Elsewhere the intakes are not published: ask {who}.",
    ),
    "open": Text("Ailleurs, dépôt au fil de l'eau.", "Elsewhere, applications at any time."),
}
AFTERWARDS = {
    "closed": Text(
        "Après la dernière relève connue : clos.", "After the last known intake: closed."
    ),
    "unknown": Text(
        "Après la dernière relève connue, personne n'a publié la suite : demander à {who}.",
        "After the last known intake nobody has published what follows: ask {who}.",
    ),
    "open": Text(
        "Après la dernière relève connue, le dépôt reste ouvert.",
        "After the last known intake one can still apply.",
    ),
}
UNCERTAIN = Text("Qui peut préciser les dates :", "Who can tell the dates:")
ASK = Text("À demander à :", "To be asked of:")
HOLDS_FOR = Text("La réponse dépend de :", "The answer depends on:")
BOUNDS = Text("La réponse est comprise ainsi :", "The answer lies within:")
PROFILE = Text(
    "La réponse de l'autorité, datée, peut être inscrite dans le profil : elle compte alors "
    "comme un fait.",
    "The dated answer of the authority can be recorded in the profile: it then counts as a fact.",
)
AND = Text("et", "and")


def calendar(page: SchemePage) -> Iterator[str]:
    """The editions, the current one first."""
    writer, scheme = page.writer, page.scheme
    if not scheme.editions:
        yield writer.put(NO_EDITION, who=writer.authority(scheme.operators[0]))
        return
    ordered = [texts.plan.edition for texts in page.editions]
    yield from bullets(_edition(page, edition) for edition in ordered if edition is not None)


def _edition(page: SchemePage, edition: Edition) -> Item:
    writer = page.writer
    name = writer.put(EDITION, name=writer.edition(edition.id))
    text = f"**{name}**{page.cited(edition.sources)}"
    if edition == page.current:
        text += f" *{writer.put(CURRENT, date=writer.date(writer.day))}*"
    return Item(text, tuple(_details(page, edition)))


def _details(page: SchemePage, edition: Edition) -> Iterator[Item]:
    writer = page.writer
    yield Item(writer.say(span_text(edition.opens))).named(writer.put(OPENS))
    closing = PERMANENT if _has_no_day(edition.closes) else CLOSES
    yield Item(writer.say(span_text(edition.closes))).named(writer.put(closing))
    if edition.when is not None:
        yield page.trees.test(edition.when).named(writer.put(WHERE))
    if edition.intakes is not None:
        yield intakes(edition.intakes, writer)
    if not (_is_settled(edition.opens) and _is_settled(edition.closes)):
        yield Item(writer.authority(edition.ask)).named(writer.put(UNCERTAIN))
    if edition.note is not None:
        yield Item(writer.say(edition.note))


def _has_no_day(span: Span) -> bool:
    return is_never(span) or is_unpublished(span)


def _is_settled(span: Span) -> bool:
    return span.low == span.high


def intakes(found: Intakes, writer: Writer) -> Item:
    """The known intakes, what holds elsewhere, and what follows the last one."""
    who = writer.authority(found.ask)
    after = Item(writer.put(AFTERWARDS[found.afterwards], who=who))
    if found.by is None:
        return Item(_days(found.known.get(ONLY, ()), writer), (after,)).named(writer.put(INTAKES))
    places = tuple(
        Item(writer.put(AT, place=place_name(found.by, place, writer), days=_days(days, writer)))
        for place, days in found.known.items()
    )
    elsewhere = Item(writer.put(ELSEWHERE[found.elsewhere], who=who))
    fact = writer.name(writer.speaker.label(found.by))
    named = f"*{writer.put(INTAKES_BY, fact=fact)}*"
    return Item(named, (*places, elsewhere, after))


def place_name(by: str, place: str, writer: Writer) -> str:
    """What one value of the fact of the intakes is called."""
    return writer.say(writer.speaker.known(by, option(place)))


def _days(days: tuple[int, ...], writer: Writer) -> str:
    return writer.together([writer.date(day) for day in days], last=AND)


# ---------------------------------------------------------------------------------- what is silent
def unpublished(page: SchemePage) -> Iterator[str]:
    """What nobody has published or what an authority decides, and whom to ask."""
    unknowns = page.scheme.unknowns.values()
    if unknowns:
        yield from bullets(_unknown(page, unknown) for unknown in unknowns)
        yield from ("", page.writer.put(PROFILE))


def _unknown(page: SchemePage, unknown: Unknown) -> Item:
    writer = page.writer
    states = writer.say(unknown_text(writer.content, unknown.key))
    below = [Item(writer.authority(unknown.ask)).named(writer.put(ASK))]
    if unknown.by is not None:
        below.append(Item(writer.fact(unknown.by)).named(writer.put(HOLDS_FOR)))
    bounds = writer.content.computation.silences[unknown.key].bounds
    if bounds is not None:
        said = writer.say(writer.speaker.known(unknown.key, bounds))
        below.append(Item(said).named(writer.put(BOUNDS)))
    return Item(f"**{states}**{page.cited(unknown.sources)}", tuple(below))
