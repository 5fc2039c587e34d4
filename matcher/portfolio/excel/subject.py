"""What is the workbook about, and how are its schemes, facts and conditions said?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from matcher.answers.formats import date_text, euros_text
from matcher.api import Catalogue
from matcher.catalogue.model import Scheme
from matcher.catalogue.windows import WindowState
from matcher.language.text import Text
from matcher.portfolio.clients import Client, grouped
from matcher.portfolio.excel.rank import Nearness, Order, nearness
from matcher.portfolio.excel.words import AS_OF, MORE, OUTCOMES, RESERVED, WINDOWS
from matcher.portfolio.run import Run
from matcher.portfolio.standing import Standing

UNTIL = Text("jusqu'au {date}", "until {date}")
FROM = Text("le {date}", "on {date}")
LONGEST_AMOUNT = 44
UP_TO = Text("jusqu'à {most}", "up to {most}")


@dataclass(frozen=True)
class Subject:
    """All that the sheets read."""

    run: Run
    catalogue: Catalogue
    clients: Sequence[Client] = field(repr=False)
    lang: str
    _said: dict[tuple[str, str | None], Mapping[str, str]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def say(self, text: Text, **parts: str) -> str:
        """A text in the language of the workbook, with each `{name}` filled in."""
        if not parts:
            return text.in_(self.lang)
        return text.filled({name: Text(part, part) for name, part in parts.items()}).in_(self.lang)

    @cached_property
    def opening(self) -> str:
        """The date and the file, for the top of each sheet."""
        return self.say(AS_OF, date=self.date(self.run.job.day), file=self.run.job.input.name)

    def date(self, day: int) -> str:
        """A date in words."""
        return date_text(day).in_(self.lang)

    @cached_property
    def groups(self) -> tuple[tuple[Client, ...], ...]:
        """The rows of each client together."""
        return grouped(self.clients)

    @cached_property
    def schemes(self) -> tuple[Scheme, ...]:
        """The schemes that were asked for; those of which most can come are first."""
        now: Counter[str] = Counter()
        live: Counter[str] = Counter()
        for client in self.clients:
            now.update(standing.scheme for standing in client.standings if standing.can_apply)
            live.update(standing.scheme for standing in client.standings if standing.live)
        ids = sorted(self.run.job.schemes, key=lambda id_: (-now[id_], -live[id_], id_))
        return tuple(self.catalogue.content.schemes[id_] for id_ in ids)

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each scheme is called."""
        return {scheme.id: self.say(scheme.name) for scheme in self.schemes}

    def label(self, fact: str) -> str:
        """What a fact is called."""
        return self.say(self.catalogue.content.vocabulary[fact].label)

    def authority(self, id_: str) -> str:
        """What an authority is called."""
        return self.say(self.catalogue.content.authorities[id_].name)

    def criteria(self, standing: Standing) -> Mapping[str, str]:
        """The conditions of the edition used, by id, in words."""
        key = standing.scheme, standing.edition
        if key not in self._said:
            plan = self.catalogue.plan(*key)
            texts = self.catalogue.texts(plan).criteria
            self._said[key] = {
                leaf.criterion.id: self.say(said.statement)
                for leaf, said in zip(plan.leaves, texts, strict=True)
            }
        return self._said[key]

    # ----------------------------------------------------------------------------------- standings
    def outcome(self, standing: Standing) -> str:
        """`Éligible sous réserve`."""
        return self.say(RESERVED if standing.reserved else OUTCOMES[standing.outcome])

    def window(self, standing: Standing) -> str:
        """`ouvert jusqu'au 31 décembre 2026`."""
        state = self.say(WINDOWS[standing.window])
        if standing.window is WindowState.OPEN and standing.closes:
            return f"{state} {self.say(UNTIL, date=self.date(standing.closes.toordinal()))}"
        if standing.window is WindowState.UPCOMING and standing.opens:
            return f"{state} {self.say(FROM, date=self.date(standing.opens.toordinal()))}"
        return state

    def amount(self, standing: Standing) -> str:
        """The aid in a few words: its largest figure where all of them would be too long."""
        if standing.amount is None:
            return ""
        whole = self.say(standing.amount)
        if len(whole) <= LONGEST_AMOUNT or standing.most is None:
            return whole
        return self.say(UP_TO, most=euros_text(Fraction(standing.most)).in_(self.lang))

    def few(self, names: Iterable[str], most: int, between: str = ", ") -> str:
        """Some names, and how many others there are."""
        every = list(names)
        return self.and_more(every[:most], len(every) - most, between)

    def and_more(self, names: Sequence[str], others: int, between: str = ", ") -> str:
        """Names, and a number of others."""
        more = [self.say(MORE, count=str(others))] if others > 0 else []
        return between.join([*names, *more])

    @cached_property
    def labels(self) -> Mapping[int, str]:
        """What the client of each line is called."""
        return {client.line: self.say(client.label) for client in self.clients}

    @cached_property
    def nearness(self) -> Order:
        """The order of standings; many rows share the same one, which is looked at once."""
        known: dict[int, Nearness] = {}

        def of(standing: Standing) -> Nearness:
            found = known.get(id(standing))
            if found is None:
                found = known[id(standing)] = nearness(standing)
            return found

        return of
