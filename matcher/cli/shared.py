"""What do all commands share: languages, exit codes, errors without a traceback?

Exit codes: 0 done, 1 the answer of a check is no, 2 the input is unusable.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click

from matcher.language.diagnostics import MatcherError
from matcher.language.text import Text

ANSWER_IS_NO = 1
COLON = {"fr": " : ", "en": ": "}
BETWEEN = {"fr": " ; ", "en": "; "}
UNUSABLE = 2
Command = TypeVar("Command", bound=Callable[..., Any])


def language_option(command: Command) -> Command:
    """`--lang fr|en`."""
    return click.option(
        "--lang",
        type=click.Choice(["fr", "en"]),
        default="fr",
        show_default=True,
        help="Langue des réponses. / Language of the answers.",
    )(command)


def schemes_option(command: Command) -> Command:
    """`--scheme ID`, once or more."""
    return click.option(
        "--scheme",
        "--schemes",
        "schemes",
        multiple=True,
        help="Un dispositif, répétable. / One scheme, repeatable.",
    )(command)


def reading_options(command: Command) -> Command:
    """`--map FILE` and `--sheet NAME`: how a client list is read."""
    sheet = click.option("--sheet", help="Feuille du classeur. / Sheet of the workbook.")
    return click.option(
        "--map",
        "mapping",
        type=click.Path(),
        help="Correspondance des colonnes à réutiliser. / Column mapping to use again.",
    )(sheet(command))


def today() -> datetime.date:
    """The date of the clock; only the command line reads it."""
    return datetime.datetime.now().astimezone().date()


def named(name: str, text: str, lang: str) -> str:
    """A name and what it holds: French puts a space before the colon."""
    return f"{name}{COLON[lang]}{text}"


def examples(*lines: str) -> str:
    """The examples at the end of a command's help."""
    return "\n".join(["\b", "Exemples / Examples:", *(f"  {line}" for line in lines)])


def counted(count: int, one: str, many: str, lang: str) -> str:
    """A count and its noun: French counts 0 and 1 as one, English only 1."""
    return f"{count} {one if count == 1 or (lang == 'fr' and count == 0) else many}"


@contextmanager
def told_plainly(lang: str) -> Iterator[None]:
    """Turn unusable input into its messages and exit code 2."""
    try:
        yield
    except MatcherError as error:
        click.echo(error.render(lang), err=True)
        raise SystemExit(UNUSABLE) from None


def say(text: Text, lang: str, **options: Any) -> None:
    """Print a text in one language."""
    click.echo(text.in_(lang), **options)
