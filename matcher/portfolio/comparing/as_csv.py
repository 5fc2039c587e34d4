"""How are the changes written for a spreadsheet?

One line for each client and scheme that changed, then one for each row that only one side has.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from matcher.language.text import Text
from matcher.portfolio.comparing.comparison import Comparison
from matcher.portfolio.comparing.kinds import SAID
from matcher.portfolio.comparing.pairing import PAIR
from matcher.portfolio.comparing.roles import SHOWN
from matcher.portfolio.comparing.schemes import GROUP, Alike
from matcher.portfolio.comparing.telling import OUTCOMES, Teller, window_text
from matcher.portfolio.safe_text import safe_cell, safe_column

HEADERS = {
    "old_line": Text("ligne avant", "line before"),
    "new_line": Text("ligne après", "line after"),
    SHOWN: Text("client", "client"),
    "scheme": Text("dispositif", "scheme"),
    "name": Text("nom du dispositif", "name of the scheme"),
    "kind": Text("changement", "change"),
    "before": Text("réponse avant", "answer before"),
    "after": Text("réponse après", "answer after"),
    "window_before": Text("fenêtre avant", "window before"),
    "window_after": Text("fenêtre après", "window after"),
    "edition_before": Text("édition avant", "edition before"),
    "edition_after": Text("édition après", "edition after"),
    "reasons": Text("en cause", "because of"),
    "others": Text("autres critères qui ont changé", "other criteria that changed"),
}
APPEARED = Text("nouvelle ligne", "new row")
GONE = Text("ligne disparue", "row gone")
BOM = "\ufeff"
BETWEEN = {"fr": " ; ", "en": "; "}
SLICE = 50_000
TOLD = list(HEADERS)[3:]


def csv_texts(comparison: Comparison, lang: str) -> Iterator[str]:
    """The file piece by piece: never more than one scheme is in memory."""
    separator = ";" if lang == "fr" else ","
    clients = comparison.pairs.clients()
    first = True
    for table in _tables(comparison, clients, lang):
        safe = [safe_column(pl.col(n)) for n, d in table.schema.items() if d == pl.String]
        named = table.with_columns(safe).rename(_headers(comparison, table.columns, lang))
        yield named.write_csv(separator=separator, include_header=first)
        first = False


def _tables(comparison: Comparison, clients: pl.DataFrame, lang: str) -> Iterator[pl.DataFrame]:
    nothing = pl.DataFrame(schema=dict.fromkeys(TOLD, pl.String))
    yield clients.clear().hstack(nothing)
    for changes in comparison.schemes():
        told = _told(Teller(comparison.sides, changes), lang)
        for part in changes.lines.iter_slices(SLICE):
            yield clients[part[PAIR]].hstack(told[part[GROUP]])
    for new, text in ((True, APPEARED), (False, GONE)):
        alone = comparison.pairs.alone(new=new)
        if alone.height:
            yield _alone(alone, text.in_(lang), clients.columns, new=new)


def _told(teller: Teller, lang: str) -> pl.DataFrame:
    """What is told of each group."""
    rows = [_row(teller, alike, lang) for alike in teller.changes.groups]
    return pl.DataFrame(rows, schema=dict.fromkeys(TOLD, pl.String), orient="row")


def _row(teller: Teller, alike: Alike, lang: str) -> list[str | None]:
    said = (
        teller.name,
        SAID[alike.kind],
        *(OUTCOMES[outcome] for outcome in alike.outcomes),
        *(window_text(window) for window in alike.windows),
    )
    between = BETWEEN[lang]
    return [
        teller.changes.scheme,
        *(text.in_(lang) for text in said),
        *teller.editions(),
        between.join(text.in_(lang) for text in teller.reasons(alike)),
        between.join(text.in_(lang) for text in teller.others(alike)),
    ]


def _alone(rows: pl.DataFrame, text: str, columns: list[str], *, new: bool) -> pl.DataFrame:
    """Rows that only one side has, in the columns of the others."""
    here, there = ("new_line", "old_line") if new else ("old_line", "new_line")
    nothing = pl.lit(None, dtype=pl.String)
    told = [pl.lit(text).alias(n) if n == "kind" else nothing.alias(n) for n in TOLD]
    table = rows.rename({"line": here}).with_columns(
        pl.lit(None, dtype=pl.Int64).alias(there), *told
    )
    return table.select(*columns, *TOLD)


def _headers(comparison: Comparison, columns: list[str], lang: str) -> dict[str, str]:
    """The headers; the identifiers under the labels of their facts."""
    facts = comparison.sides.new.any_.content.vocabulary
    found = {name: HEADERS[name].in_(lang) for name in columns if name in HEADERS}
    labels = {n: facts[n].label.in_(lang) if n in facts else n for n in columns if n not in found}
    return {name: safe_cell(label) for name, label in (found | labels).items()}
