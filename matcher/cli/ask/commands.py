"""Which key of the interview was typed, if it was one?"""

from __future__ import annotations

from enum import Enum, auto

from matcher.facts.tables import folded


class Command(Enum):
    """What can be typed instead of an answer."""

    HELP = auto()
    UNKNOWN = auto()
    DECLINE = auto()
    BACK = auto()
    LIST = auto()
    ELSEWHERE = auto()
    END = auto()
    NOTHING = auto()


_SIGNS = {
    "": Command.NOTHING,
    "?": Command.HELP,
    "-": Command.UNKNOWN,
    "–": Command.UNKNOWN,
    "—": Command.UNKNOWN,
    "!": Command.DECLINE,
    "<": Command.BACK,
    "*": Command.LIST,
}
_WORDS = {
    **dict.fromkeys(("aide", "help"), Command.HELP),
    **dict.fromkeys(
        ("je ne sais pas", "ne sait pas", "nsp", "inconnu", "unknown", "i don t know", "dont know"),
        Command.UNKNOWN,
    ),
    **dict.fromkeys(("declined", "je ne veux pas repondre", "secret"), Command.DECLINE),
    **dict.fromkeys(("retour", "back"), Command.BACK),
    **dict.fromkeys(("liste", "list"), Command.LIST),
    **dict.fromkeys(
        ("ailleurs", "et ailleurs", "elsewhere", "and elsewhere", "what about elsewhere"),
        Command.ELSEWHERE,
    ),
    **dict.fromkeys(
        ("fin", "q", "quit", "quitter", "stop", "end", "exit", "terminer"), Command.END
    ),
}


def command_typed(text: str) -> Command | None:
    """The key that a line is, or None when it is an answer."""
    word = text.strip()
    return _SIGNS.get(word) if word in _SIGNS else _WORDS.get(folded(word))
