"""How does a terminal compare two sets of results?"""

from matcher.cli.compare.command import compare

__all__ = ["compare"]
