"""Which column without a known header is recognised by what its cells say?

"Statut", "Type" or "Forme" may mean anything; cells that read SAS, SARL, EPCI do not. Only facts
that the list of headers marks so (`by_cells`), and only where nearly every different cell is a
known word: the reading is then shown as one to confirm.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from matcher.language.text import Text
from matcher.portfolio.columns import Column, Confidence, Use
from matcher.portfolio.lexicon import Lexicon, plain

ENOUGH = 0.8
FEWEST = 2
BY_CELLS = Text("reconnue à ses cellules : à confirmer", "recognised by its cells: please confirm")


def with_cells(
    columns: Sequence[Column], texts: Mapping[int, Sequence[str]], lexicon: Lexicon
) -> list[Column]:
    """The columns, those that are recognised by their cells included."""
    found = list(columns)
    taken = {column.fact for column in columns}
    for fact in (key for key, words in lexicon.shape.facts.items() if words.by_cells):
        if fact not in taken and fact in lexicon.facts:
            index = _best(found, texts, _words(fact, lexicon))
            if index is not None:
                found[index] = replace(
                    found[index],
                    use=Use.FACT,
                    fact=fact,
                    confidence=Confidence.LIKELY,
                    why=BY_CELLS,
                )
    return found


def _words(fact: str, lexicon: Lexicon) -> frozenset[str]:
    """What people write for the choices of a fact."""
    choices = lexicon.facts[fact].choices
    labels = {word for id_, label in choices for word in (id_, label.fr, label.en)}
    return frozenset(plain(word) for word in labels | set(lexicon.values(fact)))


def _best(
    columns: Sequence[Column], texts: Mapping[int, Sequence[str]], words: frozenset[str]
) -> int | None:
    """The column of which the most cells are such words, if they are enough."""
    shares = {
        place: _share(texts[column.index], words)
        for place, column in enumerate(columns)
        if column.use is Use.KEPT
    }
    best = max(shares, key=lambda place: shares[place], default=None)
    return best if best is not None and shares[best] >= ENOUGH else None


def _share(cells: Sequence[str], words: frozenset[str]) -> float:
    """How many of the different cells are known words; 0 where there are too few to tell."""
    different = {plain(cell) for cell in cells if cell.strip()}
    known = len(different & words)
    return known / len(different) if known >= FEWEST else 0.0
