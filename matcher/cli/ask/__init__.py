"""How does a person answer in a terminal? The command `matcher ask`."""

from matcher.cli.ask.command import ask

__all__ = ["ask"]
