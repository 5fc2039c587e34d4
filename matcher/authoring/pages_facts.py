"""Which facts can be known, how is each asked for, and what is it used for?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from matcher.answers.formats import UNITS, scalar_text
from matcher.authoring.pages_dates import written_date
from matcher.authoring.pages_measures import results
from matcher.authoring.pages_text import Item, anchor, bullets, escaped, link
from matcher.authoring.pages_trees import Trees
from matcher.authoring.pages_writer import Writer
from matcher.catalogue.model import Derivation, Source
from matcher.facts.vocabulary import FactDeclaration
from matcher.language.text import Text
from matcher.language.tree import Choose, Constant, Node
from matcher.language.types import NUMERIC, Kind
from matcher.language.walk import facts_of, rebuilt

TITLE = Text("Vocabulaire", "Vocabulary")
INTRO = Text(
    "Les {count} informations que l'on peut donner ou calculer. Le nom technique, en "
    "`chasse fixe`, est celui des profils et des règles. Une information absente n'empêche "
    "jamais de répondre : la réponse dit alors ce qu'il reste à préciser.",
    "The {count} pieces of information that can be given or computed. The technical name, in "
    "`fixed width`, is that of profiles and rules. An absent one never prevents an answer: the "
    "answer then says what is still to be clarified.",
)
GROUPS = {
    "applicant": Text("Demandeur", "Applicant"),
    "site": Text("Site du projet", "Project site"),
    "project": Text("Projet", "Project"),
    "territory": Text("Territoire", "Territory"),
    "contract": Text("Contrat de travail", "Work contract"),
    "talent": Text("Personne recrutée", "Person recruited"),
    "post": Text("Poste", "Post"),
    "mission": Text("Mission", "Mission"),
    "study": Text("Étude", "Study"),
    "application": Text("Candidature", "Application"),
    "filing": Text("Dépôt", "Filing"),
    "finance": Text("Financement", "Financing"),
    "training": Text("Formation", "Training"),
    "consultant": Text("Prestataire", "Consultant"),
}
KINDS = {
    Kind.BOOLEAN: Text("oui ou non", "yes or no"),
    Kind.INTEGER: Text("nombre entier", "whole number"),
    Kind.NUMBER: Text("nombre", "number"),
    Kind.EUROS: Text("montant en euros", "amount in euros"),
    Kind.DATE: Text("date", "date"),
    Kind.CODE: Text("code", "code"),
    Kind.CHOICE: Text("un choix", "one choice"),
    Kind.SET: Text("un ou plusieurs choix", "one or several choices"),
}
IN_UNIT = Text("{kind} ({unit})", "{kind} ({unit})")
BOTH_BOUNDS = Text("de {low} à {high}", "from {low} to {high}")
AT_LEAST, AT_MOST = (
    Text("au moins {low}", "at least {low}"),
    Text("au plus {high}", "at most {high}"),
)
LISTED = Text("table [{title}](tables.md#{name})", "table [{title}](tables.md#{name})")
FLAGS = {
    "computed": Text("calculé, jamais demandé", "computed, never asked"),
    "fixed": Text("ne se donne pas", "cannot be given"),
    "sensitive": Text("sensible, demandé en dernier", "sensitive, asked last"),
    "changeable": Text("peut encore changer", "can still change"),
    "overridable": Text(
        "une valeur donnée remplace le calcul", "a given value replaces the computed one"
    ),
}
QUESTION, HELP = Text("Question :", "Question:"), Text("Précision :", "Help:")
NONE = Text("`none` veut dire :", "`none` means:")
CHOICES = Text("Choix :", "Choices:")
CHOICE = Text("{label} (`{code}`)", "{label} (`{code}`)")
COMPUTED = Text("Calcul :", "Computed:")
TELLS = Text("Sert à calculer :", "Used to compute:")
READ_BY = Text("Lu par :", "Read by:")
MANY = Text("{count} dispositifs", "{count} schemes")
READ_ON = Text("{title}, lu le {date}", "{title}, read on {date}")
SOURCES = Text("Sources du calcul :", "Sources of the computation:")
FEW = 6


def facts_page(writer: Writer) -> str:
    """The page of the vocabulary."""
    return "\n".join(_Vocabulary(writer).lines()) + "\n"


@dataclass(frozen=True)
class _Vocabulary:
    writer: Writer

    def lines(self) -> Iterator[str]:
        put, facts = self.writer.put, self.writer.content.vocabulary
        yield from (f"# {put(TITLE)}", "", put(INTRO, count=str(len(facts))))
        for group in dict.fromkeys(key.split(".")[0] for key in facts):
            title = GROUPS.get(group, Text(group, group))
            yield from ("", f"## {self.writer.name(title)}")
            for key, fact in facts.items():
                if key.split(".")[0] == group:
                    yield from self._fact(fact)

    def _fact(self, fact: FactDeclaration) -> Iterator[str]:
        yield from ("", f"#### {self.writer.name(fact.label)}", "")
        yield f"{anchor(fact.key)}`{fact.key}` – {self._type(fact)}"
        yield ""
        yield from bullets(self._details(fact))

    # ---------------------------------------------------------------------------------------- type
    def _type(self, fact: FactDeclaration) -> str:
        parts = [self._kind(fact), *self._bounds(fact), *self._table(fact), *self._flags(fact)]
        return " ; ".join(parts) if self.writer.lang == "fr" else "; ".join(parts)

    def _kind(self, fact: FactDeclaration) -> str:
        kind = self.writer.put(KINDS[fact.kind])
        if fact.unit is None or fact.kind not in NUMERIC:
            return kind
        unit = UNITS.get(fact.unit, (Text(fact.unit, fact.unit),) * 2)[1]
        return self.writer.put(IN_UNIT, kind=kind, unit=self.writer.name(unit))

    def _bounds(self, fact: FactDeclaration) -> Iterator[str]:
        low, high = (
            None if bound is None else self.writer.say(scalar_text(bound, fact.kind))
            for bound in (fact.low, fact.high)
        )
        if low is not None and high is not None:
            yield self.writer.put(BOTH_BOUNDS, low=low, high=high)
        elif low is not None:
            yield self.writer.put(AT_LEAST, low=low)
        elif high is not None:
            yield self.writer.put(AT_MOST, high=high)

    def _table(self, fact: FactDeclaration) -> Iterator[str]:
        table = self.writer.content.tables.get(fact.codes or "")
        if table is not None:
            title = self.writer.name(table.title)
            yield self.writer.put(LISTED, title=title, name=table.name)

    def _flags(self, fact: FactDeclaration) -> Iterator[str]:
        held = {
            "computed": not fact.asked,
            "fixed": not fact.settable,
            "sensitive": fact.sensitive,
            "changeable": fact.changeable,
            "overridable": fact.overridable,
        }
        yield from (self.writer.put(FLAGS[flag]) for flag, holds in held.items() if holds)

    # ------------------------------------------------------------------------------------- details
    def _details(self, fact: FactDeclaration) -> Iterator[Item]:
        put, say = self.writer.put, self.writer.say
        if fact.asked:
            yield Item(say(fact.question)).named(put(QUESTION))
        if fact.help is not None:
            yield Item(say(fact.help)).named(put(HELP))
        if fact.none is not None:
            yield Item(say(fact.none)).named(put(NONE))
        if fact.choices:
            choices = (put(CHOICE, label=say(label), code=code) for code, label in fact.choices)
            yield Item(f"*{put(CHOICES)}*", tuple(map(Item, choices)))
        derivation = self.writer.content.derivations.get(fact.key)
        if derivation is not None:
            yield from self._computed(fact, derivation)
        yield from self._uses(fact.key)

    def _computed(self, fact: FactDeclaration, derivation: Derivation) -> Iterator[Item]:
        trees = Trees(self.writer)
        said = tuple(trees.value(self._labelled(tree, fact)) for tree in derivation.trees)
        states = self.writer.say(derivation.states)
        yield Item(states, said).named(self.writer.put(COMPUTED))
        if derivation.sources:
            sources = tuple(Item(self._source(source)) for source in derivation.sources)
            yield Item(f"*{self.writer.put(SOURCES)}*", sources)

    def _labelled(self, node: Node, fact: FactDeclaration) -> Node:
        """A tree whose resulting choices are replaced by their labels."""
        match node:
            case Constant(str() as code, kind):
                return Constant(fact.choice_label(code).in_(self.writer.lang), kind)
            case Choose():
                inside = list(results(node))
                return rebuilt(node, lambda p: self._labelled(p, fact) if p in inside else p)
            case _:
                return node

    def _source(self, source: Source) -> str:
        title = link(escaped(source.title), source.url)
        date = self.writer.say(written_date(source.read_on))
        return self.writer.put(READ_ON, title=title, date=date)

    # ---------------------------------------------------------------------------------------- uses
    def _uses(self, key: str) -> Iterator[Item]:
        derivations = self.writer.content.derivations.values()
        tells = [d.fact for d in derivations if any(key in facts_of(tree) for tree in d.trees)]
        if tells:
            links = (self.writer.fact(other) for other in tells)
            yield Item(" · ".join(links)).named(self.writer.put(TELLS))
        readers = self._readers.get(key, [])
        if len(readers) > FEW:
            many = self.writer.put(MANY, count=str(len(readers)))
            yield Item(many).named(self.writer.put(READ_BY))
        elif readers:
            links = (self.writer.scheme(id_) for id_ in readers)
            yield Item(" · ".join(links)).named(self.writer.put(READ_BY))

    @cached_property
    def _readers(self) -> Mapping[str, list[str]]:
        """The schemes that read each fact, in one edition or another."""
        found: dict[str, list[str]] = {}
        for id_ in self.writer.content.schemes:
            for key in dict.fromkeys(self._read_by(id_)):
                found.setdefault(key, []).append(id_)
        return found

    def _read_by(self, id_: str) -> Iterator[str]:
        scheme = self.writer.content.schemes[id_]
        for edition in scheme.editions or (None,):
            plan = self.writer.catalogue.plan(id_, edition.id if edition else None)
            trees: list[Node] = [leaf.test for leaf in plan.leaves]
            for part in plan.aid:
                trees += [part.when, *part.amounts.values()]
            yield from (key for tree in trees for key in facts_of(tree))
            if edition is not None and edition.intakes is not None and edition.intakes.by:
                yield edition.intakes.by
