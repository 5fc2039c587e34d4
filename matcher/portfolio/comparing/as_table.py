"""How do the changes look in a terminal: first what counts, then scheme by scheme?"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from matcher.answers.formats import date_text, number_text
from matcher.answers.json_form import NOTICE
from matcher.language.text import Text
from matcher.portfolio.comparing.comparison import Comparison, Tally
from matcher.portfolio.comparing.folders import ResultSet
from matcher.portfolio.comparing.kinds import SAID, Kind
from matcher.portfolio.comparing.roles import NAME, SHOWN
from matcher.portfolio.comparing.schemes import SchemeChanges
from matcher.portfolio.comparing.telling import PRESENCES, Teller
from matcher.portfolio.parts import LINE

MOST_CLIENTS = 5
MOST_REASONS = 3
LONGEST_NAME = 60
INDENT = "    "
DIFFERENCES: Mapping[str, tuple[Text, Text]] = {
    "input": (Text("même fichier", "same file"), Text("fichiers différents", "different files")),
    "on": (Text("même date", "same date"), Text("dates différentes", "different dates")),
    "catalogue": (
        Text("même catalogue", "same catalogue"),
        Text("catalogues différents", "different catalogues"),
    ),
}
BY: Mapping[str, Text] = {
    NAME: Text("nom du client", "name of the client"),
    LINE: Text("numéro de ligne", "line number"),
}
COMPARED = Text("lignes comparées : {rows} (par {by})", "rows compared: {rows} (by {by})")
NOBODY_COMPARED = Text(
    "aucune ligne n'est dans les deux : sont-ce les mêmes clients ?",
    "no row is in both: are these the same clients?",
)
ALONE = Text(
    "{gone} seulement dans l'ancien, {come} seulement dans le nouveau",
    "{gone} only in the old one, {come} only in the new one",
)
REJECTED = Text(
    "dont {gone} que le nouveau rejette, {come} que l'ancien rejette",
    "of which the new one rejects {gone}, the old one {come}",
)
REJECTS = Text(
    "lignes rejetées, qui ne sont pas comparées : {gone} dans l'ancien, {come} dans le nouveau",
    "rejected rows, which are not compared: {gone} in the old one, {come} in the new one",
)
IN_ORDER = Text(
    "lignes de même identifiant, réunies dans l'ordre des fichiers, à vérifier : {rows}",
    "rows with the same identifier, put together in the order of the files, to be checked: {rows}",
)
NO_WORDS = Text(
    "le catalogue de ces résultats n'est pas là : les critères sont donnés par leur nom court "
    "(indiquez ses règles avec --rules)",
    "the catalogue of these results is not at hand: criteria are given by their short name (say "
    "where its rules are with --rules)",
)
GAINS = Text(
    "{gained} au moins un dispositif ouvert, {lost} au moins un.",
    "{gained} at least one open scheme, {lost} at least one.",
)
OPENINGS = Text(
    "À préciser : {opened} un dispositif qui s'ouvre, {closed} un dispositif qui se ferme.",
    "To be clarified: {opened} a scheme that opens, {closed} a scheme that closes.",
)
REFUSALS = Text(
    "Refus : {cleared} au moins un refus levé, {ruled} au moins un refus nouveau.",
    "Refusals: {cleared} at least one refusal lifted, {ruled} at least one new refusal.",
)
TOLD_TOO: Mapping[Text, Mapping[str, Kind]] = {
    OPENINGS: {"opened": Kind.OPENED, "closed": Kind.CLOSED},
    REFUSALS: {"cleared": Kind.TO_CLARIFY, "ruled": Kind.RULED_OUT},
}
NOTHING = Text("Rien n'a changé pour personne.", "Nothing has changed for anybody.")
UNLISTED = Text(
    "Changements qui ne changent encore rien pour ces clients, non listés :",
    "Changes that change nothing yet for these clients, not listed:",
)
MAINLY = Text("{reason} ({count})", "{reason} ({count})")
MORE = Text("… et {count} autres, voyez --format csv", "… and {count} more, see --format csv")
ONE_MORE = Text("… et 1 autre, voyez --format csv", "… and 1 more, see --format csv")
APPEARED = Text("Lignes nouvelles : {count}", "New rows: {count}")
GONE = Text("Lignes disparues : {count}", "Rows gone: {count}")
ALL = Text(
    "tous les clients comparés, voyez --format csv", "all the clients compared, see --format csv"
)
OF_LINE = Text("ligne {line}", "line {line}")


@dataclass(frozen=True)
class Table:
    """The changes as lines of text."""

    comparison: Comparison
    lang: str
    width: int = 100

    def lines(self) -> Iterator[str]:
        """The lines, none longer than the terminal is wide."""
        for line in self._lines():
            indent = " " * (len(line) - len(line.lstrip(" ·→")))
            yield from self._wrapped(line, indent) or [""]

    def _wrapped(self, line: str, indent: str) -> list[str]:
        return textwrap.wrap(
            line,
            self.width,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def _lines(self) -> Iterator[str]:
        """What was compared, the headline, the schemes, and the rows that came or went."""
        tally = Tally(self.comparison)
        body: list[str] = []
        quiet: list[str] = []
        clients = self.comparison.pairs.clients()
        for changes in self.comparison.schemes():
            tally.add(changes)
            body += self._scheme(changes, clients)
            quiet += self._quiet(changes)
        yield from self._compared()
        yield ""
        yield from self._headline(tally)
        yield from body
        yield from self._alone()
        if quiet:
            yield from ["", UNLISTED.in_(self.lang), *quiet]
        yield ""
        yield NOTICE.in_(self.lang)

    # ----------------------------------------------------------------------------- what is compared
    def _compared(self) -> Iterator[str]:
        found, pairs = self.comparison, self.comparison.pairs
        yield f"{self._side(found.old)} → {self._side(found.new)}"
        said = [DIFFERENCES[name][name in found.differences] for name in DIFFERENCES]
        yield f"  {', '.join(text.in_(self.lang) for text in said)}"
        if pairs.pairs.height:
            by = ", ".join(self._by(name) for name in pairs.by)
            yield "  " + self._filled(COMPARED, rows=self._count(pairs.pairs.height), by=by)
        else:
            yield f"  {NOBODY_COMPARED.in_(self.lang)}"
        alone = {"gone": pairs.only_old.len(), "come": pairs.only_new.len()}
        rejected = dict(zip(alone, found.rejected, strict=True))
        rejects = {"gone": found.old.rejects, "come": found.new.rejects}
        for text, counts in ((ALONE, alone), (REJECTED, rejected), (REJECTS, rejects)):
            if any(counts.values()):
                yield "  " + self._filled(text, **{k: self._count(n) for k, n in counts.items()})
        if pairs.doubts:
            yield "  " + self._filled(IN_ORDER, rows=self._count(pairs.doubts))
        if any(side.exact is None for side in found.words):
            yield f"  {NO_WORDS.in_(self.lang)}"

    def _side(self, results: ResultSet) -> str:
        at = "au" if self.lang == "fr" else "on"
        return f"{shown(results.file)} {at} {date_text(results.day).in_(self.lang)}"

    def _by(self, name: str) -> str:
        if name in BY:
            return BY[name].in_(self.lang)
        return self.comparison.sides.new.any_.fact(name).label.in_(self.lang)

    # ------------------------------------------------------------------------------------- headline
    def _headline(self, tally: Tally) -> Iterator[str]:
        gained, lost = tally.clients(Kind.GAINED), tally.clients(Kind.LOST)
        if not tally.counts:
            yield NOTHING.in_(self.lang)
            return
        yield self._filled(
            GAINS,
            gained=self._who(gained, Text("gagne|gagnent", "gains|gain")),
            lost=self._who(lost, Text("en perd|en perdent", "loses|lose"), short=True),
        )
        has = Text("a|ont", "has|have")
        for text, kinds in TOLD_TOO.items():
            counts = {name: tally.clients(kind) for name, kind in kinds.items()}
            if any(counts.values()):
                said = {name: self._who(count, has) for name, count in counts.items()}
                yield self._filled(text, **said)

    def _who(self, count: int, verb: Text, *, short: bool = False) -> str:
        """`12 clients gagnent`; `short` leaves the noun out."""
        one, many = verb.in_(self.lang).split("|")
        single = count == 1 or (self.lang == "fr" and count == 0)
        noun = "" if short else self._noun(single=single) + " "
        return f"{self._count(count)} {noun}{one if single else many}"

    def _noun(self, *, single: bool) -> str:
        """A row is a client, unless several rows are of the same client."""
        rows = self.comparison.pairs.several
        nouns = Text("ligne", "row") if rows else Text("client", "client")
        return nouns.in_(self.lang) + ("" if single else "s")

    # -------------------------------------------------------------------------------------- schemes
    def _scheme(self, changes: SchemeChanges, clients: pl.DataFrame) -> Iterator[str]:
        if not changes.listed and changes.presence not in PRESENCES:
            return
        teller = Teller(self.comparison.sides, changes)
        yield ""
        yield f"{teller.name.in_(self.lang)}  [{changes.scheme}]"
        said = (PRESENCES.get(changes.presence), teller.calendar())
        yield from (f"  {text.in_(self.lang)}" for text in said if text is not None)
        for kind, count in changes.listed.items():
            yield f"  {self._named(SAID[kind], self._count(count))}"
            yield from self._reasons(teller, kind)
            if count < clients.height or count <= MOST_CLIENTS:
                yield from self._clients(changes.pairs_of(kind), clients)
            else:
                yield INDENT + ALL.in_(self.lang)

    def _quiet(self, changes: SchemeChanges) -> Iterator[str]:
        """What changed for a scheme without any client being listed for it."""
        for kind in (Kind.REFUSED_WINDOW, Kind.CRITERIA):
            if count := changes.counts.get(kind, 0):
                said = self._named(SAID[kind], self._count(count))
                yield f"  [{changes.scheme}] {said}"

    def _reasons(self, teller: Teller, kind: Kind) -> Iterator[str]:
        """What decided, the main reason first; a calendar only where it is not told already."""
        found = [(teller.change(c), n) for c, n in teller.changes.responsible(kind)]
        if not found and teller.calendar() is None:
            found = teller.calendars(kind)
        for text, count in found[:MOST_REASONS]:
            reason = text.in_(self.lang)
            yield f"{INDENT}→ {self._filled(MAINLY, reason=reason, count=self._count(count))}"

    def _clients(self, pairs: pl.Series, clients: pl.DataFrame) -> Iterator[str]:
        few = clients[pairs.head(MOST_CLIENTS)].rename({"new_line": "line"}).drop("old_line")
        yield from self._named_clients(few, pairs.len())

    def _named_clients(self, few: pl.DataFrame, count: int) -> Iterator[str]:
        for row in few.iter_rows(named=True):
            yield f"{INDENT}· {self._client(row)}"
        more = count - few.height
        if more == 1:
            yield INDENT + ONE_MORE.in_(self.lang)
        elif more > 1:
            yield INDENT + self._filled(MORE, count=self._count(more))

    def _client(self, row: Mapping[str, object]) -> str:
        line = self._filled(OF_LINE, line=str(row["line"]))
        known = [str(row[name]) for name in self.comparison.pairs.identifiers if row[name]]
        told = ", ".join([*known[:1], line])
        return f"{shown(str(row[SHOWN]))} ({told})" if row[SHOWN] else told

    # -------------------------------------------------------------------------------- came and gone
    def _alone(self) -> Iterator[str]:
        for new, text in ((True, APPEARED), (False, GONE)):
            rows = self.comparison.pairs.alone(new=new)
            if rows.height:
                yield ""
                yield self._filled(text, count=self._count(rows.height))
                yield from self._named_clients(rows.head(MOST_CLIENTS), rows.height)

    # ------------------------------------------------------------------------------------- in words
    def _named(self, text: Text, value: str) -> str:
        return f"{text.in_(self.lang)}{' : ' if self.lang == 'fr' else ': '}{value}"

    def _count(self, count: int) -> str:
        return number_text(count).in_(self.lang)

    def _filled(self, text: Text, **values: str) -> str:
        return text.in_(self.lang).format(**values)


def shown(text: str) -> str:
    """A text of a client file on one line of a terminal: nothing in it can move the cursor."""
    bare = "".join(char if char.isprintable() else " " for char in text)
    return bare if len(bare) <= LONGEST_NAME else bare[: LONGEST_NAME - 1] + "…"
