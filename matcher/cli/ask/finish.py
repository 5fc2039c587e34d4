"""How does an interview end: what is written, under which name, and what if it is interrupted?"""

from __future__ import annotations

import datetime
import shlex
from dataclasses import dataclass, field
from pathlib import Path

import click

from matcher.answers.elsewhere_words import told
from matcher.answers.formats import iso
from matcher.cli.ask import words
from matcher.cli.ask.blocks import Blocks
from matcher.cli.ask.files import (
    ENDINGS,
    MARKDOWN,
    PAGE,
    free_name,
    profile_name,
    summary_text,
    write_new,
    write_over,
)
from matcher.cli.ask.reading import Lines
from matcher.cli.ask.screen import screen_width, wrapped
from matcher.facts.numbers import boolean_written
from matcher.language.text import Text
from matcher.session import Session

YES, NO = ("o", "y"), ("n", "-", "!")


@dataclass
class Finish:
    """Writes what an interview leaves behind, and says where it is."""

    session: Session
    blocks: Blocks
    lines: Lines
    source: Path | None = None
    save: Path | None = None
    summaries: tuple[Path, ...] = ()
    kept: bool = field(default=False, init=False)

    @property
    def lang(self) -> str:
        """The language of the interview."""
        return self.blocks.lang

    def say(self, text: str) -> None:
        """A line for the person, never among the report."""
        click.echo(text, err=True)

    # ------------------------------------------------------------------------------ asked for
    def write_asked(self) -> bool:
        """Write the files that options name; whether all could be."""
        done = [self._write(path, self._summary(path), over=True) for path in self.summaries]
        if self.save is not None:
            self.kept = self._write(self.save, self.session.save(), over=self.save == self.source)
            done.append(self.kept)
        return all(done)

    def _summary(self, path: Path) -> str:
        return summary_text(self.session.report, path, self.lang)

    def _write(self, path: Path, text: str, *, over: bool) -> bool:
        try:
            (write_over if over else write_new)(path, text)
        except FileExistsError:
            self.say(self.blocks.say(words.EXISTS, file=path))
        except (OSError, ValueError) as error:
            self.say(self.blocks.say(words.CANNOT_WRITE, file=path, why=_why(error)))
        else:
            self.say(self.blocks.say(words.SAVED, file=path))
            return True
        return False

    # -------------------------------------------------------------------------------- offered
    def offer(self, now: datetime.datetime, *, answered: bool, elsewhere: bool = False) -> None:
        """Offer a person to keep the summary and the profile, where no option says it.

        `elsewhere` offers to look at other communes first, where one would change an answer.
        """
        if elsewhere and self.session.report.place_matters:
            self._offer_elsewhere()
        if not self.summaries:
            name = f"{'summary' if self.lang == 'en' else 'synthese'}-{iso(self.session.report.on)}"
            self._offer_summary(free_name(name, PAGE).with_suffix(""))
        if self.save is None and answered:
            self._offer_profile(self.source or free_name(profile_name(now), ".yaml"))

    def _offer_elsewhere(self) -> None:
        if not self.session.report.elsewhere.offered:
            return
        self.say(self.blocks.say(words.OFFER_ELSEWHERE))
        if not self._agreed():
            return
        for line in self.blocks.elsewhere(told(self.session.report)):
            for part in wrapped(line, screen_width()):
                self.say(part)
        self.say("")

    def _agreed(self) -> bool:
        typed = (self.lines.next() or "").casefold()
        return typed in YES or boolean_written(typed) is True

    def _offer_summary(self, proposed: Path) -> None:
        while True:
            path = self._chosen(words.OFFER_SUMMARY, proposed)
            if path is None:
                return
            endings = (path.suffix.lower(),) if path.suffix.lower() in ENDINGS else (PAGE, MARKDOWN)
            bare = path.with_suffix("") if path.suffix.lower() in ENDINGS else path
            paths = [bare.with_name(bare.name + ending) for ending in endings]
            if all(self._offered(one, self._summary(one)) for one in paths):
                return

    def _offer_profile(self, proposed: Path) -> None:
        while True:
            path = self._chosen(words.OFFER_SAVE, proposed)
            if path is None:
                return
            path = path if path.suffix else path.with_name(path.name + ".yaml")
            if self._offered(path, self.session.save()):
                self.kept = True
                self.say(f"{self.blocks.say(words.GO_ON)} {self.resume(path)}")
                return

    def _chosen(self, offer: Text, proposed: Path) -> Path | None:
        """The file that somebody names, or the one proposed; None for no."""
        self.say(self.blocks.say(offer, file=proposed))
        typed = self.lines.next()
        if typed is None or typed.casefold() in NO or boolean_written(typed) is False:
            return None
        if not typed or typed.casefold() in YES or boolean_written(typed):
            return proposed
        return Path(typed).expanduser() if Path(typed).name else proposed

    def _offered(self, path: Path, text: str) -> bool:
        """Write a file; one that exists is only replaced if somebody says so."""
        if not path.exists():
            return self._write(path, text, over=False)
        self.say(self.blocks.say(words.OFFER_REPLACE, file=path))
        return self._agreed() and self._write(path, text, over=True)

    # ---------------------------------------------------------------------------- interrupted
    def rescue(self, now: datetime.datetime, *, answered: bool) -> None:
        """Keep what was answered before Ctrl-C in a new file, and say how to go on."""
        click.echo(err=True)
        if self.kept or not answered:
            self.say(self.blocks.say(words.NOTHING_TO_SAVE) if not answered else "")
            return
        text = self.session.save()
        path = self.save if self.save and not self.save.exists() else None
        path = path or free_name(profile_name(now), ".yaml")
        try:
            write_new(path, text)
        except OSError as error:
            self.say(self.blocks.say(words.NOT_SAVED, why=_why(error)))
            self.say(text)
            return
        self.say(self.blocks.say(words.INTERRUPTED, file=path))
        self.say(f"  {self.resume(path)}")

    def resume(self, path: Path) -> str:
        """The command that goes on from a profile file."""
        lang = " --lang en" if self.lang == "en" else ""
        return f"matcher ask --profile {shlex.quote(str(path))}{lang}"


def _why(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__
