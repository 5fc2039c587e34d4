"""What should the caller know of an input before its rows are read?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.language.diagnostics import nearest
from matcher.language.text import Text
from matcher.portfolio.columns import ColumnMapping, Confidence
from matcher.portfolio.inputs import Detected
from matcher.portfolio.lexicon import Lexicon

REGISTER = Text("reconnu comme un {title}", "recognised as an {title}")
HIDDEN = Text(
    "les noms et adresses des unités en diffusion partielle ne sont pas reproduits",
    "names and addresses of units with partial diffusion are not reproduced",
)
SHEETS = Text("feuilles non lues : {names}", "sheets not read: {names}")
CONFIRM = Text("« {header} » : {why}", "“{header}”: {why}")
ABSENT = Text(
    "la colonne « {header} » de la correspondance n'est pas dans le fichier",
    "the column “{header}” of the mapping is not in the file",
)
CLOSE = Text(" ; est-ce « {near} » ?", "; is it “{near}”?")
NO_CLIENT = Text(
    "aucune colonne ne nomme le client : les lignes seront désignées par leur numéro",
    "no column names the client: rows will be known by their number",
)


def notes_on(
    mapping: ColumnMapping, detected: Detected, lexicon: Lexicon, given: Mapping[str, object]
) -> Iterator[Text]:
    """What is worth knowing of an input; `given` are the columns of a mapping file."""
    if mapping.register is not None:
        title = lexicon.shape.registers[mapping.register].title.text()
        yield REGISTER.filled({"title": title})
        yield HIDDEN
    if detected.other_sheets:
        yield SHEETS.filled({"names": _both(", ".join(detected.other_sheets))})
    for column in mapping.facts:
        if column.confidence is Confidence.LIKELY:
            yield CONFIRM.filled({"header": _both(column.header), "why": column.why})
    names = [column.header for column in mapping.columns]
    for header in given:
        if header not in names:
            yield _absent(header, nearest(header, names))
    if mapping.client is None:
        yield NO_CLIENT


def _absent(header: str, near: str | None) -> Text:
    text = ABSENT.filled({"header": _both(header)})
    if near is None:
        return text
    more = CLOSE.filled({"near": _both(near)})
    return Text(text.fr + more.fr, text.en + more.en)


def _both(text: str) -> Text:
    return Text(text, text)
