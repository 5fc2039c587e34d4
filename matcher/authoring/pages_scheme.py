"""What does the page of one scheme say, from what it asks to the sources it rests on?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.authoring.pages_aid import aid, forms
from matcher.authoring.pages_cases import cases
from matcher.authoring.pages_criteria import conditions, remarks, signals
from matcher.authoring.pages_dates import written_date
from matcher.authoring.pages_editions import SchemePage
from matcher.authoring.pages_facts_read import facts_read
from matcher.authoring.pages_index import DECIDES
from matcher.authoring.pages_relations import relations
from matcher.authoring.pages_status import CONFIDENCE, status_of, status_text
from matcher.authoring.pages_text import (
    Item,
    anchor,
    bullets,
    escaped,
    link,
    mail,
    opening,
    prose,
    section,
)
from matcher.authoring.pages_windows import calendar, unpublished
from matcher.authoring.pages_writer import Writer
from matcher.catalogue.model import Apply, Scheme, Source
from matcher.language.text import Text

FOR_WHOM, OPERATORS = Text("Pour qui :", "For whom:"), Text("Opérateur :", "Operator:")
STATUS = Text("Situation au {date} :", "Status on {date}:")
FORMS, CONFIDENCE_IS = Text("Forme de l'aide :", "Form of aid:"), Text("Confiance :", "Confidence:")
GROUNDS = {
    "high": Text(
        "une page officielle ou proche de l'être donne la règle",
        "an official or nearly official page gives the rule",
    ),
    "medium": Text(
        "source secondaire datée, ou lacune sur une condition",
        "a dated secondary source, or a gap on one condition",
    ),
    "low": Text(
        "les sources sont rares ou anciennes, à confirmer auprès de l'opérateur",
        "the sources are few or old, to be confirmed with the operator",
    ),
}
CONDITIONS = Text("Conditions", "Conditions")
IN_EDITION = Text("Conditions ({edition})", "Conditions ({edition})")
UNCODED = Text("Conditions à vérifier soi-même", "Conditions to check yourself")
UNCODED_NOTE = Text(
    "Le texte les pose, mais aucune information du profil ne permet de les trancher : une réponse "
    "« éligible » est donc donnée sous réserve.",
    "The text sets them, but no information of the profile can decide them: an “eligible” answer "
    "is therefore subject to them.",
)
ASSESSED = Text("Ce que l'autorité apprécie", "What the authority assesses")
ASSESSED_NOTE = Text("Ces points ne décident jamais ici.", "These points never decide here.")
SIGNALS = Text("Signaux", "Signals")
SIGNALS_NOTE = Text(
    "Ils éclairent un dossier, sans jamais décider.", "They shed light, and never decide."
)
AID = Text("Aide", "Aid")
CALENDAR = Text("Calendrier", "Calendar")
SILENCE = Text("Ce qui n'est pas publié", "What is not published")
APPLY = Text("Démarche", "How to apply")
ONLINE, CONTACT = Text("En ligne :", "Online:"), Text("Contact :", "Contact:")
DOCUMENTS, DELAY = Text("Pièces à réunir :", "Documents needed:"), Text("Délai :", "Time taken:")
RELATIONS = Text("Liens avec d'autres dispositifs", "Relations with other schemes")
FACTS = Text("Informations demandées", "Information needed")
NOTES = Text("Questions ouvertes des sources", "Open questions of the sources")
CASES = Text("Exemples", "Examples")
SOURCES = Text("Sources", "Sources")
READ_ON = Text("lu le {date}", "read on {date}")
FOOT = Text(
    "Page écrite d'après la règle `{id}` (catalogue `{digest}`), au {date}.",
    "Page written from the rule `{id}` (catalogue `{digest}`), as of {date}.",
)


def scheme_page(scheme: Scheme, writer: Writer) -> str:
    """The page of a scheme."""
    return "\n".join(_lines(SchemePage(writer, scheme))) + "\n"


def _lines(page: SchemePage) -> Iterator[str]:
    writer, scheme = page.writer, page.scheme
    yield f"# {writer.name(scheme.name)}"
    yield ""
    yield opening(writer.say(scheme.summary))
    yield ""
    yield from bullets(_head(page))
    yield ""
    yield f"> {writer.put(DECIDES)}"
    yield from _body(page)
    foot = writer.put(
        FOOT, id=scheme.id, digest=writer.content.digest, date=writer.date(writer.day)
    )
    yield from ("", "---", "", f"*{foot}*")


def _body(page: SchemePage) -> Iterator[str]:
    put = page.writer.put
    title = put(CONDITIONS)
    if page.current is not None and len(page.scheme.editions) > 1:
        title = put(IN_EDITION, edition=page.named([page.current.id]))
    yield from section(title, conditions(page))
    yield from section(put(UNCODED), _noted(UNCODED_NOTE, remarks(page, "uncoded"), page))
    yield from section(put(ASSESSED), _noted(ASSESSED_NOTE, remarks(page, "assessed"), page))
    yield from section(put(SIGNALS), _noted(SIGNALS_NOTE, signals(page), page))
    yield from section(put(AID), aid(page))
    yield from section(put(CALENDAR), calendar(page))
    yield from section(put(SILENCE), unpublished(page))
    if page.scheme.apply is not None:
        yield from section(put(APPLY), _apply(page.scheme.apply, page.writer))
    yield from section(put(RELATIONS), relations(page))
    yield from section(put(FACTS), facts_read(page))
    notes = bullets(Item(page.writer.say(note)) for note in page.scheme.notes)
    yield from section(put(NOTES), notes)
    yield from section(put(CASES), cases(page))
    sources = bullets(_source(page, source) for source in page.scheme.sources.values())
    yield from section(put(SOURCES), sources)


def _noted(note: Text, lines: Iterator[str], page: SchemePage) -> Iterator[str]:
    """Some lines after a sentence that says how to read them."""
    found = list(lines)
    if found:
        yield from (page.writer.put(note), "", *found)


def _head(page: SchemePage) -> Iterator[Item]:
    writer, scheme = page.writer, page.scheme
    put = writer.put
    kinds = writer.audience(scheme)
    if kinds:
        yield Item(f"**{put(FOR_WHOM)}** {' · '.join(kinds)}")
    operators = " · ".join(writer.authority(id_) for id_ in scheme.operators)
    yield Item(f"**{put(OPERATORS)}** {operators}")
    situation = status_text(status_of(scheme, writer), writer)
    yield Item(f"**{put(STATUS, date=writer.date(writer.day))}** {situation}")
    found = forms(page)
    if found:
        yield Item(f"**{put(FORMS)}** {' · '.join(found)}")
    confidence = put(CONFIDENCE[scheme.confidence])
    grounds = put(GROUNDS[scheme.confidence])
    yield Item(f"**{put(CONFIDENCE_IS)}** {confidence} ({grounds})")


def _apply(how: Apply, writer: Writer) -> Iterator[str]:
    places = []
    if how.url is not None:
        places.append(Item(f"**{writer.put(ONLINE)}** {_address(how.url)}"))
    if how.contact is not None:
        places.append(Item(f"**{writer.put(CONTACT)}** {mail(how.contact)}"))
    if how.delay is not None:
        places.append(Item(f"**{writer.put(DELAY)}** {writer.say(how.delay)}"))
    if how.documents:
        documents = tuple(Item(writer.say(document)) for document in how.documents)
        places.append(Item(f"**{writer.put(DOCUMENTS)}**", documents))
    yield from bullets(places)
    if how.steps:
        yield from ("", *bullets((Item(writer.say(step)) for step in how.steps), numbered=True))


def _address(url: str) -> str:
    if url.startswith("mailto:"):
        return mail(url.removeprefix("mailto:"))
    return link(escaped(url.removeprefix("https://").rstrip("/")), url)


def _source(page: SchemePage, source: Source) -> Item:
    writer = page.writer
    title = link(escaped(source.title), source.url)
    parts = [f"{anchor(page.place_of(source))}**{escaped(source.id)}** – {title}"]
    if source.url is not None and title == escaped(source.title):
        parts.append(prose(source.url))
    if source.dated is not None:
        parts.append(writer.say(written_date(source.dated)))
    parts.append(writer.put(READ_ON, date=writer.say(written_date(source.read_on))))
    return Item(", ".join(parts))
