"""Which reference tables do the rules read, where do they come from, and can they say no?"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.answers.formats import number_text
from matcher.authoring.pages_dates import written_date
from matcher.authoring.pages_text import Item, anchor, bullets, escaped, link
from matcher.authoring.pages_writer import Writer
from matcher.facts.shapes import TableShape
from matcher.facts.tables import Table
from matcher.language.diagnostics import Diagnostics
from matcher.language.shape import shaped
from matcher.language.text import Text
from matcher.language.tree import Lookup
from matcher.language.walk import nodes
from matcher.language.yaml_text import read_yaml_file

TITLE = Text("Tables de référence", "Reference tables")
INTRO = Text(
    "Les règles qui dépendent d'une liste (une commune, une région, un code d'activité) la lisent "
    "dans l'une de ces tables.",
    "Rules that depend on a list (a commune, a region, an activity code) read it in one of these "
    "tables.",
)
SOURCE = Text("Source :", "Source:")
READ_ON = Text("{title}, lu le {date}", "{title}, read on {date}")
VINTAGE, LICENCE = Text("Millésime :", "Vintage:"), Text("Licence :", "Licence:")
ROWS = Text("Lignes :", "Rows:")
COLUMNS = Text("Colonnes :", "Columns:")
COLUMN = Text("`{name}` ({kind})", "`{name}` ({kind})")
KEY = Text("`{name}` (clé)", "`{name}` (key)")
KINDS = {
    "text": Text("texte", "text"),
    "code": Text("code", "code"),
    "integer": Text("nombre entier", "whole number"),
    "boolean": Text("oui ou non", "yes or no"),
}
COMPLETE = {
    True: Text(
        "Complète : ce qui n'y figure pas n'en fait pas partie.",
        "Complete: what is not in it is not part of it.",
    ),
    False: Text(
        "Incomplète : ce qui n'y figure pas reste inconnu.",
        "Incomplete: what is not in it stays unknown.",
    ),
}
USED_BY = Text("Sert à connaître :", "Used to know:")
LISTS = Text("Liste les valeurs de :", "Lists the values of:")
NAME = Text("{anchor}Nom technique : `{name}`.", "{anchor}Technical name: `{name}`.")


def tables_page(writer: Writer) -> str:
    """The page of the reference tables."""
    return "\n".join(_lines(writer)) + "\n"


def _lines(writer: Writer) -> Iterator[str]:
    yield from (f"# {writer.put(TITLE)}", "", writer.put(INTRO))
    for table in writer.content.tables.values():
        yield from ("", f"## {writer.name(table.title)}", "")
        yield writer.put(NAME, anchor=anchor(table.name), name=table.name)
        yield ""
        yield from bullets(_details(table, writer))


def _details(table: Table, writer: Writer) -> Iterator[Item]:
    put = writer.put
    described = _described(table)
    if described is not None:
        yield Item(_source(described, writer)).named(put(SOURCE))
        yield Item(escaped(described.licence)).named(put(LICENCE))
    yield Item(escaped(table.vintage)).named(put(VINTAGE))
    yield Item(writer.say(number_text(len(table.keys())))).named(put(ROWS))
    yield Item(" · ".join(_columns(table, described, writer))).named(put(COLUMNS))
    yield Item(put(COMPLETE[table.complete]))
    yield from _uses(table, writer)
    if described is not None:
        yield from (Item(writer.say(note.text())) for note in described.notes)


def _described(table: Table) -> TableShape | None:
    """The description beside the rows of a table."""
    path = table.path.with_suffix(".yaml")
    if not path.is_file():
        return None
    return shaped(read_yaml_file(path), TableShape, Diagnostics())


def _source(described: TableShape, writer: Writer) -> str:
    source = described.source
    title = link(escaped(source.title), source.url)
    return writer.put(READ_ON, title=title, date=writer.say(written_date(source.read_on)))


def _columns(table: Table, described: TableShape | None, writer: Writer) -> Iterator[str]:
    if described is not None:
        yield writer.put(KEY, name=described.key)
    for name, kind in table.columns.items():
        yield writer.put(COLUMN, name=name, kind=writer.put(KINDS[kind]))


def _uses(table: Table, writer: Writer) -> Iterator[Item]:
    told = [
        derivation.fact
        for derivation in writer.content.derivations.values()
        if any(
            isinstance(node, Lookup) and node.table == table.name
            for tree in derivation.trees
            for node in nodes(tree)
        )
    ]
    listed = [key for key, fact in writer.content.vocabulary.items() if fact.codes == table.name]
    for word, keys in ((USED_BY, told), (LISTS, listed)):
        if keys:
            yield Item(" · ".join(map(writer.fact, keys))).named(writer.put(word))
