"""How does a terminal match a whole portfolio?"""

from matcher.cli.batch.command import batch

__all__ = ["batch"]
