"""With what were the answers found: which catalogue, on which day, from which texts?"""

from __future__ import annotations

import datetime

from matcher.answers.markup import is_safe_link
from matcher.api import package_version
from matcher.catalogue.model import Scheme, Source
from matcher.language.text import Text
from matcher.portfolio.page.html import Markup, lines, tag
from matcher.portfolio.page.subject import Subject
from matcher.portfolio.page.table import Cell, Table, table
from matcher.portfolio.page.voice import Noun, Voice

ID = "method"
TITLE = Text("Méthode et sources", "Method and sources")
HOW = Text(
    "Chaque ligne a été comparée, à la date du {date}, aux conditions de {schemes}. Une donnée "
    "absente n'est jamais devinée : la réponse reste « à préciser ». Ce que l'autorité apprécie "
    "n'est pas calculé.",
    "Each row was compared, as of {date}, with the conditions of {schemes}. A missing value is "
    "never guessed: the answer stays “to be clarified”. What the authority assesses is not "
    "computed.",
)
SCHEMES = Noun(Text("dispositif", "scheme"), Text("dispositifs", "schemes"))
WITH = Text(
    "Catalogue {digest} ; programme {version}. Le même fichier, le même catalogue et la même date "
    "donnent le même rapport.",
    "Catalogue {digest}; program {version}. The same file, catalogue and date give the same "
    "report.",
)
SHOW = Text("Les sources de chaque dispositif", "The sources of each scheme")
CAPTION = Text("Textes d'où viennent les conditions", "Texts from which the conditions come")
HEAD = (Text("Texte", "Text"), Text("Lu le", "Read on"))
CONFIDENCE = {
    "high": Text("{name} — confiance élevée", "{name} — high confidence"),
    "medium": Text("{name} — confiance moyenne", "{name} — medium confidence"),
    "low": Text(
        "{name} — confiance faible : à confirmer auprès de l'opérateur",
        "{name} — low confidence: to be confirmed with the operator",
    ),
}


def section(subject: Subject) -> Markup:
    """The section of the page."""
    voice = subject.voice
    count = voice.counted(len(subject.schemes), SCHEMES)
    how = voice.rich(HOW, date=voice.date(subject.day), schemes=count)
    digest = tag("code", subject.catalogue.digest)
    return lines(
        tag("p", how),
        tag("p", voice.rich(WITH, digest=digest, version=package_version())),
        tag("details", tag("summary", voice.say(SHOW)), table(_sources(subject), voice)),
    )


def _sources(subject: Subject) -> Table:
    voice = subject.voice
    bodies = tuple((_title(voice, scheme), _rows(voice, scheme)) for scheme in subject.schemes)
    head = tuple(voice.say(cell) for cell in HEAD)
    return Table(voice.say(CAPTION), head, bodies, kind="sources")


def _title(voice: Voice, scheme: Scheme) -> str:
    """The name of a scheme, and how sure its sheet is."""
    return voice.say(CONFIDENCE[scheme.confidence], name=voice.say(scheme.name))


def _rows(voice: Voice, scheme: Scheme) -> tuple[tuple[Cell, ...], ...]:
    return tuple((_linked(source), _read(voice, source)) for source in scheme.sources.values())


def _linked(source: Source) -> Cell:
    """The title of a text, which leads to it where it is on the web."""
    if source.url is None or not is_safe_link(source.url):
        return source.title
    return tag("a", source.title, href=source.url, rel="noreferrer")


def _read(voice: Voice, source: Source) -> Cell:
    return voice.date(datetime.date.fromisoformat(source.read_on).toordinal())
